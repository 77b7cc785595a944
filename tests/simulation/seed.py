"""One seed: a world is made from it, lived through step by step, and judged."""

from __future__ import annotations

import gc
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from tests.simulation import settling, steps
from tests.simulation.faults import LEAST, Fault
from tests.simulation.steps import Step
from tests.simulation.template import LAPTOPS, template
from tests.simulation.world import Time, World, determined
from tests.support.databases import quick_folder

LENGTH = 200
LONGER = 20
YOUNG = 20_000  # objects made before a collection: a world goes away as a whole


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a seed: which faults happened how often, its steps, and what broke ("" for nothing).

    `seconds` are of processor time.
    """

    seed: int
    fired: Counter[Fault]
    steps: tuple[Step, ...]
    broken: str = ""
    details: str = ""
    seconds: float = 0.0


def run(seed: int, most: int | None = None, about: Sequence[Fault] = ()) -> Outcome:
    """Live through a seed, or through its first `most` steps; `about` names the faults instead of chance."""
    files, rng = template(), Random(seed)
    length = most if about and most else LENGTH + rng.randrange(LONGER)
    planned, faults = steps.plan(rng, length, about)
    life = _Life(seed, tuple(planned[:most]), faults, most is None)
    started, broken, details = time.process_time(), "", ""
    gc.freeze()  # what every seed stands on is looked at by no collection
    gc.set_threshold(YOUNG)
    try:
        with quick_folder() as folder, determined(f"seed {seed}", Time()):
            life.through(World(folder, rng, files.unpack(folder, _laptops(rng))))
            if most is None and not about and len(life.fired) < LEAST:
                raise AssertionError(f"too tame: {dict(life.fired)}")
    except Exception as fault:  # noqa: BLE001  # whatever it is, the seed has found it
        broken, details = f"step {life.at}: {fault!r}", traceback.format_exc()
    finally:
        gc.collect()
    return Outcome(seed, life.fired, life.steps, broken, details, time.process_time() - started)


@dataclass(slots=True)
class _Life:
    """A seed being lived through; `at` is the step under way, `whole` says that none is left out."""

    seed: int
    steps: tuple[Step, ...]
    faults: list[Fault]
    whole: bool
    fired: Counter[Fault] = field(default_factory=Counter)
    at: int = -1

    def through(self, world: World) -> None:
        """All steps, then the end."""
        self.fired = world.fired
        try:
            with world.disk.mounted():
                for step in self.steps:
                    self.at = step.number
                    steps.take(world, step, self.faults, Random(f"{self.seed}/{step.number}"))
                self.at = len(self.steps)
                if self.whole:
                    steps.make_up(world)
                settling.settle(world)
                settling.check(world, self.seed, world.rng)
        finally:
            world.close()


def _laptops(rng: Random) -> list[str]:
    """Two to six laptops, most often of one centre."""
    here = [name for name in LAPTOPS if name in "abcd"][: rng.randrange(2, 5)]
    there = [name for name in LAPTOPS if name in "xy"][: rng.choice((0, 0, 0, 1, 2))]
    return here + there
