"""Text that people type into a field: one line, composed, without what cannot be seen or kept."""

from __future__ import annotations

import unicodedata

from app.errors import Refused

LONGEST = 120
"""Characters; the longest name that a certificate can sign (docs/formats/certificate.md)."""

LONGEST_REMARK = 500


def one_line(text: str, field: str, longest: int = LONGEST) -> str:
    """The text in NFC, blanks at the ends off, single blanks inside, invisible marks left out.

    Raises Refused("text-missing"), ("text-too-long") or ("text-character").
    """
    line = optional_line(text, field, longest)
    if line is None:
        raise Refused("text-missing", field=field)
    return line


def optional_line(text: str | None, field: str, longest: int = LONGEST) -> str | None:
    """The same for a field that may stay empty: None then."""
    visible = "".join(c for c in text or "" if unicodedata.category(c) != "Cf")
    line = " ".join(unicodedata.normalize("NFC", visible).split())
    if len(line) > longest or len(line.encode("utf-8", "replace")) > 2 * longest:
        raise Refused("text-too-long", field=field, longest=longest)
    if not line.isprintable():
        raise Refused("text-character", field=field)
    return line or None
