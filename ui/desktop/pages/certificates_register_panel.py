"""One number of the register: its page as printed, why it is what it is, its life, and what can follow."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain import serial
from app.queries.certificate_life import Life
from app.queries.certificate_register import Fate, RegisterRow
from ui.desktop.desk import Desk
from ui.desktop.pages import certificates_jobs
from ui.desktop.pages.certificates_jobs import Sheet
from ui.desktop.pages.certificates_register_form import RegisterForm, Way
from ui.desktop.pages.certificates_register_rows import LOOKS, title
from ui.desktop.pages.certificates_register_words import LOOKS as TURNS
from ui.desktop.pages.certificates_register_words import happened, why
from ui.desktop.pages.paper_preview import PagePreview
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.cards import Card, Rule
from ui.desktop.widgets.chips import Chip, ChipLook
from ui.desktop.widgets.inputs import ChoiceInput
from ui.desktop.widgets.labels import Label, heading
from ui.desktop.widgets.layouts import Grow, Item, Put, clear, column, fill, row, scrolled, widget
from ui.desktop.widgets.lines import Line
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.paper import PaperView
from ui.desktop.widgets.switches import Option, Switch
from ui.desktop.wording import Text, words

_GAP = 10
_SMALLEST = QSize(200, 142)  # of the preview, where words beside it are long


class RegisterPanel(Card):
    """Beside the list.

    Signals:
        class_wanted: the certificates of its class are to be opened.
        other_wanted: its neighbour is to be shown, by serial.
        save_wanted: its PDF is to be saved.
    """

    class_wanted = Signal()
    other_wanted = Signal(int)
    save_wanted = Signal()

    def __init__(self, desk: Desk, printers: ChoiceInput[str], parent: QWidget | None = None) -> None:
        super().__init__(margins=(18, 16, 18, 14), parent=parent)
        self._desk = desk
        self.life: Life | None = None
        self._fate = Fate.LAPSED
        self._asked_of: int | None = None
        self._name, self._number = (
            Label("", Role.PANEL, wrap=True),
            Label("", Role.BODY, Tone.INK2, wrap=True),
        )
        self.chip = Chip(ChipLook(""))
        self.strip = Strip("", icon="circle-alert", role=Role.SMALL)
        self.paper = PaperView(words("certificates-preview"))
        self.paper.setMinimumSize(_SMALLEST)
        self.pages = PagePreview(desk, certificates_jobs.draw, self.paper)
        self.sides = Switch([Option(0, words("certificates-front")), Option(1, words("certificates-back"))])
        self.sides.chosen.connect(self.pages.turn)
        self._links = Label("", Role.SMALL, Tone.INK2, wrap=True)
        self._links.linked.connect(self._on_links_linked)
        self.save_button = Button(words("certificates-save"), size=Size.SMALL)
        self.save_button.clicked.connect(self.save_wanted)
        left = Qt.AlignmentFlag.AlignLeft
        beside = column(self.sides, 10, self._links, Grow(), Put(self.save_button, left))
        self._paper_part = widget(row(Grow(self.paper, 6), 16, Grow(beside, 4)))
        self._events = column()
        self._life_part = widget(column(heading(words("register-life")), 10, self._events))
        self.form = RegisterForm(printers)
        self.form.closed.connect(self.close_form)
        self._buttons = self._verbs()
        top = Qt.AlignmentFlag.AlignTop
        head = row(Grow(column(self._name, 2, self._number)), 10, Put(self.chip, top))
        told = column(self.strip, 14, self._paper_part, 18, self._life_part, Grow())
        self._told = scrolled(widget(told))
        self._foot = widget(column(Rule(), 10, self._buttons))
        self._head = widget(head)
        self.body.addLayout(column(self._head, Grow(self._told), Grow(self.form), self._foot, space=12))
        self.show_nothing()

    @property
    def asking(self) -> bool:
        """Whether something is being asked."""
        return not self.form.isHidden()

    def show_row(self, line: RegisterRow, life: Life | None) -> None:
        """Show this line; `life` of a certificate, None as long as it is not read, and for others."""
        self.life, self._fate = life, line.fate
        self._name.say(title(line))
        self._number.say(_numbers(line))
        icon, hue = LOOKS[line.fate]
        self.chip.show_look(ChipLook(words(f"register-{line.fate}"), hue, icon=icon))
        self.chip.show()
        self.strip.say(why(line, life), hue, icon)
        self.strip.show()
        self._paper_part.setVisible(life is not None)
        self._life_part.setVisible(life is not None)
        if life is not None:
            self._show_life(life)
        self._show_form(self.asking and (self.form.way is Way.BLANK or line.serial == self._asked_of))

    def show_nothing(self) -> None:
        """No line is chosen."""
        self.life = None
        self._name.say(words("register-none-chosen"))
        self._number.say("")
        for part in (self.chip, self.strip, self._paper_part, self._life_part):
            part.hide()
        self._show_form(self.asking and self.form.way is Way.BLANK)

    def ask(self, way: Way) -> None:
        """Ask what is needed for this way."""
        if way is not Way.BLANK and not self._open_to(way):
            return
        self._asked_of = None if self.life is None else self.life.row.serial
        self.form.way = way
        self._show_form(True)
        self.form.ask(way, self.life)

    def close_form(self) -> bool:
        """Ask no more; whether something was asked."""
        was = self.asking
        self._show_form(False)
        return was

    def _show_form(self, asking: bool) -> None:
        """The form takes the room of what is told."""
        self._told.setVisible(not asking)
        self.form.setVisible(asking)
        verbs = not asking and self.life is not None and self._open_to(Way.VOID)
        self._foot.setVisible(verbs)
        self._head.setVisible(not asking or self.form.way is not Way.BLANK)

    def _open_to(self, way: Way) -> bool:
        """Whether the certificate that is shown can go this way."""
        if self.life is None or self.life.printed_name is None:
            return False
        standing = self._fate is Fate.ISSUED
        return standing and (way not in (Way.PRINT, Way.COPY) or (self.life.copy > 0) is (way is Way.COPY))

    def _verbs(self) -> QWidget:
        self.print_button = Button("", key="C")
        self.print_button.clicked.connect(self.ask_print)
        self.replace_button = Button(words("register-replace"), Kind.QUIET, key="G")
        self.replace_button.clicked.connect(lambda: self.ask(Way.REPLACE))
        self.void_button = Button(words("certificates-void"), Kind.DESTRUCTIVE, key="B")
        self.void_button.clicked.connect(lambda: self.ask(Way.VOID))
        return widget(row(self.print_button, Grow(), self.replace_button, self.void_button, space=8))

    def ask_print(self) -> None:
        """The first print, or a copy for lost paper."""
        self.ask(Way.COPY if self.life is not None and self.life.copy else Way.PRINT)

    def _show_life(self, life: Life) -> None:
        copy = life.copy
        self.print_button.say(words("register-copy" if copy else "certificates-print", copy=copy))
        self.save_button.setVisible(life.printed_name is not None)
        sheet: Sheet = (life.row.serial, max(0, copy - 1))
        self.pages.show(sheet, int(str(self.sides.value())))
        self._links.say(_links(life))
        clear(self._events)
        now, lines = self._desk.now(), list[Item]()
        for event in life.events:
            lines += [Line(*TURNS[event.turn], *happened(event, now)), _GAP]
        fill(self._events, lines[:-1])

    def _on_links_linked(self, key: str) -> None:
        if self.life is None:
            return
        other = {"earlier": self.life.replaces, "later": self.life.replaced_by}.get(key)
        if key == "class":
            self.class_wanted.emit()
        elif other is not None:
            self.other_wanted.emit(other)


def _numbers(line: RegisterRow) -> Text:
    """The official number and the serial."""
    if line.serial is None or line.last is not None:
        return ""
    return words("register-numbers", number=line.number, serial=serial.format(line.serial))


def _links(life: Life) -> Text:
    """The ways to its class and its neighbours, and the other name it bears."""
    said: list[Text] = [words("register-of-class", code=life.row.key.code)]
    if life.replaces is not None:
        said.append(words("register-earlier", serial=serial.format(life.replaces)))
    if life.replaced_by is not None:
        said.append(words("register-later", serial=serial.format(life.replaced_by)))
    if life.printed_name is not None and life.printed_name != life.row.name:
        said.append(words("register-other-name", name=life.printed_name))
    return words("register-links", said="\n".join(str(one) for one in said))
