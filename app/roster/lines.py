"""Which lines below a heading are people, and why the others are not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

from app.domain import nik
from app.roster import cells
from app.roster.cells import Cell
from app.roster.fields import Field

# From this many on it is somebody's NIK, however damaged; `NIK (16 digit)` and a count of people are not.
NIK_DIGITS = 10
_FEW = 3
_TOTAL = re.compile(r"(?:sub ?|grand ?)?(?:total|jumlah)\b|rata-? ?rata|rekap|terbilang", re.I)
_SIGNATURE = re.compile(
    r"(?:mengetahui|menyetujui|disetujui|dibuat|diperiksa|disusun|hormat kami|an\.|a\.n\b|plt\.|plh\."
    r"|ttd\b|tanda ?tangan|(?:kepala|ketua|koordinator|sekretaris|penanggung ?jawab|panitia|instruktur)\b"
    r"|(?:petugas|pejabat|direktur|pimpinan)\b)",
    re.I,
)
_NOTE = re.compile(
    r"(?:catatan|keterangan|ket|nb|note|sumber|dicetak|halaman|hal|lampiran)\b\s*(?:[.:)]|$)|\*", re.I
)
_NIP = re.compile(r"nip\b[\s.:]*(?:[0-9]|$)", re.I)
_GROUP = re.compile(
    r"(?:[ivx0-9a-z]{1,4}[.)]\s*)?(?:kecamatan|kec\.|kelurahan|kel\.|desa|kabupaten|kab\.|kota|provinsi|kelompok|kelas|angkatan"
    r"|gelombang|regu|sesi|batch|wilayah|dusun|distrik|blok|rombel|klaster|cluster)\b",
    re.I,
)
# How many digits a cell of such a column shows if it says something of a person.
_FEWEST_DIGITS = {
    Field.NIK: 3,
    Field.BIRTH_DATE: 2,
    Field.PHONE: 5,
    Field.NIB: 5,
    Field.CAPITAL: 1,
    Field.SALES: 1,
    Field.BIRTH_PLACE_DATE: 0,
    Field.BIRTH_PLACE: 0,
    Field.SEX: 0,
    Field.SEX_MALE: 0,
    Field.SEX_FEMALE: 0,
    Field.ADDRESS: 0,
    Field.BUSINESS_NAME: 0,
}


class Kind(StrEnum):
    """What a line is; everything but a person is left out of the roster, with this as the reason."""

    PERSON = "person"
    EMPTY = "empty"
    HEADING = "heading"
    NUMBERING = "numbering"
    GROUP = "group"
    TOTAL = "total"
    SIGNATURE = "signature"
    NOTE = "note"
    UNCLEAR = "unclear"


def kind(line: Sequence[Cell], known: Mapping[Field, Cell], at_foot: bool) -> Kind:
    """What the line is; `known` are its cells in columns with a meaning.

    `at_foot`: a total or signature came before, so that more is asked of a line to be a person.
    """
    digits = cells.digits(known.get(Field.NIK))
    if digits == nik.LENGTH and not at_foot:
        return Kind.PERSON
    texts = [text for cell in line if (text := cells.text(cell))]
    if not texts:
        return Kind.EMPTY
    is_signed = any(_NIP.match(text) for text in texts) or (at_foot and len(texts) < _FEW)
    if digits >= NIK_DIGITS and (digits == nik.LENGTH or not is_signed):
        return Kind.PERSON
    if _is_numbering(line):
        return Kind.NUMBERING
    if digits >= NIK_DIGITS or any(_NIP.match(text) for text in texts):
        return Kind.SIGNATURE
    return _marked(texts) or _weighed(known, texts, at_foot)


def _marked(texts: Sequence[str]) -> Kind | None:
    """Totals, notes and signatures by their words; a line with many cells is not taken for one by a word."""
    if _TOTAL.match(texts[0]):
        return Kind.TOTAL
    if _NOTE.match(texts[0]):
        return Kind.NOTE
    if len(texts) <= _FEW and any(_SIGNATURE.match(text) for text in texts):
        return Kind.SIGNATURE
    return None


def _weighed(known: Mapping[Field, Cell], texts: Sequence[str], at_foot: bool) -> Kind:
    """A line without anything like a NIK: a person all the same, if enough else is there."""
    name = cells.answer(known.get(Field.NAME))
    facts = sum(
        bool(cells.answer(known.get(field))) and cells.digits(known.get(field)) >= fewest
        for field, fewest in _FEWEST_DIGITS.items()
    )
    numbered = cells.whole_number(known.get(Field.NUMBER)) is not None
    if facts <= 1 and (_GROUP.match(name) or _is_group(texts)):
        return Kind.GROUP
    if not is_name(name):
        return Kind.PERSON if facts >= _FEW and not at_foot else _left_out(len(texts))
    if at_foot:
        enough = facts >= _FEW or (numbered and facts >= 1)
    else:
        # Where people are numbered, a line without number is sooner two signatories than somebody.
        enough = numbered or facts >= (2 if Field.NUMBER in known else 1)
    return Kind.PERSON if enough else _left_out(len(texts))


def _left_out(filled: int) -> Kind:
    return Kind.GROUP if filled == 1 else Kind.UNCLEAR


def _is_group(texts: Sequence[str]) -> bool:
    """`Kecamatan Tidore` alone, or after its own number or letter."""
    head, *rest = texts
    return bool(_GROUP.match(head)) or (len(head) <= _FEW and len(rest) == 1 and bool(_GROUP.match(rest[0])))


def is_name(text: str) -> bool:
    """Whether the text can be somebody's name: a letter at least, and no label such as `Program:`."""
    return any(map(str.isalpha, text)) and not text.endswith(":")


def _is_numbering(line: Sequence[Cell]) -> bool:
    """Whether the line counts its columns, (1) (2) (3), as under the headings of official forms."""
    numbers = [cells.whole_number(cell) for cell in line if cells.text(cell)]
    counted = [number for number in numbers if number is not None]
    return (
        len(counted) >= _FEW
        and len(counted) >= len(numbers) - 2
        and all(later - earlier in (0, 1) for earlier, later in pairwise(counted))
    )
