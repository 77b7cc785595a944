"""A reply of headquarters as it arrives: frame by frame, and what a cut line left of the last one.

docs/formats/sync.md, section 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from sync.protocol import exchange
from sync.protocol.cbor import Items, Malformed, Torn, loads, number_at
from sync.protocol.exchange import HASH_BYTES, MAX_FRAME, MAX_HEAD, REPLY, Begun, Sent

WHOLE, REST = 3, 4  # items of a frame, and of one whose beginning was there


class Beginning(NamedTuple):
    """The first bytes of a frame: its scope, its number there, and the bytes."""

    scope: int
    number: int
    data: bytes

    def claim(self) -> Begun:
        """How headquarters is told of it."""
        return Begun(self.scope, self.number, len(self.data), sha256(self.data).digest()[:HASH_BYTES])


class Reply:
    """The head at once, the frames one by one, `more` after the last.

    Raises Malformed for anything else, Torn when the line was cut; every frame given before that is whole.
    `begun` is what is here already of a frame, whose rest alone headquarters may send.
    """

    def __init__(self, pieces: Iterable[bytes], begun: Beginning | None = None) -> None:
        self._items = Items(pieces, MAX_HEAD, REPLY)
        self._begun = begun
        self.head = exchange.parse_head(self._next())
        self.more: bool | None = None

    def frames(self) -> Iterator[Sent]:
        """The frames, to be committed one after another; afterwards `more` is set."""
        while self.more is None:
            value = loads(self._next(), REPLY)
            if isinstance(value, list) and len(value) == 1 and isinstance(value[0], bool):
                self._ends()
                self.more = value[0]
            elif isinstance(value, list) and len(value) == REST:
                yield self._whole(value)
            else:
                yield exchange.parse_sent(value)

    def beginning(self) -> Beginning | None:
        """Of a reply that was cut: what came of the frame it was cut in, with what was here of it before."""
        try:
            return self._beginning(self._items.left)
        except (Malformed, IndexError):
            return None

    def _beginning(self, left: bytes) -> Beginning | None:
        count, at = number_at(left, 0, REPLY)
        scope, at = number_at(left, at, REPLY)
        number, at = number_at(left, at, REPLY)
        before = b""
        if count == REST:
            _, at = number_at(left, at, REPLY)
            before = self._held(scope, number)
        length, at = number_at(left, at, REPLY)
        data = before + left[at:]
        if count not in (WHOLE, REST) or not 0 < len(data) <= MAX_FRAME:
            return None
        return Beginning(scope, number, data) if len(left) - at < length else None

    def _held(self, scope: int, number: int) -> bytes:
        if self._begun is None or self._begun[:2] != (scope, number):
            raise Malformed(REPLY)
        return self._begun.data

    def _whole(self, value: list[object]) -> Sent:
        scope, number, held, rest = value
        whole = exchange.parse_sent([scope, number, rest])
        before = self._held(whole.scope, whole.number)
        if held != len(before) or len(before) + len(whole.frame) > MAX_FRAME:
            raise Malformed(REPLY)
        return whole._replace(frame=before + whole.frame)

    def _next(self) -> bytes:
        raw = next(self._items, None)
        if raw is None:
            raise Torn(REPLY)
        return raw

    def _ends(self) -> None:
        if next(self._items, None) is not None:
            raise Malformed(REPLY)
