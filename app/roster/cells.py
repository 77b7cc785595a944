"""What a cell holds, as text: the same whether the sheet kept it as text, number, date or error."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

Cell = str | float | bool | date | datetime | time | timedelta | None

# Invisible characters that come along from web pages and messengers.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)|Err:[0-9]{3}")
# What people write in a field that is not to be filled in.
_NOTHING = re.compile(
    r"[-–—_.*/\\?]*|n/?a|nihil|kosong|nol|none|null|(?:dalam |sedang )?proses|menyusul"
    r"|(?:tidak|tdk|tak|belum|blm|ga|gak|nggak)(?: (?:ada|punya|memiliki|diketahui))?",
    re.IGNORECASE,
)


def text(cell: Cell) -> str:
    """The cell as one line of text: white space folded, whole numbers without `.0`, dates as dd-mm-yyyy."""
    if isinstance(cell, str):
        return _line(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return f"{cell:.0f}" if cell == cell // 1 else repr(cell)
    if isinstance(cell, date):
        return f"{cell.day:02}-{cell.month:02}-{cell.year:04}"
    return str(cell)


def answer(cell: Cell) -> str:
    """Like `text`, but empty where somebody wrote that there is nothing (`-`, `belum ada`)."""
    line = text(cell)
    return "" if _NOTHING.fullmatch(line) else line


def is_number(cell: Cell) -> bool:
    """Whether the sheet itself kept a number here."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def whole_number(cell: Cell) -> int | None:
    """A small counting number, as number or text: `12`, `12.`, `(12)`.

    Spreadsheets take a typed `(12)` for -12.
    """
    match = re.fullmatch(r"\(?-?([0-9]{1,5})[.)]*", text(cell))
    return int(match[1]) if match else None


def digits(cell: Cell) -> int:
    """How many digits the cell shows, however they are grouped."""
    return sum(map(str.isdecimal, text(cell)))


def _line(raw: str) -> str:
    if raw.isascii() and raw.isprintable() and "  " not in raw:
        line = raw.strip()
    else:
        line = " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", raw)).split())
    return "" if line[:1] in "#E" and _ERROR.fullmatch(line) else line
