"""What is said beside a cell of the progress grid: a refusal with its guess, a reason wanted, a conflict."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import Refused
from ui.desktop.tokens import Hue
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.inputs import Field, TextInput
from ui.desktop.widgets.popover import Popover
from ui.desktop.wording import Text, told, words


class Bubbles(QObject):
    """One bubble at a time, over the page.

    Signals:
        used: the guess is to be taken, as text.
        dropped: what was typed is to be forgotten.
        reasoned: the correction is to be kept for this reason.
        looked: one wants to see both values of a conflict.
    """

    used = Signal(str)
    dropped = Signal()
    reasoned = Signal(str)
    looked = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._red, self._amber = Popover(host), Popover(host, Hue.AMBER)
        self._teal = Popover(host, Hue.TEAL)
        self._reason: Field | None = None
        self._last = ""

    @property
    def asking(self) -> bool:
        """Whether a reason is being asked for."""
        return self._amber.isVisible()

    def hide(self) -> None:
        """Say nothing."""
        for bubble in (self._red, self._amber, self._teal):
            bubble.hide()

    def refuse(self, at: QRect, typed: str, trouble: Refused) -> None:
        """What was typed is refused; with a guess that Enter takes."""
        self.hide()
        guess = str(trouble.facts.get("guess") or "")
        clear = Button(words("progress-clear"), size=Size.SMALL, key="Esc")
        clear.clicked.connect(self.dropped)
        why = told(trouble)
        if not guess:
            self._red.point(at, words("progress-refused", typed=typed), why, clear)
            return
        use = Button(words("progress-use", guess=guess), Kind.PRIMARY, size=Size.SMALL, key="Enter")
        use.clicked.connect(lambda: self.used.emit(guess))
        said = words("progress-refused-guess", why=why, guess=guess)
        self._red.point(at, words("progress-refused", typed=typed), said, use, clear)

    def ask(self, at: QRect, title: Text) -> None:
        """A value on record would change: ask for the reason, with the one given last to begin with."""
        self.hide()
        field = TextInput(words("progress-reason-hint"), letters=24)
        field.setText(self._last)
        field.selectAll()
        field.returnPressed.connect(self._on_reason_given)
        self._reason = Field(words("progress-reason"), field)
        keep = Button(words("progress-keep"), Kind.PRIMARY, size=Size.SMALL, key="Enter")
        keep.clicked.connect(self._on_reason_given)
        leave = Button(words("progress-leave"), size=Size.SMALL, key="Esc")
        leave.clicked.connect(self.dropped)
        self._amber.point(at, title, words("progress-on-record"), keep, leave, field=self._reason)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse_reason(self, why: Text) -> None:
        """The reason that was given will not do."""
        if self._reason is not None:
            self._reason.refuse(why)

    def dispute(self, at: QRect) -> None:
        """Two machines recorded different values."""
        self.hide()
        look = Button(words("progress-look"), size=Size.SMALL)
        look.clicked.connect(self.looked)
        self._teal.point(at, words("progress-conflict"), words("progress-conflict-said"), look)

    def _on_reason_given(self) -> None:
        assert self._reason is not None
        field = self._reason.control
        assert isinstance(field, TextInput)
        if not field.text().strip():
            self._reason.refuse(words("progress-reason-missing"))
            return
        self._last = field.text().strip()
        self.reasoned.emit(self._last)
