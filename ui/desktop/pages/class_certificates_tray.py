"""How a printer's tray is corrected on this laptop: offsets of both sides, and how the stack is turned."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.actions import settings as keeping
from app.domain import progress
from app.errors import Refused
from app.printing import calibration
from app.printing.calibration import Offset, Offsets
from app.printing.plan import Stack
from app.queries import settings
from ui.desktop.desk import Desk
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.form import Form
from ui.desktop.widgets.inputs import ChoiceInput, Field, TextInput
from ui.desktop.widgets.labels import Label, heading
from ui.desktop.widgets.layouts import Grow, column, row
from ui.desktop.wording import language, told, words

SIDES = ("front-right", "front-down", "back-right", "back-down")
_HALF = 50  # hundredths of a millimetre in the unit of offsets


@dataclass(frozen=True, slots=True)
class Tray:
    """What this laptop knows of a printer's tray."""

    offsets: Offsets = calibration.STRAIGHT
    stack: Stack = Stack.LAST_UP

    def pack(self) -> list[str]:
        """As a setting keeps it."""
        return [self.offsets.pack(), self.stack.value]

    @classmethod
    def read(cls, kept: object) -> Tray:
        """What `pack` gave; a straight tray for anything else."""
        if not (isinstance(kept, list) and len(kept) == 2 and kept[1] in list(Stack)):
            return cls()
        try:
            return cls(Offsets.read(str(kept[0])), Stack(kept[1]))
        except Refused:
            return cls()


def setting_name(printer: str) -> str:
    """Under which name the tray of a printer is kept."""
    return f"print-tray:{printer}"


def trial_sheets(offsets: Offsets) -> bytes:
    """The sheets that show how a tray must be corrected, drawn with these offsets."""
    lines = [str(words(f"print-calibration-{n}")) for n in (1, 2, 3)]
    front, back = (str(words(f"print-calibration-{side}", sheet="{sheet}")) for side in ("front", "back"))
    title = str(words("print-calibration-title"))
    tongue = "en-GB" if language() == "en" else "id-ID"
    return calibration.sheets(calibration.Words(title, lines, front, back, tongue), offsets)


class TrayCard(Card):
    """The tray of one printer: fields in millimetres; what cannot be is said at the field.

    Signals:
        opened: what is kept has been read and is shown.
        tested: test sheets with these Offsets are wanted.
        closed: the tray is done with; whether something was kept.
    """

    opened = Signal()
    tested = Signal(object)
    closed = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(margins=(22, 20, 22, 20), parent=parent)
        self._desk, self._printer = desk, ""
        self.title = heading(words("tray-title"), Role.PANEL)
        self.inputs = {side: TextInput("0", letters=6) for side in SIDES}
        self.form = Form()
        for side, field in self.inputs.items():
            field.returnPressed.connect(self._on_keep)
            self.form.add(side, Field(words(f"tray-{side}"), field))
        self.stack: ChoiceInput[Stack] = ChoiceInput([(one, words(f"tray-{one}")) for one in Stack])
        self.form.add("stack", Field(words("tray-stack"), self.stack, words("tray-stack-help")), wide=True)
        keep = Button(words("tray-keep"), Kind.PRIMARY, key="Enter")
        keep.clicked.connect(self._on_keep)
        test = Button(words("tray-test"), icon="file-text")
        test.clicked.connect(self._on_test)
        leave = Button(words("completion-leave"), key="Esc")
        leave.clicked.connect(lambda: self.closed.emit(False))
        said = Label(words("tray-said"), Role.BODY, Tone.INK2, wrap=True)
        buttons = row(keep, test, leave, Grow(), space=8)
        self.body.addLayout(column(self.title, 4, said, 16, self.form, 18, buttons, Grow()))

    def open(self, printer: str) -> None:
        """Read what is kept of this printer's tray, and show it."""
        self._printer = printer
        self._desk.runner.read(settings.get, setting_name(printer), then=self._on_read)

    def _on_read(self, kept: object) -> None:
        tray = Tray.read(kept)
        self.form.accept()
        offsets = tray.offsets
        halves = (offsets.front.right, offsets.front.down, offsets.back.right, offsets.back.down)
        for field, half in zip(self.inputs.values(), halves, strict=True):
            field.setText(progress.score_text(half * _HALF, "." if language() == "en" else ","))
        self.stack.choose(tray.stack)
        self.opened.emit()
        self.inputs[SIDES[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def offsets(self) -> Offsets | None:
        """What is typed; None where it cannot be, which is said at the field."""
        found: list[int] = []
        for side, field in self.inputs.items():
            try:
                found.append(_halves(field.text()))
            except Refused as trouble:
                self.form.refuse(side, told(trouble))
                return None
        self.form.accept()
        return Offsets(Offset(found[0], found[1]), Offset(found[2], found[3]))

    def _on_keep(self) -> None:
        offsets, stack = self.offsets(), self.stack.value()
        if offsets is not None and stack is not None:
            name, tray = setting_name(self._printer), Tray(offsets, stack)
            self._desk.runner.write(keeping.put, name, tray.pack(), then=self._on_written)

    def _on_written(self, _: object) -> None:
        self.closed.emit(True)

    def _on_test(self) -> None:
        offsets = self.offsets()
        if offsets is not None:
            self.tested.emit(offsets)


def _halves(text: str) -> int:
    """Typed millimetres as half ones; Refused("print-offset-invalid")."""
    typed = text.strip().replace("\N{MINUS SIGN}", "-").replace(",", ".") or "0"
    try:
        halves = float(typed) * 2
    except ValueError:
        halves = 0.25
    if halves != int(halves):
        raise Refused("print-offset-invalid", field="offset", most=calibration.MOST // 2)
    Offset(int(halves))
    return int(halves)
