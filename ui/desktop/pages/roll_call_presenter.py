"""The life of a roll call: what keys and cards do to it. It knows no widget; a page shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from app.domain.attendance import Status
from app.domain.cards import card_holder
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.errors import Refused
from app.queries import roll_calls
from ui.desktop.pages.roll_call_record import Record
from ui.desktop.pages.roll_call_sheet import Line, Step
from ui.desktop.runner import Runner
from ui.desktop.wording import words

_DIGITS = 3  # no class has a thousand people


class Outcome(StrEnum):
    """What a card meant."""

    OK = "ok"
    ALREADY = "already"
    WRONG_CLASS = "wrong-class"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Scan:
    """A card that was read: what it meant, whose it is, and how they are marked now."""

    outcome: Outcome
    name: str = ""
    entry: MarkEntry | None = None


class RollCall(Record):
    """A roll call under somebody's hands.

    `on_paper` is on while marks are copied from a sheet: then nobody arrives now, and one goes down line by
    line as on the paper. `just` is who was marked last, as long as one has not gone elsewhere.

    Signals:
        moved: another line is the current one.
        typed: a number is being typed; "" when it is done or dropped.
        told: something a key could not do, as a text.
        scanned: a card was read, as a Scan.
    """

    moved = Signal()
    typed = Signal(str)
    told = Signal(object)
    scanned = Signal(object)

    def __init__(self, runner: Runner, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(runner, now, parent)
        self.just: ParticipantId | None = None
        self.on_paper = False
        self.typing = ""

    def open(self, key: ClassKey, number: int) -> None:
        if (key, number) != (self.key, self.number):
            self.just, self.on_paper = None, False
        self._set_typed("")
        super().open(key, number)

    def type(self, text: str) -> bool:
        """A letter or digit by hand; whether it means anything here."""
        if text.isascii() and text.isdigit():
            self._set_typed((self.typing + text).lstrip("0")[:_DIGITS])
            return True
        if text.upper() in list(Status):
            self.mark(Status(text.upper()))
            return True
        return False

    def drop_number(self) -> bool:
        """Forget the number that is being typed; whether there was one."""
        dropped = bool(self.typing)
        self._set_typed("")
        return dropped

    def shorten_number(self) -> bool:
        """Take the last digit back; whether there was one."""
        shorter = bool(self.typing)
        self._set_typed(self.typing[:-1])
        return shorter

    def go_to_number(self) -> bool:
        """Go to the line whose number was typed; whether one was."""
        if not self.typing:
            return False
        line = self._numbered()
        if line is not None:
            self.go_to(line.participant)
        return True

    def mark(self, status: Status) -> None:
        """Mark the line whose number was typed, or the current one and step down."""
        if self._closed():
            return
        numbered = bool(self.typing)
        line = self._numbered() if numbered else self.line
        if line is None or self.sheet is None:
            return
        self._set_typed("")
        self.apply(self.sheet.mark([line.participant], status, self._arrival(status)))
        self.just = line.participant
        if not numbered:
            self._step_down()

    def fill(self) -> None:
        """Mark everybody present who is not marked yet."""
        if self._closed() or self.sheet is None:
            return
        people = [line.participant for line in self.sheet.unmarked()]
        if not people:
            self.told.emit(words("roll-none-unmarked"))
            return
        self.apply(self.sheet.mark(people, Status.PRESENT, None))

    def step(self, by: int) -> None:
        """Go down so many lines, or up."""
        line = None if self.sheet is None else self.sheet.beside(self.current, by)
        if line is not None:
            self.go_to(line.participant)

    def go_to(self, participant: ParticipantId | None) -> None:
        """Make this line the current one."""
        self._set_typed("")
        if participant != self.current and self.sheet is not None and self.sheet.line(participant):
            self.current, self.just = participant, None
            self.moved.emit()
            self.recall()

    def remarked(self) -> Line | None:
        """Whose remark F4 means: that of the one just marked, else of the current line if it is marked."""
        just = None if self.sheet is None else self.sheet.line(self.just)
        line = just or self.line
        return line if line is not None and line.now is not None else None

    def remark(self, participant: ParticipantId, text: str, arrival: int | None) -> None:
        """Give a marked person a remark and a time of arrival."""
        if self.sheet is not None and not self._closed():
            self.apply(self.sheet.remark(participant, text, arrival))

    def erase(self) -> None:
        """Take away what was keyed in on the current line."""
        if self.sheet is not None and self.current is not None:
            self.apply(self.sheet.erase(self.current))

    def undo(self) -> None:
        """Take the last step back, and go where it was."""
        self._set_typed("")
        step = () if self.sheet is None else self.sheet.undo()
        if step:
            self.apply(step)
            self._go_to_first(step)
        else:
            self.told.emit(words("roll-nothing-to-undo"))

    def redo(self) -> None:
        """Do what was taken back last once more."""
        step = () if self.sheet is None else self.sheet.redo()
        if step:
            self.apply(step)
            self._go_to_first(step)

    def take_back(self, depth: int) -> None:
        """Take back whatever was done since there were so many steps: a card's letters, for good."""
        while self.sheet is not None and self.sheet.depth > depth:
            self.apply(self.sheet.undo())
        if self.sheet is not None:
            self.sheet.forget()
        self._set_typed("")

    def scan(self, text: str) -> None:
        """A card was read."""
        try:
            holder = card_holder(text)
        except Refused:
            self.scanned.emit(Scan(Outcome.UNKNOWN))
            return
        line = None if self.sheet is None else self.sheet.line(holder)
        if line is None:
            self._runner.read(roll_calls.name_of, holder, then=self._on_stranger)
        elif line.now is not None:
            self.scanned.emit(Scan(Outcome.ALREADY, line.name, line.now))
        elif not self._closed() and self.sheet is not None:
            status = self._status_now()
            self.apply(self.sheet.mark([holder], status, self._arrival(status)))
            self.just = holder
            marked = self.sheet.line(holder)
            self.scanned.emit(Scan(Outcome.OK, line.name, None if marked is None else marked.now))

    def _closed(self) -> bool:
        """Whether nothing can be marked; said once more where somebody tries."""
        if self.cancelled:
            self.told.emit(words("roll-cannot-mark"))
        return self.cancelled

    def _numbered(self) -> Line | None:
        """The line whose number was typed; said where there is none."""
        number, found = self.typing, None
        if self.sheet is not None:
            found = self.sheet.numbered(int(number))
        if found is None:
            self._set_typed("")
            self.told.emit(words("roll-number-unknown", number=number))
        return found

    def _step_down(self) -> None:
        """To the next line that is not marked yet; on paper, or where there is none, to the next one."""
        below = [] if self.sheet is None else self.sheet.below(self.current)
        open_ones = [] if self.on_paper else [line for line in below if line.now is None]
        just = self.just
        if below:
            self.go_to((open_ones or below)[0].participant)
        self.just = just

    def _go_to_first(self, step: Step) -> None:
        if len(step) == 1:
            self.go_to(step[0].participant)

    def _arrival(self, status: Status) -> int | None:
        """Who is marked late arrives now, if the session is today's and one is there to see it."""
        if status is not Status.LATE or self.on_paper or not self._is_today():
            return None
        return _minute(self._now())

    def _status_now(self) -> Status:
        """Present, or late once the session has been going on for longer than the setting allows."""
        session, read = self.session, self.read
        if session is None or read is None or session.starts is None or not self._is_today():
            return Status.PRESENT
        late = _minute(self._now()) > session.starts + read.late_after
        return Status.LATE if late else Status.PRESENT

    def _is_today(self) -> bool:
        return self.session is not None and self.session.day == self._now().date()

    def _set_typed(self, number: str) -> None:
        if number != self.typing:
            self.typing = number
            self.typed.emit(number)

    def _on_stranger(self, name: str) -> None:
        outcome = Outcome.WRONG_CLASS if name else Outcome.UNKNOWN
        self.scanned.emit(Scan(outcome, name))


def _minute(now: datetime) -> int:
    return now.hour * 60 + now.minute
