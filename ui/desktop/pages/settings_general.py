"""Settings of how the window looks and when it locks; they hold from the moment they are chosen."""

from __future__ import annotations

import importlib.util

from PySide6.QtWidgets import QWidget

from ui.desktop.desk import Desk
from ui.desktop.preferences import LOCK_MINUTES
from ui.desktop.theme import Choice
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.cards import Card, Rule
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Item, column, fill, row
from ui.desktop.widgets.switches import Option, Switch
from ui.desktop.wording import Text, Words, language, use_language, words

LANGUAGES = (("id", "language-id"), ("en", "language-en"))
THEMES = ((Choice.LIGHT, "theme-light"), (Choice.DARK, "theme-dark"), (Choice.SYSTEM, "theme-system"))


class GeneralTab(QWidget):
    """Language, theme, lock; printers where this copy of the program prints by itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.language = Switch([Option(code, words(said)) for code, said in LANGUAGES])
        self.language.chosen.connect(self._on_language_chosen)
        self.theme = Switch([Option(choice, words(said)) for choice, said in THEMES])
        self.theme.chosen.connect(self._on_theme_chosen)
        self.minutes = Switch([Option(minutes, _minutes(minutes)) for minutes in LOCK_MINUTES])
        self.minutes.chosen.connect(self._on_minutes_chosen)
        self._lock = Button(words("lock-now"), icon="lock")
        self._lock.clicked.connect(desk.locked)
        look = Card(
            *_setting("settings-language", "settings-language-what", self.language),
            16, Rule(), 16,
            *_setting("settings-theme", "settings-theme-what", self.theme),
            margins=(20, 18, 20, 18),
        )  # fmt: skip
        lock = Card(
            *_setting("settings-lock", "settings-lock-what", self.minutes),
            14, row(self._lock, Grow()),
            margins=(20, 18, 20, 18),
        )  # fmt: skip
        parts: list[Item] = [look, 14, lock]
        if importlib.util.find_spec("app.printing") is not None:
            printing = Card(margins=(20, 18, 20, 18))
            fill(printing.body, _setting("settings-printer", "settings-printer-what"))
            parts += [14, printing]
        self.setLayout(column(*parts, Grow()))

    def show_chosen(self) -> None:
        """Show what holds now."""
        self.language.choose(language())
        self.theme.choose(self._desk.preferences.theme)
        self.minutes.choose(self._desk.preferences.lock_minutes)

    def _on_language_chosen(self, chosen: object) -> None:
        self._desk.preferences.language = str(chosen)
        self._desk.preferences.save()
        use_language(str(chosen))

    def _on_theme_chosen(self, chosen: object) -> None:
        choice = Choice(str(chosen))
        self._desk.preferences.theme = choice
        self._desk.preferences.save()
        self._desk.theme.choose(choice)

    def _on_minutes_chosen(self, chosen: object) -> None:
        minutes = int(str(chosen))
        self._desk.preferences.lock_minutes = minutes
        self._desk.preferences.save()
        self._desk.idle_set.emit(minutes)


def _setting(title: str, what: str, *controls: QWidget) -> list[Item]:
    """A heading, a sentence on what it does, and the control at the right."""
    said = column(Label(words(title), Role.SECTION), 2, Label(words(what), Role.BODY, Tone.INK2, wrap=True))
    return [row(Grow(said), 20, *controls)]


def _minutes(minutes: int) -> Words | Text:
    return words("lock-after", n=minutes) if minutes else words("lock-never")
