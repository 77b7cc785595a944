"""The tables by section 5 of docs/formats/sync.md, written down as naively as it reads.

Nothing here is shared with the program but the registry and the packing of a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.journal.change import Change, Value
from app.journal.registry import ENTITIES, Entity, Field, Group, Type
from app.storage.heads import packed_row

Part = tuple[bytes, int]
Cells = dict[str, object]

_TYPES: dict[Type, type] = {
    Type.TEXT: str, Type.INT: int, Type.BOOL: bool, Type.BYTES: bytes,
    Type.DAY: int, Type.MINUTE: int, Type.INSTANT: int,
}  # fmt: skip
_LISTS: dict[Type, type] = {Type.TEXTS: str, Type.IDS: bytes, Type.INTS: int}


@dataclass(frozen=True, slots=True)
class Placed:
    """A change at its place in a log, with the chain hash there."""

    log: bytes
    seq: int
    hash: bytes
    change: Change

    @property
    def row(self) -> bytes:
        """Its row, packed."""
        return packed_row(self.change.entity, self.change.key)

    def touches(self, part: Part) -> bool:
        """Whether it says something about this row and group."""
        return self.row == part[0] and part[1] in self.change.groups


@dataclass(slots=True)
class State:
    """What a database must show: heads as chain hashes, names of changes to come, tables, parked groups."""

    heads: dict[Part, set[bytes]] = field(default_factory=dict)
    named: set[tuple[bytes, int, bytes, bytes, int]] = field(default_factory=set)
    parked: set[tuple[bytes, int, str]] = field(default_factory=set)
    tables: dict[str, dict[tuple[object, ...], Cells]] = field(default_factory=dict)


def state(chains: Sequence[Sequence[Placed]]) -> State:
    """The state for these chains, each one branch of a log from its opening to the last change here."""
    here = {placed.hash: placed for chain in chains for placed in chain if placed.change.entity}
    found = State()
    for placed in here.values():
        found.named |= set(_names_to_come(placed, chains))
        found.parked |= set(_parked(placed))
        _row(found, placed)
    parts = {(placed.row, number) for placed in here.values() for number in placed.change.groups}
    for part in parts:
        touching = [placed for placed in here.values() if placed.touches(part)]
        heads = [one for one in touching if not any(_supersedes(other, one, chains) for other in touching)]
        found.heads[part] = {head.hash for head in heads}
        _show(found, part, max(heads, key=lambda head: (head.change.wall, head.hash), default=None))
    return found


def _supersedes(other: Placed, one: Placed, chains: Sequence[Sequence[Placed]]) -> bool:
    """Whether `other` names `one` (of another log), or stands later on a branch that has both."""
    name = (one.log, one.seq, one.hash[:4])
    if other.log != one.log:
        return name in {tuple(ref) for ref in other.change.replaces}
    return other.seq > one.seq and any(one in chain and other in chain for chain in chains)


def _names_to_come(
    placed: Placed, chains: Sequence[Sequence[Placed]]
) -> Iterator[tuple[bytes, int, bytes, bytes, int]]:
    here = {(other.log, other.seq, other.hash[:4]) for chain in chains for other in chain}
    for ref in placed.change.replaces:
        if ref.log != placed.log and tuple(ref) not in here:
            for number in placed.change.groups:
                yield (*ref, placed.row, number)


def _parked(placed: Placed) -> Iterator[tuple[bytes, int, str]]:
    why = _row_trouble(placed.change)
    if why:
        yield placed.hash, 0, why
        return
    for number in placed.change.groups:
        if not _group_fits(placed.change, number):
            yield placed.hash, number, "group"


def _row(found: State, placed: Placed) -> None:
    """A change that is understood so far brings its row into the table, with whatever is known of it."""
    entity = ENTITIES.get(placed.change.entity)
    if entity is None or _row_trouble(placed.change):
        return
    if any(entity.group(number) for number in placed.change.groups):
        rows = found.tables.setdefault(entity.name, {})
        rows.setdefault(placed.change.key, dict.fromkeys(_columns(entity)))


def _show(found: State, part: Part, best: Placed | None) -> None:
    if best is None or _row_trouble(best.change):
        return
    entity = ENTITIES[best.change.entity]
    group = entity.group(part[1])
    if group is not None and _group_fits(best.change, group.number):
        values = zip(group.fields, best.change.groups[group.number], strict=True)
        found.tables[entity.name][best.change.key].update({f.name: value for f, value in values})


def _columns(entity: Entity) -> list[str]:
    groups: list[Group] = [*entity.groups, *([life] if (life := entity.group(0)) else [])]
    return [field.name for group in groups for field in group.fields]


def _row_trouble(change: Change) -> str | None:
    entity = ENTITIES.get(change.entity)
    if entity is None:
        return "entity"
    fits = len(change.key) == len(entity.key) and all(
        _fits(field, value) and value is not None and not _too_long(value)
        for field, value in zip(entity.key, change.key, strict=True)
    )
    return None if fits else "key"


def _too_long(value: Value) -> bool:
    return isinstance(value, str | bytes) and len(value) > 200


def _group_fits(change: Change, number: int) -> bool:
    group = ENTITIES[change.entity].group(number)
    values = change.groups[number]
    return (
        group is not None
        and len(values) == len(group.fields)
        and all(_fits(field, value) for field, value in zip(group.fields, values, strict=True))
    )


def _fits(field: Field, value: Value) -> bool:
    if value is None:
        return True
    if field.type in _LISTS:
        return isinstance(value, tuple) and all(type(part) is _LISTS[field.type] for part in value)
    return type(value) is _TYPES[field.type] and not (isinstance(value, str) and "\0" in value)
