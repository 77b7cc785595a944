"""What every command of headquarters shares: the folder, and the two ways of speaking."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from rich.table import Table

from app.command_line import Voice
from sync.hq import headquarters as offices
from sync.hq.headquarters import Headquarters


@dataclass(slots=True, kw_only=True)
class Desk(Voice):
    """The options that hold for any command: people read stderr and tables, scripts one JSON document."""

    folder: Path

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
        self.say(code, **document)
        if self.as_json:
            self.document(document)

    def show(self, document: Mapping[str, object], columns: Sequence[str], rows: Sequence[object]) -> None:
        """A result to read: a table with these columns for people (`rows` have attributes of these names)."""
        if self.as_json:
            self.document(document)
            return
        table = Table(header_style="bold", pad_edge=False)
        for column in columns:
            table.add_column(self.words(f"hq-column-{column.replace('_', '-')}"), overflow="fold")
        for row in rows:
            table.add_row(*(_cell(getattr(row, column)) for column in columns))
        self.out.print(table)


def default_folder() -> Path:
    """Where headquarters lies when nobody says otherwise."""
    named = os.environ.get("BALAI_HQ_DIR")
    return Path(named) if named else Path(platformdirs.user_data_dir("balai-hq", appauthor=False))


def _cell(value: object) -> str:
    return "" if value is None else value.hex() if isinstance(value, bytes) else str(value)
