"""The list of a class's certificates: number, and what became of each on its way to paper."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from app.domain import serial
from app.domain.ids import ParticipantId, Serial
from app.queries.class_certificates import CertificateLine
from ui.desktop.pages.certificates_jobs import Sheet
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets import cells
from ui.desktop.widgets.cells import Iconed, Plain, Ticked
from ui.desktop.widgets.rows import Column
from ui.desktop.wording import words

TICK = 0  # the column of the tick


class Fate(StrEnum):
    """What became of a certificate, or what keeps it."""

    NO_BIRTH_DATE = "no-birth-date"
    READY = "ready"
    ISSUED = "issued"
    CHOSEN = "chosen"
    QUEUED = "queued"
    PRINTING = "printing"
    PRINTED = "printed"
    SPOILED = "spoiled"


_LOOK = {
    Fate.NO_BIRTH_DATE: ("triangle-alert", Tone.AMBER),
    Fate.PRINTING: ("printer", Tone.LINK),
    Fate.PRINTED: ("circle-check", Tone.GREEN),
    Fate.SPOILED: ("triangle-alert", Tone.RED),
}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A person with the number in the sequence; `ticked` only where there is something to print."""

    participant: ParticipantId
    name: str
    sequence: str
    ticked: bool | None
    fate: Fate


@dataclass(frozen=True, slots=True)
class Run:
    """A print run under way: its sheets in order, and how many are out."""

    serials: tuple[Serial, ...]
    done: int


def rows(lines: Collection[CertificateLine], ticked: Collection[Serial], run: Run | None) -> list[SheetRow]:
    """A row for everybody who has a certificate or gets one."""
    return [_row(line, ticked, run) for line in lines]


def sheets(lines: Collection[CertificateLine], ticked: Collection[Serial]) -> list[Sheet]:
    """What is printed next: the ticked ones, or else all that were never printed.

    A ticked one that was printed is spoiled, and printed again as what it was, original or copy.
    """
    issued = [(line.certificate.serial, line.copy) for line in lines if line.certificate is not None]
    if ticked:
        return [(number, max(0, copy - 1)) for number, copy in issued if number in ticked]
    return [(number, 0) for number, copy in issued if copy == 0]


def all_sheets(lines: Collection[CertificateLine]) -> list[Sheet]:
    """All that are issued, as originals."""
    return [(line.certificate.serial, 0) for line in lines if line.certificate is not None]


def columns() -> list[Column[SheetRow]]:
    """Tick, name, number, fate."""
    return [
        Column("", lambda r: Plain("") if r.ticked is None else Ticked(r.ticked), least=46),
        Column(words("progress-name"), lambda r: cells.name(r.name), least=120, share=1),
        Column(words("class-certificates-sequence"), lambda r: Plain(r.sequence, Tone.INK2)),
        Column("", _fate, least=170),
    ]


def _row(line: CertificateLine, ticked: Collection[Serial], run: Run | None) -> SheetRow:
    held = line.certificate
    if held is None:
        fate = Fate.NO_BIRTH_DATE if line.birth_date_missing else Fate.READY
        return SheetRow(line.participant, line.name, "", None, fate)
    number, on = held.serial, held.serial in ticked
    sequence = f"{serial.split(number)[1]:04}"
    return SheetRow(line.participant, line.name, sequence, on, _fate_of(line.copy, number, on, run))


def _fate_of(copy: int, number: Serial, ticked: bool, run: Run | None) -> Fate:
    if run is not None and number in run.serials:
        place = run.serials.index(number)
        if place >= run.done:
            return Fate.PRINTING if place == run.done else Fate.QUEUED
        return Fate.SPOILED if ticked else Fate.PRINTED
    if copy:
        return Fate.SPOILED if ticked else Fate.PRINTED
    return Fate.CHOSEN if ticked else Fate.ISSUED


def _fate(row: SheetRow) -> Iconed:
    icon, tone = _LOOK.get(row.fate, ("", Tone.INK2))
    role = Role.SMALL_STRONG if icon else Role.SMALL
    return Iconed(icon, words(f"class-certificates-{row.fate}"), tone, role)
