"""One review with its sides large, and the ways to settle it: a side, another value, or later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import Refused, Trouble
from ui.desktop.footer_truth import moment_of
from ui.desktop.pages import reviews_words as said
from ui.desktop.pages.reviews_version import VersionCard, VersionLook
from ui.desktop.pages.reviews_words import Names
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.chips import Chip, ChipLook
from ui.desktop.widgets.inputs import Field, TextInput
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Put, clear, column, fill, row, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.wording import Text, told, words

if TYPE_CHECKING:
    from app.queries.reviews import Review

Choice = int | dict[str, Any]
LETTERS = "ABCDEFGH"


class ReviewCard(Card):
    """Shows one review at a time.

    Signals:
        chosen: settle it: with a side's place or other values, and the reason.
        put_off: not now.
    """

    chosen = Signal(object, str)
    put_off = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margins=(20, 18, 20, 18), parent=parent)
        self._review: Review | None = None
        self._order: list[int] = []
        self._reader: tuple[str, Callable[[str], object]] | None = None
        self._title = Label("", Role.SECTION)
        self._place = Label("", Role.SMALL, Tone.INK2)
        self._why = Chip(ChipLook("", Hue.AMBER))
        self._sides: QHBoxLayout = row(space=14)
        self._cards: list[VersionCard] = []
        self._other = TextInput(words("review-other"), letters=12)
        self._other_field = Field(words("review-other"), self._other)
        self._reason = TextInput(words("review-reason-hint"), letters=24)
        self._reason_field = Field(words("review-reason"), self._reason)
        for field in (self._other_field, self._reason_field):
            field.label.hide()
        self._take = Button("", Kind.PRIMARY, key="Enter")
        self._else = Button(words("review-other-verb"))
        self._later = Button(words("review-later"), Kind.QUIET)
        self._strip = Strip("", Hue.RED, "circle-alert")
        self._connect()
        middle = Qt.AlignmentFlag.AlignVCenter
        buttons = column(5, row(self._take, self._else, self._later, space=10), Grow())
        fields = row(Grow(self._other_field), Grow(self._reason_field, 2), space=14)
        head = row(Grow(column(self._title, self._place)), 12, Put(self._why, middle))
        below = row(Grow(fields), buttons, space=12)
        fill(self.body, [head, 14, Grow(widget(self._sides)), 14, self._strip, below])

    def show_review(self, review: Review, names: Names, now: datetime) -> None:
        """Show this one; what was typed for another is not carried over."""
        self._review = review
        self._title.say(said.title(review, names))
        where = said.place(review, names)
        self._place.say(where)
        self._place.setVisible(bool(where))
        self._why.show_look(ChipLook(words(_why(review)), Hue.AMBER))
        self._order = sorted(range(len(review.versions)), key=lambda at: (not review.versions[at].here, at))
        self._reader = said.other_reader(review)
        clear(self._sides)
        self._cards = [VersionCard(self._look(place, at, now)) for at, place in enumerate(self._order)]
        for at, card in enumerate(self._cards):
            card.clicked.connect(lambda _=False, at=at: self.pick(at))
        fill(self._sides, [Grow(card) for card in self._cards])
        self._else.setVisible(self._reader is not None)
        self._give_up_other()
        self._reason.clear()
        self._reason_field.accept()
        self._strip.hide()
        self._choosable(review.kind.name != "NUMBER_TWICE")
        self.pick(0)

    def pick(self, at: int) -> None:
        """Choose the side at this place of the row."""
        for n, card in enumerate(self._cards):
            card.setChecked(n == at)
        self._give_up_other()
        self._say_verb()

    def focus(self) -> None:
        """Go to the side that is chosen."""
        for card in self._cards:
            if card.isChecked():
                card.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_up(self) -> bool:
        """Take the other value back; False when there was none."""
        if self._other_field.isHidden():
            return False
        self._give_up_other()
        self._say_verb()
        self.focus()
        return True

    def refuse(self, trouble: Trouble) -> None:
        """Say why it was not settled, where it belongs."""
        if trouble.field == "reason":
            self._reason_field.refuse(told(trouble))
        elif trouble.field in ("other", "status", "score") and not self._other_field.isHidden():
            self._other_field.refuse(told(trouble))
        else:
            self._strip.say(told(trouble))
            self._strip.show()
        self._take.setEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_take_clicked()
        elif letter and letter in LETTERS[: len(self._cards)]:
            self.pick(LETTERS.index(letter))
            self.focus()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self._take.clicked.connect(self._on_take_clicked)
        self._else.clicked.connect(self._on_else_clicked)
        self._later.clicked.connect(self.put_off)
        self._reason.returnPressed.connect(self._on_take_clicked)
        self._other.returnPressed.connect(self._on_take_clicked)
        self._other.textChanged.connect(self._say_verb)

    def _look(self, place: int, at: int, now: datetime) -> VersionLook:
        assert self._review is not None
        version = self._review.versions[place]
        held = said.side(self._review, version)
        when = "" if version.at is None else moment_of(version.at, now, short=True)
        marks = [ChipLook(words("review-here"), Hue.BLUE)] if version.here else []
        marks += [ChipLook(words("review-holds"), Hue.GREY)] if place == 0 else []
        return VersionLook(
            LETTERS[at],
            held.lead,
            held.others,
            version.author or words("review-author-unknown"),
            words("review-written", machine=version.machine, when=when),
            words("review-because", reason=version.reason) if version.reason else "",
            tuple(marks),
        )

    def holding(self) -> str:
        """The letter of the side that holds now."""
        return LETTERS[self._order.index(0)] if self._order else ""

    def _choosable(self, choosable: bool) -> None:
        """A number given twice is settled by a replacement, which is another page's matter."""
        self._take.setVisible(choosable)
        self._reason_field.setVisible(choosable)
        if not choosable:
            self._strip.say(words("review-number-twice"), Hue.AMBER, "triangle-alert")
            self._strip.show()

    def _say_verb(self) -> None:
        if not self._other_field.isHidden():
            self._take.say(words("review-use-other", value=_short(self._other.text())))
            return
        for card in self._cards:
            if card.isChecked():
                facts = {"letter": card.look.letter, "value": _short(str(card.look.lead))}
                self._take.say(words("review-use", **facts))

    def _give_up_other(self) -> None:
        self._other_field.hide()
        self._other_field.accept()
        self._other.clear()

    def _on_else_clicked(self) -> None:
        for card in self._cards:
            card.setAutoExclusive(False)
            card.setChecked(False)
            card.setAutoExclusive(True)
        self._other_field.show()
        self._other.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say_verb()

    def _on_take_clicked(self) -> None:
        if self._review is None or not self._take.isEnabled() or self._take.isHidden():
            return
        self._strip.hide()
        self._reason_field.accept()
        try:
            choice = self._choice()
        except Refused as refused:
            self.refuse(refused)
            return
        self._take.setEnabled(False)
        self.chosen.emit(choice, self._reason.text())

    def _choice(self) -> Choice:
        if not self._other_field.isHidden() and self._reader is not None:
            field, read = self._reader
            return {field: read(self._other.text())}
        at = next(n for n, card in enumerate(self._cards) if card.isChecked())
        return self._order[at]

    def settled(self) -> None:
        """It went through; another one may be shown."""
        self._take.setEnabled(True)


def _why(review: Review) -> str:
    return f"review-why-{review.kind.name.lower().replace('_', '-')}"


def _short(value: str) -> Text:
    return value if len(value) <= 16 else f"{value[:15]}…"
