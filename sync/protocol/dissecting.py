"""Changes taken apart into columns of leaves, thousands at a time and without parsing each.

Changes of one kind that are equally long mostly have the same layout: the same heads at the same
places. One of them is read, the others are compared with it byte column by byte column, and the
leaves are cut out. Those that differ are sorted by the byte that differs; what is left over is parsed.
Nothing here is checked beyond that: a frame is rebuilt before it is given out, and shows any mistake.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress
from struct import unpack
from typing import Any, NamedTuple

import cbor2

from app.journal.change import Value
from sync.protocol import scalars, shapes
from sync.protocol.limits import FrameInvalid
from sync.protocol.shapes import Form, Shape

_FEW = 64
"""Fewer changes than this are parsed."""
_WORTH = 256
"""Fewer changes than this are parsed once two of them differ in layout: there would be no end of layouts."""
_SLOT = 255
_ONE_BYTE: dict[int, Value] = {
    **{byte: byte for byte in range(0x18)},
    **{0x20 + byte: -1 - byte for byte in range(0x18)},
    0x40: b"",
    0x60: "",
    0x80: (),
    0xF4: False,
    0xF5: True,
    0xF6: None,
}
"""The values that take one byte."""
_SORT = bytes(_SLOT if byte in _ONE_BYTE else byte for byte in range(256))
"""For sorting by a head: all values of one byte alike."""
_ONES = bytes(_ONE_BYTE)
_NOT_A_CHANGE = (cbor2.CBORError, TypeError, LookupError, AttributeError, ValueError)


class Apart(NamedTuple):
    """Changes of one shape: their places among those taken apart, and a column for every leaf."""

    shape: Shape
    places: list[int]
    leaves: list[Sequence[Any]]


class _Layout(NamedTuple):
    """Where a change's leaves begin and end."""

    shape: Shape
    spans: list[tuple[int, int]]


class _Differs(Exception):
    """Another head at this place."""

    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place


def dissected(bodies: Sequence[bytes]) -> Iterator[Apart]:
    """The changes by shape; a shape may come several times. What is no change is left out."""
    by_length: dict[int, list[int]] = {}
    for place, body in enumerate(bodies):
        by_length.setdefault(len(body), []).append(place)
    rest: list[int] = []
    waiting = list(by_length.values())
    while waiting:
        places = waiting.pop()
        if len(places) < _FEW:
            rest.extend(places)
            continue
        group = [bodies[place] for place in places]
        try:
            yield _cut(places, group)
        except _Differs as fault:
            if len(places) < _WORTH:
                rest.extend(places)
            else:
                waiting.extend(_sorted(places, group, fault.place))
        except FrameInvalid:
            rest.extend(places)
    yield from _parsed(sorted(rest), bodies)


def _sorted(places: list[int], group: Sequence[bytes], at: int) -> list[list[int]]:
    parts: dict[int, list[int]] = {}
    for place, body in zip(places, group, strict=True):
        parts.setdefault(_SORT[body[at]], []).append(place)
    return list(parts.values()) if len(parts) > 1 else [places[:1], places[1:]]


def _cut(places: list[int], group: Sequence[bytes]) -> Apart:
    """The leaves of equally long changes; raises _Differs where one has another layout."""
    model, length = group[0], len(group[0])
    layout = _layout(model)
    together = b"".join(group)
    at = 0
    leaves = []
    for start, end in layout.spans:
        _compare(together, model, range(at, start))
        leaves.append(_leaf(together, group, start, end))
        at = end
    _compare(together, model, range(at, length))
    return Apart(layout.shape, places, leaves)


def _compare(together: bytes, model: bytes, span: range) -> None:
    for at in span:
        column = together[at :: len(model)]
        if column.count(model[at]) != len(column):
            raise _Differs(at)


def _leaf(together: bytes, group: Sequence[bytes], start: int, end: int) -> Sequence[Any]:
    model = group[0]
    if end - start == 1:
        heads = together[start :: len(model)]
        if heads.translate(None, _ONES):
            raise _Differs(start)
        return list(map(_ONE_BYTE.__getitem__, heads))
    major, extra = model[start] >> 5, model[start] & 31
    inside = start + 1 + (1 << extra - 24 if extra >= 24 else 0)
    if major < 2:
        _compare(together, model, range(start, start + 1))
        found = _numbers(together, len(model), range(start + 1, end))
        return [-1 - number for number in found] if major else found
    _compare(together, model, range(start, inside))
    raw = [body[inside:end] for body in group]
    return raw if major == 2 else _texts(raw)


def _numbers(together: bytes, length: int, span: range) -> Sequence[int]:
    width = len(span)
    laid = bytearray(len(together) // length * width)
    for at, place in enumerate(span):
        laid[at::width] = together[place::length]
    return unpack(f">{len(laid) // width}{' BH I   Q'[width]}", laid)


def _texts(raw: Sequence[bytes]) -> Sequence[str]:
    known = {data: scalars.text(data) for data in set(raw)}
    return list(map(known.__getitem__, raw))


def _layout(body: bytes) -> _Layout:
    """Where the leaves are; raises FrameInvalid for what is no change, or has lists among its leaves."""
    spans: list[tuple[int, int]] = []

    def many(at: int, count: int) -> int:
        for _ in range(count):
            end = _scalar_end(body, at)
            spans.append((at, end))
            at = end
        return at

    items, at = scalars.load_head(body, 0)
    if items not in (6, 7):
        raise FrameInvalid(why="change")
    entity, at = scalars.load_head(body, at)
    key, at = scalars.load_head(body, at)
    at = many(at, key)
    number, at = scalars.load_head(body, at)
    groups = []
    for _ in range(number):
        name, at = scalars.load_head(body, at)
        size, at = scalars.load_head(body, at)
        groups.append((name, size))
        at = many(at, size)
    replaces, at = scalars.load_head(body, at)
    for _ in range(replaces):
        _, at = scalars.load_head(body, at)
        at = many(at, 3)
    many(at, items - 4)
    return _Layout(Shape(Form.LEAVES, False, items == 7, entity, key, tuple(groups), replaces), spans)


def _scalar_end(body: bytes, at: int) -> int:
    value, end = scalars.load(body, at)
    if isinstance(value, tuple) and value:
        raise FrameInvalid(why="list")
    return end


def _parsed(places: list[int], bodies: Sequence[bytes]) -> Iterator[Apart]:
    """The same by parsing; all in one go, and one by one where something among them is no change."""
    try:
        items = cbor2.loads(scalars.array_head(len(places)) + b"".join(bodies[place] for place in places))
        found = [(_shape(item), shapes.leaves(item)) for item in items]
    except _NOT_A_CHANGE:
        if len(places) > 1:
            half = len(places) // 2
            yield from _parsed(places[:half], bodies)
            yield from _parsed(places[half:], bodies)
        return
    if len(found) != len(places):
        return
    for shape in dict.fromkeys(shape for shape, _ in found):
        mine = [one == shape for one, _ in found]
        columns = zip(*(leaves for _, leaves in compress(found, mine)), strict=True)
        yield Apart(shape, list(compress(places, mine)), [_frozen(column) for column in columns])


def _frozen(column: Sequence[Any]) -> Sequence[Any]:
    """Lists as tuples."""
    if list in set(map(type, column)):
        return [tuple(value) if isinstance(value, list) else value for value in column]
    return column


def _shape(items: Sequence[Any]) -> Shape:
    groups = tuple((number, len(values)) for number, values in items[2].items())
    return Shape(Form.LEAVES, False, len(items) == 7, items[0], len(items[1]), groups, len(items[3]))
