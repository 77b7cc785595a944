"""Issued certificates, what went to paper, and spoiled blank forms."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from app.storage.base import Blob, Day, Flag, Instant, Key, Keyed, KeyNumber, KeyText, Listed, Number, Text


class Certificate(Keyed):
    """An issued certificate: its line in the register, and what was issued, frozen."""

    __tablename__ = "certificate"

    serial: Mapped[KeyNumber]
    centre: Mapped[Number]
    class_code: Mapped[Text]
    participant: Mapped[Blob]
    official_number: Mapped[Text]
    signed_on: Mapped[Day]
    credential_hash: Mapped[Blob]
    credential: Mapped[Blob]
    back: Mapped[Blob]
    content: Mapped[Blob]
    template: Mapped[Text]
    state: Mapped[Text]
    reason: Mapped[Text]
    other: Mapped[Number]
    state_on: Mapped[Day]
    gone: Mapped[Flag]


class PrintRun(Keyed):
    """What one print job put on paper."""

    __tablename__ = "print_run"

    id: Mapped[Key]
    printed_at: Mapped[Instant]
    serials: Mapped[Listed]
    copies: Mapped[Listed]
    printer: Mapped[Text]
    gone: Mapped[Flag]


class BlankSerial(Keyed):
    """A numbered blank form of security paper that was spoiled."""

    __tablename__ = "blank_serial"

    centre: Mapped[KeyNumber]
    blank: Mapped[KeyText]
    state: Mapped[Text]
    spoiled_on: Mapped[Day]
    gone: Mapped[Flag]
