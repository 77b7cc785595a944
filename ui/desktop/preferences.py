"""What this machine's window remembers, before and without any database: theme, language, lock, size."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from app.wording import LANGUAGES
from ui.desktop.theme import Choice

LOCK_MINUTES = (5, 10, 30, 0)
"""What can be chosen; the second one holds until somebody chooses."""


class Preferences:
    """A small file in the data folder; unreadable or missing values are the defaults."""

    def __init__(self, folder: Path) -> None:
        self._file = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    @property
    def theme(self) -> Choice:
        """Light, dark, or as the system."""
        kept = self._file.value("theme")
        return Choice(kept) if kept in list(Choice) else Choice.SYSTEM

    @theme.setter
    def theme(self, choice: Choice) -> None:
        self._file.setValue("theme", choice.value)

    @property
    def language(self) -> str:
        """ "id" or "en"."""
        kept = self._file.value("language")
        return str(kept) if kept in LANGUAGES else LANGUAGES[0]

    @language.setter
    def language(self, chosen: str) -> None:
        self._file.setValue("language", chosen)

    @property
    def lock_minutes(self) -> int:
        """After how many minutes without a touch the window locks; 0: never."""
        kept = str(self._file.value("lock-minutes"))
        return int(kept) if kept.isdecimal() and int(kept) in LOCK_MINUTES else LOCK_MINUTES[1]

    @lock_minutes.setter
    def lock_minutes(self, minutes: int) -> None:
        self._file.setValue("lock-minutes", minutes)

    @property
    def last_person(self) -> str:
        """The id, in hex digits, of who signed in last; their card is chosen first."""
        kept = str(self._file.value("last-person"))
        return kept if len(kept) == 32 and set(kept) <= set("0123456789abcdef") else ""

    @last_person.setter
    def last_person(self, person: str) -> None:
        self._file.setValue("last-person", person)

    @property
    def geometry(self) -> QByteArray | None:
        """The window's size and place as Qt keeps them; None the first time."""
        kept = self._file.value("geometry")
        return kept if isinstance(kept, QByteArray) else None

    @geometry.setter
    def geometry(self, kept: QByteArray) -> None:
        self._file.setValue("geometry", kept)

    def save(self) -> None:
        """Write the file now."""
        self._file.sync()
