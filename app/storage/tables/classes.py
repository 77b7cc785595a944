"""A class and what happens in it: sessions, enrolments, marks, results, decisions."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from app.storage.base import Blob, Day, Flag, Key, Keyed, KeyNumber, KeyText, Listed, Number, Text


class TrainingClass(Keyed):
    """A class: one programme version, one intake, one group of people."""

    __tablename__ = "training_class"

    centre: Mapped[KeyNumber]
    code: Mapped[KeyText]
    title: Mapped[Text]
    intake: Mapped[Text]
    programme: Mapped[Text]
    programme_version: Mapped[Number]
    first_day: Mapped[Day]
    last_day: Mapped[Day]
    room: Mapped[Text]
    instructors: Mapped[Listed]
    gone: Mapped[Flag]


class Session(Keyed):
    """A session of a class; starts and ends in minutes since local midnight, jp in JP."""

    __tablename__ = "session"

    centre: Mapped[KeyNumber]
    class_code: Mapped[KeyText]
    number: Mapped[KeyNumber]
    day: Mapped[Day]
    starts: Mapped[Number]
    ends: Mapped[Number]
    jp: Mapped[Number]
    state: Mapped[Text]
    reason: Mapped[Text]
    make_up_of: Mapped[Number]
    topic: Mapped[Text]
    module: Mapped[Text]
    gone: Mapped[Flag]


class Enrolment(Keyed):
    """A participant's place in a class."""

    __tablename__ = "enrolment"

    centre: Mapped[KeyNumber]
    class_code: Mapped[KeyText]
    participant: Mapped[Key]
    state: Mapped[Text]
    moved_to: Mapped[Text]
    place: Mapped[Number]
    gone: Mapped[Flag]


class Mark(Keyed):
    """A participant's attendance of a session: H T I S A; arrival in minutes since midnight."""

    __tablename__ = "mark"

    centre: Mapped[KeyNumber]
    class_code: Mapped[KeyText]
    number: Mapped[KeyNumber]
    participant: Mapped[Key]
    status: Mapped[Text]
    arrival: Mapped[Number]
    remark: Mapped[Text]
    gone: Mapped[Flag]


class Result(Keyed):
    """A participant's result in a module; pre and post in hundredths of a point."""

    __tablename__ = "result"

    centre: Mapped[KeyNumber]
    class_code: Mapped[KeyText]
    participant: Mapped[Key]
    module: Mapped[KeyText]
    state: Mapped[Text]
    pre: Mapped[Number]
    post: Mapped[Number]
    assessor: Mapped[Blob]
    remark: Mapped[Text]
    gone: Mapped[Flag]


class Decision(Keyed):
    """LULUS or BELUM LULUS for an enrolment."""

    __tablename__ = "decision"

    centre: Mapped[KeyNumber]
    class_code: Mapped[KeyText]
    participant: Mapped[Key]
    outcome: Mapped[Text]
    override: Mapped[Flag]
    reason: Mapped[Text]
    decided_on: Mapped[Day]
    gone: Mapped[Flag]
