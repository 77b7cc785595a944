"""What a page shows before there is anything: the steps to begin with, the first of them a button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets import painting
from ui.desktop.widgets.cards import Rule
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Item, Put, column, row
from ui.desktop.widgets.ornament import EmptyPicture
from ui.desktop.wording import Text


@dataclass(frozen=True, slots=True)
class Step:
    """A step to take: what, and how; the first one has its button."""

    title: Text
    detail: Text
    action: QWidget | None = None


class EmptyState(QWidget):
    """Picture at the left, at the right what to do first. `more` may hold `[links](key)`.

    Signals:
        linked: a link in `more` was followed, with its key.
    """

    linked = Signal(str)

    def __init__(
        self,
        title: Text,
        detail: Text,
        steps: Sequence[Step],
        more: Text = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        lead = Label(detail, Role.LEAD, Tone.INK2, wrap=True)
        said: list[Item] = [Label(title, Role.PAGE, wrap=True), 6, lead, 18]
        for at, step in enumerate(steps, 1):
            said += [Rule(), 12, self._step(at, step), 12]
        if more:
            closing = Label(more, Role.BODY, Tone.INK2, wrap=True)
            closing.linked.connect(self.linked)
            said += [12, closing]
        right = column(*said)
        shown = row(Grow(), Put(EmptyPicture(), Qt.AlignmentFlag.AlignVCenter), 48, right, Grow())
        shown.setStretch(3, 6)
        self.setLayout(column(Grow(), shown, Grow(share=2)))

    def _step(self, at: int, step: Step) -> QWidget:
        told = column(Label(step.title, Role.MAIN), Label(step.detail, Role.BODY, Tone.INK2, wrap=True))
        parts: list[Item] = [Put(_Number(at), Qt.AlignmentFlag.AlignVCenter), 14, Grow(told)]
        if step.action is not None:
            parts += [16, Put(step.action, Qt.AlignmentFlag.AlignVCenter)]
        made = QWidget()
        made.setLayout(row(*parts))
        return made


class _Number(QWidget):
    """A step's number in its disc."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self._n = n
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(28, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            place = QRectF(self.rect())
            painting.box(painter, place, theme.colour(Tone.ACCENT_SOFT), None, 14)
            middle = Qt.AlignmentFlag.AlignHCenter
            painting.text(painter, place, str(self._n), Role.STRONG, Tone.LINK, middle)
