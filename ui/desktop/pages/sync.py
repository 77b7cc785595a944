"""Sync: send to headquarters, by line or stick, and settle what two machines said differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.errors import Trouble
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages.reviews_card import Choice, ReviewCard
from ui.desktop.pages.reviews_words import Names
from ui.desktop.pages.sync_address import AddressLine
from ui.desktop.pages.sync_send import SendCard
from ui.desktop.pages.sync_stick import StickCard
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.widgets.labels import Label, heading
from ui.desktop.widgets.layouts import Grow, column, row, scrolled, widget
from ui.desktop.widgets.pagehead import PageHead
from ui.desktop.widgets.waiting import Skeleton
from ui.desktop.wording import told, words
from ui.desktop.work import Step, Work

if TYPE_CHECKING:
    from app.queries.here import Delivered
    from app.queries.reviews import Review
    from sync.facade import Preview, SyncStatus

SEND = "send"
"""`go("sync", "send")` sends at once: F9 from anywhere."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything the page shows that lies in the database."""

    status: SyncStatus
    delivered: Delivered | None
    practice: bool
    address: str
    reviews: Sequence[Review]
    names: Names


class SyncPage(Page):
    """What waits, the button, the stick, and the reviews one after the other."""

    watches = frozenset(
        {"acknowledged", "setting", "mark", "result", "decision", "draft", "participant", "certificate"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._now: Gathered | None = None
        self._later: set[bytes] = set()
        self._shown: bytes | None = None
        self._coming: Preview | None = None
        self._address = AddressLine(desk)
        self._send = SendCard(desk.background, self._address)
        self._send.sent.connect(self.send)
        self._send.looked.connect(self._on_looked)
        self._stick = StickCard(desk)
        self._heading, self._note = heading(""), Label("", Role.SMALL, Tone.INK2)
        self._card = ReviewCard()
        self._card.chosen.connect(self._on_chosen)
        self._card.put_off.connect(self._on_put_off)
        self._clear = widget(row(Icon("circle-check", Tone.GREEN), 10, Label(words("reviews-none")), Grow()))
        self._waiting = Skeleton(6, 40)
        self._reviews = widget(column(row(self._heading, 12, Grow(), self._note), 10, Grow(self._card)))
        top = row(Grow(self._send), 20, self._stick)
        parts = (self._waiting, top, 22, Grow(self._reviews), self._clear, Grow(None, 0))
        self._top = (self._send, self._stick)
        area = scrolled(widget(column(*parts, margins=(28, 0, 28, 20))))
        head = PageHead(words("place-sync"), detail=words("sync-about"))
        self.setLayout(column(widget(column(head, margins=(28, 20, 28, 12))), Grow(area)))
        self._listen()
        self._cover(True)

    def shown(self, *arguments: object) -> None:
        self._stale = True
        if SEND in arguments:
            self.send()

    def refresh(self) -> None:
        self.desk.runner.read(_gather, then=self._on_gathered, aside=True)

    def focus_first(self) -> None:
        if self._shown is not None:
            self._card.focus()
        else:
            self._send.focus()

    def escaped(self) -> bool:
        return self._card.give_up() or self._stick.escaped() or self._address.close_form()

    def keys(self) -> Sequence[KeyHelp]:
        return (
            KeyHelp(("A", "B"), words("reviews-key-choose")),
            KeyHelp(("Enter",), words("reviews-key-take")),
        )

    def send(self) -> None:
        """Send now, unless it is under way or may not be."""
        if self._now is not None and self._now.practice:
            return
        self._coming = None
        self.desk.background.send(0 if self._now is None else self._now.status.waiting)

    def _listen(self) -> None:
        background = self.desk.background
        background.began.connect(self._send.begin)
        background.progressed.connect(self._on_progress)
        background.ended.connect(self._on_ended)
        if background.running:
            self._send.begin()

    def _cover(self, reading: bool) -> None:
        self._waiting.setVisible(reading)
        for shown in (*self._top, self._reviews, self._clear):
            shown.setVisible(not reading)

    def _on_gathered(self, found: Gathered) -> None:
        first, self._now = self._now is None, found
        self._cover(False)
        now = self.desk.now()
        self._send.show_status(found.status, now, found.practice)
        self._send.show_coming(self._coming, found.practice)
        self._address.show_address(found.address, found.practice)
        self._stick.show_proof(found.delivered, now)
        self._stick.allow(not found.practice)
        self._show_review()
        if first and self.isVisible():
            self.focus_first()

    def _show_review(self) -> None:
        """The first one that was not put off; those that were come round again at the end."""
        assert self._now is not None
        reviews = self._now.reviews
        self._reviews.setVisible(bool(reviews))
        self._clear.setVisible(not reviews)
        if not reviews:
            self._shown = None
            return
        waiting = [review for review in reviews if review.id not in self._later]
        if not waiting:
            self._later.clear()
            waiting = list(reviews)
        self._heading.say(words("reviews-title", n=len(reviews)))
        if waiting[0].id != self._shown:
            self._shown = waiting[0].id
            self._card.show_review(waiting[0], self._now.names, self.desk.now())
        self._note.say(words("reviews-note", letter=self._card.holding()))

    def _on_looked(self) -> None:
        self._send.looking()
        self.desk.runner.work(
            _look, then=self._on_coming, refused=self._on_look_refused, network=True, every_trouble=True
        )

    def _on_coming(self, coming: Preview) -> None:
        self._coming = coming
        self._send.show_coming(coming)

    def _on_look_refused(self, trouble: Trouble) -> None:
        self._send.show_coming(None)
        self._send.tell(told(trouble))

    def _on_progress(self, step: Step) -> None:
        self._send.show_step(step)

    def _on_ended(self) -> None:
        self._send.end(self.desk.background.last)
        self._stale = True
        if self.isVisible():
            self.catch_up()

    def _on_chosen(self, choice: Choice, reason: str) -> None:
        if self._shown is not None:
            today = self.desk.now().date()
            said = (self._shown, choice, today, reason or None)
            self.desk.runner.write(_choose, *said, then=self._on_settled, refused=self._on_refused)

    def _on_settled(self, review: bytes) -> None:
        self._card.settled()
        self.desk.tell(words("review-settled"))
        self.refresh()

    def _on_refused(self, trouble: Trouble) -> None:
        self._card.refuse(trouble)

    def _on_put_off(self) -> None:
        if self._shown is not None:
            self._later.add(self._shown)
            self._show_review()
            self._card.focus()


def _gather(session: Any) -> Gathered:
    from app.queries import classes, here, programmes, reviews  # with the database's tables
    from sync import facade

    found = reviews.listed(session)
    titles, modules = {}, {}
    wanted = {str(review.key["class_code"]) for review in found if "class_code" in review.key}
    for known in classes.listed(session) if wanted else []:
        if known.key.code in wanted:
            titles[str(known.key.code)] = known.title
            for module in programmes.programme(session, known.programme, known.version).modules:
                modules[str(known.key.code), str(module.code)] = module.title
    status, address = facade.status(session), here.headquarters(session)
    practice, names = here.is_practice(session), Names(titles, modules)
    return Gathered(status, here.delivered(session), practice, address, found, names)


def _look(work: Work) -> Preview:
    from sync import facade

    return facade.preview(work.workplace)


def _choose(session: Any, *arguments: Any) -> bytes:
    from app.actions import reviews

    return reviews.choose(session, *arguments)


PAGE = SyncPage
