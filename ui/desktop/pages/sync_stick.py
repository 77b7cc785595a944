"""The card of the stick: a sealed file written for headquarters, or one read in after a look at it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import Trouble
from ui.desktop.answers import EVERYTHING
from ui.desktop.desk import Desk
from ui.desktop.footer_truth import moment_of
from ui.desktop.pages.sync_send import by_noun
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Card, Rule
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Item, Put, clear, column, fill, row, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.wording import Text, number, told, words
from ui.desktop.work import Work

if TYPE_CHECKING:
    from app.queries.here import Delivered
    from sync.facade import BundleReport, Preview, ReadReport

ENDING = ".balai"
WIDE = 352


class StickCard(Card):
    """Writes and reads bundles, off the thread."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(margins=(20, 18, 20, 18), parent=parent)
        self._desk = desk
        self._file = Path()
        self._write, self._read = Button(words("stick-write")), Button(words("stick-read"))
        self._write.clicked.connect(self._on_write_clicked)
        self._read.clicked.connect(self._on_read_clicked)
        self._take = Button(words("stick-take"), Kind.PRIMARY)
        self._take.clicked.connect(self._on_take_clicked)
        self._leave = Button(words("stick-leave"))
        self._leave.clicked.connect(self._on_leave_clicked)
        self._said = Label("", Role.SMALL, Tone.INK2, wrap=True)
        self._found = column(space=2)
        self._preview = widget(column(self._found, 10, row(self._take, self._leave, Grow(), space=10)))
        self._strip = Strip("", Hue.RED, "circle-alert")
        self._proof = Label("", Role.SMALL, Tone.INK, wrap=True)
        self._shield = Icon("shield-check", Tone.GREEN)
        top = Qt.AlignmentFlag.AlignTop
        head = row(Icon("usb", Tone.INK, 20), 10, Label(words("stick-title"), Role.SECTION), Grow())
        self._proof_line = widget(row(Put(self._shield, top), 8, Grow(self._proof)))
        verbs = row(self._write, self._read, Grow(), space=10)
        about = Label(words("stick-about"), Role.SMALL, Tone.INK2, wrap=True)
        parts: list[Item] = [
            head,
            6,
            about,
            12,
            verbs,
            8,
            self._said,
            self._preview,
            self._strip,
            8,
            Rule(),
            12,
        ]
        fill(self.body, [*parts, self._proof_line, Grow()])
        for hidden in (self._said, self._preview, self._strip):
            hidden.hide()
        self.setFixedWidth(WIDE)

    def show_proof(self, delivered: Delivered | None, now: datetime) -> None:
        """What headquarters last said it has of this laptop."""
        if delivered is None or not delivered.changes:
            self._shield.show_icon("circle-minus", Tone.INK2)
            self._proof.say(words("proof-none"), Tone.INK2)
            return
        at = "" if delivered.at is None else moment_of(delivered.at, now, short=True)
        self._shield.show_icon("shield-check", Tone.GREEN)
        self._proof.say(words("proof", at=at, n=number(delivered.changes)), Tone.INK)

    def allow(self, allowed: bool) -> None:
        """Whether anything may leave this laptop (not from a practice place)."""
        self._write.setEnabled(allowed)
        self._read.setEnabled(allowed)

    def write_to(self, file: Path) -> None:
        """Write everything into this file."""
        self._wait(words("stick-writing"))
        self._desk.runner.work(
            _write, file, then=self._on_written, refused=self._on_refused, network=True, every_trouble=True
        )

    def look_into(self, file: Path) -> None:
        """Show what a file would bring."""
        self._file = file
        self._wait(words("stick-looking"))
        self._desk.runner.work(
            _preview, file, then=self._on_preview, refused=self._on_refused, network=True, every_trouble=True
        )

    def escaped(self) -> bool:
        """Put the file that was looked into away; False when there is none."""
        shown = not self._preview.isHidden()
        if shown:
            self._on_leave_clicked()
        return shown

    def _on_write_clicked(self) -> None:
        name = f"{words('stick-file-name')}-{self._desk.now():%Y-%m-%d-%H%M}{ENDING}"
        chosen, _ = QFileDialog.getSaveFileName(
            self, str(words("stick-write")), f"{_start()}/{name}", _pattern()
        )
        if chosen:
            self.write_to(Path(chosen))

    def _on_read_clicked(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, str(words("stick-read")), _start(), _pattern())
        if chosen:
            self.look_into(Path(chosen))

    def _on_take_clicked(self) -> None:
        self._wait(words("stick-taking"))
        self._desk.runner.work(
            _read, self._file, then=self._on_read, refused=self._on_refused, network=True, every_trouble=True
        )

    def _on_leave_clicked(self) -> None:
        self._say("")

    def _on_written(self, report: BundleReport) -> None:
        kilobytes = number(-(-report.size // 1000))
        others = report.recipients - 1
        code = "stick-written-others" if others else "stick-written"
        self._say(words(code, changes=number(report.changes), kilobytes=kilobytes, n=others))

    def _on_preview(self, found: Preview) -> None:
        self._say("")
        clear(self._found)
        lines: list[Text] = by_noun(found.by_table)
        if found.people:
            lines.append(words("sync-coming-people", n=found.people))
        if found.reviews:
            lines.append(words("sync-coming-reviews", n=found.reviews))
        head = words("stick-found", n=found.changes) if found.changes else words("stick-nothing-new")
        fill(
            self._found,
            [Label(head, Role.SMALL_STRONG, wrap=True), *(Label(line, Role.SMALL) for line in lines)],
        )
        self._preview.show()
        self._take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_read(self, report: ReadReport) -> None:
        code = "stick-taken" if report.complete else "stick-torn"
        self._say(words(code, n=report.changes, sender=report.sender))

    def _on_refused(self, trouble: Trouble) -> None:
        self._say("")
        named = (
            {**trouble.facts, "path": Path(str(trouble.facts["path"])).name}
            if "path" in trouble.facts
            else None
        )
        self._strip.say(told(trouble) if named is None else words(trouble.code, **named))
        self._strip.show()

    def _wait(self, text: Text) -> None:
        self._say(text)
        for button in (self._write, self._read):
            button.setEnabled(False)

    def _say(self, text: Text) -> None:
        self._said.say(text)
        self._said.setVisible(bool(text))
        self._preview.hide()
        self._strip.hide()
        for button in (self._write, self._read):
            button.setEnabled(True)


def _start() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _pattern() -> str:
    return f"{words('stick-file-kind')} (*{ENDING} *)"


def _write(work: Work, file: Path) -> BundleReport:
    from sync import facade  # as everything of the sync: when it is needed

    return facade.write_bundle(work.workplace, file)


def _preview(work: Work, file: Path) -> Preview:
    from sync import facade

    return facade.preview_bundle(work.workplace, file)


def _read(work: Work, file: Path) -> ReadReport:
    from sync import facade

    report = facade.read_bundle(work.workplace, file)
    work.touched |= EVERYTHING
    return report
