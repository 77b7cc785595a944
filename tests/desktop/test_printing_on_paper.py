"""The class printed from the window through a real print server, and a run that a crash ended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.actions import print_desk, row_ids
from app.certificates import checking
from app.certificates.paper import content, printing
from app.domain.ids import Serial
from app.domain.keys import ClassKey
from app.printing.cups import Cups, JobState
from app.queries import certificates, print_runs
from app.storage.workplace import Workplace
from tests.printing import print_server
from tests.printing.print_server import QUEUE, PrintServer
from tests.printing.test_cups import differs, pictures
from tests.support.centre import Centre, centre
from tests.support.issuing import graduates
from tests.support.laptop import CENTRE, TODAY
from ui.desktop.desk import Desk
from ui.desktop.pages.class_certificates import ClassCertificatesPage

FIRST = Serial(CENTRE * 10_000_000 + 1)


@pytest.fixture(scope="module")
def server() -> Iterator[PrintServer]:
    with print_server.started() as running:
        yield running


@pytest.fixture
def site(tmp_path: Path) -> Centre:
    return centre(tmp_path / "site")


@pytest.fixture
def opened(site: Centre) -> Workplace:
    return site.opened


@pytest.fixture
def key(site: Centre) -> ClassKey:
    return graduates(site.laptop, 3)[0]


def _shown(desk: Desk, qtbot: QtBot, key: ClassKey, spooler: Cups) -> ClassCertificatesPage:
    page = ClassCertificatesPage(desk)
    page.press.spooler = spooler
    qtbot.addWidget(page)
    page.resize(1174, 734)
    desk.runner.changed.connect(page.hear)
    page.show()
    with qtbot.waitSignal(desk.runner.idle):
        page.shown(key)
        page.catch_up()
    return page


@pytest.mark.needs("cups")
def test_the_class_goes_from_the_button_to_the_printers_paper(
    desk: Desk, site: Centre, key: ClassKey, server: PrintServer, qtbot: QtBot, tmp_path: Path
) -> None:
    page = _shown(desk, qtbot, key, server.cups)
    qtbot.waitUntil(lambda: QUEUE in page.press.printers)
    with qtbot.waitSignal(desk.runner.idle):
        page.bar.issue.click()
    with qtbot.waitSignals([page.press.printed, desk.runner.idle], timeout=60_000):
        page.bar.print.click()
    with site.laptop.read() as session:
        (run,) = print_runs.listed(session)
        frozen = certificates.contents(session, [FIRST + 2])
    assert (run.printer, run.printed) == (QUEUE, tuple((Serial(FIRST + i), 0) for i in range(3)))
    came, last = server.paper.read_bytes(), content.read(frozen[Serial(FIRST + 2)])
    for before, after in zip(pictures(printing.render_one(last)), pictures(came), strict=True):
        assert differs(before, after) <= 0.01
    (tmp_path / "kertas.pdf").write_bytes(came)
    verdict = checking.verify_file(tmp_path / "kertas.pdf", site.authorities.trust().raw, None, TODAY)
    assert verdict.genuine and verdict.certified is not None
    assert verdict.certified.serial == FIRST + 2


class _Remembering(Cups):
    """A print server that remembers the jobs of the run that a crash ended."""

    def printers(self) -> list[object]:  # type: ignore[override]  # none is needed
        return []

    def states(self, printer: str, jobs: object) -> dict[str, JobState]:
        return {"TU-2": JobState.DONE, "TU-3": JobState.FAILED}


def test_what_a_crash_left_is_in_the_log_once_the_page_is_open_again(
    desk: Desk, site: Centre, key: ClassKey, qtbot: QtBot
) -> None:
    with pytest.MonkeyPatch.context() as before_the_crash:
        before_the_crash.setattr(row_ids, "_source", row_ids._Source())
        with site.laptop.write() as session:
            run = print_desk.begin(session, "TU", 5)
            for place in range(1, 4):
                print_desk.sent(session, run, f"TU-{place}", Serial(FIRST + place - 1), 0)
            print_desk.out(session, run, "TU-1")
    page = _shown(desk, qtbot, key, _Remembering())
    qtbot.waitUntil(lambda: not page.press.printers)
    with site.laptop.read() as session:
        (row,) = print_runs.listed(session)
        assert print_runs.under_way(session) == []
    assert row.printed == ((FIRST, 0), (FIRST + 1, 0))
