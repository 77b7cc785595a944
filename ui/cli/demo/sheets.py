"""Made-up marks and scores, as CSV that an instructor might have kept; the same for the same seed."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

MODULES = tuple(f"KWU-{n:02}" for n in range(1, 13))
WEAK_EVERY = 20  # one in so many misses too much, and one in so many fails a module
FAILED = 62


def marks(path: Path, people: int, session: int, seed: int) -> Path:
    """A roll call of numbers 1..people; most are there, a few are late, excused, sick or absent."""
    chance = random.Random(f"{seed}/{session}")  # made-up data
    rows: list[list[object]] = [["No", "Status", "Jam", "Keterangan"]]
    for number in range(1, people + 1):
        status = (
            "A" if number % WEAK_EVERY == 0 and session > 2 else chance.choices("HTISA", (90, 4, 2, 2, 1))[0]
        )
        arrival = f"08.{chance.randint(31, 55)}" if status == "T" else ""
        rows.append([number, status, arrival, "surat dokter" if status == "S" else ""])
    return _write(path, rows)


def scores(path: Path, people: int, seed: int) -> Path:
    """Pre- and post-tests of every module, a column each."""
    chance = random.Random(f"{seed}/scores")  # made-up data
    rows: list[list[object]] = [["No", *(f"{code} {test}" for code in MODULES for test in ("pre", "post"))]]
    for number in range(1, people + 1):
        line: list[object] = [number]
        for code in MODULES:
            post = chance.randint(71, 98)
            if number % WEAK_EVERY == 7 and code == MODULES[6]:
                post = FAILED
            line += [
                max(20, post - chance.randint(5, 40)),
                f"{post},5" if chance.random() < 0.2 and post != FAILED else post,
            ]
        rows.append(line)
    return _write(path, rows)


def part(source: Path, path: Path, first: int, last: int) -> Path:
    """A roster of rows first..last (from 1, below the heading) of a workbook, as CSV."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(source).get_sheet_by_index(0).to_python()
    return _write(path, [rows[0], *([_cell(cell) for cell in row] for row in rows[first : last + 1])])


def _cell(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _write(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.getvalue(), encoding="utf-8-sig")
    return path
