"""A frame's payload read back: the links of the chain, and the changes as columns of values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from hashlib import sha256
from typing import NamedTuple, overload

from app.errors import Refused
from app.journal.alike import Alike
from app.journal.chain import SALT_BYTES, Entry
from app.journal.change import Change, Value, parse
from sync.protocol import bodies, layout, shapes
from sync.protocol.columns.readers import READERS
from sync.protocol.context import Earlier, Rows, column
from sync.protocol.limits import MAX_REBUILT, MAX_SHAPES, FrameInvalid
from sync.protocol.shapes import Form, Shape
from sync.protocol.source import Source

_HASH_BYTES = 32
_ENTRY: Callable[[tuple[bytes, bytes | None, bytes]], Entry] = partial(tuple.__new__, Entry)
"""An entry of its three parts: quicker than calling the class, for thousands."""


class Table(NamedTuple):
    """All changes of one shape: their places in the frame, and a column for every leaf but the salt.

    The leaves of a verbatim shape are the bodies, of the erased shape the inner hashes.
    """

    shape: Shape
    rows: Rows
    leaves: Sequence[Sequence[Value]]


class Payload(NamedTuple):
    """A payload read: salts and bodies in the log's order (None where erased), and the changes by shape.

    `inners` has the inner hash of each erased change, by its place.
    """

    salts: Sequence[bytes]
    bodies: Sequence[bytes | None]
    inners: dict[int, bytes]
    tables: list[Table]

    def entries(self) -> list[Entry]:
        """The links of the chain."""
        hashed = [
            sha256(salt + body).digest() if body is not None else b""
            for salt, body in zip(self.salts, self.bodies, strict=True)
        ]
        for row, inner in self.inners.items():
            hashed[row] = inner
        return list(map(_ENTRY, zip(self.salts, self.bodies, hashed, strict=True)))


def read(payload: bytes, count: int) -> Payload:
    """What a payload of so many changes holds; raises FrameInvalid."""
    source = Source(payload, READERS)
    number = source.varint()
    if not 1 <= number <= min(MAX_SHAPES, count):
        raise FrameInvalid(why="shape")
    known = [shapes.read(source) for _ in range(number)]
    slots = layout.read(source, known)
    shapes_of = layout.read_shapes_of(source, count, known)
    plan = layout.Layout(shapes_of, slots, source.spend_cells)
    source.earlier = Earlier(shapes_of, source.spend_cells)
    for rows in plan.columns():
        source.earlier.add(rows, source.column(len(rows), rows))
    if not source.done():
        raise FrameInvalid(why="trailing")
    return _assembled(source.earlier, plan, known, slots)


def _assembled(earlier: Earlier, plan: layout.Layout, known: Sequence[Shape], slots: layout.Slots) -> Payload:
    salts: dict[int, Sequence[bytes]] = {}
    built: dict[int, Sequence[bytes | None]] = {}
    inners: dict[int, bytes] = {}
    tables = []
    room = MAX_REBUILT
    for number, shape in enumerate(known):
        rows = plan.shape_rows(number)
        leaves = [earlier.values(column(slot), rows) for slot in slots[number]]
        salts[number] = _all_bytes(leaves.pop(), SALT_BYTES) if shape.salted else [b""] * len(rows)
        if shape.form is Form.ERASED:
            built[number] = [None] * len(rows)
            inners.update(zip(rows, _all_bytes(leaves[0], _HASH_BYTES), strict=True))
        else:
            made = _bodies(shape, leaves, room)
            room -= sum(map(len, made))
            built[number] = made
        tables.append(Table(shape, rows, leaves))
    return Payload(plan.merged(salts), plan.merged(built), inners, tables)


def _bodies(shape: Shape, leaves: Sequence[Sequence[Value]], room: int) -> Sequence[bytes]:
    if shape.form is Form.LEAVES:
        return bodies.build(shape, leaves, room)
    made = _all_bytes(leaves[0])
    bodies.check_lengths([made], room)
    for body in made:
        parsed(body)
    return made


def _all_bytes(values: Sequence[Value], length: int | None = None) -> list[bytes]:
    if set(map(type, values)) - {bytes}:
        raise FrameInvalid(why="type")
    found: list[bytes] = list(values)  # type: ignore[arg-type]  # all are bytes by the line above
    if length is not None and set(map(len, found)) - {length}:
        raise FrameInvalid(why="type")
    return found


class Changes(Sequence[Change | None]):
    """The changes in the log's order, None for the erased; those of a shape are made when one is asked for.

    Asking raises FrameInvalid for a bad verbatim one.
    """

    def __init__(self, count: int, tables: Sequence[Table]) -> None:
        self._tables = tables
        self._made: list[Change | None] = [None] * count
        self._waiting = set(range(len(tables)))
        self._table_of = [0] * count
        for number, table in enumerate(tables):
            for row in table.rows:
                self._table_of[row] = number

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, at: int) -> Change | None: ...

    @overload
    def __getitem__(self, at: slice) -> list[Change | None]: ...

    def __getitem__(self, at: int | slice) -> Change | list[Change | None] | None:
        if self._waiting:
            for number in {self._table_of[at]} if isinstance(at, int) else set(self._table_of[at]):
                self._make(number)
        return self._made[at]

    def _make(self, number: int) -> None:
        if number not in self._waiting:
            return
        shape, rows, leaves = self._tables[number]
        made: Iterable[Change | None]
        if shape.form is Form.VERBATIM:
            made = [parsed(body) for body in leaves[0]]  # type: ignore[arg-type]  # a verbatim leaf is bytes
        elif shape.form is Form.LEAVES:
            made = shapes.changes(shape, leaves, len(rows))
        else:
            made = ()
        for row, change in zip(rows, made, strict=False):
            self._made[row] = change
        self._waiting.discard(number)


def alike(tables: Sequence[Table]) -> list[Alike]:
    """The tables whose changes replace nothing of anybody else's, each as the journal takes columns."""
    return [
        Alike(rows, shape.entity, leaves[: shape.key], _groups(shape, leaves), leaves[shape.author + 1])  # type: ignore[arg-type]  # walls are numbers: bodies._check_types
        for shape, rows, leaves in tables
        if shape.form is Form.LEAVES and not shape.replaces
    ]


def _groups(shape: Shape, leaves: Sequence[Sequence[Value]]) -> dict[int, Sequence[Sequence[Value]]]:
    groups, at = {}, shape.key
    for number, size in shape.groups:
        groups[number] = leaves[at : at + size]
        at += size
    return groups


def parsed(body: bytes) -> Change:
    """The change a verbatim body spells; raises FrameInvalid."""
    try:
        return parse(body)
    except Refused as fault:
        raise FrameInvalid(why="verbatim") from fault
