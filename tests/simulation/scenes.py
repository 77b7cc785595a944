"""Short stories in a simulated world, each of which one guard of the sync keeps from ending badly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from random import Random

from app.errors import Refused, SyncTrouble
from app.storage.journal import Draft, record
from sync import facade
from sync.hq import bundles
from sync.protocol.frame import Frame
from tests.simulation import forging, identity, settling, writing
from tests.simulation.faults import Fault
from tests.simulation.ledger import Broken
from tests.simulation.template import HERE, template
from tests.simulation.world import Laptop, Time, World, determined
from tests.support.databases import quick_folder

Scene = Callable[[World], None]
CODE, WHO = "KWU-1", writing.PEOPLE[0]


@contextmanager
def stage() -> Iterator[World]:
    """A world of three laptops, one of them of another centre."""
    with quick_folder() as folder, determined("stage", Time()):
        world = World(folder, Random(1), template().unpack(folder, ["a", "b", "x"]))
        try:
            with world.disk.mounted():
                yield world
        finally:
            world.close()


def forged(make: Callable[[Laptop, Frame, Random], Frame], known: bool) -> Scene:
    """A frame of that make comes to headquarters, which may know the log already."""

    def scene(world: World) -> None:
        laptop = world.laptops[0]
        _mark(world, laptop, "HTI")
        if known:
            _sync(world, laptop)
        honest = forging._own_frame(world, laptop)
        assert honest is not None, "it has just written"
        forging._must_be_refused(world, laptop, make(laptop, honest, Random(1)))

    return scene


def strange(world: World) -> None:
    """Somebody asks with another token, and somebody with another key."""
    forging._must_be_strange(world, world.laptops[0], Random(1))


def smuggled(world: World) -> None:
    """A laptop hands in another centre's log."""
    _mark(world, world.laptops[2], "H")
    forging.smuggle(world, world.laptops[0], Random(1))


def overwritten(world: World) -> None:
    """One laptop overwrites what it has seen of another."""
    one, two, _ = world.laptops
    for laptop in (one, two):
        _sync(world, laptop)
        with world.at(laptop):
            for number in range(25):
                with suppress(Refused):  # too long a change
                    writing.write(world, laptop, Random(number))
        _sync(world, laptop)


def two_in_a_run(world: World) -> None:
    """A laptop overwrites what came by stick, and then its own, before headquarters has any of it."""
    two, one, _ = world.laptops  # in this order: the first one enrolled knows nobody yet
    stick = world.folder / "one.balai"
    _mark(world, one, "H")
    with world.at(one) as place:
        facade.write_bundle(place, stick)
    with world.at(two) as place:
        facade.read_bundle(place, stick)
    _mark(world, two, "SA")
    _sync(world, two)
    _end(world)


def handed_over(world: World) -> None:
    """A laptop syncs; then headquarters' power fails."""
    _mark(world, world.laptops[0], "HT")
    _sync(world, world.laptops[0])
    world.restart_headquarters()


def cut_once(world: World) -> None:
    """The line breaks once while the answer is read."""
    _mark(world, world.laptops[0], "H")
    world.line.coming = [Fault.CUT_DOWN]
    try:
        _sync(world, world.laptops[0])
    except SyncTrouble as trouble:
        raise Broken("liveness: a cut ended the sync") from trouble


def restored(world: World) -> None:
    """A database is put back from a backup after it has issued a certificate."""
    laptop = world.laptops[0]
    _mark(world, laptop, "H")
    identity.restore(world, laptop, Random(1))
    with world.at(laptop):
        writing.issue(world, laptop, Random(1))
    identity.restore(world, laptop, Random(1))


def cloned(world: World) -> None:
    """A whole disk is copied, and both write on."""
    one = world.laptops[0]
    _mark(world, one, "H")
    identity.clone(world, one, Random(1))
    _mark(world, one, "T")
    _mark(world, world.laptops[-1], "S")
    _end(world)


def cloned_and_carried(world: World) -> None:
    """Headquarters' stick says that it has more of the log than the laptop wrote: what a clone wrote."""
    one = world.laptops[0]
    _mark(world, one, "H")
    identity.clone(world, one, Random(1))
    _mark(world, one, "TI")
    _mark(world, world.laptops[-1], "HTISA")
    _sync(world, world.laptops[-1])
    stick = world.folder / "back.balai"
    with world.at_headquarters() as headquarters:
        bundles.write(headquarters, stick, HERE)
    with world.at(one) as place:
        facade.read_bundle(place, stick)
        with place.store.read() as session:
            if facade.status(session).waiting < 2:
                raise Broken("true words: what only this laptop has does not count as waiting")


def _mark(world: World, laptop: Laptop, statuses: str, number: int = 1) -> None:
    with world.at(laptop) as place:
        for status in statuses:
            with place.store.write() as session:
                record(session, Draft("mark", (laptop.centre, CODE, number, WHO), {"mark": (status, None)}))


def _sync(world: World, laptop: Laptop) -> None:
    with world.at(laptop):
        if not world.sync(laptop).synced:
            raise Broken(f"liveness: {laptop.name} cannot sync")


def _end(world: World) -> None:
    settling.settle(world)
    settling.check(world, 0, Random(1))
