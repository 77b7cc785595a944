"""What is asked before a number's life goes on: the reason, and what belongs to each way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import Trouble
from app.queries.certificate_life import Life
from ui.desktop.pages.class_certificates_bar import CLOCK_CODE
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Rule
from ui.desktop.widgets.inputs import ChoiceInput, Field, TextInput
from ui.desktop.widgets.labels import Label, heading
from ui.desktop.widgets.layouts import Grow, column, row, scrolled, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.switches import Option, Switch
from ui.desktop.wording import told, words


class Way(StrEnum):
    """What can be done with a number."""

    PRINT = "print"
    COPY = "copy"
    REPLACE = "replace"
    VOID = "void"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for. `printer` is None where the copy is to be saved as a file."""

    way: Way
    reason: str
    name: str = ""
    number: str = ""
    printer: str | None = None
    blank: str = ""
    lost: bool = False
    clock_confirmed: bool = False


_FIELDS = {
    Way.PRINT: ("printer",),
    Way.COPY: ("reason", "printer"),
    Way.REPLACE: ("name", "number", "reason"),
    Way.VOID: ("reason",),
    Way.BLANK: ("blank", "fate", "reason"),
}


class RegisterForm(QWidget):
    """The fields of one way at a time; what was typed stays when it is refused.

    Signals:
        ordered: it is to be done (an Order).
        closed: it is not.
    """

    ordered = Signal(object)
    closed = Signal()

    def __init__(self, printers: ChoiceInput[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way = Way.PRINT
        self.title = heading("", Role.SECTION)
        self._said = Label("", Role.SMALL, Tone.INK2, wrap=True)
        self._strip = Strip("", Hue.RED, "circle-alert", role=Role.SMALL)
        self._no_printer = Strip(words("class-certificates-no-printer"), Hue.AMBER, role=Role.SMALL)
        self.inputs = {name: TextInput(words(f"register-{name}-hint"), letters=24) for name in _TYPED}
        for typed in self.inputs.values():
            typed.returnPressed.connect(self.confirm)
        self.printers = printers
        fates = [Option(False, words("register-spoiled")), Option(True, words("register-lost"))]
        self.lost = Switch(fates)
        controls = {**self.inputs, "printer": printers, "fate": self.lost}
        self.fields = {name: Field(words(f"register-ask-{name}"), held) for name, held in controls.items()}
        self.confirm_button = Button("", Kind.PRIMARY, key="Enter")
        self.confirm_button.clicked.connect(lambda: self.confirm())
        self.clock_button = Button(words("class-certificates-clock-right"), Kind.PRIMARY)
        self.clock_button.clicked.connect(lambda: self.confirm(True))
        leave = Button(words("completion-leave"), key="Esc")
        leave.clicked.connect(self.closed)
        order = ("name", "number", "blank", "fate", "reason", "printer")
        parts = [self.fields[name] for name in order]
        buttons = row(self.confirm_button, self.clock_button, leave, Grow(), space=8)
        above = (self.title, self._said, self._no_printer)
        asked = scrolled(widget(column(*above, *parts, Grow(), space=8)))
        foot = widget(column(Rule(), 10, buttons))
        self.setLayout(column(Grow(asked), self._strip, foot, space=10))
        self._accept()

    def ask(self, way: Way, life: Life | None = None) -> None:
        """Begin to ask; of a certificate this is the life of."""
        self.way = way
        copy = 0 if life is None else life.copy
        self._accept()
        for typed in self.inputs.values():
            typed.clear()
        self.inputs["name"].setText("" if life is None else life.row.name)
        self.title.say(words(f"register-{way}-title", copy=copy))
        self._said.say(words(f"register-{way}-said", copy=copy))
        for name, field in self.fields.items():
            field.setVisible(name in _FIELDS[way])
        printing, any_printer = "printer" in _FIELDS[way], self.printers.value() is not None
        self._no_printer.setVisible(printing and not any_printer)
        self.fields["printer"].setVisible(printing and any_printer)
        file = way is Way.COPY and not any_printer
        self.confirm_button.say(words("register-copy-file" if file else f"register-{way}-now", copy=copy))
        self.confirm_button.setEnabled(way is not Way.PRINT or any_printer)
        first = next(name for name in _FIELDS[way])
        self.fields[first].control.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self, clock_confirmed: bool = False) -> None:
        """It is to be done, if what must be there is."""
        self._accept()
        texts = {name: typed.text().strip() for name, typed in self.inputs.items()}
        for name in ("name", "blank", "reason"):
            if name in _FIELDS[self.way] and not texts[name]:
                self.fields[name].refuse(words(f"register-{name}-missing"))
                return
        if not self.confirm_button.isEnabled():
            return
        printer = self.printers.value()
        self.ordered.emit(
            Order(
                self.way,
                texts["reason"],
                texts["name"],
                texts["number"],
                printer,
                texts["blank"],
                self.lost.value() is True,
                clock_confirmed,
            )
        )

    def refuse(self, trouble: Trouble) -> None:
        """It cannot be done: said at the field, or over the buttons; a clock can be confirmed."""
        self._accept()
        field = self.fields.get(trouble.field or "")
        if field is not None and not field.isHidden():
            field.refuse(told(trouble))
            return
        clock = trouble.code == CLOCK_CODE
        self._strip.say(words("certificates-clock-asked") if clock else told(trouble))
        self._strip.show()
        self.clock_button.setVisible(clock)
        self.confirm_button.setVisible(not clock)

    def _accept(self) -> None:
        for field in self.fields.values():
            field.accept()
        self._strip.hide()
        self.clock_button.hide()
        self.confirm_button.show()


_TYPED = ("name", "number", "blank", "reason")
