"""What happens to whole machines: copied, put back, robbed of their keys, revoked, run by another version."""

from __future__ import annotations

import shutil
import tarfile
from contextlib import suppress
from random import Random

from app.errors import Refused, StorageTrouble, Trouble
from app.storage import backup, rebuilding, workplace
from app.storage.journal import Draft, record
from sync import facade
from sync.hq import backup as hq_backup
from sync.hq import revocation
from sync.hq.watermark import NAME as WATERMARK
from tests.simulation import ledger, versions
from tests.simulation.faults import Fault
from tests.simulation.ledger import Broken
from tests.simulation.world import HQ, Laptop, World, copy_of

MOST_LAPTOPS = 6
_OPEN_BEFORE = "SELECT 1 FROM log WHERE log = ? AND own AND state = 'open' AND head_seq < ?"


def clone(world: World, laptop: Laptop, rng: Random) -> None:
    """The whole disk is copied to another machine, anchor and all, and both go on."""
    if len(world.laptops) >= MOST_LAPTOPS:
        return
    name = f"{laptop.name}'"
    while any(other.name == name for other in world.laptops):
        name += "'"
    copy_of(laptop.folder, world.folder / name)
    world.ledger.copied(laptop.name, name)
    place = world.open(name, world.folder / name)
    world.laptops.append(Laptop(name, place.folder, laptop.centre, place, 0, laptop.version))
    world.happened(Fault.CLONE)


def copy(world: World, laptop: Laptop, rng: Random) -> None:
    """The database is copied without the machine's anchor: it can be read, and neither written nor synced."""
    folder = world.folder / "copy"
    shutil.rmtree(folder, ignore_errors=True)
    copy_of(laptop.folder, folder)
    (folder / workplace.MACHINE / "anchor").unlink()
    place = world.open("copy", folder)
    world.happened(Fault.COPY)
    with versions.running(laptop.version):
        for forbidden in (
            lambda: _write(place),
            lambda: facade.sync(place, "http://127.0.0.1:1"),
            lambda: facade.write_bundle(place, folder / "x.balai"),
        ):
            with suppress(Refused):
                forbidden()
                raise Broken("identity: a copy without its anchor wrote or sent something")
    place.store.close()


def restore(world: World, laptop: Laptop, rng: Random) -> None:
    """The database is put back from a backup made earlier; the anchor knows better."""
    path = world.folder / f"{laptop.name}.zip"
    with suppress(Trouble):
        if not path.exists():
            backup.write(laptop.place, path)
            return
        before = ledger.hashes(laptop.place.store)
        laptop.place.store.close()
        backup.restore(path, laptop.folder, replace=True)
        path.unlink()
        _reopened(world, laptop, before)
        _writes_on_nowhere(laptop)
        world.happened(Fault.RESTORE)


def _writes_on_nowhere(laptop: Laptop) -> None:
    """A log that had gone further before the restore is not open any more."""
    assert laptop.place.anchor is not None, "the machine's folder was left alone"
    for log, (seq, _) in laptop.place.anchor.logs.items():
        if ledger.query(laptop.place.store, _OPEN_BEFORE, log, seq):
            raise Broken("no reuse: a restored database writes on in its old log")


def rewind(world: World, laptop: Laptop, rng: Random) -> None:
    """The whole disk goes back to how it was, anchor and all: nothing on it shows that."""
    kept = world.folder / f"{laptop.name} earlier"
    if not kept.exists():
        copy_of(laptop.folder, kept)
        return
    before = ledger.hashes(laptop.place.store)
    laptop.place.store.close()
    shutil.rmtree(laptop.folder)
    kept.rename(laptop.folder)
    _reopened(world, laptop, before)
    world.happened(Fault.REWIND)


def restore_headquarters(world: World, laptop: Laptop, rng: Random) -> None:
    """Headquarters' database is put back from a backup; its watermark knows better."""
    _put_back(world, keep_watermark=True)


def rewind_headquarters(world: World, laptop: Laptop, rng: Random) -> None:
    """All of headquarters is put back, watermark and all."""
    _put_back(world, keep_watermark=False)


