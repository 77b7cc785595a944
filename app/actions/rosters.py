"""Taking a checked roster into a class, or only among the centre's people: first as a plan that is looked at.

Nobody is deleted because a roster leaves them out, an empty cell empties nothing, and a roster that is
taken in again changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from app.actions import changes, enrolments, participants
from app.actions.participants import ConsentGiven, Groups, ParticipantForm
from app.domain.enrolment import EnrolmentState
from app.domain.ids import CentreCode, ClassCode, ParticipantId
from app.domain.keys import ClassKey
from app.domain.row_ids import participant_id
from app.errors import Refused
from app.journal.registry import BY_NAME, LIFE
from app.queries import roster_matches
from app.queries.roster_matches import GONE
from app.roster.people import Person, Verdict
from app.roster.roster import RosterRow
from app.storage.journal import Draft, plain
from app.storage.present import Shown, shown


class Fate(StrEnum):
    """What the import makes of a line."""

    NEW = "new"
    JOINING = "joining"  # known at the centre, not in this class yet
    CHANGED = "changed"  # known, and the roster says other things
    SAME = "same"
    ELSEWHERE = "elsewhere"  # enrolled in another class at the same time
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A line of the roster and its fate.

    `changed` are the fields that get other values; `codes` what is wrong or worth a look; `elsewhere` the
    other classes; `known` the name by which the centre knows this NIK already. `groups` are the values to be
    kept, `before` those that are there (None: nobody is).
    """

    sheet: str
    sheet_row: int
    name: str
    participant: ParticipantId | None
    fate: Fate
    changed: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    elsewhere: tuple[ClassCode, ...] = ()
    known: str = ""
    groups: Groups | None = None
    before: Groups | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What taking the roster in would do; without a class it only registers people."""

    key: ClassKey | None
    rows: tuple[PlannedRow, ...]

    @property
    def counts(self) -> dict[Fate, int]:
        """How many lines meet each fate, all of them named."""
        met = Counter(row.fate for row in self.rows)
        return {fate: met[fate] for fate in Fate}


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written: people new to the centre, people whose values changed, people new in the class, and
    consents that were not on record. `back` is what `take_back` undoes it with."""

    new: int
    changed: int
    enrolled: int
    changes: int
    consents: int = 0
    back: tuple[Draft, ...] = field(default=(), compare=False)


def plan_import(
    session: Session, rows: Sequence[RosterRow], where: ClassKey | CentreCode, secret: bytes, today: date
) -> ImportPlan:
    """What taking these lines into a class, or only into a centre's register, would do; nothing is written.

    `secret` is the centre's. A line with an error is refused, and so is one whose values break a rule.
    Raises NotFound("class-unknown").
    """
    key = where if isinstance(where, ClassKey) else None
    centre = where.centre if isinstance(where, ClassKey) else where
    holders = roster_matches.holders(session, [row.values.nik for row in rows if row.values.nik])
    read = [_read(row, centre, secret, holders, today) for row in rows]
    ids = [row.participant for row in read if row.participant is not None]
    known = shown(session.connection(), "participant", [(i,) for i in ids])
    here = {} if key is None else roster_matches.members(session, key, ids)
    others = {} if key is None else roster_matches.elsewhere(session, key, ids)
    return ImportPlan(
        key,
        tuple(
            _judged(
                row,
                known.get((row.participant,)),
                here.get(row.participant or b""),
                others.get(row.participant or b"", ()),
                joins=key is not None,
            )
            for row in read
        ),
    )


def import_plan(
    session: Session,
    plan: ImportPlan,
    consent: ConsentGiven | None = None,
    also_elsewhere: bool = False,
) -> Imported:
    """Write the plan. People in another class at the same time are left out unless `also_elsewhere`.

    Who has withdrawn or moved is not enrolled again; a consent that is there already stays.
    """
    fates = {Fate.NEW, Fate.JOINING, Fate.CHANGED, Fate.SAME} | (
        {Fate.ELSEWHERE} if also_elsewhere else set()
    )
    taken = [row for row in plan.rows if row.fate in fates]
    ids = [row.participant for row in taken if row.participant is not None]
    people = [Draft("participant", (row.participant,), row.groups or {}) for row in taken]
    absent: list[ParticipantId] = []
    if plan.key is not None:
        there = roster_matches.members(session, plan.key, ids)
        absent = [i for i in ids if i not in there]
    wanted = [*people, *(enrolments.drafts(session, plan.key, absent) if plan.key else ())]
    fresh = _agreed(session, ids, consent)
    fate = Counter(row.fate for row in taken)
    return Imported(
        new=fate[Fate.NEW],
        changed=sum(bool(row.changed) for row in taken),
        enrolled=len(absent),
        changes=changes.write(session, [*wanted, *fresh]),
        consents=len(fresh),
        back=_back(plan.key, taken, absent, fresh),
    )


