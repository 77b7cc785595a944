"""The recovery phrase, shown this once: to be written down, copied or printed before one goes on."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QPageSize, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.pages.set_up_parts import WIDE, Step
from ui.desktop.tokens import Hue, Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, row, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.toggles import TickBox
from ui.desktop.wording import Text, words

_COLUMNS, _WIDE, _HIGH, _PAD = 4, 120, 44, 22


class PhraseStep(Step):
    """The phrase and what it is for.

    Signals:
        kept: the person says it is kept in a safe place.
    """

    kept = Signal()

    def __init__(self) -> None:
        super().__init__(words("phrase-title"), words("phrase-detail"), go=words("phrase-go"), back=False)
        self._machine = ""
        self._phrase = _Phrase()
        self._copy = Button(words("phrase-copy"), icon="clipboard-list")
        self._copy.clicked.connect(self._on_copy_clicked)
        self._print = Button(words("phrase-print"), icon="printer")
        self._print.clicked.connect(self._on_print_clicked)
        self._said = Label("", Role.SMALL, Tone.INK2)
        self._safe = TickBox(words("phrase-safe"))
        self._safe.toggled.connect(self._on_safe)
        verbs = row(self._copy, self._print, 4, self._said, Grow(), space=10)
        warning = Strip(words("phrase-warning"), Hue.AMBER)
        self.put(self._phrase, 12, widget(verbs), 16, warning, 12, self._safe)
        self.go.setEnabled(False)

    def show_phrase(self, phrase: str, machine: str) -> None:
        """Show it; `machine` is printed with it, so that the sheet can be told from others."""
        self._machine = machine
        self._phrase.show_phrase(phrase)
        self._safe.setChecked(False)

    def first(self) -> QWidget | None:
        return self._copy

    def on_go(self) -> None:
        if self._safe.isChecked():
            self._phrase.show_phrase("")
            self.kept.emit()

    def _on_safe(self, safe: bool) -> None:
        self.go.setEnabled(safe)

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._phrase.phrase)
        self._said.say(words("phrase-copied"))

    def _on_print_clicked(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # printing is asked for here alone

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setPageMargins(QMarginsF(20, 20, 20, 20))
        if QPrintDialog(printer, self).exec():
            painter = QPainter(printer)
            draw_sheet(painter, printer.resolution() / 72, self._phrase.phrase, self._machine)
            painter.end()
            self._said.say(words("phrase-printed"))


def draw_sheet(painter: QPainter, point: float, phrase: str, machine: str) -> None:
    """The sheet with the phrase; `point` is how many of the painter's units a point (1/72 inch) has."""
    lines: list[tuple[Text, int, bool]] = [
        (words("phrase-sheet-title", machine=machine), 18, True),
        (words("phrase-sheet-what"), 11, False),
        *((" - ".join(line), 20, True) for line in _lines(phrase)),
        (words("phrase-sheet-keep"), 11, False),
    ]
    top = 0.0
    for text, size, strong in lines:
        made = QFont(theme.FAMILY)
        made.setPixelSize(round(size * point))
        made.setWeight(QFont.Weight.Bold if strong else QFont.Weight.Normal)
        painter.setFont(made)
        room = QRectF(0, top, 460 * point, 80 * point)
        drawn = painter.drawText(room, int(Qt.TextFlag.TextWordWrap), str(text))
        top += drawn.height() + 12 * point


def _lines(phrase: str) -> list[list[str]]:
    groups = phrase.split("-")
    return [groups[at : at + _COLUMNS] for at in range(0, len(groups), _COLUMNS)]


class _Phrase(QWidget):
    """The groups in lines of four, large; a screen reader reads them in order."""

    def __init__(self) -> None:
        super().__init__()
        self.phrase = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_phrase(self, phrase: str) -> None:
        self.phrase = phrase
        self.setAccessibleName(phrase.replace("-", " "))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDE, len(_lines(self.phrase)) * _HIGH + 2 * 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            surface, line = theme.colour(Tone.SURFACE), theme.colour(Tone.LINE2)
            painting.box(painter, self.rect(), surface, line, tokens().radius["card"])
            number = 0
            for down, groups in enumerate(_lines(self.phrase)):
                for along, group in enumerate(groups):
                    number += 1
                    left = _PAD + along * (self.width() - 2 * _PAD) / _COLUMNS
                    top = 14 + down * _HIGH
                    count = QRectF(left, top, 18, _HIGH)
                    painting.text(painter, count, str(number), Role.CAPTION, Tone.INK3)
                    painting.text(painter, QRectF(left + 24, top, _WIDE, _HIGH), group, Role.PAGE, Tone.INK)
