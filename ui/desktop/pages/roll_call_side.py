"""The side of a roll call: how many are marked as what, the way to finalise, the keys, the card reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from app.domain.attendance import Status
from app.queries.history import HistoryLine
from ui.desktop import theme
from ui.desktop.pages.roll_call_history import HistoryCard
from ui.desktop.pages.roll_call_marks import HUES, word
from ui.desktop.pages.roll_call_presenter import RollCall
from ui.desktop.pages.roll_call_scan import ScanCard
from ui.desktop.tokens import Role, Tone, tokens
from ui.desktop.widgets import chips, painting
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.cards import Card, Rule
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.keys import KeyCaps
from ui.desktop.widgets.labels import Label, heading, quiet
from ui.desktop.widgets.layouts import Grow, Item, Put, column, fill, row, widget
from ui.desktop.widgets.progress import TallyBar
from ui.desktop.wording import Text, clock, words

WIDE = 264
_SQUARE = 20
KEYS: tuple[tuple[tuple[str, ...], Text], ...] = (
    (tuple(Status), words("roll-key-mark")),
    (("7", "T"), words("roll-key-number")),
    (("F2",), words("roll-key-rest")),
    (("/",), words("roll-key-find")),
    (("F4",), words("roll-key-remark")),
    (("Ctrl Z",), words("roll-key-undo")),
)


class TallyCard(Card):
    """How many are marked, and as what."""

    def __init__(self) -> None:
        super().__init__(margins=(16, 13, 16, 13))
        self._title = heading("")
        self._bar = TallyBar()
        self._counts = {status: Label("0", Role.SECTION) for status in Status}
        self._unmarked = Label("0", Role.SECTION)
        lines: list[Item] = []
        for status, count in self._counts.items():
            lines += [7] if lines else []
            lines.append(row(Square(status), 12, Label(word(status)), Grow(), count))
        fill(self.body, [self._title, 8, self._bar, 12, *lines, 9, Rule(), 10, self._open_line()])

    def show_counts(self, roll: RollCall) -> None:
        """Count the sheet."""
        if roll.sheet is None:
            return
        counts, everybody = roll.sheet.counts(), len(roll.sheet.lines)
        marked = counts.total()
        self._title.say(words("roll-marked-of", n=marked, of=everybody))
        self._bar.show_parts([(HUES[status], counts[status]) for status in Status], everybody)
        for status, label in self._counts.items():
            label.say(str(counts[status]), Tone.INK if counts[status] else Tone.INK2)
        left = everybody - marked
        self._unmarked.say(str(left), Tone.INK if left else Tone.INK2)
        told = [f"{word(status)} {counts[status]}" for status in Status]
        self.setAccessibleName(str(words("roll-marked-of", n=marked, of=everybody)))
        self.setAccessibleDescription(", ".join([*told, f"{words('roll-unmarked')} {left}"]))

    def _open_line(self) -> QWidget:
        return widget(row(Square(None), 12, Label(words("roll-unmarked")), Grow(), self._unmarked))


class Square(QWidget):
    """A status's letter on its square; the dashed one is of who is not marked."""

    def __init__(self, status: Status | None) -> None:
        super().__init__()
        self._status = status
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_SQUARE, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            if self._status is not None:
                chips.letter(painter, 0, 1, self._status.value, HUES[self._status], _SQUARE)
                return
            place, border = QRectF(0, 1, _SQUARE, _SQUARE), theme.colour(Tone.LINE2)
            painting.box(painter, place, None, border, tokens().radius["badge"], dashed=True)


class KeyCard(Card):
    """What the keys do; folded to one line where the screen is low."""

    def __init__(self) -> None:
        super().__init__(margins=(16, 12, 16, 12))
        lines: list[Item] = []
        for keys, does in KEYS:
            lines += [8 if lines else 0, _key_line(keys, does)]
        self._open = widget(column(Label(words("roll-keys"), Role.STRONG), 8, *lines))
        more = row(Label(words("roll-keys"), Role.STRONG), Grow(), quiet(words("roll-keys-all")), 8)
        more.addWidget(KeyCaps(("F1",)))
        self._folded = widget(more)
        fill(self.body, [self._open, self._folded])
        self.fold(False)

    def fold(self, folded: bool) -> None:
        """Show one line only, or all of them."""
        self._open.setVisible(not folded)
        self._folded.setVisible(folded)


