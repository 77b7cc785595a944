"""The parts of the form of a class: who teaches it, and beside it what its programme holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.keys import ClassKey
from app.domain.programme import Programme
from app.queries.persons import PersonRow
from ui.desktop.pages import progress_rows, roll_call_marks
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Card, Rule
from ui.desktop.widgets.empty import EmptyState, Step
from ui.desktop.widgets.labels import Label, quiet
from ui.desktop.widgets.layouts import Item, clear, column, fill
from ui.desktop.widgets.toggles import TickBox
from ui.desktop.wording import Text, long_day, words

WIDE = 348
_A_LINE = 2
_MOST = 10  # modules that are named one by one


class People(QWidget):
    """A tick box for everybody who may teach."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self.boxes: dict[bytes, TickBox] = {}
        self._nobody = quiet(words("class-form-nobody"), wrap=True)
        self.setLayout(column(self._grid, self._nobody))

    def offer(self, people: Sequence[PersonRow], chosen: Collection[bytes]) -> None:
        """Offer these, with the chosen ones ticked."""
        clear(self._grid)
        self.boxes = {}
        for at, person in enumerate(people):
            box = TickBox(person.name, person.id in chosen)
            self._grid.addWidget(box, at // _A_LINE, at % _A_LINE)
            self.boxes[person.id] = box
        self._nobody.setVisible(not people)

    def stand_after(self, before: QWidget) -> None:
        """Let Tab come here from another field, and go on from here where it would have gone from there."""
        for box in self.boxes.values():
            QWidget.setTabOrder(before, box)
            before = box

    def value(self) -> tuple[bytes, ...]:
        """Who is ticked."""
        return tuple(who for who, box in self.boxes.items() if box.isChecked())


class ProgrammeCard(Card):
    """What a programme asks and teaches, so that one sees it is the right one."""

    def __init__(self) -> None:
        super().__init__(margins=(20, 18, 20, 18))
        self._title, self._sum = Label("", Role.SECTION, wrap=True), Label("", Role.STRONG)
        self._rule = Label("", Role.SMALL, Tone.INK2, wrap=True)
        self._modules = column(space=6)
        stays = quiet(words("class-form-stays"), wrap=True)
        parts = (quiet(words("class-form-about")), 2, self._title, 10, self._sum, 2, self._rule)
        fill(self.body, [*parts, 12, Rule(), 12, self._modules, 12, Rule(), 12, stays])
        self.setFixedWidth(WIDE)

    def show_programme(self, programme: Programme) -> None:
        """Show this one."""
        self._title.say(programme.title)
        self._sum.say(words("class-form-modules", n=len(programme.modules), jp=programme.jp))
        attendance = roll_call_marks.percent(programme.rule.min_attendance)
        mark = progress_rows.shown(programme.rule.pass_mark)
        self._rule.say(words("class-form-rule", attendance=attendance, mark=mark))
        clear(self._modules)
        named: list[Item] = [
            Label(words("class-form-module", title=module.title, jp=module.jp), Role.SMALL, wrap=True)
            for module in programme.modules[:_MOST]
        ]
        more = len(programme.modules) - _MOST
        fill(self._modules, [*named, *([quiet(words("class-form-more", n=more))] if more > 0 else [])])


class Made(EmptyState):
    """A class was opened: what comes next, each with its button.

    Signals:
        wanted: one of "schedule", "people".
    """

    wanted = Signal(str)

    def __init__(self, key: ClassKey, importing: bool) -> None:
        self.plan = Button(words("schedule-plan"), Kind.PRIMARY, icon="calendar-check")
        verb = words("class-form-import" if importing else "progress-empty-button")
        self.people = Button(verb, icon="users")
        steps = [
            Step(words("schedule-step-plan"), words("schedule-step-plan-how"), self.plan),
            Step(words("progress-empty-step"), words("progress-empty-how"), self.people),
        ]
        title = words("class-form-made", code=key.code)
        super().__init__(title, words("class-form-made-said"), steps, words("class-form-open"))
        self.plan.clicked.connect(lambda: self.wanted.emit("schedule"))
        self.people.clicked.connect(lambda: self.wanted.emit("people"))


def no_programme(fetch: Button) -> EmptyState:
    """Before headquarters' programmes have come, no class can be opened."""
    step = Step(words("class-form-fetch"), words("class-form-fetch-how"), fetch)
    return EmptyState(words("class-form-no-programme"), words("class-form-no-programme-said"), [step])


def written(day: date | None) -> str:
    """A day as it stands in a field; nothing where there is none."""
    return "" if day is None else str(long_day(day))


def named(programme: Programme) -> Text:
    """A version of a programme among others."""
    facts = {"title": programme.title, "code": programme.code, "version": programme.version}
    return words("class-form-version", **facts)
