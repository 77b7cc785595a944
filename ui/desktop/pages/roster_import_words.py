"""What is said of a line of a roster: where it belongs, what is wrong with it and what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.actions.rosters import Fate, PlannedRow
from app.roster import cells, mending
from app.roster.fields import Field
from app.roster.people import ERRORS, Verdict
from app.roster.roster import RosterRow
from ui.desktop.wording import Text, words

SQUARE = "▪"
_SHOWN = 4  # digits of a number of somebody's that may be read on the screen
_OWN_WORDS = {
    Field.NUMBER: "import-field-number",
    Field.BIRTH_PLACE_DATE: "import-field-birth-place-date",
    Field.BIRTH_MONTH: "import-field-birth-month",
    Field.BIRTH_YEAR: "import-field-birth-year",
    Field.SEX_MALE: "import-field-sex-male",
    Field.SEX_FEMALE: "import-field-sex-female",
    Field.BUSINESS_NAME: "field-business",
}


class Bucket(StrEnum):
    """Where a line belongs: it must be mended, should be looked at, or may be taken as it is."""

    FIX = "fix"
    LOOK = "look"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that stands out, and what follows it quietly."""

    title: str
    detail: str

    def __str__(self) -> str:
        return f"{self.title} {self.detail}".strip()


def bucket(row: RosterRow, planned: PlannedRow) -> Bucket:
    """Where the line belongs."""
    if planned.fate is Fate.REFUSED:
        return Bucket.FIX
    doubtful = row.verdict is Verdict.WARNING or planned.fate is Fate.ELSEWHERE
    withdrawn = any(code.startswith("enrolment-") for code in planned.codes)
    return Bucket.LOOK if doubtful or withdrawn or _renamed(row, planned) else Bucket.READY


def said(row: RosterRow, planned: PlannedRow) -> Said:
    """What is wrong with the line, worst first; where nothing is, what taking it in will do."""
    found = [_of_code(code, row) for code in _worst_first(planned.codes)]
    if _renamed(row, planned):
        title = words("import-known-name", known=planned.known)
        found.append(Said(str(title), str(words("import-known-name-said", name=row.values.name))))
    if planned.fate is Fate.ELSEWHERE:
        title = words("import-elsewhere", classes=planned.elsewhere)
        found.append(Said(str(title), str(words("import-elsewhere-said"))))
    if not found:
        return Said("", str(_will(planned)))
    first, *rest = found
    return Said(first.title, " ".join([first.detail, *map(str, rest)]).strip())


def concerned(row: RosterRow, planned: PlannedRow) -> tuple[Field, ...]:
    """The cells to look at, the worst first, each once."""
    found = [mending.concerned(code, row.cells) for code in _worst_first(planned.codes)]
    return tuple(dict.fromkeys(field for field in found if field is not None))


def field_words(field: Field) -> Text:
    """What a field is called."""
    return words(_OWN_WORDS.get(field) or f"field-{field.replace('_', '-')}")


def masked(text: str, whole: bool) -> str:
    """A number of somebody's by its last digits: two squares stand for the rest, or one for each where
    `whole`, so that one sees how many there are. What has no such number in it stays."""
    digits = re.sub(r"\D", "", text)
    if len(digits) <= _SHOWN + 3 or re.search(r"[A-Za-z]{3}", text):
        return text
    hidden = len(digits) - _SHOWN if whole else 2
    return SQUARE * hidden + digits[-_SHOWN:]


def masked_phone(text: str) -> str:
    """0812 ▪▪▪ 4410, from +6281234564410 or however it was written."""
    digits = re.sub(r"\D", "", text)
    if len(digits) < 9:
        return text
    local = f"0{digits[2:]}" if digits.startswith("62") else digits
    return f"{local[:4]} {SQUARE * 3} {local[-4:]}"


def _of_code(code: str, row: RosterRow) -> Said:
    """The sentence of a code, its first part standing out; some are told better with what the line holds."""
    if code == "duplicate-in-file" and row.same_as is not None:
        where = _place_words(row.same_as, row.sheet)
        return Said(str(words("import-twin", row=where)), str(words("import-twin-said")))
    if code == "nik-precision-lost":
        return Said(str(words("import-lost")), str(words("import-lost-said")))
    if code == "nik-length" and (digits := cells.digits(row.cells.get(Field.NIK))):
        return Said(str(words("import-short", n=digits)), str(words("import-short-said")))
    title, stop, detail = str(words(code, longest="")).partition(". ")
    return Said(f"{title}." if stop else title, detail)


def _place_words(at: mending.Place, sheet: str) -> Text:
    return str(at[1]) if at[0] == sheet else words("import-row-of-sheet", sheet=at[0], row=at[1])


def _worst_first(codes: Sequence[str]) -> list[str]:
    return sorted(codes, key=lambda code: (code not in ERRORS, code == "duplicate-in-file"))


def _renamed(row: RosterRow, planned: PlannedRow) -> bool:
    """Whether the centre knows the NIK by another name than one merely written otherwise."""
    return bool(planned.known) and _plain(planned.known) != _plain(row.values.name)


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _will(planned: PlannedRow) -> Text:
    if planned.fate is Fate.CHANGED:
        return words("import-is-changed", fields=", ".join(_changed(planned)))
    return words(f"import-is-{planned.fate}")


def _changed(planned: PlannedRow) -> list[str]:
    return [str(words(f"field-{name.replace('_', '-')}")).lower() for name in planned.changed]
