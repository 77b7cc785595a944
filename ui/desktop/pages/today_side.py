"""The right of the day: what waits, each with a verb, and how far one's classes are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.queries.today import DaySession, Today
from app.queries.waiting import Wait, Waiting
from ui.desktop import places
from ui.desktop.pages import today_words
from ui.desktop.pages.class_head import class_title
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Size
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.labels import Label, heading, quiet
from ui.desktop.widgets.layouts import Grow, Item, clear, column, fill, row, scrolled, widget
from ui.desktop.widgets.lines import Line, list_card
from ui.desktop.widgets.progress import Bar
from ui.desktop.wording import Text, short_day, words

WIDE = 392
MOST = 6
"""So many things wait on the page; the rest are told as a number, for nobody does ten things first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page to go to, and what for."""

    page: str
    arguments: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of what waits."""

    icon: str
    hue: Hue
    title: Text
    detail: Text
    verb: Text
    goes: Wanted


class DaySide(QWidget):
    """Signals:
    wanted: a verb was chosen: where it leads, as a Wanted.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._waiting, self._mine = column(), column()
        self._today: Today | None = None
        self._waits: Sequence[Waiting] = ()
        title = heading(words("today-waiting"))
        inner = widget(
            column(title, 10, self._waiting, 22, heading(words("today-mine")), 10, self._mine, Grow())
        )
        self.setLayout(column(Grow(scrolled(inner))))
        self.setMinimumWidth(WIDE)

    def show_day(self, today: Today) -> None:
        """Show the classes of this day, and its sessions nobody has finalised."""
        self._today = today
        clear(self._mine)
        parts: list[Item] = []
        for head in today.running:
            parts += [14] if parts else []
            begins = head.first_day == today.day
            enrolled = quiet(words("today-people", n=head.enrolled))
            parts.append(row(Grow(Label(class_title(head), Role.STRONG, wrap=True)), 12, enrolled))
            told = quiet(today_words.progress(head, begins))
            bar = Bar(head.held, head.planned)
            parts += [6, row(Grow(widget(column(Grow(), bar, Grow()))), 10, told)]
        if not parts:
            parts.append(Label(words("today-no-class"), Role.BODY, Tone.INK2, wrap=True))
        fill(self._mine, [Card(*parts, margins=(16, 14, 16, 16))])
        self._show_waiting()

    def show_waiting(self, waits: Sequence[Waiting]) -> None:
        """Show what waits besides."""
        self._waits = waits
        self._show_waiting()

    def entries(self) -> list[Entry]:
        """Everything that waits, the most pressing first."""
        overdue = () if self._today is None else self._today.overdue
        return [*map(_overdue, overdue), *map(_entry, self._waits)]

    def _show_waiting(self) -> None:
        clear(self._waiting)
        entries = self.entries()
        if not entries:
            line = Line(
                "circle-check", Hue.GREEN, words("today-nothing-waits"), words("today-all-done"), tiled=True
            )
            fill(self._waiting, [list_card(line)])
            return
        fill(self._waiting, [list_card(*(self._line(entry) for entry in entries[:MOST]))])
        if len(entries) > MOST:
            fill(self._waiting, [6, quiet(words("today-more-waits", n=len(entries) - MOST))])

    def _line(self, entry: Entry) -> Line:
        verb = None
        if places.exists(entry.goes.page):
            verb = Button(entry.verb, size=Size.SMALL)
            verb.setAccessibleDescription(f"{entry.title}. {entry.detail}")
            verb.clicked.connect(lambda _=False, goes=entry.goes: self.wanted.emit(goes))
        return Line(entry.icon, entry.hue, entry.title, entry.detail, verb, tiled=True)


def _overdue(of: DaySession) -> Entry:
    day = "" if of.session.day is None else short_day(of.session.day)
    detail = words("today-overdue-said", number=of.session.number, title=class_title(of.head))
    goes = Wanted("roll_call", (of.head.key, of.session.number))
    title = words("today-overdue", day=day)
    return Entry("calendar-check", Hue.AMBER, title, detail, words("today-open-short"), goes)


def _entry(waiting: Waiting) -> Entry:
    return {
        Wait.ABSENCE: _absence,
        Wait.TESTS: _tests,
        Wait.CERTIFICATES: _certificates,
        Wait.REVIEW: _review,
    }[waiting.kind](waiting)


def _absence(waiting: Waiting) -> Entry:
    assert waiting.head is not None
    if waiting.n == 1:
        title = words("today-absence", name=waiting.name)
        detail = words("today-absence-said", n=waiting.absences)
    else:
        title, detail = (
            words("today-absences", n=waiting.n),
            words("a-sentence", text=class_title(waiting.head)),
        )
    goes = Wanted("completion", (waiting.head.key, waiting.participant))
    return Entry("triangle-alert", Hue.RED, title, detail, words("today-see"), goes)


def _tests(waiting: Waiting) -> Entry:
    assert waiting.head is not None and waiting.module is not None
    number, title = waiting.module
    module = words("today-module", number=number, title=title, topic="")
    if waiting.modules > 1:
        module = words("today-modules", n=waiting.modules - 1, module=module)
    detail = words("today-two", first=module, second=_intake(waiting))
    goes = Wanted("progress", (waiting.head.key, waiting.participant, waiting.code))
    return Entry(
        "clipboard-list", Hue.AMBER, words("today-tests", n=waiting.n), detail, words("today-fill-in"), goes
    )


def _certificates(waiting: Waiting) -> Entry:
    assert waiting.head is not None
    detail = words("today-certificates-said", of=_intake(waiting))
    goes = Wanted("class_certificates", (waiting.head.key,))
    title = words("today-certificates", n=waiting.n)
    return Entry("award", Hue.BLUE, title, detail, words("today-print"), goes)


def _review(waiting: Waiting) -> Entry:
    detail = (
        words("today-review-said", name=waiting.name) if waiting.name else words("today-review-said-none")
    )
    return Entry(
        "refresh-cw",
        Hue.TEAL,
        words("today-reviews", n=waiting.n),
        detail,
        words("today-choose"),
        Wanted("sync", ()),
    )


def _intake(waiting: Waiting) -> Text:
    """Which class, as short as it may be."""
    assert waiting.head is not None
    intake = waiting.head.intake
    return words("today-intake", intake=intake) if intake else waiting.head.title
