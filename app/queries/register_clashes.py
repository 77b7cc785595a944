"""Certificates that break a rule together: two live ones of one person in one class, one number on two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain import numbering
from app.domain.certificates import CertificateState
from app.journal.registry import BY_NAME
from app.queries import certificates, standing
from app.queries.certificates import CertificateRow
from app.queries.standing import Standing
from app.storage.heads import packed_row

REGISTER = 1
_CERTIFICATE = BY_NAME["certificate"].number
_ENROLMENT = BY_NAME["enrolment"].number


@dataclass(frozen=True, slots=True)
class Clash:
    """`enrolment` tells the first kind from the second; `row` is the packed enrolment, or the number itself.

    `heads` are the lines in the register, the latest written first.
    """

    enrolment: bool
    row: bytes
    heads: tuple[Standing, ...]


def listed(session: Session) -> Iterator[Clash]:
    """All clashes among certificates that stand."""
    live = [row for row in certificates.register(session) if row.state is CertificateState.ISSUED]
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


def _several(
    rows: Iterable[CertificateRow], key: Callable[[CertificateRow], tuple[object, ...]]
) -> Iterator[tuple[tuple[object, ...], list[CertificateRow]]]:
    """Those that share a key, by key."""
    groups: dict[tuple[object, ...], list[CertificateRow]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return ((shared, found) for shared, found in groups.items() if len(found) > 1)


def _enrolment(row: CertificateRow) -> tuple[object, ...]:
    return (*row.key, row.participant)


def _number(row: CertificateRow) -> tuple[object, ...]:
    return (numbering.clash_key(row.official_number),)
