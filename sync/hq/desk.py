"""What every command of headquarters shares: the folder, and the two ways of speaking."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs
from rich.console import Console
from rich.table import Table

from sync.hq import headquarters as offices
from sync.hq.headquarters import Headquarters
from sync.hq.words import phrase


@dataclass(slots=True)
class Desk:
    """The options that hold for any command: people read stderr and tables, scripts one JSON document."""

    folder: Path
    as_json: bool = False
    language: str = "id"
    out: Console = field(default_factory=lambda: Console(highlight=False, soft_wrap=not sys.stdout.isatty()))
    err: Console = field(default_factory=lambda: Console(stderr=True, highlight=False, soft_wrap=True))

    @contextmanager
    def headquarters(self) -> Iterator[Headquarters]:
        """The open headquarters of the folder."""
        opened = offices.open_folder(self.folder)
        try:
            yield opened
        finally:
            opened.close()

    def done(self, code: str, document: Mapping[str, object]) -> None:
        """What was done: a sentence filled from the document, which scripts get whole."""
        self.err.print(phrase(code, self.language, **document), markup=False)
        if self.as_json:
            sys.stdout.write(json.dumps(document, ensure_ascii=False, default=_plain) + "\n")
            sys.stdout.flush()

    def show(self, document: Mapping[str, object], columns: Sequence[str], rows: Sequence[object]) -> None:
        """A result to read: a table with these columns for people (`rows` have attributes of these names)."""
        if self.as_json:
            sys.stdout.write(json.dumps(document, ensure_ascii=False, default=_plain) + "\n")
            return
        table = Table(header_style="bold", pad_edge=False)
        for column in columns:
            table.add_column(phrase(f"hq-column-{column.replace('_', '-')}", self.language), overflow="fold")
        for row in rows:
            table.add_row(*(_cell(getattr(row, column)) for column in columns))
        self.out.print(table)


def default_folder() -> Path:
    """Where headquarters lies when nobody says otherwise."""
    named = os.environ.get("BALAI_HQ_DIR")
    return Path(named) if named else Path(platformdirs.user_data_dir("balai-hq", appauthor=False))


def _cell(value: object) -> str:
    return "" if value is None else value.hex() if isinstance(value, bytes) else str(value)


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, set | frozenset | tuple):
        return sorted(value)
    return str(value)
