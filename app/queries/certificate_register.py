"""The register of a centre's certificates: every number there is, and of each that is not used the reason."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certificates import days as calendar
from app.certificates import delegation
from app.certificates.status import StatusList
from app.domain import serial as serials
from app.domain.ids import CentreCode, Serial
from app.domain.keys import ClassKey
from app.errors import NotFound, Refused
from app.queries import certificates, print_runs
from app.queries import trust as trust_rows
from app.queries.certificates import CertificateRow
from app.storage.tables import Certificate, Delegation


class Fate(StrEnum):
    """What became of a number. The last three are numbers that no certificate has."""

    ISSUED = "issued"
    VOID = "void"
    REPLACED = "replaced"
    REVOKED = "revoked"
    SPOILED = "spoiled"  # a numbered blank form
    LOST = "lost"  # the same
    SKIPPED = "skipped"  # left out by this laptop, whose backup or clone may have used it
    ELSEWHERE = "elsewhere"  # between numbers of another laptop: left out there, or not here yet
    LAPSED = "lapsed"  # the permission to use it ended first


BLANKS = (Fate.SPOILED, Fate.LOST)
GAPS = (Fate.SKIPPED, Fate.ELSEWHERE, Fate.LAPSED)


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line: a certificate, a blank form (`number` only), or the gap from `serial` to `last`.

    `reason` as typed, of a revoked one headquarters' word for it (certificates.status.Reason). `other` is
    the serial that replaced it, or that it replaces. `copy` is the number its next print would bear.
    """

    key: str
    fate: Fate
    serial: Serial | None
    last: Serial | None = None
    number: str = ""
    name: str = ""
    of_class: ClassKey | None = None
    reason: str | None = None
    other: Serial | None = None
    day: date | None = None
    copy: int = 0


@dataclass(frozen=True, slots=True)
class Stock:
    """The numbers this laptop may still use: how many of how many, until when, and whether the next block
    is due. `ends` is None where there is none."""

    left: int
    count: int
    ends: date | None
    due: bool


@dataclass(frozen=True, slots=True)
class Register:
    """All lines, the highest serial first, blank forms last; and this laptop's stock of numbers."""

    rows: tuple[RegisterRow, ...]
    stock: Stock


@dataclass(frozen=True, slots=True)
class _Block:
    """A leased block: whose, its last day, and which of its numbers are in the register."""

    lease: serials.Lease
    own: bool
    ends: int
    used: frozenset[int]

    @property
    def highest(self) -> int:
        """The highest number used, the one before the first where none is."""
        return max(self.used, default=self.lease.first - 1)


def of(session: Session, centre: CentreCode, device: bytes, today: date, floor: int = 0) -> Register:
    """The register of this centre as this laptop knows it.

    `device` is this laptop, `floor` the highest serial its anchor remembers, 0 for none.
    """
    found, day = certificates.register(session), calendar.number(today)
    blocks = list(_blocks(session, centre, device, found))
    remembered = floor % serials.SEQUENCES if floor // serials.SEQUENCES == centre else 0
    highest = max([remembered, *(block.highest for block in blocks if block.own and block.used)])
    rows = [*_certificates(session, found), *_gaps(centre, blocks, day, highest)]
    rows.sort(key=lambda row: row.serial or 0, reverse=True)
    return Register((*rows, *_blanks(session, centre)), _stock(blocks, day, highest))


def _certificates(session: Session, found: Sequence[CertificateRow]) -> Iterator[RegisterRow]:
    copies = print_runs.next_copies(session, [row.serial for row in found])
    listed = held_list(session)
    digests = _digests(session) if listed is not None else {}
    for row in found:
        fate, reason, day = Fate(row.state.value), row.reason, row.state_on
        told = listed.revoked(row.serial, digests.get(row.serial, b"")) if listed is not None else None
        if told is not None and fate is not Fate.REVOKED:
            fate, reason, day = Fate.REVOKED, told.value, None
        yield RegisterRow(
            f"c{row.serial}",
            fate,
            row.serial,
            number=row.official_number,
            name=row.name,
            of_class=row.key,
            reason=reason,
            other=row.other,
            day=row.signed_on if fate is Fate.ISSUED else day,
            copy=copies[row.serial],
        )


def held_list(session: Session) -> StatusList | None:
    """The status list that holds here, taken apart; None where there is none, or nothing to verify it by."""
    try:
        found = trust_rows.held_status(session)
    except NotFound:
        return None
    return None if found is None else found.list


def _digests(session: Session) -> dict[int, bytes]:
    query = select(Certificate.serial, Certificate.credential_hash)
    return {number: digest or b"" for number, digest in session.execute(query)}


def _blanks(session: Session, centre: int) -> Iterator[RegisterRow]:
    for blank in print_runs.blanks(session, centre):
        fate = Fate.LOST if blank.state == Fate.LOST.value else Fate.SPOILED
        yield RegisterRow(f"b{blank.blank}", fate, None, number=blank.blank, day=blank.day)


def _blocks(
    session: Session, centre: int, device: bytes, found: Sequence[CertificateRow]
) -> Iterator[_Block]:
    ours = [row.serial for row in found if row.serial // serials.SEQUENCES == centre]
    sequences = sorted(number % serials.SEQUENCES for number in ours)
    query = select(Delegation.first, Delegation.count, Delegation.device, Delegation.delegation)
    query = query.where(Delegation.centre == centre, Delegation.gone.is_not(True)).order_by(Delegation.first)
    for first, count, owner, signed in session.execute(query):
        try:
            ends = delegation.read(signed or b"").content.expires
        except Refused:
            continue  # of a later kind than this version knows
        lease = serials.Lease(first, count or 0)
        begin, end = bisect_left(sequences, lease.first), bisect_right(sequences, lease.last)
        used = frozenset(sequences[begin:end])
        yield _Block(lease, owner == device, ends, used)


def _gaps(centre: CentreCode, blocks: Sequence[_Block], today: int, highest: int) -> Iterator[RegisterRow]:
    for block in blocks:
        reached = block.highest
        if block.own and block.lease.first <= highest:
            reached = max(reached, min(highest, block.lease.last))
        between = Fate.SKIPPED if block.own else Fate.ELSEWHERE
        missing = [n for n in range(block.lease.first, reached + 1) if n not in block.used]
        for first, last in _runs(missing):
            yield _gap(centre, first, last, between)
        if block.ends < today and reached < block.lease.last:
            yield _gap(centre, reached + 1, block.lease.last, Fate.LAPSED)


def _gap(centre: CentreCode, first: int, last: int, fate: Fate) -> RegisterRow:
    low, high = serials.compose(centre, first), serials.compose(centre, last)
    return RegisterRow(f"g{low}", fate, low, high)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring numbers as first and last."""
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            yield numbers[start], numbers[at - 1]
            start = at


def _stock(blocks: Sequence[_Block], today: int, highest: int) -> Stock:
    usable = [block for block in blocks if block.own and block.ends >= today]
    leases = [block.lease for block in usable]
    ends = [block.ends for block in usable if block.lease.last > highest]
    return Stock(
        serials.left(leases, highest),
        sum(lease.count for lease in leases),
        calendar.day(max(ends)) if ends else None,
        serials.renewal_due(leases, highest),
    )
