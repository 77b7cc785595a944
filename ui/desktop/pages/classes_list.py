"""The classes in three parts, a table each; arrow keys go through all of them as through one."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QSizePolicy, QWidget

from app.queries.class_board import ClassLine, Stage
from ui.desktop import theme
from ui.desktop.pages import classes_rows
from ui.desktop.tokens import Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.labels import Label, heading
from ui.desktop.widgets.layouts import Grow, Item, column, row, widget
from ui.desktop.widgets.rows import RowsModel
from ui.desktop.widgets.table import TableView
from ui.desktop.wording import Text, words

_HEAD = 37
_ARROWS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class StageTable(TableView):
    """The classes at one stage.

    Signals:
        passed: an arrow key wants to go beyond the last row (1) or the first one (-1).
    """

    passed = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _ARROWS.get(Qt.Key(event.key()), 0)
        beyond = self.currentIndex().row() + step
        if step and not event.modifiers() and not 0 <= beyond < self.rows.rowCount():
            self.passed.emit(step)
        else:
            super().keyPressEvent(event)


class Fold(QAbstractButton):
    """The heading of a part that is folded away until it is pressed; Enter and Space do so too."""

    def __init__(self, title: Text) -> None:
        super().__init__()
        self._title, self._count = title, words("classes-count", n=0)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.say(self._count)

    def say(self, count: Text) -> None:
        """Show this beside the title."""
        self._count = count  # type: ignore[assignment]  # any text will do
        self.setAccessibleName(f"{self._title}, {count}")
        self.update()

    def sizeHint(self) -> QSize:
        wide = theme.width(Role.SECTION, str(self._title)) + theme.width(Role.BODY, str(self._count))
        return QSize(wide + 48, 28)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.say(self._count)
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            arrow = "chevron-down" if self.isChecked() else "chevron-right"
            painting.icon(painter, arrow, QRectF(0, 0, 18, self.height()), Tone.INK2)
            wide = theme.width(Role.SECTION, str(self._title))
            place = QRectF(28, 0, wide, self.height())
            painting.text(painter, place, str(self._title), Role.SECTION, Tone.INK)
            rest = QRectF(place.right() + 10, 0, self.width() - place.right() - 10, self.height())
            painting.text(painter, rest, str(self._count), Role.BODY, Tone.INK2)
            if self.hasFocus():
                painting.ring(painter, self.rect(), tokens().radius["chip"])


class ClassList(QWidget):
    """Running, upcoming, finished; the finished ones folded away at first. One class is chosen among all.

    Signals:
        opened: Enter or a double click on a class: its ClassLine.
    """

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._all: RowsModel[ClassLine] = RowsModel(classes_rows.columns(), _key)
        self._lines: Mapping[Hashable, ClassLine] = {}
        self.tables = {stage: self._table(stage) for stage in Stage}
        self._counts = {stage: Label("", Role.BODY, Tone.INK2) for stage in (Stage.RUNNING, Stage.UPCOMING)}
        self.fold = Fold(words("classes-finished"))
        self.fold.toggled.connect(self._on_fold_toggled)
        self._finding = False
        self._parts = {stage: widget(column(*self._head(stage), self.tables[stage], 20)) for stage in Stage}
        self.tables[Stage.FINISHED].hide()
        self.setLayout(column(*self._parts.values(), Grow()))
        self.area: QScrollArea | None = None

    def show_lines(self, lines: Mapping[Stage, Sequence[ClassLine]], graduates: int, finding: bool) -> None:
        """Show these; while somebody is `finding`, the finished ones are unfolded too."""
        kept, self._finding = self.key(), finding
        everybody = [line for stage in Stage for line in lines[stage]]
        self._lines = {line.head.key: line for line in everybody}
        self._all.show(everybody)
        first = next((stage for stage in Stage if lines[stage]), Stage.RUNNING)
        for stage, table in self.tables.items():
            table.rows.show(list(lines[stage]))
            table.horizontalHeader().setVisible(stage is first)
            table.fit()
            self._parts[stage].setVisible(bool(lines[stage]))
        for stage, label in self._counts.items():
            label.say(words("classes-count", n=len(lines[stage])))
        n = len(lines[Stage.FINISHED])
        code = "classes-count-graduates" if graduates and not finding else "classes-count"
        self.fold.say(words(code, n=n, graduates=graduates))
        self._show_finished()
        if kept is not None and kept in self._lines:
            self._select(kept)

    def key(self) -> Hashable | None:
        """The key of the chosen class."""
        return next((found for table in self._shown() if (found := table.key()) is not None), None)

    def lines(self) -> list[ClassLine]:
        """All that are shown."""
        return list(self._lines.values())

    def line(self) -> ClassLine | None:
        """The chosen class."""
        return self._lines.get(self.key())

    def begin(self) -> None:
        """Take the focus, at the chosen class or the first."""
        shown = self._shown()
        here = next((table for table in shown if table.key() is not None), shown[0] if shown else None)
        taker: QWidget = self.fold if here is None else here
        taker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _table(self, stage: Stage) -> StageTable:
        model: RowsModel[ClassLine] = RowsModel(classes_rows.columns(), _key)
        name = str(words(f"classes-{stage}"))
        made = StageTable(model, name, row_height=classes_rows.ROW, head_height=_HEAD)
        made.measured = self._all
        made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.chosen.connect(lambda key, made=made: self._on_chosen(made, key))
        made.opened.connect(lambda key: self.opened.emit(self._lines[key]))
        made.passed.connect(lambda step, made=made: self._pass(made, step))
        return made

    def _head(self, stage: Stage) -> list[Item]:
        if stage is Stage.FINISHED:
            return [self.fold, 10]
        return [row(heading(words(f"classes-{stage}")), 10, self._counts[stage], Grow()), 10]

    def _shown(self) -> list[StageTable]:
        return [
            table
            for stage, table in self.tables.items()
            if table.rows.rowCount() and (stage is not Stage.FINISHED or self._unfolded)
        ]

    @property
    def _unfolded(self) -> bool:
        return self._finding or self.fold.isChecked()

    def _show_finished(self) -> None:
        self.tables[Stage.FINISHED].setVisible(self._unfolded)

    def _select(self, key: Hashable) -> None:
        for table in self._shown():
            if table.select(key):
                return

    def _on_fold_toggled(self, unfolded: bool) -> None:
        if not unfolded:
            self.tables[Stage.FINISHED].selectionModel().clear()
        self._show_finished()

    def _on_chosen(self, table: StageTable, key: Hashable | None) -> None:
        """One is chosen among all, and in sight."""
        if key is None:
            return
        for other in self.tables.values():
            if other is not table:
                other.selectionModel().clear()
        if self.area is not None:
            place = table.visualRect(table.currentIndex()).translated(table.viewport().pos())
            at = table.mapTo(self, place.center())
            self.area.ensureVisible(at.x(), at.y(), 0, classes_rows.ROW)

    def _pass(self, table: StageTable, step: int) -> None:
        """Go on in the next part, or to the heading of what is folded away."""
        shown = self._shown()
        at = shown.index(table) + step
        if 0 <= at < len(shown):
            follower = shown[at]
            last = follower.rows.rowCount() - 1
            follower.setCurrentIndex(follower.rows.index(0 if step > 0 else last, 0))
            follower.setFocus(Qt.FocusReason.OtherFocusReason)
        elif step > 0 and self.fold.isVisible() and not self._unfolded:
            self.fold.setFocus(Qt.FocusReason.OtherFocusReason)


def _key(line: ClassLine) -> Hashable:
    return line.head.key
