"""Frames out of a database's journal and into it: the same at both ends of the wire and on the stick."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from app.errors import Refused
from app.journal import device_certificate
from app.journal.chain import Entry, Point
from app.journal.change import Change
from app.journal.device_certificate import DeviceCertificate
from app.storage import logs
from app.storage.identity import Identity
from app.storage.logs import LogHead
from app.storage.receiving import Run, receive
from app.storage.tables.journal import ChangeRow
from sync.protocol import digest as digests
from sync.protocol import frame as frames
from sync.protocol.frame import DecodedFrame, Frame
from sync.protocol.limits import MAX_COUNT, MAX_REBUILT, FrameInvalid

POINT_EVERY = 2_048
POINT_BYTES = 512 * 1024
EXPECTED_RATIO = 14
TARGET = 256 * 1024

# What is wrong with the content of a frame, as opposed to the disk or the database being at fault:
# a bug of this version, say, or a text with NUL, which PostgreSQL cannot store.
BUGS = (DataError, ValueError, TypeError, LookupError, AssertionError, ArithmeticError, AttributeError)

SignedRun = tuple[list[Entry], Point]


@dataclass(frozen=True, slots=True)
class Cut:
    """An encoded frame and what of its log it holds."""

    log: bytes
    first: int
    last: int
    hash: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking a frame: the log's head now, the first number that was new.

    `entities` are the kinds of rows that the frame touches. `whole` says that it was new from its first
    change to its last. `made` are the changes of the frame, which begins at `first`.
    """

    head: LogHead
    first_new: int
    entities: frozenset[int]
    whole: bool
    made: Sequence[Change | None]
    first: int

    @property
    def changes(self) -> int:
        """How many changes were new here."""
        return self.head.head_seq - self.first_new + 1

    @property
    def new(self) -> Sequence[Change | None]:
        """The changes that were new here."""
        return self.made[max(0, self.first_new - self.first) : self.head.head_seq + 1 - self.first]


def sign(connection: Connection, identity: Identity) -> None:
    """Sign our own logs up to their heads, with points close enough that any frame can end at one."""
    for head in logs.held(connection):
        if head.signed_seq < head.head_seq:
            _sign(connection, identity, head, head.signed_seq, head.head_seq, POINT_BYTES)


def sign_closer(connection: Connection, identity: Identity, head: LogHead, after: int, weight: int) -> None:
    """Sign a log of ours beyond `after` so often that no frame need hold more than `weight` bytes of changes.

    Others' logs stay as their owners signed them.
    """
    for point in logs.points(connection, head, after):
        _sign(connection, identity, head, after, point.seq, weight)
        after = point.seq


def _sign(
    connection: Connection, identity: Identity, head: LogHead, after: int, last: int, weight: int
) -> None:
    if head.own and head.device == identity.device_id:
        for seq in _boundaries(connection, head, after, last, weight):
            logs.sign_at(connection, identity, head, seq)


