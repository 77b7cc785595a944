"""One seed: a world is made from it, lived through step by step, and judged."""

from __future__ import annotations

import gc
import traceback
from collections import Counter
from dataclasses import dataclass
from random import Random

from tests.simulation import settling, steps
from tests.simulation.faults import LEAST, Fault
from tests.simulation.steps import Step
from tests.simulation.template import LAPTOPS, template
from tests.simulation.world import Time, World, determined
from tests.support.databases import quick_folder

LENGTH = 200
LONGER = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a seed: which faults happened how often, its steps, and what broke ("" for nothing)."""

    seed: int
    fired: Counter[Fault]
    steps: tuple[Step, ...]
    broken: str = ""
    details: str = ""


def run(seed: int, most: int | None = None) -> Outcome:
    """Live through a seed, or through its first `most` steps."""
    files, rng = template(), Random(seed)
    planned, faults = steps.plan(rng, LENGTH + rng.randrange(LONGER))
    planned = planned[:most]
    fired: Counter[Fault] = Counter()
    at = -1
    with quick_folder() as folder, determined(f"seed {seed}", Time()):
        laptops = files.unpack(folder, _laptops(rng))
        world = World(folder, rng, laptops)
        try:
            with world.disk.mounted():
                for step in planned:
                    at = step.number
                    steps.take(world, step, faults, Random(f"{seed}/{step.number}"))
                at = len(planned)
                settling.settle(world)
                settling.check(world, seed, rng)
            if most is None and len(world.fired) < LEAST:
                raise AssertionError(f"too tame: {dict(world.fired)}")
        except Exception as fault:  # noqa: BLE001  # whatever it is, the seed has found it
            return Outcome(
                seed, world.fired, tuple(planned), f"step {at}: {fault!r}", traceback.format_exc()
            )
        finally:
            fired = world.fired
            world.close()
    gc.collect(0)
    return Outcome(seed, fired, tuple(planned))


def _laptops(rng: Random) -> list[str]:
    """Two to six laptops, most often of one centre."""
    here = [name for name in LAPTOPS if name in "abcd"][: rng.randrange(2, 5)]
    there = [name for name in LAPTOPS if name in "xy"][: rng.choice((0, 0, 0, 1, 2))]
    return here + there
