"""What the steps of the set-up share: their heading, the buttons at the foot, and the card of a way."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.errors import Trouble
from ui.desktop import theme
from ui.desktop.tokens import Hue, Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.form import Form
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Item, column, fill, row, widget
from ui.desktop.widgets.pressable import Pressable
from ui.desktop.wording import Text, told, words

WIDE = 640


class Step(QWidget):
    """A step: a heading, a sentence, what it asks, and the way on and back.

    Signals:
        back: to the step before.
    """

    back = Signal()

    def __init__(self, title: Text, detail: Text, go: Text = "", back: bool = True) -> None:
        super().__init__()
        self.form = Form()
        self.go = Button(go, Kind.PRIMARY, size=Size.MAIN, key="Enter")
        self.go.clicked.connect(self.on_go)
        self.busy = Label("", Role.BODY, Tone.INK2, wrap=True)
        self._back = Button(words("set-up-back"), size=Size.MAIN)
        self._back.clicked.connect(self.back)
        if not back:
            self._back.hide()
        self.title, self.detail = (
            Label(title, Role.DISPLAY, wrap=True),
            Label(detail, Role.LEAD, Tone.INK2, wrap=True),
        )
        verbs = widget(row(self.go, self._back, 6, Grow(self.busy), space=10))
        if not go:
            verbs.hide()
        self._above, self._below = column(), column()
        asked = (self._above, self.form, self._below)
        self.setLayout(column(self.title, 4, self.detail, 20, *asked, 20, verbs))
        self.setFixedWidth(WIDE)

    def put(self, *items: Item, below: bool = False) -> None:
        """Show these above what is asked, or `below`."""
        fill(self._below if below else self._above, items)

    def on_go(self) -> None:
        """The main button was pressed, or Enter in the last field."""

    def wait(self, text: Text) -> None:
        """Something is under way."""
        self.form.accept()
        self.busy.say(text)
        self.go.setEnabled(not text)
        self._back.setEnabled(not text)

    def refuse(self, trouble: Trouble) -> None:
        """It did not go; say why where it belongs."""
        self.wait("")
        self.form.refuse(trouble.field, told(trouble))

    def first(self) -> QWidget | None:
        """Where the focus goes when the step is shown."""
        fields = [field for field in self.form.fields.values() if not field.isHidden()]
        return fields[0].control if fields else self.go


class WayCard(Pressable):
    """One way to set the laptop up: an icon, what it is, when to take it."""

    def __init__(self, icon: str, hue: Hue, title: Text, detail: Text) -> None:
        super().__init__()
        self._icon, self._hue, self._title, self._detail = icon, hue, title, detail
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name()

    def sizeHint(self) -> QSize:
        widest = max(theme.width(Role.MAIN, str(self._title)), theme.width(Role.SMALL, str(self._detail)))
        return QSize(74 + min(widest, WIDE - 120) + 46, 56 + 18 * len(self._lines(WIDE)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting.painting(self) as painter:
            hot = self.hasFocus() or self.underMouse()
            border = Tone.ACCENT if hot else Tone.LINE
            surface, radius = theme.colour(Tone.SURFACE), tokens().radius["card"]
            painting.box(
                painter, self.rect(), surface, theme.colour(border), radius, width=2 if self.hasFocus() else 1
            )
            tile = QRectF(18, (self.height() - 40) / 2, 40, 40)
            painting.box(painter, tile, theme.colour(self._hue.tint), None, tokens().radius["control"])
            painting.icon(painter, self._icon, tile, self._hue.solid, 20)
            room = self.width() - 74 - 46
            painting.text(painter, QRectF(74, 15, room, 22), str(self._title), Role.MAIN, Tone.INK)
            for at, line in enumerate(self._lines(self.width())):
                painting.text(painter, QRectF(74, 39 + 18 * at, room, 18), line, Role.SMALL, Tone.INK2)
            painting.icon(
                painter, "chevron-right", QRectF(self.width() - 40, 0, 24, self.height()), Tone.INK2
            )

    def _name(self) -> None:
        self.setAccessibleName(str(self._title))
        self.setAccessibleDescription(str(self._detail))

    def _lines(self, wide: int) -> list[str]:
        lines = [""]
        for word in str(self._detail).split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and theme.width(Role.SMALL, longer) > wide - 120:
                lines.append(word)
            else:
                lines[-1] = longer
        return lines
