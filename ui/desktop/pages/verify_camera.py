"""Verifying by the camera: what it sees, and the code on it once one is read."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop.camera import Camera
from ui.desktop.desk import Desk
from ui.desktop.pages import verify_work
from ui.desktop.pages.verify_work import Grey
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.labels import Label, heading
from ui.desktop.widgets.layouts import Grow, Put, column, row
from ui.desktop.wording import words

_FORMAT = QImage.Format.Format_Grayscale8


class Viewfinder(QWidget):
    """The last picture of the camera, whole, as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(320, 240))
        self.setAccessibleName(str(words("verify-camera-picture")))

    def show_picture(self, picture: QImage) -> None:
        """Show this one from now on."""
        self.picture = picture
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.picture.isNull():
            return
        size = self.picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self.picture)


class CameraPanel(QWidget):
    """Looks through a camera until it reads a code.

    Signals:
        read: the text of a QR code of ours (str); the camera is off again.
        ended: the person has had enough.
        failed: the camera gives no pictures any more; it is off.
    """

    read = Signal(str)
    ended = Signal()
    failed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._camera: Camera | None = None
        self._looking = False
        self.view = Viewfinder()
        self.stop_button = Button(words("verify-camera-stop"), key="Esc")
        self.stop_button.clicked.connect(self._on_stop_clicked)
        said = Label(words("verify-camera-hint"), Role.BODY, Tone.INK2, wrap=True)
        foot = row(Grow(said), 16, Put(self.stop_button, Qt.AlignmentFlag.AlignVCenter))
        self.setLayout(column(heading(words("verify-camera")), 12, Grow(self.view), 12, foot))

    def begin(self, camera: Camera) -> None:
        """Switch the camera on."""
        self.end()
        self._camera = camera
        camera.pictured.connect(self._on_pictured)
        camera.failed.connect(self._on_failed)
        camera.start()

    def end(self) -> None:
        """Switch it off, and forget what it saw."""
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.pictured.disconnect(self._on_pictured)
            camera.failed.disconnect(self._on_failed)
            camera.stop()
        self.view.show_picture(QImage())

    def _on_pictured(self, picture: QImage) -> None:
        """Show it, and look at it away from the window unless another one is being looked at."""
        self.view.show_picture(picture)
        if self._looking:
            return
        self._looking = True
        self._desk.runner.read(verify_work.look, _grey(picture), then=self._on_looked, aside=True)

    def _on_looked(self, text: str | None) -> None:
        self._looking = False
        if text is not None and self._camera is not None:
            self.end()
            self.read.emit(text)

    def _on_stop_clicked(self) -> None:
        self.end()
        self.ended.emit()

    def _on_failed(self) -> None:
        self.end()
        self.failed.emit()


def _grey(picture: QImage) -> Grey:
    grey = picture.convertToFormat(_FORMAT)
    data = bytes(grey.constBits())
    return Grey(data, grey.width(), grey.height(), grey.bytesPerLine())
