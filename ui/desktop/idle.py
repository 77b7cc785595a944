"""Locks the window when nobody has touched it for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

_TOUCHES = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class IdleLock(QObject):
    """Counts from the last key, click or movement in the window.

    It listens where the system hands its events in, since a filter on the whole application would be
    asked about every event of every widget.

    Signals:
        passed: nobody has touched the window for as long as was set.
    """

    passed = Signal()

    def __init__(self, window: QWidget, minutes: int) -> None:
        super().__init__(window)
        self._clock = QTimer(self, singleShot=True)
        self._clock.timeout.connect(self.passed)
        window.winId()  # makes the system's window, whose events are listened to
        handle = window.windowHandle()
        assert handle is not None
        handle.installEventFilter(self)
        self.set_minutes(minutes)

    def set_minutes(self, minutes: int) -> None:
        """Lock after so many minutes; 0 never."""
        self._clock.setInterval(minutes * 60_000)
        self._touch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touch()
        return False

    def _touch(self) -> None:
        if self._clock.interval():
            self._clock.start()
        else:
            self._clock.stop()
