"""A font file with only the glyphs asked for, each under its old number, so that set text stays."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from app.certificates.paper.opentype import View

_KEPT = ("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep")
_WORDS, _MORE, _SCALE, _TWO_SCALES, _MATRIX = 0x0001, 0x0020, 0x0008, 0x0040, 0x0080


def subset(tables: dict[str, bytes], glyphs: Iterable[int]) -> bytes:
    """The font file; the unused glyphs are empty and their widths 0, which deflates to almost nothing."""
    offsets = _offsets(tables)
    kept = _with_parts(tables["glyf"], offsets, {0, *glyphs})
    body, places = bytearray(), [0]
    for glyph in range(len(offsets) - 1):
        if glyph in kept:
            body += tables["glyf"][offsets[glyph] : offsets[glyph + 1]]
            body += bytes(-len(body) % 4)
        places.append(len(body))
    head = bytearray(tables["head"])
    head[50:52] = b"\0\1"
    made = dict(tables)
    made |= {
        "glyf": bytes(body),
        "loca": struct.pack(f">{len(places)}I", *places),
        "head": bytes(head),
        "hmtx": _widths(tables, kept),
    }
    return _file({tag: made[tag] for tag in _KEPT if tag in made})


def middle(tables: dict[str, bytes], glyph: int) -> float:
    """The horizontal middle of what a glyph paints, from its origin; thousandths of the em."""
    outline = View(tables["glyf"], _offsets(tables)[glyph])
    return (outline.i16(2) + outline.i16(6)) / 2


def _offsets(tables: dict[str, bytes]) -> tuple[int, ...]:
    loca = tables["loca"]
    if View(tables["head"]).u16(50):
        return struct.unpack(f">{len(loca) // 4}I", loca)
    return tuple(2 * half for half in struct.unpack(f">{len(loca) // 2}H", loca))


def _with_parts(glyf: bytes, offsets: tuple[int, ...], wanted: set[int]) -> set[int]:
    """The wanted glyphs and those they are composed of."""
    kept: set[int] = set()
    waiting = list(wanted)
    while waiting:
        glyph = waiting.pop()
        if glyph in kept:
            continue
        kept.add(glyph)
        waiting += _parts(View(glyf, offsets[glyph])) if offsets[glyph + 1] > offsets[glyph] else []
    return kept


def _parts(glyph: View) -> list[int]:
    if glyph.i16(0) >= 0:
        return []
    found, at, flags = [], 10, _MORE
    while flags & _MORE:
        flags = glyph.u16(at)
        found.append(glyph.u16(at + 2))
        at += 8 if flags & _WORDS else 6
        at += 2 * bool(flags & _SCALE) + 4 * bool(flags & _TWO_SCALES) + 8 * bool(flags & _MATRIX)
    return found


def _widths(tables: dict[str, bytes], kept: set[int]) -> bytes:
    """hmtx with the entries of unused glyphs emptied; the tail of bare side bearings stays as it is."""
    full = View(tables["hhea"]).u16(34)
    made = bytearray(tables["hmtx"])
    for glyph in range(full - 1):
        if glyph not in kept:
            made[4 * glyph : 4 * glyph + 4] = bytes(4)
    return bytes(made)


def _file(tables: dict[str, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, 16 * (count - (1 << power)))
    at = len(header) + 16 * count
    directory, body = bytearray(), bytearray()
    for tag, table in tables.items():
        padded = table + bytes(-len(table) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += tag.encode("ascii") + struct.pack(">III", total, at + len(body), len(table))
        body += padded
    return header + bytes(directory) + bytes(body)
