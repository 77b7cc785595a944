"""Values of changes as people read them: days and instants instead of numbers, by the names of fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from app.journal.change import Value
from app.journal.registry import ENTITIES, Field, Type
from app.queries.authorship import instant
from app.storage.base import EPOCH

Readable = Mapping[str, object]


def key_of(entity: int, key: Sequence[Value]) -> Readable:
    """A row's key by the names of its fields; by place for an entity of a later version."""
    known = ENTITIES.get(entity)
    return _named(known.key if known else (), key)


def group_of(entity: int, number: int, values: Sequence[Value]) -> Readable:
    """A group's values by the names of its fields; by place for a group of a later version."""
    known = ENTITIES.get(entity)
    group = known.group(number) if known else None
    return _named(group.fields if group else (), values)


def entity_name(entity: int) -> str:
    """The entity's name; its number for one of a later version."""
    known = ENTITIES.get(entity)
    return known.name if known else str(entity)


def group_name(entity: int, number: int) -> str:
    """The group's name; its number for one of a later version."""
    known = ENTITIES.get(entity)
    group = known.group(number) if known else None
    return group.name if group else str(number)


def _named(fields: Sequence[Field], values: Sequence[Value]) -> Readable:
    if len(fields) != len(values):
        return {str(place): value for place, value in enumerate(values, 1)}
    return {field.name: _read(field.type, value) for field, value in zip(fields, values, strict=True)}


def _read(kind: Type, value: Value) -> object:
    if type(value) is not int:
        return value
    if kind is Type.INSTANT:
        return instant(value) or value
    return _day(value) if kind is Type.DAY else value


def _day(value: int) -> date | int:
    try:
        return EPOCH + timedelta(days=value)
    except OverflowError:
        return value
