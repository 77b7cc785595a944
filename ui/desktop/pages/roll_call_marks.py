"""How marks look and read wherever they are shown: the word, the colour and the chip of each status."""

from __future__ import annotations

from app.domain.attendance import Status
from app.domain.marks import MarkEntry
from app.domain.progress import score_text
from ui.desktop.tokens import Hue
from ui.desktop.widgets.chips import ChipLook
from ui.desktop.widgets.markcells import KeyChoice
from ui.desktop.wording import Text, Words, clock, language, words

HUES = {
    Status.PRESENT: Hue.GREEN,
    Status.LATE: Hue.AMBER,
    Status.EXCUSED: Hue.TEAL,
    Status.SICK: Hue.PLUM,
    Status.ABSENT: Hue.RED,
}
UNMARKED = ChipLook(words("roll-unmarked"), open=True)
_COUNTED = 10  # up to here numbers are written as words


def word(status: Status) -> Words:
    """Hadir, Terlambat, Izin, Sakit, Alpa."""
    return words(f"roll-status-{status.name.lower()}")


def chip(status: Status) -> ChipLook:
    """The letter on its square, and the word."""
    return ChipLook(word(status), HUES[status], status.value)


def choices() -> tuple[KeyChoice, ...]:
    """The five keys."""
    return tuple(KeyChoice(status.value, word(status), HUES[status]) for status in Status)


def note(entry: MarkEntry | None, remark: str) -> str:
    """What stands beside a mark: when somebody arrived, and the remark."""
    arrived = "" if entry is None or entry.arrival is None else clock(entry.arrival)
    return ", ".join(part for part in (arrived, remark) if part)


def counted(n: int) -> Text:
    """A count at the beginning of a sentence: Tiga, 11."""
    return words(f"count-{n}") if 1 <= n <= _COUNTED else str(n)


def part_of_day(minutes: int, inside: bool = False) -> Words:
    """Sesi pagi, siang, sore or malam, by when it begins; `inside` a sentence with a small letter."""
    parts = ((660, "morning"), (900, "noon"), (1_080, "afternoon"))
    part = next((code for until, code in parts if minutes < until), "evening")
    return words(f"day-part-low-{part}" if inside else f"day-part-{part}")


def percent(hundredths: int) -> str:
    """Hundredths of a percent as the language in force writes them: 80, or 72,5."""
    return score_text(hundredths, "." if language() == "en" else ",")
