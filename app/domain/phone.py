"""Indonesian mobile numbers: any way of typing them in, E.164 out."""

from __future__ import annotations

import re
import unicodedata

from app.errors import Refused

# 8, an operator's digit (none begins with 84 or 80), then seven to ten more.
_NATIONAL = re.compile(r"8[1-35-9][0-9]{7,10}")
# +62 812…, 62812…, 0062812…, 0812…, and the common slip +62 0812…; without any, a spreadsheet ate the zero.
_PREFIX = re.compile(r"(?:\+62|0062|62)?0?(?=8)")
_DECORATION = re.compile(r"[\s.\-_()'\"`´’‘‐‑‒–—\u200b-\u200f\u2060\u202a-\u202e\ufeff]+")


def parse(text: str) -> str:
    """The number in E.164 (`+628…`).

    Raises Refused("phone-invalid") for everything that is not an Indonesian mobile number, landlines too:
    they take no messages.
    """
    value = _DECORATION.sub("", unicodedata.normalize("NFKC", text))
    prefix = _PREFIX.match(value)
    national = value[prefix.end() :] if prefix else ""
    if not _NATIONAL.fullmatch(national):
        raise Refused("phone-invalid", field="phone")
    return "+62" + national
