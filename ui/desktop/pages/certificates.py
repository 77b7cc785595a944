"""The register: every number, what became of it, and each way the life of a certificate can go on."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.actions import certificates, print_runs
from app.actions.print_runs import BlankState
from app.actions.trust import Paper
from app.domain.ids import Serial
from app.errors import Trouble
from app.printing.running import PrintRun
from app.queries import certificate_life
from app.queries.certificate_life import Life
from app.queries.certificate_register import RegisterRow
from ui.desktop import files
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages import certificates_register_work as jobs
from ui.desktop.pages.certificates_register_form import Order, Way
from ui.desktop.pages.certificates_register_head import RegisterEmpty, RegisterHead
from ui.desktop.pages.certificates_register_panel import RegisterPanel
from ui.desktop.pages.certificates_register_rows import Show, columns, counts
from ui.desktop.pages.certificates_register_words import KEYS
from ui.desktop.pages.certificates_register_work import Correction, RegisterView
from ui.desktop.pages.class_certificates_bar import JobBar
from ui.desktop.pages.class_certificates_press import Press
from ui.desktop.pages.class_certificates_words import run_told
from ui.desktop.tokens import Hue
from ui.desktop.widgets.inputs import TextInput
from ui.desktop.widgets.instead import Instead
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.widgets.layouts import Grow, column, row, widget
from ui.desktop.widgets.notices import Notice, Strip
from ui.desktop.widgets.rows import RowsModel
from ui.desktop.widgets.switches import Option, Switch
from ui.desktop.widgets.table import TableView
from ui.desktop.widgets.waiting import Skeleton
from ui.desktop.wording import told, words

_ROW = 28
_PAUSE = 120  # milliseconds without a key before the list is searched, or a life is read


class CertificatesPage(Page):
    """go("certificates"), or go("certificates", serial) to show one."""

    place = "certificates"
    watches = frozenset(
        {"blank_serial", "certificate", "delegation", "participant", "print_run", "revocation"}
        | {"status_list", "training_class", "trust_file"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._view: RegisterView | None = None
        self._rows: dict[str, RegisterRow] = {}
        self._wanted: str | None = None
        self._empty: RegisterEmpty | None = None
        self.head = RegisterHead()
        self.bar = JobBar(standing=False)
        self.press = Press(desk, self.bar)
        self.notice = Notice()
        self.field = TextInput(words("register-search"), letters=26)
        self.field.setAccessibleName(str(words("register-search")))
        self.show_ = Switch([Option(show, words(f"register-show-{show}"), count=0) for show in Show])
        self.model: RowsModel[RegisterRow] = RowsModel(columns(), lambda r: r.key)
        self.table = TableView(self.model, str(words("place-certificates")), row_height=_ROW)
        self.nothing = Strip(words("register-nothing-found"), Hue.GREY, "search")
        self.panel = RegisterPanel(desk, self.bar.printers)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._settled = QTimer(self, singleShot=True, interval=_PAUSE)
        self._listen()
        left = widget(column(self.nothing, self.table, Grow(), 8, self.notice))
        tools = widget(row(Grow(self.field), self.show_, space=12))
        lists = widget(row(Grow(left, 54), 18, Grow(self.panel, 46)))
        self._place = Instead(widget(column(self.bar, tools, Grow(lists), space=12)))
        self.setLayout(column(self.head, 12, Grow(self._place), margins=(28, 20, 28, 14)))
        self._place.put(Skeleton(14, _ROW), Grow())

    def shown(self, *arguments: object) -> None:
        self.press.look_for_printers()
        if arguments and isinstance(arguments[0], int):
            self._show_serial(arguments[0])

    def left(self) -> bool:
        """A print is finished or stopped first; it would go on unseen."""
        if self.press.busy:
            self.desk.tell(words("class-certificates-busy"))
        return not self.press.busy

    def refresh(self) -> None:
        today = self.desk.now().date()
        self.desk.runner.work(jobs.read, today, then=self._on_read, refused=self._on_read_refused)

    def search(self) -> QWidget:
        return self.field

    def keys(self) -> Sequence[KeyHelp]:
        return KEYS

    def focus_first(self) -> None:
        first = self.table if self._empty is None else self._empty.button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def escaped(self) -> bool:
        if self.panel.close_form():
            self.focus_first()
        elif self.bar.refused:
            self.bar.accept()
        elif self.field.text():
            self.field.clear()
            self.focus_first()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {
            Qt.Key.Key_C: self.panel.ask_print,
            Qt.Key.Key_G: lambda: self.panel.ask(Way.REPLACE),
            Qt.Key.Key_B: lambda: self.panel.ask(Way.VOID),
            Qt.Key.Key_K: self._on_class_wanted,
        }
        way = ways.get(Qt.Key(event.key())) if self.table.hasFocus() and not event.modifiers() else None
        if way is None:
            super().keyPressEvent(event)
        else:
            way()

    def _listen(self) -> None:
        self.head.verify.clicked.connect(lambda: self.desk.go("verify"))
        self.head.blank.clicked.connect(lambda: self.panel.ask(Way.BLANK))
        self.head.stick.clicked.connect(self._on_stick_clicked)
        self.press.printed.connect(self._on_press_printed)
        self.press.said.connect(lambda said: self.notice.tell(said))
        self.field.textChanged.connect(lambda _: self._pause.start())
        self._pause.timeout.connect(self._fill)
        self.show_.chosen.connect(lambda _: self._fill())
        self.table.chosen.connect(self._on_table_chosen)
        self.table.opened.connect(lambda _: self._on_class_wanted())
        self._settled.timeout.connect(self._read_life)
        self.panel.class_wanted.connect(self._on_class_wanted)
        self.panel.other_wanted.connect(self._show_serial)
        self.panel.save_wanted.connect(self._on_save_wanted)
        self.panel.form.closed.connect(self.focus_first)
        self.panel.form.ordered.connect(self._on_ordered)

    def _on_read(self, view: RegisterView) -> None:
        first, self._view = self._view is None, view
        self._rows = {line.key: line for line in view.register.rows}
        self.head.show_view(view, self.desk.now().date())
        for show, n in counts(view.register.rows).items():
            self.show_.count(show, n)
        self._empty = None if view.register.rows else RegisterEmpty(self.desk)
        self._place.put(*([] if self._empty is None else [Grow(self._empty)]))
        self._fill()
        self._read_life()
        if first and self.isVisible():
            self.focus_first()

    def _on_read_refused(self, trouble: Trouble) -> None:
        self._place.put(Strip(told(trouble), Hue.RED, "circle-alert"), Grow())

    def _fill(self) -> None:
        """The list, as filter and search leave it."""
        if self._view is None:
            return
        left = self._view.finder.kept(Show(str(self.show_.value())), self.field.text())
        self.model.show(left)
        if not left and self.table.hasFocus():
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.nothing.setVisible(not left)
        self.table.setVisible(bool(left))
        if self._wanted is not None and self.table.select(self._wanted):
            self._wanted = None
        self.table.select_first()
        if not left:
            self.panel.show_nothing()

    def _show_serial(self, number: int) -> None:
        """Choose this certificate, whatever the list was narrowed to."""
        self._wanted = f"c{number}"
        self.field.clear()
        self.show_.choose(Show.ALL)
        self._fill()

    def _row(self) -> RegisterRow | None:
        key = self.table.key()
        return self._rows.get(key) if isinstance(key, str) else None

    def _on_table_chosen(self, key: object) -> None:
        if (line := self._row()) is None:
            return
        known = self.panel.life
        if known is None or known.row.serial != line.serial:
            self.panel.show_row(line, None)
            self._settled.start()

    def _read_life(self) -> None:
        """Ask for the life of the chosen certificate; a gap or a blank form has none."""
        line = self._row()
        if line is None or line.of_class is None or line.serial is None:
            if line is not None:
                self.panel.show_row(line, None)
            return
        then = functools.partial(self._on_life, line.key)
        self.desk.runner.read(certificate_life.of, line.serial, then=then, refused=self._on_read_refused)

    def _on_life(self, key: str, life: Life) -> None:
        if (line := self._row()) is not None and line.key == key:
            self.panel.show_row(line, life)

    def _on_class_wanted(self) -> None:
        if (line := self._row()) is not None and line.of_class is not None:
            self.desk.go("class_certificates", line.of_class)

    def _on_save_wanted(self) -> None:
        if (life := self.panel.life) is not None:
            sheet = (life.row.serial, max(0, life.copy - 1))
            self.press.save_one(sheet, f"{life.row.official_number} {life.row.name}")

    def _on_ordered(self, order: Order) -> None:
        """Do what was asked; the form stays until it is done."""
        life, today = self.panel.life, self.desk.now().date()
        write, refused = self.desk.runner.write, self.panel.form.refuse
        done = functools.partial(self._on_done, order.way)
        if order.way is Way.BLANK:
            state = BlankState.LOST if order.lost else BlankState.SPOILED
            write(print_runs.spoil, order.blank, today, state, order.reason, then=done, refused=refused)
        elif life is None:
            return
        elif order.way is Way.VOID:
            number = life.row.serial
            write(certificates.void, number, today, order.reason, then=done, refused=refused)
        elif order.way is Way.REPLACE:
            said = (order.name, order.number, order.reason, today, order.clock_confirmed)
            correction = Correction(life.row.serial, *said)
            self.desk.runner.work(jobs.correct, correction, then=self._on_corrected, refused=refused)
        else:
            self._print(life, order)

    def _print(self, life: Life, order: Order) -> None:
        sheet = (life.row.serial, life.copy)
        self.panel.close_form()
        self.focus_first()
        if order.printer is None:
            self.press.save_copy(sheet, f"{life.row.official_number} {life.row.name}", order.reason)
        else:
            self.press.print([sheet], order.printer, order.reason or None)

    def _on_done(self, way: Way, _: object) -> None:
        self.panel.close_form()
        self.notice.tell(words(f"register-{way}-told"))
        self.focus_first()

    def _on_corrected(self, made: Serial) -> None:
        self._wanted = f"c{made}"
        self._on_done(Way.REPLACE, made)
        self._fill()

    def _on_press_printed(self, run: PrintRun) -> None:
        self.notice.tell(run_told(run))

    def _on_stick_clicked(self) -> None:
        path = files.open_name(self, words("register-stick"), "*.cose *.bin")
        if path is not None:
            self.desk.runner.work(jobs.take, path, then=self._on_taken, refused=self.head.refuse)

    def _on_taken(self, paper: Paper) -> None:
        self.head.accept()
        self.notice.tell(words(f"register-taken-{paper}"))


PAGE = CertificatesPage
