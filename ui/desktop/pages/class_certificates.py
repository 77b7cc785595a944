"""Certificates of a class: issue them, see each as it is printed, print or save them, spoiled ones again."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.actions import certificates as actions
from app.domain.ids import Serial
from app.domain.keys import ClassKey
from app.errors import Trouble
from app.printing.running import PrintRun
from app.queries import class_certificates
from app.queries.class_certificates import CertificateBoard, CertificateLine
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages import certificates_jobs, class_certificates_rows, class_certificates_tray
from ui.desktop.pages.certificates_sheet import Change, SheetView
from ui.desktop.pages.class_certificates_bar import JobBar, Stock
from ui.desktop.pages.class_certificates_press import Press
from ui.desktop.pages.class_certificates_rows import TICK, SheetRow
from ui.desktop.pages.class_certificates_tray import TrayCard
from ui.desktop.pages.class_certificates_words import KEYS, empty_state, run_told, show_line
from ui.desktop.pages.class_head import ClassHead
from ui.desktop.tokens import Hue
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.instead import Instead
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.widgets.layouts import Grow, column, row, widget
from ui.desktop.widgets.notices import Notice, Strip
from ui.desktop.widgets.rows import RowsModel
from ui.desktop.widgets.table import TableView
from ui.desktop.widgets.waiting import Skeleton
from ui.desktop.wording import told, words

_ROW = 26


class ClassCertificatesPage(Page):
    """go("class_certificates", class key)."""

    place = "classes"
    watches = frozenset(
        {"certificate", "decision", "enrolment", "participant", "print_run", "revocation", "training_class"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._key: ClassKey | None = None
        self._board: CertificateBoard | None = None
        self.ticked: set[Serial] = set()
        self.offset_button = offset = Button(words("class-certificates-offset"), icon="settings")
        offset.clicked.connect(self._on_offset_clicked)
        check = Button(words("class-certificates-check"), icon="shield-check")
        check.clicked.connect(lambda: desk.go("verify"))
        self.head = ClassHead(desk, "class_certificates", offset, check)
        self.notice = Notice()
        self.bar = JobBar()
        self.press = Press(desk, self.bar)
        self.press.moved.connect(self._draw)
        self.press.printed.connect(self._on_press_printed)
        self.press.said.connect(lambda said: self.notice.tell(said))
        self.model: RowsModel[SheetRow] = RowsModel(
            class_certificates_rows.columns(), lambda r: r.participant
        )
        self.table = TableView(self.model, str(words("class-tab-class-certificates")), row_height=_ROW)
        self.table.chosen.connect(lambda _: self._show_sheet())
        self.table.hit.connect(lambda _, column, what: self.tick() if column == TICK else None)
        self.sheet = SheetView(desk)
        self.tray = TrayCard(desk)
        self.tray.hide()
        self._listen()
        left = widget(column(self.table, Grow(), 8, self.notice))
        right = widget(column(Grow(self.sheet), self.tray))
        self._place = Instead(widget(column(self.bar, 14, Grow(row(Grow(left, 45), 18, Grow(right, 60))))))
        self.setLayout(column(self.head, 14, Grow(self._place), margins=(28, 20, 28, 14)))
        self._place.put(Skeleton(14, _ROW), Grow())

    def shown(self, *arguments: object) -> None:
        key = arguments[0]
        assert isinstance(key, ClassKey)
        self.press.look_for_printers()
        if key != self._key:
            self._key, self._board = key, None
            self.ticked.clear()
            self.head.open(key)
            self.bar.accept()
            self.tray.hide()
            self._place.put(Skeleton(14, _ROW), Grow())
            self._stale = True

    def left(self) -> bool:
        """A run that is printing is finished or stopped first; it would go on unseen."""
        if self.press.busy:
            self.desk.tell(words("class-certificates-busy"))
        return not self.press.busy

    def refresh(self) -> None:
        if self._key is not None:
            read = self.desk.runner.read
            read(class_certificates.of, self._key, then=self._on_read, refused=self._on_read_refused)

    def keys(self) -> Sequence[KeyHelp]:
        return KEYS

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def escaped(self) -> bool:
        if not self.tray.isHidden():
            self._on_tray_closed(False)
        elif self.sheet.asking:
            self.sheet.close_form()
            self.focus_first()
        elif self.bar.refused:
            self.bar.accept()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.table.hasFocus():
            self.tick()
        else:
            super().keyPressEvent(event)

    def tick(self) -> None:
        """Tick or untick the chosen sheet: to be printed, and where it was printed already, spoiled."""
        line = self._line()
        if line is None or line.certificate is None:
            return
        number = line.certificate.serial
        spoiled = line.copy > 0 or (self.press.run is not None and number in self.press.run.serials)
        self.ticked ^= {number}
        self.notice.dismiss()
        if number in self.ticked and spoiled:
            said = "class-certificates-ticked-later" if self.press.run else "class-certificates-ticked"
            n = len(self.ticked)
            self.notice.tell(words(said, n=n), functools.partial(self._untick, number))
        self._draw()

    def _listen(self) -> None:
        self.bar.issue_wanted.connect(self._on_issue_wanted)
        self.bar.print_wanted.connect(self._on_print_wanted)
        self.bar.save_class_wanted.connect(self._on_save_class_wanted)
        self.bar.save_each_wanted.connect(self._on_save_each_wanted)
        self.sheet.print_wanted.connect(self._on_print_one_wanted)
        self.sheet.save_wanted.connect(self._on_save_one_wanted)
        self.sheet.change_wanted.connect(self._on_change_wanted)
        self.tray.opened.connect(self._on_tray_opened)
        self.tray.tested.connect(
            lambda offsets: self.press.save_trial(class_certificates_tray.trial_sheets(offsets))
        )
        self.tray.closed.connect(self._on_tray_closed)

    def _on_read(self, board: CertificateBoard) -> None:
        if board.head.key != self._key:
            return
        first = self._board is None
        self._board = board
        self.head.show_class(board.head)
        if not board.lines:
            self._place.put(Grow(empty_state(self.desk, self._key)))
            return
        self._place.put()
        self.ticked &= {line.certificate.serial for line in board.lines if line.certificate is not None}
        self._draw()
        self.table.select_first()
        self._show_sheet()
        if first and self.isVisible():
            self.focus_first()

    def _on_read_refused(self, trouble: Trouble) -> None:
        self._place.put(Strip(told(trouble), Hue.RED, "circle-alert"), Grow())

    def _draw(self) -> None:
        """The list and the bar, as things stand."""
        board = self._board
        if board is None:
            return
        self.model.show(class_certificates_rows.rows(board.lines, self.ticked, self.press.run))
        issued = [line for line in board.lines if line.certificate is not None]
        waiting = [line for line in board.lines if line.certificate is None]
        lacking = sum(line.birth_date_missing for line in waiting)
        sheets = class_certificates_rows.sheets(board.lines, self.ticked)
        to_issue = len(waiting) - lacking
        self.bar.show_stock(Stock(to_issue, len(issued), len(sheets), bool(self.ticked), lacking))
        self.sheet.print_button.setEnabled(bool(self.press.printers))

    def _line(self) -> CertificateLine | None:
        """The person whose sheet is shown."""
        lines = self._board.lines if self._board is not None else ()
        return next((line for line in lines if line.participant == self.table.key()), None)

    def _show_sheet(self) -> None:
        if (line := self._line()) is not None:
            show_line(self.sheet, line)

    def _untick(self, number: Serial) -> None:
        self.ticked.discard(number)
        self._draw()

    def _on_issue_wanted(self, confirmed: bool) -> None:
        if self._key is not None:
            self.press.issue(self._key, confirmed)

    def _on_print_wanted(self) -> None:
        if self._board is not None:
            sheets = class_certificates_rows.sheets(self._board.lines, self.ticked)
            self._print(sheets)

    def _on_print_one_wanted(self) -> None:
        line = self._line()
        if line is not None and line.certificate is not None:
            spoiled = line.certificate.serial in self.ticked
            self._print([(line.certificate.serial, max(0, line.copy - 1) if spoiled else line.copy)])

    def _print(self, sheets: Sequence[certificates_jobs.Sheet]) -> None:
        printer = self.bar.printers.value()
        if printer is not None:
            self.ticked -= {number for number, _ in sheets}
            self.press.print(sheets, printer)

    def _on_press_printed(self, done: PrintRun) -> None:
        """What went wrong is ticked to be printed again; what was ticked meanwhile is printed now."""
        meanwhile = bool(self.ticked)
        self.ticked |= set(done.spoiled)
        if done.spoiled or done.stopped or not meanwhile:
            self.notice.tell(run_told(done))
        self._draw()
        if meanwhile and not done.spoiled and not done.stopped:
            self._on_print_wanted()

    def _on_save_class_wanted(self) -> None:
        if (board := self._board) is not None:
            self.press.save_class(class_certificates_rows.all_sheets(board.lines), board.head.key.code)

    def _on_save_each_wanted(self) -> None:
        if self._board is not None:
            self.press.save_each(class_certificates_rows.all_sheets(self._board.lines))

    def _on_save_one_wanted(self) -> None:
        line = self._line()
        if line is not None and line.certificate is not None:
            sheet = (line.certificate.serial, max(0, line.copy - 1))
            self.press.save_one(sheet, f"{line.certificate.official_number} {line.name}")

    def _on_change_wanted(self, change: Change, reason: str) -> None:
        line = self._line()
        if line is None or line.certificate is None:
            return
        today, number = self.desk.now().date(), line.certificate.serial
        runner, refused = self.desk.runner, self._on_change_refused
        then = functools.partial(self._on_changed, change)
        if change is Change.VOID:
            runner.write(actions.void, number, today, reason, then=then, refused=refused)
        else:
            runner.work(certificates_jobs.replace, number, today, reason, False, then=then, refused=refused)

    def _on_changed(self, change: Change, _: object) -> None:
        self.sheet.close_form()
        self.notice.tell(words(f"certificates-{change}-told"))
        self.focus_first()

    def _on_change_refused(self, trouble: Trouble) -> None:
        self.sheet.refuse(told(trouble))

    def _on_offset_clicked(self) -> None:
        if (printer := self.bar.printers.value()) is None:
            self.desk.tell(words("class-certificates-no-printer"))
        else:
            self.tray.open(printer)

    def _on_tray_opened(self) -> None:
        self.sheet.hide()
        self.tray.show()

    def _on_tray_closed(self, kept: bool) -> None:
        self.tray.hide()
        self.sheet.show()
        self.focus_first()
        if kept:
            self.notice.tell(words("tray-kept"))


PAGE = ClassCertificatesPage
