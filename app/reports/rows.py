"""What reports are made from: plain rows that somebody else has read and reckoned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.attendance import Status, Tally
from app.domain.calendar import Language
from app.domain.completion import Missing, Outcome
from app.domain.progress import ModuleState


class Cells(StrEnum):
    """What a sheet has for each person and session: the mark, room to sign, or room to sign in zig-zag.

    Zig-zag puts the odd numbers left and the even ones right, so that signatures have twice the height.
    """

    MARKS = "marks"
    SIGN = "sign"
    ZIGZAG = "zigzag"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs at the foot: "Instruktur", the name, and the NIP where there is one."""

    role: str
    name: str
    nip: str = ""


@dataclass(frozen=True, slots=True)
class ClassHead:
    """What stands above and below the table. `letterhead` is up to four lines, the last one the centre's.

    `place` and `printed_on` stand above the last signature; `language` is that of the paper.
    """

    letterhead: tuple[str, ...]
    centre: str
    programme: str
    class_code: str
    class_title: str
    intake: str
    first_day: date
    last_day: date
    room: str
    place: str
    printed_on: date
    signatories: tuple[Signatory, ...] = ()
    language: Language = "id"


@dataclass(frozen=True, slots=True)
class SessionHead:
    """One session of the class; `not_held` is True for one that did not happen."""

    number: int
    day: date
    not_held: bool = False


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """One person: a mark or None for each session, in the order of the heads, and the tally of them.

    `nik` may come whole or masked: no report shows more than its last four digits.
    """

    number: int
    name: str
    nik: str
    marks: tuple[Status | None, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Attendance:
    """The attendance of a class, for the sheet and for the recap.

    `cells` concerns the sheet only; rates below `minimum` (hundredths of a percent) are flagged in the recap.
    """

    head: ClassHead
    sessions: tuple[SessionHead, ...]
    lines: tuple[AttendanceLine, ...]
    cells: Cells = Cells.MARKS
    minimum: int | None = None


@dataclass(frozen=True, slots=True)
class ModuleHead:
    """One module of the programme; `pass_mark` in hundredths."""

    code: str
    title: str
    jp: int
    pass_mark: int


@dataclass(frozen=True, slots=True)
class ModuleScore:
    """What one person has in one module, scores in hundredths."""

    state: ModuleState = ModuleState.NOT_STARTED
    pre: int | None = None
    post: int | None = None


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One person: a score for each module, in the order of the heads; `average` in hundredths."""

    number: int
    name: str
    nik: str
    scores: tuple[ModuleScore, ...]
    average: int | None


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a class; with `pre_tests` each module has a column for the pre-test too."""

    head: ClassHead
    modules: tuple[ModuleHead, ...]
    lines: tuple[ScoreLine, ...]
    pre_tests: bool = False


@dataclass(frozen=True, slots=True)
class CompletionLine:
    """One person at the end: `attendance` in hundredths of a percent, `average` in hundredths.

    `outcome` is None until somebody has decided; `reason` is that of a decision against the rule.
    """

    number: int
    name: str
    nik: str
    attendance: int | None
    average: int | None
    outcome: Outcome | None
    grade: str | None
    missing: tuple[Missing, ...] = ()
    reason: str = ""
    certificate_number: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """Who of a class has completed."""

    head: ClassHead
    lines: tuple[CompletionLine, ...]


@dataclass(frozen=True, slots=True)
class CardLine:
    """One person's card: `code` is what its bar code says (app.domain.cards)."""

    number: int
    name: str
    nik: str
    code: str


@dataclass(frozen=True, slots=True)
class CardSet:
    """The cards of a class, which a reader finds people by."""

    head: ClassHead
    lines: tuple[CardLine, ...]
