"""Scores pasted from a spreadsheet: what the clipboard means, and the card that shows it first."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain import typed_tables
from app.domain.ids import ModuleCode, ParticipantId
from app.domain.results import ResultEntry, corrects
from app.domain.typed_tables import CellRefused
from app.queries.progress_sheet import ProgressSheet
from app.queries.typed_tables import ResultTable
from ui.desktop.pages.progress_rows import View, result_of
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.inputs import Field, TextInput
from ui.desktop.widgets.labels import Label, heading
from ui.desktop.widgets.layouts import Grow, Item, clear, column, fill, row
from ui.desktop.wording import Words, words

_NUMBER = re.compile(r"\s*[-0-9.,]*\s*")
_LISTED = 5  # refused cells that are told one by one
Table = list[list[str]]


@dataclass(frozen=True, slots=True)
class Pasted:
    """A table with a heading, and where its cells lie in what was copied: lines and columns put before it."""

    table: Table
    lines_added: int = 0
    columns_added: int = 0


@dataclass(frozen=True, slots=True)
class Sorted:
    """Entries by what they bring about: new, another value than there is, or nothing."""

    fresh: tuple[ResultEntry, ...]
    correcting: tuple[ResultEntry, ...]
    same: int
    refused: tuple[CellRefused, ...]

    @property
    def entries(self) -> tuple[ResultEntry, ...]:
        """What there is to write."""
        return (*self.fresh, *self.correcting)


def cells(text: str) -> Table:
    """The cells of copied text, as spreadsheets put it: lines (empty ones too), and tabs between cells."""
    return list(csv.reader(io.StringIO(text.strip("\r\n")), delimiter="\t"))


def pasted(
    table: Table,
    people: Sequence[ParticipantId],
    modules: Sequence[ModuleCode],
    view: View,
) -> Pasted:
    """The table as `queries.typed_tables.read_results` reads it.

    With a heading it is as it is. Numbers alone lie on the cells from the chosen one on: `people` and
    `modules` begin there; and so does a single column, whatever stands in it. Where a line begins with
    somebody's name or NIK, its scores are of `modules`.
    """
    if typed_tables.headed(table):
        return Pasted(table)
    along = max(len(line) for line in table)
    numbers = all(_NUMBER.fullmatch(cell) and len(cell.strip()) < 7 for line in table for cell in line)
    bare = along == 1 or numbers
    wide = along - (0 if bare else 1)
    tested = View.PRE if view is View.PRE else View.POST
    heading_line = ["nama", *(f"{code} {tested}" for code in modules[:wide])]
    if not bare:
        return Pasted([heading_line, *table], 1)
    lines = [[who.hex(), *line] for who, line in zip(people, table, strict=False)]
    return Pasted([heading_line, *lines], 1, 1)


def sort(found: ResultTable, sheet: ProgressSheet) -> Sorted:
    """What the entries of a pasted table bring about."""
    fresh, correcting, same = [], [], 0
    for entry in found.entries:
        result = result_of(sheet, ParticipantId(entry.participant), ModuleCode(entry.module))
        before = (result.state.value, result.pre, result.post)
        after = entry.over(before)
        if after == before:
            same += 1
        elif corrects(before, after):
            correcting.append(entry)
        else:
            fresh.append(entry)
    return Sorted(tuple(fresh), tuple(correcting), same, found.refused)


class PasteCard(QWidget):
    """What would be kept of a pasted table, which cells are refused and why, and the button that keeps it.

    Signals:
        kept: the entries and the reason for those that correct (None where there are none) are wanted.
        dropped: nothing is to be kept.
    """

    kept = Signal(object, object)
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sorted: Sorted | None = None
        self._input = TextInput(words("progress-reason-hint"), letters=40)
        self._reason = Field(words("progress-reason"), self._input)
        self._input.returnPressed.connect(self._on_keep)
        self._title, self._said = heading(""), Label("", Role.BODY, Tone.INK2, wrap=True)
        self._refused = column(space=2)
        self.keep = Button("", Kind.PRIMARY, key="Enter")
        self.keep.clicked.connect(self._on_keep)
        self.drop = Button(words("progress-paste-drop"), key="Esc")
        self.drop.clicked.connect(self.dropped)
        buttons = row(self.keep, self.drop, Grow(), space=8)
        parts = (self._title, 2, self._said, self._refused, 6, self._reason, 8, buttons)
        self.setLayout(column(Card(*parts, marked=True, margins=(18, 14, 18, 14)), 10))
        self.setFocusPolicy(
            Qt.FocusPolicy.ClickFocus
        )  # to hear Enter and Esc; its buttons are what Tab goes to
        self.hide()

    def show_pasted(self, given: Sorted, made: Pasted) -> None:
        """Show this."""
        self._sorted = given
        n = len(given.entries)
        self._title.say(words("progress-paste-title", n=n))
        counts = words(
            "progress-paste-counts", fresh=len(given.fresh), correcting=len(given.correcting), same=given.same
        )
        self._said.say(counts)
        clear(self._refused)
        fill(self._refused, _refusals(given.refused, made))
        self._reason.setVisible(bool(given.correcting))
        self._reason.accept()
        self.keep.say(words("progress-paste-keep", n=n))
        self.keep.setVisible(n > 0)
        self.show()
        target = self._input if given.correcting else self.keep if n else self.drop
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.keep.isVisible():
            self._on_keep()
        else:
            super().keyPressEvent(event)

    def _on_keep(self) -> None:
        if self._sorted is None:
            return
        reason = self._input.text().strip()
        if self._sorted.correcting and not reason:
            self._reason.refuse(words("reason-missing"))
            return
        self.kept.emit(self._sorted.entries, reason or None)


def _refusals(refused: Sequence[CellRefused], made: Pasted) -> list[Item]:
    """A line for each refused cell, by its place in what was copied; the rest as a number."""
    told: list[Item] = [_refusal(words_of(cell, made)) for cell in refused[:_LISTED]]
    if len(refused) > _LISTED:
        told.append(_refusal(words("progress-paste-more", n=len(refused) - _LISTED)))
    return [6, *told] if told else []


def words_of(cell: CellRefused, made: Pasted) -> Words:
    """Where a refused cell is and why it is refused."""
    return words(
        "progress-paste-refused",
        typed="".join(made.table[cell.line - 1][cell.column - 1 : cell.column]),
        line=cell.line - made.lines_added,
        column=max(1, cell.column - made.columns_added),
        why=words(cell.code, **cell.facts),
    )


def _refusal(said: Words) -> QWidget:
    made = QWidget()
    made.setLayout(
        row(Icon("circle-alert", Tone.RED, 16), 8, Grow(Label(said, Role.SMALL, Tone.INK, wrap=True)))
    )
    return made
