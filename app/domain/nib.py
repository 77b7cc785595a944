"""The business identification number (NIB): thirteen digits, optional."""

from __future__ import annotations

import re

from app.domain import nik
from app.errors import Refused

LENGTH = 13


def parse(text: str) -> str:
    """The thirteen digits of a NIB as typed, without spaces, dots, dashes and quotes.

    Raises Refused("nib-invalid") for anything else; nothing more is checked, since no rule for a check
    digit is published.
    """
    value = nik.clean(text)
    if not re.fullmatch(r"[0-9]{13}", value):
        raise Refused("nib-invalid", field="nib")
    return value
