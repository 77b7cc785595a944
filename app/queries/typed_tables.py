"""Tables of marks or scores as people paste or keep them: what each cell means, or why it doesn't.

Marks: a person, a mark, perhaps the time of arrival and a remark in each line. Scores: either a person, a
module, pre, post, state, remark; or a person, then a column for each test headed `KWU-01 pre`, `KWU-01 post`
or `KWU-01`, which is the post-test. A person is a number in the list, a NIK or its end, or a full name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy.orm import Session

from app.domain import marks, progress, results
from app.domain.attendance import Status
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.domain.progress import ModuleState
from app.domain.results import ResultEntry
from app.domain.typed_tables import CellRefused, Line, Readers, Table, lines
from app.errors import NotFound
from app.queries import classes, programmes, rosters

_MARKS = ("person", "status", "arrival", "remark")
_SCORES = ("person", "module", "pre", "post", "state", "remark")


@dataclass(frozen=True, slots=True)
class MarkTable:
    """Marks by person, and the cells refused; a line with a refused cell gives no mark."""

    marks: Mapping[ParticipantId, MarkEntry]
    refused: tuple[CellRefused, ...]


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Results, and the cells refused; a refused score keeps no other score out."""

    entries: tuple[ResultEntry, ...]
    refused: tuple[CellRefused, ...]


def read_marks(session: Session, key: ClassKey, table: Table) -> MarkTable:
    """The marks in a table with or without a heading; without: person, mark, arrival, remark.

    Codes of refused cells: those of `Finder.find`, "mark-unknown", "time-unreadable", "participant-missing",
    and "participant-twice" for somebody who stands in an earlier line. Raises NotFound("class-unknown").
    """
    classes.head(session, key)
    readers: Readers = {
        "person": rosters.finder(session, key).find,
        "status": marks.status,
        "arrival": marks.minute,
        "remark": str,
    }
    found: dict[ParticipantId, MarkEntry] = {}
    refused: list[CellRefused] = []
    for line in lines(table, _MARKS, lambda heading: None):
        values, faults = line.read(readers)
        faults = faults or [*_lacking(line, values, ("person", "status"))]
        who = cast("ParticipantId", values.get("person", b""))
        if not faults and who in found:
            faults = [line.lacks("person", "participant-twice")]
        if not faults:
            entry = MarkEntry(
                cast("Status", values["status"]),
                cast("int | None", values.get("arrival")),
                cast("str | None", values.get("remark")),
            )
            found[who] = entry
        refused += faults
    return MarkTable(found, tuple(refused))


def read_results(session: Session, key: ClassKey, table: Table) -> ResultTable:
    """The scores in a table, long (with or without a heading) or wide (with one).

    Codes of refused cells: those of `Finder.find`, "module-unknown", "score-…", "module-state-unknown",
    "participant-missing", "module-missing-in-line".
    """
    head = classes.head(session, key)
    programme = programmes.programme(session, head.programme, head.version)
    modules = {m.code.casefold(): m.code for m in programme.modules}
    find = rosters.finder(session, key).find
    entries: list[ResultEntry] = []
    refused: list[CellRefused] = []
    for line in lines(table, _SCORES, lambda heading: _test(heading, modules)):
        if any(name.startswith("module ") for name in line.cells):
            made, faults = _wide(line, {"person": find}, modules)
        else:
            made, faults = _long(line, {"person": find}, modules)
        entries += made
        refused += faults
    return ResultTable(tuple(entries), tuple(refused))


def _long(
    line: Line, readers: Readers, modules: Mapping[str, str]
) -> tuple[list[ResultEntry], list[CellRefused]]:
    def module(text: str) -> str:
        if text.casefold() not in modules:
            raise NotFound("module-unknown", field="module", module=text)
        return modules[text.casefold()]

    values, faults = line.read(
        {**readers, "module": module, "pre": _score, "post": _score, "state": results.state, "remark": str}
    )
    if "person" not in values or "module" not in values:
        return [], faults or [*_lacking(line, values, ("person", "module"))]
    entry = ResultEntry(
        participant=cast("bytes", values["person"]),
        module=cast("str", values["module"]),
        pre=cast("int | None", values.get("pre")),
        post=cast("int | None", values.get("post")),
        state=cast("ModuleState | None", values.get("state")),
        remark=cast("str | None", values.get("remark")),
    )
    return [entry], faults


def _wide(
    line: Line, readers: Readers, modules: Mapping[str, str]
) -> tuple[list[ResultEntry], list[CellRefused]]:
    tests = {name: _score for name in line.cells if name.startswith("module ")}
    values, faults = line.read({**readers, **tests})
    if "person" not in values:
        return [], faults or [*_lacking(line, values, ("person",))]
    who = cast("bytes", values["person"])
    made = []
    for code in modules.values():
        pre, post = (cast("int | None", values.get(f"module {code} {test}")) for test in ("pre", "post"))
        if pre is not None or post is not None:
            made.append(ResultEntry(who, code, pre, post))
    return made, faults


def _test(heading: str, modules: Mapping[str, str]) -> str | None:
    """The name of a wide column: `module KWU-01 pre`."""
    code, _, test = heading.rpartition(" ")
    if heading in modules:
        return f"module {modules[heading]} post"
    test = test.replace("-", "").removesuffix("test")
    return f"module {modules[code]} {test}" if code in modules and test in ("pre", "post") else None


def _score(text: str) -> int:
    return progress.score(text)


def _lacking(line: Line, values: Mapping[str, object], names: tuple[str, ...]) -> Iterator[CellRefused]:
    codes = {"person": "participant-missing", "module": "module-missing-in-line", "status": "mark-missing"}
    for name in names:
        if name not in values:
            yield line.lacks(name, codes[name])
