"""Which lines below a heading are people, and why the others are not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import pairwise

from app.roster import cells
from app.roster.cells import Cell
from app.roster.fields import Field

_NIK_DIGITS = 10
_FEW = 3
_TOTAL = re.compile(r"(?:sub ?|grand ?)?(?:total|jumlah)\b|rata-? ?rata|rekap|terbilang", re.I)
_SIGNATURE = re.compile(
    r"(?:mengetahui|menyetujui|disetujui|dibuat|diperiksa|disusun|hormat kami|an\.|a\.n\b|plt\.|plh\.|nip\b"
    r"|ttd\b|tanda ?tangan|(?:kepala|ketua|koordinator|sekretaris|penanggung ?jawab|panitia|instruktur)\b"
    r"|(?:petugas|pejabat|direktur|pimpinan)\b)",
    re.I,
)
_NOTE = re.compile(
    r"(?:catatan|keterangan|ket|nb|note|sumber|dicetak|halaman|hal|lampiran)\b\s*[.:)]|\*", re.I
)
_NIP = re.compile(r"nip\b", re.I)
_GROUP = re.compile(
    r"(?:[ivx0-9a-z]{1,4}[.)]\s*)?(?:kecamatan|kec\.|kelurahan|kel\.|desa|kabupaten|kab\.|kota|provinsi|kelompok|kelas|angkatan"
    r"|gelombang|regu|sesi|batch|wilayah|dusun|distrik|blok|rombel|klaster|cluster)\b",
    re.I,
)
_PERSONAL = (
    Field.NIK,
    Field.BIRTH_PLACE_DATE,
    Field.BIRTH_PLACE,
    Field.BIRTH_DATE,
    Field.SEX,
    Field.SEX_MALE,
    Field.SEX_FEMALE,
    Field.PHONE,
    Field.ADDRESS,
    Field.BUSINESS_NAME,
    Field.NIB,
    Field.CAPITAL,
    Field.SALES,
)


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
    texts = [text for cell in line if (text := cells.text(cell))]
    if not texts:
        return Kind.EMPTY
    is_signed = any(_NIP.match(text) for text in texts)
    if cells.digits(known.get(Field.NIK)) >= _NIK_DIGITS and not is_signed:
        return Kind.PERSON
    if _is_numbering(line):
        return Kind.NUMBERING
    if is_signed and len(texts) <= _FEW:
        return Kind.SIGNATURE
    return _marked(texts) or _weighed(known, len(texts), at_foot)


def _marked(texts: Sequence[str]) -> Kind | None:
    """Totals, notes and signatures by their words; a line with many cells is not taken for one by a word."""
    if _TOTAL.match(texts[0]):
        return Kind.TOTAL
    if _NOTE.match(texts[0]):
        return Kind.NOTE
    if len(texts) <= _FEW and any(_SIGNATURE.match(text) for text in texts):
        return Kind.SIGNATURE
    return None


def _weighed(known: Mapping[Field, Cell], filled: int, at_foot: bool) -> Kind:
    """A line without anything like a NIK: a person all the same, if enough else is there."""
    name = cells.answer(known.get(Field.NAME))
    facts = sum(bool(cells.answer(known.get(field))) for field in _PERSONAL)
    numbered = cells.whole_number(known.get(Field.NUMBER)) is not None
    if _GROUP.match(name) and not facts:
        return Kind.GROUP
    if not is_name(name):
        return Kind.PERSON if facts >= _FEW and not at_foot else _left_out(filled)
    enough = facts >= _FEW or (numbered and facts >= 1) if at_foot else facts >= 1 or numbered
    return Kind.PERSON if enough else _left_out(filled)


def _left_out(filled: int) -> Kind:
    return Kind.GROUP if filled == 1 else Kind.UNCLEAR


def is_name(text: str) -> bool:
    """Whether the text can be somebody's name: two letters at least, and no label such as `Program:`."""
    return sum(character.isalpha() for character in text) >= 2 and not text.endswith(":")


def _is_numbering(line: Sequence[Cell]) -> bool:
    """Whether the line counts its columns, (1) (2) (3), as under the headings of official forms."""
    numbers = [cells.whole_number(cell) for cell in line if cells.text(cell)]
    counted = [number for number in numbers if number is not None]
    return (
        len(counted) >= _FEW
        and len(counted) >= len(numbers) - 2
        and all(later - earlier in (0, 1) for earlier, later in pairwise(counted))
    )
