"""Where headquarters is: said in a line, asked for where it is not known, changed where it moved."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.desktop.desk import Desk
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.inputs import Field, TextInput
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Put, column, row, widget
from ui.desktop.wording import words

SCHEMES = ("https://", "http://")


class AddressLine(QWidget):
    """Keeps the address in the data folder."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known = ""
        self._line = Label("", Role.SMALL, Tone.INK2)
        self._line.linked.connect(self._on_linked)
        self._input = TextInput(words("address-hint"), letters=28)
        self._input.returnPressed.connect(self._on_saved)
        self._field = Field(words("address-label"), self._input, words("address-help"))
        self._save = Button(words("address-save"))
        self._save.clicked.connect(self._on_saved)
        top = Qt.AlignmentFlag.AlignTop
        self._form = widget(row(Grow(self._field), 10, Put(widget(column(25, self._save)), top)))
        self._form.hide()
        self.setLayout(column(self._line, self._form))

    def show_address(self, address: str, practice: bool) -> None:
        """Say it, or ask for it where it is not known."""
        self._known = address
        self._line.say(words("address-known", address=address))
        self._line.setVisible(bool(address) and not practice)
        self._form.setVisible(not address and not practice)

    def close_form(self) -> bool:
        """Give up changing it; False when nobody was."""
        if self._form.isHidden() or not self._known:
            return False
        self.show_address(self._known, False)
        return True

    def _on_linked(self, _: str) -> None:
        self._input.setText(self._known)
        self._line.hide()
        self._form.show()
        self._input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_saved(self) -> None:
        typed = self._input.text().strip()
        if not typed.startswith(SCHEMES) or len(typed) <= len(SCHEMES[0]):
            self._field.refuse(words("sync-url-invalid"))
            return
        self._field.accept()
        self._desk.runner.write(_keep, typed, then=self._on_kept)

    def _on_kept(self, address: str) -> None:
        self.show_address(address, False)
        self._desk.tell(words("address-kept"))


def _keep(session: Any, address: str) -> str:
    from app.actions import changes, settings  # with the database's tables
    from app.queries import here

    settings.put(session, here.HOST, address)
    changes.touched(session, "setting")
    return address
