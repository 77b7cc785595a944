"""Many changes of one kind as columns: thousands are understood and shown without a look at each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import cbor2

from app.journal.change import Value
from app.journal.understanding import all_understood

Column = Sequence[Value]
_SMALL = 0xFFFF
_TWO = b"\x82"  # the head of a CBOR array of two


class Alike(NamedTuple):
    """Changes of one entity that bring the same groups and replace nothing that somebody else wrote.

    `places` are theirs in the run, ascending. There is a column for every part of the key and, by the
    group's number, for every value of a group; `walls` are the writer's clock (Unix ms).
    """

    places: Sequence[int]
    entity: int
    key: Sequence[Column]
    groups: Mapping[int, Sequence[Column]]
    walls: Sequence[int]

    def understood(self) -> bool:
        """Whether this version surely understands each of them; where not, each has to be looked at."""
        return all_understood(self.entity, self.key, self.groups)

    def rows(self) -> list[bytes]:
        """The packed row of each: CBOR of [entity, key], as `packed_row` gives it for keys that are short."""
        start = _TWO + cbor2.dumps(self.entity) + cbor2.dumps((None,) * len(self.key))[:1]
        parts = map(_encoded, self.key)
        return [start + b"".join(row) for row in zip(*parts, strict=True)]


def _encoded(column: Column) -> list[bytes]:
    """Each value's bytes, those of a value that comes often made once."""
    kinds = set(map(type, column))
    if kinds == {int} and not (min(column) >= 0 and max(column) <= _SMALL):  # type: ignore[type-var,operator]  # numbers
        return list(map(cbor2.dumps, column))  # whoever chooses large numbers well makes a dictionary slow
    known = {value: cbor2.dumps(value) for value in set(column)}
    return list(map(known.__getitem__, column))
