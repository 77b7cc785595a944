"""What was written about a person, said calmly: when, what, from which value to which, by whom and where."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import groupby

from app.domain import nik
from app.queries.disclosures import Disclosure
from app.queries.history import HistoryLine
from app.queries.readable import Readable
from app.wording import sentences
from ui.desktop.pages import reviews_words
from ui.desktop.pages.participants_rows import phone_text
from ui.desktop.wording import Text, clock, short_day, words

_QUIET = {
    "assessor", "credential_hash", "credential", "back", "content", "override", "template", "place", "centre",
    "class_code", "participant", "other",
}  # fmt: skip
_SHOWN = 4  # values told of one entry


@dataclass(frozen=True, slots=True)
class Entry:
    """What one person wrote on one machine at one moment about one row; `correction` where it replaced
    something. `at` is None where the machine's clock named no day."""

    at: datetime | None
    what: Text
    values: Text
    author: str
    machine: Text
    correction: bool
    key: Hashable


def entries(lines: Sequence[HistoryLine], shown: Sequence[Disclosure], zone: tzinfo | None) -> list[Entry]:
    """Everything as entries, the newest first; `zone` is the centre's."""
    moments = groupby(lines, lambda line: (line.at, line.author, line.machine, line.entity, repr(line.key)))
    found = [_entry(list(group), zone) for _, group in moments]
    found += [_disclosed(one, at, zone) for at, one in enumerate(shown)]
    return sorted(found, key=lambda entry: (entry.at is not None, entry.at), reverse=True)


def when(at: datetime | None) -> tuple[Text, str]:
    """A moment as day and time; a dash where there is none."""
    return ("–", "") if at is None else (short_day(at.date()), clock(at.hour * 60 + at.minute))


def value(field: str, held: object) -> Text:
    """A value as people write it; a NIK by its last four digits alone (UU PDP 27/2022)."""
    if field == "nik" and isinstance(held, str):
        return nik.mask(held)
    if field == "phone" and isinstance(held, str):
        return phone_text(held)
    return reviews_words.value(field, held)


def title(entity: str, group: str, key: Readable) -> Text:
    """What it is about: Identitas, Presensi pertemuan 3, Nilai KWU-01."""
    facts = {
        "number": key.get("number", ""),
        "code": key.get("class_code", ""),
        "module": key.get("module", ""),
        "version": key.get("version", ""),
    }
    for code in (f"story-{entity}-{group}", f"story-{entity}"):
        if code.replace("_", "-") in sentences():
            return words(code.replace("_", "-"), **facts)
    return words("story-other")


def _entry(group: Sequence[HistoryLine], zone: tzinfo | None) -> Entry:
    first = group[0]
    at = None if first.at is None else first.at.astimezone(zone)
    said = [one for line in reversed(group) for one in _values(line)]  # the newest last, as a form has them
    if len(said) > _SHOWN:
        said = [*said[:_SHOWN], words("story-more", n=len(said) - _SHOWN)]
    reason = next((line.reason for line in group if line.reason), None)
    if reason:
        said.append(words("roll-history-reason", reason=reason))
    named = first.group if len(group) == 1 else ""
    return Entry(
        at,
        title(first.entity, named, first.key),
        words("story-values", values=tuple(said)),
        first.author,
        first.machine,
        any(line.before is not None for line in group),
        (first.at, first.machine, first.entity, repr(first.key), named),
    )


def _values(line: HistoryLine) -> list[Text]:
    """The values that were set, or what they were and became."""
    if line.group == "gone":
        return [words("value-gone" if line.after.get("gone") else "value-kept")]
    told: list[Text] = []
    for field, after in line.after.items():
        before = None if line.before is None else line.before.get(field)
        if field in _QUIET or after == before:
            continue
        facts = {"field": words(_label(field)), "value": value(field, after)}
        if line.before is None:
            told.append(words("value-line", **facts))
        else:
            told.append(words("story-became", before=value(field, before), **facts))
    return told


def _label(field: str) -> str:
    code = f"field-{field.replace('_', '-')}"
    return code if code in sentences() else "field-other"


def _disclosed(one: Disclosure, number: int, zone: tzinfo | None) -> Entry:
    at = None if one.at is None else one.at.astimezone(zone)
    said, machine = words("story-nik-shown-said"), words("story-here")
    return Entry(at, words("story-nik-shown"), said, one.author, machine, False, ("shown", number))
