"""The stick: everything this laptop holds of its centre in one sealed file, and such files read in.

Bundles hold all logs, not only what seems to be missing: who will read it is not known, a centre's
whole history is small, and what a reader has already costs it nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection

from app.errors import Refused, SyncTrouble
from app.journal.device_certificate import DeviceKind
from app.queries import publications
from app.storage import logs, settings
from app.storage.logs import LogHead
from app.storage.store import Store
from sync import lane, runs, stick
from sync.client import state, taking
from sync.client.replies import Ledger
from sync.protocol.bundle import Blob, Reader, Secrets, Writer
from sync.protocol.bundle_header import ID_BYTES, Header, Range
from sync.protocol.enrolment import raw_public
from sync.protocol.exchange import HASH_BYTES, Head

Plan = Sequence[tuple[LogHead, int]]


@dataclass(frozen=True, slots=True)
class BundleReport:
    """A bundle that was written: bytes of the file, changes and logs in it, how many can read it."""

    size: int
    changes: int
    logs: int
    recipients: int


@dataclass(slots=True)
class ReadReport:
    """A bundle that was read: what was new, whether it came to its end, who wrote it.

    `acknowledged` counts logs that headquarters says it has; `refused` are reasons why frames were not taken.
    """

    sender: str = ""
    from_headquarters: bool = False
    changes: int = 0
    acknowledged: int = 0
    complete: bool = False
    tables: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)


def write(store: Store, path: Path, lacking_only: bool = False) -> BundleReport:
    """Write a bundle for headquarters and the centre's other devices. Sign and advance the anchor first.

    `lacking_only` leaves out what headquarters has acknowledged: the smallest file that still hands
    everything over. Raises Refused('bundle-no-recipient'), StorageTrouble.
    """
    identity = store.identity
    if identity is None:
        raise Refused("read-only-copy")
    with store.read() as session:
        readers = [r.box for r in state.recipients(session, raw_public(identity.box))]
        plan = _plan(session.connection(), store.scope, state.acknowledged(session) if lacking_only else {})
        header = _header(session.connection(), store, identity.certificate, plan)
    if not readers:
        raise Refused("bundle-no-recipient")

    def fill(out: BinaryIO) -> None:
        writer = Writer(out, header, identity.signing, readers, Secrets.fresh())
        for frame in _frames(store, plan):
            writer.frame(frame)
        for name, chunk in () if lacking_only else _chunks(store):
            writer.blob(Blob(name, 0, chunk))
        writer.close()

    return BundleReport(stick.write(path, fill), header.count, len(header.ranges), len(readers))


def read(store: Store, path: Path) -> ReadReport:
    """Take a bundle in, frame by frame; a torn one as far as it goes.

    Raises what `stick.opened` raises, SyncTrouble('bundle-not-for-us' | 'bundle-tampered'),
    Refused('device-certificate-foreign') when its sender is no device of our headquarters.
    """
    identity = store.identity
    if identity is None:
        raise Refused("read-only-copy")
    with stick.opened(path) as reader:
        report = _report(reader, identity.authority)
        for item in reader.items(identity.box):
            if isinstance(item, bytes):
                _take(store, item, report)
            elif isinstance(item, Blob):
                _take_chunk(store, item)
            else:
                if not report.from_headquarters:
                    raise SyncTrouble("bundle-tampered")  # only headquarters acknowledges
                _acknowledge(store, item, report)
        report.complete = reader.complete
    return report


def frames_in(store: Store, reader: Reader) -> Iterator[bytes]:
    """The frames of a bundle, for a preview; raises as `read` does."""
    identity = store.identity
    if identity is None:
        raise Refused("read-only-copy")
    _report(reader, identity.authority)
    yield from (item for item in reader.items(identity.box) if isinstance(item, bytes))


def _report(reader: Reader, authority: bytes) -> ReadReport:
    sender = reader.sender(authority)
    return ReadReport(sender.name, sender.kind is DeviceKind.HEADQUARTERS)


def _take(store: Store, frame: bytes, report: ReadReport) -> None:
    identity = store.identity
    assert identity is not None, "read() saw to that"
    with store.write() as session:
        brought = taking.take(session, frame, identity.authority, state.scopes(store.scope))
    report.changes += brought.changes
    report.tables |= brought.tables
    if brought.refused is not None:
        report.refused.add(brought.refused)


def _take_chunk(store: Store, blob: Blob) -> None:
    if blob.offset:
        return
    with store.write() as session:
        if lane.take(session, publications.missing(session), [blob.data]):
            session.flush()
            lane.tidy(session)


def _chunks(store: Store) -> list[tuple[bytes, bytes]]:
    with store.read() as session:
        return list(lane.held(session))


def _acknowledge(store: Store, acks: Mapping[bytes, Head], report: ReadReport) -> None:
    """Believe headquarters' signed word on what it has, unless we have since heard of more."""
    with store.write() as session:
        held = logs.held(session.connection(), branches=True)
        known = state.acknowledged(session)
        newer = {log: ack for log, ack in acks.items() if log not in known or known[log].seq < ack.seq}
        Ledger().acknowledged(session, held, newer)
        state.keep_acknowledged(session, newer, store.clock())
        settings.put(session, state.CONTACT, store.clock())
    report.acknowledged += len(acks)


def _plan(connection: Connection, scope: int, acknowledged: Mapping[bytes, Head]) -> Plan:
    """Each log and branch to write, and after which number."""
    found: list[tuple[LogHead, int]] = []
    for head in runs.signed_heads(connection, state.scopes(scope)):
        after = state.reached(connection, head, acknowledged)
        if acknowledged and head.kind == DeviceKind.HEADQUARTERS:
            continue  # headquarters has what it wrote
        if head.signed_seq > after:
            found.append((head, after))
    return found


def _header(connection: Connection, store: Store, certificate: bytes, plan: Plan) -> Header:
    ranges = {
        head.log: Range(
            after + 1, head.signed_seq, logs.hash_at(connection, head, head.signed_seq)[:HASH_BYTES]
        )
        for head, after in reversed(plan)  # so that a forked log is named by its first branch
    }
    count = sum(head.signed_seq - after for head, after in plan)
    return Header(secrets.token_bytes(ID_BYTES), store.scope, certificate, store.clock(), ranges, count)


def _frames(store: Store, plan: Plan) -> Iterator[bytes]:
    """The frames, headquarters' logs first, so that a reader knows the programmes before the classes."""
    for head, start in sorted(plan, key=lambda item: (-item[0].kind, item[0].log)):
        after = start
        while after < head.signed_seq:
            with store.read() as session:
                cut = runs.next_frame(session.connection(), head, after)
            if cut is None:
                break
            yield cut.data
            after = cut.last
