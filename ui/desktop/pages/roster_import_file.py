"""The first step: where a file falls, and the class that its people are for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.keys import ClassKey
from app.queries.classes import ClassRow
from ui.desktop import files
from ui.desktop.dropping import SPREADSHEETS
from ui.desktop.tokens import Hue
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.inputs import ChoiceInput, Field
from ui.desktop.widgets.layouts import Grow, column, row, widget
from ui.desktop.widgets.lines import Line
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.waiting import DropTarget
from ui.desktop.wording import Text, words

_LONGEST_TITLE = 34  # letters; the code before it is what tells classes apart


class FileStep(QWidget):
    """The drop target, what is wrong with the last file, and the class.

    Signals:
        given: a spreadsheet was let fall or chosen, as a Path.
        class_picked: another class was chosen (None: only participants).
    """

    given = Signal(Path)
    class_picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.choose = Button(words("import-choose"), Kind.PRIMARY, icon="file-spreadsheet", key="Ctrl O")
        self.choose.clicked.connect(self.ask)
        self.drop = DropTarget(words("import-drop"), words("import-drop-said"), SPREADSHEETS, self.choose)
        self.drop.dropped.connect(self.given)
        self.drop.refused.connect(lambda: self.refuse(words("import-not-a-roster")))
        self.strip = Strip("", Hue.RED, "circle-alert")
        self._refusal = widget(column(self.strip, 12))
        self._refusal.hide()
        self.waiting = Strip("", Hue.BLUE, "file-spreadsheet")
        self._waiting = widget(column(self.waiting, 12))
        self._waiting.hide()
        nobody: list[tuple[ClassKey | None, Text]] = [(None, words("import-class-none"))]
        self.classes: ChoiceInput[ClassKey | None] = ChoiceInput(nobody)
        self.classes.setSizeAdjustPolicy(self.classes.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.classes.setMinimumContentsLength(24)
        self.classes.picked.connect(self._on_classes_picked)
        self.for_class = Field(words("import-class"), self.classes, words("import-class-none-help"))
        left = column(self._refusal, self._waiting, Grow(self.drop))
        right = column(Card(self.for_class), 16, self._facts(), Grow())
        self.setLayout(row(Grow(left, 60), 20, Grow(right, 40)))

    @property
    def key(self) -> ClassKey | None:
        """The class chosen."""
        return self.classes.value()

    def ask(self) -> None:
        """Ask for a file."""
        endings = " ".join(f"*{ending}" for ending in SPREADSHEETS)
        path = files.open_name(self, words("import-choose"), endings)
        if path is not None:
            self.given.emit(path)

    def offer(self, classes: Sequence[ClassRow]) -> None:
        """Offer these classes; the one chosen stays."""
        known: list[tuple[ClassKey | None, Text]] = [(None, words("import-class-none"))]
        known += [(found.key, _class_words(found)) for found in classes]
        kept = self.classes.value()
        if kept is not None and kept not in {key for key, _ in known}:
            known.append((kept, kept.code))
        self.classes.offer(known)

    def choose_class(self, key: ClassKey | None) -> None:
        """Have this class chosen, also before the classes are known."""
        if key is not None and self.classes.findText(key.code, Qt.MatchFlag.MatchStartsWith) < 0:
            self.classes.offer([(None, words("import-class-none")), (key, key.code)])
        self.classes.choose(key)
        self._say_help()

    def refuse(self, why: Text) -> None:
        """Say over the target why the file cannot be taken."""
        self.strip.say(why)
        self._refusal.show()

    def wait_for(self, path: Path | None) -> None:
        """Say that this file will be read as soon as the class is settled; None: no file is there."""
        self._refusal.hide()
        self._waiting.setVisible(path is not None)
        if path is not None:
            self.waiting.say(words("import-file-ready", name=path.name))

    def _say_help(self) -> None:
        self.for_class.explain(words("import-class-none-help" if self.key is None else "import-class-help"))

    def _on_classes_picked(self, _: object) -> None:
        self._say_help()
        self.class_picked.emit(self.key)

    def _facts(self) -> Card:
        return Card(
            Line("shield-check", Hue.GREEN, words("import-safe"), words("import-safe-said")),
            16,
            Line("refresh-cw", Hue.BLUE, words("import-again"), words("import-again-said")),
            16,
            Line("lock", Hue.BLUE, words("import-private"), words("import-private-said")),
        )


def _class_words(found: ClassRow) -> Text:
    title = found.title
    if len(title) > _LONGEST_TITLE:
        title = f"{title[: _LONGEST_TITLE - 1].rstrip()}…"
    return words("import-class-one", code=found.key.code, title=title)
