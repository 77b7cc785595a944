"""A plain document on paper: watched until it is out, given up or taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from app.errors import Refused
from app.printing import document
from app.printing.cups import JobState, Setting
from app.printing.document import Came
from app.printing.running import Hooks, Machine


class Queue:
    """A printer at the edge whose one job goes through these states."""

    def __init__(self, *states: JobState) -> None:
        self.left = list(states)
        self.sent: list[tuple[str, Setting]] = []
        self.taken_back: list[str] = []

    def send(self, printer: str, pdf: bytes, title: str, setting: Setting) -> str:
        if printer == "gone":
            raise Refused("printing-refused", printer=printer)
        self.sent.append((title, setting))
        return "TU-1"

    def states(self, printer: str, jobs: Collection[str]) -> Mapping[str, JobState]:
        state = self.left.pop(0) if len(self.left) > 1 else self.left[0]
        return dict.fromkeys(jobs, state)

    def cancel(self, job: str) -> None:
        self.taken_back.append(job)


def _hooks(stop: bool = False) -> Hooks:
    return Hooks(lambda _: None, stop=lambda: stop)


@pytest.mark.parametrize(("last", "came"), [(JobState.DONE, Came.OUT), (JobState.FAILED, Came.FAILED)])
def test_it_is_watched_until_the_printer_is_done_with_it(last: JobState, came: Came) -> None:
    queue = Queue(JobState.WAITING, JobState.WAITING, last)
    assert document.send(b"%PDF", "Rekap", Machine("TU"), queue, _hooks()) is came
    assert queue.sent == [("Rekap", Setting(False))]


def test_a_stop_takes_back_what_waits() -> None:
    queue = Queue(JobState.WAITING)
    assert document.send(b"%PDF", "Rekap", Machine("TU"), queue, _hooks(stop=True)) is Came.STOPPED
    assert queue.taken_back == ["TU-1"]


def test_what_is_out_already_is_not_taken_back() -> None:
    queue = Queue(JobState.DONE)
    assert document.send(b"%PDF", "Rekap", Machine("TU"), queue, _hooks(stop=True)) is Came.OUT
    assert queue.taken_back == []


def test_a_printer_that_takes_nothing_is_said() -> None:
    with pytest.raises(Refused, match="printing-refused"):
        document.send(b"%PDF", "Rekap", Machine("gone"), Queue(JobState.DONE), _hooks())
