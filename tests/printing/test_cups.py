"""Printing through a real CUPS: its queue is found, what comes out is what was sent, a job can be stopped."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from app.certificates import checking, reading
from app.certificates.paper import printing
from app.certificates.paper.content import PageContent
from app.domain.ids import Serial
from app.errors import NotFound, Refused
from app.printing import running
from app.printing.cups import Cups, JobState, PrinterState, Setting
from app.printing.plan import Sides, plan
from app.printing.running import Hooks, Machine
from tests.certificates import samples
from tests.printing.print_server import QUEUE, PrintServer

pytestmark = pytest.mark.needs("cups")
DPI = 150
HOOKS = Hooks(wait=time.sleep)


def pictures(pdf: bytes) -> list[Image.Image]:
    """The pages in grey, upright: a driver may lay a landscape page on portrait paper."""
    document = pypdfium2.PdfDocument(pdf)
    drawn = [page.render(scale=DPI / 72, grayscale=True).to_pil().copy() for page in document]
    document.close()
    return [p if p.width > p.height else p.rotate(90, expand=True) for p in drawn]


def differs(sent: Image.Image, came: Image.Image) -> float:
    """The mean difference of two pages, 0 to 1, whichever way up the second lies.

    Both are softened by a pixel: a driver counts the page's size in whole points, which moves the grid of
    pixels by a part of one.
    """
    soft = ImageFilter.GaussianBlur(1)
    before, after = sent.filter(soft), came.resize(sent.size).filter(soft)
    ways = (after, after.rotate(180))
    return min(ImageStat.Stat(ImageChops.difference(before, way)).mean[0] / 255 for way in ways)


def ended(server: PrintServer, job: str) -> JobState:
    for _ in range(200):
        state = server.cups.states(QUEUE, [job])[job]
        if state is not JobState.WAITING:
            return state
        time.sleep(0.1)
    return JobState.WAITING


def test_the_queue_is_listed_with_papers_and_both_sides(server: PrintServer) -> None:
    server.command("lpadmin", "-d", QUEUE, "-o", "printer-info=Printer 'Balai' lantai 2")
    server.command("lpadmin", "-p", QUEUE, "-D", "Printer Balai, lantai 2")
    (printer,) = server.cups.printers()
    assert printer.name == QUEUE
    assert printer.title == "Printer Balai, lantai 2"
    assert "A4" in printer.papers
    assert printer.duplex and printer.accepting and printer.usual
    assert printer.state is PrinterState.IDLE
    with pytest.raises(NotFound, match="printer-unknown"):
        server.cups.printer("tidak-ada")


def test_the_sheets_that_come_out_are_the_pages_that_were_sent(server: PrintServer, tmp_path: Path) -> None:
    page = samples.page()
    sent = printing.render_one(page)
    made = plan([running.leaf(page)], Sides.DUPLEX)
    serial = Serial(page.signed.content.serial)
    done = running.run(made, {serial: page}, Machine(QUEUE), server.cups, HOOKS)
    assert done.printed == ((serial, 0),)
    came = server.paper.read_bytes()
    for before, after in zip(pictures(sent), pictures(came), strict=True):
        assert differs(before, after) <= 0.01
    moved = pictures(printing.render_one(page, shift=(0.5, 0.0)))
    assert all(differs(before, after) > 0.02 for before, after in zip(pictures(sent), moved, strict=True))
    (tmp_path / "kertas.pdf").write_bytes(came)
    assert len(reading.codes(tmp_path / "kertas.pdf")) == 2
    assert checking.verify_file(tmp_path / "kertas.pdf", samples.trust_file(), None, samples.TODAY).genuine


def test_fronts_and_backs_are_printed_in_two_passes(
    server: PrintServer, class_pages: dict[Serial, PageContent]
) -> None:
    some = dict(list(class_pages.items())[:2])
    made = plan([running.leaf(page) for page in some.values()], Sides.FRONTS_THEN_BACKS)
    lying: list[bytes] = []

    def turned() -> bool:
        lying.append(server.paper.read_bytes())
        return True

    done = running.run(made, some, Machine(QUEUE), server.cups, replace(HOOKS, turned=turned))
    assert done.printed == tuple((serial, 0) for serial in some)
    last = made.passes[0][-1]
    fronts = pictures(running.pdf_of(some[last.leaf.serial], last))
    for before, after in zip(fronts, pictures(lying[0]), strict=True):
        assert differs(before, after) <= 0.01


def test_a_job_is_taken_back_from_a_printer_that_stands_still(server: PrintServer) -> None:
    server.command("cupsdisable", QUEUE)
    try:
        job = server.cups.send(QUEUE, printing.render_one(samples.page()), "10009 0000412 93", Setting(True))
        assert server.cups.states(QUEUE, [job])[job] is JobState.WAITING
        assert server.cups.printer(QUEUE).state is PrinterState.STOPPED
        server.cups.cancel(job)
        assert ended(server, job) is JobState.FAILED
    finally:
        server.command("cupsenable", QUEUE)


def test_a_run_that_is_stopped_takes_its_jobs_back(
    server: PrintServer, class_pages: dict[Serial, PageContent]
) -> None:
    server.command("cupsdisable", QUEUE)
    try:
        looks: list[None] = []

        def stop() -> bool:
            looks.append(None)
            return len(looks) > 4

        made = plan([running.leaf(page) for page in class_pages.values()], Sides.DUPLEX)
        done = running.run(made, class_pages, Machine(QUEUE), server.cups, replace(HOOKS, stop=stop))
    finally:
        server.command("cupsenable", QUEUE)
    assert done.stopped
    assert done.printed == ()
    assert {*done.failed, *done.unprinted} == set(class_pages)


def test_a_printer_that_takes_nothing_says_so(server: PrintServer) -> None:
    server.command("cupsreject", QUEUE)
    try:
        assert not server.cups.printer(QUEUE).accepting
        with pytest.raises(Refused, match="printing-refused"):
            server.cups.send(QUEUE, b"%PDF-1.7", "x", Setting(False))
    finally:
        server.command("cupsaccept", QUEUE)
    with pytest.raises(NotFound, match="printer-unknown"):
        server.cups.send("-x /etc", b"", "x", Setting(False))
    assert server.cups.states(QUEUE, ["balai-99999"]) == {"balai-99999": JobState.FAILED}


def test_without_a_print_server_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="printing-unavailable"):
        Cups(str(tmp_path / "tidak-ada.sock")).printers()


def test_without_the_programs_of_cups_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="printing-unavailable"):
        Cups().printers()
