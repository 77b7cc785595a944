"""Pages of a paper beside a list, drawn away from the window as wide as they are shown, and kept a while."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

from app.errors import Trouble
from ui.desktop.desk import Desk
from ui.desktop.widgets.paper import PagePicture, PaperView
from ui.desktop.wording import Text, told, words

_SETTLED = 120  # milliseconds without another choice or size before a page is drawn
_KEPT = 40  # pages kept as pictures

Draw = Callable[..., PagePicture | None]
"""A job of the runner: the subject, the number of the page from 0, and its width in pixels."""

Wanted = tuple[Hashable, int, int]
"""A page of a subject, so many pixels wide."""


class PagePreview(QObject):
    """Shows in `paper` what `draw` makes of the subject chosen last.

    Signals:
        drawn: a page is shown, with its PagePicture.
        failed: nothing can be shown, and why (a text).
    """

    drawn = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, draw: Draw, paper: PaperView) -> None:
        super().__init__(paper)
        self._desk, self._job, self._paper = desk, draw, paper
        self._subject: Hashable | None = None
        self._page = 0
        self._pictures: dict[Wanted, PagePicture] = {}
        self._timer = QTimer(self, singleShot=True, interval=_SETTLED)
        self._timer.timeout.connect(self._draw)
        paper.installEventFilter(self)

    def show(self, subject: Hashable, page: int = 0) -> None:
        """Show a page of this: at once where it is known, else when one has stayed at it for a moment."""
        self._subject, self._page = subject, page
        known = self._pictures.get(self._wanted())
        if known is not None:
            self._show(known)
        else:
            self._paper.wait()
            self._timer.start()

    def turn(self, page: int) -> None:
        """Show another page of the same."""
        self._page = page
        self._draw()

    def show_none(self, said: Text = "") -> None:
        """There is nothing to show; the sheet says why."""
        self._subject = None
        self._timer.stop()
        self._paper.wait(said)

    def forget(self) -> None:
        """What is drawn may not be what is on record any more."""
        self._pictures.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._subject is not None:
            self._timer.start()
        return False

    def _wanted(self) -> Wanted:
        assert self._subject is not None
        return self._subject, self._page, self._paper.pixels()

    def _draw(self) -> None:
        if self._subject is None:
            return
        wanted = self._wanted()
        if wanted in self._pictures:
            self._show(self._pictures[wanted])
            return
        then, refused = functools.partial(self._on_drawn, wanted), functools.partial(self._on_refused, wanted)
        self._desk.runner.work(self._job, *wanted, then=then, refused=refused)

    def _on_drawn(self, wanted: Wanted, picture: PagePicture | None) -> None:
        if picture is None:
            self._fail(wanted, words("certificates-undrawn"))
            return
        if len(self._pictures) >= _KEPT:
            self._pictures.pop(next(iter(self._pictures)))
        self._pictures[wanted] = picture
        if self._subject is not None and self._wanted() == wanted:
            self._show(picture)

    def _on_refused(self, wanted: Wanted, trouble: Trouble) -> None:
        self._fail(wanted, told(trouble))

    def _fail(self, wanted: Wanted, why: Text) -> None:
        if self._subject is not None and self._wanted() == wanted:
            self._paper.wait(why)
            self.failed.emit(why)

    def _show(self, picture: PagePicture) -> None:
        """Show it; a page of another shape than the one before is drawn once more, for its own width."""
        before = self._paper.pixels()
        self._paper.show_image(picture.image)
        if self._paper.pixels() != before:
            self._timer.start()
        self.drawn.emit(picture)