def lose_key_store(world: World, laptop: Laptop, rng: Random) -> None:
    """The machine's secret is gone: only the recovery phrase opens the database."""
    secret = laptop.folder / workplace.MACHINE / "secret"
    if not laptop.phrase or not secret.exists():
        return
    laptop.place.store.close()
    kept = secret.read_bytes()
    secret.unlink()
    try:
        world.open(laptop.name, laptop.folder).store.close()
        raise Broken("identity: opened without any key")
    except StorageTrouble as trouble:
        assert trouble.code == "key-store-lost"
    laptop.place = world.open(laptop.name, laptop.folder, laptop.skew, laptop.phrase)
    secret.write_bytes(kept)  # as the next setting-up of the slot would
    world.happened(Fault.KEY_STORE)


def grow_old(world: World, laptop: Laptop, rng: Random) -> None:
    """The laptop turns out to run an old program from the beginning: its tables lack what that lacks."""
    if laptop.version == versions.CURRENT:
        laptop.version = versions.OLD
        _project_anew(laptop)
        world.happened(Fault.OLD_VERSION)


def revoke(world: World, laptop: Laptop, rng: Random) -> None:
    """Headquarters revokes the device, or releases it again."""
    with world.at_headquarters() as headquarters, suppress(Trouble):
        if laptop.device in world.revoked:
            revocation.release_device(headquarters, laptop.device)
            world.revoked.discard(laptop.device)
        else:
            with headquarters.write() as session:
                revocation.revoke_device(headquarters, session, laptop.device, "hilang")
            world.revoked.add(laptop.device)
            world.happened(Fault.REVOKED)


def upgrade(laptop: Laptop) -> None:
    """An old program is replaced by this one, which projects the tables anew."""
    if laptop.version == versions.OLD:
        laptop.version = versions.CURRENT
        _project_anew(laptop)


def _project_anew(laptop: Laptop) -> None:
    with versions.running(laptop.version), laptop.place.store.write() as session:
        rebuilding.rebuild(session.connection())


def _reopened(world: World, laptop: Laptop, before: set[bytes]) -> None:
    """What the machine held and nobody else holds is lost by the person who put it back, not by the sync."""
    with versions.running(laptop.version):
        laptop.place = world.open(laptop.name, laptop.folder, laptop.skew)
    stores = [world.headquarters.store, *(other.place.store for other in world.laptops)]
    world.ledger.gone(laptop.name, before, stores)


def _put_back(world: World, keep_watermark: bool) -> None:
    path = world.folder / "hq.tar"
    if not path.exists():
        hq_backup.write(world.headquarters, path)
        return
    before, folder = ledger.hashes(world.headquarters.store), world.folder / HQ
    world.headquarters.close()
    watermark = (folder / WATERMARK).read_bytes()
    shutil.rmtree(folder)
    with tarfile.open(path) as archive:
        archive.extractall(folder, filter="data")
    (folder / "database.sqlite").rename(folder / "headquarters.sqlite")
    if keep_watermark:
        (folder / WATERMARK).write_bytes(watermark)
    path.unlink()
    world.restart_headquarters_from(before)
    world.happened(Fault.RESTORE_HQ if keep_watermark else Fault.REWIND_HQ)


def _write(place: workplace.Workplace) -> None:
    with place.store.write() as session:
        record(session, Draft("policy", ("copy",), {"value": ("no",)}))


DOING = {
    Fault.CLONE: clone,
    Fault.COPY: copy,
    Fault.RESTORE: restore,
    Fault.REWIND: rewind,
    Fault.RESTORE_HQ: restore_headquarters,
    Fault.REWIND_HQ: rewind_headquarters,
    Fault.KEY_STORE: lose_key_store,
    Fault.OLD_VERSION: grow_old,
    Fault.REVOKED: revoke,
}
AT_SECOND = (Fault.RESTORE, Fault.REWIND, Fault.RESTORE_HQ, Fault.REWIND_HQ)
"""Those for which the first time only makes the copy that is put back."""
