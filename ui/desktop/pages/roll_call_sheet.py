"""The sheet of a roll call in memory: what is marked, what was marked before, and the way back and forth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from app.domain.attendance import Allowance, Status
from app.domain.ids import ParticipantId
from app.domain.marks import MarkEntry
from app.queries.attendance import RollCall, RollCallLine


@dataclass(frozen=True, slots=True)
class Line:
    """One person on the sheet. `stored` is on record, `draft` what was keyed in since; `number` is the one
    that stands on paper too.
    """

    number: int
    participant: ParticipantId
    name: str
    tail: str
    last: tuple[Status | None, ...]
    allowance: Allowance
    stored: MarkEntry | None
    draft: MarkEntry | None

    @property
    def now(self) -> MarkEntry | None:
        """What the person is marked as, if at all."""
        return self.draft or self.stored

    @property
    def status(self) -> Status | None:
        """The status the person is marked with."""
        return None if self.now is None else self.now.status

    @property
    def remark(self) -> str:
        """The remark as it stands; a mark that says nothing of it leaves the one on record."""
        if self.draft is not None and self.draft.remark is not None:
            return self.draft.remark
        return (self.stored.remark or "") if self.stored is not None else ""

    @property
    def corrected(self) -> bool:
        """Whether a status or time on record gets another one, which wants a reason."""
        if self.stored is None or self.draft is None:
            return False
        before = (self.stored.status, self.stored.arrival)
        return before != (self.draft.status, self.draft.arrival)


@dataclass(frozen=True, slots=True)
class Edit:
    """One person's draft before and after."""

    participant: ParticipantId
    before: MarkEntry | None
    after: MarkEntry | None


Step = tuple[Edit, ...]
"""What one key did; undone as one."""


