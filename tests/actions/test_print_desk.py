"""A print run is on the disk sheet by sheet: after a crash in the middle the log says what came out."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from app.actions import print_desk, row_ids
from app.domain.ids import Serial
from app.queries import print_runs
from tests.support.laptop import Laptop

SHEETS = [(Serial(100090000001 + i), 0) for i in range(4)]


def begun(laptop: Laptop, sent: int, out: int) -> bytes:
    """A run with so many jobs sent, of which so many came out; each in a transaction of its own."""
    with laptop.write() as session:
        run = print_desk.begin(session, "Epson L3110", len(SHEETS), "Kertas hilang")
    for place, (serial, copy) in enumerate(SHEETS[:sent]):
        with laptop.write() as session:
            print_desk.sent(session, run, f"TU-{place}", serial, copy)
    for place in range(out):
        with laptop.write() as session:
            print_desk.out(session, run, f"TU-{place}")
    return run


def logged(laptop: Laptop) -> list[tuple[Serial, int]]:
    with laptop.read() as session:
        return [sheet for run in print_runs.listed(session) for sheet in run.printed]


def copies(laptop: Laptop) -> list[int]:
    with laptop.read() as session:
        following = print_runs.next_copies(session, [serial for serial, _ in SHEETS])
    return [following[serial] for serial, _ in SHEETS]


def test_each_sheet_counts_as_printed_from_the_moment_it_is_out(laptop: Laptop) -> None:
    run = begun(laptop, sent=3, out=2)
    assert copies(laptop) == [1, 1, 0, 0]
    assert logged(laptop) == [], "the log gets a run once, when it is over"
    with laptop.read() as session:
        (held,) = print_runs.under_way(session)
    assert (held.planned, held.printer, held.reason) == (4, "Epson L3110", "Kertas hilang")
    with laptop.write() as session:
        print_desk.end(session, run)
    assert logged(laptop) == SHEETS[:2]
    assert copies(laptop) == [1, 1, 0, 0]
    with laptop.read() as session:
        assert print_runs.under_way(session) == []


def test_a_run_in_which_nothing_came_out_leaves_no_line(laptop: Laptop) -> None:
    run = begun(laptop, sent=2, out=0)
    with laptop.write() as session:
        print_desk.end(session, run)
    assert logged(laptop) == []
    with laptop.read() as session:
        assert print_runs.under_way(session) == []


def test_a_run_of_this_start_is_nobodys_to_close(laptop: Laptop) -> None:
    begun(laptop, sent=1, out=1)
    with laptop.read() as session:
        assert print_desk.abandoned(session) == []


@tries(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 4), st.integers(0, 4), st.sets(st.integers(0, 3)))
def test_wherever_the_crash_came_the_log_says_what_is_on_paper(
    laptop: Laptop, sent: int, out: int, later: set[int]
) -> None:
    out = min(out, sent)
    before = logged(laptop)
    run = begun(laptop, sent, out)
    with pytest.MonkeyPatch.context() as another:
        another.setattr(row_ids, "_source", row_ids._Source())
        with laptop.read() as session:
            (left,) = print_desk.abandoned(session)
        assert (left.id, len(left.waiting)) == (run, sent - out)
        came = [job for job in left.waiting if int(job.removeprefix("TU-")) in later]
        with laptop.write() as session:
            print_desk.close(session, run, came)
    wanted = {*SHEETS[:out], *(SHEETS[int(job.removeprefix("TU-"))] for job in came)}
    new = logged(laptop)
    for sheet in before:
        new.remove(sheet)
    assert set(new) == wanted and len(new) == len(wanted)
    with laptop.read() as session:
        assert print_runs.under_way(session) == []
