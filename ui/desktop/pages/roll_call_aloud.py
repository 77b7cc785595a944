"""Calling names aloud: one person at a time, in type that is read from the other end of a table."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetricsF, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.attendance import Status
from ui.desktop import theme
from ui.desktop.pages.roll_call_cells import letters, mark, may_miss
from ui.desktop.pages.roll_call_marks import HUES, word
from ui.desktop.pages.roll_call_presenter import RollCall
from ui.desktop.tokens import Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.cells import Cell
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Put, column, row
from ui.desktop.wording import words

_LARGEST, _SMALLEST = 76, 26
_KEY_HIGH = 84


class Aloud(Card):
    """Signals:
    pressed: one of the five keys was clicked, by its letter.
    """

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__(margins=(36, 26, 36, 26))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._place, self._next = Label("", Role.SECTION, Tone.INK2), Label("", Role.LEAD, Tone.INK2)
        self._name = _Name()
        self._past, self._left, self._now = _Drawn(), _Drawn(), _Drawn()
        self._keys = [_BigKey(status) for status in Status]
        for key in self._keys:
            key.pressed.connect(self.pressed)
        facts = row(Grow(), self._now, self._past, self._left, Grow(), space=24)
        keys = row(*self._keys, space=10)
        parts = (Put(self._place, middle), Grow(), self._name, 10, facts, Grow(), keys, 18)
        self.body.addLayout(column(*parts, Put(self._next, middle)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.mark(event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.mark(False)

    def show_roll(self, roll: RollCall) -> None:
        """Show the current line, and who comes next."""
        line, sheet = roll.line, roll.sheet
        if line is None or sheet is None:
            return
        self._place.say(words("roll-aloud-place", number=line.number, of=len(sheet.lines)))
        self._name.say(line.name)
        self._past.show_cell(letters(line))
        self._left.show_cell(may_miss(line))
        self._now.show_cell(mark(line))
        for key in self._keys:
            key.hold(key.status is line.status)
        below = sheet.below(line.participant)
        done = not sheet.unmarked()
        self._next.say(
            words("roll-aloud-done")
            if done
            else words("roll-aloud-next", name=below[0].name)
            if below
            else ""
        )
        self.setAccessibleName(f"{line.number} {line.name}. {mark(line).words()}. {may_miss(line).words()}")


class _Name(QWidget):
    """A name as large as fits."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        font, measure = self._fitting()
        with painting.painting(self) as painter:
            painter.setFont(font)
            painter.setPen(theme.colour(Tone.INK))
            said = measure.elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
            left = (self.width() - measure.horizontalAdvance(said)) / 2
            painter.drawText(QPointF(left, (self.height() + measure.capHeight()) / 2), said)

    def _fitting(self) -> tuple[QFont, QFontMetricsF]:
        font = QFont(theme.font(Role.FIGURE))
        measure = QFontMetricsF(font)
        wide = measure.horizontalAdvance(self._text) / font.pixelSize()
        fits = int(self.width() / wide) if wide else _LARGEST
        font.setPixelSize(max(_SMALLEST, min(_LARGEST, fits)))
        return font, QFontMetricsF(font)


class _Drawn(QWidget):
    """A table's cell, standing alone."""

    def __init__(self) -> None:
        super().__init__()
        self._cell: Cell | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_cell(self, cell: Cell) -> None:
        self._cell = cell
        self.setVisible(cell.wide() > 0)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0 if self._cell is None else self._cell.wide() + 2, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._cell is not None:
            with painting.painting(self) as painter:
                self._cell.draw(painter, QRectF(self.rect()), False)


class _BigKey(QWidget):
    """One of the five keys, large.

    Signals:
        pressed: it was clicked, with its letter.
    """

    pressed = Signal(str)

    def __init__(self, status: Status) -> None:
        super().__init__()
        self.status = status
        self._held = False
        self.setAccessibleName(f"{status.value} {word(status)}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def hold(self, held: bool) -> None:
        self._held = held
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.width(Role.MAIN, str(word(self.status))) + 24, _KEY_HIGH)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self.status.value)

    def paintEvent(self, event: QPaintEvent) -> None:
        hue, middle = HUES[self.status], Qt.AlignmentFlag.AlignHCenter
        fill, edge = (hue.solid, hue.solid) if self._held else (hue.tint, hue.tint)
        ink = Tone.SURFACE if self._held else hue.solid
        with painting.painting(self) as painter:
            radius = tokens().radius["card"]
            painting.box(painter, self.rect(), theme.colour(fill), theme.colour(edge), radius)
            upper = QRectF(0, 10, self.width(), 34)
            painting.text(painter, upper, self.status.value, Role.DISPLAY, ink, middle)
            under = QRectF(0, 46, self.width(), 26)
            painting.text(painter, under, str(word(self.status)), Role.MAIN, ink, middle)
