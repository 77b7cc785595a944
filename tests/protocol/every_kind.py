"""A column of eight values for every kind, as a writer that means just this kind would write it.

The golden frame `every-kind` is made of these and pins the bytes: entries are added, never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from app.journal.change import Change
from sync.protocol import deflate, layout, shapes, varint
from sync.protocol.columns import numbers, plain, predicted, strings, texts, truths
from sync.protocol.columns.kinds import Kind, Pieces
from sync.protocol.context import SHAPE, Earlier, Ref, column
from sync.protocol.shapes import Form, Shape

COUNT = 8


class Sample(NamedTuple):
    """A column: its kind, its values, and its bytes in pieces."""

    kind: Kind
    values: Sequence[Any]
    pieces: Pieces


def _misses(*places: int) -> Pieces:
    return truths.bits([at in places for at in range(COUNT)])


CLASSES = ["A", "A", "A", "B", "B", "A", "A", "B"]
DAYS = [0, 7305, 11_016, -2300, 9131, 20_000, 10_000, 40_000]
NIKS = [
    "3374014101700001",
    "3374010101900002",
    "3374016902009003",
    "3322015409639004",
    "3322010101959005",
    "3322010410249006",
    "3321015905979007",
    "3321010707799999",
]
SAMPLES = [
    Sample(
        Kind.TABLE,
        CLASSES,
        plain.table(2, texts.ended(["A", "B"]), numbers.planes([0, 0, 0, 1, 1, 0, 0, 1], 0, 1)),
    ),
    Sample(Kind.PLANES, DAYS, numbers.planes(DAYS, -2300, 3)),
    Sample(
        Kind.VERBATIM,
        [None, True, -1, "é", b"\x00", (1, "a"), (), 1 << 40],
        plain.verbatim([None, True, -1, "é", b"\x00", (1, "a"), (), 1 << 40]),
    ),
    Sample(Kind.CONSTANT, ["KWU"] * 8, plain.constant("KWU")),
    Sample(Kind.RUNS, [11] * 3 + [12] * 5, plain.runs(numbers.varints([3, 5]), numbers.varints([11, 12]), 2)),
    Sample(
        Kind.LISTS,
        [(1,), (), (2, 3), (), (), (4,), (), (5,)],
        plain.lists(numbers.planes([1, 0, 2, 0, 0, 1, 0, 1], 0, 1), numbers.varints([1, 2, 3, 4, 5])),
    ),
    Sample(
        Kind.SPLIT,
        [1, 2, 3, "x", "y", 4, 5, "z"],
        plain.split((column(0),), [numbers.varints([1, 2, 3, 4, 5]), texts.ended(["x", "y", "z"])]),
    ),
    Sample(
        Kind.EXCEPT,
        ["H", "H", "T", "H", "H", "H", "S", "H"],
        predicted.common("H", _misses(2, 6), texts.ended(["T", "S"])),
    ),
    Sample(
        Kind.EQUAL,
        ["A", "A", "A", "B", "?", "A", "A", "B"],
        predicted.equal(column(0), _misses(4), plain.constant("?")),
    ),
    Sample(
        Kind.LAST,
        [7, 7, 7, 8, 8, 7, 9, 8],
        predicted.last((column(0), SHAPE), _misses(0, 3, 6), numbers.varints([7, 8, 9])),
    ),
    Sample(
        Kind.FOLLOW,
        [0, 1, 2, 9, 10, 0, 1, 9],
        predicted.follow((column(0),), _misses(3, 5, 7), numbers.varints([9, 0, 9])),
    ),
    Sample(
        Kind.BIRTH,
        [nik[6:12] for nik in NIKS],
        predicted.birth(
            column(1),
            numbers.planes([40, 0, 40, 40, 0, 0, 40, 0], 0, 1),
            _misses(2, 3, 5, 6, 7),
            texts.fixed([NIKS[at][6:12] for at in (2, 3, 5, 6, 7)], 6),
        ),
    ),
    Sample(
        Kind.VARINTS,
        [0, -1, 1, 300, -300, 1 << 62, -(1 << 63), (1 << 63) - 1],
        numbers.varints([0, -1, 1, 300, -300, 1 << 62, -(1 << 63), (1 << 63) - 1]),
    ),
    Sample(
        Kind.SCALED,
        [7000 + 50 * at for at in range(8)],
        numbers.scaled(50, 7000, numbers.planes(range(8), 0, 1)),
    ),
    Sample(
        Kind.DELTA,
        [100, 103, 103, 99, 100, 101, 102, 110],
        numbers.delta(100, numbers.varints([0, 3, 0, -4, 1, 1, 1, 8])),
    ),
    Sample(Kind.RELATIVE, [2 * day + 1 for day in DAYS], numbers.relative(column(1), 2, plain.constant(1))),
    Sample(
        Kind.BASE,
        [10, 11, 12, 20, 21, 13, 14, 22],
        numbers.base(9, (column(0),), numbers.varints([1, 1, 1, 8, 1, 1, 1, 1])),
    ),
    Sample(
        Kind.BITS,
        [True, False, False, True, True, False, True, False],
        truths.bits([True, False, False, True, True, False, True, False]),
    ),
    Sample(
        Kind.GAPS,
        [True, True, False, True, True, True, False, True],
        truths.gaps(False, [2, 3], numbers.varints([2, 3])),
    ),
    Sample(
        Kind.LINES,
        ["a", "", "é", "a\nb", "Siti", "Budi", "x", "y"],
        texts.lines(
            numbers.varints([1, 0, 2, 3, 4, 4, 1, 1]), ["a", "", "é", "a\nb", "Siti", "Budi", "x", "y"]
        ),
    ),
    Sample(
        Kind.ENDED,
        ["a", "", "é", "ab", "Siti", "Budi", "x", "y"],
        texts.ended(["a", "", "é", "ab", "Siti", "Budi", "x", "y"]),
    ),
    Sample(Kind.FIXED, NIKS, texts.fixed(NIKS, 16)),
    Sample(
        Kind.DIGITS,
        ["0001", "0020", "0300", "4000", "0000", "0007", "9999", "0100"],
        texts.digits(4, numbers.varints([1, 20, 300, 4000, 0, 7, 9999, 100])),
    ),
    Sample(
        Kind.AFFIX,
        [f"KWU-{at} !" for at in range(8)],
        texts.affix("KWU-", " !", texts.digits(0, numbers.planes(range(8), 0, 1))),
    ),
    Sample(
        Kind.WORDS,
        ["Siti Nur", "Budi", "Siti Siti Nur", "", "Nur", "Budi Nur", "Siti", "Budi Budi"],
        texts.words(
            " ",
            numbers.varints([2, 1, 3, 1, 1, 2, 1, 2]),
            texts.ended(
                [
                    "Siti",
                    "Nur",
                    "Budi",
                    "Siti",
                    "Siti",
                    "Nur",
                    "",
                    "Nur",
                    "Budi",
                    "Nur",
                    "Siti",
                    "Budi",
                    "Budi",
                ]
            ),
        ),
    ),
    Sample(
        Kind.FIELDS,
        ["Siti, Nur", "Budi", "Siti, , Nur", "", "Nur", "Budi, Nur", "Siti", "Budi, Budi"],
        texts.fields(
            ", ",
            numbers.varints([2, 1, 3, 1, 1, 2, 1, 2]),
            [
                texts.ended(["Siti", "Budi", "Siti", "", "Nur", "Budi", "Siti", "Budi"]),
                texts.ended(["Nur", "", "Nur", "Budi"]),
                texts.ended(["Nur"]),
            ],
        ),
    ),
    Sample(
        Kind.JOINED,
        [b"\x01\x02" + bytes((at,)) for at in range(8)],
        texts.joined([plain.constant(b"\x01\x02"), strings.raw([bytes((at,)) for at in range(8)], 1)]),
    ),
    Sample(
        Kind.CHUNKS,
        [bytes(at) for at in range(8)],
        strings.chunks(numbers.planes(range(8), 0, 1), [bytes(at) for at in range(8)]),
    ),
    Sample(
        Kind.RAW,
        [bytes((at, 255 - at)) for at in range(8)],
        strings.raw([bytes((at, 255 - at)) for at in range(8)], 2),
    ),
    Sample(
        Kind.TURNED,
        [bytes((at, 255 - at)) for at in range(8)],
        strings.turn([bytes((at, 255 - at)) for at in range(8)], 2),
    ),
    Sample(
        Kind.NUMBERED,
        [at.to_bytes(8, "big") for at in range(8)],
        strings.numbered(8, numbers.planes(range(8), 0, 1)),
    ),
    Sample(Kind.EQUAL, [nik[:2] for nik in NIKS], predicted.equal(Ref(22, 0, 2), plain.constant(False), [])),
]


def earlier(before: int) -> Earlier:
    """The first samples as known columns."""
    known = Earlier([0] * COUNT, lambda _: None)
    for sample in SAMPLES[:before]:
        known.add(range(COUNT), sample.values)
    return known


def changes() -> list[Change]:
    """The samples as the values of group 1 of an entity that nobody knows."""
    rows = zip(*(sample.values for sample in SAMPLES), strict=True)
    return [Change(9999, (), {1: tuple(row)}, (), None, 1_790_000_000_000) for row in rows]


def payload() -> bytes:
    """Those changes packed with every kind."""
    shape = Shape(Form.LEAVES, entity=9999, groups=((1, len(SAMPLES)),))
    start = varint.unsigned(1) + shapes.written(shape) + layout.written([shape], layout.own_columns([shape]))
    pieces = [start, *(piece for sample in SAMPLES for piece in sample.pieces)]
    return deflate.packed([*pieces, *plain.constant(None), *plain.constant(1_790_000_000_000)])
