"""The fields of a certificate as words: dates, spans, scores, the scale, as the template spells them."""

from __future__ import annotations

from app.certificates import days
from app.certificates.backpage import Module
from app.certificates.credential import Certified
from app.certificates.paper.content import LINES_OF_LETTERHEAD, PageContent, Signatory
from app.certificates.paper.template import Template, Words
from app.domain import serial
from app.domain.ids import Serial


def fields(page: PageContent, signed: Certified, design: Template) -> dict[str, str]:
    """Every field a template may name; what a certificate does not have is not in it."""
    found = _fields(page, signed, design.words)
    if design.second is not None:
        again = _fields(page, signed, design.second)
        found |= {f"{key}_2": value for key, value in again.items()}
    return found


def _fields(page: PageContent, signed: Certified, words: Words) -> dict[str, str]:
    found: dict[str, str | None] = {
        "number": page.number,
        "serial": serial.format(Serial(signed.serial)),
        "name": signed.name,
        "birth_place": page.birth_place,
        "birth_date": _date(signed.birth_date, words),
        "nik": page.nik_digits,
        "programme": signed.programme,
        "intake": page.intake,
        "span": span(signed.first_day, signed.last_day, words),
        "jp": str(signed.jp),
        "result": words.results[signed.result.name],
        "grade": page.grade,
        "average": None if page.average is None else points(page.average, words),
        "place": page.place,
        "dated": _date(signed.dated, words),
        "host": page.host,
        "replaces": serial.format(Serial(page.replaces)) if page.replaces else None,
        "sample": words.sample if page.sample else None,
        "copy": words.copy.format(copy=page.copy) if page.copy else None,
        "attendance": _attendance(page.attendance, words),
        "jp_minutes": str(page.jp_minutes) if page.jp_minutes else None,
    }
    lines = page.letterhead
    found |= {f"letterhead{LINES_OF_LETTERHEAD - len(lines) + i}": line for i, line in enumerate(lines, 1)}
    found |= {f"scale{i}": f"{g.low} {words.to} {g.high}  {g.name}" for i, g in enumerate(page.scale, 1)}
    found |= _signatory("signatory", page.signatory) | _signatory("instructor", page.instructor)
    return {key: value for key, value in found.items() if value is not None}


def cells(place: int, module: Module, title: str, words: Words) -> dict[str, str]:
    """The cells of one line of the table; `place` counts from 1."""
    return {
        "line": str(place),
        "code": module.code,
        "title": title,
        "jp": str(module.jp),
        "score": "" if module.score is None else points(module.score, words),
        "outcome": words.outcomes[module.outcome.name],
    }


def points(hundredths: int, words: Words) -> str:
    """A score as people write it: 8800 is `88`, 8550 is `85,5`."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}{words.decimal}{rest:02d}".rstrip("0") if rest else str(whole)


def span(first: int, last: int, words: Words) -> str:
    """From one day to another without saying a month or year twice: `9 sampai 16 November 2026`."""
    start, end = days.day(first), days.day(last)
    if first == last:
        return _date(first, words)
    if start.year != end.year:
        return f"{_date(first, words)} {words.to} {_date(last, words)}"
    month = "" if start.month == end.month else f" {words.months[start.month - 1]}"
    return f"{start.day}{month} {words.to} {_date(last, words)}"


def _date(number: int, words: Words) -> str:
    day = days.day(number)
    return f"{day.day} {words.months[day.month - 1]} {day.year}"


def _attendance(counted: tuple[int, int] | None, words: Words) -> str | None:
    if counted is None or counted[1] == 0:
        return None
    attended, held = counted
    return words.attendance.format(attended=attended, held=held, percent=100 * attended // held)


def _signatory(role: str, who: Signatory | None) -> dict[str, str | None]:
    if who is None:
        return {}
    return {f"{role}_office": who.office, f"{role}_name": who.name, f"{role}_line": who.line}
