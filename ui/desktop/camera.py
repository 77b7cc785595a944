"""The laptop's camera at the edge of the window: pictures while it is on, where there is one.

QtMultimedia comes with the extra `camera`; without it, or without a device, there is simply no camera.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

_MODULE = "PySide6.QtMultimedia"


class Camera(QObject):
    """A source of pictures.

    Signals:
        pictured: a picture, as they come, while it is on (QImage).
        failed: it was taken away, or another program holds it.
    """

    pictured = Signal(QImage)
    failed = Signal()

    def start(self) -> None:
        """Switch it on."""

    def stop(self) -> None:
        """Switch it off; its light must go out."""


Find = Callable[[], Camera | None]


def first() -> Camera | None:
    """The camera that the system puts first; None where there is none, or nothing to reach it by."""
    try:
        media = import_module(_MODULE)
    except ImportError:
        return None
    device = media.QMediaDevices.defaultVideoInput()
    return None if device.isNull() else Webcam(media, media.QCamera(device))


class Webcam(Camera):
    """A camera by QtMultimedia, which `media` is; `source` is its QCamera."""

    def __init__(self, media: ModuleType, source: Any) -> None:
        super().__init__()
        self._source = source
        self._sink = media.QVideoSink(self)
        self._session = media.QMediaCaptureSession(self)
        self._session.setCamera(source)
        self._session.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._on_frame)
        source.errorOccurred.connect(self._on_error)

    def start(self) -> None:
        self._source.start()

    def stop(self) -> None:
        self._source.stop()

    def _on_frame(self, frame: Any) -> None:
        picture = frame.toImage()
        if not picture.isNull():
            self.pictured.emit(picture)

    def _on_error(self, *_: object) -> None:
        self.failed.emit()
