"""Reports away from the window: drawn to be looked at, written to a file, printed."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from app.domain.calendar import Language
from app.domain.keys import ClassKey
from app.errors import Refused
from app.printing import document
from app.printing.document import Came
from app.printing.running import Hooks, Machine, Spooler
from app.queries import report_rows
from app.queries.report_rows import Period
from app.reports import output
from app.reports.output import Data
from app.reports.rows import Cells
from ui.desktop.widgets.paper import PagePicture, draw_page
from ui.desktop.wording import words
from ui.desktop.work import Work

_STEPS = 3
_PASSING = "balai-laporan-"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which report of which class; `cells` and `period` concern attendance alone."""

    name: str
    key: ClassKey
    printed_on: date
    language: Language
    cells: Cells = Cells.MARKS
    period: Period | None = None


def draw(work: Work, wanted: Wanted, page: int, width: int) -> PagePicture | None:
    """A page of the report as it is printed, `width` pixels wide."""
    return draw_page(output.pdf(wanted.name, _data(work, wanted)), page, width)


def write(work: Work, wanted: Wanted, path: Path) -> Path:
    """The report as what the file's ending says; StorageTrouble("report-not-written")."""
    work.step(0, _STEPS, words("reports-reading"))
    data = _data(work, wanted)
    work.step(1, _STEPS, words("reports-writing"))
    output.write(wanted.name, data, path)
    work.step(_STEPS, _STEPS, words("reports-writing"))
    return path


def print_report(work: Work, wanted: Wanted, title: str, printer: str, spooler: Spooler) -> Came:
    """Print the report, unless it is stopped; Refused("reports-not-printed") where the printer gave it up."""
    work.step(0, _STEPS, words("reports-reading"))
    pdf = output.pdf(wanted.name, _data(work, wanted))
    work.step(1, _STEPS, words("reports-printing"))
    hooks = Hooks(time.sleep, stop=lambda: work.stopping)
    came = document.send(pdf, title, Machine(printer), spooler, hooks)
    if came is Came.FAILED:
        raise Refused("reports-not-printed", printer=printer)
    return came


@cache
def passing() -> Path:
    """A folder for copies that are only looked at: readable by this person alone, gone with the program.

    What a crash or a power cut left of one is cleared away first, since reports hold personal data.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{_PASSING}*"):
        shutil.rmtree(left, ignore_errors=True)
    made = Path(tempfile.mkdtemp(prefix=_PASSING))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def _data(work: Work, wanted: Wanted) -> Data:
    kind = output.check(wanted.name, Path("report.pdf"))
    said = (wanted.key, kind, wanted.printed_on, wanted.language, wanted.cells, wanted.period)
    with work.read() as session:
        return report_rows.of(session, *said)
