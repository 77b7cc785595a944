"""Every report of a class: what each is for, how it will look, and onto paper or into a file."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.domain.calendar import Language
from app.domain.keys import ClassKey
from app.errors import Trouble
from app.printing.cups import Cups, Printer
from app.printing.document import Came
from app.queries import classes
from app.queries.classes import ClassRow, SessionRow
from app.queries.report_rows import Period
from app.reports.rows import Cells
from ui.desktop import files
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages import reports_list, reports_work
from ui.desktop.pages.class_head import class_title
from ui.desktop.pages.reports_jobs import JobStrip
from ui.desktop.pages.reports_list import ReportRow
from ui.desktop.pages.reports_paper import ReportPaper
from ui.desktop.pages.reports_work import Wanted
from ui.desktop.tokens import Hue
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.empty import EmptyState, Step
from ui.desktop.widgets.inputs import ChoiceInput, Field
from ui.desktop.widgets.instead import Instead
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.widgets.layouts import Grow, column, row, widget
from ui.desktop.widgets.notices import Notice, Strip
from ui.desktop.widgets.pagehead import PageHead
from ui.desktop.widgets.rows import RowsModel
from ui.desktop.widgets.table import TableView
from ui.desktop.widgets.waiting import Skeleton
from ui.desktop.wording import Text, language, told, words

_KEYS = (
    KeyHelp(("↑", "↓"), words("reports-key-choose")),
    KeyHelp(("Enter",), words("reports-key-open")),
    KeyHelp(("←", "→"), words("reports-key-page")),
)
_SHEET = "attendance-sheet"


class ReportsPage(Page):
    """go("reports"), or go("reports", class key or None, name of a report or None)."""

    place = "reports"
    watches = frozenset(
        {"certificate", "decision", "enrolment", "mark", "module_result", "participant"}
        | {"session", "training_class"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._key: ClassKey | None = None
        self._known: dict[ClassKey, ClassRow] = {}
        self.spooler = Cups()
        self.classes: ChoiceInput[ClassKey] = ChoiceInput()
        self.classes.picked.connect(self._on_class_picked)
        self.periods: ChoiceInput[Period | None] = ChoiceInput([(None, words("reports-whole"))])
        self.periods.picked.connect(lambda _: self._show())
        self.cells: ChoiceInput[Cells] = ChoiceInput([(c, words(f"reports-cells-{c}")) for c in Cells])
        self.cells.picked.connect(lambda _: self._show())
        self.period_field = Field(words("reports-period"), self.periods)
        self.cells_field = Field(words("reports-cells"), self.cells)
        self.model: RowsModel[ReportRow] = RowsModel(reports_list.columns(), lambda r: r.name)
        self.table = TableView(
            self.model, str(words("reports-list")), row_height=reports_list.ROW, head_height=0
        )
        self.model.show(reports_list.rows())
        self.table.chosen.connect(lambda _: self._show())
        self.table.opened.connect(lambda _: self._on_open_wanted())
        self.paper = ReportPaper(desk)
        self.paper.print_wanted.connect(self._on_print_wanted)
        self.paper.open_wanted.connect(self._on_open_wanted)
        self.paper.save_wanted.connect(self._on_save_wanted)
        self.jobs = JobStrip(desk)
        self.jobs.held.connect(self.paper.hold)
        self.jobs.stopped.connect(self._on_stopped)
        self.notice = Notice()
        left = widget(column(self.table, Grow(), 8, self.notice))
        asked = widget(
            row(
                Grow(Field(words("reports-class"), self.classes)),
                self.period_field,
                self.cells_field,
                space=14,
            )
        )
        lists = widget(row(Grow(left, 40), 20, Grow(self.paper, 60)))
        self._place = Instead(widget(column(asked, self.jobs, Grow(lists), space=8)))
        head = PageHead(words("place-reports"))
        self.setLayout(column(head, 8, Grow(self._place), margins=(28, 20, 28, 14)))
        self._place.put(Skeleton(6, reports_list.ROW), Grow())

    def shown(self, *arguments: object) -> None:
        key, name = (*arguments, None, None)[:2]
        spooler = self.spooler
        self.desk.runner.work(
            lambda _: spooler.printers(), then=self._on_printers, refused=self._on_no_printers, network=True
        )
        if isinstance(key, ClassKey) and key != self._key:
            self._key, self._stale = key, True
        if not self.table.select(name if isinstance(name, str) else None):
            self.table.select_first()

    def left(self) -> bool:
        """A job is finished or stopped first; it would go on unseen."""
        if self.jobs.busy:
            self.desk.tell(words("reports-busy"))
        return not self.jobs.busy

    def refresh(self) -> None:
        self.paper.pages.forget()
        self.desk.runner.read(
            classes.listed, self.desk.runner.centre, then=self._on_read, refused=self._on_read_refused
        )

    def keys(self) -> Sequence[KeyHelp]:
        return _KEYS

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def escaped(self) -> bool:
        return self.jobs.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turns = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if self.table.hasFocus() and event.key() in turns:
            self.paper.turn(turns[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _on_read(self, found: list[ClassRow]) -> None:
        self._known = {one.key: one for one in found}
        if not found:
            self._place.put(Grow(self._empty()))
            return
        self._place.put()
        if self._key not in self._known:
            self._key = found[0].key
        self.classes.offer([(one.key, _named(one)) for one in found])
        self.classes.choose(self._key)
        self._read_days()

    def _on_read_refused(self, trouble: Trouble) -> None:
        self._place.put(Strip(told(trouble), Hue.RED, "circle-alert"), Grow())

    def _on_class_picked(self, key: ClassKey) -> None:
        self._key = key
        self.periods.choose(None)
        self._read_days()

    def _read_days(self) -> None:
        if (key := self._key) is None:
            return
        then = functools.partial(self._on_days, key)
        self.desk.runner.read(classes.sessions, key, then=then, refused=self._on_read_refused)

    def _on_days(self, key: ClassKey, found: list[SessionRow]) -> None:
        if key == self._key:
            days = [one.day for one in found if one.day is not None]
            self.periods.offer(reports_list.periods(days, self.desk.now().date()))
            self._show()

    def _report(self) -> ReportRow | None:
        name = self.table.key()
        return next((one for one in reports_list.rows() if one.name == name), None)

    def _wanted(self) -> Wanted | None:
        """The report as it is chosen now."""
        report = self._report()
        if report is None or self._key not in self._known or self._key is None:
            return None
        tongue: Language = "en" if language() == "en" else "id"
        cells = self.cells.value() if report.name == _SHEET else None
        period = self.periods.value() if report.by_period else None
        today = self.desk.now().date()
        return Wanted(report.name, self._key, today, tongue, cells or Cells.MARKS, period)

    def _show(self) -> None:
        """The chosen report, with the choices it knows."""
        report, wanted = self._report(), self._wanted()
        self.period_field.setVisible(report is not None and report.by_period)
        self.cells_field.setVisible(report is not None and report.name == _SHEET)
        if wanted is not None:
            self.paper.show_report(wanted)

    def _file_name(self, wanted: Wanted, ending: str) -> str:
        title = str(words(f"reports-{wanted.name}"))
        return f"{title} {wanted.key.code}{ending}".replace("/", "-")

    def _on_save_wanted(self, ending: str) -> None:
        if (wanted := self._wanted()) is None:
            return
        title = words("reports-save", suffix=ending)
        path = files.save_name(self, title, self._file_name(wanted, ending))
        if path is not None:
            path = path if path.suffix.lower() == ending else path.with_name(path.name + ending)
            self.jobs.start(self._on_saved, reports_work.write, wanted, path)

    def _on_open_wanted(self) -> None:
        """Show it with the system's program, from a folder of ours that goes with the program."""
        if (wanted := self._wanted()) is not None:
            path = reports_work.passing() / self._file_name(wanted, ".pdf")
            self.jobs.start(self._on_opened, reports_work.write, wanted, path)

    def _on_print_wanted(self) -> None:
        wanted, printer = self._wanted(), self.paper.printers.value()
        if wanted is not None and printer is not None:
            title = self._file_name(wanted, "")
            said = (wanted, title, printer, self.spooler)
            self.jobs.start(self._on_printed, reports_work.print_report, *said, network=True)

    def _on_stopped(self) -> None:
        self.notice.tell(words("reports-stopped"))

    def _on_saved(self, path: Path) -> None:
        self.notice.tell(words("reports-saved", file=path.name))

    def _on_opened(self, path: Path) -> None:
        shown = files.show_with_system(path)
        self.notice.tell(words("reports-opened" if shown else "reports-not-opened"))

    def _on_printed(self, came: Came) -> None:
        self.notice.tell(words("reports-printed" if came is Came.OUT else "reports-stopped"))

    def _on_printers(self, printers: list[Printer]) -> None:
        self.paper.offer(printers)

    def _on_no_printers(self, _: Trouble) -> None:
        """Without a print service there is the file."""
        self.paper.offer([])

    def _empty(self) -> EmptyState:
        first = Button(words("reports-empty-button"), Kind.PRIMARY, icon="school")
        first.clicked.connect(lambda: self.desk.go("classes"))
        steps = [
            Step(words("reports-empty-step"), words("reports-empty-how"), first),
            Step(words("reports-empty-next"), words("reports-empty-next-how")),
        ]
        return EmptyState(words("reports-empty"), words("reports-empty-said"), steps)


def _named(row_: ClassRow) -> Text:
    return words("reports-class-line", code=row_.key.code, title=class_title(row_))


PAGE = ReportsPage
