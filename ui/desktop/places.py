"""The places of the rail, and how a page is found by its key."""

from __future__ import annotations

import importlib
import importlib.util

from ui.desktop.page import Page
from ui.desktop.widgets.rail import RailPlace
from ui.desktop.wording import words

PAGES = "ui.desktop.pages"
_PLACES = (
    ("today", "calendar-check"),
    ("classes", "school"),
    ("participants", "users"),
    ("certificates", "award"),
    ("reports", "file-text"),
    ("sync", "refresh-cw"),
    ("settings", "settings"),
)


def places() -> list[RailPlace]:
    """The places this copy of the program has, in the rail's order."""
    return [RailPlace(key, words(f"place-{key}"), icon) for key, icon in _PLACES if exists(key)]


def exists(key: str) -> bool:
    """Whether there is a page of this key."""
    try:
        return importlib.util.find_spec(f"{PAGES}.{key}") is not None
    except ModuleNotFoundError:
        return False


def page(key: str) -> type[Page]:
    """The class of a page, imported now."""
    found: type[Page] = importlib.import_module(f"{PAGES}.{key}").PAGE
    return found
