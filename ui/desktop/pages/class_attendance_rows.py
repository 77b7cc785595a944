"""The lines of the recap: a letter for everybody in every session, the rate, and what may still be missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.attendance import Allowance, Counts, SessionState, Status, Tally, percent
from app.domain.ids import ParticipantId
from app.queries.attendance_board import AttendanceBoard
from app.queries.classes import SessionRow
from ui.desktop.pages import roll_call_marks
from ui.desktop.pages.roll_call_marks import HUES
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets import cells
from ui.desktop.widgets.cells import Cell, Iconed, Plain
from ui.desktop.widgets.markcells import Score
from ui.desktop.widgets.rows import Column, Edge
from ui.desktop.wording import Day, Text, words

FIRST = 2
"""The sessions begin after number and name."""
_LEAST = 34
_ROOMY = 20  # sessions; more of them scroll sideways, and neither names nor letters give way
_NOTHING = Plain("", Tone.INK3, edge=Edge.MIDDLE.value)
_OFF = Plain("–", Tone.INK3, edge=Edge.MIDDLE.value)
_OPEN = Plain("·", Tone.INK3, edge=Edge.MIDDLE.value)


@dataclass(frozen=True, slots=True)
class Letter(Score):
    """A mark that is an exception, on its tint: a score's cell with room for one letter."""

    def wide(self) -> int:
        return _LEAST


@dataclass(frozen=True, slots=True)
class RecapRow:
    """A person: a cell for each session, the rate so far, and what that allows."""

    participant: ParticipantId
    place: int
    name: str
    marks: tuple[Cell, ...]
    rate: Cell
    left: Cell


def in_order(board: AttendanceBoard) -> list[SessionRow]:
    """The sessions by day and time, so that a make-up stands where it was held."""
    return sorted(board.matrix.sessions, key=lambda s: (s.day or date.max, s.starts or 0, s.number))


def rows(board: AttendanceBoard) -> list[RecapRow]:
    """A line for everybody."""
    sessions = in_order(board)
    return [
        RecapRow(
            person.participant,
            number if person.place is None else person.place,
            person.name,
            tuple(_mark(board, person.participant, session) for session in sessions),
            _rate(board.tallies[person.participant], board.allowances[person.participant]),
            _left(board.tallies[person.participant], board.allowances[person.participant]),
        )
        for number, person in enumerate(board.matrix.people, 1)
    ]


def columns(sessions: list[SessionRow]) -> list[Column[RecapRow]]:
    """Number and name, a column for each session with its number over its day, the rate, what is left."""
    number: Column[RecapRow] = Column(
        words("roll-number"),
        lambda r: Plain(str(r.place), Tone.INK2, edge=Edge.RIGHT.value),
        edge=Edge.RIGHT,
    )
    roomy = len(sessions) <= _ROOMY
    share = 4 if roomy else 0
    name: Column[RecapRow] = Column(words("roll-name"), lambda r: cells.name(r.name), least=180, share=share)
    rate: Column[RecapRow] = Column(words("classes-rate"), lambda r: r.rate, least=78, edge=Edge.MIDDLE)
    left: Column[RecapRow] = Column(words("roll-may-miss"), lambda r: r.left, least=130)
    marks = [_of_session(at, session, int(roomy)) for at, session in enumerate(sessions)]
    return [number, name, *marks, rate, left]


def present(board: AttendanceBoard) -> list[str]:
    """How many were there, under each session that was held."""
    found = []
    for session in in_order(board):
        marks = [board.matrix.status(person.participant, session.number) for person in board.matrix.people]
        there = sum(mark is not None and board.policy.counts(mark) is Counts.PRESENT for mark in marks)
        found.append(str(there) if session.state is SessionState.HELD else "")
    return found


def rule_said(board: AttendanceBoard) -> Text:
    """Kehadiran minimal 80 %. Dihitung hadir: terlambat. Dihitung tidak hadir: izin, sakit, alpa."""
    said: Text = words("recap-minimum", percent=roll_call_marks.percent(board.minimum))
    for counts in Counts:
        marks = [s for s in Status if s is not Status.PRESENT and board.policy.counts(s) is counts]
        if marks:
            listed: Text = words(f"recap-status-{marks[0].name.lower()}")
            for mark in marks[1:]:
                second = words(f"recap-status-{mark.name.lower()}")
                listed = words("schedule-and", first=listed, second=second)
            sentence = words(f"recap-counts-{counts}", marks=listed)
            said = words("two-sentences", first=said, second=sentence)
    return said


def _of_session(at: int, session: SessionRow, share: int) -> Column[RecapRow]:
    day: Text = "–" if session.day is None else Day(session.day, "d/M")
    over = str(session.number)
    return Column(day, lambda r: r.marks[at], share=share, least=_LEAST, edge=Edge.MIDDLE, over=over)


def _mark(board: AttendanceBoard, who: ParticipantId, session: SessionRow) -> Cell:
    """A letter, tinted where it is an exception; a dot where a held session has none for somebody."""
    if session.state is SessionState.NOT_HELD:
        return _OFF
    status = board.matrix.status(who, session.number)
    if status is None:
        return _OPEN if session.state is SessionState.HELD else _NOTHING
    if status is Status.PRESENT:
        return Plain(status.value, Tone.INK3, edge=Edge.MIDDLE.value)
    return Letter(status.value, HUES[status])


def _rate(counted: Tally, may: Allowance) -> Cell:
    if counted.rate is None:
        return _OFF
    said = str(words("classes-percent", rate=percent(counted.rate) // 100))
    return Score(said) if may.possible else Score(said, Hue.RED, "!")


def _left(counted: Tally, may: Allowance) -> Cell:
    """What may still be missed, in words; the same ones as in the roll call."""
    if not may.possible:
        return Iconed("circle-minus", words("roll-below-limit"), Tone.RED)
    if may.secured:
        return Plain(words("recap-met"), Tone.INK2, Role.SMALL)
    if may.may_miss == 0 and counted.held:
        return Iconed("triangle-alert", words("roll-may-miss-none"), Tone.AMBER)
    return Plain(words("roll-may-miss-n", n=may.may_miss), Tone.INK2, Role.SMALL)
