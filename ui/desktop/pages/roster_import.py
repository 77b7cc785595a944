"""Import of a roster in four steps: the file, its columns, every line with its verdict, what will be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from app.domain.ids import CentreCode
from app.domain.keys import ClassKey
from app.errors import Trouble
from app.queries import classes, consents
from app.queries.classes import ClassRow
from ui.desktop import files, places
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages.roster_import_parts import COLUMNS, DONE, FILE, FINISH, KEYS, ROWS, Parts
from ui.desktop.pages.roster_import_presenter import RosterImport
from ui.desktop.pages.roster_import_words import Bucket
from ui.desktop.pages.roster_import_work import Looked, Taken, Where
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.widgets.layouts import column
from ui.desktop.wording import Count, told, words
from ui.desktop.work import Step


class RosterImportPage(Page):
    """go("roster_import", a Path, a class key): the file only to begin with it; without a class people are
    only put into the centre's register."""

    place = "classes"
    watches = frozenset({"training_class"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._given: tuple[object, ...] | None = None
        self._at = FILE
        self._path: Path | None = None
        self._goes_on = False
        self._taken = Taken(0)
        self._classes: Mapping[ClassKey, ClassRow] = {}
        self.roster = RosterImport(desk, self)
        self.parts = Parts()
        self.file, self.columns = self.parts.file, self.parts.columns
        self.rows, self.summary, self.foot = self.parts.rows, self.parts.summary, self.parts.foot
        self.setLayout(column(self.parts, margins=(28, 20, 28, 14)))
        self._connect()
        self._go_to(FILE)

    def shown(self, *arguments: object) -> None:
        if self.roster.busy:
            self.desk.tell(words("import-busy"))
            return
        if arguments == self._given and self._at != DONE:
            return
        self._given = arguments
        path = next((given for given in arguments if isinstance(given, Path)), None)
        key = next((given for given in arguments if isinstance(given, ClassKey)), None)
        self._begin(key)
        if path is not None and key is not None:
            self.open(path)
        elif path is not None:
            self._path = path
            self.file.wait_for(path)
            self._show_foot()

    def refresh(self) -> None:
        self.desk.runner.read(classes.listed, self.desk.runner.centre, then=self._on_classes)
        if self.roster.looked is not None and self._at == ROWS:
            self.rows.show_looked(self.roster.looked)
        self._show_foot()

    def keys(self) -> Sequence[KeyHelp]:
        return KEYS

    def focus_first(self) -> None:
        self.parts.focus(self._at, self._path is not None)

    def escaped(self) -> bool:
        if self.roster.busy or (self._at == ROWS and self.rows.escaped()):
            return True
        if self._at in (FILE, DONE):
            return False
        self.back()
        return True

    def left(self) -> bool:
        if self._at == ROWS:
            self.rows.commit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Open) and self._at == FILE:
            self.file.ask()
        else:
            super().keyPressEvent(event)

    def open(self, path: Path) -> None:
        """Read a file, away from the window."""
        if not self.roster.busy:
            self._path = path
            self.file.wait_for(None)
            self.roster.open(path, self._where())

    def back(self) -> None:
        """Go back a step; nothing is lost."""
        if not self.roster.busy and self._at in (COLUMNS, ROWS, FINISH):
            if self._at == ROWS:
                self.rows.commit()
            self._go_to(self._at - 1)

    def go_on(self) -> None:
        """Go on to the next step, where this one is complete."""
        unjudged = self.roster.mending and self._at != ROWS
        if self.roster.busy or unjudged or not (self.foot.on.isEnabled() and self.foot.isVisible()):
            return
        if self._at == FILE:
            self._leave_file()
        elif self._at == COLUMNS:
            self._leave_columns()
        elif self._at == ROWS:
            self.rows.commit()
            self._goes_on = self.roster.mending  # then as soon as what was typed has been judged
            if not self._goes_on:
                self._go_to(FINISH)
        elif self._at == FINISH:
            complete, consent = self.summary.consent.given(self._today())
            if complete:
                self.roster.take(consent, self.summary.also_elsewhere)

    def save_rest(self) -> None:
        """Save the lines that are to be mended as a workbook, for whoever made the roster."""
        looked = self.roster.looked
        if looked is None:
            return
        n = Count(looked.sorted.counts[Bucket.FIX])
        name = str(words("import-download-name", name=looked.opened.path.stem))
        path = files.save_name(self, words("import-download", n=n), name)
        if path is not None:
            self.roster.save_rest(path)

    def _connect(self) -> None:
        self.parts.head.crumb.connect(self._on_head_crumb)
        self.parts.reading.stopped.connect(self.roster.stop)
        self.file.given.connect(self.open)
        self.file.class_picked.connect(lambda _: self.parts.say_class(self.file.key))
        self.rows.typed.connect(self.roster.type_in)
        self.rows.left_out.connect(self.roster.leave_out)
        self.rows.undone.connect(self.roster.undo)
        self.summary.counted.connect(self._show_foot)
        self.summary.stopped.connect(self.roster.stop)
        self.summary.went.connect(self._open_people)
        self.summary.another.connect(lambda: self._begin(self.file.key))
        self.summary.undone.connect(lambda: self.roster.take_back(self._taken))
        self.summary.rest_wanted.connect(self.save_rest)
        self.foot.back.clicked.connect(self.back)
        self.foot.save.clicked.connect(self.save_rest)
        self.foot.on.clicked.connect(self.go_on)
        self.roster.began.connect(self._on_roster_began)
        self.roster.read.connect(self._on_roster_read)
        self.roster.mended.connect(self._on_roster_mended)
        self.roster.stepped.connect(self._on_roster_stepped)
        self.roster.stopped.connect(self._on_roster_stopped)
        self.roster.failed.connect(self._on_roster_failed)
        self.roster.taken.connect(self._on_roster_taken)
        self.roster.taken_back.connect(self._on_roster_taken_back)
        self.roster.take_failed.connect(self._on_roster_take_failed)
        self.roster.lost.connect(lambda: self._go_to(self._at))
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.go_on, context=within)

    def _begin(self, key: ClassKey | None) -> None:
        self._path, self._goes_on = None, False
        self.roster.forget()
        self.file.choose_class(key)
        self.file.wait_for(None)
        self.summary.consent.begin(self._today())
        self._go_to(FILE)

    def _leave_file(self) -> None:
        looked = self.roster.looked
        if looked is None or looked.opened.path != self._path:
            if self._path is not None:
                self.open(self._path)
        elif looked.where != self._where():
            self.roster.go_elsewhere(self._where())
        else:
            self._go_to(COLUMNS)

    def _leave_columns(self) -> None:
        refusal = self.columns.refusal()
        if refusal is not None:
            self.foot.say(refusal)
        elif self.columns.changed():
            self.roster.look_again(self.columns.choices())
        elif self.roster.looked is not None and self.roster.looked.mending is not None:
            self._go_to(ROWS)

    def _on_roster_began(self) -> None:
        self.parts.busy(self._at)
        self._show_foot()

    def _on_roster_read(self, looked: Looked) -> None:
        self.columns.show_looked(looked)
        self.desk.runner.read(consents.current_version, then=self.summary.consent.offer_version)
        if self._at == FINISH:
            self._go_to(FINISH)
        else:
            self._go_to(ROWS if self._at == COLUMNS and looked.mending is not None else COLUMNS)

    def _on_roster_mended(self, looked: Looked) -> None:
        self.rows.show_looked(looked)
        self._show_foot()
        if self._goes_on:
            self._goes_on = False
            self._go_to(FINISH)

    def _on_roster_stepped(self, step: Step) -> None:
        shown = self.summary.progress if self._at in (FINISH, DONE) else self.parts.reading
        shown.show_step(step.done, step.total, step.at)

    def _on_roster_stopped(self) -> None:
        self._go_to(self._at)
        self.desk.tell(words("import-reading-stopped"))

    def _on_roster_failed(self, trouble: Trouble) -> None:
        self._path = None
        self._go_to(FILE)
        self.file.refuse(told(trouble))

    def _on_roster_taken(self, taken: Taken) -> None:
        looked = self.roster.looked
        left = 0 if looked is None else looked.sorted.counts[Bucket.FIX]
        self._taken = taken
        self.summary.show_done(taken, self.roster.key, left)
        self._go_to(DONE)

    def _on_roster_taken_back(self, taken: Taken) -> None:
        if taken.parts:  # stopped half way
            self._on_roster_taken(taken)
            return
        self._at = FINISH
        self.desk.tell(words("import-taken-back"))
        self.roster.go_elsewhere(self._where())  # the same class, of which the lines say other things now

    def _on_roster_take_failed(self, trouble: Trouble) -> None:
        self.summary.refuse(trouble.field, told(trouble))
        self._show_foot()

    def _on_classes(self, found: Sequence[ClassRow]) -> None:
        self._classes = {row.key: row for row in found}
        self.file.offer(found)
        self.parts.say_class(self.file.key)

    def _on_head_crumb(self, at: int) -> None:
        if at == 0 and self.file.key is not None:
            self.desk.go("classes")
        elif at != 1:
            self._open_people()

    def _open_people(self) -> None:
        """Go to those who were taken in: in their class, or in the centre's register."""
        key = self.roster.key or self.file.key
        page = "participants" if key is None else "class_participants"
        if places.exists(page):
            self.desk.go(page, *(() if key is None else (key,)))

    def _go_to(self, at: int) -> None:
        self._at = at
        looked = self.roster.looked
        if at == ROWS and looked is not None:
            self.rows.begin(looked)
        elif at == FINISH and looked is not None:
            self.summary.show_plan(looked, self._classes)
        self.parts.put(at)
        self.parts.say_class(self.file.key)
        self._show_foot()
        if self.isVisible():
            self.focus_first()

    def _show_foot(self) -> None:
        if self.roster.busy:
            self.foot.nothing()
        else:
            self.parts.show_foot(self._at, self._path is not None, self.roster.looked)

    def _where(self) -> Where:
        return self.file.key or CentreCode(self.desk.runner.centre)

    def _today(self) -> date:
        return self.desk.now().date()


PAGE = RosterImportPage