class Sheet:
    """Everybody of a class for one session, in the order of the paper."""

    def __init__(self, call: RollCall) -> None:
        self.session = call.session
        self.lines = [_line(place, line) for place, line in enumerate(call.lines, 1)]
        self.seen = {line.person.participant: line.seen for line in call.lines}
        self._places = {line.participant: at for at, line in enumerate(self.lines)}
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def depth(self) -> int:
        """How many steps can be undone."""
        return len(self._done)

    @property
    def final(self) -> bool:
        """Whether marks of this session are on record already."""
        return any(line.stored is not None for line in self.lines)

    def take_over(self, other: Sheet, unsaved: Iterable[ParticipantId]) -> None:
        """Continue another reading of the same session: its way back, and what had not been saved yet."""
        self._done, self._undone = other._done, other._undone
        for participant in unsaved:
            old = other.line(participant)
            if old is not None and self.line(participant) is not None:
                self._set(participant, old.draft)

    def line(self, participant: ParticipantId | None) -> Line | None:
        """The line of this person; None when they are not in the class."""
        at = None if participant is None else self._places.get(participant)
        return None if at is None else self.lines[at]

    def numbered(self, number: int) -> Line | None:
        """The line with this number on paper."""
        return next((line for line in self.lines if line.number == number), None)

    def beside(self, participant: ParticipantId | None, by: int) -> Line | None:
        """The line so many below (or above); the last (or first) one where there are no more."""
        if not self.lines:
            return None
        at = -1 if participant is None else self._places.get(participant, -1)
        return self.lines[max(0, min(at + by, len(self.lines) - 1))]

    def below(self, participant: ParticipantId | None) -> list[Line]:
        """The lines under this one."""
        return [] if participant is None else self.lines[self._places.get(participant, 0) + 1 :]

    def found(self, text: str) -> list[Line]:
        """The lines whose name has all these words somewhere, or whose number or last digits these are."""
        wanted = text.casefold().split()
        if not wanted:
            return []
        return [line for line in self.lines if _fits(line, wanted)]

    def counts(self) -> Counter[Status]:
        """How many have which status."""
        return Counter(status for line in self.lines if (status := line.status) is not None)

    def unmarked(self) -> list[Line]:
        """Who is not marked yet."""
        return [line for line in self.lines if line.now is None]

    def drafts(self) -> dict[ParticipantId, MarkEntry]:
        """What would be finalised."""
        return {line.participant: line.draft for line in self.lines if line.draft is not None}

    def corrected(self) -> list[Line]:
        """Whose mark on record would change."""
        return [line for line in self.lines if line.corrected]

    def mark(self, participants: Iterable[ParticipantId], status: Status, arrival: int | None) -> Step:
        """Mark these; one who has the status already keeps time and remark. The step may be empty."""
        return self._do(_edits(self._known(participants), lambda line: _marked(line, status, arrival)))

    def remark(self, participant: ParticipantId, text: str, arrival: int | None) -> Step:
        """Give a marked person a remark and a time of arrival."""
        said = " ".join(text.split())

        def remarked(line: Line) -> MarkEntry | None:
            if line.now is None:
                return None
            return _settled(line, MarkEntry(line.now.status, arrival, said))

        return self._do(_edits(self._known([participant]), remarked))

    def erase(self, participant: ParticipantId) -> Step:
        """Take away what was keyed in; what is on record stays."""
        return self._do(_edits(self._known([participant]), lambda line: None))

    def undo(self) -> Step:
        """Take the last step back; the edits that took, none when there is nothing."""
        if not self._done:
            return ()
        step = self._done.pop()
        self._undone.append(step)
        return self._apply(tuple(Edit(e.participant, e.after, e.before) for e in reversed(step)))

    def redo(self) -> Step:
        """Do the step again that was taken back last."""
        if not self._undone:
            return ()
        step = self._undone.pop()
        self._done.append(step)
        return self._apply(step)

    def forget(self) -> None:
        """There is nothing to go forth to: what was taken back last was no one's wish."""
        self._undone.clear()

    def _known(self, participants: Iterable[ParticipantId]) -> Iterator[Line]:
        return (line for who in participants if (line := self.line(who)) is not None)

    def _do(self, step: Step) -> Step:
        if step:
            self._done.append(step)
            self._undone.clear()
        return self._apply(step)

    def _apply(self, step: Step) -> Step:
        for edit in step:
            self._set(edit.participant, edit.after)
        return step

    def _set(self, participant: ParticipantId, draft: MarkEntry | None) -> None:
        at = self._places.get(participant)
        if at is not None:
            self.lines[at] = replace(self.lines[at], draft=draft)


def _line(place: int, line: RollCallLine) -> Line:
    person = line.person
    return Line(
        number=place if person.place is None else person.place,
        participant=person.participant,
        name=person.name,
        tail=person.nik[-4:],
        last=line.last,
        allowance=line.allowance,
        stored=line.stored,
        draft=line.draft,
    )


def _edits(lines: Iterable[Line], change: Callable[[Line], MarkEntry | None]) -> Step:
    """What the change would do, without those it leaves as they are."""
    edits = (Edit(line.participant, line.draft, change(line)) for line in lines)
    return tuple(edit for edit in edits if edit.before != edit.after)


def _marked(line: Line, status: Status, arrival: int | None) -> MarkEntry | None:
    if line.status is status:
        return line.draft
    return _settled(line, MarkEntry(status, arrival, "" if line.remark else None))


def _settled(line: Line, entry: MarkEntry) -> MarkEntry | None:
    """The entry, or none where it says what is on record anyway."""
    stored = line.stored
    if stored is None:
        return MarkEntry(entry.status, entry.arrival, entry.remark or None)
    same = (stored.status, stored.arrival, stored.remark or "")
    said = stored.remark or "" if entry.remark is None else entry.remark
    return None if same == (entry.status, entry.arrival, said) else entry


def _fits(line: Line, wanted: list[str]) -> bool:
    if len(wanted) == 1 and wanted[0].isdecimal():
        return wanted[0] in (str(line.number), line.tail)
    name = line.name.casefold()
    return all(word in name for word in wanted)
