"""The data folder cannot be opened, or is to come from a backup: what it is, and what one can do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import Trouble
from ui.desktop.pages.set_up_parts import Step
from ui.desktop.runner import Runner
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.inputs import Field, TextInput
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, row, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.wording import told, words
from ui.desktop.work import Work

KEY_TROUBLES = {"key-store-lost", "database-key-wrong"}


class TroubleStep(Step):
    """Says the trouble; tries again, takes the recovery phrase, or a backup.

    Signals:
        opened: the folder is open.
    """

    opened = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__(words("trouble-title"), words("trouble-detail"), go=words("trouble-again"))
        self._runner, self.folder = runner, Path()
        self._strip = Strip("", Hue.RED, "circle-alert")
        self._restore = Button(words("trouble-restore"), Kind.NORMAL, icon="file-text")
        self._restore.clicked.connect(self._on_restore_clicked)
        self._said = Label("", Role.SMALL, Tone.INK2, wrap=True)
        self.put(self._strip, 14, widget(row(self._restore, 12, Grow(self._said))), 14)
        self._phrase = TextInput(words("trouble-phrase-hint"), letters=40)
        self._phrase.returnPressed.connect(self.on_go)
        self._asked = self.form.add("code", Field(words("trouble-phrase"), self._phrase), wide=True)

    def tell(self, trouble: Trouble | None) -> None:
        """Show this trouble; None: nothing is wrong, a backup is to be restored."""
        self._strip.setVisible(trouble is not None)
        self.go.setVisible(trouble is not None)
        self._asked.setVisible(trouble is not None and trouble.code in KEY_TROUBLES)
        self.title.say(words("trouble-title" if trouble is not None else "restore-title"))
        self.detail.say(words("trouble-detail" if trouble is not None else "restore-detail"))
        if trouble is not None:
            self._strip.say(told(trouble))

    def first(self) -> QWidget | None:
        return self._restore if self._asked.isHidden() else self._phrase

    def on_go(self) -> None:
        self.wait(words("trouble-opening"))
        phrase = self._phrase.text().strip() if not self._asked.isHidden() else ""
        self._runner.open(self.folder, self._on_opened, self._on_refused, phrase or None)

    def restore(self, file: Path) -> None:
        """Put this backup into the folder, then open it."""
        self.wait(words("trouble-restoring"))
        self._runner.work(
            _restore, file, self.folder, then=self._on_restored, refused=self._on_refused, every_trouble=True
        )

    def _on_restore_clicked(self) -> None:
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen, _ = QFileDialog.getOpenFileName(self, str(words("trouble-restore")), start)
        if chosen:
            self.restore(Path(chosen))

    def _on_restored(self, _: None) -> None:
        self._said.say(words("trouble-restored"))
        self.on_go()

    def _on_opened(self, _: None) -> None:
        self.wait("")
        self.opened.emit()

    def _on_refused(self, trouble: Trouble) -> None:
        self.wait("")
        if trouble.field == "code":
            self.form.refuse("code", told(trouble))
        else:
            self.tell(trouble)


def _restore(work: Work, file: Path, folder: Path) -> None:
    from app.actions import upkeep  # with the database's tables

    upkeep.restore(file, folder)
