"""Whether this version understands a change: known entity, known group, values of the right types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

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
Shape = tuple[tuple[int | type, ...], ...]
"""Each group's number and the types of its values."""


class _Verdict(NamedTuple):
    """What the types alone say of a change, and where a look at the values is needed to say all.

    `names` are places in the key; `texts` and `lists` are groups with places in them.
    """

    misfits: Misfits
    names: tuple[int, ...] = ()
    texts: tuple[tuple[int, int], ...] = ()
    lists: tuple[tuple[int, int, type], ...] = ()


def not_understood(change: Change) -> Misfits:
    """What this version can't show of the change: empty when it understands all of it.

    The reasons: `entity` and `key` for a row that can't stand in a table, `group` for a single group.
    """
    entity, key, groups = change.entity, change.key, change.groups
    shape = tuple([(number, *map(type, values)) for number, values in groups.items()])
    verdict = _by_types(entity, tuple(map(type, key)), shape)
    misfits = dict(verdict.misfits)
    for place in verdict.names:
        if not _indexable(key[place]):  # type: ignore[arg-type]  # text or bytes by its type
            return {GONE: "key"}
    for number, place in verdict.texts:
        if "\0" in groups[number][place]:  # type: ignore[operator]  # text by its type
            misfits[number] = "group"
    for number, place, kind in verdict.lists:
        if any(type(part) is not kind for part in groups[number][place]):  # type: ignore[union-attr]  # a list
            misfits[number] = "group"
    return misfits


def all_understood(
    entity: int, key: Sequence[Sequence[Value]], groups: Mapping[int, Sequence[Sequence[Value]]]
) -> bool:
    """Whether `not_understood` finds nothing in any of many changes, given as columns of their values.

    It may be too strict: lists, columns that hold several types, and changes that bring nothing are left to a
    look at each.
    """
    shape = tuple([(number, *map(_one_type, columns)) for number, columns in groups.items()])
    verdict = _by_types(entity, tuple([_one_type(column, empty=False) for column in key]), shape)
    if verdict.misfits or verdict.lists or not (key and groups):
        return False
    names = (set(key[place]) for place in verdict.names)
    texts = (set(groups[number][place]) for number, place in verdict.texts)
    return all(_indexable(part) for found in names for part in found) and not any(  # type: ignore[arg-type]  # by its type
        "\0" in text for found in texts for text in found if isinstance(text, str)
    )


def _one_type(column: Sequence[object], empty: bool = True) -> type:
    """The type of all values (but None, where they may be `empty`); `object` when there are several."""
    kinds = set(map(type, column))
    if empty and len(kinds) > 1:
        kinds.discard(type(None))
    return kinds.pop() if len(kinds) == 1 else object


def row_understood(misfits: Misfits) -> bool:
    """Whether the change's row can stand in a table of this version."""
    return misfits.get(GONE, "group") == "group"


def _indexable(part: str | bytes) -> bool:
    """Whether a table can have it in its key. PostgreSQL holds no NUL in text, so nobody shows any."""
    return len(part) <= MAX_KEY_PART and not (isinstance(part, str) and "\0" in part)


@lru_cache(maxsize=4096)
def _by_types(entity: int, key: Kinds, shape: Shape) -> _Verdict:
    known = ENTITIES.get(entity)
    if known is None:
        return _Verdict({GONE: "entity"})
    if entity == 0:
        return _Verdict({})
    if key != tuple(_PLAIN.get(field.type) for field in known.key):
        return _Verdict({GONE: "key"})
    misfits: Misfits = {}
    texts, lists = [], []
    for number, *kinds in shape:
        assert isinstance(number, int), "a shape begins with the group's number"
        group = known.group(number)
        if group is None or not _kinds_fit(group, kinds):
            misfits[number] = "group"
            continue
        texts += [(number, place) for place, kind in enumerate(kinds) if kind is str]
        fields = enumerate(zip(group.fields, kinds, strict=True))
        lists += [(number, place, LISTS[field.type]) for place, (field, kind) in fields if kind is tuple]
    names = tuple(place for place, kind in enumerate(key) if kind in (str, bytes))
    return _Verdict(misfits, names, tuple(texts), tuple(lists))


def _kinds_fit(group: Group, kinds: Sequence[object]) -> bool:
    return len(kinds) == len(group.fields) and all(
        kind is type(None) or kind is (tuple if field.type in LISTS else _PLAIN[field.type])
        for field, kind in zip(group.fields, kinds, strict=True)
    )
