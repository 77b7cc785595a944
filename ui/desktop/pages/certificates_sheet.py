"""One certificate beside a list: its page as it is printed, both sides, and what can be done with it."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.queries.certificates import CertificateRow
from ui.desktop.desk import Desk
from ui.desktop.pages import certificates_jobs
from ui.desktop.pages.certificates_jobs import Sheet
from ui.desktop.pages.paper_preview import PagePreview
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.inputs import Field, TextInput
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, column, row, widget
from ui.desktop.widgets.paper import PaperView
from ui.desktop.widgets.switches import Option, Switch
from ui.desktop.wording import Text, words


class Change(StrEnum):
    """What ends a certificate, with a reason."""

    REPLACE = "replace"
    VOID = "void"


class SheetView(QWidget):
    """The preview with its buttons.

    Signals:
        print_wanted, save_wanted: this sheet on paper, or as a PDF.
        change_wanted: it is to be replaced or voided (Change), for this reason.
    """

    print_wanted = Signal()
    save_wanted = Signal()
    change_wanted = Signal(object, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._change = Change.REPLACE
        self.paper = PaperView(words("certificates-preview"))
        self._pages = PagePreview(desk, certificates_jobs.draw, self.paper)
        self._name, self._number = Label("", Role.STRONG), Label("", Role.BODY, Tone.INK2)
        self.sides = Switch([Option(0, words("certificates-front")), Option(1, words("certificates-back"))])
        self.sides.chosen.connect(self._pages.turn)
        self.print_button = Button(words("certificates-print"))
        self.print_button.clicked.connect(self.print_wanted)
        self.save_button = Button(words("certificates-save"))
        self.save_button.clicked.connect(self.save_wanted)
        self.replace_button = Button(words("certificates-replace"), Kind.QUIET)
        self.replace_button.clicked.connect(lambda: self.ask(Change.REPLACE))
        self.void_button = Button(words("certificates-void"), Kind.DESTRUCTIVE)
        self.void_button.clicked.connect(lambda: self.ask(Change.VOID))
        buttons = (self.print_button, self.save_button, Grow(), self.replace_button, self.void_button)
        self._buttons = widget(row(*buttons, space=8))
        self._told = widget(row(self._name, 10, self._number, Grow(), self.sides))
        self._form = self._reason_form()
        under = (10, self._told, 17, self._buttons, self._form)
        self.setLayout(column(self.paper, *under, Grow()))
        self.show_none("")

    @property
    def asking(self) -> bool:
        """Whether a reason is being asked for."""
        return not self._form.isHidden()

    def show_none(self, said: Text) -> None:
        """There is no page to show; the sheet says why."""
        self._sheet = None
        self._pages.show_none(said)
        self.close_form()

    def show_certificate(self, row_: CertificateRow, copy: int, standing: bool) -> None:
        """Show this certificate; what does not stand any more can only be looked at and saved."""
        changed = self._sheet is None or self._sheet[0] != row_.serial
        self._sheet = (row_.serial, max(0, copy - 1))
        self._name.say(row_.name)
        self._number.say(row_.official_number)
        again = copy and standing
        self.print_button.say(
            words("certificates-print-copy", n=copy) if again else words("certificates-print")
        )
        for button in (self.replace_button, self.void_button):
            button.setVisible(standing)
        if changed:
            self.close_form()
            self.sides.choose(0)
        if not self.asking:
            self.close_form()
        self._pages.show(self._sheet, int(str(self.sides.value())))

    def ask(self, change: Change) -> None:
        """Ask why it is to be replaced or voided."""
        self._change = change
        self.field.accept()
        self.reason.clear()
        self._why.say(words(f"certificates-{change}-said"))
        self.confirm.say(words(f"certificates-{change}-now"))
        self._told.hide()
        self._buttons.hide()
        self._form.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> bool:
        """Ask no more; whether there was a question."""
        was = self.asking
        self._form.hide()
        for part in (self._told, self._buttons):
            part.setVisible(self._sheet is not None)
        return was

    def refuse(self, why: Text) -> None:
        """The change, or its reason, is refused; the reason stays as it was typed."""
        self.field.refuse(why)

    def _reason_form(self) -> QWidget:
        self.reason = TextInput(words("certificates-reason-hint"), letters=30)
        self.reason.returnPressed.connect(self._on_confirmed)
        self.field = Field(words("completion-reason"), self.reason)
        self._why = Label("", Role.SMALL, Tone.INK2, wrap=True)
        self.confirm = Button("", Kind.PRIMARY, key="Enter")
        self.confirm.clicked.connect(self._on_confirmed)
        leave = Button(words("completion-leave"), key="Esc")
        leave.clicked.connect(self.close_form)
        buttons = row(self.confirm, leave, Grow(), space=8)
        made = widget(column(self._why, 6, self.field, 4, buttons))
        made.hide()
        return made

    def _on_confirmed(self) -> None:
        said = self.reason.text().strip()
        if not said:
            self.field.refuse(words("certificates-reason-missing"))
            return
        self.change_wanted.emit(self._change, said)
