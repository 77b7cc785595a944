"""The list of reports with what each is for, and the periods a class can be reported on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.queries.report_rows import Period
from app.reports import output
from app.reports.rows import Attendance
from ui.desktop import theme
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets import painting
from ui.desktop.widgets.cells import Cell
from ui.desktop.widgets.rows import Column
from ui.desktop.widgets.tableparts import broken
from ui.desktop.wording import Day, Text, short_day, words

ROW = 78
_ICON, _LINE, _LINES = 34, 18, 2
_ICONS = {
    "attendance-sheet": "clipboard-list",
    "attendance-recap": "calendar-check",
    "score-recap": "file-spreadsheet",
    "completion-list": "circle-check",
    "cards": "barcode",
}


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report by its name on the command line."""

    name: str

    @property
    def title(self) -> Text:
        """What people call it."""
        return words(f"reports-{self.name}")

    @property
    def by_period(self) -> bool:
        """Whether it can tell of a part of the class's days."""
        return output.NAMES[self.name] is Attendance


@dataclass(frozen=True, slots=True)
class _Told(Cell):
    """An icon, a title, and a sentence of two lines."""

    icon: str
    text: Text
    detail: Text

    def words(self) -> str:
        return f"{self.text}. {self.detail}"

    def wide(self) -> int:
        return _ICON + theme.width(Role.TITLE, str(self.text))

    def draw(self, painter: QPainter, place: QRectF, selected: bool) -> None:
        lines = broken(str(self.detail), Role.SMALL, place.width() - _ICON)
        top = place.center().y() - (20 + _LINE * min(len(lines), _LINES)) / 2
        tone = Tone.LINK if selected else Tone.INK2
        painting.icon(painter, self.icon, QRectF(place.left(), top, 20, 20), tone, 20)
        left, room = place.left() + _ICON, place.width() - _ICON
        role = Role.TITLE if selected else Role.STRONG
        painting.text(painter, QRectF(left, top, room, 20), str(self.text), role, Tone.INK)
        if len(lines) > _LINES:
            lines = [*lines[: _LINES - 1], " ".join(lines[_LINES - 1 :])]
        for at, line in enumerate(lines):
            under = QRectF(left, top + 21 + _LINE * at, room, _LINE)
            painting.text(painter, under, line, Role.SMALL, Tone.INK2)


def rows() -> list[ReportRow]:
    """All reports there are."""
    return [ReportRow(name) for name in output.NAMES]


def columns() -> list[Column[ReportRow]]:
    """One: what it is, and what for."""
    return [Column("", _cell, least=240, share=1)]


def _cell(row: ReportRow) -> Cell:
    return _Told(_ICONS.get(row.name, "file-text"), row.title, words(f"reports-{row.name}-for"))


def periods(found: Iterable[date], today: date) -> list[tuple[Period | None, Text]]:
    """All of it; up to today while it goes on; and each month and week, where there are more than one."""
    days = sorted(set(found))
    offered: list[tuple[Period | None, Text]] = [(None, words("reports-whole"))]
    if not days:
        return offered
    if days[0] <= today < days[-1]:
        offered.append(((days[0], today), words("reports-until-today")))
    months = _grouped(days, lambda day: day.replace(day=1))
    weeks = _grouped(days, lambda day: day - timedelta(days=day.weekday()))
    if len(months) > 1:
        offered += [(month, Day(month[0], "MMMM yyyy")) for month in months]
    if len(weeks) > 1:
        offered += [(week, _range(week)) for week in weeks]
    return offered


def _grouped(days: list[date], start: Callable[[date], date]) -> list[Period]:
    """The first and last day of each group of days that begin together."""
    groups: dict[date, list[date]] = {}
    for day in days:
        groups.setdefault(start(day), []).append(day)
    return [(group[0], group[-1]) for group in groups.values()]


def _range(period: Period) -> Text:
    first, last = period
    if first == last:
        return short_day(first)
    return words("reports-from-to", first=Day(first, "d MMM"), last=short_day(last))
