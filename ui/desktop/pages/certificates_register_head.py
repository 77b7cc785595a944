"""The head of the register: the numbers still to use, and how old what verdicts rest on is."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QSizePolicy, QWidget

from app.errors import Trouble
from ui.desktop.desk import Desk
from ui.desktop.pages.certificates_register_words import papers, stock, warning
from ui.desktop.pages.certificates_register_work import RegisterView
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.empty import EmptyState, Step
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, column, row
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.pagehead import PageHead
from ui.desktop.wording import told, words


class RegisterHead(QWidget):
    """Title, verbs, and a line about numbers and papers; under it what is wrong with them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.blank = Button(words("register-blank-button"), icon="file-text")
        self.verify = Button(words("class-certificates-check"), icon="shield-check")
        self.stick = Button(words("register-stick"), Kind.QUIET, size=Size.SMALL, icon="usb")
        self.stands = Label("", Role.SMALL, Tone.INK2, wrap=True)
        self.strip = Strip("", Hue.AMBER, "triangle-alert", role=Role.SMALL)
        self.refusal = Strip("", Hue.RED, "circle-alert", role=Role.SMALL)
        for strip in (self.strip, self.refusal):
            strip.hide()
        line = row(Icon("award", Tone.INK2, 16), 8, Grow(self.stands), 12, self.stick)
        title = PageHead(words("place-certificates"), self.blank, self.verify)
        self.setLayout(column(title, 4, line, 6, self.strip, self.refusal))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_view(self, view: RegisterView, today: date) -> None:
        """Say how things stand."""
        self.stands.say(words("register-stands", stock=stock(view.register.stock), papers=papers(view)))
        said = warning(view, today)
        self.strip.say(said)
        self.strip.setVisible(bool(said))

    def refuse(self, trouble: Trouble) -> None:
        """A file from a stick was not taken, and why."""
        self.refusal.say(told(trouble))
        self.refusal.show()

    def accept(self) -> None:
        """Nothing is refused any more."""
        self.refusal.hide()


class RegisterEmpty(EmptyState):
    """What to do first where no number was ever used; `button` does it."""

    def __init__(self, desk: Desk) -> None:
        self.button = Button(words("register-empty-button"), Kind.PRIMARY, icon="school")
        self.button.clicked.connect(lambda: desk.go("classes"))
        steps = [
            Step(words("register-empty-step"), words("register-empty-how"), self.button),
            Step(words("register-empty-next"), words("register-empty-next-how")),
        ]
        super().__init__(words("register-empty"), words("register-empty-said"), steps)
