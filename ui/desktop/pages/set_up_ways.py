"""The first steps of the set-up: which way, and what each way asks."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import Refused
from ui.desktop.pages.set_up_parts import Step, WayCard
from ui.desktop.runner import Runner
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.cards import Rule
from ui.desktop.widgets.inputs import Field, TextInput
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, row, widget
from ui.desktop.wording import words
from ui.desktop.work import Work

if TYPE_CHECKING:
    from sync.facade import Joined

REQUEST, ANSWER = "permintaan.balai", "*.balai *.bin *"


class WaysStep(Step):
    """Which way.

    Signals:
        chosen: the key of a way: code, file, practice, restore.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(words("set-up-title"), words("set-up-detail"), back=False)
        self._cards = {
            "code": WayCard("refresh-cw", Hue.BLUE, words("way-code"), words("way-code-when")),
            "file": WayCard("usb", Hue.TEAL, words("way-file"), words("way-file-when")),
            "practice": WayCard("school", Hue.AMBER, words("way-practice"), words("way-practice-when")),
        }
        for key, card in self._cards.items():
            card.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
        restore = Label(words("way-restore"), Role.BODY, Tone.INK2, wrap=True)
        restore.linked.connect(self.chosen)
        cards = self._cards
        self.put(cards["code"], 12, cards["file"], 12, cards["practice"], 16, restore)

    def first(self) -> QWidget | None:
        return self._cards["code"]


class CodeStep(Step):
    """Address, code and name; enrols over the network.

    Signals:
        joined: the folder is a device now, with its phrase.
    """

    joined = Signal(object)

    def __init__(self, runner: Runner) -> None:
        super().__init__(words("code-title"), words("code-detail"), go=words("code-go"))
        self._runner, self.folder = runner, Path()
        self._url = _field(self, "url", "code-url", "address-hint", "code-url-help")
        self._code = _field(self, "code", "code-code", "code-hint")
        self._name = _field(self, "name", "code-name", "code-name-hint")
        self._name.setText(platform.node())

    def on_go(self) -> None:
        if not self._url.text().strip():
            self.refuse(Refused("set-up-url-missing", field="url"))
            return
        self.wait(words("code-busy"))
        said = (self.folder, self._url.text().strip(), self._code.text(), self._name.text().strip())
        self._runner.work(
            _enrol, *said, then=self._on_joined, refused=self.refuse, network=True, every_trouble=True
        )

    def _on_joined(self, joined: Joined) -> None:
        self.wait("")
        self.joined.emit(joined)


class FileStep(Step):
    """Two trips: a request is carried to headquarters, its answer comes back.

    Signals:
        joined: as of CodeStep.
    """

    joined = Signal(object)

    def __init__(self, runner: Runner) -> None:
        super().__init__(words("file-title"), words("file-detail"), go=words("file-go"))
        self._runner, self.folder = runner, Path()
        self._write = Button(words("file-write"), icon="download")
        self._write.clicked.connect(self._on_write_clicked)
        self._said = Label("", Role.SMALL, Tone.INK2, wrap=True)
        self._code = _field(self, "code", "code-code", "code-hint")
        self._name = _field(self, "name", "code-name", "code-name-hint")
        self._name.setText(platform.node())
        second = Label(words("file-second"), Role.BODY, Tone.INK2, wrap=True)
        verbs = widget(row(self._write, 12, Grow(self._said)))
        self.put(4, verbs, 20, Rule(), 18, second, below=True)

    def write_to(self, file: Path) -> None:
        """Write the request into this file."""
        self.wait(words("file-writing"))
        said = (self.folder, self._code.text(), self._name.text().strip(), file)
        self._runner.work(
            _request, *said, then=self._on_written, refused=self.refuse, network=True, every_trouble=True
        )

    def read_from(self, file: Path) -> None:
        """Finish with the answer in this file."""
        self.wait(words("file-reading"))
        then, refused = self._on_joined, self.refuse
        self._runner.work(
            _finish, self.folder, file, then=then, refused=refused, network=True, every_trouble=True
        )

    def on_go(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, str(words("file-go")), _start(), f"Balai ({ANSWER})")
        if chosen:
            self.read_from(Path(chosen))

    def _on_write_clicked(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, str(words("file-write")), f"{_start()}/{REQUEST}")
        if chosen:
            self.write_to(Path(chosen))

    def _on_written(self, file: Path) -> None:
        self.wait("")
        self._said.say(words("file-written", file=file.name))

    def _on_joined(self, joined: Joined) -> None:
        self.wait("")
        self.joined.emit(joined)


class PracticeStep(Step):
    """A place to practise in, which never sends anything.

    Signals:
        made: it is there, as a Workplace.
    """

    made = Signal(object)

    def __init__(self, runner: Runner) -> None:
        super().__init__(words("practice-title"), words("practice-detail"), go=words("practice-go"))
        self._runner, self.folder = runner, Path()

    def on_go(self) -> None:
        self.wait(words("practice-busy"))
        self._runner.work(
            _practise, self.folder, then=self._on_made, refused=self.refuse, network=True, every_trouble=True
        )

    def _on_made(self, workplace: object) -> None:
        self.wait("")
        self.made.emit(workplace)


def _field(step: Step, name: str, label: str, hint: str, help: str = "") -> TextInput:
    made = TextInput(words(hint), letters=24)
    made.returnPressed.connect(step.on_go)
    step.form.add(
        name, Field(words(label), made, words(help) if help else None), wide=name != "name" and name != "code"
    )
    return made


def _start() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _enrol(work: Work, folder: Path, url: str, code: str, name: str) -> Joined:
    from sync import facade  # as everything of the sync: when it is needed

    return facade.enrol(folder, url, code, name)


def _request(work: Work, folder: Path, code: str, name: str, file: Path) -> Path:
    from app.actions import upkeep
    from sync import facade

    upkeep.write_file(file, facade.request_enrolment(folder, code, name))
    return file


def _finish(work: Work, folder: Path, file: Path) -> Joined:
    from app.actions import upkeep
    from sync import facade

    return facade.finish_enrolment(folder, upkeep.read_file(file))


def _practise(work: Work, folder: Path) -> Any:
    from app.actions import practice, upkeep

    return upkeep.opened(folder) or practice.create(folder)[0]
