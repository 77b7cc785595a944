"""What every command of a laptop shares: the data folder, and who is at work."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import platformdirs
import typer
from rich.table import Table

from app.actions.persons import check_pin
from app.command_line import Voice
from app.domain import calendar
from app.domain.ids import CentreCode, class_code
from app.domain.keys import ClassKey
from app.errors import Refused, StorageTrouble
from app.queries import centres, persons
from app.storage import workplace
from app.storage.workplace import Workplace

LEAST_ROOM = 64 * 1024  # bytes; SQLite's index of a write-ahead log takes half of it


@dataclass(slots=True, kw_only=True)
class Desk(Voice):
    """The options that hold for any command.

    `login` and `pin` say who is at work; where only one person works on the laptop they are not needed.
    """

    folder: Path
    login: str | None = None
    pin: str | None = None
    phrase: str | None = None

    @contextmanager
    def workplace(self) -> Iterator[Workplace]:
        """The open data folder; signed and anchored when the command ends."""
        opened = self._opened()
        try:
            yield opened
        finally:
            opened.close()

    def _opened(self) -> Workplace:
        """The open folder. SQLite needs room even to read, and blames the file where there is none."""
        try:
            return workplace.open_folder(self.folder, phrase=self.phrase)
        except StorageTrouble as trouble:
            if trouble.code == "database-unreachable" and shutil.disk_usage(self.folder).free < LEAST_ROOM:
                raise StorageTrouble("disk-full") from trouble
            raise

    def author(self, opened: Workplace, founding: bool = False) -> bytes | None:
        """The person at work: the only one with a PIN on this laptop, or whom `--as` names, by PIN.

        `founding` lets the first person be added by nobody. Raises Refused('no-person-yet' |
        'who-works' | 'pin-wrong') and those of persons.check_pin.
        """
        with opened.store.read() as session:
            known = [row for row in persons.listed(session, only_active=True) if row.has_pin]
            if self.login is not None:
                person = persons.with_login(session, self.login)
        if self.login is not None:
            return self._checked(opened, person)
        if len(known) == 1 or (not known and founding):
            return known[0].id if known else None
        raise Refused("who-works" if known else "no-person-yet", field="as", logins=[p.login for p in known])

    def _checked(self, opened: Workplace, person: persons.PersonRow) -> bytes:
        pin = self.pin or self.ask_pin("cli-ask-pin", name=person.name)
        with opened.store.write() as session:
            right = check_pin(session, person.id, pin)
        if not right:
            raise Refused("pin-wrong", field="pin")
        return person.id

    def ask_pin(self, code: str, again: bool = False, **facts: object) -> str:
        """A PIN typed unseen, twice where it is a new one; Refused('pin-wanted') where nobody can type."""
        if sys.stdin is None or not sys.stdin.isatty():
            raise Refused("pin-wanted", field="pin")
        confirmation = self.words("cli-ask-again") if again else False
        typed = typer.prompt(
            self.words(code, **facts), hide_input=True, err=True, confirmation_prompt=confirmation
        )
        return str(typed)

    @property
    def tongue(self) -> calendar.Language:
        """The person's language, as dates and papers name it."""
        return "en" if self.language == "en" else "id"

    def show(self, document: Mapping[str, object], table: Table | str | None = None) -> None:
        """The result: the document for scripts, else the table or text for people."""
        if self.as_json:
            self.document(document)
        elif isinstance(table, str):
            self.out.print(table, markup=False)
        elif table is not None:
            self.out.print(table)

    def table(
        self, title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], empty: str | None = None
    ) -> Table | str:
        """A table with its heads in the person's language (`title` and `columns` are codes).

        `empty` is the sentence that stands for a table without rows: what to do first.
        """
        if empty is not None and not rows:
            return self.words(empty)
        made = Table(title=self.words(title), title_justify="left", header_style="bold", pad_edge=False)
        for column in columns:
            made.add_column(self.words(column), overflow="fold")
        for row in rows:
            made.add_row(*("" if cell is None else str(cell) for cell in row))
        return made


def default_folder() -> Path:
    """Where the data lies when nobody says otherwise."""
    named = os.environ.get("BALAI_DATA_DIR")
    return Path(named) if named else Path(platformdirs.user_data_dir("balai", appauthor=False))


def class_key(opened: Workplace, code: str) -> ClassKey:
    """The key of a class of this centre by the code somebody typed; Refused('class-code-invalid')."""
    return ClassKey(CentreCode(opened.store.scope), class_code(code))


def today(opened: Workplace) -> date:
    """The calendar day at the centre."""
    with opened.store.read() as session:
        zone = centres.zone(session, opened.store.scope)
    return calendar.local_day(datetime.fromtimestamp(opened.store.clock() / 1000, UTC), zone)
