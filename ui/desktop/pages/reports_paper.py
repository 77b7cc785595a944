"""The right side of the reports: the page as it will be printed, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.printing.cups import Printer
from app.reports import output
from ui.desktop.desk import Desk
from ui.desktop.pages import reports_work
from ui.desktop.pages.paper_preview import PagePreview
from ui.desktop.pages.reports_work import Wanted
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.inputs import ChoiceInput
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, column, row, widget
from ui.desktop.widgets.paper import PagePicture, PaperView
from ui.desktop.wording import words


class ReportPaper(QWidget):
    """Preview with its pages, printer and verbs.

    Signals:
        print_wanted, open_wanted: this report on paper, or with the system's own program.
        save_wanted: as a file with this ending.
    """

    print_wanted = Signal()
    open_wanted = Signal()
    save_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: Wanted | None = None
        self._page, self._count = 0, 1
        self.paper = PaperView(words("reports-preview"))
        self.pages = PagePreview(desk, reports_work.draw, self.paper)
        self.pages.drawn.connect(self._on_pages_drawn)
        self._at = Label("", Role.SMALL, Tone.INK2)
        self.before = Button(words("reports-before"), Kind.QUIET, size=Size.SMALL)
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after = Button(words("reports-after"), Kind.QUIET, size=Size.SMALL)
        self.after.clicked.connect(lambda: self.turn(1))
        self._turner = widget(row(self.before, self._at, self.after, space=6))
        self.printers: ChoiceInput[str] = ChoiceInput()
        self.printers.setAccessibleName(str(words("reports-printer")))
        self.print = Button(words("reports-print"), Kind.PRIMARY, icon="printer")
        self.print.clicked.connect(self.print_wanted)
        self.open = Button(words("reports-open"), key="Enter")
        self.open.clicked.connect(self.open_wanted)
        self.saves = {ending: self._save_button(ending) for ending in output.SUFFIXES}
        first = row(self.print, self.printers, Grow(), self._turner, space=8)
        second = row(self.open, *self.saves.values(), Grow(), space=8)
        reason = self.print.reason()
        reason.setWordWrap(True)
        self.setLayout(column(Grow(_Whole(self.paper)), 10, first, reason, 8, second))

    def show_report(self, wanted: Wanted) -> None:
        """Show this report from its first page."""
        if wanted != self._wanted:
            self._wanted, self._page = wanted, 0
            self._show_turner(1)
        self.pages.show(wanted, self._page)

    def turn(self, by: int) -> None:
        """Show a page further on or back."""
        at = min(max(0, self._page + by), self._count - 1)
        if at != self._page:
            self._page = at
            self.pages.turn(at)
            self._show_turner(self._count)

    def offer(self, printers: Sequence[Printer]) -> None:
        """These printers are there; the usual one is chosen to begin with."""
        taking = [printer for printer in printers if printer.accepting]
        self.printers.offer([(printer.name, printer.title) for printer in taking])
        self.printers.choose(next((printer.name for printer in taking if printer.usual), None))
        self.printers.setVisible(bool(taking))
        self.print.refuse(None if taking else words("class-certificates-no-printer"))

    def hold(self, busy: bool) -> None:
        """Nothing more can be begun while a job runs."""
        for button in (self.open, *self.saves.values()):
            button.setEnabled(not busy)
        if self.printers.value() is not None:
            self.print.setEnabled(not busy)

    def _save_button(self, ending: str) -> Button:
        made = Button(words("reports-save", suffix=ending))
        made.clicked.connect(lambda: self.save_wanted.emit(ending))
        return made

    def _on_pages_drawn(self, picture: PagePicture) -> None:
        self._show_turner(picture.pages)

    def _show_turner(self, count: int) -> None:
        self._count = count
        self._at.say(words("reports-page", page=self._page + 1, pages=count))
        self.before.setEnabled(self._page > 0)
        self.after.setEnabled(self._page + 1 < count)
        self._turner.setVisible(count > 1)


class _Whole(QWidget):
    """Gives the paper all its room, so that the page is seen whole, whether it lies or stands."""

    def __init__(self, paper: PaperView) -> None:
        super().__init__()
        self._paper = paper
        paper.setParent(self)

    def sizeHint(self) -> QSize:
        return QSize(560, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._paper.setGeometry(self.rect())
