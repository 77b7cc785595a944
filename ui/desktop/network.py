"""Hears from the system whether the machine has a network."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QNetworkInformation

from ui.desktop.background import Background


class NetworkWatch(QObject):
    """Tells the background sync when a network comes and goes, where the system says so."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        if QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            QNetworkInformation.instance().reachabilityChanged.connect(self._on_reachability)

    def _on_reachability(self, reach: QNetworkInformation.Reachability) -> None:
        if reach is QNetworkInformation.Reachability.Disconnected:
            self._background.network_went()
        else:
            self._background.network_came()
