"""The NIK of a form: masked until somebody asks, checked at every digit, and what it says in words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal

from app.domain import nik
from app.domain.nik import Nik
from app.errors import Refused
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.inputs import Field, TextInput
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Item, clear, column, fill, row, widget
from ui.desktop.widgets.lines import Line, ruled
from ui.desktop.wording import Text, plain_day, told, words

# What completes digits typed so far, and from how many digits on each fault is certain.
_REST = "1101010101900001"
_KNOWN_FROM = {"nik-province": 2, "nik-regency": 4, "nik-district": 6, "nik-birth-date": 12, "nik-serial": 16}


def so_far(typed: str, today: date) -> Nik | Refused | int:
    """What the digits typed so far say: a NIK, the fault they already have, or how many there are."""
    value = nik.clean(typed)
    if len(value) > nik.LENGTH or (value and not (value.isascii() and value.isdecimal())):
        return Refused("nik-length", field="nik")
    try:
        found = nik.parse(value + _REST[len(value) :], today)
    except Refused as fault:
        return fault if len(value) >= _KNOWN_FROM.get(fault.code, nik.LENGTH) else len(value)
    return found if len(value) == nik.LENGTH else len(value)


class NikField(Field):
    """The input of a NIK. One that is on record stays masked; showing or replacing it is asked for.

    Signals:
        changed: other digits stand in it.
        show_wanted: the whole NIK on record is to be shown.
    """

    changed = Signal()
    show_wanted = Signal()

    def __init__(self) -> None:
        self.input = TextInput(words("import-nik-hint"), letters=18)
        super().__init__(words("participants-nik"), self.input)
        self._kept, self._masked = "", True
        self.show_it = Button(words("participant-nik-show"), Kind.QUIET, size=Size.SMALL, icon="eye")
        self.show_it.clicked.connect(self._on_show_clicked)
        self.replace = Button(words("participant-nik-replace"), Kind.QUIET, size=Size.SMALL, icon="pencil")
        self.replace.clicked.connect(self._on_replace_clicked)
        self._verbs = widget(row(self.show_it, self.replace, Grow(), space=2))
        body = self.layout()
        assert body is not None
        body.addWidget(self._verbs)
        self.input.textChanged.connect(lambda _: self.changed.emit())
        self.begin("")

    def begin(self, kept: str) -> None:
        """Begin with the NIK on record; "" for none."""
        self._kept = kept
        self.hide_digits()

    def hide_digits(self) -> None:
        """Hide the NIK on record again; digits that are being typed stay."""
        self._masked = True
        self._verbs.setVisible(bool(self._kept))
        self.show_it.say(words("participant-nik-show"))
        self.show_it.setVisible(bool(self._kept))
        self.replace.say(words("participant-nik-replace"))
        self.input.setReadOnly(bool(self._kept))
        self.input.setText(nik.mask(self._kept))

    def show_whole(self, number: str) -> None:
        """Show the NIK on record in full, in groups of four as on the card."""
        if self.input.isReadOnly():
            self._masked = False
            self.input.setText(" ".join(number[at : at + 4] for at in range(0, len(number), 4)))
            self.show_it.say(words("participant-nik-mask"))

    def value(self) -> str:
        """The NIK meant: what is typed, or the one on record while nothing else is."""
        return self._kept if self.input.isReadOnly() else self.input.text().strip() or self._kept

    @property
    def typing(self) -> bool:
        """Whether digits are typed, not only shown."""
        return not self.input.isReadOnly()

    def _on_show_clicked(self) -> None:
        if self._masked:
            self.show_wanted.emit()
        else:
            self.hide_digits()

    def _on_replace_clicked(self) -> None:
        if self.typing:
            self.hide_digits()
            return
        self.input.setReadOnly(False)
        self.input.clear()
        self.show_it.hide()
        self.replace.say(words("participant-nik-keep"))
        self.input.setFocus()


class NikCard(Card):
    """What the NIK says, and where the form says something else.

    Signals:
        opened: the person who has this NIK already is to be opened.
    """

    opened = Signal()

    def __init__(self) -> None:
        super().__init__(margins=(18, 14, 18, 14))
        self._lines = column()
        fill(self.body, [Label(words("participant-nik-says"), Role.STRONG), 8, self._lines])

    def tell(self, *lines: tuple[str, Hue, Text]) -> None:
        """Show these lines: icon, hue, sentence."""
        clear(self._lines)
        fill(self._lines, ruled(*(Line(icon, hue, said) for icon, hue, said in lines), above=8))

    def show_holder(self, name: str) -> None:
        """Somebody else has this NIK: say who, with the way there."""
        go = Button(words("participant-nik-open"), Kind.PRIMARY, size=Size.SMALL)
        go.clicked.connect(self.opened)
        said = Label(words("participant-nik-known", name=name), Role.BODY, Tone.INK, wrap=True)
        clear(self._lines)
        parts: list[Item] = [said, 10, row(go, Grow())]
        fill(self._lines, parts)


def said_of(found: Nik | Refused | int, warnings: tuple[str, ...]) -> list[tuple[str, Hue, Text]]:
    """A NIK, a fault, or a number of digits in sentences."""
    if isinstance(found, Refused):
        return [("circle-alert", Hue.RED, told(found))]
    if isinstance(found, int):
        code = "participant-nik-digits" if found else "participant-nik-none"
        return [("keyboard" if found else "circle-alert", Hue.GREY, words(code, n=found))]
    sex = words(f"value-sex-{found.sex.value.lower()}")
    facts = {"sex": sex, "day": plain_day(found.birth_date)}
    lines: list[tuple[str, Hue, Text]] = [
        ("circle-check", Hue.GREEN, words("participant-nik-born", **facts)),
        (
            "circle-check",
            Hue.GREEN,
            words("participant-nik-province", name=nik.province_name(found.province)),
        ),
    ]
    return [*lines, *(("triangle-alert", Hue.AMBER, words(code)) for code in warnings)]
