"""The register: a class issued and printed, all that can become of a number, and each question."""

from __future__ import annotations

from datetime import timedelta

from app.actions import certificates, issuing, print_runs
from app.domain.ids import Serial
from app.errors import Refused
from app.printing.cups import Printer, PrinterState
from app.storage.journal import Draft, record
from tests.desktop.screenshots import sample
from tests.desktop.screenshots.stage import Data, Stage, State
from ui.desktop.pages.certificates_register_form import Way
from ui.desktop.wording import words
from ui.desktop.work import Step

OFFICE = Printer("TU", "Printer ruang TU", "", PrinterState.IDLE, True, True, ("A4",), (), True)


def _lived(stage: Stage) -> tuple[object, ...]:
    """A class's certificates, some of them with a life behind them; the replacement is to be shown."""
    place = stage._workplace
    issuer = issuing.issuer_of(place, True)
    with stage.writing() as session:
        numbers = list(certificates.issue(session, stage.sample.finished, issuer, sample.TODAY).serials)
        print_runs.log(session, [(n, 0) for n in numbers[:12]], "Printer ruang TU")
    place.advance(issued=0)
    issuer = issuing.issuer_of(place, True)
    with stage.writing() as session:
        print_runs.log(session, [(numbers[2], 1)], "Printer ruang TU", "Hilang saat banjir")
        certificates.void(session, numbers[4], sample.TODAY, "Tercetak dua kali")
        made = certificates.replace(session, numbers[6], issuer, sample.TODAY, "Nama salah eja")
        print_runs.spoil(session, "B-000417", sample.TODAY, reason="Tinta tumpah")
        said = {"revocation": ("fraud", sample.TODAY - timedelta(days=1))}
        record(session, Draft("revocation", (numbers[9],), said))
    return (Serial(made),)


def _printers(stage: Stage) -> None:
    stage.page.press._on_printers([OFFICE])


def _copy(stage: Stage) -> None:
    _printers(stage)
    stage.page.table.select(stage.page.model.key_at(10))
    stage.settle()
    stage.page.panel.ask_print()


def _replace(stage: Stage) -> None:
    stage.page.panel.ask(Way.REPLACE)
    stage.page.panel.form.confirm()


def _void_refused(stage: Stage) -> None:
    stage.page.panel.ask(Way.REPLACE)
    stage.page.panel.form.inputs["reason"].setText("Nama salah eja")
    stage.page.panel.form.refuse(Refused("clock-behind"))


def _blank(stage: Stage) -> None:
    stage.page.head.blank.click()


def _gap(stage: Stage) -> None:
    stage.page.field.setText("tidak ada")
    stage.page._fill()


def _revoked(stage: Stage) -> None:
    row = next(line for line in stage.page._rows.values() if line.fate == "revoked")
    stage.page.table.select(row.key)
    stage.settle()
    stage.page._read_life()


def _printing(stage: Stage) -> None:
    _copy(stage)
    stage.hold("network")
    stage.page.panel.form.inputs["reason"].setText("Hilang")
    stage.page.panel.form.confirm()
    stage.settle()
    stage.page.press._on_step(Step(0, 1, words("class-certificates-sheet", done=1, total=1)))


STATES = (
    State("filled", _lived, _printers, short=True),
    State("revoked", _lived, _revoked),
    State("copy", _lived, _copy),
    State("replace", _lived, _replace),
    State("error", _lived, _void_refused),
    State("blank", _lived, _blank),
    State("nothing", _lived, _gap),
    State("printing", _lived, _printing),
    State("empty", data=Data.EMPTY),
    State("busy", held="database", held_before=True),
)
