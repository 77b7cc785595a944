"""Roll calls: each key kept at once as a draft, then finalised in one transaction; later corrections."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.actions import changes, sessions
from app.domain.attendance import SessionState, Status
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.domain.text import LONGEST_REMARK, optional_line
from app.domain.timetable import MINUTES_OF_DAY
from app.errors import NotFound, Refused
from app.journal.change import Ref
from app.queries import attendance, classes
from app.storage import bulk
from app.storage.base import Base
from app.storage.journal import Draft, Plain
from app.storage.present import shown
from app.storage.tables import local

_DRAFT = Base.metadata.tables["draft"]


@dataclass(frozen=True, slots=True)
class Finalised:
    """What finalising did: marks written (new or corrected), marks that stood so already, changes in all."""

    written: int
    unchanged: int
    changes: int


def save_draft(session: Session, key: ClassKey, number: int, participant: bytes, entry: MarkEntry) -> bytes:
    """Keep a mark of a roll call that is not finalised, on this machine alone; returns whose it is.

    Raises NotFound("session-unknown"), ("participant-not-enrolled"), Refused("session-not-held").
    """
    save_drafts(session, key, number, {ParticipantId(participant): entry})
    return participant


def save_drafts(
    session: Session, key: ClassKey, number: int, entries: Mapping[ParticipantId, MarkEntry | None]
) -> int:
    """Keep several at once, dropping the draft of whoever has None; returns how many. Raises the same."""
    _open_for_marks(session, key, number)
    kept = {who: _checked(entry) for who, entry in entries.items() if entry is not None}
    _enrolled(session, key, kept)
    if kept:
        rows = [_draft(session, key, number, who, entry) for who, entry in kept.items()]
        bulk.upsert(session.connection(), _DRAFT, list(rows[0]), [list(row.values()) for row in rows])
    for who in entries.keys() - kept.keys():
        clear_draft(session, key, number, who)
    changes.touched(session, _DRAFT.name)
    return len(entries)


def _draft(
    session: Session, key: ClassKey, number: int, participant: bytes, entry: MarkEntry
) -> dict[str, object]:
    who = changes.writer(session)
    return {
        "centre": key.centre, "class_code": key.code, "number": number, "participant": participant,
        "status": entry.status.value, "arrival": entry.arrival, "remark": entry.remark,
        "author": who.author, "wall": who.clock(),
    }  # fmt: skip


def clear_draft(session: Session, key: ClassKey, number: int, participant: bytes | None = None) -> None:
    """Drop the draft of one person, or all of the session."""
    row = local.Draft
    dropped = delete(row).where(row.centre == key.centre, row.class_code == key.code, row.number == number)
    session.execute(dropped if participant is None else dropped.where(row.participant == participant))
    changes.touched(session, _DRAFT.name)


def finalise(
    session: Session,
    key: ClassKey,
    number: int,
    marks: Mapping[ParticipantId, MarkEntry] | None = None,
    reason: str | None = None,
    seen: Mapping[ParticipantId, tuple[Ref, ...]] | None = None,
) -> Finalised:
    """Write the marks (None: the drafts) of a session, which is held thereby; their drafts are dropped.

    Marks that stand already write nothing. `seen` are the heads that stood on the screen, by participant.
    Raises Refused("marks-none"), ("reason-missing") where a mark gets another value, ("session-not-held"),
    NotFound("session-unknown"), ("participant-not-enrolled").
    """
    _open_for_marks(session, key, number)
    entries = attendance.drafts(session, key, number) if marks is None else marks
    if not entries:
        raise Refused("marks-none", field="marks")
    _enrolled(session, key, entries)
    drafts = [
        _mark(key, number, who, _checked(entry), reason, None if seen is None else seen.get(who, ()))
        for who, entry in entries.items()
    ]
    written = changes.write(session, drafts, {"mark": changes.overwrites})
    held = changes.write(session, [sessions.held(key, number)])
    for participant in entries:
        clear_draft(session, key, number, participant)
    return Finalised(written, len(entries) - written, written + held)


def mark(
    session: Session,
    key: ClassKey,
    number: int,
    participant: ParticipantId,
    entry: MarkEntry,
    reason: str | None = None,
    seen: tuple[Ref, ...] | None = None,
) -> Finalised:
    """Write one person's mark, as `finalise` does for many."""
    heads = None if seen is None else {participant: seen}
    return finalise(session, key, number, {participant: entry}, reason, heads)


def _mark(
    key: ClassKey,
    number: int,
    participant: bytes,
    entry: MarkEntry,
    reason: str | None,
    seen: tuple[Ref, ...] | None,
) -> Draft:
    groups: dict[str, tuple[Plain, ...]] = {"mark": (entry.status.value, entry.arrival)}
    if entry.remark is not None:
        groups["remark"] = (entry.remark or None,)
    return Draft("mark", (*key, number, participant), groups, reason, seen)


def _checked(entry: MarkEntry) -> MarkEntry:
    if entry.arrival is not None and not 0 <= entry.arrival < MINUTES_OF_DAY:
        raise Refused("time-unreadable", field="arrival", typed=entry.arrival)
    if entry.remark is None:
        return entry
    return MarkEntry(
        Status(entry.status), entry.arrival, optional_line(entry.remark, "remark", LONGEST_REMARK) or ""
    )


def _open_for_marks(session: Session, key: ClassKey, number: int) -> None:
    if classes.session_numbered(session, key, number).state is SessionState.NOT_HELD:
        raise Refused("session-not-held", field="session", number=number)


def _enrolled(session: Session, key: ClassKey, participants: Collection[bytes]) -> None:
    """Whoever ever was in the class may have marks there: also those who have left since."""
    there = shown(session.connection(), "enrolment", [(*key, p) for p in participants])
    if len(there) < len(set(participants)):
        raise NotFound("participant-not-enrolled", field="participant", code_of_class=key.code)