def next_frame(connection: Connection, head: LogHead, after: int, target: int = TARGET) -> Cut | None:
    """The log's next frame beyond `after`, of about `target` bytes; None where nothing signed is left.

    It ends at a signed point, so it may be larger than asked where points are far apart, and it never
    exceeds what a receiver takes.
    """
    runs = list(_runs(connection, head, after, target))
    if not runs:
        return None
    previous = logs.hash_at(connection, head, after)
    while (data := _encoded(head.log, after + 1, previous, runs, target)) is None:
        del runs[(len(runs) + 1) // 2 :]
    last = runs[-1][1].seq
    return Cut(head.log, after + 1, last, logs.hash_at(connection, head, last), data)


def _encoded(log: bytes, first: int, previous: bytes, runs: list[SignedRun], target: int) -> bytes | None:
    """The frame of these runs; None where it came out too long and fewer of them would do."""
    links = tuple(link for run, _ in runs for link in run)
    try:
        data = frames.encode(Frame(log, first, previous, links, (runs[-1][1],)))
    except FrameInvalid:
        if len(runs) == 1:
            raise
        return None
    return data if len(runs) == 1 or len(data) <= 2 * target else None


def take(session: Session, data: bytes, authority: bytes, scopes: tuple[int, ...]) -> Taken:
    """Store and show the changes of a frame: all up to its last good point, or none.

    Raises FrameInvalid for other bytes, and what `receive` raises: Refused with gap, fork, scope,
    signature or entity.
    """
    return take_decoded(session, frames.decode(data), authority, scopes)


def take_decoded(session: Session, decoded: DecodedFrame, authority: bytes, scopes: tuple[int, ...]) -> Taken:
    """The same for a frame that was decoded before."""
    frame = decoded.frame
    made = decoded.lazily
    run = Run(frame.log, frame.first, frame.previous, frame.entries, made, frame.points, decoded.alike)
    before = {head.row: head.head_seq for head in logs.find(session.connection(), frame.log)}
    with session.begin_nested():
        head = receive(session, run, authority, scopes)
    first_new = before.get(head.row, head.start - 1) + 1
    whole = first_new == frame.first and head.head_seq == frame.first + len(frame.entries) - 1
    return Taken(head, first_new, run.entities(), whole, made, frame.first)


def known(connection: Connection, log: bytes) -> LogHead | None:
    """The log as it stands here, its first branch; None when it is not here."""
    return next(iter(logs.find(connection, log)), None)


def signed_heads(connection: Connection, scopes: Sequence[int]) -> list[LogHead]:
    """The logs of these scopes of which something is signed, every branch of a forked one."""
    return [head for head in logs.held(connection, scopes, branches=True) if head.signed_seq >= head.start]


def digest(connection: Connection, scopes: Sequence[int]) -> bytes:
    """8 bytes, equal at two ends that hold the same (docs/formats/sync.md, section 6).

    Which branch of a fork came first differs from place to place, so all of them count.
    """
    heads = signed_heads(connection, scopes)
    return digests.digest((h.log, h.signed_seq, logs.hash_at(connection, h, h.signed_seq)) for h in heads)


def opening(decoded: DecodedFrame) -> tuple[DeviceCertificate, int]:
    """Whose log a frame begins, and its scope, as the first change claims; nothing is verified.

    Raises Refused("signature" | "device-certificate-invalid").
    """
    first = decoded.lazily[0] if decoded.frame.first == 0 else None
    match first.groups.get(1) if first is not None else None:
        case (bytes(certificate), int(scope), _, _):
            return device_certificate.parse(certificate), scope
    raise Refused("signature")


def _boundaries(connection: Connection, head: LogHead, after: int, last: int, weight: int) -> Iterator[int]:
    """Where to sign a log of ours from `after` to `last`: there, and before a run gets too long."""
    size = func.coalesce(func.length(ChangeRow.body), 0)
    query = select(ChangeRow.seq, size).where(ChangeRow.log == head.row, ChangeRow.seq > after)
    most = min(weight, POINT_BYTES)
    count = collected = 0
    for seq, length in connection.execute(query.where(ChangeRow.seq <= last).order_by(ChangeRow.seq)).all():
        count, collected = count + 1, collected + length
        if count == POINT_EVERY or collected >= most or seq == last:
            yield seq
            count = collected = 0


def _runs(connection: Connection, head: LogHead, after: int, target: int) -> Iterator[SignedRun]:
    """Runs between signed points, until they are likely to fill a frame; always at least one."""
    count = weight = 0
    for number, point in enumerate(logs.points(connection, head, after)):
        links = logs.entries(connection, head, after + 1, point.seq)
        count, weight = count + len(links), weight + sum(_weight(link) for link in links)
        full = count > MAX_COUNT or weight > min(target * EXPECTED_RATIO, MAX_REBUILT)
        if full and number:
            return
        yield links, point
        after = point.seq


def _weight(link: Entry) -> int:
    return len(link.body) if link.body is not None else len(link.inner)
