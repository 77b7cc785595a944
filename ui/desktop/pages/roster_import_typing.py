"""The field in which a cell of a roster is typed anew, lying over the cell it mends."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.desktop.widgets.inputs import TextInput
from ui.desktop.wording import Text

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class MendingField(TextInput):
    """One line over a table; shown where something is to be mended.

    Signals:
        entered: Enter: what was typed is meant.
        moved: up (-1) or down (1) to another row.
        tabbed: Tab: on to the next thing that is wrong in the row.
        dropped: Esc: what was typed is not meant.
    """

    entered = Signal()
    moved = Signal(int)
    tabbed = Signal()
    dropped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.setMinimumWidth(60)
        self._began = ""
        self.goes_on = False  # whether Tab finds something else to mend in the row, or leaves the table
        self.hide()

    @property
    def changed(self) -> bool:
        """Whether something else stands in it than what it began with."""
        return self.isVisible() and self.text().strip() != self._began.strip()

    def begin(self, text: str, hint: str, name: Text, place: QRect, wrong: bool) -> None:
        """Appear there with this text, all of it selected; `hint` stands in it where it is empty,
        and its border says whether what the cell has is `wrong`."""
        self._began = text
        self.setText(text)
        self.setPlaceholderText(hint)
        self.setAccessibleName(str(name))
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)
        self.lie(place)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def lie(self, place: QRect) -> None:
        """Lie over this place."""
        self.setGeometry(place)

    def settle(self) -> None:
        """What was typed has been taken down."""
        self._began = self.text()

    def event(self, event: QEvent) -> bool:
        """Tab is Qt's own before it becomes a key."""
        tab = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab
        if tab and event.type() == QEvent.Type.KeyPress and self.goes_on:
            self.tabbed.emit()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTERS and plain:
            self.entered.emit()
        elif event.key() in _MOVES and plain:
            self.moved.emit(_MOVES[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)
