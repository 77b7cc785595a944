"""A short run of the simulator at every test; `make simulate SEEDS=10000` is the long one."""

from __future__ import annotations

import os

import pytest

from tests.simulation import running, seed
from tests.simulation.faults import Fault

SEEDS = int(os.environ.get("BALAI_SEEDS", "15"))
ENOUGH = 100  # seeds in which every kind of fault must have happened
FIRST = int(os.environ.get("BALAI_FIRST_SEED", "1"))


@pytest.mark.timeout(900)  # a minute on a quiet machine
def test_no_seed_loses_hides_or_reuses_anything_and_every_fault_happens() -> None:
    tally = running.Tally()
    for outcome in running.outcomes(range(FIRST, FIRST + SEEDS), 1):
        tally.add(outcome)
    assert [running.repro(outcome) for outcome in tally.broken] == []
    assert tally.never() == [] or SEEDS < ENOUGH


def test_a_seed_is_the_same_whenever_it_runs() -> None:
    about = (Fault.CLONE, Fault.REORDER, Fault.CRASH_LAPTOP)
    one, other = (seed.run(7, 60, about) for _ in range(2))
    assert (one.fired, one.steps, one.broken) == (other.fired, other.steps, other.broken)
    assert sum(one.fired.values()) > 3


def test_a_seed_may_be_cut_to_its_first_steps() -> None:
    whole, cut = seed.run(11), seed.run(11, 20)
    assert cut.steps == whole.steps[:20]
    assert cut.broken == whole.broken == ""
