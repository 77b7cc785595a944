"""How the classes of a centre are attended so far: all of them at one go, since there are hundreds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.domain.attendance import WHOLE, Counts, Policy, SessionState, Status
from app.domain.enrolment import EnrolmentState
from app.domain.keys import ClassKey
from app.errors import NotFound
from app.queries import attendance, programmes
from app.queries.classes import ClassRow
from app.storage import tables

Worth = Counter[Counts]


def of_classes(session: Session, centre: int, heads: Sequence[ClassRow]) -> dict[ClassKey, int]:
    """Present among present and absent, over everybody enrolled, in hundredths of a percent, rounded down.

    A class in which nothing counts yet, or whose programme is not known here, is left out.
    """
    policies = _policies(session, heads)
    special = _with_make_ups(session, centre)
    counted: dict[ClassKey, Worth] = defaultdict(Counter)
    keys: dict[str, ClassKey] = {head.key.code: head.key for head in heads if head.key in policies}
    for code, status, n in session.execute(_marks(centre)):
        if code in keys and code not in special and status in list(Status):
            counted[keys[code]][policies[keys[code]].counts(Status(status))] += n
    for code in special & keys.keys():
        counted[keys[code]] = _tallied(session, keys[code])
    sums = {key: worth[Counts.PRESENT] + worth[Counts.ABSENT] for key, worth in counted.items()}
    return {key: counted[key][Counts.PRESENT] * WHOLE // n for key, n in sums.items() if n}


def _marks(centre: int) -> Select[Any]:
    """How many of each status there are in each class: sessions held, people enrolled."""
    mark, sitting, place = tables.Mark, tables.Session, tables.Enrolment
    columns: tuple[Any, ...] = (mark.class_code, mark.status, func.count())
    query: Select[Any] = (
        select(*columns)
        .join(
            sitting,
            (sitting.centre == mark.centre)
            & (sitting.class_code == mark.class_code)
            & (sitting.number == mark.number),
        )
        .join(
            place,
            (place.centre == mark.centre)
            & (place.class_code == mark.class_code)
            & (place.participant == mark.participant),
        )
        .where(mark.centre == centre, mark.gone.is_not(True))
        .where(sitting.state == SessionState.HELD, sitting.gone.is_not(True))
        .where(place.state == EnrolmentState.ENROLLED, place.gone.is_not(True))
        .group_by(mark.class_code, mark.status)
    )
    return query


def _policies(session: Session, heads: Sequence[ClassRow]) -> dict[ClassKey, Policy]:
    """What counts in each class, by the version of the programme that it started with."""
    known: dict[tuple[str, int], Policy | None] = {}
    for head in heads:
        version = head.programme, head.version
        if version not in known:
            try:
                known[version] = programmes.programme(session, *version).rule.policy
            except NotFound:  # headquarters' publication has not come yet
                known[version] = None
    found = ((head.key, known[head.programme, head.version]) for head in heads)
    return {key: policy for key, policy in found if policy is not None}


def _with_make_ups(session: Session, centre: int) -> set[str]:
    """Classes where a session stands in for another: what counts there is a matter of each person."""
    row = tables.Session
    query = select(row.class_code).where(row.centre == centre, row.make_up_of.is_not(None))
    return set(session.scalars(query.where(row.gone.is_not(True)).distinct()))


def _tallied(session: Session, key: ClassKey) -> Worth:
    tallies = attendance.tallies(session, key).values()
    return Counter(
        {Counts.PRESENT: sum(t.present for t in tallies), Counts.ABSENT: sum(t.absent for t in tallies)}
    )
