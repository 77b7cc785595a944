"""The card that puts a backup in place of the data: asked for twice, since it replaces what is there."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog

from app.errors import Trouble
from ui.desktop.desk import Desk
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, fill, row, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.wording import told, words


class RestoreCard(Card):
    """First a file, then what will happen with the button that does it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(margins=(20, 18, 20, 18))
        self._desk, self._file = desk, Path()
        self.choose = Button(words("restore-choose"))
        self.choose.clicked.connect(self._on_choose_clicked)
        self.go = Button(words("restore-go"), Kind.DESTRUCTIVE)
        self.go.clicked.connect(self._on_go_clicked)
        self.leave = Button(words("restore-leave"))
        self.leave.clicked.connect(self.close_ask)
        self.strip = Strip("", Hue.AMBER)
        self._ask = widget(row(self.leave, self.go, Grow(), space=10))
        about = Label(words("restore-what"), Role.BODY, Tone.INK2, wrap=True)
        fill(
            self.body, [Label(words("restore-heading"), Role.SECTION), 2, about, 14, row(self.choose, Grow())]
        )
        fill(self.body, [10, self.strip, 10, self._ask])
        self.close_ask()

    def ask(self, file: Path) -> None:
        """Say what restoring this file means."""
        self._file = file
        self.strip.say(words("restore-sure", file=file.name), Hue.AMBER, "triangle-alert")
        self.strip.show()
        self._ask.show()
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_ask(self) -> bool:
        """Put the question away; False when none is open."""
        shown = not self._ask.isHidden()
        self.strip.hide()
        self._ask.hide()
        return shown

    def _on_choose_clicked(self) -> None:
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen, _ = QFileDialog.getOpenFileName(self, str(words("restore-choose")), start)
        if chosen:
            self.ask(Path(chosen))

    def _on_go_clicked(self) -> None:
        self._ask.hide()
        self.choose.setEnabled(False)
        self.strip.say(words("restore-busy"), Hue.AMBER)
        self._desk.background.stop()
        folder = self._desk.runner.folder
        self._desk.runner.reopen(
            folder, functools.partial(_restore, self._file, folder), self._on_restored, self._on_refused
        )

    def _on_restored(self, _: Any) -> None:
        self.choose.setEnabled(True)
        self.close_ask()
        self._desk.tell(words("restore-done"))
        self._desk.locked.emit()

    def _on_refused(self, trouble: Trouble) -> None:
        self.choose.setEnabled(True)
        self.strip.say(told(trouble), Hue.RED, "circle-alert")
        self.strip.show()


def _restore(file: Path, folder: Path) -> None:
    from app.actions import upkeep  # with the database's tables

    upkeep.restore(file, folder)
