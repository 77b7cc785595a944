"""Text on a page: by role and tone, on the line height of the design, said anew in another language."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.desktop import theme
from ui.desktop.tokens import Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.wording import Text

_STRONG = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\(([\w-]+)\)")
_FOLLOW = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
_NEWS = (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange)


class Label(QLabel):
    """A text. `**…**` in it is strong, in the tone `strong` if given, and `[…](key)` a link, which announces
    its key.

    With `wrap` it takes as many lines as it needs; without, it never becomes narrower than its text.

    Signals:
        linked: a link was followed, with its key.
    """

    linked = Signal(str)

    def __init__(
        self,
        text: Text = "",
        role: Role = Role.BODY,
        tone: Tone = Tone.INK,
        wrap: bool = False,
        parent: QWidget | None = None,
        strong: Tone | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._role, self._tone, self._strong = text, role, tone, strong
        self.setFont(theme.font(role))
        self.setWordWrap(wrap)
        self.setMinimumHeight(theme.line(role))
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        else:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.linkActivated.connect(self.linked)
        self._show()

    def say(self, text: Text, tone: Tone | None = None) -> None:
        """Show this instead; the same again costs nothing."""
        tone = tone or self._tone
        if (text, tone) != (self._text, self._tone):
            self._text, self._tone = text, tone
            self._show()

    def wrap_at(self, width: int) -> Label:
        """Break lines at this width and be as high as that takes, where the layout cannot find out (a card
        in the middle of something); returns itself.
        """
        self.setWordWrap(True)
        self.setFixedWidth(width)
        self._show()
        return self

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _NEWS:
            self._show()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            with painting.painting(self) as painter:
                painting.ring(painter, self.rect(), tokens().radius["badge"])

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint if self.wordWrap() else QSize(hint.width(), theme.line(self._role))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() if self.wordWrap() else self.sizeHint()

    def _show(self) -> None:
        said = str(self._text)
        wanted = theme.colour(self._tone)
        palette = self.palette()
        if palette.color(QPalette.ColorRole.WindowText) != wanted:
            palette.setColor(QPalette.ColorRole.WindowText, wanted)
            self.setPalette(palette)
        linked = bool(_LINK.search(said))
        if not linked and not self.wordWrap() and "**" not in said:
            self.setTextFormat(Qt.TextFormat.PlainText)
            self.setText(said)
            return
        self.setTextFormat(Qt.TextFormat.RichText)
        if linked:
            self.setTextInteractionFlags(_FOLLOW)
        shown = self._marked_up(said)
        if shown != self.text():
            self.setText(shown)
        if self.wordWrap() and self.minimumWidth() == self.maximumWidth():
            self.setFixedHeight(self.heightForWidth(self.minimumWidth()))
        self.setAccessibleName(_LINK.sub(r"\1", _STRONG.sub(r"\1", said)))

    def _marked_up(self, said: str) -> str:
        link = theme.colour(Tone.LINK).name()
        inner = _escaped(said)
        usual = Tone.INK if self._tone in (Tone.INK2, Tone.INK3) else self._tone
        strong = theme.colour(self._strong or usual).name()
        inner = _STRONG.sub(rf'<span style="font-weight:600;color:{strong}">\1</span>', inner)
        style = f"color:{link};text-decoration:none;font-weight:600"
        inner = _LINK.sub(rf'<a href="\2" style="{style}">\1</a>', inner)
        return f'<div style="line-height:{theme.line(self._role)}px">{inner}</div>'


def _escaped(said: str) -> str:
    """A text as HTML (the library's own function brings its 2,000 entities along at every start)."""
    plain = said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace("\n", "<br>")


def heading(text: Text, role: Role = Role.SECTION, parent: QWidget | None = None) -> Label:
    """A heading in ink: of a page, a panel or a section."""
    return Label(text, role, Tone.INK, parent=parent)


def quiet(text: Text, role: Role = Role.SMALL, wrap: bool = False, parent: QWidget | None = None) -> Label:
    """A secondary text."""
    return Label(text, role, Tone.INK2, wrap, parent)
