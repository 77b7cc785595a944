"""Settling a review: an ordinary change with the values chosen, which names everything it overrules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from app.actions import changes
from app.domain.certificates import CertificateState
from app.domain.text import LONGEST_REMARK, optional_line
from app.errors import Refused
from app.journal.change import Value
from app.journal.device_certificate import HEADQUARTERS_ONLY
from app.journal.registry import ENTITIES, GONE, LIFE, Entity, Kind, Owner
from app.queries import reviews
from app.queries.reviews import Review
from app.storage.journal import Draft, plain, record

Other = Mapping[str, Value | date]
"""Other values by the names of fields; fields left out keep the value that is shown."""


def choose(
    session: Session, review: bytes, choice: int | Other, today: date, reason: str | None = None
) -> bytes:
    """Settle a review by one of its versions (its place, from 0) or by other values; returns its id.

    After a deletion, 0 lets the row stay deleted and anything else brings it back. Of two certificates for
    one person the version chosen stands, the others are marked as replaced by it.
    Raises NotFound("review-unknown") when it is settled already, Refused("review-choice"),
    ("reason-missing") for facts, ("review-headquarters") for what only headquarters may write,
    ("review-number-twice"), which only a replacement settles.
    """
    found = reviews.one(session, review)
    said = optional_line(reason, "reason", LONGEST_REMARK)
    entity = _writable(session, found)
    if isinstance(choice, int) and not 0 <= choice < len(found.versions):
        raise Refused("review-choice", field="choice", highest=len(found.versions))
    if entity.kind is Kind.FACT and said is None:
        raise Refused("reason-missing", field="reason")
    record(session, _settling(found, entity, choice, today, said), scope=found.scope)
    return found.id


def _writable(session: Session, review: Review) -> Entity:
    entity = ENTITIES[review.entity_number]
    here = changes.writer(session).scope
    if entity.owner is Owner.HEADQUARTERS and here > HEADQUARTERS_ONLY:
        raise Refused("review-headquarters")
    return entity


def _settling(
    review: Review, entity: Entity, choice: int | Other, today: date, reason: str | None
) -> list[Draft]:
    match review.kind:
        case reviews.Kind.DIFFERS:
            return [Draft(entity.name, review.versions[0].key, _values(review, entity, choice), reason)]
        case reviews.Kind.EDITED_AFTER_DELETION:
            return [Draft(entity.name, review.versions[0].key, {LIFE.name: (choice == 0,)}, reason)]
        case reviews.Kind.TWO_CERTIFICATES if isinstance(choice, int):
            return _replaced(review, choice, today, reason)
        case reviews.Kind.TWO_CERTIFICATES:
            raise Refused("review-choice", field="choice", highest=len(review.versions))
        case reviews.Kind.NUMBER_TWICE:
            raise Refused("review-number-twice", field="choice")


def _values(review: Review, entity: Entity, choice: int | Other) -> dict[str, tuple[Value, ...]]:
    raw = review.versions[choice].raw if isinstance(choice, int) else _other(review, entity, choice)
    return {review.group: raw}


def _other(review: Review, entity: Entity, said: Other) -> tuple[Value, ...]:
    """The shown values with others in the fields named; Refused("review-choice") for a field not there."""
    group = entity.group(review.part)
    fields = [field.name for field in group.fields] if group else []
    if review.part == GONE or not set(said) <= set(fields):
        raise Refused("review-choice", field="choice", highest=len(review.versions))
    shown = dict(zip(fields, review.versions[0].raw, strict=True))
    return plain([said.get(name, shown[name]) for name in fields])


def _replaced(review: Review, choice: int, today: date, reason: str | None) -> list[Draft]:
    (kept,) = review.versions[choice].key
    assert isinstance(kept, int), "certificates are keyed by their serial"
    values = (CertificateState.REPLACED.value, reason, kept, today)
    return [
        Draft("certificate", version.key, {"state": values}, reason)
        for version in review.versions
        if version.key != (kept,)
    ]
