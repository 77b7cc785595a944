"""The card with the six boxes: whose PIN, what was wrong with the last one, and the way in."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Put, row, widget
from ui.desktop.widgets.pin import HIGH, PinInput
from ui.desktop.wording import Text, words

DIGITS = 6


class PinCard(Card):
    """Asks for one person's PIN.

    Signals:
        entered: all six digits, after Enter or the button.
    """

    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margins=(24, 22, 24, 22), parent=parent)
        self._title = Label("", Role.MAIN)
        self._input = PinInput(words("sign-in-pin"))
        self._input.entered.connect(self._on_entered)
        self._input.changed.connect(self._on_changed)
        self._go = _Go(words("sign-in-go"), Kind.PRIMARY, size=Size.MAIN, key="Enter")
        self._go.clicked.connect(self._on_go_clicked)
        self._error = Label("", Role.SMALL_STRONG, Tone.RED, wrap=True)
        top = Qt.AlignmentFlag.AlignTop
        self._wrong = widget(row(Put(Icon("circle-alert", Tone.RED, 16), top), 7, Grow(self._error)))
        for part in (self._title, 10, row(self._input, 24, Grow(self._go)), 8, self._wrong):
            if isinstance(part, int):
                self.body.addSpacing(part)
            elif isinstance(part, QWidget):
                self.body.addWidget(part)
            else:
                self.body.addLayout(part)
        self._keep_room()

    def ask(self, name: str) -> None:
        """Ask for this person's PIN."""
        self._title.say(words("sign-in-pin-of", name=name))
        self._input.setAccessibleName(str(words("sign-in-pin-of", name=name)))

    def focus(self) -> None:
        """Go to the boxes."""
        self._input.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Empty boxes, nothing wrong."""
        self._accept()
        self._input.setEnabled(True)
        self._input.clear()

    def busy(self) -> None:
        """The PIN is being looked at."""
        self._accept()
        self._go.setEnabled(False)

    def refuse(self, why: Text) -> None:
        """Say what was wrong; the next digit begins anew."""
        self._tell(why)
        self._input.setEnabled(True)
        self._input.clear()
        self._tell(why)
        self.focus()

    def lock(self, why: Text) -> None:
        """Take no digits for a while."""
        self._input.clear()
        self._tell(why)
        self._input.setEnabled(False)
        self._go.setEnabled(False)

    def _tell(self, why: Text) -> None:
        self._error.say(why)
        self._wrong.show()
        self._input.setAccessibleDescription(str(why))

    def _accept(self) -> None:
        self._wrong.hide()
        self._input.setAccessibleDescription("")

    def _keep_room(self) -> None:
        """The line of what is wrong keeps its room, so that nothing jumps when it appears."""
        policy = self._wrong.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._wrong.setSizePolicy(policy)
        self._wrong.hide()

    def _on_changed(self, digits: int) -> None:
        self._go.setEnabled(True)
        if digits:
            self._accept()

    def _on_entered(self, pin: str) -> None:
        self.entered.emit(pin)

    def _on_go_clicked(self) -> None:
        if len(self._input.pin()) == DIGITS:
            self.entered.emit(self._input.pin())
        else:
            self._tell(words("pin-form", digits=DIGITS))
            self.focus()


class _Go(Button):
    """As high as the boxes beside it."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HIGH)
