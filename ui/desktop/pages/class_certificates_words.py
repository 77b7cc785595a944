"""What the certificates of a class say: their keys, what stands where none is shown, what a run came to."""

from __future__ import annotations

from app.domain.keys import ClassKey
from app.printing.running import PrintRun
from app.queries.class_certificates import CertificateLine
from ui.desktop.desk import Desk
from ui.desktop.pages.certificates_sheet import SheetView
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.empty import EmptyState, Step
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.wording import Text, words

KEYS = (
    KeyHelp(("↑", "↓"), words("class-certificates-key-choose")),
    KeyHelp(("Space",), words("class-certificates-key-tick")),
)


def show_line(sheet: SheetView, line: CertificateLine) -> None:
    """A person's sheet, or why there is none yet."""
    if line.certificate is not None:
        sheet.show_certificate(line.certificate, line.copy, True)
    elif line.birth_date_missing:
        sheet.show_none(words("class-certificates-no-birth-date-said"))
    else:
        sheet.show_none(words("certificates-none-yet"))


def run_told(done: PrintRun) -> Text:
    """What a print run came to."""
    if done.spoiled or done.stopped:
        return words("class-certificates-run-stopped", n=len(done.printed), spoiled=len(done.spoiled))
    return words("class-certificates-run-done", n=len(done.printed))


def empty_state(desk: Desk, key: ClassKey | None) -> EmptyState:
    """What to do first where nobody's completion is decided."""
    decide = Button(words("class-certificates-empty-button"), Kind.PRIMARY, icon="circle-check")
    decide.clicked.connect(lambda: desk.go("completion", key))
    steps = [
        Step(words("class-certificates-empty-step"), words("class-certificates-empty-how"), decide),
        Step(words("class-certificates-empty-next"), words("class-certificates-empty-next-how")),
    ]
    return EmptyState(words("class-certificates-empty"), words("class-certificates-empty-said"), steps)
