"""Certificates that break a rule together: two live ones of one person in one class, one number on two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain import numbering
from app.domain.certificates import CertificateState
from app.journal.registry import BY_NAME
from app.queries import standing
from app.queries.standing import Standing
from app.storage.heads import packed_row
from app.storage.tables import Certificate, Revocation

REGISTER = 1
_CERTIFICATE = BY_NAME["certificate"].number
_ENROLMENT = BY_NAME["enrolment"].number
_OVER = [state for state in CertificateState if state is not CertificateState.ISSUED]


@dataclass(frozen=True, slots=True)
class Clash:
    """`enrolment` tells the first kind from the second; `row` is the packed enrolment, or the number itself.

    `heads` are the lines in the register, the latest written first.
    """

    enrolment: bool
    row: bytes
    heads: tuple[Standing, ...]


class _Line(NamedTuple):
    """What of a certificate may clash: a register of ten thousand is walked through, so no more than that."""

    serial: int
    centre: int
    class_code: str
    participant: bytes
    number: str


def listed(session: Session) -> Iterator[Clash]:
    """All clashes among certificates that stand."""
    live = _standing(session)
    pairs = [
        *((True, packed_row(_ENROLMENT, key), rows) for key, rows in _several(live, _enrolment)),
        *((False, packed_row(_CERTIFICATE, key), rows) for key, rows in _several(live, _number)),
    ]
    wanted = {packed_row(_CERTIFICATE, (row.serial,)) for _, _, rows in pairs for row in rows}
    found = standing.of_rows(session, wanted, REGISTER)
    for enrolment, row, rows in pairs:
        heads = [
            found[part][0]
            for r in rows
            if (part := (packed_row(_CERTIFICATE, (r.serial,)), REGISTER)) in found
        ]
        heads.sort(key=lambda head: head.rank, reverse=True)
        if len(heads) > 1:
            yield Clash(enrolment, row, tuple(heads))


def _standing(session: Session) -> list[_Line]:
    """The certificates nobody voided, replaced or revoked, by serial."""
    row = Certificate
    query = (
        select(row.serial, row.centre, row.class_code, row.participant, row.official_number)
        .outerjoin(Revocation, Revocation.serial == row.serial)
        .where(row.gone.is_not(True), Revocation.reason.is_(None))
        .where(or_(row.state.is_(None), row.state.not_in(_OVER)))
        .order_by(row.serial)
    )
    return [
        _Line(serial, centre or 0, code or "", who or b"", number or "")
        for serial, centre, code, who, number in session.execute(query)
    ]


def _several(
    rows: Iterable[_Line], key: Callable[[_Line], tuple[object, ...]]
) -> Iterator[tuple[tuple[object, ...], list[_Line]]]:
    """Those that share a key, by key."""
    groups: dict[tuple[object, ...], list[_Line]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return ((shared, found) for shared, found in groups.items() if len(found) > 1)


def _enrolment(row: _Line) -> tuple[object, ...]:
    return row.centre, row.class_code, row.participant


def _number(row: _Line) -> tuple[object, ...]:
    return (numbering.clash_key(row.number),)
