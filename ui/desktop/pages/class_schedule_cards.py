"""The cards at the right of the schedule: the chosen session, or one of the forms in its place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.errors import Trouble
from ui.desktop.desk import Desk
from ui.desktop.pages.class_schedule_forms import NotHeldForm, SessionForm
from ui.desktop.pages.class_schedule_plan import PlanForm
from ui.desktop.pages.class_schedule_side import SessionCard
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.empty import EmptyState, Step
from ui.desktop.widgets.layouts import Grow, Item, clear, column, fill
from ui.desktop.wording import words

Asking = SessionForm | NotHeldForm | PlanForm


class Cards(QWidget):
    """One of four cards is shown.

    Signals:
        dropped: the form that is open is not wanted any more.
    """

    dropped = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.card, self.not_held = SessionCard(), NotHeldForm()
        self.form, self.plan_form = SessionForm(desk), PlanForm(desk)
        self._forms: tuple[Asking, ...] = (self.form, self.not_held, self.plan_form)
        for form in self._forms:
            form.dropped.connect(self.dropped)
        self.setLayout(column(self.card, *self._forms, Grow()))
        self.open(None)

    @property
    def asking(self) -> Asking | None:
        """The form that is open, if one is."""
        return next((form for form in self._forms if not form.isHidden()), None)

    def open(self, form: Asking | None) -> None:
        """Show this form in the place of the card; None: the card."""
        self.card.setVisible(form is None)
        for other in self._forms:
            other.setVisible(other is form)

    def refuse(self, trouble: Trouble) -> bool:
        """Say in the open form what is wrong; False where none is open."""
        form = self.asking
        if form is not None:
            form.refuse(trouble)
        return form is not None


class Room(QWidget):
    """The place of list and card, where something else may be shown instead for a while."""

    def __init__(self, usual: QWidget) -> None:
        super().__init__()
        self._usual = usual
        self._other = column()
        self.setLayout(column(Grow(usual), Grow(self._other)))

    def put(self, *other: Item) -> None:
        """Show this instead; with nothing, show the usual again."""
        clear(self._other)
        self._usual.setVisible(not other)
        fill(self._other, other)


def empty(plan: Button, add: Button) -> EmptyState:
    """A class without sessions."""
    steps = [
        Step(words("schedule-step-plan"), words("schedule-step-plan-how"), plan),
        Step(words("schedule-step-add"), words("schedule-step-add-how"), add),
    ]
    return EmptyState(words("schedule-empty"), words("schedule-empty-said"), steps)


def plan_button(primary: bool = False) -> Button:
    """The button that opens the form for many."""
    return Button(words("schedule-plan"), Kind.PRIMARY if primary else Kind.NORMAL, icon="calendar-check")


def add_button() -> Button:
    """The button that opens the form for one."""
    return Button(words("schedule-add"), icon="plus")
