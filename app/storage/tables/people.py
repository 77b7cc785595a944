"""Persons who use the program, participants with their enterprise, and what concerns them alone."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from app.storage.base import Day, Flag, Key, KeyDay, Keyed, KeyNumber, KeyText, Listed, Number, Text


class Person(Keyed):
    """Somebody who signs in: instructor, coordinator, administrator."""

    __tablename__ = "person"

    id: Mapped[Key]
    name: Mapped[Text]
    login: Mapped[Text]
    role: Mapped[Text]
    active: Mapped[Flag]
    gone: Mapped[Flag]


class Participant(Keyed):
    """A participant and the enterprise; capital and sales in rupiah."""

    __tablename__ = "participant"

    id: Mapped[Key]
    nik: Mapped[Text]
    name: Mapped[Text]
    sex: Mapped[Text]
    birth_place: Mapped[Text]
    birth_date: Mapped[Day]
    phone: Mapped[Text]
    address: Mapped[Text]
    business: Mapped[Text]
    nib: Mapped[Text]
    capital: Mapped[Number]
    sales: Mapped[Number]
    existing: Mapped[Flag]
    remark: Mapped[Text]
    gone: Mapped[Flag]


class Consent(Keyed):
    """A participant's consent to one version of the privacy notice (UU PDP 27/2022)."""

    __tablename__ = "consent"

    participant: Mapped[Key]
    version: Mapped[KeyText]
    given_on: Mapped[Day]
    manner: Mapped[Text]
    withdrawn_on: Mapped[Day]
    gone: Mapped[Flag]


class Evaluation(Keyed):
    """A participant's answers about the training."""

    __tablename__ = "evaluation"

    centre: Mapped[KeyNumber]
    class_code: Mapped[KeyText]
    participant: Mapped[Key]
    form: Mapped[KeyText]
    answers: Mapped[Listed]
    words: Mapped[Text]
    gone: Mapped[Flag]


class FollowUp(Keyed):
    """A contact with a graduate after the training."""

    __tablename__ = "follow_up"

    participant: Mapped[Key]
    day: Mapped[KeyDay]
    manner: Mapped[Text]
    outcome: Mapped[Text]
    gone: Mapped[Flag]


class SameAs(Keyed):
    """Two rows of one kind that turned out to be one; `one` and `other` are packed keys."""

    __tablename__ = "same_as"

    kind: Mapped[KeyNumber]
    one: Mapped[Key]
    other: Mapped[Key]
    joined: Mapped[Flag]
    gone: Mapped[Flag]
