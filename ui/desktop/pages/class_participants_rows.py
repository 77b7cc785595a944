"""The lines of a class's list of participants, grouped by how people stand towards the class."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain import attendance
from app.domain.enrolment import EnrolmentState
from app.queries.class_people import ClassPeople, ClassPerson
from ui.desktop.pages.participants_rows import agreed_cell, nik_cell
from ui.desktop.tokens import Hue, Tone
from ui.desktop.widgets.cells import RIGHT, Cell, Plain, name, side
from ui.desktop.widgets.chips import ChipLook
from ui.desktop.widgets.rows import Column, Edge, Group
from ui.desktop.wording import Text, words

ROW = 36
STATES = (
    EnrolmentState.ENROLLED,
    EnrolmentState.WAITING,
    EnrolmentState.APPLIED,
    EnrolmentState.WITHDRAWN,
    EnrolmentState.MOVED,
)
HUES = {
    EnrolmentState.ENROLLED: Hue.GREEN,
    EnrolmentState.WAITING: Hue.AMBER,
    EnrolmentState.APPLIED: Hue.BLUE,
    EnrolmentState.WITHDRAWN: Hue.GREY,
    EnrolmentState.MOVED: Hue.GREY,
}


def columns() -> list[Column[ClassPerson]]:
    """Place, name, NIK, business, attendance so far, consent."""
    return [
        Column(words("members-place"), _place, edge=Edge.RIGHT),
        Column(words("participants-name"), lambda one: name(one.row.name), share=3, least=150),
        Column(words("participants-nik"), lambda one: nik_cell(one.row.nik)),
        Column(words("participants-business"), lambda one: side(one.row.business or ""), 2, 90),
        Column(words("members-attendance"), _attended, edge=Edge.RIGHT),
        Column(words("participants-consent"), lambda one: agreed_cell(one.agreed)),
    ]


def entries(people: ClassPeople) -> list[ClassPerson | Group]:
    """Groups with their people; empty groups are left out, and so is the only one where all are enrolled."""
    found: list[ClassPerson | Group] = []
    for state in STATES:
        mine = people.at(state)
        if mine and len(mine) < len(people.people):
            chip = ChipLook(words("completion-people", n=len(mine)), HUES[state])
            found.append(Group(words(f"members-{state}"), chip, key=state))
        found += mine
    return found


def rate_said(one: ClassPerson) -> Text:
    """Attendance so far in whole percent, rounded down: 79.9 must never read as 80."""
    rate = one.tally.rate
    return "–" if rate is None else words("classes-percent", rate=attendance.percent(rate) // 100)


def summary(people: ClassPeople) -> Text:
    """How many are enrolled and wait, and what the centre's quota leaves."""
    enrolled, waiting = (len(people.at(state)) for state in STATES[:2])
    code = "members-summary-waiting" if waiting else "members-summary"
    said = words(code, n=enrolled, waiting=waiting)
    if people.quota is None:
        return said
    over = "members-quota-full" if people.taken >= people.quota else "members-quota"
    left = words(over, taken=people.taken, quota=people.quota)
    return words("two-sentences", first=said, second=left)


def full(people: ClassPeople) -> bool:
    """Whether the centre's quota is used up."""
    return people.quota is not None and people.taken >= people.quota


def names(people: Sequence[ClassPerson]) -> dict[bytes, EnrolmentState]:
    """How each of them stands, by id."""
    return {one.row.participant: one.row.state for one in people}


def _place(one: ClassPerson) -> Cell:
    return Plain("" if one.row.place is None else str(one.row.place), Tone.INK2, edge=RIGHT)


def _attended(one: ClassPerson) -> Cell:
    return Plain(rate_said(one), edge=RIGHT)
