"""The look in force: colours, fonts and the few rules Qt's own controls are styled with.

Like QApplication.palette() it belongs to the whole program: `colour` and `font` answer for the
scheme in force, and every widget hears of another one through QEvent.PaletteChange.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.desktop.tokens import RESOURCES, Role, Scheme, Tone, tokens

FAMILY: Final = "Balai Sans"
_TIGHT = 24  # pixels; from here on letters stand a little closer
_FILES = ("Regular", "Medium", "SemiBold", "Bold")


class Choice(StrEnum):
    """What a person set: one of the two, or what the system does."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def colour(tone: Tone) -> QColor:
    """The colour of this use in the scheme in force."""
    return _colours(_in_force.scheme)[tone]


def scheme() -> Scheme:
    """The scheme in force."""
    return _in_force.scheme


@cache
def font(role: Role) -> QFont:
    """The font of this role: sized in pixels, and unhinted, so that letters keep their own spacing.

    Digits are tabular as the faces stand (a test holds it).
    """
    face = tokens().type[role]
    made = QFont(FAMILY)
    made.setPixelSize(face.size)
    made.setWeight(QFont.Weight(face.weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if face.size >= _TIGHT:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.008 * face.size)
    return made


@cache
def metrics(role: Role) -> QFontMetricsF:
    """The measures of a role's font."""
    return QFontMetricsF(font(role))


def line(role: Role) -> int:
    """The line height of a role, in logical pixels."""
    return tokens().type[role].line


def width(role: Role, text: str) -> int:
    """How wide a text is in this role, rounded up."""
    return int(metrics(role).horizontalAdvance(text) + 0.999)


def load_fonts() -> None:
    """Give Qt the faces of resources/fonts; once, after the application object is made."""
    for style in _FILES:
        file = RESOURCES / "fonts" / f"BalaiSans-{style}.ttf"
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise OSError(f"the font {file.name} cannot be read")


class Theme(QObject):
    """Sets the look of the application and follows the system where that is chosen.

    Signals:
        changed: another scheme is in force; widgets have been told already.
    """

    changed = Signal()

    def __init__(self, application: QApplication, choice: Choice = Choice.SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self.choice = choice
        application.setFont(font(Role.BODY))
        application.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._apply(force=True)

    def choose(self, choice: Choice) -> None:
        """Use this from now on."""
        self.choice = choice
        self._apply()

    def _on_system_changed(self) -> None:
        if self.choice is Choice.SYSTEM:
            self._apply()

    def _apply(self, force: bool = False) -> None:
        wanted = _wanted(self.choice)
        if wanted is _in_force.scheme and not force:
            return
        _in_force.scheme = wanted
        self._application.setPalette(_palette())
        self._application.setStyleSheet(_rules())
        self.changed.emit()


class _InForce:
    """Which scheme holds; light until a Theme says otherwise."""

    scheme = Scheme.LIGHT


_in_force = _InForce()


def _wanted(choice: Choice) -> Scheme:
    if choice is not Choice.SYSTEM:
        return Scheme(choice.value)
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return Scheme.DARK if dark else Scheme.LIGHT


@cache
def _colours(of: Scheme) -> dict[Tone, QColor]:
    return {tone: QColor(code) for tone, code in tokens().colour[of].items()}


def _palette() -> QPalette:
    roles = {
        QPalette.ColorRole.Window: Tone.BG,
        QPalette.ColorRole.Base: Tone.SURFACE,
        QPalette.ColorRole.AlternateBase: Tone.SURFACE,
        QPalette.ColorRole.Button: Tone.SURFACE,
        QPalette.ColorRole.WindowText: Tone.INK,
        QPalette.ColorRole.Text: Tone.INK,
        QPalette.ColorRole.ButtonText: Tone.INK,
        QPalette.ColorRole.PlaceholderText: Tone.INK3,
        QPalette.ColorRole.Highlight: Tone.ACCENT,
        QPalette.ColorRole.HighlightedText: Tone.ON_ACCENT,
        QPalette.ColorRole.Link: Tone.LINK,
        QPalette.ColorRole.LinkVisited: Tone.LINK,
        QPalette.ColorRole.ToolTipBase: Tone.INK,
        QPalette.ColorRole.ToolTipText: Tone.BG,
        QPalette.ColorRole.Mid: Tone.LINE,
        QPalette.ColorRole.Accent: Tone.ACCENT,
    }
    made = QPalette()
    for role, tone in roles.items():
        made.setColor(role, colour(tone))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, colour(Tone.INK3))
    return made


def _rules() -> str:
    """Qt's own controls, where painting them ourselves would cost more than it brings."""
    named = {tone.value.replace("-", "_"): colour(tone).name() for tone in Tone}
    return (RESOURCES / "window.qss").read_text(encoding="utf-8").format_map(named)