class Side(QWidget):
    """Signals:
    review: what is marked is to be looked over and finalised.
    aloud: names are to be called one by one, or not any more.
    paper: marks are to be copied from a sheet, or not any more.
    cancelled: the session did not happen.
    """

    review = Signal()
    aloud = Signal()
    paper = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tally, self.keys, self.scan = TallyCard(), KeyCard(), ScanCard()
        self.history = HistoryCard()
        self.go = Button(words("roll-review"), Kind.PRIMARY, size=Size.MAIN, key="Ctrl Enter", spread=True)
        self.call = Button(words("roll-aloud"), size=Size.SMALL, icon="megaphone")
        self.copy = Button(words("roll-paper"), size=Size.SMALL, icon="clipboard-list")
        self._saved = Label("", Role.SMALL, Tone.INK2, wrap=True)
        self._saved.linked.connect(self._on_saved_linked)
        self.go.clicked.connect(self.review)
        self.call.clicked.connect(self.aloud)
        self.copy.clicked.connect(self.paper)
        reader = row(Put(Icon("barcode"), Qt.AlignmentFlag.AlignTop), 8, Grow(self._saved))
        self._ways = row(self.call, self.copy, Grow(), space=8)
        parts = (self.tally, self.go, self.history, self.keys, self.scan, self._ways, reader, Grow())
        self.setLayout(column(*parts, space=12))
        self._low = False

    def show_roll(self, roll: RollCall) -> None:
        """Show how the roll call stands."""
        self.tally.show_counts(roll)
        final = roll.sheet is not None and roll.sheet.final
        self.go.say(words("roll-review-changes" if final else "roll-review"))
        self.copy.say(words("roll-paper-end" if roll.on_paper else "roll-paper"))
        self.show_saved(roll)

    def show_saved(self, roll: RollCall) -> None:
        """Say what is saved, and what the card reader waits for."""
        first = words("roll-on-paper") if roll.on_paper else words("roll-reader-ready")
        self._saved.say(words("roll-side", reader=first, saved=_saved(roll), cancel=_cancel(roll)))

    def fit(self) -> None:
        """Put the two ways one under the other where longer words leave no room beside each other."""
        wide = self.call.sizeHint().width() + self.copy.sizeHint().width() + 8
        beside, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._ways.setDirection(beside if wide <= WIDE else under)

    def shorten(self, wide: int, room: int) -> None:
        """Leave the keys to F1 where everything is higher than the room at this width."""
        self.fold(self._low)
        layout = self.layout()
        if layout is not None and layout.totalHeightForWidth(wide) > room > 0:
            self.keys.fold(True)

    def fold(self, low: bool) -> None:
        """Leave the keys to F1 on a low screen."""
        self._low = low
        self.keys.fold(low or not self.history.isHidden())

    def recall(self, name: str, lines: Sequence[HistoryLine], zone: tzinfo | None) -> None:
        """Show how the current mark came to be, where it was corrected; else the keys have the room."""
        self.history.tell(name, lines, zone)
        self.fold(self._low)

    def answer(self, shown: bool) -> None:
        """Make room for the answer to a card in place of the keys, or give it back."""
        self.keys.setVisible(not shown)
        self.scan.setVisible(shown)

    def _on_saved_linked(self, _: str) -> None:
        self.cancelled.emit()


def _saved(roll: RollCall) -> Text:
    if roll.cancelled:
        return ""
    if roll.lost:
        return words("roll-not-saved")
    if roll.sheet is not None and roll.sheet.final and not roll.sheet.drafts():
        return words("roll-is-final")
    if roll.saved_at is None:
        return words(
            "roll-draft-kept" if roll.sheet is not None and roll.sheet.drafts() else "roll-draft-none"
        )
    return words("roll-saved-at", time=clock(roll.saved_at.hour * 60 + roll.saved_at.minute))


def _cancel(roll: RollCall) -> Text:
    final = roll.sheet is not None and roll.sheet.final
    return "" if final or roll.cancelled else words("roll-cancel-link")


def _key_line(keys: tuple[str, ...], does: Text) -> QWidget:
    caps = widget(row(KeyCaps(keys), Grow()))
    caps.setMinimumWidth(92)
    told = quiet(does, wrap=True)
    return widget(row(Put(caps, Qt.AlignmentFlag.AlignVCenter), 8 if len(keys) > 2 else 0, Grow(told)))
