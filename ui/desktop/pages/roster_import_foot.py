"""The foot of the import's pages: what is still to be known, the way back, and the way on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Put, row
from ui.desktop.wording import Count, Text, words


class Foot(QWidget):
    """`back`, `save` and `on` are its buttons; each method says what a step needs of them."""

    def __init__(self) -> None:
        super().__init__()
        self.said = Label("", Role.BODY, Tone.INK2, wrap=True)
        self.back = Button(words("import-back"))
        self.save = Button("", icon="download")
        self.on = Button(words("import-go-on"), Kind.PRIMARY, size=Size.MAIN, key="Ctrl Enter")
        middle = Qt.AlignmentFlag.AlignVCenter
        parts = (self.back, 10, Put(self.save, middle), 10, self.on)
        self.setLayout(row(Grow(self.said), 12, Put(self.on.reason(), middle), 12, *parts))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def nothing(self) -> None:
        """There is nothing to decide: something runs, or all is done."""
        self.hide()

    def file(self, ready: bool) -> None:
        """Only a file that is there already can be gone on with."""
        self._show(on=words("import-go-on"), back=False)
        self.setVisible(ready)

    def columns(self) -> None:
        """The columns can always be gone on with."""
        self._show(on=words("import-go-on"))

    def rows(self, taken: int, to_fix: int) -> None:
        """So many can be taken in, and so many are still to be mended, which may be done elsewhere."""
        self._show(on=words("import-continue", n=Count(taken)))
        self.say(words("import-kept-out", n=Count(to_fix)) if to_fix else "")
        self.save.say(words("import-download", n=Count(to_fix)))
        self.save.setVisible(bool(to_fix))
        self.on.refuse(None if taken else words("import-nobody-to-take"))

    def finish(self, taken: int) -> None:
        """So many are taken in."""
        self._show(on=words("import-take", n=Count(taken)))
        self.on.refuse(None if taken else words("import-nobody-to-take"))

    def say(self, what: Text) -> None:
        """Say this at the left."""
        self.said.say(what)

    def _show(self, on: Text, back: bool = True) -> None:
        self.show()
        self.said.say("")
        self.on.say(on)
        self.on.refuse(None)
        self.back.setVisible(back)
        self.save.hide()
