"""Proof of consent for everybody a roster brings in: who gave it, how, when, and to which notice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from app.actions.participants import ConsentGiven
from app.domain import typed_days
from app.errors import Refused
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.inputs import ChoiceInput, Field, TextInput
from ui.desktop.widgets.labels import Label, heading
from ui.desktop.widgets.layouts import column, widget
from ui.desktop.wording import Text, plain_day, told, words

NONE = "none"
"""What is chosen where nobody has given consent yet: nothing is recorded, and the person knows it."""

_MANNERS = ("signed", "ticked", "spoken", NONE)


class ConsentCard(Card):
    """The form; nothing is chosen for the person.

    Signals:
        settled: a choice was made.
    """

    settled = Signal()

    def __init__(self) -> None:
        offered: Sequence[tuple[str, Text]] = [("", words("import-consent-choose"))]
        offered = [*offered, *((manner, words(f"import-consent-{manner}")) for manner in _MANNERS)]
        self.how: ChoiceInput[str] = ChoiceInput(offered)
        self.how_field = Field(words("import-consent-how"), self.how)
        self.day, self.version = TextInput(letters=16), TextInput(letters=10)
        self.day_field = Field(words("import-consent-day"), self.day)
        self.version_field = Field(
            words("import-consent-version"), self.version, words("import-consent-version-help")
        )
        self._proof = widget(column(12, self.day_field, 12, self.version_field))
        self.note = Label("", Role.SMALL, Tone.INK2, wrap=True)
        super().__init__(
            heading(words("import-consent")),
            4,
            Label(words("import-consent-said"), Role.SMALL, Tone.INK2, wrap=True),
            14,
            self.how_field,
            self._proof,
            12,
            self.note,
            margins=(20, 18, 20, 18),
        )
        self.how.picked.connect(self._on_how_picked)
        self._show()

    def begin(self, today: date) -> None:
        """Ask anew: for today, and nothing chosen."""
        self.how.choose("")
        self.day.setText(str(plain_day(today)))
        self._accept()
        self._show()

    def offer_version(self, version: str) -> None:
        """The version people are asked to agree to now, unless another was typed."""
        if not self.version.text().strip():
            self.version.setText(version)

    def given(self, today: date) -> tuple[bool, ConsentGiven | None]:
        """Whether the form is complete, and the consent (None: nobody has given any). What is missing is
        said at its field."""
        self._accept()
        manner = self.how.value()
        if manner == NONE:
            return True, None
        if not manner:
            self.how_field.refuse(words("import-consent-missing"))
            return False, None
        try:
            day = typed_days.parse(self.day.text(), today)
        except Refused as trouble:
            self.day_field.refuse(told(trouble))
            return False, None
        version = self.version.text().strip()
        if not version:
            self.version_field.refuse(words("text-missing", field=words("import-consent-version")))
            return False, None
        return True, ConsentGiven(version, day, manner)

    def refuse(self, field: str | None, why: Text) -> bool:
        """Show a refusal of the action at its field; whether it is one of these."""
        fields = {"version": self.version_field, "manner": self.how_field}
        if field in fields:
            fields[field].refuse(why)
        return field in fields

    def _accept(self) -> None:
        for field in (self.how_field, self.day_field, self.version_field):
            field.accept()

    def _on_how_picked(self, _: object) -> None:
        self._accept()
        self._show()
        self.settled.emit()

    def _show(self) -> None:
        manner = self.how.value()
        self._proof.setVisible(manner not in ("", None, NONE))
        self.note.say(words("import-consent-none-said" if manner == NONE else "import-consent-there"))
