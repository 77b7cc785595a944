"""The roll call of a session: marked by keys, by card, called aloud or copied from paper, then finalised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.actions.attendance import Finalised
from app.domain.attendance import Status
from app.domain.keys import ClassKey
from app.errors import Trouble
from app.queries.history import HistoryLine
from ui.desktop import places
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages.roll_call_ears import Ears
from ui.desktop.pages.roll_call_head import Head
from ui.desktop.pages.roll_call_hint import Hint, announce
from ui.desktop.pages.roll_call_keys import HELP, Keyboard
from ui.desktop.pages.roll_call_marks import word
from ui.desktop.pages.roll_call_presenter import RollCall, Scan
from ui.desktop.pages.roll_call_remark import RemarkBar
from ui.desktop.pages.roll_call_right import Right
from ui.desktop.pages.roll_call_sounds import Sounds
from ui.desktop.pages.roll_call_state import StateBar
from ui.desktop.pages.roll_call_table import Middle, Shown
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.widgets.layouts import Grow, column, row
from ui.desktop.wording import told, words

_LOW = 690  # a page lower than this has rows of 26 and one line of keys


class RollCallPage(Page):
    """Opened for a class's key and the number of a session."""

    place: ClassVar[str] = "today"
    watches: ClassVar[frozenset[str]] = frozenset({"mark", "session", "enrolment", "participant"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.roll = RollCall(desk.runner, lambda: desk.now(), self)
        self.head, self.middle, self.state = Head(self.roll), Middle(), StateBar()
        self.right = Right(self.roll)
        self.side = self.right.side
        self.hint = Hint(self)
        self.remark = RemarkBar(self.middle)
        self.keyboard, self.ears, self.sounds = Keyboard(self.roll, self), Ears(self), Sounds()
        below = row(Grow(column(self.state, Grow(self.middle))), 20, self.right)
        self._all = column(self.head, 12, Grow(below), margins=(28, 20, 28, 14))
        self.setLayout(self._all)
        self._connect_roll()
        self._connect_parts()

    def shown(self, *arguments: object) -> None:
        if arguments:
            key, number = cast("tuple[ClassKey, int]", arguments)
            self.right.close_panel()
            self.side.recall("", (), None)
            self.hint.tell("")
            self.middle.turn(Shown.MARKING)
            self.roll.open(key, number)
            self.middle.show_roll(self.roll)

    def refresh(self) -> None:
        self.roll.reload()

    def keys(self) -> Sequence[KeyHelp]:
        return HELP

    def search(self) -> QWidget:
        self.head.seek()
        return self.head.field

    def focus_first(self) -> None:
        self.middle.work().setFocus(Qt.FocusReason.OtherFocusReason)

    def escaped(self) -> bool:
        """The innermost thing that is open closes first."""
        if self.remark.isVisible():
            self.remark.close_bar()
        elif self.head.finding:
            self.head.stop(False)
        elif not self.right.close_panel():
            if self.middle.aloud.isHidden():
                return self.roll.drop_number()
            self._call()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._pressed(event):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.ears.listen(self.window().windowHandle())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.ears.listen(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < _LOW
        self._all.setContentsMargins(28, 14 if low else 20, 28, 8 if low else 14)
        self.middle.rows(low)
        self.side.fold(low)
        self.hint.settle()

    def _connect_roll(self) -> None:
        roll = self.roll
        roll.opened.connect(self._on_roll_opened)
        roll.edited.connect(self._on_roll_edited)
        roll.moved.connect(self._on_roll_moved)
        roll.typed.connect(self._on_roll_typed)
        roll.kept.connect(self._on_roll_kept)
        roll.told.connect(self.hint.tell)
        roll.scanned.connect(self._on_roll_scanned)
        roll.recalled.connect(self._on_roll_recalled)
        roll.done.connect(self._on_roll_done)
        roll.settled.connect(self._on_roll_settled)
        roll.refused.connect(self._on_roll_refused)

    def _connect_parts(self) -> None:
        self.middle.chosen.connect(self.roll.go_to)
        self.middle.pressed.connect(self._on_key_clicked)
        self.middle.opened.connect(self.roll.go_to_number)
        self.keyboard.found.connect(self.head.seek)
        self.keyboard.remarked.connect(self._remark)
        self.keyboard.called.connect(self._call)
        self.keyboard.copied.connect(self._copy)
        self.keyboard.reviewed.connect(self._review)
        self.head.crumb.connect(self._on_head_crumb)
        self.head.left.connect(self.focus_first)
        self.remark.written.connect(self.roll.remark)
        self.remark.closed.connect(self.focus_first)
        self.side.review.connect(self._review)
        self.side.aloud.connect(self._call)
        self.side.paper.connect(self._copy)
        self.side.cancelled.connect(self._cancel)
        self.right.closed.connect(self._on_right_closed)
        self.state.again.connect(self.roll.plan_again)
        self.ears.card.connect(self.roll.scan)
        self.ears.mistaken.connect(self._on_ears_mistaken)

    def _pressed(self, event: QKeyEvent) -> bool:
        """What a key means to what is open, or to the sheet."""
        if self.right.panel is not None:
            return self.right.panel.press(event)
        if self.head.finding:
            return self.head.press(event)
        if event.text() and event.key() != Qt.Key.Key_Escape:
            self.hint.tell("")
            self.side.answer(False)
        return self.keyboard.press(event)

    def _turn(self, shown: Shown) -> None:
        self.middle.turn(shown)
        self.middle.show_roll(self.roll)
        self.focus_first()

    def _review(self) -> None:
        """Ctrl+Enter: what will be finalised, in place of the side."""
        if self.roll.sheet is None or self.roll.cancelled or not self.roll.sheet.lines:
            return
        self.middle.turn(Shown.REVIEW)
        self.middle.show_roll(self.roll)
        self.right.ask_final()

    def _cancel(self) -> None:
        self.middle.turn(Shown.REVIEW)
        self.middle.show_roll(self.roll)
        self.right.ask_cancel()

    def _usual(self) -> Shown:
        """What is in front as long as nothing else is asked for: no keys where nothing can be marked."""
        return Shown.REVIEW if self.roll.cancelled else Shown.MARKING

    def _call(self) -> None:
        if self.roll.cancelled:
            return
        self._turn(Shown.MARKING if self.middle.aloud.isVisible() else Shown.ALOUD)
        self.side.call.say(words("roll-aloud-end" if self.middle.aloud.isVisible() else "roll-aloud"))
        self.right.fit()

    def _copy(self) -> None:
        self.roll.on_paper = not self.roll.on_paper
        self.side.show_roll(self.roll)
        self.right.fit()

    def _remark(self) -> None:
        line = self.roll.remarked()
        if line is None:
            self.hint.tell(words("roll-remark-unmarked"))
        else:
            self.remark.ask(line, self.middle.row_of(line))

    def _on_key_clicked(self, letter: str) -> None:
        self.roll.mark(Status(letter))

    def _on_roll_opened(self) -> None:
        read = self.roll.read
        if read is not None:
            self.head.show_session(read, self.desk.now().tzname() or "")
        self.state.show_roll(self.roll)
        self.side.go.setEnabled(not self.roll.cancelled and bool(self.roll.sheet and self.roll.sheet.lines))
        self.right.fit()
        before = self.middle.work()
        at_work = self.isAncestorOf(self.focusWidget() or self.middle) and not self.middle.waiting
        self._show()
        if self.right.panel is None:
            self.middle.turn(self._usual() if self.middle.aloud.isHidden() else Shown.ALOUD)
            self.middle.show_roll(self.roll)
        if not at_work or (self.right.panel is None and self.middle.work() is not before):
            self.focus_first()

    def _on_roll_edited(self) -> None:
        self._show()
        line = None if self.roll.sheet is None else self.roll.sheet.line(self.roll.just)
        if line is not None and line.status is not None:
            announce(self, f"{line.name}: {word(line.status)}")

    def _show(self) -> None:
        self.ears.depth = 0 if self.roll.sheet is None else self.roll.sheet.depth
        self.middle.show_roll(self.roll)
        self.right.show_roll()

    def _on_roll_moved(self) -> None:
        self.middle.go_to(self.roll)
        self.side.recall("", (), None)

    def _on_roll_typed(self, number: str) -> None:
        sheet = self.roll.sheet
        line = sheet.numbered(int(number)) if number and sheet is not None else None
        name = line.name if line is not None else "…"
        self.hint.tell(words("roll-typing", number=number, name=name) if number else "")

    def _on_roll_kept(self) -> None:
        self.side.show_saved(self.roll)

    def _on_roll_scanned(self, scan: Scan) -> None:
        self.side.scan.tell(scan)
        self.side.answer(True)
        self.sounds.play(scan.outcome)
        announce(self, self.side.scan.accessibleName())

    def _on_roll_recalled(self, lines: list[HistoryLine]) -> None:
        line = self.roll.line
        self.side.recall("" if line is None else line.name, lines, self.desk.now().tzinfo)

    def _on_roll_done(self, done: Finalised) -> None:
        self.right.close_panel()
        number = self.roll.number
        self.desk.back()
        self.desk.tell(words("roll-done", number=number, n=done.written))

    def _on_roll_settled(self) -> None:
        self.right.close_panel()

    def _on_roll_refused(self, trouble: Trouble) -> None:
        panel = self.right.panel
        if panel is not None and panel.reason.isVisibleTo(panel):
            panel.reason.refuse(told(trouble))
        else:
            self.desk.tell_trouble(trouble)
            self.roll.reload()

    def _on_ears_mistaken(self, depth: int, field: QWidget | None) -> None:
        if field is not self.head.field.input:
            self.head.stop(False)
        self.roll.take_back(depth)

    def _on_head_crumb(self, at: int) -> None:
        if at == 0:
            self.desk.go("today")
        elif self.roll.key is not None and places.exists("class_attendance"):
            self.desk.go("class_attendance", self.roll.key)

    def _on_right_closed(self) -> None:
        self._turn(self._usual())


PAGE = RollCallPage
