"""A frame's payload read back: the links of the chain, and the changes as columns of values."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from app.errors import Refused
from app.journal.chain import SALT_BYTES, Entry
from app.journal.change import Change, Value, parse
from sync.protocol import bodies, layout, shapes
from sync.protocol.columns.readers import READERS
from sync.protocol.context import Earlier, Rows, column
from sync.protocol.limits import MAX_REBUILT, MAX_SHAPES, FrameInvalid
from sync.protocol.shapes import Form, Shape
from sync.protocol.source import Source

_HASH_BYTES = 32


class Table(NamedTuple):
    """All changes of one shape: their places in the frame, and a column for every leaf but the salt.

    The leaves of a verbatim shape are the bodies, of the erased shape the inner hashes.
    """

    shape: Shape
    rows: Rows
    leaves: Sequence[Sequence[Value]]


def read(payload: bytes, count: int) -> tuple[list[Entry], list[Table]]:
    """The links in the log's order and the changes by shape; raises FrameInvalid."""
    source = Source(payload, READERS)
    number = source.varint()
    if not 1 <= number <= min(MAX_SHAPES, count):
        raise FrameInvalid(why="shape")
    known = [shapes.read(source) for _ in range(number)]
    slots = layout.read(source, known)
    shapes_of = layout.read_shapes_of(source, count, known)
    plan = layout.Layout(shapes_of, slots)
    source.earlier = Earlier(shapes_of, source.spend_cells)
    for rows in plan.columns():
        source.earlier.add(rows, source.column(len(rows), rows))
    if not source.done():
        raise FrameInvalid(why="trailing")
    return _assembled(source.earlier, plan, known, slots)


def _assembled(
    earlier: Earlier, plan: layout.Layout, known: Sequence[Shape], slots: layout.Slots
) -> tuple[list[Entry], list[Table]]:
    entries: dict[int, Entry] = {}
    tables = []
    room = MAX_REBUILT
    for number, shape in enumerate(known):
        rows = plan.shape_rows(number)
        leaves = [earlier.values(column(slot), rows) for slot in slots[number]]
        salts = _salts(leaves.pop()) if shape.salted else [b""] * len(rows)
        links = _links(shape, leaves, salts, room)
        room -= sum(len(link.body) for link in links if link.body is not None)
        entries.update(zip(rows, links, strict=True))
        tables.append(Table(shape, rows, leaves))
    return [entries[row] for row in range(len(entries))], tables


def _links(shape: Shape, leaves: Sequence[Sequence[Value]], salts: Sequence[bytes], room: int) -> list[Entry]:
    if shape.form is Form.ERASED:
        return [Entry(b"", None, inner) for inner in _all_bytes(leaves[0], _HASH_BYTES)]
    if shape.form is Form.LEAVES:
        built = bodies.build(shape, leaves, room)
    else:
        built = _all_bytes(leaves[0])
        bodies.check_lengths([built], room)
        for body in built:
            parsed(body)
    return [Entry(salt, body, sha256(salt + body).digest()) for salt, body in zip(salts, built, strict=True)]


def _salts(values: Sequence[Value]) -> Sequence[bytes]:
    return _all_bytes(values, SALT_BYTES)


def _all_bytes(values: Sequence[Value], length: int | None = None) -> list[bytes]:
    if set(map(type, values)) - {bytes}:
        raise FrameInvalid(why="type")
    found: list[bytes] = list(values)  # type: ignore[arg-type]  # all are bytes by the line above
    if length is not None and set(map(len, found)) - {length}:
        raise FrameInvalid(why="type")
    return found


def changes(count: int, tables: Sequence[Table]) -> list[Change | None]:
    """The changes in the log's order, None for the erased; raises FrameInvalid for a bad verbatim one."""
    found: list[Change | None] = [None] * count
    for shape, rows, leaves in tables:
        if shape.form is Form.VERBATIM:
            for row, body in zip(rows, leaves[0], strict=True):
                found[row] = parsed(body)  # type: ignore[arg-type]  # a verbatim leaf is bytes
        elif shape.form is Form.LEAVES:
            for row, values in zip(rows, zip(*leaves, strict=True), strict=True):
                found[row] = shapes.change(shape, values)
    return found


def parsed(body: bytes) -> Change:
    """The change a verbatim body spells; raises FrameInvalid."""
    try:
        return parse(body)
    except Refused as fault:
        raise FrameInvalid(why="verbatim") from fault
