"""One change: what a person did to one row, and the only bytes that may stand for it.

The bytes are CBOR in fixed-order arrays, so that any ordinary encoder yields the deterministic
encoding of RFC 8949 section 4.2.1; `parse` refuses every other spelling. docs/formats/sync.md
("Change") is the specification.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app import cbor
from app.errors import Refused

MAX_BYTES = 16 * 1024
MAX_GROUPS = 64
INT_LIMIT = 1 << 63
LOG_ID_BYTES = 8
REF_HASH_BYTES = 4
AUTHOR_BYTES = 16

_OTHER_SCALARS = frozenset({bytes, bool, type(None)})

Scalar = int | str | bytes | bool | None
Value = Scalar | tuple[Scalar, ...]


class Ref(NamedTuple):
    """Names one change: its log (8 bytes), its number there, the first 4 bytes of its chain hash."""

    log: bytes
    seq: int
    hash4: bytes


class Change(NamedTuple):
    """A change as values.

    `key` are the row's natural key parts, `groups` maps a group's number to its values in the
    registry's order, `replaces` names what the writer saw and overwrites, `author` is a person's
    id (16 bytes) or None for the program itself, `wall` is the writer's clock in Unix
    milliseconds, `reason` the words given for a correction.
    """

    entity: int
    key: tuple[Scalar, ...]
    groups: Mapping[int, tuple[Value, ...]]
    replaces: tuple[Ref, ...]
    author: bytes | None
    wall: int
    reason: str | None = None


def normalised(value: Value) -> Value:
    """The value as it may be written: text in NFC, sequences as tuples."""
    if isinstance(value, str):
        text = str(value)
        return text if text.isascii() else unicodedata.normalize("NFC", text)
    if isinstance(value, list | tuple):
        return tuple(unicodedata.normalize("NFC", v) if isinstance(v, str) else v for v in value)
    return value


def pack(change: Change) -> bytes:
    """The change's only bytes; raises Refused('change-invalid' | 'change-too-big')."""
    groups = {number: [_thawed(v) for v in change.groups[number]] for number in sorted(change.groups)}
    items: list[object] = [
        change.entity,
        list(change.key),
        groups,
        [list(ref) for ref in change.replaces],
        change.author,
        change.wall,
    ]
    if change.reason is not None:
        items.append(change.reason)
    check(items)
    try:
        body = cbor.dumps(items)
    except ValueError as fault:  # half a surrogate pair: no text, whatever Python says
        raise Refused("change-invalid") from fault
    if len(body) > MAX_BYTES:
        raise Refused("change-too-big", bytes=len(body), limit=MAX_BYTES)
    return body


def parse(body: bytes) -> Change:
    """The change these bytes spell; raises Refused('change-invalid' | 'change-too-big').

    Anything but the one canonical spelling is refused: trailing bytes, long integers, tags,
    floats, indefinite lengths, text outside NFC, groups out of order.
    """
    if len(body) > MAX_BYTES:
        raise Refused("change-too-big", bytes=len(body), limit=MAX_BYTES)
    try:
        items = cbor.loads(body)
    except ValueError as fault:
        raise Refused("change-invalid") from fault
    check(items)
    return unchecked(items)


def unchecked(items: Sequence) -> Change:  # type: ignore[type-arg]  # decoded CBOR, shape known to the caller
    """The change in decoded items whose shape has been checked already."""
    return Change(
        items[0],
        tuple(items[1]),
        {number: tuple(_frozen(v) for v in values) for number, values in items[2].items()},
        tuple(Ref(*ref) for ref in items[3]),
        items[4],
        items[5],
        items[6] if len(items) == 7 else None,
    )


def _frozen(value: object) -> Value:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]  # checked before


def _thawed(value: Value) -> object:
    return list(value) if isinstance(value, tuple) else value


def check(items: object) -> None:
    """Raises Refused('change-invalid') unless the decoded items have the shape of a change."""
    if not (isinstance(items, list) and len(items) in (6, 7)):
        raise Refused("change-invalid")
    entity, key, groups, replaces, author, wall = items[:6]
    sound = (
        _unsigned(entity)
        and type(key) is list
        and _scalars(key)
        and _groups_sound(groups)
        and type(replaces) is list
        and all(_ref_sound(ref) for ref in replaces)
        and (author is None or (type(author) is bytes and len(author) == AUTHOR_BYTES))
        and _integer(wall)
        and (len(items) == 6 or (type(items[6]) is str and _scalars(items[6:])))
    )
    if not sound:
        raise Refused("change-invalid")


def _groups_sound(groups: object) -> bool:
    if type(groups) is not dict or len(groups) > MAX_GROUPS:
        return False
    numbers = list(groups)
    if not all(_unsigned(number) for number in numbers) or numbers != sorted(numbers):
        return False
    return all(type(values) is list and _values(values) for values in groups.values())


def _ref_sound(ref: object) -> bool:
    return (
        type(ref) is list
        and len(ref) == 3
        and type(ref[0]) is bytes
        and len(ref[0]) == LOG_ID_BYTES
        and _unsigned(ref[1])
        and type(ref[2]) is bytes
        and len(ref[2]) == REF_HASH_BYTES
    )


def _values(values: Sequence[object]) -> bool:
    """Whether each is a scalar or a list of scalars."""
    lists = [value for value in values if type(value) is list]
    if not lists:
        return _scalars(values)
    return all(map(_scalars, lists)) and _scalars([value for value in values if type(value) is not list])


def _scalars(values: Sequence[object]) -> bool:
    """Whether each is a scalar of the format: no floats, no big integers, text in NFC."""
    for value in values:
        kind = type(value)
        if kind is int:
            if not -INT_LIMIT <= value < INT_LIMIT:  # type: ignore[operator]  # an integer
                return False
        elif kind is str:
            if not (value.isascii() or unicodedata.is_normalized("NFC", value)):  # type: ignore[attr-defined,arg-type]  # text
                return False
        elif kind not in _OTHER_SCALARS:
            return False
    return True


def _integer(value: object) -> bool:
    return type(value) is int and -INT_LIMIT <= value < INT_LIMIT


def _unsigned(value: object) -> bool:
    return type(value) is int and 0 <= value < INT_LIMIT
