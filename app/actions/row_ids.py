"""Fresh ids for rows without a natural key, all of one program start in one run."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator

from app.domain import row_ids


class _Source:
    """Draws its random start at the first use, and anew in a forked process, which must not repeat ours."""

    def __init__(self) -> None:
        self._process = 0
        self._ids: Iterator[bytes] = iter(())

    def next(self) -> bytes:
        if self._process != os.getpid():
            self._ids = row_ids.fresh(secrets.token_bytes(14))
            self._process = os.getpid()
        return next(self._ids)


_source = _Source()


def fresh() -> bytes:
    """A new id, 16 bytes (UUIDv8)."""
    return _source.next()
