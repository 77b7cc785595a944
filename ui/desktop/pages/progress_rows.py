"""The lines of the progress grid: what each cell shows in each of the four views, and the averages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain import progress
from app.domain.ids import ModuleCode, ParticipantId
from app.domain.programme import Module
from app.domain.progress import ModuleState, Result
from app.queries.progress_sheet import Place, ProgressSheet
from ui.desktop.tokens import Hue, Tone
from ui.desktop.widgets.cells import Cell, Plain
from ui.desktop.widgets.markcells import Score, Wrong
from ui.desktop.widgets.rows import Edge
from ui.desktop.wording import language, words

_ASIDE = re.compile(r"\s*\([^)]*\)")


class View(StrEnum):
    """What of a result the grid shows."""

    PRE = "pre"
    POST = "post"
    GAIN = "gain"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class GridRow:
    """A person: a cell for each module, the text that typing into it begins with (None: not typed into)."""

    participant: ParticipantId
    place: int
    name: str
    cells: tuple[Cell, ...]
    edits: tuple[str | None, ...]
    finished: int
    modules: int


def rows(
    sheet: ProgressSheet, view: View, entered: Mapping[Place, Result], refused: Mapping[Place, str]
) -> list[GridRow]:
    """A line for everybody; `entered` is on its way to the disk, `refused` stands as it was typed."""
    modules = sheet.grid.programme.modules
    found = []
    for number, person in enumerate(sheet.grid.people, 1):
        who = person.participant
        results = {m.code: entered.get((who, m.code)) or result_of(sheet, who, m.code) for m in modules}
        cells: list[Cell] = []
        for module in modules:
            place = (who, module.code)
            if place in refused:
                cells.append(Wrong(refused[place]))
            else:
                cells.append(_cell(sheet, view, module, results[module.code], place in sheet.disputed))
        found.append(
            GridRow(
                who,
                number if person.place is None else person.place,
                person.name,
                tuple(cells),
                tuple(refused.get((who, m.code), text_of(results[m.code], view)) for m in modules),
                sum(result.finished for result in results.values()),
                len(modules),
            )
        )
    return found


def averages(sheet: ProgressSheet, view: View, entered: Mapping[Place, Result]) -> list[str]:
    """The figure under each module: the mean, one decimal at most; for states how many are done."""
    found = []
    for module in sheet.grid.programme.modules:
        results = [
            entered.get((p.participant, module.code)) or result_of(sheet, p.participant, module.code)
            for p in sheet.grid.people
        ]
        if view is View.STATE:
            done = sum(result.finished for result in results)
            found.append(f"{done} / {len(results)}" if done else "")
            continue
        mean = progress.average(value_of(result, view) for result in results)
        found.append("" if mean is None else shown(round(mean / 10) * 10))
    return found


def result_of(sheet: ProgressSheet, who: ParticipantId, module: ModuleCode) -> Result:
    """What is on record; a result that is not begun where there is none."""
    cell = sheet.grid.cells.get(who, {}).get(module)
    return Result(module, ModuleState.NOT_STARTED) if cell is None else cell.result


def value_of(result: Result, view: View) -> int | None:
    """The number of a view, in hundredths."""
    if view is View.GAIN:
        return progress.gain(result)
    return result.pre if view is View.PRE else result.post


def text_of(result: Result, view: View) -> str | None:
    """What typing begins with: the value as people write it, None where a view is only looked at."""
    if view is View.GAIN:
        return None
    if view is View.STATE:
        known = result.state is not ModuleState.NOT_STARTED
        return str(words(f"progress-state-{result.state}")) if known else ""
    value = value_of(result, view)
    return "" if value is None else shown(value)


def shown(hundredths: int) -> str:
    """A score as the language in force writes it: 85,5 or 85.5."""
    return progress.score_text(hundredths, "." if language() == "en" else ",")


def short_title(module: Module) -> str:
    """A title for the head of a narrow column: without what stands in brackets or after a colon."""
    return _ASIDE.sub("", module.title).partition(":")[0].strip() or module.title


def _cell(sheet: ProgressSheet, view: View, module: Module, result: Result, disputed: bool) -> Cell:
    if view is View.STATE:
        return _state(result, disputed)
    value = value_of(result, view)
    text = "" if value is None else shown(value)
    if view is View.GAIN:
        return Score(f"+{text}" if value is not None and value > 0 else text.replace("-", "\N{MINUS SIGN}"))
    if disputed:
        return Score(text, Hue.TEAL, icon="refresh-cw")
    if view is View.POST and value is not None and value < sheet.grid.programme.pass_mark(module):
        return Score(text, Hue.RED, "!")
    return Score(text)


def _state(result: Result, disputed: bool) -> Cell:
    said = words(f"progress-state-{result.state}")
    if disputed:
        return Score(str(said), Hue.TEAL, icon="refresh-cw")
    if result.state is ModuleState.NOT_STARTED:
        return Score("")
    quiet = result.state is ModuleState.IN_PROGRESS
    return Plain(said, Tone.INK2 if quiet else Tone.INK, edge=Edge.MIDDLE.value)
