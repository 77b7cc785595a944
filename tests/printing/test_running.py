"""A run of prints: progress by the sheet, a stop between sheets, a truthful list of what is on paper."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.certificates.paper import printing
from app.certificates.paper.content import PageContent
from app.domain.ids import Serial
from app.errors import Refused
from app.printing import running
from app.printing.calibration import Offset, Offsets
from app.printing.cups import JobState, Setting
from app.printing.plan import Job, Plan, Sides, plan
from app.printing.running import Hooks, Machine, Progress

MACHINE = Machine("balai")


@dataclass
class Paper:
    """A printer at the edge of the program: takes jobs in turn, prints one whenever it is looked at."""

    fails_at: int | None = None
    refuses_at: int | None = None
    gone_after: int | None = None
    sent: list[tuple[str, Setting, int]] = field(default_factory=list)
    printed: int = 0
    cancelled: list[str] = field(default_factory=list)

    def send(self, printer: str, pdf: bytes, title: str, setting: Setting) -> str:
        if len(self.sent) == self.refuses_at:
            raise Refused("printing-refused", printer=printer)
        with pikepdf.open(io.BytesIO(pdf)) as document:
            self.sent.append((title, setting, len(document.pages)))
        return str(len(self.sent) - 1)

    def states(self, printer: str, jobs: Collection[str]) -> Mapping[str, JobState]:
        if self.printed == self.gone_after:
            raise Refused("printing-unavailable")
        self.printed = min(self.printed + 1, len(self.sent))
        return {job: self._state(int(job)) for job in jobs}

    def cancel(self, job: str) -> None:
        self.cancelled.append(job)

    def _state(self, job: int) -> JobState:
        if str(job) in self.cancelled or (job == self.fails_at and job < self.printed):
            return JobState.FAILED
        return JobState.DONE if job < self.printed else JobState.WAITING


def sheets_of(class_pages: dict[Serial, PageContent], sides: Sides) -> Plan:
    return plan([running.leaf(page) for page in class_pages.values()], sides)


def patient(**hooks: object) -> Hooks:
    return Hooks(wait=lambda seconds: None, **hooks)  # type: ignore[arg-type]  # the caller names fields


@pytest.mark.parametrize("sides", Sides)
def test_a_class_is_printed_and_each_sheet_is_told(
    class_pages: dict[Serial, PageContent], sides: Sides
) -> None:
    told: list[Progress] = []
    paper = Paper()
    made = sheets_of(class_pages, sides)
    done = running.run(made, class_pages, MACHINE, paper, patient(progress=told.append))
    assert done.printed == tuple((serial, 0) for serial in class_pages)
    assert not (done.stopped or done.spoiled or done.unprinted)
    assert told[-1] == Progress(made.sheets, made.sheets, len(made.passes), len(made.passes))
    steps = [(progress.turn, progress.done) for progress in told]
    assert steps == sorted(set(steps))
    assert len(steps) == len(class_pages) * len(made.passes)
    assert {setting.duplex for _, setting, _ in paper.sent} == {sides is Sides.DUPLEX}


def test_a_stop_leaves_what_has_not_started_unprinted(class_pages: dict[Serial, PageContent]) -> None:
    told: list[Progress] = []
    hooks = patient(progress=told.append, stop=lambda: len(told) >= 2)
    done = running.run(sheets_of(class_pages, Sides.DUPLEX), class_pages, MACHINE, Paper(), hooks)
    every = list(class_pages)
    assert done.stopped
    assert done.printed == tuple((serial, 0) for serial in every[: len(done.printed)])
    assert len(done.printed) >= 2
    assert set(done.failed) | set(done.unprinted) == set(every) - {serial for serial, _ in done.printed}


def test_a_stack_that_is_not_turned_over_is_known_to_have_fronts_only(
    class_pages: dict[Serial, PageContent],
) -> None:
    made = sheets_of(class_pages, Sides.FRONTS_THEN_BACKS)
    done = running.run(made, class_pages, MACHINE, Paper(), patient(turned=lambda: False))
    assert done.printed == ()
    assert done.fronts_only == done.spoiled == tuple(class_pages)


def test_a_job_that_fails_ends_the_run_and_is_named(class_pages: dict[Serial, PageContent]) -> None:
    made = sheets_of(class_pages, Sides.DUPLEX)
    done = running.run(made, class_pages, MACHINE, Paper(fails_at=1), patient())
    every = list(class_pages)
    assert every[1] in done.spoiled
    assert (every[0], 0) in done.printed
    assert every[-1] in done.unprinted


def test_a_printer_that_refuses_the_first_sheet_is_an_error_a_later_one_an_end(
    class_pages: dict[Serial, PageContent],
) -> None:
    made = sheets_of(class_pages, Sides.DUPLEX)
    with pytest.raises(Refused, match="printing-refused"):
        running.run(made, class_pages, MACHINE, Paper(refuses_at=0), patient())
    done = running.run(made, class_pages, MACHINE, Paper(refuses_at=3), patient())
    assert done.stopped
    assert 1 <= len(done.printed) <= 3


def test_a_print_server_that_goes_away_loses_no_account_of_what_is_printed(
    class_pages: dict[Serial, PageContent],
) -> None:
    made = sheets_of(class_pages, Sides.DUPLEX)
    done = running.run(made, class_pages, MACHINE, Paper(gone_after=2), patient())
    every = list(class_pages)
    assert done.stopped
    assert done.printed == ((every[0], 0), (every[1], 0))
    assert {*done.failed, *done.unprinted} == set(every[2:])


@given(st.integers(0, 12), st.one_of(st.none(), st.integers(0, 8)), st.sampled_from(Sides))
def test_nobody_is_forgotten_or_counted_twice(
    class_pages: dict[Serial, PageContent], looks: int, fails_at: int | None, sides: Sides
) -> None:
    asked: list[None] = []

    def stop() -> bool:
        asked.append(None)
        return len(asked) > looks

    made = sheets_of(class_pages, sides)
    done = running.run(made, class_pages, MACHINE, Paper(fails_at), patient(stop=stop))
    printed = [serial for serial, _ in done.printed]
    assert len(printed) == len(set(printed))
    assert set(printed).isdisjoint({*done.fronts_only, *done.unprinted})
    assert {*printed, *done.spoiled, *done.unprinted} == set(class_pages)


def test_an_empty_back_is_an_empty_page_and_each_side_has_its_correction(
    class_pages: dict[Serial, PageContent],
) -> None:
    page = next(page for page in class_pages.values() if printing.page_count(page) == 3)
    offsets = Offsets(Offset(2, 0), Offset(0, -3))
    backs = running.pdf_of(page, Job(running.leaf(page), (None, 1)), offsets)
    with pikepdf.open(io.BytesIO(backs)) as document:
        empty, back = document.pages
        assert "/Contents" not in empty or not empty.Contents.read_bytes().strip()
        assert [float(side) for side in empty.mediabox][2:] == pytest.approx([841.89, 595.28], abs=0.1)
        assert back.Contents.read_bytes().startswith(b"1 0 0 1 0.00 4.25 cm")
    whole = running.pdf_of(page, Job(running.leaf(page), (0, 1, 2)), offsets)
    with pikepdf.open(io.BytesIO(whole)) as document:
        starts = [side.Contents.read_bytes().split(b" cm")[0] for side in document.pages]
    assert starts == [b"1 0 0 1 2.83 0.00", b"1 0 0 1 0.00 4.25", b"1 0 0 1 2.83 0.00"]
