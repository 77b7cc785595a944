"""Pages of a PDF as pictures: drawn by Qt's PDF engine away from the window, shown on white in any theme."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets import painting
from ui.desktop.wording import Text

A4_WIDE = QSizeF(297, 210)
_RADIUS = 4


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page drawn, and how many pages its document has."""

    image: QImage
    pages: int


def draw_page(pdf: bytes, number: int, width: int) -> PagePicture | None:
    """The page of this number (from 0, the last one where there are fewer), `width` pixels wide.

    Safe on any thread. None for bytes that are no PDF.
    """
    held = QByteArray(pdf)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    if document.status() is not QPdfDocument.Status.Ready or not document.pageCount():
        return None
    at = min(number, document.pageCount() - 1)
    points = document.pagePointSize(at)
    size = QSize(width, round(width * points.height() / points.width()))
    drawn = document.render(at, size)
    white = QImage(drawn.size(), QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    painter = QPainter(white)
    painter.drawImage(0, 0, drawn)
    painter.end()
    made = PagePicture(white, document.pageCount())
    document.close()
    return made


class PaperView(QWidget):
    """A sheet as wide as its place, in the shape of the paper; white also in the dark theme.

    While there is no picture yet the sheet is empty, with a sentence in its middle where there is one.
    """

    def __init__(self, name: Text, shape: QSizeF = A4_WIDE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._shape = name, shape
        self._image: QImage | None = None
        self._said: Text = ""
        self.setAccessibleName(str(name))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_image(self, image: QImage) -> None:
        """Show this page."""
        self._image, self._said = image, ""
        shape = QSizeF(image.size())
        if abs(shape.width() / shape.height() - self._shape.width() / self._shape.height()) > 0.01:
            self._shape = shape
            self.updateGeometry()
        self.update()

    def wait(self, said: Text = "") -> None:
        """Show an empty sheet, with a sentence on it."""
        self._image, self._said = None, said
        self.setAccessibleDescription(str(said))
        self.update()

    @property
    def image(self) -> QImage | None:
        """What is shown."""
        return self._image

    def pixels(self) -> int:
        """How many pixels of the screen a page is wide here: what to draw it for."""
        return round(self.sheet().width() * self.devicePixelRatioF())

    def sheet(self) -> QRectF:
        """Where the sheet lies."""
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        scale = min(room.width() / self._shape.width(), room.height() / self._shape.height())
        size = QSizeF(self._shape.width() * scale, self._shape.height() * scale)
        left = room.left() + (room.width() - size.width()) / 2
        return QRectF(round(left), room.top(), round(size.width()), round(size.height()))

    def sizeHint(self) -> QSize:
        return QSize(576, self.heightForWidth(576))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round((width - 2) * self._shape.height() / self._shape.width()) + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            sheet = self.sheet()
            white = Qt.GlobalColor.white
            painter.fillRect(sheet, white)
            if self._image is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(sheet, self._image)
            frame = sheet.adjusted(-1, -1, 1, 1)
            painting.box(painter, frame, None, theme.colour(Tone.LINE2), _RADIUS)
            if self._said:
                strip = QRectF(sheet.left(), sheet.center().y() - 22, sheet.width(), 44)
                painter.fillRect(strip, theme.colour(Tone.SUNKEN))
                inner = strip.adjusted(12, 0, -12, 0)
                painting.text(
                    painter, inner, str(self._said), Role.BODY, Tone.INK2, Qt.AlignmentFlag.AlignHCenter
                )
