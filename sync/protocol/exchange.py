"""The messages of `POST /v1/sync`: what a device asks and what headquarters answers.

Both ends build and read them here and nowhere else; docs/formats/sync.md, section 6. Reading is
strict and bounded: whatever comes out has the shape its type says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import NamedTuple

from sync.protocol.cbor import Malformed, dumps, loads

PATH = "/v1/sync"
VERSION = 1
DEVICE_BYTES = LOG_BYTES = HASH_BYTES = DIGEST_BYTES = 8
TOKEN_BYTES = 16
CURSOR_HASH_BYTES = 4
MAX_BODY = 4 * 1024 * 1024
MAX_FRAME = 1024 * 1024
MAX_FRAMES = 256
MAX_LOGS = 100_000
MAX_SCOPES = 64
MAX_HEAD = 4 * 1024 * 1024
NUMBER_LIMIT = 1 << 63
REQUEST, REPLY = "request", "reply"


class Head(NamedTuple):
    """How far somebody holds a log: the last number and the first 8 bytes of the chain hash there."""

    seq: int
    hash8: bytes


class Cursor(NamedTuple):
    """How far a device has received a scope: the frame's number there and 4 bytes of its SHA-256."""

    number: int
    hash4: bytes


class Begun(NamedTuple):
    """A frame of which a cut line brought the first `length` bytes: its scope and its number there, and the
    first 8 bytes of the SHA-256 of what came."""

    scope: int
    number: int
    length: int
    hash8: bytes


class Status(IntEnum):
    """Taken; repeat with this token; or taken from a device that gets nothing down any more."""

    TAKEN = 0
    CHALLENGE = 1
    UPLINK_ONLY = 2


class Fault(StrEnum):
    """Why headquarters did not take a frame, or all of it."""

    GAP = "gap"
    FORK = "fork"
    SCOPE = "scope"
    SIGNATURE = "signature"
    FRAME = "frame"
    ENTITY = "entity"


class Refusal(NamedTuple):
    """A frame that was not taken: its log, the first number not taken, and why."""

    log: bytes
    first: int
    code: str


Heads = Mapping[bytes, Head]


@dataclass(frozen=True, slots=True)
class Request:
    """What a device sends: its token and digest, what it lacks (cursors), and frames of its logs.

    `heads` is None unless the digests differed with nothing left to send or fetch. `most` is the
    number of bytes of frames wanted in the reply. `begun` is a frame of which only the rest is wanted.
    """

    device: bytes
    token: bytes
    digest: bytes
    heads: Heads | None = None
    cursors: Mapping[int, Cursor] = field(default_factory=dict)
    frames: tuple[bytes, ...] = ()
    most: int = 0
    begun: Begun | None = None


@dataclass(frozen=True, slots=True)
class ReplyHead:
    """The beginning of a reply; `acks` is what lies on headquarters' disk, `time` in Unix milliseconds."""

    status: Status
    time: int
    token: bytes
    digest: bytes
    acks: Heads = field(default_factory=dict)
    heads: Heads | None = None
    refused: tuple[Refusal, ...] = ()


class Sent(NamedTuple):
    """A frame headquarters sends down: its scope, its number there, and the frame as it came."""

    scope: int
    number: int
    frame: bytes


def pack_request(request: Request) -> bytes:
    """The payload of a request."""
    items: list[object] = [
        VERSION,
        request.device,
        request.token,
        request.digest,
        _pack_heads(request.heads),
        {scope: list(request.cursors[scope]) for scope in sorted(request.cursors)},
        list(request.frames),
        request.most,
    ]
    if request.begun is not None:
        items.append(list(request.begun))
    return dumps(items)


