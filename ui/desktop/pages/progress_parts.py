"""The parts of the progress page: its columns, the line over the grid, and what an empty class shows."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.programme import Programme
from app.domain.progress import Result
from ui.desktop.pages.progress_rows import GridRow, View, short_title, shown, text_of
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets import cells
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.cells import Plain
from ui.desktop.widgets.chips import Chip, ChipLook
from ui.desktop.widgets.empty import EmptyState, Step
from ui.desktop.widgets.keys import KeyHelp, KeyLine
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, row
from ui.desktop.widgets.rows import Column, Edge
from ui.desktop.widgets.switches import Option, Switch
from ui.desktop.wording import Words, words

FIRST = 2
"""The modules begin after number and name."""
KEYS = (
    KeyHelp(("Enter",), words("progress-key-down")),
    KeyHelp(("Shift Enter",), words("progress-key-up")),
    KeyHelp(("Ctrl Z",), words("progress-key-undo")),
)
MORE_KEYS = (
    KeyHelp(("Ctrl V",), words("progress-key-paste")),
    KeyHelp(("Del",), words("progress-key-empty")),
)
_GAP = 18


def columns(programme: Programme) -> list[Column[GridRow]]:
    """Number and name, a column for each module, and how many of them are done."""
    made: list[Column[GridRow]] = [
        Column(
            words("progress-number"),
            lambda r: Plain(str(r.place), Tone.INK2, edge=Edge.RIGHT.value),
            edge=Edge.RIGHT,
        ),
        Column(words("progress-name"), lambda r: cells.name(r.name), least=170, share=2),
    ]
    made += [_of_module(at, short_title(module)) for at, module in enumerate(programme.modules)]
    finished: Column[GridRow] = Column(
        words("progress-finished"),
        lambda r: Plain(f"{r.finished} / {r.modules}", Tone.INK2, edge=Edge.MIDDLE.value),
        edge=Edge.MIDDLE,
        least=64,
    )
    return [*made, finished]


def _of_module(at: int, title: str) -> Column[GridRow]:
    return Column(
        title, lambda r: r.cells[at], share=1, edge=Edge.MIDDLE, over=str(at + 1), edit=lambda r: r.edits[at]
    )


def changing(before: Result, after: Result, view: View) -> Words:
    """The title over the reason for a correction: from what to what."""
    old, new = text_of(before, view), text_of(after, view)
    if not new:
        return words("progress-emptying", old=old)
    return words("progress-changing", old=old or "·", new=new)


class Legend(QWidget):
    """The switch of the views at the left; at the right the keys, where there is room, and the colours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.switch = Switch([Option(view, words(f"progress-view-{view}")) for view in View])
        self.switch.choose(View.POST)
        self._keys = KeyLine(KEYS, icon=False)
        self._pass = Label("", Role.SMALL, Tone.INK2)
        self._below = Chip(ChipLook(words("progress-below"), Hue.RED, "!"))
        self._conflict = Chip(ChipLook(words("progress-disputed"), Hue.TEAL, icon="refresh-cw"))
        parts = (self._keys, _GAP, self._pass, 8, self._below, 8, self._conflict)
        self.setLayout(row(self.switch, _GAP, Grow(), *parts))

    def say_pass_mark(self, programme: Programme) -> None:
        """Which score passes, and whether modules differ in that."""
        usual = programme.rule.pass_mark
        same = all(programme.pass_mark(module) == usual for module in programme.modules)
        self._pass.say(words("progress-pass" if same else "progress-pass-usual", mark=shown(usual)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = (self.switch, self._keys, self._pass, self._below, self._conflict)
        self._keys.setVisible(sum(part.sizeHint().width() for part in needed) + 4 * _GAP <= self.width())


def empty(add: Button) -> EmptyState:
    """A class without participants."""
    steps = [Step(words("progress-empty-step"), words("progress-empty-how"), add)]
    return EmptyState(words("progress-empty"), words("progress-empty-said"), steps)
