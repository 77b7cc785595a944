"""What is typed into the progress grid until it is on the disk: checked, on its way, refused, undone."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from app.actions import results as actions
from app.domain import progress, results
from app.domain.ids import ModuleCode, ParticipantId
from app.domain.keys import ClassKey
from app.domain.progress import ModuleState, Result
from app.domain.results import ResultEntry, ScoreField, corrects
from app.errors import Refused, Trouble
from app.queries.progress_sheet import Place, ProgressSheet
from ui.desktop.desk import Desk
from ui.desktop.pages.progress_rows import View, result_of, text_of
from ui.desktop.wording import words


@dataclass(frozen=True, slots=True)
class Asked:
    """An entry that corrects what is on record and waits for its reason."""

    entry: ResultEntry
    before: Result
    after: Result

    @property
    def place(self) -> Place:
        """Whose result, in which module."""
        return place_of(self.entry)


class Typing(QObject):
    """The life of what is typed. `entered` is shown though it is not on the disk yet; `refused` is kept as
    it was typed until it is put right or dropped; `asked` waits for a reason.

    Signals:
        changed: the cells are to be drawn anew.
        reason_refused: the reason given for `asked` will not do, with why.
    """

    changed = Signal()
    reason_refused = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._sheet: ProgressSheet | None = None
        self._undoes: list[list[ResultEntry]] = []
        self.entered: dict[Place, Result] = {}
        self.refused: dict[Place, tuple[str, Refused]] = {}
        self.asked: Asked | None = None

    def read(self, sheet: ProgressSheet) -> None:
        """This is what stands on the disk; another class begins anew."""
        if self._sheet is not None and self._sheet.head.key != sheet.head.key:
            self.forget()
        self._sheet = sheet
        self.entered = {
            place: result for place, result in self.entered.items() if result_of(sheet, *place) != result
        }

    def forget(self) -> None:
        """Let go of everything that is not on its way."""
        self._sheet, self.asked = None, None
        self._undoes.clear()
        self.entered.clear()
        self.refused.clear()

    def type(self, place: Place, view: View, text: str) -> None:
        """Take what was typed into a cell, or refuse it, or ask why it changes what is on record."""
        sheet, typed = self._sheet, text.strip()
        if sheet is None:
            return
        before = self.entered.get(place) or result_of(sheet, *place)
        self.asked = None
        if typed == text_of(before, view):
            self.refused.pop(place, None)
        else:
            self._take(place, view, typed, before)
        self.changed.emit()

    def drop(self) -> None:
        """Leave what is on record as it is."""
        self.asked = None
        self.changed.emit()

    def drop_refused(self, place: Place) -> None:
        """Forget what was typed and refused there."""
        self.refused.pop(place, None)
        self.changed.emit()

    def give_reason(self, reason: str) -> None:
        """Keep the correction that waits, for this reason."""
        if self.asked is not None:
            self._write([self.asked.entry], reason, [self.asked.before])

    def paste(self, entries: list[ResultEntry], reason: str | None) -> None:
        """Keep many at once, all or none."""
        if self._sheet is not None:
            before = [result_of(self._sheet, *place_of(entry)) for entry in entries]
            self._write(entries, reason, before)

    def undo(self) -> bool:
        """Bring back what was there before the last entry; whether there was one."""
        if not self._undoes or self._sheet is None:
            return False
        entries = self._undoes.pop()
        self._desk.runner.write(
            actions.record_many,
            self._sheet.head.key,
            entries,
            str(words("progress-undone")),
            refused=self._on_refused,
        )
        return True

    def _take(self, place: Place, view: View, typed: str, before: Result) -> None:
        try:
            entry = read(place, view, typed, before)
        except Refused as trouble:
            self.refused[place] = (typed, trouble)
            return
        self.refused.pop(place, None)
        after = _over(entry, before)
        if corrects(_values(before), _values(after)):
            self.asked = Asked(entry, before, after)
        else:
            self._write([entry], None, [before])

    def _write(self, entries: list[ResultEntry], reason: str | None, before: list[Result]) -> None:
        assert self._sheet is not None
        key, places = self._sheet.head.key, [place_of(entry) for entry in entries]
        for place, entry, was in zip(places, entries, before, strict=True):
            self.entered[place] = _over(entry, was)
        undoing = [_back(place, was) for place, was in zip(places, before, strict=True)]
        then = functools.partial(self._on_written, key, places, undoing)
        refused = functools.partial(self._on_write_refused, places)
        write = self._desk.runner.write
        if len(entries) == 1:
            seen = self._sheet.seen.get(places[0])
            write(actions.record, key, entries[0], reason, seen, then=then, refused=refused)
        else:
            write(actions.record_many, key, entries, reason, then=then, refused=refused)

    def _on_written(
        self, key: ClassKey, places: list[Place], undoing: list[ResultEntry], changes: int
    ) -> None:
        """Written; the sheet that is read next shows it, and until then what was entered does."""
        if self._sheet is None or self._sheet.head.key != key:
            return
        if changes:
            self._undoes.append(undoing)
        if self.asked is not None and self.asked.place in places:
            self.asked = None
        self.changed.emit()

    def _on_write_refused(self, places: list[Place], trouble: Trouble) -> None:
        for place in places:
            self.entered.pop(place, None)
        if self.asked is not None and self.asked.place in places:
            self.reason_refused.emit(trouble)
        else:
            self._desk.tell_trouble(trouble)
        self.changed.emit()

    def _on_refused(self, trouble: Trouble) -> None:
        self._desk.tell_trouble(trouble)


def place_of(entry: ResultEntry) -> Place:
    """Whose result in which module an entry is."""
    return ParticipantId(entry.participant), ModuleCode(entry.module)


def read(place: Place, view: View, typed: str, before: Result) -> ResultEntry:
    """What was typed as an entry; Refused as `progress.score` and `results.state` raise it."""
    who, module = place
    if view is View.STATE:
        return ResultEntry(who, module, state=_state(typed) if typed else ModuleState.NOT_STARTED)
    field = ScoreField.PRE if view is View.PRE else ScoreField.POST
    if not typed:
        return ResultEntry(who, module, emptied=frozenset({field}))
    score = progress.score(typed)
    return (
        ResultEntry(who, module, pre=score)
        if field is ScoreField.PRE
        else ResultEntry(who, module, post=score)
    )


def _state(typed: str) -> ModuleState:
    """A state by the words of the language in force, or by their beginning where only one begins so."""
    begun = [
        state
        for state in ModuleState
        if str(words(f"progress-state-{state}")).casefold().startswith(typed.casefold())
    ]
    return begun[0] if len(begun) == 1 else results.state(typed)


def _values(result: Result) -> results.Values:
    return result.state.value, result.pre, result.post


def _over(entry: ResultEntry, before: Result) -> Result:
    state, pre, post = entry.over(_values(before))
    return replace(before, state=ModuleState(state or before.state), pre=pre, post=post)


def _back(place: Place, before: Result) -> ResultEntry:
    """The entry that brings back what was there."""
    gone = {ScoreField.PRE: before.pre, ScoreField.POST: before.post}
    emptied = frozenset(field for field, value in gone.items() if value is None)
    return ResultEntry(place[0], place[1], before.pre, before.post, before.state, emptied=emptied)
