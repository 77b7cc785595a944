"""The head of a page: where one is, its title, and what can be done here at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets import painting
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Item, Put, clear, column, fill, row, widget
from ui.desktop.widgets.pressable import Pressable
from ui.desktop.wording import Text


class PageHead(QWidget):
    """Crumbs, title and a quiet line under it at the left, the page's widgets at the right.

    Signals:
        crumb: a crumb was followed, by its place in the row.
    """

    crumb = Signal(int)

    def __init__(
        self,
        title: Text,
        *right: QWidget,
        crumbs: Sequence[Text] = (),
        detail: Text = "",
        role: Role = Role.PAGE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._crumbs = row(space=6)
        self._crumb_line = widget(self._crumbs)
        self.title = Label(title, role)
        self.detail = Label(detail, Role.BODY, Tone.INK2)
        left = column(self._crumb_line, 2, self.title, self.detail)
        middle = Qt.AlignmentFlag.AlignVCenter
        self.setLayout(row(left, Grow(), *(Put(item, middle) for item in right), space=10))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.say(title, crumbs, detail)

    def say(self, title: Text, crumbs: Sequence[Text] = (), detail: Text = "") -> None:
        """Show this title, these crumbs above it and this line under it."""
        self.title.say(title)
        self.detail.say(detail)
        self.detail.setVisible(bool(detail))
        clear(self._crumbs)
        parts: list[Item] = []
        for at, text in enumerate(crumbs):
            parts += [Icon("chevron-right", Tone.INK2, 16)] if at else []
            made = _Crumb(text)
            made.clicked.connect(lambda _=False, at=at: self.crumb.emit(at))
            parts.append(made)
        fill(self._crumbs, [*parts, Grow()])
        self._crumb_line.setVisible(bool(crumbs))


class _Crumb(Pressable):
    """A place one came through."""

    def __init__(self, text: Text) -> None:
        super().__init__()
        self._text = text
        self.setAccessibleName(str(text))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.width(Role.SMALL, str(self._text)), 18)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(str(self._text))
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            tone = Tone.LINK if self.underMouse() or self.hasFocus() else Tone.INK2
            painting.text(painter, self.rect(), str(self._text), Role.SMALL, tone)
            if self.hasFocus():
                line = round(painting.baseline(QRectF(self.rect()), Role.SMALL)) + 2
                painter.fillRect(0, line, self.width(), 2, theme.colour(Tone.ACCENT))


class Steps(QWidget):
    """The steps of a job in a row: done ones ticked, the present one filled."""

    def __init__(self, steps: Sequence[Text], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps, self._now = list(steps), 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.go(0)

    def go(self, now: int) -> None:
        """The step one is at, from 0; one past the last: all are done."""
        self._now = now
        here = self._steps[now] if now < len(self._steps) else self._steps[-1]
        self.setAccessibleName(f"{min(now + 1, len(self._steps))} / {len(self._steps)}: {here}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(sum(self._wide(at) for at in range(len(self._steps))) - 52, 28)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.go(self._now)
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            left = 0
            for at, step in enumerate(self._steps):
                self._paint_disc(painter, left, at)
                role, tone = (Role.SMALL_STRONG, Tone.INK) if at == self._now else (Role.SMALL, Tone.INK2)
                place = QRectF(left + 32, 0, self._wide(at) - 84, 28)
                painting.text(painter, place, str(step), role, tone)
                if at + 1 < len(self._steps):
                    end = left + self._wide(at)
                    painting.hairline(painter, end - 40, end - 12, 14, Tone.LINE2)
                left += self._wide(at)

    def _paint_disc(self, painter: QPainter, left: int, at: int) -> None:
        place = QRectF(left, 2, 24, 24)
        if at < self._now:
            tint, edge = theme.colour(Tone.GREEN_TINT), theme.colour(Tone.GREEN)
            painting.box(painter, place, tint, edge, 12)
            painting.icon(painter, "check", place, Tone.GREEN, 15)
            return
        here = at == self._now
        fill = theme.colour(Tone.ACCENT if here else Tone.BG)
        painting.box(painter, place, fill, None if here else theme.colour(Tone.LINE2), 12)
        ink = Tone.ON_ACCENT if here else Tone.INK2
        painting.text(painter, place, str(at + 1), Role.SMALL_STRONG, ink, Qt.AlignmentFlag.AlignHCenter)

    def _wide(self, at: int) -> int:
        """A step with the line to the next one."""
        return 32 + theme.width(Role.SMALL_STRONG, str(self._steps[at])) + 52
