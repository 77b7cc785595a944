"""Sticks: bundles written and read at both ends, old ones again, torn and tampered ones."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from random import Random

from app.errors import Trouble
from sync import facade
from sync.hq import bundles
from tests.simulation.faults import Fault
from tests.simulation.world import Laptop, World

AT_HEADQUARTERS = 0.4
MOST = 12


def write(world: World, laptop: Laptop, rng: Random) -> None:
    """A bundle on a new stick, by a laptop or by headquarters."""
    path = world.folder / "sticks" / f"{world.time()}.balai"
    path.parent.mkdir(exist_ok=True)
    if rng.random() < AT_HEADQUARTERS:
        with world.at_headquarters() as headquarters, suppress(Trouble):
            bundles.write(headquarters, path, laptop.centre)
    else:
        with world.at(laptop), suppress(Trouble):
            facade.write_bundle(laptop.place, path, lacking_only=rng.random() < 0.5)
    if path.exists():
        world.sticks = [*world.sticks, path][-MOST:]


def read(world: World, laptop: Laptop, rng: Random) -> None:
    """The stick written last, read by headquarters or a laptop."""
    if not world.sticks:
        write(world, laptop, rng)
    if world.sticks:
        _read(world, laptop, rng, world.sticks[-1])


def _read(world: World, laptop: Laptop, rng: Random, path: Path) -> None:
    if rng.random() < AT_HEADQUARTERS:
        with world.at_headquarters() as headquarters, suppress(Trouble):
            bundles.read(headquarters, path)
    else:
        with world.at(laptop), suppress(Trouble):
            facade.read_bundle(laptop.place, path)


def old(world: World, laptop: Laptop, rng: Random) -> None:
    """Some earlier stick once more."""
    if not world.sticks:
        write(world, laptop, rng)
    if world.sticks:
        world.happened(Fault.STICK_OLD)
        path = rng.choice(world.sticks)
        _read(world, laptop, rng, path)
        _read(world, laptop, rng, path)


def torn(world: World, laptop: Laptop, rng: Random) -> None:
    """A stick pulled out too early."""
    _spoilt(world, laptop, rng, Fault.STICK_TORN)


def tampered(world: World, laptop: Laptop, rng: Random) -> None:
    """A stick on which somebody changed a byte."""
    _spoilt(world, laptop, rng, Fault.STICK_TAMPERED)


def _spoilt(world: World, laptop: Laptop, rng: Random, fault: Fault) -> None:
    write(world, laptop, rng)
    if not world.sticks:
        return
    world.happened(fault)
    copy = world.folder / "sticks" / "spoilt.balai"
    shutil.copyfile(rng.choice(world.sticks), copy)
    content = bytearray(copy.read_bytes())
    if fault is Fault.STICK_TORN:
        del content[rng.randrange(len(content)) :]
    else:
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    copy.write_bytes(content)
    _read(world, laptop, rng, copy)


DOING = {Fault.STICK_OLD: old, Fault.STICK_TORN: torn, Fault.STICK_TAMPERED: tampered}
