"""The end of a seed: the faults stop, everyone gets through, and then everything must be as SYNC.md says."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256
from random import Random

from app.journal import chain
from app.journal.device_certificate import EVERYBODY
from app.storage import integrity
from app.storage.heads import packed_row
from app.storage.projection import VISIBLE
from app.storage.store import Store
from sync import facade, runs
from sync.client import state
from sync.hq import revocation
from sync.protocol import frame as frames
from tests.simulation import identity, oracle
from tests.simulation.ledger import Broken, contents, query
from tests.simulation.world import Laptop, World

ROUNDS = 7
OF_ALL = ("device", "delegation")
ORACLE_EVERY = 10
_LOGS = "SELECT scope, log FROM log"
_INCIDENTS = "SELECT code FROM incident"
_HEADS = "SELECT count(*) FROM head WHERE row = ? AND part = 1"
_ASIDE = "SELECT frame FROM hq_aside"
_BRANCHES = "SELECT count(*) FROM log WHERE log = ?"


def settle(world: World) -> None:
    """Faults stop: programs are brought up to date, devices released, and all sync until nothing moves."""
    world.line.faults = ()
    world.line.settle()
    for laptop in world.laptops:
        with world.at(laptop):
            identity.upgrade(laptop)
    for device in sorted(world.revoked):
        with world.at_headquarters() as headquarters:
            revocation.release_device(headquarters, device)
    behind = list(world.laptops)
    for _ in range(ROUNDS):
        for laptop in behind:
            _get_through(world, laptop)
        behind = [laptop for laptop in world.laptops if not _same(world, laptop)]
        if not behind:
            return
    raise Broken(f"liveness: after {ROUNDS} rounds without a fault there is still something to do")


def check(world: World, number: int, rng: Random) -> None:
    """Everything that must hold at the end."""
    _nothing_lost(world)
    _converged(world)
    _sound(world.headquarters.store, "headquarters")
    some = rng.choice(world.laptops)
    _sound(some.place.store, some.name)
    _scopes_kept(world)
    _reuse_noticed(world)
    if number % ORACLE_EVERY == 0:
        oracle.agrees(world.headquarters.store)


def _get_through(world: World, laptop: Laptop) -> None:
    """One sync without faults, whose words must be true."""
    with world.at(laptop):
        report = world.sync(laptop)
        if not report.synced:
            raise Broken(f"liveness: {laptop.name} cannot sync: {sorted(report.refused)}")
        with laptop.place.store.read() as session:
            if facade.status(session).waiting:
                raise Broken(f"true words: {laptop.name} is synced and has changes waiting")
        if not _same(world, laptop):
            raise Broken(f"true words: {laptop.name} is synced and holds something else than headquarters")


def _same(world: World, laptop: Laptop) -> bool:
    """Whether both ends hold the same of the laptop's scopes."""
    scopes = state.scopes(laptop.centre)
    with laptop.place.store.read() as here, world.headquarters.read() as there:
        return runs.digest(here.connection(), scopes) == runs.digest(there.connection(), scopes)


def _nothing_lost(world: World) -> None:
    there = contents(world.headquarters.store)
    aside: set[bytes] = set()
    for (data,) in query(world.headquarters.store, _ASIDE):
        frame = frames.decode(data).frame
        aside |= set(chain.walk(frame.previous, frame.entries))
    for chain_hash, made in world.ledger.required.items():
        if chain_hash in there and there[chain_hash] != (made.salt, made.body):
            raise Broken(f"no loss: number {made.seq} is not what was written")
        if chain_hash not in there and chain_hash not in aside:
            raise Broken(f"no loss: number {made.seq} of {made.log.hex()} is not at headquarters")


def _converged(world: World) -> None:
    """All laptops of a centre show the same; where there is one centre, headquarters shows it, too.

    But for the tables of which headquarters has lines for the other centre's devices.
    """
    shown: dict[int, dict[str, str]] = defaultdict(dict)
    for laptop in world.laptops:
        shown[laptop.centre][laptop.name] = _tables(laptop.place.store)
    if len(shown) == 1:
        next(iter(shown.values()))["headquarters"] = _tables(world.headquarters.store)
    for hashes in shown.values():
        if len(set(hashes.values())) > 1:
            raise Broken(f"convergence: {hashes}")


def _tables(store: Store) -> str:
    state = sha256()
    with store.read() as session:
        for table in VISIBLE.values():
            for row in (
                integrity.rows_in_order(session.connection(), table) if table.name not in OF_ALL else ()
            ):
                state.update(row)
    return state.hexdigest()


def _sound(store: Store, name: str) -> None:
    report = integrity.check(store)
    if not report.sound:
        raise Broken(f"convergence: {name} is not what its journal says: {report}")


def _scopes_kept(world: World) -> None:
    for laptop in world.laptops:
        for scope, _ in query(laptop.place.store, _LOGS):
            if scope not in (EVERYBODY, laptop.centre):
                raise Broken(f"scope: {laptop.name} holds scope {scope}")


def _reuse_noticed(world: World) -> None:
    """A number of a log, or a serial, that was used twice is known to headquarters."""
    store = world.headquarters.store
    codes = {code for (code,) in query(store, _INCIDENTS)}
    for log in world.ledger.forks():
        ((branches,),) = query(store, _BRANCHES, log)
        if branches < 2:
            raise Broken(f"no reuse: the fork of {log.hex()} went unnoticed")
        if "log-forked" not in codes:
            raise Broken(f"no reuse: headquarters has no incident for the fork of {log.hex()}")
    for serial, papers in world.serials.items():
        if len(papers & _registered(world, papers)) > 1:
            _seen_twice(store, serial)


def _registered(world: World, papers: set[bytes]) -> set[bytes]:
    """Those whose line in the register was not lost together with a disk that nobody had a copy of."""
    bodies = [made.body for made in world.ledger.required.values() if made.body is not None]
    return {paper for paper in papers if any(paper in body for body in bodies)}


def _seen_twice(store: Store, serial: int) -> None:
    ((heads,),) = query(store, _HEADS, packed_row(9, (serial,)))
    if heads < 2:
        raise Broken(f"no reuse: serial {serial} was printed on two papers and nobody sees it")
