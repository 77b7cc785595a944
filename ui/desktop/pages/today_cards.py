"""The sessions of a day as cards, one of them chosen: arrow keys go among them, Enter opens its roll call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.domain.attendance import SessionState, Status
from app.queries.today import DaySession
from ui.desktop.pages import today_words
from ui.desktop.pages.class_head import class_title
from ui.desktop.pages.roll_call_marks import HUES
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.chips import Chip, ChipLook
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.labels import Label, quiet
from ui.desktop.widgets.layouts import Grow, Item, Put, clear, column, fill, row, widget
from ui.desktop.widgets.progress import Bar
from ui.desktop.wording import Text, words

_TIME = 100
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft


class SessionCard(Card):
    """A session: what it is, how far its roll call is, and the way into it.

    Signals:
        opened: its roll call is wanted.
        picked: it was clicked.
    """

    opened = Signal()
    picked = Signal()

    def __init__(self, of: DaySession, now: datetime) -> None:
        self.of, self.on = of, today_words.is_on(of, now) and not of.final
        self.top = 22 if self.on else 15
        super().__init__(margins=(18, self.top, 18, self.top))
        self._go = Button(_verb(of), Kind.PRIMARY, size=Size.MAIN, key="Enter")
        self._open = Button(_verb(of))
        self._look = Button(words("today-look"), key="Enter")
        self._state = _state(of, now)
        for button in (self._go, self._open, self._look):
            button.clicked.connect(self.opened)
        said: list[Item] = [Label(class_title(of.head), Role.SECTION, wrap=True)]
        said += [
            Label(today_words.about(of, _fresh(of)), Role.BODY, Tone.INK2, wrap=True),
            *_marked(of),
        ]
        right: list[Item] = [Put(item, _MIDDLE) for item in (self._state, self._open, self._look, self._go)]
        self.body.addLayout(row(Grow(column(*said)), 14, *right))
        self.choose(False)

    def choose(self, chosen: bool, focused: bool = False) -> None:
        """Be the one that Enter opens, with the only primary button of the page."""
        final = self.of.final
        self.mark(chosen, chosen and focused)
        self._state.setVisible(final and not chosen)
        self._look.setVisible(final and chosen)
        self._go.setVisible(chosen and not final)
        self._open.setVisible(not chosen and not final)
        time = today_words.at(self.of.session.starts)
        self.setAccessibleName(f"{time} {class_title(self.of.head)}")
        self.setAccessibleDescription(str(_said(self.of)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.picked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit()


class SessionList(QWidget):
    """Signals:
    opened: the roll call of a session is wanted, with the DaySession.
    """

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.cards: list[SessionCard] = []
        self.chosen = -1
        self._picked: tuple[object, int] | None = None
        self._column = column()
        self.setLayout(self._column)

    def show_sessions(self, sessions: Sequence[DaySession], now: datetime) -> None:
        """Show these; who chose one by hand finds it chosen again."""
        clear(self._column)
        self.cards = []
        for at, of in enumerate(sessions):
            card = SessionCard(of, now)
            card.opened.connect(lambda of=of: self.opened.emit(of))
            card.picked.connect(lambda at=at: self.choose(at))
            self.cards.append(card)
            fill(self._column, [*([12] if at else []), _timed(card)])
        if not sessions:
            fill(self._column, [Card(Label(words("today-none-said"), Role.BODY, Tone.INK2, wrap=True))])
        names = [(of.head.key, of.session.number) for of in sessions]
        kept = names.index(self._picked) if self._picked in names else -1
        self._choose(kept if kept >= 0 else today_words.current(sessions, now))

    def choose(self, at: int) -> None:
        """Choose one by hand."""
        if 0 <= at < len(self.cards):
            of = self.cards[at].of
            self._picked = (of.head.key, of.session.number)
            self._choose(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.choose(self.chosen + (1 if event.key() == Qt.Key.Key_Down else -1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen >= 0:
            self.opened.emit(self.cards[self.chosen].of)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._choose(self.chosen)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._choose(self.chosen)

    def _choose(self, at: int) -> None:
        self.chosen = at
        for place, card in enumerate(self.cards):
            card.choose(place == at, self.hasFocus())
        if 0 <= at < len(self.cards):
            self.setAccessibleName(self.cards[at].accessibleName())
            self.setAccessibleDescription(self.cards[at].accessibleDescription())


def _timed(card: SessionCard) -> QWidget:
    """A card with its time at the left, on the line of its title: the one going on is taller."""
    session = card.of.session
    starts = Label(today_words.at(session.starts), Role.SECTION, Tone.LINK if card.on else Tone.INK)
    until = "" if session.ends is None else words("today-until", time=today_words.at(session.ends))
    told = widget(column(card.top, starts, quiet(until)))
    told.setMinimumWidth(_TIME)
    return widget(row(4, Put(told, Qt.AlignmentFlag.AlignTop | _LEFT), Grow(card)))


def _fresh(of: DaySession) -> bool:
    return not (of.final or of.session.drafts)


def _verb(of: DaySession) -> Text:
    return words("today-go-on" if of.session.drafts else "today-open")


def _marked(of: DaySession) -> list[Item]:
    """How far the roll call is: chips of a final one, a bar of one that is begun."""
    if of.final:
        chips = [_chip(status, n) for status, n in ((s, of.counts.get(s, 0)) for s in Status) if n]
        return [7, row(*chips, Grow(), space=6)] if chips else []
    if not of.session.drafts:
        return []
    bar = Bar(of.session.drafts, of.head.enrolled)
    bar.setMinimumWidth(40)
    held = widget(column(Grow(), bar, Grow()))
    held.setMaximumWidth(150)  # narrower where long words need the room
    told = Label(words("today-marked", n=of.session.drafts, of=of.head.enrolled), Role.SMALL_STRONG)
    return [10, row(Grow(held, 100), 12, told, Grow())]


def _chip(status: Status, n: int) -> Chip:
    return Chip(ChipLook(words(f"today-count-{status.name.lower()}", n=n), HUES[status], status.value))


def _state(of: DaySession, now: datetime) -> QWidget:
    """What stands at the right of a session that is over."""
    held = of.session.state is SessionState.HELD
    icon, tone = ("circle-check", Tone.GREEN) if held else ("circle-minus", Tone.INK2)
    return widget(row(Put(Icon(icon, tone), _MIDDLE), 8, quiet(_said(of, now))))


def _said(of: DaySession, now: datetime | None = None) -> Text:
    if of.session.state is SessionState.NOT_HELD:
        return words("today-not-held")
    if not of.final:
        return today_words.about(of, True)
    if of.finalised is None or now is None:
        return words("today-final")
    since = of.finalised.astimezone(now.tzinfo)
    if since.date() != of.session.day:
        return words("today-final")
    return words("today-final-at", time=today_words.at(today_words.minute(since)))
