"""What certificates take time for, each a job away from the window: issuing, drawing, saving, printing."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.actions import certificates as actions
from app.actions import issuing, print_desk, print_runs
from app.actions.certificates import Issued
from app.certificates.paper import content, printing
from app.certificates.paper.content import PageContent
from app.domain.ids import Serial
from app.domain.keys import ClassKey
from app.errors import Refused
from app.printing import folder, running
from app.printing.cups import JobState
from app.printing.plan import Leaf, Sides, Stack, plan
from app.printing.running import Hooks, Machine, PrintRun, Progress, Spooler
from app.queries import certificates
from ui.desktop import files
from ui.desktop.widgets.paper import PagePicture, draw_page
from ui.desktop.wording import Text, words
from ui.desktop.work import Stopped, Work

_AS_PDF = "PDF"  # stands for the printer where a copy was saved to be printed elsewhere
_LOOK = 0.2  # seconds between two looks whether the stack was turned over

Sheet = tuple[Serial, int]
"""A certificate, and 0 for the original or n for SALINAN ke-n."""


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What is to be printed, how, and a copy why. `turned` is set when the stack lies in the tray again,
    backs up."""

    sheets: tuple[Sheet, ...]
    machine: Machine
    sides: Sides
    stack: Stack
    spooler: Spooler
    reason: str | None = None
    turned: threading.Event = field(default_factory=threading.Event)


def issue(work: Work, key: ClassKey, today: date, confirmed: bool) -> Issued:
    """Issue to everybody of a class who passed; the serials are on disk outside the database afterwards."""
    issuer = issuing.issuer_of(work.workplace, confirmed)
    with work.write() as session:
        made = actions.issue(session, key, issuer, today)
    issuing.remember(work.workplace)
    return made


def replace(work: Work, old: Serial, today: date, reason: str, confirmed: bool) -> Serial:
    """Put a new certificate in the place of a faulty one."""
    issuer = issuing.issuer_of(work.workplace, confirmed)
    with work.write() as session:
        made = actions.replace(session, old, issuer, today, reason)
    issuing.remember(work.workplace)
    return made


def draw(work: Work, sheet: Sheet, side: int, width: int) -> PagePicture | None:
    """A page of a certificate as it is printed, `width` pixels wide."""
    (page,) = _pages(work, [sheet])
    return draw_page(printing.render_one(page), side, width)


def save_one(work: Work, sheet: Sheet, path: Path) -> Path:
    """The PDF of one certificate."""
    (page,) = _pages(work, [sheet])
    return files.write_whole(path, printing.render_one(page))


def save_copy(work: Work, sheet: Sheet, path: Path, reason: str) -> Path:
    """The PDF of a marked copy, with its number used up in the log of prints."""
    saved = save_one(work, sheet, path)
    with work.write() as session:
        print_runs.log(session, [sheet], _AS_PDF, reason)
    return saved


def save_class(work: Work, sheets: Sequence[Sheet], path: Path) -> Path:
    """One PDF of many certificates."""
    return files.write_whole(path, printing.render_class(_pages(work, sheets)))


def save_each(work: Work, sheets: Sequence[Sheet], into: Path) -> int:
    """One PDF a person; what is written when it is stopped stays. Returns how many there are."""
    pages = _pages(work, sheets)
    for done, page in enumerate(pages, 1):
        folder.save([page], into)
        work.step(done, len(pages), words("class-certificates-saving", done=done, total=len(pages)))
    return len(pages)


def print_sheets(work: Work, order: PrintOrder) -> PrintRun:
    """Print sheet by sheet, and note each as it comes out, whether it goes to its end or is stopped."""
    pages = {Serial(page.signed.content.serial): page for page in _pages(work, order.sheets)}
    leaves = [running.leaf(pages[serial]) for serial, _ in order.sheets]

    def tell(progress: Progress) -> None:
        said = words("class-certificates-sheet", done=progress.done + 1, total=progress.sheets)
        _step(work, progress.done, progress.sheets, said)

    def turned() -> bool:
        _step(work, len(leaves), len(leaves), words("class-certificates-turn"))
        while not order.turned.wait(_LOOK):
            if work.stopping:
                return False
        return True

    with work.write() as session:
        run = print_desk.begin(session, order.machine.printer, len(leaves), order.reason)

    def sent(job: str, leaf: Leaf) -> None:
        with work.write() as session:
            print_desk.sent(session, run, job, leaf.serial, leaf.copy)

    def out(job: str) -> None:
        with work.write() as session:
            print_desk.out(session, run, job)

    hooks = Hooks(time.sleep, tell, lambda: work.stopping, turned, sent, out)
    try:
        planned = plan(leaves, order.sides, order.stack)
        return running.run(planned, pages, order.machine, order.spooler, hooks)
    finally:
        with work.write() as session:
            print_desk.end(session, run)


def close_abandoned(work: Work, spooler: Spooler) -> None:
    """Put into the log what a run printed that a crash ended; the print server knows what became of the rest.

    A run of which jobs still wait, or of which the server can't be asked, is left for the next time.
    """
    with work.read() as session:
        runs = print_desk.abandoned(session)
    for run in runs:
        try:
            states = spooler.states(run.printer, run.waiting)
        except Refused:
            continue
        if JobState.WAITING in states.values():
            continue
        came_out = [job for job, state in states.items() if state is JobState.DONE]
        with work.write() as session:
            print_desk.close(session, run.id, came_out)


def _step(work: Work, done: int, total: int, at: Text) -> None:
    """Tell how far it is; a stop is heeded between sheets, not here."""
    try:
        work.step(done, total, at)
    except Stopped:
        return


def _pages(work: Work, sheets: Sequence[Sheet]) -> list[PageContent]:
    """The frozen content of certificates, copies marked; Refused("certificate-erased") where one is gone."""
    with work.read() as session:
        frozen = certificates.contents(session, [serial for serial, _ in sheets])
    found = []
    for serial, copy in sheets:
        if serial not in frozen:
            raise Refused("certificate-erased")
        page = content.read(frozen[serial])
        found.append(printing.copy(page, copy) if copy else page)
    return found
