"""What lies over the pages for a while: the keys (F1), and the calm page after an error of ours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.desktop import theme
from ui.desktop.failures import Report
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets import painting
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Card, Rule
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.keys import KeyCaps, KeyHelp
from ui.desktop.widgets.labels import Label, heading
from ui.desktop.widgets.layouts import Grow, Item, Put, clear, column, fill, row, widget
from ui.desktop.wording import words

_WIDE = 480
REPORT_NAME = "balai-laporan.txt"
GENERAL = (
    KeyHelp(("F9",), words("key-sync")),
    KeyHelp(("/",), words("key-search")),
    KeyHelp(("Alt", "←"), words("key-back")),
    KeyHelp(("Esc",), words("key-escape")),
    KeyHelp(("Ctrl Z",), words("key-undo")),
    KeyHelp(("F1",), words("key-help")),
)


class Overlay(QWidget):
    """A card in the middle of where the pages are; Esc closes it.

    Signals:
        closed: it has gone.
    """

    closed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        host.installEventFilter(self)
        self.card = Card(margins=(28, 24, 28, 24), firm=True)
        middle = Qt.AlignmentFlag.AlignCenter
        self.setLayout(column(Grow(), Put(self.card, middle), Grow(), margins=(28, 28, 28, 28)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def cover(self) -> None:
        """Lie over the whole host."""
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._host.rect())
        return False

    def close_over(self) -> None:
        """Go."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.close_over()
        else:
            event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            painter.fillRect(self.rect(), theme.colour(Tone.BG))


class KeysOverlay(Overlay):
    """The keys of the page in front, and those that hold everywhere."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setAccessibleName(str(words("keys-title")))

    def tell(self, helps: Sequence[KeyHelp]) -> None:
        """Show these above the general ones."""
        clear(self.card.body)
        parts: list[Item] = [heading(words("keys-title"), Role.PANEL), 14]
        if helps:
            parts += [*self._lines(helps), 6, Rule(), 10]
        fill(self.card.body, [*parts, *self._lines(GENERAL)])
        self.cover()

    def _lines(self, helps: Sequence[KeyHelp]) -> list[Item]:
        found: list[Item] = []
        for told in helps:
            caps = widget(row(KeyCaps(told.keys), Grow()))
            caps.setMinimumWidth(150)
            found += [row(caps, 12, Grow(Label(told.does))), 8]
        return found


class FailurePage(Overlay):
    """Said calmly: something went wrong in the program, nothing stored is lost, one can go on."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._report: Report | None = None
        self._saved = Label("", Role.SMALL, Tone.INK2).wrap_at(_WIDE)
        self.go_on = Button(words("failure-go-on"), Kind.PRIMARY)
        self.go_on.clicked.connect(self.close_over)
        self.save = Button(words("failure-save"), icon="download")
        self.save.clicked.connect(self._on_save_clicked)
        said = Label(words("failure-said"), Role.BODY, Tone.INK2).wrap_at(_WIDE)
        head = row(
            Icon("circle-alert", Tone.AMBER, 24), 12, heading(words("failure-title"), Role.PANEL), Grow()
        )
        parts = (head, 8, said, 18, row(self.go_on, self.save, Grow(), space=10), 10, self._saved)
        fill(self.card.body, parts)

    def tell(self, report: Report) -> None:
        """Appear with this report to save."""
        self._report = report
        self._saved.say("")
        self.cover()
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_to(self, file: Path) -> None:
        """Write the report; a disk that refuses is said here."""
        assert self._report is not None
        try:
            file.write_text(self._report.text(), encoding="utf-8")
        except OSError:
            self._saved.say(words("failure-not-saved", file=file.name))
        else:
            self._saved.say(words("failure-saved", file=file.name))

    def _on_save_clicked(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen, _ = QFileDialog.getSaveFileName(self, str(words("failure-save")), f"{folder}/{REPORT_NAME}")
        if chosen:
            self.save_to(Path(chosen))
