"""Whether this version understands a change: known entity, known group, values of the right types."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from app.journal.change import Change, Value
from app.journal.registry import ENTITIES, Field, Type

_PLAIN: dict[Type, type] = {
    Type.TEXT: str,
    Type.INT: int,
    Type.BOOL: bool,
    Type.BYTES: bytes,
    Type.DAY: int,
    Type.MINUTE: int,
    Type.INSTANT: int,
}
_LISTS: dict[Type, type] = {Type.TEXTS: str, Type.IDS: bytes, Type.INTS: int}


def key_understood(change: Change) -> bool:
    """Whether the change's row can stand in a table of this version."""
    kinds = tuple(map(type, change.key))
    return _key_fits(change.entity, kinds) and not _unstorable(change.key)


def group_understood(change: Change, number: int) -> bool:
    """Whether this group's values can stand in a table of this version."""
    values = change.groups[number]
    kinds = tuple(map(type, values))
    if not _group_fits(change.entity, number, kinds):
        return False
    return not _unstorable(values) and (tuple not in kinds or _lists_fit(change, number))


def _unstorable(values: Sequence[Value]) -> bool:
    """PostgreSQL holds no NUL character in text; both ends must agree on what a table can show."""
    return any(type(value) is str and "\0" in value for value in values)


@lru_cache(maxsize=4096)
def _key_fits(entity: int, kinds: tuple[type, ...]) -> bool:
    known = ENTITIES.get(entity)
    return known is not None and kinds == tuple(_PLAIN.get(field.type) for field in known.key)


@lru_cache(maxsize=4096)
def _group_fits(entity: int, number: int, kinds: tuple[type, ...]) -> bool:
    known = ENTITIES.get(entity)
    group = known.group(number) if known else None
    if group is None or len(kinds) != len(group.fields):
        return False
    return all(_kind_fits(field, kind) for field, kind in zip(group.fields, kinds, strict=True))


def _kind_fits(field: Field, kind: type) -> bool:
    if kind is type(None):
        return True
    return kind is (tuple if field.type in _LISTS else _PLAIN[field.type])


def _lists_fit(change: Change, number: int) -> bool:
    group = ENTITIES[change.entity].group(number)
    assert group is not None
    for field, value in zip(group.fields, change.groups[number], strict=True):
        if isinstance(value, tuple) and any(type(part) is not _LISTS[field.type] for part in value):
            return False
    return True
