"""Sign-in: who uses this laptop now, by a card and six digits; also what the window locks to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout

from app.errors import Trouble
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages.sign_in_pin import PinCard
from ui.desktop.pages.sign_in_side import Side
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, clear, column, row, scrolled, widget
from ui.desktop.widgets.toggles import PersonCard
from ui.desktop.widgets.waiting import Skeleton
from ui.desktop.wording import told, words

WIDE = 640
FREE_TRIES = 5
"""As `app.actions.persons` has it, which is not imported before somebody signs in."""
_COLUMNS = 2
_MOST_SEEN = 10  # cards; more of them scroll


class Face(Protocol):
    """What the page needs of a person: a PersonRow, or a face seen at a glance before there are any."""

    @property
    def id(self) -> bytes: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def has_pin(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Outcome:
    """Whether the PIN was right, how many were wrong in a row, and the seconds to wait before the next."""

    right: bool
    failures: int
    wait: int


class SignInPage(Page):
    """Cards of the people who have a PIN here; the PIN of the chosen one."""

    watches = frozenset({"person", "pin"})
    bare = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._people: list[Face] = []
        self._cards: list[PersonCard] = []
        self._person: Face | None = None
        self._before: bytes | None = None
        self._side = Side(desk)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._all = widget(self._grid)
        self._list = widget(column(self._all))
        self._waiting = Skeleton(3, 68)
        self._pin = PinCard()
        self._pin.entered.connect(self._on_pin_entered)
        self._wait = QTimer(self, interval=1000)
        self._wait.timeout.connect(self._on_second)
        self._left = 0
        forgot = Label(words("sign-in-forgot"), Role.BODY, Tone.INK2, wrap=True)
        inner = column(
            Label(words("sign-in-title"), Role.DISPLAY, wrap=True),
            *(20, self._waiting, self._list, 20, self._pin, 16, forgot),
        )
        shown = widget(inner)
        shown.setFixedWidth(WIDE)
        middle = row(Grow(), shown, Grow())
        right = column(Grow(), middle, Grow(), margins=(28, 20, 28, 20))
        self.setLayout(row(self._side, Grow(right)))
        self._show_people([])

    def shown(self, *arguments: object) -> None:
        """With the people seen at a glance before the database was open, or with nothing."""
        self._before = self.desk.runner.author or self._before
        self.desk.runner.author = None
        self.desk.signed_in.emit("", "")
        self._pin.clear()
        if arguments:
            self._on_people(list(cast("Sequence[Face]", arguments[0])))
        else:
            self._side.tell()
        self._stale = not arguments

    def refresh(self) -> None:
        if self.desk.runner.is_open:
            self._side.tell()
            self.desk.runner.read(_people, then=self._on_people)

    def focus_first(self) -> None:
        if self._person is not None:
            self._pin.focus()

    def escaped(self) -> bool:
        self._pin.clear()
        return True

    def keys(self) -> Sequence[KeyHelp]:
        return (
            KeyHelp(("↑", "↓"), words("sign-in-key-choose")),
            KeyHelp(("0", "9"), words("sign-in-key-digits")),
            KeyHelp(("Enter",), words("sign-in-key-enter")),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: -_COLUMNS,
            Qt.Key.Key_Down: _COLUMNS,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() or not self._people or self._person is None:
            super().keyPressEvent(event)
            return
        at = self._people.index(self._person) + step
        if 0 <= at < len(self._people):
            self._choose(self._people[at])

    def _on_people(self, people: Sequence[Face]) -> None:
        able = [person for person in people if person.has_pin]
        if not able:
            self.desk.begin("set_up", "person")
            return
        if [_shown(person) for person in able] != [_shown(person) for person in self._people]:
            self._show_people(able)
        wanted = self._person.id if self._person else self._before or self._remembered()
        self._choose(next((person for person in able if person.id == wanted), able[0]))

    def _remembered(self) -> bytes | None:
        return bytes.fromhex(self.desk.preferences.last_person) or None

    def _show_people(self, people: list[Face]) -> None:
        self._people = people
        clear(self._grid)
        self._cards = [PersonCard(person.name, words(f"role-{person.role}")) for person in people]
        for at, (person, card) in enumerate(zip(people, self._cards, strict=True)):
            card.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            card.clicked.connect(lambda _=False, person=person: self._choose(person))
            self._grid.addWidget(card, at // _COLUMNS, at % _COLUMNS)
        if len(people) > _MOST_SEEN and self._all.parent() is self._list:
            self._scroll()
        self._waiting.setVisible(not people)
        self._list.setVisible(bool(people))
        self._pin.setVisible(bool(people))

    def _scroll(self) -> None:
        """Let the cards scroll: made only where there are that many, since it would delay every start."""
        area, layout = scrolled(self._all), self._list.layout()
        assert layout is not None
        area.setFixedHeight(_MOST_SEEN // _COLUMNS * 80)
        layout.addWidget(area)

    def _choose(self, person: Face) -> None:
        if self._person is None or person.id != self._person.id:
            self._stop_waiting()
            self._pin.clear()
        self._person = person
        for known, card in zip(self._people, self._cards, strict=True):
            chosen = known.id == person.id
            card.setChecked(chosen)  # Tab comes to the chosen one, arrow keys go to the others
            card.setFocusPolicy(Qt.FocusPolicy.TabFocus if chosen else Qt.FocusPolicy.NoFocus)
        self._pin.ask(person.name)
        self._pin.focus()

    def _on_pin_entered(self, pin: str) -> None:
        if self._person is None or self._left:
            return
        self._pin.busy()
        self.desk.runner.write(
            _checked, self._person.id, pin, then=self._on_checked, refused=self._on_refused
        )

    def _on_checked(self, outcome: _Outcome) -> None:
        if outcome.right:
            self._come_in()
        elif outcome.wait:
            self._on_wait(outcome.wait)
        else:
            self._pin.refuse(words("pin-wrong-tries", n=FREE_TRIES - outcome.failures))

    def _on_wait(self, seconds: int) -> None:
        self._left = seconds
        self._pin.lock(words("pin-locked", seconds=seconds))
        self._wait.start()

    def _on_refused(self, trouble: Trouble) -> None:
        seconds = trouble.facts.get("seconds")
        if trouble.code == "pin-locked" and isinstance(seconds, int):
            self._on_wait(seconds)
        else:
            self._pin.refuse(told(trouble))

    def _on_second(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._stop_waiting()
            self._pin.clear()
            self._pin.focus()
        else:
            self._pin.lock(words("pin-locked", seconds=self._left))

    def _stop_waiting(self) -> None:
        self._left = 0
        self._wait.stop()

    def _come_in(self) -> None:
        person = self._person
        assert person is not None, "a PIN was just found right"
        same = person.id == self._before
        self._pin.clear()
        self._side.rest()
        self._before = self.desk.runner.author = person.id
        self.desk.preferences.last_person = person.id.hex()
        self.desk.signed_in.emit(person.name, words(f"role-{person.role}"))
        self.desk.unlocked.emit(same)


def _shown(person: Face) -> tuple[bytes, str, str]:
    return person.id, person.name, person.role


def _people(session: Any) -> Sequence[Face]:
    from app.queries import persons  # with the database's tables, which the window does not wait for

    return persons.listed(session, only_active=True)


def _checked(session: Any, person: bytes, pin: str) -> _Outcome:
    from app.actions import persons as doing
    from app.queries import persons

    right = doing.check_pin(session, person, pin)
    failures = persons.failures(session, person)
    return _Outcome(right, failures, 0 if right else -(-doing.wait_after(failures) // 1000))


PAGE = SignInPage
