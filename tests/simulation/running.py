"""Many seeds over several processes, and what came of them: one line a failure, one table of the faults."""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.simulation import seed as seeds
from tests.simulation.faults import Fault
from tests.simulation.seed import Outcome
from tests.simulation.template import template

AT_ONCE = 1


@dataclass(slots=True)
class Tally:
    """How many seeds were lived through, with how many steps; what happened in them, and which broke."""

    seeds: int = 0
    steps: int = 0
    processor: float = 0.0
    fired: Counter[Fault] = field(default_factory=Counter)
    broken: list[Outcome] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count one more seed in."""
        self.seeds += 1
        self.steps += len(outcome.steps)
        self.processor += outcome.seconds
        self.fired += outcome.fired
        if outcome.broken:
            self.broken.append(outcome)

    def never(self) -> list[Fault]:
        """The kinds of faults that did not happen once."""
        return [fault for fault in Fault if not self.fired[fault]]


def outcomes(wanted: Iterable[int], processes: int = 1) -> Iterator[Outcome]:
    """What came of these seeds, as they end."""
    template()  # before the others fork, so that each has it
    if processes == 1:
        yield from map(seeds.run, wanted)
        return
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield from pool.imap_unordered(seeds.run, wanted, AT_ONCE)


def repro(outcome: Outcome) -> str:
    """The line that repeats a seed that broke."""
    return f"make simulate SEED={outcome.seed}    # {outcome.broken}"


def table(tally: Tally, elapsed: float, day: str) -> str:
    """The table of docs/sync.md."""
    head = (
        f"{tally.seeds:,} seeds with {tally.steps:,} steps, {len(tally.broken)} of them broken; "
        f"{tally.processor / max(1, tally.seeds):.2f} s of processor time each, {elapsed / 60:.0f} min "
        f"in all, {day}.\n\n| fault | times | fault | times | fault | times |\n|---|---|---|---|---|---|"
    )
    cells = [f"{fault} | {tally.fired[fault]:,}" for fault in Fault]
    rows = ["| " + " | ".join(cells[at : at + 3]) + " |" for at in range(0, len(cells), 3)]
    return "\n".join([head, *rows]) + "\n"


def today() -> str:
    """The day of the run, for the table."""
    return time.strftime("%-d %B %Y")
