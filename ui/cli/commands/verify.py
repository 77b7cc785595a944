"""`balai verify`: a certificate checked from its page, a picture or a text, with a trust file alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.certificates import checking
from app.certificates.verdict import Outcome, Verdict
from app.domain import calendar
from app.errors import Refused
from app.queries import trust as held
from app.storage import workplace
from ui.cli.desk import Desk

_ENDING = re.compile(r"\.[A-Za-z0-9]{2,5}")


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command("verify")(verify)


def verify(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="FILE|TEXT", help="PDF, gambar, atau isi kode QR. / PDF, picture, or QR text."
        ),
    ],
    trust: Annotated[Path | None, typer.Option(help="Berkas kepercayaan. / Trust file.")] = None,
    status: Annotated[Path | None, typer.Option(help="Daftar pencabutan. / Status list.")] = None,
) -> int:
    """Periksa keaslian sertifikat tanpa jaringan. / Verify a certificate with no network."""
    desk: Desk = context.obj
    trust_file, status_list = _held(desk, trust, status)
    verdicts = _verdicts(what, trust_file, status_list)
    genuine = all(verdict.genuine for verdict in verdicts)
    document: dict[str, object] = (
        verdicts[0].as_json()
        if len(verdicts) == 1
        else {"verdict": "genuine" if genuine else "refused", "verdicts": [v.as_json() for v in verdicts]}
    )
    desk.show(document, "\n\n".join("\n".join(_sentences(desk, verdict)) for verdict in verdicts))
    return 0 if genuine else 1


def _verdicts(what: str, trust_file: bytes, status_list: bytes | None) -> list[Verdict]:
    path = Path(what)
    today = date.today()  # noqa: DTZ011  # the day where the paper lies
    if _is_file(path):
        return checking.verify_all(path, checking.verifier(trust_file, status_list), today)
    return [checking.verify_text(what, trust_file, status_list, today)]


def _is_file(path: Path) -> bool:
    """Whether a file is meant: one that is there, or a name with an ending. A QR code's text has none."""
    try:
        return path.exists() or bool(_ENDING.fullmatch(path.suffix))
    except (OSError, ValueError):  # a text too long to be a name, or with NUL
        return False


def _held(desk: Desk, trust: Path | None, status: Path | None) -> tuple[bytes, bytes | None]:
    """The trust file and the status list: those named, else those that sync brought."""
    if trust is not None:
        return _content(trust, "trust"), None if status is None else _content(status, "status")
    if not workplace.exists(desk.folder):
        raise Refused("trust-missing", field="trust")
    with desk.workplace() as opened, opened.store.read() as session:
        newest = held.trust_file(session)
        listed = held.status_list(session)
    return newest, listed if status is None else _content(status, "status")


def _content(path: Path, option: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as fault:
        raise Refused("file-not-found", field=option, path=str(path)) from fault
    except OSError as fault:
        raise Refused("file-unreadable", field=option, path=str(path)) from fault


def _sentences(desk: Desk, verdict: Verdict) -> Iterable[str]:
    failed = verdict.failed
    yield desk.words(verdict.code, **(failed.facts if failed else {}))
    if verdict.certified is not None:
        yield from _signed(desk, verdict)
    for check in verdict.checks:
        if check.outcome is Outcome.SKIPPED and check.code is not None:
            yield desk.words(check.code, **check.facts)
    for code in (*verdict.warnings, *verdict.not_signed):
        yield "- " + desk.words(code)


def _signed(desk: Desk, verdict: Verdict) -> Iterable[str]:
    fields = verdict.as_json()["signed"]
    assert isinstance(fields, dict)
    for name, value in fields.items():
        if value is not None:
            shown = (
                _long(desk, value) if name.endswith(("_day", "_date", "_on")) or name == "dated" else value
            )
            yield f"  {desk.words('signed-' + name.replace('_', '-'))}: {shown}"


def _long(desk: Desk, value: object) -> str:
    return calendar.long_date(date.fromisoformat(str(value)), desk.tongue)
