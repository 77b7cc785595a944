"""Verifying away from the window: from a file, a picture or the text of a code, to verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from app.certificates import checking, reading
from app.certificates.verdict import Verdict
from app.errors import NotFound
from app.queries import centres, trust
from ui.desktop.work import Work

Source = Path | bytes | str
"""A file, a picture's bytes, or the text of a QR code."""


@dataclass(frozen=True, slots=True)
class Found:
    """The verdicts on one source, in the order of its pages, and the names of the centres they are from."""

    verdicts: tuple[Verdict, ...]
    centres: Mapping[int, str]


class Grey(NamedTuple):
    """A picture of a camera: a byte for each pixel, in lines of `stride` bytes."""

    data: bytes
    width: int
    height: int
    stride: int


def look(_: object, picture: Grey) -> str | None:
    """The text of the code in a picture; the first argument is the runner's, and not needed."""
    return reading.glance(*picture)


def verify(work: Work, source: Source, today: date) -> Found:
    """Verify with the trust file and the status list that headquarters has sent here, and nothing else.

    Raises NotFound("trust-missing") and what `checking` refuses.
    """
    with work.read() as session:
        trust_file, status_list = trust.trust_file(session), trust.status_list(session)
    if isinstance(source, Path):
        held = checking.verifier(trust_file, status_list)
        verdicts = tuple(checking.verify_all(source, held, today))
    elif isinstance(source, bytes):
        verdicts = (checking.verify_picture(source, trust_file, status_list, today),)
    else:
        verdicts = (checking.verify_text(source, trust_file, status_list, today),)
    return Found(verdicts, _centres(work, verdicts))


def _centres(work: Work, verdicts: tuple[Verdict, ...]) -> dict[int, str]:
    """The short names of the centres named in the checks, as far as they are known here."""
    codes = {fact for v in verdicts for c in v.checks if isinstance(fact := c.facts.get("centre"), int)}
    names: dict[int, str] = {}
    with work.read() as session:
        for code in codes:
            try:
                names[code] = centres.one(session, code).name
            except NotFound:
                continue
    return names
