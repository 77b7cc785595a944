"""The steps of a seed: what people do in a simulated world, and what goes wrong on purpose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from random import Random

from app.errors import StorageTrouble, Trouble
from tests.simulation import forging, identity, sticks, writing
from tests.simulation.faults import DISK, LEAST, LINE, OTHERS, STICK, Fault
from tests.simulation.world import HQ, Laptop, World

Act = Callable[[World, Laptop, Random], None]
YEARS = 40 * 365 * 86_400_000
FORTY = (-YEARS, YEARS, -86_400_000, 3_600_000, 90_000)
MOMENTS = 14
OFTEN = 7


@dataclass(frozen=True, slots=True)
class Step:
    """The step at a place in a seed; `fault` is what it is to go through, if anything."""

    number: int
    what: str
    fault: Fault | None = None

    def __str__(self) -> str:
        return f"{self.number:4} {self.what}" + (f" with {self.fault}" if self.fault else "")


def on_laptop(act: Act) -> Act:
    """Done on a laptop, whose troubles a person would be told."""

    def done(world: World, laptop: Laptop, rng: Random) -> None:
        with world.at(laptop), suppress(Trouble):
            act(world, laptop, rng)

    return done


def sync(world: World, laptop: Laptop, rng: Random) -> None:
    """The button."""
    world.sync(laptop)


def publish(world: World, laptop: Laptop, rng: Random) -> None:
    """Headquarters writes; a full disk there is its person's to see."""
    with world.at_headquarters() as headquarters, suppress(StorageTrouble):
        writing.publish(headquarters, laptop, rng)


ORDINARY: dict[str, tuple[Act, int]] = {
    "write": (on_laptop(writing.write), 80),
    "look": (on_laptop(writing.look), 8),
    "issue": (on_laptop(writing.issue), 4),
    "sync": (on_laptop(sync), 5),
    "publish": (publish, 1),
    "write stick": (sticks.write, 1),
    "read stick": (sticks.read, 1),
}
DOING: dict[Fault, Act] = {
    **sticks.DOING,
    **identity.DOING,
    **forging.DOING,
    Fault.NEW_VERSION: on_laptop(writing.newer),
}


def plan(rng: Random, length: int, about: Sequence[Fault] = ()) -> tuple[list[Step], list[Fault]]:
    """The steps of a seed: ordinary ones, and between them each of its faults, a few times.

    `about` are the faults that it is to be about, more often then; by default some are drawn.
    """
    faults = list(about) or _chosen(rng)
    names = list(ORDINARY)
    whats = rng.choices(names, [weight for _, weight in ORDINARY.values()], k=length)
    steps = [Step(number, what) for number, what in enumerate(whats)]
    for fault in faults:
        times = rng.randrange(2, 4) if fault in identity.AT_SECOND else rng.randrange(1, 3)
        for place in rng.sample(range(length // 10, length), OFTEN if about else times):
            steps[place] = Step(place, "sync" if fault in LINE else _inner(fault, rng), fault)
    return steps, faults


def take(world: World, step: Step, faults: list[Fault], rng: Random) -> None:
    """One step, on some laptop."""
    laptop = rng.choice(world.laptops)
    if step.fault in identity.AT_SECOND:
        laptop = world.laptops[world.favourite]
    world.line.rng = rng
    world.line.faults = tuple(fault for fault in faults if fault in LINE)
    world.line.rate = 0.3
    if step.fault is None:
        ORDINARY[step.what][0](world, laptop, rng)
    elif step.fault in LINE:
        world.line.faults, world.line.rate = (step.fault,), 0.85
        ORDINARY["sync"][0](world, laptop, rng)
    elif step.fault in DISK:
        _with_disk(world, laptop, step, rng)
    elif step.fault is Fault.CLOCK:
        laptop.skew += rng.choice(FORTY)
        world.happened(Fault.CLOCK)
        world.restart(laptop)
    else:
        DOING[step.fault](world, laptop, rng)


def make_up(world: World) -> None:
    """Where too little of what was planned has happened, the line sees to it."""
    for fault in (Fault.DROP, Fault.LOST, Fault.REPEAT):
        if len(world.fired) < LEAST and not world.fired[fault]:
            world.line.faults, world.line.coming = (), [fault]
            ORDINARY["sync"][0](world, world.laptops[0], world.rng)


def _with_disk(world: World, laptop: Laptop, step: Step, rng: Random) -> None:
    """An ordinary step during which the power fails somewhere, or the disk is full."""
    machine = HQ if step.fault is Fault.CRASH_HQ or rng.random() < 0.3 else laptop.name
    if step.fault is Fault.CRASH_LAPTOP:
        machine = laptop.name
    world.line.faults = ()
    if step.fault is Fault.DISK_FULL:
        world.disk.full.add(machine)
    else:
        world.disk.fuses[machine] = rng.randrange(MOMENTS)
    for what in (step.what, "issue", "sync"):
        ORDINARY[what][0](world, laptop, rng)
        if machine not in world.disk.fuses:
            break
    world.disk.full.clear()
    world.disk.fuses.clear()
    if world.disk.complained:
        world.disk.complained.clear()
        world.happened(Fault.DISK_FULL)


def _chosen(rng: Random) -> list[Fault]:
    """Which faults a seed is about: some of the line, and some of everything else."""
    line = rng.sample(LINE, rng.randrange(2, 4))
    rest = rng.sample((*DISK, *STICK, *OTHERS), rng.randrange(3, 7))
    assert len(line) + len(rest) >= LEAST
    return [*line, *rest]


def _inner(fault: Fault, rng: Random) -> str:
    """The ordinary step that a fault of the disk happens in."""
    if fault is Fault.CRASH_HQ:
        return rng.choice(("sync", "sync", "publish"))
    if fault in DISK:
        return rng.choice(("write", "sync", "sync", "issue", "write stick"))
    return "fault"