def take_back(session: Session, back: Sequence[Draft]) -> int:
    """Undo what `import_plan` wrote: people new to the centre are deleted, values are those of before, nobody
    who joined the class is in it any more. Returns how many changes that took."""
    return changes.write(session, back)


def _agreed(session: Session, ids: list[ParticipantId], consent: ConsentGiven | None) -> list[Draft]:
    """Consents that are not on record; one that was deleted comes back, one withdrawn stays withdrawn."""
    agreed = participants.consents(ids, consent)
    given = shown(session.connection(), "consent", [plain(d.key) for d in agreed])
    fresh = [d for d in agreed if plain(d.key) not in given]
    gone = [d for d in agreed if plain(d.key) in given and given[plain(d.key)][LIFE.name] == GONE]
    return fresh + [replace(d, groups={**d.groups, LIFE.name: (False,)}) for d in gone]


def _back(
    key: ClassKey | None, taken: Sequence[PlannedRow], absent: Sequence[bytes], agreed: Sequence[Draft]
) -> tuple[Draft, ...]:
    """The opposite of each thing written."""
    delete: Groups = {LIFE.name: GONE}
    people = [
        Draft("participant", (row.participant,), row.before if row.before else delete)
        for row in taken
        if row.changed or row.before is None
    ]
    joined = [Draft("enrolment", (*key, i), delete) for i in absent] if key is not None else []
    return (*joined, *(Draft("consent", d.key, delete) for d in agreed), *people)


def _read(
    row: RosterRow, centre: CentreCode, secret: bytes, holders: Mapping[str, ParticipantId], today: date
) -> PlannedRow:
    """The line with its id and values, or refused."""
    person = row.values
    made = PlannedRow(row.sheet, row.sheet_row, person.name, None, Fate.REFUSED, codes=row.codes)
    if row.verdict is Verdict.ERROR or person.nik is None:
        return made
    try:
        groups = participants.checked(_form(person), today)
    except Refused as fault:
        return replace(made, codes=(*row.codes, fault.code))
    known = holders.get(person.nik) or participant_id(centre, secret, person.nik)
    return replace(made, participant=known, fate=Fate.NEW, groups=groups)


def _form(person: Person) -> ParticipantForm:
    return ParticipantForm(
        name=person.name,
        nik=person.nik,
        sex=person.sex,
        birth_place=person.birth_place,
        birth_date=person.birth_date,
        phone=person.phone,
        address=person.address,
        business=person.business_name,
        nib=person.nib,
        capital=person.capital,
        sales=person.sales,
        remark=person.remark,
    )


def _judged(
    row: PlannedRow,
    known: Shown | None,
    enrolled: Shown | None,
    elsewhere: tuple[ClassCode, ...],
    joins: bool,
) -> PlannedRow:
    """The line with its fate; `joins`: there is a class to join."""
    if row.participant is None or row.groups is None:
        return row
    told = row.groups
    if known is not None and known[LIFE.name] == GONE:  # deleted once, and registered anew, as by hand
        known, told = None, {**told, LIFE.name: (False,)}
    if known is not None and known["identity"][0] not in (None, told["identity"][0]):
        # Registered under this NIK, which was corrected since: it is somebody else's, who has none here yet.
        return replace(row, fate=Fate.REFUSED, codes=(*row.codes, "participant-exists"))
    groups, changed = _merged(told, known)
    codes = row.codes
    state = enrolled["state"][0] if enrolled is not None else None
    if state in (EnrolmentState.WITHDRAWN, EnrolmentState.MOVED):
        codes = (*codes, f"enrolment-{state}")
    if enrolled is None and elsewhere:
        fate = Fate.ELSEWHERE
    elif known is None:
        fate = Fate.NEW
    elif changed:
        fate = Fate.CHANGED
    else:
        fate = Fate.JOINING if joins and enrolled is None else Fate.SAME
    name = known["identity"][1] if known is not None else None
    return replace(
        row,
        fate=fate,
        changed=changed,
        codes=codes,
        elsewhere=elsewhere,
        known=name if isinstance(name, str) else "",
        groups=groups,
        before=None if known is None else {name: known[name] for name in groups},
    )


def _merged(said: Groups, known: Shown | None) -> tuple[Groups, tuple[str, ...]]:
    """The values to keep, what the roster leaves out staying as it is, and the fields that differ."""
    if known is None:
        return said, ()
    kept: Groups = {}
    changed: list[str] = []
    for group in BY_NAME["participant"].groups:
        before = known[group.name]
        after = tuple(
            old if new is None else new for old, new in zip(before, plain(said[group.name]), strict=True)
        )
        kept[group.name] = after
        changed += [
            field.name for field, old, new in zip(group.fields, before, after, strict=True) if old != new
        ]
    return kept, tuple(changed)
