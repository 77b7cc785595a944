"""Settings of the data: backups and the way back, and a check-up that says in words how sound it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import Trouble
from ui.desktop.desk import Desk
from ui.desktop.pages.settings_restore import RestoreCard
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, clear, column, fill, row
from ui.desktop.widgets.lines import Line, ruled
from ui.desktop.widgets.notices import Strip
from ui.desktop.wording import number, told, words
from ui.desktop.work import Work

if TYPE_CHECKING:
    from app.queries.soundness import Findings

SUFFIX = ".balai-cadangan"
MARGINS = (20, 18, 20, 18)


class DataTab(QWidget):
    """Back up, restore, check up."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.back_up = Button(words("backup-go"), icon="download")
        self.back_up.clicked.connect(self._on_back_up_clicked)
        self.said = Label("", Role.SMALL, Tone.INK2, wrap=True)
        self.said.hide()
        self.strip = Strip("", Hue.RED, "circle-alert")
        self.strip.hide()
        about = Label(words("backup-what"), Role.BODY, Tone.INK2, wrap=True)
        backup = Card(Label(words("backup-title"), Role.SECTION), 2, about, 14, margins=MARGINS)
        fill(backup.body, [row(self.back_up, Grow()), self.said, self.strip])
        self.restore = RestoreCard(desk)
        self.check = Button(words("doctor-go"), icon="shield-check")
        self.check.clicked.connect(self.examine)
        self._state = Label(words("doctor-what"), Role.BODY, Tone.INK2, wrap=True)
        self._found = column()
        doctor = Card(Label(words("doctor-title"), Role.SECTION), 2, self._state, 14, margins=MARGINS)
        fill(doctor.body, [row(self.check, Grow()), 4, self._found, Grow()])
        left = column(backup, 14, self.restore, Grow())
        self.setLayout(row(Grow(left), 20, Grow(column(doctor, Grow()))))

    def write_to(self, file: Path) -> None:
        """Write a backup into this file."""
        self.back_up.setEnabled(False)
        self.strip.hide()
        self.said.say(words("backup-busy"))
        self.said.show()
        self._desk.runner.work(
            _back_up, file, then=self._on_backed_up, refused=self._on_refused, every_trouble=True
        )

    def examine(self) -> None:
        """Look whether everything is sound."""
        self.check.setEnabled(False)
        self._state.say(words("doctor-busy"))
        clear(self._found)
        today = self._desk.now().date()
        self._desk.runner.work(
            _examine, today, then=self._on_examined, refused=self._on_unexamined, every_trouble=True
        )

    def _on_back_up_clicked(self) -> None:
        start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = f"{words('backup-file-name')}-{self._desk.now():%Y-%m-%d}{SUFFIX}"
        chosen, _ = QFileDialog.getSaveFileName(self, str(words("backup-go")), f"{start}/{name}")
        if chosen:
            self.write_to(Path(chosen))

    def _on_backed_up(self, made: tuple[str, int]) -> None:
        file, size = made
        self.back_up.setEnabled(True)
        self.said.say(words("backup-done", file=file, kilobytes=number(-(-size // 1000))))

    def _on_refused(self, trouble: Trouble) -> None:
        self.back_up.setEnabled(True)
        self.said.hide()
        self.strip.say(told(trouble))
        self.strip.show()

    def _on_examined(self, found: Findings) -> None:
        self.check.setEnabled(True)
        self._state.say(words("doctor-sound" if found.sound else "doctor-unsound", n=number(found.changes)))
        lines: list[QWidget] = [
            Line(
                "circle-check" if check.fine else "circle-alert",
                Hue.GREEN if check.fine else Hue.RED,
                words(f"doctor-{check.name}"),
                words(f"doctor-{check.name}-{'fine' if check.fine else 'look'}", **check.facts),
            )
            for check in found.checks
        ]
        for noted in found.incidents:
            said = words(f"incident-{noted.code}", **noted.facts)
            lines.append(Line("triangle-alert", Hue.AMBER, words("doctor-incident"), said))
        fill(self._found, [10, *ruled(*lines, above=9)])

    def _on_unexamined(self, trouble: Trouble) -> None:
        self.check.setEnabled(True)
        self._state.say(told(trouble))


def _back_up(work: Work, file: Path) -> tuple[str, int]:
    from app.actions import upkeep  # with the database's tables, as below

    return file.name, upkeep.back_up(work.workplace, file)


def _examine(work: Work, today: date) -> Any:
    from app.queries import soundness

    return soundness.examine(work.workplace, today)
