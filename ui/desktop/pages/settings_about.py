"""What this program is, where its data lies, and whose work is in it."""

from __future__ import annotations

import functools
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.desktop.desk import Desk
from ui.desktop.failures import machine
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Put, column, row
from ui.desktop.widgets.rows import Column, RowsModel
from ui.desktop.widgets.table import TableView
from ui.desktop.wording import words

LICENCES = Path(__file__).resolve().parents[3] / "docs" / "licences.md"
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
License = tuple[str, str]


class AboutTab(QWidget):
    """Version, laptop and folder at the left; the licences at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._machine, self._folder = Label("", Role.BODY), Label("", Role.BODY, wrap=True)
        about = Card(
            Label(words("about-title", version=program()), Role.SECTION), 4,
            Label(words("sign-in-slogan"), Role.BODY, Tone.INK2, wrap=True), 14,
            Label(words("about-laptop"), Role.SMALL, Tone.INK2), self._machine, 8,
            Label(words("about-folder"), Role.SMALL, Tone.INK2), self._folder, 8,
            Label(words("about-runs"), Role.SMALL, Tone.INK2), Label(machine(), Role.BODY, wrap=True),
            margins=(20, 18, 20, 18),
        )  # fmt: skip
        about.setFixedWidth(392)
        columns: list[Column[License]] = [
            Column(words("about-what"), lambda row: row[0], least=200, share=1),
            Column(words("about-licence"), lambda row: row[1], least=200, share=1),
        ]
        rows = RowsModel(columns, lambda row: row)
        rows.show(licences())
        self.table = TableView(rows, str(words("about-licences")))
        said = Label(words("about-licences-what"), Role.BODY, Tone.INK2, wrap=True)
        right = column(Label(words("about-licences"), Role.SECTION), 2, said, 12, Grow(self.table))
        self.setLayout(row(Put(about, Qt.AlignmentFlag.AlignTop), 20, Grow(right)))

    def tell(self) -> None:
        """Say which laptop and folder this is."""
        runner = self._desk.runner
        self._machine.say(runner.machine or "…")
        self._folder.say(str(runner.folder))


def program() -> str:
    """The program's version."""
    try:
        return version("balai")
    except PackageNotFoundError:
        return "?"


@functools.cache
def licences() -> list[License]:
    """What is in the program with its licence, as docs/licences.md lists it; empty where that is not here."""
    try:
        lines = LICENCES.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    tables = [line.strip("|").split("|") for line in lines if line[:1] == "|"]
    cells = [[_LINK.sub(r"\1", cell).replace("`", "").strip() for cell in line] for line in tables]
    heads = {"what", "package"}
    found = [(row[0], row[-1]) for row in cells if row[0] not in heads and set(row[0]) != set("-")]
    return [(name, licence or "…") for name, licence in found]
