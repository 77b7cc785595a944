"""The ways to verify a certificate, in words, and the one by the camera with its button."""

from __future__ import annotations

from ui.desktop.tokens import Hue
from ui.desktop.widgets.buttons import Button, Size
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.labels import heading
from ui.desktop.widgets.lines import Line
from ui.desktop.wording import words


class Ways(Card):
    """Scanner, camera, photograph, and that none of them needs a network."""

    def __init__(self) -> None:
        self.camera_button = Button(words("verify-camera-start"), icon="camera", size=Size.SMALL)
        said = words("verify-camera-said")
        self.camera = Line("camera", Hue.BLUE, words("verify-camera"), said, self.camera_button)
        self.no_camera = Line("camera", Hue.GREY, words("verify-camera"), words("verify-camera-none"))
        super().__init__(
            heading(words("verify-ways")),
            12,
            Line("barcode", Hue.BLUE, words("verify-way-scanner"), words("verify-way-scanner-said")),
            16,
            self.camera,
            self.no_camera,
            16,
            Line("file-text", Hue.BLUE, words("verify-way-picture"), words("verify-way-picture-said")),
            16,
            Line("lock", Hue.BLUE, words("verify-way-offline"), words("verify-way-offline-said")),
        )

    def offer_camera(self, there: bool) -> None:
        """The way by the camera where there is one, else a word that there is none."""
        self.camera.setVisible(there)
        self.no_camera.setVisible(not there)
