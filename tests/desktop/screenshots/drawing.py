"""Draws states into pictures: which variants of each are kept, and how small the files are made."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.wording import LANGUAGES
from tests.desktop.screenshots.folders import Folders
from tests.desktop.screenshots.registry import Shot
from tests.desktop.screenshots.stage import LARGE, SHORT, USUAL, Stage
from ui.desktop.theme import Choice, Theme

_COLOURS = 256


@dataclass(frozen=True, slots=True)
class Variant:
    """How a state is drawn."""

    theme: Choice
    language: str
    size: tuple[int, int]

    @property
    def ending(self) -> str:
        """What it adds to a file's name: nothing for the light, Indonesian window of a small laptop."""
        parts = (
            "gelap" if self.theme is Choice.DARK else "",
            "en" if self.language == "en" else "",
            {USUAL: "", SHORT: "pendek", LARGE: "besar"}[self.size],
        )
        return "".join(f"-{part}" for part in parts if part)


FIRST = Variant(Choice.LIGHT, "id", USUAL)
KEPT = (
    FIRST,
    Variant(Choice.DARK, "id", USUAL),
    Variant(Choice.LIGHT, "en", USUAL),
    Variant(Choice.DARK, "en", LARGE),
)
"""What is kept of a page's most telling state; of its others the first alone."""


def every() -> list[Variant]:
    """All there are: both themes, both languages, three sizes."""
    themes, sizes = (Choice.LIGHT, Choice.DARK), (USUAL, SHORT, LARGE)
    return [Variant(theme, tongue, size) for theme in themes for tongue in LANGUAGES for size in sizes]


_MADE_UP = {
    "platform.node": lambda: "Balai-02",
    "shutil.disk_usage": lambda _: SimpleNamespace(free=76_000_000_000),
    "ui.desktop.pages.settings_about.machine": lambda: "Python 3.11, Qt 6.12, Windows 11",
}
"""What pictures say of the machine they were drawn on: of every machine the same."""


def kept(shot: Shot, telling: bool) -> list[Variant]:
    """The variants of a state that belong in the documentation; `telling`: it is the page's first state."""
    short = [Variant(Choice.LIGHT, "id", SHORT)] if shot.state.short else []
    return [*(KEPT if telling else KEPT[:1]), *short]


def draw(shot: Shot, variants: list[Variant], folders: Folders, look: Theme, into: Path) -> Iterator[Path]:
    """Draw a state in these variants into `into/<page>/<state>….png`; yields the files."""
    with tempfile.TemporaryDirectory() as beside:
        stage = Stage(folders, shot.state, look, Path(beside) / "laptop")
        try:
            stage.show(shot.page, shot.state)
            assert not stage.strays, stage.strays
            for variant in variants:
                stage.look_like(variant.theme, variant.language, variant.size)
                file = into / shot.page / f"{shot.state.name}{variant.ending}.png"
                save(stage.window.grab().toImage(), file)
                yield file
        finally:
            stage.strike()
            look.choose(Choice.LIGHT)


def still() -> None:
    """Let nothing blink, so that the same state gives the same picture."""
    QApplication.setCursorFlashTime(0)
    for target, value in _MADE_UP.items():
        mock.patch(target, value).start()


def save(picture: QImage, file: Path) -> None:
    """Write a picture with at most 256 colours: the most frequent ones exactly, the rest as their nearest."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "BMP")  # type: ignore[call-overload]  # a device and a format's name will do
    drawn = Image.open(io.BytesIO(buffer.data().data())).convert("RGB")
    file.parent.mkdir(parents=True, exist_ok=True)
    _indexed(drawn).save(file, optimize=True)


def _indexed(drawn: Image.Image) -> Image.Image:
    counted = drawn.getcolors(drawn.width * drawn.height) or []
    most = sorted(counted, key=lambda found: (-found[0], found[1]))[:_COLOURS]
    palette = Image.new("P", (1, 1))
    flat = [value for _, colour in most for value in colour]  # type: ignore[attr-defined]  # of RGB
    palette.putpalette(flat + flat[:3] * (_COLOURS - len(most)))
    return drawn.quantize(palette=palette, dither=Image.Dither.NONE)
