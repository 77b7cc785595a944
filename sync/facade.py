"""All of the sync that screens and commands use, in verbs.

enrol, request_enrolment, finish_enrolment      a folder becomes a device of a centre
sync, preview                                   with headquarters, over a line
write_bundle, read_bundle, preview_bundle       with headquarters and the centre's laptops, by stick
status, failed                                  what is not yet there, and how often no sync got through
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from app.errors import NotFound, Refused, SyncTrouble
from app.storage import settings, workplace
from app.storage.store import Clock, Store, wall_clock
from app.storage.workplace import Workplace
from sync import runs, stick
from sync.client import bundle, enrolment, state
from sync.client import preview as previews
from sync.client.bundle import BundleReport, ReadReport
from sync.client.driver import Driver, Manners, Tally
from sync.client.enrolment import Enrolled
from sync.client.fetching import fetched
from sync.client.http import HttpExchange
from sync.client.patience import Patience, may_pass
from sync.client.preview import Preview
from sync.client.waiting import SyncStatus, status

__all__ = [
    "BundleReport",
    "Joined",
    "Manners",
    "Patience",
    "Preview",
    "ReadReport",
    "SyncReport",
    "SyncStatus",
    "Tally",
    "enrol",
    "failed",
    "finish_enrolment",
    "preview",
    "preview_bundle",
    "read_bundle",
    "request_enrolment",
    "status",
    "sync",
    "write_bundle",
]


@dataclass(frozen=True, slots=True)
class Joined:
    """A folder that became a device: open, with the recovery phrase that is shown this once."""

    workplace: Workplace
    phrase: str
    centre: int
    role: str
    host: str


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did. `synced`: both ends hold the same, and headquarters has it on disk.

    Bytes count HTTP heads; `tables` are those that changes from elsewhere touched; `refused` are
    reasons why headquarters did not take something; `revoked`: this device gets nothing down any more;
    `chunks_missing` are pieces of published lists and templates that the next sync will fetch.
    """

    synced: bool
    requests: int
    bytes_up: int
    bytes_down: int
    changes_up: int
    changes_down: int
    tables: frozenset[str]
    refused: frozenset[str]
    revoked: bool
    chunks_missing: int = 0


def enrol(folder: Path, url: str, code: str, name: str, clock: Clock = wall_clock) -> Joined:
    """Enrol over the network. Asking again after a lost answer, or a crash, gets the same answer.

    Raises Refused('already-set-up', the codes of a mistyped code), SyncTrouble, StorageTrouble.
    """
    _not_yet(folder)
    link = HttpExchange(url)
    try:
        pending = enrolment.resume(folder / workplace.MACHINE, code, name)
        enrolled = enrolment.finish(pending, link.enrol(pending.request))
    finally:
        link.close()
    return _join(folder, enrolled, link.url, clock)


def request_enrolment(folder: Path, code: str, name: str) -> bytes:
    """The request to carry to headquarters as a file; its keys are kept in the folder meanwhile."""
    _not_yet(folder)
    return enrolment.resume(folder / workplace.MACHINE, code, name).request


def finish_enrolment(folder: Path, answer: bytes, clock: Clock = wall_clock) -> Joined:
    """Enrol with the answer that came back as a file.

    Raises NotFound('enrolment-not-begun'), SyncTrouble('enrolment-answer-foreign').
    """
    _not_yet(folder)
    pending = enrolment.recall(folder / workplace.MACHINE)
    if pending is None:
        raise NotFound("enrolment-not-begun")
    return _join(folder, enrolment.finish(pending, answer), "", clock)


def sync(place: Workplace, url: str | None = None, manners: Manners | None = None) -> SyncReport:
    """Hand over and fetch until both ends hold the same.

    `url` is where headquarters is, by default where it was at enrolment. Raises SyncTrouble where the
    line or the server ends it early; what was acknowledged or received until then is kept.
    """
    link = HttpExchange(url or _address(place))
    driver = Driver(place.store, link, place.advance, manners or Manners())
    try:
        tally = driver.run()
    except SyncTrouble as trouble:
        if may_pass(trouble):
            _note_failed(place, again=True)
        raise
    finally:
        link.close()
        if driver.tally.headquarters_time:
            place.advance(certified=driver.tally.headquarters_time)
    _note_failed(place, again=False)
    return SyncReport(
        synced=tally.synced,
        requests=link.traffic.requests,
        bytes_up=link.traffic.up,
        bytes_down=link.traffic.down,
        changes_up=tally.changes_up,
        changes_down=tally.changes_down,
        tables=frozenset(tally.tables),
        refused=frozenset(tally.refused),
        revoked=tally.revoked,
        chunks_missing=tally.chunks_missing,
    )


def _note_failed(place: Workplace, again: bool) -> None:
    with place.store.read() as session:
        times, _ = state.failed(session)
    if times or again:
        with place.store.write() as session:
            state.keep_failed(session, times + 1 if again else 0, place.store.clock())


def failed(session: Session) -> tuple[int, int]:
    """How many syncs in a row did not get through for a reason that may pass, and when (Unix ms) the last."""
    return state.failed(session)


def preview(place: Workplace, url: str | None = None, manners: Manners | None = None) -> Preview:
    """What a sync would bring down; what would go up is in `status`. Raises SyncTrouble."""
    link = HttpExchange(url or _address(place))
    patience = (manners or Manners()).patience
    try:
        return previews.of_frames(place.store, fetched(place.store, link, patience))
    finally:
        link.close()


def write_bundle(place: Workplace, path: Path, lacking_only: bool = False) -> BundleReport:
    """Write a bundle for headquarters and the centre's other devices; see `sync.client.bundle.write`."""
    identity = place.store.identity
    if identity is None:
        raise Refused("read-only-copy")
    with place.store.write() as session:
        runs.sign(session.connection(), identity)
    place.advance()
    return bundle.write(place.store, path, lacking_only)


def read_bundle(place: Workplace, path: Path) -> ReadReport:
    """Take a bundle in; see `sync.client.bundle.read`."""
    return bundle.read(place.store, path)


def preview_bundle(place: Workplace, path: Path) -> Preview:
    """What a bundle would bring; raises as `read_bundle` does."""
    with stick.opened(path) as reader:
        return previews.of_frames(place.store, bundle.frames_in(place.store, reader))


def _join(folder: Path, enrolled: Enrolled, url: str, clock: Clock) -> Joined:
    grant = enrolled.grant

    def fill(store: Store) -> None:
        enrolment.fill(store, enrolled, url)

    place, phrase = workplace.create(folder, enrolled.identity, grant.centre, grant.recovery, fill, clock)
    place.advance(certified=grant.time)
    enrolment.forget(place.machine)
    return Joined(place, phrase, grant.centre, grant.role, url or grant.host)


def _not_yet(folder: Path) -> None:
    if workplace.exists(folder):
        raise Refused("already-set-up", folder=str(folder))


def _address(place: Workplace) -> str:
    with place.store.read() as session:
        found = settings.get(session, state.HOST)
    if not isinstance(found, str) or not found:
        raise SyncTrouble("sync-no-address")
    return found
