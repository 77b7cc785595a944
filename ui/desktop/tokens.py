"""The colours, sizes and type roles of resources/tokens.json, as data and without Qt."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


class Scheme(StrEnum):
    """The two sets of colours."""

    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """A colour by its use; its value is its name in tokens.json."""

    BG = "bg"
    SURFACE = "surface"
    SUNKEN = "sunken"
    LINE = "line"
    LINE2 = "line2"
    INK = "ink"
    INK2 = "ink2"
    INK3 = "ink3"
    ACCENT = "accent"
    ON_ACCENT = "on-accent"
    HOVER = "hover"
    ACCENT_SOFT = "accent-soft"
    LINK = "link"
    RAIL = "rail"
    RAIL_TEXT = "rail-text"
    RAIL_SELECTION = "rail-selection"
    ON_RAIL = "on-rail"
    GREEN = "green"
    GREEN_TINT = "green-tint"
    AMBER = "amber"
    AMBER_TINT = "amber-tint"
    TEAL = "teal"
    TEAL_TINT = "teal-tint"
    PLUM = "plum"
    PLUM_TINT = "plum-tint"
    RED = "red"
    RED_TINT = "red-tint"
    BADGE = "badge"
    ON_BADGE = "on-badge"
    KAWUNG = "kawung"
    RAIL_KAWUNG = "rail-kawung"


class Hue(StrEnum):
    """A meaning that has a tint: green done, amber warning, teal conflict, plum, red error.

    Blue and grey only stand out; white does so on a selected row.
    """

    GREEN = "green"
    AMBER = "amber"
    TEAL = "teal"
    PLUM = "plum"
    RED = "red"
    BLUE = "blue"
    GREY = "grey"
    WHITE = "white"

    @property
    def solid(self) -> Tone:
        """The strong colour: letters on the tint, or the square that a letter stands on."""
        return _SOLID.get(self) or Tone(self.value)

    @property
    def tint(self) -> Tone:
        """The ground."""
        return _TINT.get(self) or Tone(f"{self.value}-tint")


_SOLID = {Hue.BLUE: Tone.LINK, Hue.GREY: Tone.INK2, Hue.WHITE: Tone.LINK}
_TINT = {Hue.BLUE: Tone.ACCENT_SOFT, Hue.GREY: Tone.SUNKEN, Hue.WHITE: Tone.SURFACE}


class Role(StrEnum):
    """What a text is; decides size, line height and weight."""

    HERO = "hero"
    SLOGAN = "slogan"
    HOLDER = "holder"
    SIGNED = "signed"
    DISPLAY = "display"
    PAGE = "page"
    PANEL = "panel"
    SECTION = "section"
    BODY = "body"
    NAME = "name"
    STRONG = "strong"
    TITLE = "title"
    SMALL = "small"
    SMALL_STRONG = "small-strong"
    BRAND = "brand"
    CAPTION = "caption"
    HEAD = "head"
    LEAD = "lead"
    MAIN = "main"
    FIGURE = "figure"
    KEY = "key"
    LETTER = "letter"
    TINY = "tiny"


@dataclass(frozen=True, slots=True)
class Face:
    """A type role's figures: size and line height in logical pixels, weight from 100 to 900."""

    size: int
    line: int
    weight: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """Everything tokens.json says. Sizes are logical pixels; colours "#RRGGBB"."""

    colour: Mapping[Scheme, Mapping[Tone, str]]
    ramp: tuple[str, ...]
    type: Mapping[Role, Face]
    space: tuple[int, ...]
    radius: Mapping[str, int]
    size: Mapping[str, int]
    icon_stroke: float


@cache
def tokens() -> Tokens:
    """The file, read once."""
    told = json.loads((RESOURCES / "tokens.json").read_text(encoding="utf-8"))
    return Tokens(
        {Scheme(s): {Tone(name): code for name, code in c.items()} for s, c in told["colour"].items()},
        tuple(told["ramp"]),
        {Role(name): Face(**face) for name, face in told["type"].items()},
        tuple(told["space"]),
        told["radius"],
        told["size"],
        told["icon-stroke"],
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours "#RRGGBB", from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(code: str) -> float:
    red, green, blue = (_linear(int(code[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
