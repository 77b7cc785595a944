"""One change of every entity there is, with all its groups: for tests that must leave no table out."""

from __future__ import annotations

from app.journal.change import Change, Scalar, Value
from app.journal.registry import ENTITIES, Entity, Field, Type
from tests.support.hand import WALL

_VALUES: dict[Type, Value] = {
    Type.TEXT: "teks é",
    Type.INT: 10009,
    Type.BOOL: True,
    Type.BYTES: b"\0bytes",
    Type.DAY: 20_700,
    Type.MINUTE: 480,
    Type.INSTANT: WALL,
    Type.TEXTS: ("satu", "dua"),
    Type.IDS: (b"i" * 16,),
    Type.INTS: (1, -2),
}


def changes() -> list[Change]:
    """A change for each entity but the opening, deleted and not deleted by turns."""
    return [_change(entity, number % 2 == 0) for number, entity in ENTITIES.items() if number]


def _change(entity: Entity, gone: bool) -> Change:
    groups: dict[int, tuple[Value, ...]] = {0: (gone,)}
    groups |= {group.number: tuple(map(_value, group.fields)) for group in entity.groups}
    key: tuple[Scalar, ...] = tuple(map(_value, entity.key))  # type: ignore[arg-type]  # a key has no lists
    return Change(entity.number, key, groups, (), None, WALL)


def _value(field: Field) -> Value:
    return _VALUES[field.type]
