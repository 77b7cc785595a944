"""Sticks at headquarters: laptops' bundles taken in, and bundles of acknowledgements and frames for them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.journal.device_certificate import EVERYBODY, DeviceCertificate
from app.storage import logs
from sync import lane, stick
from sync.hq import devices
from sync.hq.exchange import follow_up
from sync.hq.headquarters import Headquarters
from sync.hq.intake import Door, Intake
from sync.hq.tables import FRAME
from sync.protocol.bundle import Blob, Secrets, Writer
from sync.protocol.bundle_header import ID_BYTES, Header, Range
from sync.protocol.exchange import HASH_BYTES, Head


@dataclass(frozen=True, slots=True)
class BundleRead:
    """A bundle that was taken in: from whom, whether it came to its end, and what became of its frames."""

    sender: DeviceCertificate
    complete: bool
    intake: Intake


@dataclass(frozen=True, slots=True)
class BundleWritten:
    """A bundle for a centre: bytes, frames in it, logs acknowledged, how many devices can read it."""

    size: int
    frames: int
    acknowledged: int
    recipients: int


def read(headquarters: Headquarters, path: Path) -> BundleRead:
    """Take a laptop's bundle in, each frame durably before the next; a torn one as far as it goes.

    Frames may be of any centre: what counts is who signed them. Raises what `stick.opened` raises,
    SyncTrouble('bundle-not-for-us' | 'bundle-tampered'), Refused('device-certificate-foreign').
    """
    total = Intake()
    with stick.opened(path) as reader:
        sender = reader.sender(headquarters.authority)
        for item in reader.items(headquarters.keys.box):
            if isinstance(item, bytes):
                with headquarters.take() as session:
                    door = Door(session, headquarters.authority, None, headquarters.now())
                    door.take(item)
                total.add(door.intake)
        complete = reader.complete
    with headquarters.read() as session:
        device = devices.find(session, sender.device_id)
    if device is not None:
        follow_up(headquarters, device, total)
    return BundleRead(sender, complete, total)


def write(headquarters: Headquarters, path: Path, centre: int) -> BundleWritten:
    """Write a bundle for a centre's devices: what headquarters has of each log, and all it has for them.

    Raises Refused('bundle-no-recipient'), StorageTrouble('stick-unwritable').
    """
    with headquarters.read() as session:
        boxes = [d.box for d in devices.listed(session, centre) if d.gets_downlink(headquarters.today())]
        if not boxes:
            raise Refused("bundle-no-recipient")
        acks = _acks(session, centre)
        header = _header(headquarters, session, centre)

        def fill(out: BinaryIO) -> None:
            writer = Writer(out, header, headquarters.keys.signing, boxes, Secrets.fresh())
            writer.acks(acks)
            for frame in _frames(session, centre):
                writer.frame(frame)
            for name, chunk in lane.held(session):
                writer.blob(Blob(name, 0, chunk))
            writer.close()

        size = stick.write(path, fill)
        frames = sum(1 for _ in _frames(session, centre))
    return BundleWritten(size, frames, len(acks), len(boxes))


def _acks(session: Session, centre: int) -> dict[bytes, Head]:
    held = logs.held(session.connection(), [EVERYBODY, centre])
    return {h.log: Head(h.head_seq, h.head_hash[:HASH_BYTES]) for h in held}


def _header(headquarters: Headquarters, session: Session, centre: int) -> Header:
    ranges = {log: Range(0, *head) for log, head in _acks(session, centre).items()}
    return Header(
        bundle=secrets.token_bytes(ID_BYTES),
        scope=centre,
        certificate=headquarters.identity.certificate,
        time=headquarters.now(),
        ranges=ranges,
        count=sum(found.last + 1 for found in ranges.values()),
    )


def _frames(session: Session, centre: int) -> Iterator[bytes]:
    """As they came, everybody's first."""
    for scope in (EVERYBODY, centre):
        numbers = select(FRAME.c.number).where(FRAME.c.scope == scope).order_by(FRAME.c.number)
        for number in session.scalars(numbers).all():
            one = select(FRAME.c.frame).where(FRAME.c.scope == scope, FRAME.c.number == number)
            yield session.scalars(one).one()
