"""A table that somebody pasted or keeps in a file: which column means what, and cells read one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.errors import Refused

Table = Sequence[Sequence[str]]
Readers = Mapping[str, Callable[[str], object]]

_SPELLINGS = {
    "person": "no, nomor, nik, nama, peserta, name, participant, person",
    "module": "modul, module, kode modul",
    "pre": "pre, pre-test, pretest, pre test, nilai awal",
    "post": "post, post-test, posttest, post test, nilai, nilai akhir, score",
    "state": "keadaan, status modul, state",
    "status": "status, kehadiran, hadir, tanda, mark",
    "arrival": "jam, datang, jam datang, arrival, time",
    "remark": "keterangan, catatan, remark",
}
_MEANING = {spelling: name for name, words in _SPELLINGS.items() for spelling in words.split(", ")}


@dataclass(frozen=True, slots=True)
class CellRefused:
    """A cell that means nothing that can be written: its line and column, both from 1, code and facts."""

    line: int
    column: int
    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: its number from 1, and the place and text of each named cell."""

    number: int
    cells: Mapping[str, tuple[int, str]]

    def read(self, readers: Readers) -> tuple[dict[str, object], list[CellRefused]]:
        """The cells as values, and those refused. A cell that is not there, or empty, has no value."""
        values: dict[str, object] = {}
        refused = []
        for name, reader in readers.items():
            column, text = self.cells.get(name, (0, ""))
            try:
                if text:
                    values[name] = reader(text)
            except Refused as fault:
                refused.append(CellRefused(self.number, column + 1, fault.code, fault.facts))
        return values, refused

    def lacks(self, name: str, code: str) -> CellRefused:
        """The refusal of a cell that must not be empty."""
        return CellRefused(self.number, self.cells.get(name, (0, ""))[0] + 1, code, {})


def lines(table: Table, names: Sequence[str], wide: Callable[[str], str | None]) -> Iterator[Line]:
    """The lines below the heading, or all where there is none and the columns are `names` in order.

    `wide` names a heading that is none of the usual ones, or answers None. Empty lines are left out.
    """
    heading = [_named(cell, names, wide) for cell in table[0]] if table else []
    headed = "person" in heading
    columns = {name: place for place, name in enumerate(heading if headed else names) if name}
    for number, row in enumerate(table, 1):
        if (headed and number == 1) or not any(cell.strip() for cell in row):
            continue
        yield Line(number, {n: (at, row[at].strip()) for n, at in columns.items() if at < len(row)})


def _named(cell: str, names: Sequence[str], wide: Callable[[str], str | None]) -> str | None:
    typed = " ".join(cell.casefold().split())
    name = _MEANING.get(typed)
    if name == "status" and "status" not in names:
        name = "state"
    return name if name in names else wide(typed)


def headed(table: Table) -> bool:
    """Whether the first line is a heading: one of its cells heads the column of people."""
    return bool(table) and any(_named(cell, ("person",), lambda _: None) for cell in table[0])
