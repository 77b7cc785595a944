"""The card that sends: one button, what goes and what would come by noun, how far it is, how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.desktop.background import Background, Link, Outcome
from ui.desktop.footer_truth import moment
from ui.desktop.pages.reviews_words import noun
from ui.desktop.pages.sync_address import AddressLine
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.cards import Card, Rule
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Item, Put, column, fill, row, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.progress import Bar
from ui.desktop.wording import Count, Text, told, words
from ui.desktop.work import Step

if TYPE_CHECKING:
    from sync.facade import Preview, SyncStatus

MOST_LINES = 5
SEND_HIGH = 52


class SendCard(Card):
    """Shows what a SyncStatus and the background sync say.

    Signals:
        sent: send now.
        looked: show first what would come.
    """

    sent = Signal()
    looked = Signal()

    def __init__(self, background: Background, address: AddressLine, parent: QWidget | None = None) -> None:
        super().__init__(margins=(20, 18, 20, 18), parent=parent)
        self._background, self._address = background, address
        self._send = _Send(words("window-send"), Kind.PRIMARY, size=Size.MAIN, icon="refresh-cw", key="F9")
        self._send.clicked.connect(self.sent)
        self._how = Label("", Role.STRONG, wrap=True)
        self._when = Label("", Role.BODY, Tone.INK2, wrap=True)
        self._bar = Bar(height=10)
        self._stop = Button(words("sync-stop"))
        self._stop.clicked.connect(self._on_stop_clicked)
        self._trouble = Strip("", Hue.RED, "circle-alert")
        self._trouble.hide()
        self._look = Button(words("sync-look"), size=Size.SMALL, icon="eye")
        self._look.clicked.connect(self.looked)
        self._going, self._coming = column(space=4), column(space=4)
        self._going_head, self._coming_head = (Label("", Role.HEAD, Tone.INK2) for _ in range(2))
        middle = Qt.AlignmentFlag.AlignVCenter
        self._running = widget(row(Grow(self._bar), 16, self._stop))
        status = column(self._how, self._when, address, self._running)
        top = row(Put(self._send, middle), 16, Grow(status))
        going = _side("upload", self._going_head, self._going)
        coming = _side("download", self._coming_head, self._coming)
        sides = row(Grow(going), 20, Rule(upright=True), 20, Grow(coming))
        fill(self.body, [top, 10, self._trouble, Rule(), 12, Grow(sides)])
        self._running.hide()

    def focus(self) -> None:
        """Go to the button that can be pressed."""
        first = self._stop if self._running.isVisibleTo(self) else self._send
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_status(self, status: SyncStatus, now: datetime, practice: bool) -> None:
        """Show what waits, and when headquarters was last heard of."""
        self._send.setEnabled(not practice and not self._background.running)
        self._look.setEnabled(not practice and not self._background.running)
        self._going_head.say(words("sync-going", n=status.waiting))
        drafts: list[Text] = [words("sync-drafts", n=status.drafts)] if status.drafts else []
        _list(self._going, [*by_noun(status.by_table), *drafts] or [words("sync-nothing-goes")])
        if practice:
            self._how.say(words("sync-practice"))
            self._when.say(words("sync-practice-why"))
        elif not self._background.running:
            self._how.say(self._state(status))
            contact = moment(status.contact, now)
            self._when.say(words("sync-contact", at=contact) if contact else words("sync-no-contact"))

    def show_coming(self, coming: Preview | None, practice: bool = False) -> None:
        """Show what a sync would bring; None: nobody has looked yet."""
        self._coming_head.say(
            words("sync-coming") if coming is None else words("sync-coming-n", n=coming.changes)
        )
        if coming is None:
            _list(self._coming, [words("sync-coming-unknown")], [] if practice else [self._look])
            return
        lines = by_noun(coming.by_table) or [words("sync-nothing-comes")]
        if coming.people:
            lines = [*lines, words("sync-coming-people", n=coming.people)]
        if coming.reviews:
            lines = [*lines, words("sync-coming-reviews", n=coming.reviews)]
        _list(self._coming, lines)

    def looking(self) -> None:
        """Somebody wants to see what would come; it is being fetched."""
        self._look.setEnabled(False)
        self._trouble.hide()
        self._coming_head.say(words("sync-looking"))

    def begin(self) -> None:
        """A sync is under way."""
        self._trouble.hide()
        self._send.setEnabled(False)
        self._look.setEnabled(False)
        self._stop.setEnabled(True)
        self._bar.show_step(0, 0)
        self._how.say(words("sync-reaching"))
        self._when.say("")
        self._running.show()
        self._address.hide()
        if self.isAncestorOf(QApplication.focusWidget() or self):
            self.focus()  # a button that is refused hands the focus on to wherever it likes

    def show_step(self, step: Step) -> None:
        """How far it is."""
        self._bar.show_step(step.done, step.total)
        self._how.say(words("sync-sending"))
        self._when.say(step.at)

    def end(self, outcome: Outcome | None) -> None:
        """It has ended; the status that is read next says the rest."""
        self._running.hide()
        self._address.show()
        self._send.setEnabled(True)
        if outcome is not None and outcome.trouble is not None and outcome.asked:
            self._trouble.say(told(outcome.trouble), Hue.RED, "circle-alert")
            self._trouble.show()
        elif outcome is not None and outcome.report is not None and outcome.report.refused:
            self._trouble.say(words("sync-refused", why=", ".join(sorted(outcome.report.refused))))
            self._trouble.show()

    def tell(self, text: Text) -> None:
        """Say something that went wrong while looking."""
        self._trouble.say(text, Hue.RED, "circle-alert")
        self._trouble.show()
        self._look.setEnabled(True)

    def _state(self, status: SyncStatus) -> Text:
        outcome = self._background.last
        report = outcome.report if outcome else None
        if report is not None and report.revoked:
            return words("sync-revoked")
        if report is not None and report.synced:
            return words("sync-done", up=report.changes_up, down=report.changes_down)
        if self._background.link is Link.ONLINE:
            return words("sync-linked")
        if outcome is not None and outcome.trouble is None:
            return words("sync-was-stopped")
        return words("sync-not-linked")

    def _on_stop_clicked(self) -> None:
        self._stop.setEnabled(False)
        self._when.say(words("sync-stopping"))
        self._background.stop()


class _Send(Button):
    """The one button of the page is higher than any other."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width() + 12, SEND_HIGH)