def parse_request(payload: bytes) -> Request:
    """The request in a payload; raises Malformed."""
    if len(payload) > MAX_BODY:
        raise Malformed(REQUEST)
    value = loads(payload, REQUEST)
    if not isinstance(value, list) or len(value) not in (8, 9):
        raise Malformed(REQUEST)
    version, device, token, digest, heads, cursors, frames, most = value[:8]
    sound = (
        version == VERSION
        and _bytes(device, DEVICE_BYTES)
        and isinstance(token, bytes)
        and len(token) in (0, TOKEN_BYTES)
        and _bytes(digest, DIGEST_BYTES)
        and isinstance(cursors, dict)
        and len(cursors) <= MAX_SCOPES
        and all(_number(scope) and _cursor(cursor) for scope, cursor in cursors.items())
        and isinstance(frames, list)
        and len(frames) <= MAX_FRAMES
        and all(isinstance(frame, bytes) and len(frame) <= MAX_FRAME for frame in frames)
        and _number(most)
        and all(map(_begun, value[8:]))
    )
    if not sound:
        raise Malformed(REQUEST)
    return Request(
        device,
        token,
        digest,
        parse_heads(heads, REQUEST),
        {scope: Cursor(*cursor) for scope, cursor in cursors.items()},
        tuple(frames),
        most,
        Begun(*value[8]) if len(value) == 9 else None,
    )


def pack_head(head: ReplyHead) -> bytes:
    """The first item of a reply."""
    refused = [list(refusal) for refusal in head.refused]
    return dumps(
        [
            VERSION,
            int(head.status),
            head.time,
            head.token,
            head.digest,
            _pack_heads(head.acks),
            _pack_heads(head.heads),
            refused,
        ]
    )


def pack_sent(sent: Sent) -> bytes:
    """One frame of a reply."""
    return dumps(list(sent))


def pack_rest(sent: Sent, held: int) -> bytes:
    """The frame without the first `held` bytes, which the device has."""
    return dumps([sent.scope, sent.number, held, sent.frame[held:]])


def pack_more(more: bool) -> bytes:
    """The end of a reply; `more` asks to call again."""
    return dumps([more])


def parse_head(raw: bytes) -> ReplyHead:
    """The head of a reply; raises Malformed."""
    version, status, time, token, digest, acks, heads, refused = _array(loads(raw, REPLY), 8, REPLY)
    sound = (
        version == VERSION
        and _number(status)
        and status in tuple(Status)
        and _number(time)
        and _bytes(token, TOKEN_BYTES)
        and _bytes(digest, DIGEST_BYTES)
        and isinstance(refused, list)
        and all(_refusal(item) for item in refused)
    )
    if not sound or acks is None:
        raise Malformed(REPLY)
    return ReplyHead(
        Status(status),
        time,
        token,
        digest,
        parse_heads(acks, REPLY) or {},
        parse_heads(heads, REPLY),
        tuple(Refusal(*item) for item in refused),
    )


def parse_heads(value: object, what: str) -> Heads | None:
    """Decoded `{log: [seq, hash8]}`, or null; raises Malformed(what)."""
    if value is None:
        return None
    if not isinstance(value, dict) or len(value) > MAX_LOGS:
        raise Malformed(what)
    for log, head in value.items():
        if not (_bytes(log, LOG_BYTES) and _pair(head, HASH_BYTES)):
            raise Malformed(what)
    return {log: Head(*head) for log, head in value.items()}


def _pack_heads(heads: Heads | None) -> dict[bytes, list[object]] | None:
    return None if heads is None else {log: list(heads[log]) for log in sorted(heads)}


def _array(value: object, length: int, what: str) -> list:  # type: ignore[type-arg]  # decoded CBOR, checked by the caller
    if not isinstance(value, list) or len(value) != length:
        raise Malformed(what)
    return value


def parse_sent(value: object) -> Sent:
    """A frame of a reply; raises Malformed."""
    scope, number, frame = _array(value, 3, REPLY)
    if not (_number(scope) and _number(number) and isinstance(frame, bytes) and len(frame) <= MAX_FRAME):
        raise Malformed(REPLY)
    return Sent(scope, number, frame)


def _refusal(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 3
        and _bytes(value[0], LOG_BYTES)
        and _number(value[1])
        and isinstance(value[2], str)
    )


def _begun(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 4
        and all(map(_number, value[:3]))
        and 0 < value[2] <= MAX_FRAME
        and _bytes(value[3], HASH_BYTES)
    )


def _cursor(value: object) -> bool:
    return _pair(value, CURSOR_HASH_BYTES)


def _pair(value: object, length: int) -> bool:
    return isinstance(value, list) and len(value) == 2 and _number(value[0]) and _bytes(value[1], length)


def _bytes(value: object, length: int) -> bool:
    return isinstance(value, bytes) and len(value) == length


def _number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < NUMBER_LIMIT
