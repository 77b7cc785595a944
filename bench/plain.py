"""A centre's changes as a program without a journal would post them: JSON, gzipped."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence

from app.journal.change import Change, Value
from app.journal.registry import ENTITIES


def json_lines(made: Sequence[Change]) -> bytes:
    """The same as a plain program would post it: one JSON object a change, fields by their names."""
    return json.dumps([_plain(change) for change in made], separators=(",", ":")).encode()


def gzipped(data: bytes) -> bytes:
    """As a plain program would compress it."""
    return gzip.compress(data, 6)


def _plain(change: Change) -> dict[str, object]:
    entity = ENTITIES[change.entity]
    found: dict[str, object] = {"entity": entity.name}
    found |= {field.name: _text(value) for field, value in zip(entity.key, change.key, strict=True)}
    for group in entity.groups:
        values = change.groups.get(group.number, ())
        found |= {field.name: _text(value) for field, value in zip(group.fields, values, strict=False)}
    return found | {"author": _text(change.author), "changed_at": change.wall, "why": change.reason}


def _text(value: Value) -> object:
    if isinstance(value, bytes):
        return value.hex()
    return [_text(part) for part in value] if isinstance(value, tuple) else value
