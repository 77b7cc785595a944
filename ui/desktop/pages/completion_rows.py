"""The list of the completion page: everybody by what is still possible, with what is missing in words."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.domain import attendance
from app.domain.completion import Missing, Outcome
from app.queries.completion import CompletionLine
from ui.desktop import theme
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets import chips, painting
from ui.desktop.widgets.cells import Cell
from ui.desktop.widgets.chips import ChipLook
from ui.desktop.widgets.rows import Group
from ui.desktop.wording import Text, Words, language, words

FOLDED = 7
"""So many of the first group are shown until one asks for all, so that the others stay in sight."""
MORE = "more"


class Fate(StrEnum):
    """What is still possible for somebody in this class."""

    MET = "met"
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"


ICON = {
    Fate.MET: ("circle-check", Hue.GREEN),
    Fate.POSSIBLE: ("circle-alert", Hue.AMBER),
    Fate.IMPOSSIBLE: ("circle-minus", Hue.RED),
}


@dataclass(frozen=True, slots=True)
class Judged(Cell):
    """A name after the icon of its fate."""

    icon: str
    hue: Hue
    name: Text

    def words(self) -> str:
        return str(self.name)

    def wide(self) -> int:
        return 30 + theme.width(Role.TITLE, str(self.name))

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        painting.icon(
            painter, self.icon, QRectF(place.left(), place.top(), 18, place.height()), self.hue.solid
        )
        folded = self.icon == "chevron-down"
        role = Role.TITLE if selected else Role.STRONG if folded else Role.NAME
        tone = Tone.LINK if folded else Tone.INK
        painting.text(painter, place.adjusted(30, 0, 0, 0), str(self.name), role, tone)


@dataclass(frozen=True, slots=True)
class Told(Cell):
    """How somebody stands in a sentence, and at the end what was decided."""

    text: Text
    decided: ChipLook | None = None

    def words(self) -> str:
        return str(self.text) if self.decided is None else f"{self.text}. {self.decided.text}"

    def wide(self) -> int:
        return theme.width(Role.SMALL, str(self.text)) + self._chip_width()

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        room = place.adjusted(0, 0, -self._chip_width(), 0)
        painting.text(painter, room, str(self.text), Role.SMALL, Tone.INK2)
        if self.decided is not None:
            top = round(place.center().y()) - chips.HEIGHT // 2
            chips.draw(painter, place.right() - chips.width(self.decided), top, self.decided)

    def _chip_width(self) -> int:
        return 0 if self.decided is None else chips.width(self.decided) + 8


@dataclass(frozen=True, slots=True)
class ListRow:
    """A person, or the line that unfolds the rest of a group."""

    key: Hashable
    who: Judged
    told: Told


def fate(line: CompletionLine) -> Fate:
    """Where somebody stands by the rule."""
    if line.judgement.outcome is Outcome.PASSED:
        return Fate.MET
    return Fate.POSSIBLE if line.judgement.still_possible else Fate.IMPOSSIBLE


def undecided(lines: Collection[CompletionLine], group: Fate) -> list[CompletionLine]:
    """Those of a group on whom nothing is decided."""
    return [line for line in lines if fate(line) is group and line.decision is None]


def entries(lines: Collection[CompletionLine], unfolded: bool) -> list[ListRow | Group]:
    """Groups with their people; empty groups are left out."""
    found: list[ListRow | Group] = []
    for group in Fate:
        mine = [line for line in lines if fate(line) is group]
        if not mine:
            continue
        people = ChipLook(words("completion-people", n=len(mine)), ICON[group][1])
        found.append(Group(words(f"completion-{group}"), people, key=group))
        fold = group is Fate.MET and not unfolded and len(mine) > FOLDED + 1
        found += [_row(line, group) for line in (mine[:FOLDED] if fold else mine)]
        if fold:
            more = words("completion-more", n=len(mine) - FOLDED)
            found.append(ListRow(MORE, Judged("chevron-down", Hue.BLUE, more), Told("")))
    return found


def missing_words(lack: Missing) -> Words:
    """What is missing, in a sentence."""
    return words(lack.code, **lack.facts("." if language() == "en" else ","))


def percent(line: CompletionLine) -> int | None:
    """Attendance in whole percent, rounded down: 79.9 must never read as 80."""
    rate = line.standing.tally.rate
    return None if rate is None else attendance.percent(rate) // 100


def _row(line: CompletionLine, group: Fate) -> ListRow:
    who = Judged(*ICON[group], line.person.name)
    return ListRow(line.person.participant, who, Told(_detail(line), _chip(line)))


def _detail(line: CompletionLine) -> Text:
    lacks = line.judgement.missing
    if not lacks:
        average = line.judgement.average
        facts = {
            "attendance": percent(line) or 0,
            "average": "–" if average is None else round(average / 100),
        }
        return words("completion-met-detail", **facts)
    first = next((lack for lack in lacks if lack.final), lacks[0])
    if len(lacks) == 1:
        return missing_words(first)
    return words("completion-missing-more", first=missing_words(first), n=len(lacks) - 1)


def _chip(line: CompletionLine) -> ChipLook | None:
    if line.decision is None:
        return None
    passed = line.decision.outcome is Outcome.PASSED
    return ChipLook(line.decision.outcome.value, Hue.GREEN if passed else Hue.GREY)
