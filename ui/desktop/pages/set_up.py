"""First run: a laptop becomes one of a centre's by code or by file, or a place to practise in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.errors import Trouble
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages.set_up_parts import Step
from ui.desktop.pages.set_up_person import PersonStep
from ui.desktop.pages.set_up_phrase import PhraseStep
from ui.desktop.pages.set_up_trouble import TroubleStep
from ui.desktop.pages.set_up_ways import CodeStep, FileStep, PracticeStep, WaysStep
from ui.desktop.pages.sign_in_side import Side
from ui.desktop.widgets.layouts import Grow, column, row, scrolled, widget

if TYPE_CHECKING:
    from sync.facade import Joined

PERSON, NOT_SET_UP, PRACTICE_FOLDER = "person", "not-set-up", "latihan"


class SetUpPage(Page):
    """The steps one after the other. Opened with the data folder and the trouble of opening it, or with
    "person" where only the first person is missing."""

    bare = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        runner = desk.runner
        self._side = Side(desk)
        self.ways, self.phrase, self.person = WaysStep(), PhraseStep(), PersonStep(desk)
        self.code, self.file = CodeStep(runner), FileStep(runner)
        self.practice, self.trouble = PracticeStep(runner), TroubleStep(runner)
        self._steps: dict[str, Step] = {
            "ways": self.ways, "code": self.code, "file": self.file, "practice": self.practice,
            "phrase": self.phrase, PERSON: self.person, "restore": self.trouble,
        }  # fmt: skip
        self._stack = QStackedWidget()
        for step in self._steps.values():
            # Between stretches: Qt asks what is aligned for its height at every width but its own.
            middle = row(Grow(), step, Grow())
            self._stack.addWidget(scrolled(widget(column(Grow(), middle, Grow(), margins=(28, 20, 28, 20)))))
            step.back.connect(self._on_back)
        self.setLayout(row(self._side, Grow(self._stack)))
        self._listen()

    def shown(self, *arguments: object) -> None:
        self._side.tell()
        match arguments:
            case (Path() as folder, Trouble() as trouble):
                self._use(folder)
                self.trouble.tell(trouble)
                self.go("ways" if trouble.code == NOT_SET_UP else "restore")
            case ("person",):
                self.go(PERSON)

    def go(self, key: str) -> None:
        """Show a step."""
        self._now = key
        self._stack.setCurrentIndex(list(self._steps).index(key))
        if key == PERSON:
            self.person.ask()
        self.focus_first()

    def focus_first(self) -> None:
        first = self._steps[self._now].first()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def escaped(self) -> bool:
        if self._now in ("code", "file", "practice", "restore") and self.code.go.isEnabled():
            self._on_back()
        return True

    def _use(self, folder: Path) -> None:
        for step in (self.code, self.file, self.trouble):
            step.folder = folder
        self.practice.folder = folder / PRACTICE_FOLDER

    def _listen(self) -> None:
        self._now = "ways"
        self.ways.chosen.connect(self._on_way_chosen)
        self.code.joined.connect(self._on_joined)
        self.file.joined.connect(self._on_joined)
        self.practice.made.connect(self._on_practice_made)
        self.trouble.opened.connect(self._on_opened)
        self.phrase.kept.connect(self._on_kept)
        self.person.added.connect(self._on_added)

    def _on_way_chosen(self, way: str) -> None:
        if way == "restore":
            self.trouble.tell(None)
        self.go(way)

    def _on_back(self) -> None:
        self.go("ways")

    def _on_joined(self, joined: Joined) -> None:
        self.desk.runner.attach(joined.workplace)
        self.desk.opened.emit()
        if joined.host:
            self.desk.background.send()  # so that the centre's people are known when the first one is asked
        self.phrase.show_phrase(joined.phrase, self.desk.runner.machine)
        self._side.tell()
        self.go("phrase")

    def _on_practice_made(self, workplace: object) -> None:
        self.desk.runner.attach(workplace)  # type: ignore[arg-type]  # a Workplace, which pages may not import
        self.desk.opened.emit()
        self._on_added()

    def _on_opened(self) -> None:
        self.desk.opened.emit()
        self._on_added()

    def _on_kept(self) -> None:
        self.go(PERSON)

    def _on_added(self) -> None:
        """Somebody may be able to sign in; that page sends back here when nobody is."""
        self._side.rest()
        self.desk.begin("sign_in")


PAGE = SetUpPage
