"""Verify a certificate with no network: from a file, picture, scanner or pasted text, to what is signed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.errors import Trouble
from ui.desktop import camera, files
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages import verify_work
from ui.desktop.pages.verify_camera import CameraPanel
from ui.desktop.pages.verify_card import VerdictCard
from ui.desktop.pages.verify_side import Side
from ui.desktop.pages.verify_ways import Ways
from ui.desktop.pages.verify_work import Found, Source
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.chips import Chip, ChipLook
from ui.desktop.widgets.inputs import TextInput
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, column, row, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.pagehead import PageHead
from ui.desktop.widgets.waiting import DropTarget, Skeleton
from ui.desktop.wording import told, words

ENDINGS = (".pdf", ".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp", ".gif")
_SHORTEST = 40  # letters; whatever is shorter is no code of ours, but somebody's typing
_PAUSE = 1_500  # milliseconds of silence after which a scanner has ended, whatever it lacks
_KEYS = (
    KeyHelp(("Enter",), words("verify-another")),
    KeyHelp(("Ctrl O",), words("verify-open")),
    KeyHelp(("Ctrl V",), words("verify-key-paste")),
)


class VerifyPage(Page):
    """go("verify", a Path or the text of a code): the argument only to begin with it."""

    place = "certificates"

    def __init__(self, desk: Desk, find_camera: camera.Find = camera.first) -> None:
        super().__init__(desk)
        self._find_camera = find_camera
        self._found: Found | None = None
        self._scanned = ""
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # to hear a scanner; there is nothing on it to press
        self.setAccessibleName(str(words("verify-title")))
        self._silence = QTimer(self, singleShot=True, interval=_PAUSE)
        self._silence.timeout.connect(self._on_silence)
        self.copy_button = Button(words("verify-copy"), icon="clipboard-list")
        self.copy_button.clicked.connect(self._on_copy_clicked)
        self.open_button = Button(words("verify-open"), icon="file-text")
        self.open_button.clicked.connect(self.open)
        scanner = Chip(ChipLook(words("verify-scanner"), icon="barcode"))
        self.head = PageHead(
            words("verify-title"),
            self.copy_button,
            self.open_button,
            scanner,
            crumbs=(words("place-certificates"),),
        )
        self.head.crumb.connect(lambda _: desk.go("certificates"))
        self.card, self.side = VerdictCard(), Side()
        self.side.chosen.connect(self._show)
        self.again = Button(words("verify-another"), Kind.PRIMARY, size=Size.MAIN, key="Enter", spread=True)
        self.again.clicked.connect(self.ask)
        right = widget(column(Grow(self.side), 10, self.again))
        right.setMinimumWidth(300)
        self._answer = widget(row(Grow(self.card, 70), 20, Grow(right, 30)))
        self._asking = self._empty()
        self._busy = widget(
            column(Label(words("verify-busy"), Role.LEAD, Tone.INK2), 12, Skeleton(8, 40), Grow())
        )
        self.looking = CameraPanel(desk)
        self.looking.read.connect(self.check)
        self.looking.ended.connect(self.ask)
        self.looking.failed.connect(self._on_camera_failed)
        parts = (Grow(self._asking), Grow(self._busy), Grow(self._answer), Grow(self.looking))
        self.setLayout(column(self.head, 16, *parts, margins=(28, 20, 28, 14)))
        self._put(self._asking)

    def shown(self, *arguments: object) -> None:
        self._offer_camera()
        for given in arguments:
            if isinstance(given, Path | str):
                self.check(given)

    def keys(self) -> Sequence[KeyHelp]:
        return _KEYS

    def focus_first(self) -> None:
        if self._asking.isVisible():
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> bool:
        self.looking.end()
        return super().left()

    def escaped(self) -> bool:
        if not (self._answer.isVisible() or self.looking.isVisible()):
            return False
        self.looking.end()
        self.ask()
        return True

    def ask(self) -> None:
        """Get ready for another certificate."""
        self._found = None
        self._refusal.hide()
        self.text.clear()
        self._put(self._asking)
        self.focus_first()

    def look(self) -> None:
        """Read the code by the camera."""
        found = self._find_camera()
        if found is None:
            self._offer_camera()
            return
        self._refusal.hide()
        self._put(self.looking)
        self.looking.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.looking.begin(found)

    def open(self) -> None:
        """Ask for a file."""
        path = files.open_name(self, words("verify-open"), " ".join(f"*{ending}" for ending in ENDINGS))
        if path is not None:
            self.check(path)

    def paste(self) -> bool:
        """Check what is in the clipboard: a picture, a file, or the text of a code; whether there was any."""
        held = QGuiApplication.clipboard().mimeData()
        if held.hasImage():
            self.check(_png(QGuiApplication.clipboard().image()))
        elif held.hasUrls() and held.urls()[0].isLocalFile():
            self.check(Path(held.urls()[0].toLocalFile()))
        elif held.hasText() and held.text().strip():
            self.check(held.text().strip())
        else:
            return False
        return True

    def check(self, source: Source) -> None:
        """Verify this, away from the window."""
        self._refusal.hide()
        self._put(self._busy)
        today = self.desk.now().date()
        self.desk.runner.work(
            verify_work.verify, source, today, then=self._on_found, refused=self._on_refused, network=True
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What a scanner types while no field has the focus; Enter alone asks for another certificate."""
        if event.matches(QKeySequence.StandardKey.Open):
            self.open()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif event.text().isprintable() and event.text() and not event.modifiers() & _COMMANDS:
            self._scanned += event.text()
            self._silence.start()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            event.acceptProposedAction()
            self.check(local[0])

    def _on_enter(self) -> None:
        scanned, self._scanned = self._scanned, ""
        if len(scanned) >= _SHORTEST:
            self.check(scanned)
        elif self._answer.isVisible():
            self.ask()

    def _on_silence(self) -> None:
        """A scanner that sends no Enter has ended; a hand that touched a key has not meant anything."""
        scanned, self._scanned = self._scanned, ""
        if len(scanned) >= _SHORTEST:
            self.check(scanned)

    def _on_found(self, found: Found) -> None:
        self._found = found
        self._put(self._answer)
        self.side.show_all(found.verdicts, 0)
        self._show(0)
        self.focus_first()

    def _on_refused(self, trouble: Trouble) -> None:
        """What was given is no certificate at all; what was typed stays."""
        self._put(self._asking)
        self.strip.say(told(trouble))
        self._refusal.show()
        self.focus_first()

    def _show(self, at: int) -> None:
        assert self._found is not None
        verdict = self._found.verdicts[at]
        self.card.show_verdict(verdict)
        self.side.show_verdict(verdict, self._found.centres)

    def _on_copy_clicked(self) -> None:
        """The answer with its fields as text, for a message to whoever asked."""
        banner = self.card.banner
        fields = [field.accessibleName() for field in self.card.fields]
        lines = [banner.title.accessibleName(), banner.detail.accessibleName(), *fields]
        QGuiApplication.clipboard().setText("\n".join(line for line in lines if line))
        self.desk.tell(words("verify-copied"))

    def _on_text_entered(self) -> None:
        if self.text.text().strip():
            self.check(self.text.text().strip())

    def _put(self, shown: QWidget) -> None:
        if shown is not self.looking:
            self.looking.end()
        for part in (self._asking, self._busy, self._answer, self.looking):
            part.setVisible(part is shown)
        self.copy_button.setVisible(shown is self._answer)

    def _offer_camera(self) -> None:
        self.ways.offer_camera(self._find_camera() is not None)

    def _on_camera_failed(self) -> None:
        self._put(self._asking)
        self.strip.say(words("verify-camera-failed"))
        self._refusal.show()
        self._offer_camera()

    def _empty(self) -> QWidget:
        """Where a file falls, and the other ways."""
        choose = Button(words("verify-choose"), Kind.PRIMARY, icon="file-text")
        choose.clicked.connect(self.open)
        self.drop = DropTarget(
            words("verify-drop"), words("verify-drop-said"), ENDINGS, choose, icon="shield-check"
        )
        self.drop.dropped.connect(self.check)
        self.drop.refused.connect(lambda: self._on_refused(Trouble("certificate-picture-damaged")))
        self.text = TextInput(words("verify-text-hint"), letters=30)
        self.text.setAccessibleName(str(words("verify-text")))
        self.text.returnPressed.connect(self._on_text_entered)
        self.strip = Strip("", Hue.RED, "circle-alert")
        self._refusal = widget(column(self.strip, 12))
        self._refusal.hide()
        self.ways = Ways()
        self.ways.camera_button.clicked.connect(self.look)
        left = column(
            self._refusal, Grow(self.drop), 18, Label(words("verify-text"), Role.NAME), 5, self.text
        )
        return widget(row(Grow(left, 70), 20, Grow(column(self.ways, Grow()), 30)))


_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def _png(image: QImage) -> bytes:
    """A picture as a file holds it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # takes a device as well as a name
    return bytes(buffer.data().data())


PAGE = VerifyPage
