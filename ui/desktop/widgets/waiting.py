"""What a page shows while its rows are read, and where a file may be let fall."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Put, column
from ui.desktop.wording import Text, words


class Skeleton(QWidget):
    """The shape of rows to come, still: it moves nothing and so costs nothing."""

    def __init__(self, rows: int = 8, height: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._height = rows, height
        self.setAccessibleName(str(words("window-reading")))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(300, self._rows * self._height + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            surface, line = theme.colour(Tone.SURFACE), theme.colour(Tone.LINE)
            painting.box(painter, self.rect(), surface, line, tokens().radius["card"])
            for at in range(self._rows):
                middle = 1 + at * self._height + self._height / 2
                for left, wide in ((0.02, 0.03), (0.07, 0.16 + 0.03 * (at % 3)), (0.4, 0.12), (0.7, 0.1)):
                    place = QRectF(self.width() * left, middle - 4, self.width() * wide, 8)
                    painting.box(painter, place, theme.colour(Tone.SUNKEN), None, 4)
                if at:
                    painting.hairline(painter, 1, self.width() - 1, 1 + at * self._height)


class DropTarget(QWidget):
    """A place for a file: to let it fall there, or to choose it with the button inside.

    Signals:
        dropped: a file with one of the endings was let fall, as a Path.
        refused: something else was.
    """

    dropped = Signal(Path)
    refused = Signal()

    def __init__(
        self,
        title: Text,
        detail: Text,
        endings: Sequence[str],
        button: QWidget,
        icon: str = "file-spreadsheet",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._endings = tuple(ending.lower() for ending in endings)
        self._over = False
        self.setAcceptDrops(True)
        middle = Qt.AlignmentFlag.AlignHCenter
        told = Label(title, Role.SECTION), Label(detail, Role.SMALL, Tone.INK2)
        parts = (Put(Icon(icon, Tone.LINK, 32), middle), 10, Put(told[0], middle), 2, Put(told[1], middle))
        self.setLayout(column(Grow(), *parts, 16, Put(button, middle), Grow(), margins=(24, 24, 24, 24)))
        self.setAccessibleName(f"{title}. {detail}")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._hover(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hover(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._hover(False)
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        fitting = [file for file in files if file.suffix.lower() in self._endings]
        if fitting:
            event.acceptProposedAction()
            self.dropped.emit(fitting[0])
        else:
            self.refused.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            fill = theme.colour(Tone.ACCENT_SOFT if self._over else Tone.SURFACE)
            border = theme.colour(Tone.ACCENT if self._over else Tone.LINE2)
            radius, wide = tokens().radius["card"], 2 if self._over else 1
            painting.box(painter, self.rect(), fill, border, radius, wide, dashed=True)

    def _hover(self, over: bool) -> None:
        self._over = over
        self.update()
