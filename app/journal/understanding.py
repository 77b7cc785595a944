"""Whether this version understands a change: known entity, known group, values of the right types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from app.journal.change import Change, Value
from app.journal.registry import ENTITIES, GONE, Group, Type

MAX_KEY_PART = 200  # characters or bytes; an index of PostgreSQL takes 2,700 bytes for a whole key

_PLAIN: dict[Type, type] = {
    Type.TEXT: str,
    Type.INT: int,
    Type.BOOL: bool,
    Type.BYTES: bytes,
    Type.DAY: int,
    Type.MINUTE: int,
    Type.INSTANT: int,
}
LISTS: dict[Type, type] = {Type.TEXTS: str, Type.IDS: bytes, Type.INTS: int}

Misfits = dict[int, str]
"""What a version does not understand of a change: the group's number (0 for the whole row) and why."""

Kinds = tuple[type, ...]
_KEY_TEXT = (str, bytes)


def not_understood(change: Change) -> Misfits:
    """What this version can't show of the change: empty when it understands all of it.

    The reasons: `entity` and `key` for a row that can't stand in a table, `group` for a single group.
    """
    entity, groups = change.entity, change.groups
    shape = tuple([(number, *map(type, values)) for number, values in groups.items()])
    by_types = _by_types(entity, tuple(map(type, change.key)), shape)
    if not row_understood(by_types):
        return dict(by_types)
    for part in change.key:
        if type(part) in _KEY_TEXT and not _indexable(part):  # type: ignore[arg-type]  # text or bytes
            return {GONE: "key"}
    misfits = dict(by_types)
    for number, values in groups.items():
        for value in values:
            if (type(value) is str and "\0" in value) or (
                type(value) is tuple and number not in misfits and not _lists_fit(entity, number, values)
            ):
                misfits[number] = "group"
    return misfits


def row_understood(misfits: Misfits) -> bool:
    """Whether the change's row can stand in a table of this version."""
    return misfits.get(GONE, "group") == "group"


def _indexable(part: str | bytes) -> bool:
    """Whether a table can have it in its key. PostgreSQL holds no NUL in text, so nobody shows any."""
    return len(part) <= MAX_KEY_PART and not (isinstance(part, str) and "\0" in part)


@lru_cache(maxsize=4096)
def _by_types(entity: int, key: Kinds, shape: tuple[tuple[int | type, ...], ...]) -> Misfits:
    """What the types alone say; `shape` is each group's number and the types of its values."""
    known = ENTITIES.get(entity)
    if known is None:
        return {GONE: "entity"}
    if entity == 0:
        return {}
    if key != tuple(_PLAIN.get(field.type) for field in known.key):
        return {GONE: "key"}
    misfits = {}
    for number, *kinds in shape:
        group = known.group(number) if isinstance(number, int) else None
        if group is None or not _kinds_fit(group, kinds):
            misfits[number] = "group"
    return misfits  # type: ignore[return-value]  # numbers come first in a shape


def _kinds_fit(group: Group, kinds: Sequence[object]) -> bool:
    return len(kinds) == len(group.fields) and all(
        kind is type(None) or kind is (tuple if field.type in LISTS else _PLAIN[field.type])
        for field, kind in zip(group.fields, kinds, strict=True)
    )


def _lists_fit(entity: int, number: int, values: Iterable[Value]) -> bool:
    group = ENTITIES[entity].group(number)
    assert group is not None, "its types were found to fit"
    return all(
        type(part) is LISTS[field.type]
        for field, value in zip(group.fields, values, strict=True)
        if isinstance(value, tuple)
        for part in value
    )