def by_noun(tables: Mapping[str, int]) -> list[Text]:
    """18 status presensi, 4 nilai, …: the most first, at most five lines."""
    most = sorted(tables.items(), key=lambda item: -item[1])
    lines: list[Text] = [words(noun(table), n=Count(n)) for table, n in most]
    if len(lines) > MOST_LINES:
        rest = sum(n for _, n in most[MOST_LINES - 1 :])
        lines = [*lines[: MOST_LINES - 1], words("noun-other", n=Count(rest))]
    return lines


def _side(icon: str, head: Label, lines: QVBoxLayout) -> QWidget:
    made = widget(column(row(Icon(icon, Tone.INK2, 16), 6, head, Grow()), 8, lines, Grow()))
    made.setMinimumHeight(96)
    return made


def _list(into: QVBoxLayout, lines: list[Text], after: list[QWidget] | None = None) -> None:
    kept = after or []
    for item in kept:
        into.removeWidget(item)
    while (taken := into.takeAt(0)) is not None:
        shown = taken.widget()
        if isinstance(shown, Label):
            shown.hide()
            shown.deleteLater()
        elif shown is not None:
            shown.hide()
    parts: list[Item] = [Label(line, Role.BODY, wrap=True) for line in lines]
    fill(into, parts)
    for item in kept:
        into.addSpacing(4)
        into.addWidget(item, 0, Qt.AlignmentFlag.AlignLeft)
        item.show()
