"""Real sockets through a poor line: 9.6 to 128 kbit/s, long trips, and cuts after any byte.

Twenty times as fast as the real thing, so that minutes on a satellite are seconds here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from random import Random

import pytest

from sync.client.http import HttpExchange
from sync.hq.headquarters import Headquarters
from tests.support.proxy import PoorLine, poor_line
from tests.sync.conftest import Clock, CountingExchange, Laptop, enrolled, founded, hq_tables, serving

FASTER = 20
STALL_SECONDS = 10.0


@pytest.fixture
def headquarters(tmp_path: Path, clock: Clock) -> Iterator[Headquarters]:
    made = founded(tmp_path / "hq", "sqlite:///headquarters.sqlite", clock)
    yield made
    made.close()


def line_to(url: str, kilobits: float, trip: float) -> AbstractContextManager[PoorLine]:
    return poor_line(url, kilobits * 1000 / 8 * FASTER, trip / FASTER)


def over(line: PoorLine, folder: Path, headquarters: Headquarters, clock: Clock, name: str) -> Laptop:
    """A laptop that has nothing but this line."""
    link = HttpExchange(line.url, STALL_SECONDS, STALL_SECONDS)
    return enrolled(folder / name, headquarters, link, clock, name)


@pytest.mark.parametrize(("kilobits", "trip"), [(9.6, 1.5), (32, 1.0), (128, 0.6)])
def test_both_ways_work_however_slow_the_line_is(
    tmp_path: Path, headquarters: Headquarters, clock: Clock, kilobits: float, trip: float
) -> None:
    with serving(headquarters) as url, line_to(url, kilobits, trip) as line:
        one = over(line, tmp_path, headquarters, clock, "one")
        two = over(line, tmp_path, headquarters, clock, "two")
        one.roster(12)
        tallies = [laptop.sync() for laptop in (one, two, one)]
        assert all(tally.synced for tally in tallies)
        assert one.tables() == two.tables() == hq_tables(headquarters)
        one.place.store.close()
        two.place.store.close()


@pytest.mark.parametrize("seed", range(4))
def test_a_line_that_breaks_after_any_byte_brings_everything_in_the_end(
    tmp_path: Path, headquarters: Headquarters, clock: Clock, seed: int
) -> None:
    chance = Random(seed)
    with serving(headquarters) as url, line_to(url, 128, 0.1) as line:
        one = over(line, tmp_path, headquarters, clock, "one")
        two = over(line, tmp_path, headquarters, clock, "two")
        one.roster(20)
        for laptop in (one, two, one):
            line.cuts = [chance.randrange(50, 900) for _ in range(3)]
            laptop.link = CountingExchange(HttpExchange(line.url, STALL_SECONDS, STALL_SECONDS))
            assert laptop.sync().synced, "four attempts, three cuts"
        assert line.broken > 0
        assert one.tables() == two.tables() == hq_tables(headquarters)
        one.place.store.close()
        two.place.store.close()
