"""What the register says: why a number is what it is, what happened to a certificate, what is held here."""

from __future__ import annotations

from datetime import date, datetime

from app.certificates.status import Reason
from app.domain import serial
from app.domain.ids import Serial
from app.queries.certificate_life import Event, Life, Turn
from app.queries.certificate_register import Fate, RegisterRow, Stock
from ui.desktop.footer_truth import moment_of
from ui.desktop.pages.certificates_register_rows import sequences
from ui.desktop.pages.certificates_register_work import HeldPaper, RegisterView
from ui.desktop.tokens import Hue
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.wording import Text, number, short_day, words

KEYS = (
    KeyHelp(("↑", "↓"), words("class-certificates-key-choose")),
    KeyHelp(("C",), words("register-key-print")),
    KeyHelp(("G",), words("register-key-replace")),
    KeyHelp(("B",), words("register-key-void")),
    KeyHelp(("K",), words("register-key-class")),
)

LOOKS = {
    Turn.ISSUED: ("award", Hue.BLUE),
    Turn.PRINTED: ("printer", Hue.GREY),
    Turn.COPIED: ("printer", Hue.AMBER),
    Turn.VOID: ("circle-minus", Hue.GREY),
    Turn.REPLACED: ("refresh-cw", Hue.GREY),
}


def why(row: RegisterRow, life: Life | None) -> Text:
    """Why the number is what it is, in a sentence."""
    day: Text = "" if row.day is None else short_day(row.day)
    match row.fate:
        case Fate.ISSUED if row.other is not None:
            return words("register-why-replacing", day=day, other=serial.format(row.other))
        case Fate.VOID | Fate.REPLACED:
            other = life.replaced_by if life is not None else row.other
            return words(f"register-why-{row.fate}", day=day, other=_printed(other), reason=row.reason or "")
        case Fate.REVOKED:
            known = row.reason if row.reason in list(Reason) else "other"
            cause = words(f"register-cause-{known}")
            return words("register-why-revoked" if day else "register-why-listed", day=day, cause=cause)
        case Fate.SKIPPED | Fate.ELSEWHERE | Fate.LAPSED:
            return words(f"register-why-{row.fate}", numbers=sequences(row))
    return words(f"register-why-{row.fate}", day=day)


def happened(event: Event, now: datetime) -> tuple[Text, Text]:
    """A turn of a certificate's life as title and detail, in the time of the centre's clock."""
    title = words(f"register-turn-{event.turn}", copy=event.copy, printer=event.printer)
    at = "" if event.at is None else moment_of(event.at, now)
    known = [part for part in (event.author, event.machine) if part]
    said = words("register-by", at=at, who=", ".join(known)) if known else words("register-at", at=at)
    return title, words("register-because", said=said, reason=event.reason) if event.reason else said


def stock(held: Stock) -> Text:
    """How many numbers this laptop may still use, and until when."""
    if not held.count:
        return words("register-stock-none")
    facts = {"left": number(held.left), "count": number(held.count)}
    if not held.left or held.ends is None:
        return words("register-stock-empty", **facts)
    code = "register-stock-due" if held.due else "register-stock"
    return words(code, **facts, day=short_day(held.ends))


def papers(view: RegisterView) -> Text:
    """Of which day status list and trust file are."""
    return words("register-papers", status=_dated(view.status), trust=_dated(view.trust))


def warning(view: RegisterView, today: date) -> Text:
    """What is missing or past its time among them, the gravest first; nothing where all is well."""
    if view.trust is None:
        return words("register-no-trust")
    if view.status is None:
        return words("register-no-status")
    if view.status.next_update < today:
        return words("register-status-stale", day=short_day(view.status.next_update))
    if view.trust.next_update < today:
        return words("register-trust-stale", day=short_day(view.trust.next_update))
    return ""


def _dated(paper: HeldPaper | None) -> Text:
    return words("register-paper-none") if paper is None else short_day(paper.dated)


def _printed(other: Serial | None) -> str:
    return "–" if other is None else serial.format(other)
