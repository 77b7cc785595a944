"""The shape of a change: all that is the same in many changes, so that a frame says it once.

A change's leaves, in order: the key's parts, the values of each group by ascending number, log,
number and hash of each change it replaces, author, wall time, the reason if there is one, the
salt if there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from app.journal.change import INT_LIMIT, MAX_GROUPS, Change, Ref
from sync.protocol import varint
from sync.protocol.limits import MAX_LEAVES, FrameInvalid
from sync.protocol.source import Source

MOST_KEY_PARTS = 32
MOST_REPLACED = 32
_SALTED, _REASON, _FORM = 1, 2, 2  # two flag bits, then the form


class Form(IntEnum):
    """How the change travels: as leaves, as its own bytes, or (erased) as its inner hash."""

    LEAVES = 0
    VERBATIM = 1
    ERASED = 2


class Shape(NamedTuple):
    """`groups` holds each group's number and how many values it has; the rest says itself."""

    form: Form
    salted: bool = False
    reason: bool = False
    entity: int = 0
    key: int = 0
    groups: tuple[tuple[int, int], ...] = ()
    replaces: int = 0

    @property
    def leaves(self) -> int:
        """How many columns the shape reads from."""
        if self.form is not Form.LEAVES:
            return 1 + self.salted
        values = sum(size for _, size in self.groups)
        return self.key + values + 3 * self.replaces + 2 + self.reason + self.salted

    @property
    def author(self) -> int:
        """The place of the author among the leaves."""
        return self.key + sum(size for _, size in self.groups) + 3 * self.replaces


ERASED = Shape(Form.ERASED)
VERBATIM = Shape(Form.VERBATIM)
VERBATIM_SALTED = Shape(Form.VERBATIM, salted=True)


def fits(shape: Shape) -> bool:
    """Whether a shape is within the format's bounds."""
    return (
        shape.key <= MOST_KEY_PARTS
        and shape.replaces <= MOST_REPLACED
        and len(shape.groups) <= MAX_GROUPS
        and shape.leaves <= MAX_LEAVES
    )


def written(shape: Shape) -> bytes:
    """The shape's bytes."""
    start = bytes((shape.form << _FORM | shape.reason * _REASON | shape.salted * _SALTED,))
    if shape.form is not Form.LEAVES:
        return start
    numbers = [shape.entity, shape.key, len(shape.groups)]
    for group in shape.groups:
        numbers.extend(group)
    return start + b"".join(map(varint.unsigned, [*numbers, shape.replaces]))


def read(source: Source) -> Shape:
    """The next shape; raises FrameInvalid."""
    start = source.byte()
    if start >> _FORM > max(Form):
        raise FrameInvalid(why="shape")
    form, salted, reason = Form(start >> _FORM), bool(start & _SALTED), bool(start & _REASON)
    if form is not Form.LEAVES:
        if reason or (salted and form is Form.ERASED):
            raise FrameInvalid(why="shape")
        return Shape(form, salted)
    entity, key, groups = source.varint(), source.varint(), _read_groups(source)
    shape = Shape(form, salted, reason, entity, key, groups, source.varint())
    if entity >= INT_LIMIT or not fits(shape):
        raise FrameInvalid(why="shape")
    return shape


def _read_groups(source: Source) -> tuple[tuple[int, int], ...]:
    number = source.varint()
    if number > MAX_GROUPS:
        raise FrameInvalid(why="shape")
    groups = tuple((source.varint(), source.varint()) for _ in range(number))
    names = [name for name, _ in groups]
    if names != sorted(set(names)) or (names and names[-1] >= INT_LIMIT):
        raise FrameInvalid(why="shape")
    return groups


def changes(shape: Shape, leaves: Sequence[Sequence[Any]], count: int) -> list[Change]:
    """The changes that these columns of leaves are; their types have been checked."""
    at = shape.key
    groups = []
    for _, size in shape.groups:
        groups.append(_rows(leaves[at : at + size], count))
        at += size
    end = shape.author
    refs = [map(Ref, *leaves[place : place + 3]) for place in range(at, end, 3)]
    numbers = [number for number, _ in shape.groups]
    return list(
        map(
            Change,
            [shape.entity] * count,
            _rows(leaves[: shape.key], count),
            [dict(zip(numbers, values, strict=True)) for values in _rows(groups, count)],
            _rows(refs, count),
            leaves[end],
            leaves[end + 1],
            leaves[end + 2] if shape.reason else [None] * count,
        )
    )


def _rows(columns: Sequence[Iterable[Any]], count: int) -> Sequence[tuple[Any, ...]]:
    """Columns as rows; empty ones when there is no column."""
    return list(zip(*columns, strict=True)) if columns else [()] * count


def leaves(items: Sequence[Any]) -> list[Any]:
    """The leaves of a decoded change, the salt not among them."""
    found = list(items[1])
    groups: Mapping[int, Sequence[Any]] = items[2]
    for values in groups.values():
        found.extend(values)
    for ref in items[3]:
        found.extend(ref)
    found.extend(items[4:])
    return found
