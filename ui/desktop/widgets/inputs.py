"""Where people type and choose; what is wrong stands beside the field, and what was typed stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Put, column, row, widget
from ui.desktop.wording import Text

V = TypeVar("V")
_MARGIN = 40  # what border, padding and cursor take of an input's width


class TextInput(QLineEdit):
    """One line to type. `hint` is the grey example in the empty field."""

    def __init__(self, hint: Text = "", letters: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self.setMinimumWidth(theme.width(Role.BODY, "n" * letters) + _MARGIN)
        self.setPlaceholderText(str(hint))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setPlaceholderText(str(self._hint))


class TextArea(QPlainTextEdit):
    """Several lines to type; Tab goes on to the next field."""

    def __init__(self, hint: Text = "", lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self.setTabChangesFocus(True)
        self.setPlaceholderText(str(hint))
        self.setFixedHeight(lines * theme.line(Role.BODY) + 24)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setPlaceholderText(str(self._hint))


class ChoiceInput(QComboBox, Generic[V]):
    """One of several values, each with its text.

    Signals:
        picked: a person chose another value, which comes along.
    """

    picked = Signal(object)

    def __init__(self, options: Sequence[tuple[V, Text]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options: list[tuple[V, Text]] = []
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(12)
        self.offer(options)
        self.activated.connect(self._on_activated)

    def offer(self, options: Sequence[tuple[V, Text]]) -> None:
        """Offer these; the value chosen before stays chosen where it is still among them."""
        chosen = self.value()
        self._options = list(options)
        self.clear()
        self.addItems([str(text) for _, text in options])
        self.choose(chosen)

    def value(self) -> V | None:
        """The chosen value; None where nothing is offered."""
        at = self.currentIndex()
        return self._options[at][0] if 0 <= at < len(self._options) else None

    def choose(self, value: V | None) -> None:
        """Choose a value, if it is offered."""
        for at, (offered, _) in enumerate(self._options):
            if offered == value:
                self.setCurrentIndex(at)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            for at, (_, text) in enumerate(self._options):
                self.setItemText(at, str(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with painting.painting(self) as painter:
            place = QRectF(self.width() - 30, 0, 24, self.height())
            painting.icon(painter, "chevron-down", place, Tone.INK2, 16)

    def _on_activated(self, at: int) -> None:
        self.picked.emit(self._options[at][0])


class Field(QWidget):
    """A labelled input with room for what is wrong with it. `help` is a quiet sentence under the input."""

    def __init__(
        self, label: Text, control: QWidget, help: Text | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.control = control
        self.label = Label(label, Role.NAME)
        self.label.setBuddy(control)
        self.setFocusProxy(control)
        self._help = Label("" if help is None else help, Role.SMALL, Tone.INK2, wrap=True)
        if help is None:
            self._help.hide()
        self._error = Label("", Role.SMALL_STRONG, Tone.RED, wrap=True)
        top = Qt.AlignmentFlag.AlignTop
        self._wrong = widget(row(Put(Icon("circle-alert", Tone.RED, 16), top), 7, Grow(self._error)))
        self._wrong.hide()
        self.setLayout(column(self.label, 5, control, 4, self._help, self._wrong, Grow()))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        control.setAccessibleName(str(label))
        self._told = label

    def explain(self, help: Text | None) -> None:
        """Say this quietly under the input instead; None: nothing."""
        self._help.say("" if help is None else help)
        self._help.setVisible(help is not None)

    def refuse(self, why: Text) -> None:
        """Say under the input what is wrong, and take the focus there."""
        self._mark(True)
        self._error.say(why)
        self._wrong.show()
        self.control.setAccessibleDescription(str(why))
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Nothing is wrong any more."""
        self._mark(False)
        self._wrong.hide()
        self.control.setAccessibleDescription("")

    @property
    def refused(self) -> str:
        """What is said to be wrong; empty when nothing is."""
        return self.control.accessibleDescription()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.control.setAccessibleName(str(self._told))

    def _mark(self, wrong: bool) -> None:
        if bool(self.control.property("wrong")) != wrong:
            self.control.setProperty("wrong", wrong)
            self.control.style().unpolish(self.control)
            self.control.style().polish(self.control)
            self.control.update()


class SearchInput(QWidget):
    """The search field of a page's head; "/" takes one there, Esc empties it.

    Signals:
        changed: what stands in it now, at every key.
    """

    changed = Signal(str)

    def __init__(self, hint: Text, key: str = "/", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.input = TextInput(hint, letters=20)
        self.input.setProperty("bare", True)
        self.input.setAccessibleName(str(hint))
        self.input.textChanged.connect(self.changed)
        self.input.installEventFilter(self)
        self.setFocusProxy(self.input)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(tokens().size["control"])
        margins = (38, 0, painting.key_width(key) + 22, 0)
        self.setLayout(row(Grow(self.input), margins=margins))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def text(self) -> str:
        """What stands in it."""
        return self.input.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        focused = self.input.hasFocus()
        border = theme.colour(Tone.ACCENT if focused else Tone.LINE2)
        radius = tokens().radius["control"]
        with painting.painting(self) as painter:
            surface = theme.colour(Tone.SURFACE)
            painting.box(painter, self.rect(), surface, border, radius, width=2 if focused else 1)
            painting.icon(painter, "search", QRectF(13, 0, 18, self.height()), Tone.INK2, 17)
            left = self.width() - painting.key_width(self._key) - 13
            top = (self.height() - painting.KEY_HEIGHT) // 2
            painting.key_cap(painter, left, top, self._key, Tone.INK, Tone.LINE2, Tone.SURFACE)
