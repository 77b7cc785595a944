"""Which leaves of which shapes share a column: what they hold in common is then said once.

Authors, wall times, reasons and salts stand in every shape and always share. Parts of keys share
when they hold the same values: a participant's id in her own row, her marks and her results.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from sync.protocol.choosing.book import TINY
from sync.protocol.shapes import Form, Shape

_OVERLAP = 0.5
_ID_BYTES = 16
_PART = 64


class Role(IntEnum):
    """What a leaf is to its change; columns are written in this order, so that later ones can lean."""

    KEY = 0
    ID = 1
    AUTHOR = 2
    NUMBER = 3
    WORD = 4
    MIXED = 5
    REPLACED = 6
    WALL = 7
    REASON = 8
    WHOLE = 9
    SALT = 10


_SHARED = {Role.AUTHOR, Role.WALL, Role.REASON, Role.WHOLE, Role.SALT}


class Leaf(NamedTuple):
    """One leaf of one shape with its values; `at` is its place in the shape, `place` among the like."""

    shape: int
    at: int
    role: Role
    place: int
    values: Sequence[Any]
    kinds: frozenset[type]


Pool = list[Leaf]


def pools(shapes: Sequence[Shape], columns: Sequence[Sequence[Sequence[Any]]]) -> list[Pool]:
    """The leaves that share a column, in the order in which the columns are written."""
    if len(shapes) == 1 and len(columns[0][0]) <= TINY:
        return [[leaf] for leaf in _leaves(0, shapes[0], columns[0])]  # nothing leans: say no order
    found: dict[tuple[object, ...], list[tuple[Pool, set[Any]]]] = {}
    for number, (shape, leaves) in enumerate(zip(shapes, columns, strict=True)):
        for leaf in _leaves(number, shape, leaves):
            _place(leaf, found.setdefault(_bin(leaf), []))
    ordered = [pool for bin_ in found.values() for pool, _ in bin_]
    return sorted(ordered, key=lambda pool: (pool[0].role, pool[0].shape, pool[0].at))


def _bin(leaf: Leaf) -> tuple[object, ...]:
    """Leaves of different bins never share."""
    if leaf.role in _SHARED or leaf.role is Role.ID:
        return (leaf.role,)
    if leaf.role in (Role.KEY, Role.REPLACED):
        return (leaf.role, leaf.place, type(leaf.values[0]))
    return (leaf.role, leaf.shape, leaf.at)


def _place(leaf: Leaf, bin_: list[tuple[Pool, set[Any]]]) -> None:
    """Puts the leaf into the first pool it has enough in common with, or opens one."""
    shared = leaf.role in _SHARED or leaf.role is Role.REPLACED
    for pool, values in bin_:
        if pool[-1].shape != leaf.shape and (shared or _overlaps(leaf.values, values)):
            pool.append(leaf)
            return
    bin_.append(([leaf], set() if shared else set(leaf.values)))


def _overlaps(more: Sequence[Any], known: set[Any]) -> bool:
    """Whether half of a part of the values is known, or half of what is known among all of them."""
    part = more[:: max(1, len(more) // _PART)]
    if sum(map(known.__contains__, part)) >= _OVERLAP * len(part):
        return True
    own = set(more)
    common = len(own & known)
    known |= own if common >= _OVERLAP * len(known) else set()
    return common >= _OVERLAP * min(len(own), len(known))


def _leaves(number: int, shape: Shape, columns: Sequence[Sequence[Any]]) -> Iterator[Leaf]:
    for index, values in enumerate(columns):
        kinds = frozenset(map(type, values))
        role = _role(shape, index, values, kinds)
        place = (index - shape.key) % 3 if role is Role.REPLACED else index
        yield Leaf(number, index, role, place, values, kinds)


def _role(shape: Shape, index: int, values: Sequence[Any], kinds: frozenset[type]) -> Role:
    if shape.salted and index == shape.leaves - 1:
        return Role.SALT
    if shape.form is not Form.LEAVES:
        return Role.WHOLE
    if index >= shape.author:
        return (Role.AUTHOR, Role.WALL, Role.REASON)[index - shape.author]
    if kinds == {bytes} and set(map(len, values)) == {_ID_BYTES}:
        return Role.ID
    if index < shape.key:
        return Role.KEY if kinds == {int} or kinds == {str} else Role.MIXED
    if index >= shape.author - 3 * shape.replaces:
        return Role.REPLACED
    if kinds == {int}:
        return Role.NUMBER
    return Role.WORD if len(kinds) == 1 and tuple not in kinds else Role.MIXED
