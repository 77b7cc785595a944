"""The bar over a class's certificates: what there is to issue or print, the printer, and a job under way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import Trouble
from app.printing.cups import Printer
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.inputs import ChoiceInput
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, column, row
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.progress import Progress
from ui.desktop.wording import Text, told, words
from ui.desktop.work import Step

CLOCK_CODE = "clock-behind"
"""Issuing is refused with it until a person has looked at the clock."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What there is to do: certificates to issue, those issued, and the sheets that are printed next."""

    to_issue: int
    issued: int
    to_print: int
    ticked: bool
    lacking: int


class JobBar(QWidget):
    """Says what is next, with its one button; while a job runs, how far it is. Without `standing` it is there
    only while a job runs, or for what was refused.

    Signals:
        issue_wanted: certificates are to be issued; whether the clock was confirmed.
        print_wanted: the sheets are to be printed on the chosen printer.
        save_class_wanted, save_each_wanted: one PDF of the class, or one a person.
        stop_wanted: the job is to end.
        turned: the stack was turned over and lies in the tray.
    """

    issue_wanted = Signal(bool)
    print_wanted = Signal()
    save_class_wanted = Signal()
    save_each_wanted = Signal()
    stop_wanted = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget | None = None, standing: bool = True) -> None:
        super().__init__(parent)
        self._standing = standing
        self._title, self._detail = Label("", Role.TITLE), Label("", Role.SMALL, Tone.INK2, wrap=True)
        self.printers: ChoiceInput[str] = ChoiceInput()
        self.printers.setAccessibleName(str(words("class-certificates-printer")))
        self.issue = Button("", Kind.PRIMARY, icon="award")
        self.issue.clicked.connect(lambda: self.issue_wanted.emit(False))
        self.print = Button("", Kind.PRIMARY, icon="printer")
        self.print.clicked.connect(self.print_wanted)
        self.save_class = Button(words("class-certificates-save-class"))
        self.save_class.clicked.connect(self.save_class_wanted)
        self.save_each = Button(words("class-certificates-save-each"))
        self.save_each.clicked.connect(self.save_each_wanted)
        buttons = (self.save_each, self.save_class, self.printers, self.print, self.issue)
        said = column(self._title, self._detail)
        self._idle = Card(
            row(Icon("award", Tone.ACCENT, 24), 18, Grow(said), 18, row(*buttons, space=8)),
            marked=True,
            margins=(20, 12, 16, 12),
        )
        self.progress = Progress("printer", words("class-certificates-stop"))
        self.progress.stopped.connect(self.stop_wanted)
        self.progress.hide()
        self._turn = Button(words("class-certificates-turned"), Kind.PRIMARY)
        self._turn.clicked.connect(self._on_turned)
        self._turn_card = Strip(words("class-certificates-turn-how"), Hue.AMBER, "printer")
        self._turning = Card(row(Grow(self._turn_card), 12, self._turn), margins=(10, 8, 16, 8))
        self._turning.hide()
        self.strip = Strip("", Hue.RED, "circle-alert")
        self.confirm = Button(words("class-certificates-clock-right"))
        self.confirm.clicked.connect(lambda: self.issue_wanted.emit(True))
        self._refusal = QWidget()
        self._refusal.setLayout(row(Grow(self.strip), 10, self.confirm, margins=(0, 8, 0, 0)))
        self._refusal.hide()
        if not standing:  # never shown before there is a parent: it would open a window of its own
            self._idle.hide()
            self.hide()
        self.setLayout(column(self._idle, self.progress, self._turning, self._refusal))
        self._has_printers = False

    def show_stock(self, stock: Stock) -> None:
        """Say what there is to do."""
        issuing, saved = stock.to_issue > 0, stock.issued > 0
        if issuing:
            self._title.say(words("class-certificates-to-issue", n=stock.to_issue))
        else:
            self._title.say(words("class-certificates-issued-all", n=stock.issued))
        self._detail.say(_detail(stock))
        self.issue.say(words("class-certificates-issue", n=stock.to_issue))
        self.issue.setVisible(issuing)
        chosen = "class-certificates-print-ticked" if stock.ticked else "class-certificates-print"
        self.print.say(words(chosen, n=stock.to_print))
        self.print.setVisible(saved and not issuing and self._has_printers and stock.to_print > 0)
        self.printers.setVisible(self.print.isVisibleTo(self))
        self.save_class.setVisible(saved and not issuing)
        self.save_each.setVisible(saved and not issuing)

    def offer(self, printers: Sequence[Printer]) -> None:
        """These printers are there; the usual one is chosen to begin with."""
        taking = [printer for printer in printers if printer.accepting]
        self.printers.offer([(printer.name, printer.title) for printer in taking])
        usual = next((printer.name for printer in taking if printer.usual), None)
        self.printers.choose(usual)
        self._has_printers = bool(taking)

    def begin(self, stop: Text) -> None:
        """A job has begun."""
        self._refusal.hide()
        self._idle.hide()
        self.show()
        self.progress.begin()
        self.progress.stop_button.say(stop)
        self.progress.show()

    def show_step(self, step: Step, left: Text, turning: bool) -> None:
        """How far it is."""
        self.progress.show_step(step.done, step.total, step.at, left)
        self._turning.setVisible(turning)

    def end(self) -> None:
        """The job is over."""
        self.progress.hide()
        self._turning.hide()
        self._idle.setVisible(self._standing)
        self.setVisible(self._standing)

    def refuse(self, trouble: Trouble) -> None:
        """Nothing was issued or printed, and why; a clock that seems wrong can be confirmed."""
        clock = trouble.code == CLOCK_CODE
        self.strip.say(words("certificates-clock-asked") if clock else told(trouble))
        self.confirm.setVisible(clock)
        self._refusal.show()
        self.show()

    def accept(self) -> None:
        """Nothing is refused any more."""
        self._refusal.hide()
        self.setVisible(self._standing)

    @property
    def refused(self) -> bool:
        """Whether a refusal is shown."""
        return not self._refusal.isHidden()

    def _on_turned(self) -> None:
        self._turning.hide()
        self.turned.emit()


def _detail(stock: Stock) -> Text:
    """The line under the title."""
    if stock.lacking:
        return words("class-certificates-lacking", n=stock.lacking)
    if stock.to_issue:
        return words("class-certificates-frozen")
    return words("class-certificates-hint")
