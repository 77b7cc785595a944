"""The window's language: texts that are said anew when it changes, days and times as people write them.

A widget is given a `Text`: a plain string where it is somebody's data, `Words` where it is ours. It
keeps it and says it again on QEvent.LanguageChange, so nobody has to be restarted or told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QEvent, QLocale

from app.errors import Trouble
from app.wording import LANGUAGES, phrase

_LOCALES = {"id": "id_ID", "en": "en_GB"}


class _InForce:
    """The language in force; Indonesian until somebody chooses another."""

    language = LANGUAGES[0]


_in_force = _InForce()


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence by its code, to be said in whatever language is in force when it is drawn: str(words)."""

    code: str
    facts: Mapping[str, object]

    def __str__(self) -> str:
        return phrase(self.code, _in_force.language, **self.facts)


@dataclass(frozen=True, slots=True)
class Day:
    """A day in Qt's pattern letters, for example "dddd, d MMMM yyyy"."""

    day: date
    pattern: str

    def __str__(self) -> str:
        locale = QLocale(_LOCALES.get(_in_force.language, _LOCALES[LANGUAGES[0]]))
        return locale.toString(QDate(self.day.year, self.day.month, self.day.day), self.pattern)


Text = str | Words | Day


def words(code: str, /, **facts: object) -> Words:
    """The sentence of this code (resources/wording/*.json) with its facts; `n` chooses between plural forms.
    Facts may be texts themselves."""
    return Words(code, facts)


def told(trouble: Trouble) -> Words:
    """What a trouble says to a person."""
    field = {} if trouble.field is None else {"field": trouble.field}
    return Words(trouble.code, {**field, **trouble.facts})


def long_day(day: date) -> Day:
    """Selasa, 24 November 2026."""
    return Day(day, "dddd, d MMMM yyyy")


def plain_day(day: date) -> Day:
    """24 November 2026."""
    return Day(day, "d MMMM yyyy")


def short_day(day: date) -> Day:
    """24 Nov 2026."""
    return Day(day, "d MMM yyyy")


def clock(minutes: int) -> str:
    """A time of the day from minutes since midnight: 08.30, as Indonesian writes it and English may."""
    return f"{minutes // 60:02}.{minutes % 60:02}"


def number(n: int) -> str:
    """A count with its thousands set apart: 7.465, or 7,465 in English."""
    return f"{n:,}" if _in_force.language == "en" else f"{n:,}".replace(",", ".")


class Count(int):
    """A count inside a sentence: its thousands set apart, and still the number that plural forms go by."""

    def __str__(self) -> str:
        return number(int(self))


def language() -> str:
    """The language in force: "id" or "en"."""
    return _in_force.language


def use_language(chosen: str) -> None:
    """Speak this language from now on; every widget hears QEvent.LanguageChange."""
    if chosen == _in_force.language:
        return
    _in_force.language = chosen
    running = QCoreApplication.instance()
    if running is not None:
        QCoreApplication.sendEvent(running, QEvent(QEvent.Type.LanguageChange))
        # Qt hands it on to the windows by post; nobody should see half a window in the old language.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
