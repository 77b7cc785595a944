"""Reviews: where two machines said different things of one row, or what they said breaks a rule together.

They are computed from the heads, never stored, and close by themselves once an ordinary change has replaced
what stood against each other. docs/formats/sync.md, section 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from hashlib import sha256

import cbor2
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.journal.change import Value
from app.journal.registry import BY_NAME, GONE
from app.journal.understanding import not_understood
from app.queries import readable, register_clashes, standing
from app.queries.authorship import Authorship, instant
from app.queries.readable import Readable
from app.queries.register_clashes import REGISTER
from app.queries.standing import Found, Standing
from app.storage import bulk
from app.storage.tables import Certificate, Participant

LIMIT = 1_000
_CERTIFICATE = BY_NAME["certificate"]
_PARTICIPANT = BY_NAME["participant"]


class Kind(IntEnum):
    """What is to be looked at; the number stands in the review's id."""

    DIFFERS = 0
    EDITED_AFTER_DELETION = 1
    TWO_CERTIFICATES = 2
    NUMBER_TWICE = 3


@dataclass(frozen=True, slots=True)
class Version:
    """One of the sides: its values, who wrote them, when by that machine's clock, where, and why.

    `group` is the one the values are of, `raw` the values as the change carries them. `key` is the row's,
    which differs between the sides where two rows break a rule together. `here`: written on this machine.
    """

    values: Readable
    group: str
    raw: tuple[Value, ...]
    key: tuple[Value, ...]
    author: str
    machine: str
    at: datetime | None
    reason: str | None
    hash: bytes
    rank: tuple[int, bytes]
    here: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """Something a person has to look at. `versions` begin with the one that is shown at present.

    `subject` is the participant's name, where a row concerns one. `scope` is the log scope that a choice
    goes to, `entity_number` and `part` name the disputed group.
    """

    id: bytes
    kind: Kind
    entity: str
    entity_number: int
    key: Readable
    group: str
    part: int
    subject: str
    versions: tuple[Version, ...]
    scope: int


def listed(session: Session, limit: int = LIMIT) -> list[Review]:
    """The open reviews, the one last written to first."""
    who = Authorship(session)
    disputed, deleted = standing.unsettled(session)
    found = [
        *_differing(disputed, who),
        *_edited_after_deletion(session, deleted, who),
        *_clashing(session, who),
    ]
    found.sort(key=lambda review: max(version.rank for version in review.versions), reverse=True)
    return _with_subjects(session, found[:limit])


def one(session: Session, review: bytes) -> Review:
    """The review with this id; NotFound("review-unknown") once it is settled."""
    for found in listed(session):
        if found.id == review:
            return found
    raise NotFound("review-unknown", field="review", review=review.hex())


def review_id(kind: Kind, row: bytes, part: int, hashes: Iterable[bytes]) -> bytes:
    """Eight bytes that are the same wherever the same heads stand against each other."""
    return sha256(cbor2.dumps([int(kind), row, part, sorted(hashes)])).digest()[:8]


def _differing(found: Found, who: Authorship) -> Iterator[Review]:
    """Heads with different values; what this version can't read is left to one that can."""
    for (row, part), heads in found.items():
        if len({head.values(part) for head in heads}) > 1 and all(_legible(head, part) for head in heads):
            yield _review(Kind.DIFFERS, row, part, [(head, part) for head in heads], who)


def _legible(head: Standing, part: int) -> bool:
    return not_understood(head.change).keys().isdisjoint((GONE, part))


def _edited_after_deletion(session: Session, deleted: list[bytes], who: Authorship) -> Iterator[Review]:
    """Rows that are deleted though a change of theirs stands that no deletion had seen."""
    by_row: dict[bytes, dict[int, list[Standing]]] = {}
    for (row, part), heads in standing.of_rows(session, deleted).items():
        by_row.setdefault(row, {})[part] = heads
    for row, parts in by_row.items():
        deletions = parts.pop(GONE, [])
        if not deletions or deletions[0].values(GONE) != (True,):
            continue
        unseen = [
            (head, part)
            for part, heads in sorted(parts.items())
            for head in heads
            if not any(_saw(deletion, head) for deletion in deletions)
        ]
        if unseen:
            yield _review(Kind.EDITED_AFTER_DELETION, row, GONE, [(deletions[0], GONE), *unseen], who)


def _saw(deletion: Standing, head: Standing) -> bool:
    """Whether the deletion named this head, or comes after it in the same log, or is the same change."""
    return head.ref in deletion.change.replaces or (head.log == deletion.log and head.seq <= deletion.seq)


def _clashing(session: Session, who: Authorship) -> Iterator[Review]:
    for clash in register_clashes.listed(session):
        kind = Kind.TWO_CERTIFICATES if clash.enrolment else Kind.NUMBER_TWICE
        yield _review(kind, clash.row, REGISTER, [(head, REGISTER) for head in clash.heads], who)


def _review(kind: Kind, row: bytes, part: int, sides: list[tuple[Standing, int]], who: Authorship) -> Review:
    first = sides[0][0]
    entity = first.change.entity
    return Review(
        id=review_id(kind, row, part, (head.hash for head, _ in sides)),
        kind=kind,
        entity=readable.entity_name(entity),
        entity_number=entity,
        key=readable.key_of(entity, first.change.key),
        group=readable.group_name(entity, part),
        part=part,
        subject="",
        versions=tuple(_version(head, number, who) for head, number in sides),
        scope=first.scope,
    )


def _version(head: Standing, part: int, who: Authorship) -> Version:
    made = head.change
    return Version(
        values=readable.group_of(made.entity, part, head.values(part)),
        group=readable.group_name(made.entity, part),
        raw=head.values(part),
        key=made.key,
        author=who.person(made.author),
        machine=who.machine(head.log),
        at=instant(made.wall),
        reason=made.reason,
        hash=head.hash,
        rank=head.rank,
        here=who.is_here(head.log),
    )


def _with_subjects(session: Session, reviews: list[Review]) -> list[Review]:
    """The reviews with the names of the participants they concern."""
    wanted = [_participant(review) for review in reviews]
    holders = _holders(session, [w for w in wanted if isinstance(w, int)])
    ids = [holders.get(w) if isinstance(w, int) else w for w in wanted]
    names: dict[bytes, str] = {}
    for some in bulk.slices([i for i in ids if i is not None]):
        people = select(Participant.id, Participant.name).where(Participant.id.in_(some))
        names |= {row: name or "" for row, name in session.execute(people)}
    return [replace(review, subject=names.get(i or b"", "")) for review, i in zip(reviews, ids, strict=True)]


def _holders(session: Session, serials: list[int]) -> dict[int, bytes | None]:
    """Whose certificates these are."""
    holders: dict[int, bytes | None] = {}
    for some in bulk.slices(serials):
        query = select(Certificate.serial, Certificate.participant).where(Certificate.serial.in_(some))
        holders |= {serial: holder for serial, holder in session.execute(query)}
    return holders


def _participant(review: Review) -> bytes | int | None:
    """The participant's id in the row's key, or the serial of the certificate that leads to it."""
    if review.entity_number == _CERTIFICATE.number:
        serial = review.key.get("serial")
        return serial if isinstance(serial, int) else None
    name = "id" if review.entity_number == _PARTICIPANT.number else "participant"
    found = review.key.get(name)
    return found if isinstance(found, bytes) else None
