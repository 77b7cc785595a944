"""Deterministic CBOR (RFC 8949 section 4.2.1) without tags: one spelling a value, read strictly.

Every format of ours is read through `loads`, so that what is accepted anywhere is the one encoding
that the pages in docs/formats allow.
"""

from __future__ import annotations

from typing import Any

import cbor2

DEPTH = 8


def _refuse_tag(*_: object) -> object:
    raise ValueError("tag")


# The tags cbor2 knows. Some build huge numbers or compile expressions before anyone can look at them.
_NO_TAGS = dict.fromkeys([*range(300), 1004, 43000, 55799], _refuse_tag)


def dumps(value: object) -> bytes:
    """The value's only bytes. Maps must be given with ascending keys of one type."""
    return cbor2.dumps(value)


def loads(data: bytes, depth: int = DEPTH) -> Any:
    """The value these bytes spell, and nothing else; raises ValueError for any other bytes.

    Refused are tags, indefinite lengths, long spellings, maps out of order, trailing bytes, and nesting
    beyond `depth`. Which types may stand where is the caller's to check.
    """
    try:
        value = cbor2.loads(
            data,
            max_depth=depth,
            allow_indefinite=False,
            allow_duplicate_keys=False,
            semantic_decoders=_NO_TAGS,
        )
        again = cbor2.dumps(value, canonical=True)
    except Exception as fault:  # hostile bytes make the decoder raise many kinds; all mean the same
        raise ValueError("not deterministic CBOR") from fault
    if again != data:
        raise ValueError("not deterministic CBOR")
    return value
