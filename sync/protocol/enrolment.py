"""Enrolment: the two messages that make a laptop a device of a centre, over a code that never travels.

Both are authenticated with a key stretched from the code, over the keys of both sides, so neither
the network nor a lost stick can put itself between. docs/formats/sync.md, section 7.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.domain.codes import read_enrolment_code
from sync.protocol import sealing
from sync.protocol.cbor import Malformed, dumps, loads
from sync.protocol.exchange import MAX_FRAME, TOKEN_BYTES

PATH = "/v1/enrol"
VERSION = 1
KEY_BYTES = NONCE_BYTES = MAC_BYTES = SECRET_BYTES = 32
REQUEST_NONCE_BYTES = 16
MAX_NAME = 120
MAX_REQUEST = 1024
MAX_ANSWER = 64 * 1024 * 1024
SALT = b"balai/enrol/1\0\0\0"
REQUEST_CONTEXT = b"balai/enrol-request/1\0"
ANSWER_CONTEXT = b"balai/enrol-answer/1\0"
REQUEST, ANSWER = "enrolment-request", "enrolment-answer"


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """A device's raw public keys: Ed25519 for its logs, Ed25519 for certificates, X25519 for bundles."""

    signing: bytes
    issuing: bytes
    box: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks to be enrolled; `nonce` makes the answer this request's own."""

    keys: PublicKeys
    nonce: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody a bundle may be sealed for: device kind (0 centre device, 1 headquarters) and box key."""

    kind: int
    box: bytes


@dataclass(frozen=True, slots=True)
class Grant:
    """All an offline centre needs, as headquarters seals it into the answer.

    `certificate` is the device certificate, `secret` the centre's secret (32 bytes), `enrolment_key`
    headquarters' public enrolment key, `recovery` its public recovery box key, `frames` everything
    headquarters has written for this centre, `time` in Unix milliseconds, `host` the authority to sync with.
    """

    certificate: bytes
    centre: int
    role: str
    secret: bytes
    enrolment_key: bytes
    trust_file: bytes
    recipients: tuple[Recipient, ...]
    recovery: bytes
    token: bytes
    delegation: bytes | None
    frames: tuple[bytes, ...]
    time: int
    host: str


def stretch(code: str) -> bytes:
    """K, 32 bytes, from a code as typed; takes 64 MiB and about 0.1 s.

    Raises Refused('code-invalid' | 'code-check').
    """
    characters = read_enrolment_code(code).encode("ascii")
    return hash_secret_raw(characters, SALT, 3, 64 * 1024, 1, KEY_BYTES, Type.ID)


def pack_request(key: bytes, request: Request) -> bytes:
    """The request, authenticated with K."""
    keys = request.keys
    fields = [VERSION, [keys.signing, keys.issuing, keys.box], request.nonce, request.name]
    return dumps([*fields, _mac(key, REQUEST_CONTEXT + dumps(fields))])


def parse_request(raw: bytes) -> Request:
    """What the bytes ask, without judging the code; raises Malformed."""
    return _request(_fields(raw))


def request_holds(key: bytes, raw: bytes) -> bool:
    """Whether the request was made with the code that K comes from; raises Malformed."""
    *fields, mac = _fields(raw)
    return hmac.compare_digest(mac, _mac(key, REQUEST_CONTEXT + dumps(fields)))


def seal_grant(keys: PublicKeys, ephemeral: X25519PrivateKey, grant: Grant) -> tuple[bytes, bytes]:
    """The ephemeral public key and the sealed grant: what stays the same when the same keys ask again."""
    public = raw_public(ephemeral)
    return public, sealing.seal(
        sealing.agreed_key(ephemeral, keys.box, _info(keys, public)), _pack_grant(grant)
    )


def pack_answer(key: bytes, request: bytes, ephemeral: bytes, sealed: bytes) -> bytes:
    """The answer to this very request, authenticated with K."""
    return dumps([VERSION, ephemeral, sealed, _mac(key, ANSWER_CONTEXT + request + ephemeral + sealed)])


def open_answer(key: bytes, request: bytes, box: X25519PrivateKey, answer: bytes) -> Grant:
    """The grant in the answer to our request.

    Raises Malformed for anything that is no answer, Unsealable when it answers another request or
    was made with another code.
    """
    if len(answer) > MAX_ANSWER:
        raise Malformed(ANSWER)
    value = loads(answer, ANSWER)
    if not (isinstance(value, list) and len(value) == 4 and value[0] == VERSION and _all_bytes(value[1:])):
        raise Malformed(ANSWER)
    _, ephemeral, sealed, mac = value
    if not hmac.compare_digest(mac, _mac(key, ANSWER_CONTEXT + request + ephemeral + sealed)):
        raise sealing.Unsealable
    info = _info(parse_request(request).keys, ephemeral)
    return _parse_grant(sealing.unseal(sealing.agreed_key(box, ephemeral, info), sealed))


def raw_public(key: X25519PrivateKey) -> bytes:
    """The raw public half."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, sha256)


def _info(keys: PublicKeys, ephemeral: bytes) -> bytes:
    return ANSWER_CONTEXT + keys.signing + keys.issuing + keys.box + ephemeral


def _fields(raw: bytes) -> list:  # type: ignore[type-arg]  # decoded CBOR, checked here
    if len(raw) > MAX_REQUEST:
        raise Malformed(REQUEST)
    value = loads(raw, REQUEST)
    if not isinstance(value, list) or len(value) != 5:
        raise Malformed(REQUEST)
    sound = (
        value[0] == VERSION
        and isinstance(value[1], list)
        and len(value[1]) == 3
        and _all_bytes(value[1], KEY_BYTES)
        and _all_bytes(value[2:3], REQUEST_NONCE_BYTES)
        and isinstance(value[3], str)
        and 0 < len(value[3]) <= MAX_NAME
        and _all_bytes(value[4:], MAC_BYTES)
    )
    if not sound:
        raise Malformed(REQUEST)
    return value


def _request(fields: list) -> Request:  # type: ignore[type-arg]  # checked by _fields
    return Request(PublicKeys(*fields[1]), fields[2], fields[3])


def _all_bytes(values: Sequence[object], length: int | None = None) -> bool:
    return all(isinstance(v, bytes) and (length is None or len(v) == length) for v in values)


def _pack_grant(grant: Grant) -> bytes:
    return dumps(
        [
            VERSION,
            grant.certificate,
            grant.centre,
            grant.role,
            grant.secret,
            grant.enrolment_key,
            grant.trust_file,
            [[recipient.kind, recipient.box] for recipient in grant.recipients],
            grant.recovery,
            grant.token,
            grant.delegation,
            list(grant.frames),
            grant.time,
            grant.host,
        ]
    )


def _parse_grant(raw: bytes) -> Grant:
    """The grant headquarters sealed: its maker is authenticated, so this guards against other versions."""
    value = loads(raw, ANSWER)
    if not (isinstance(value, list) and len(value) == 14 and value[0] == VERSION and _grant_sound(value)):
        raise Malformed(ANSWER)
    _, certificate, centre, role, secret, enrolment_key, trust_file, recipients, *rest = value
    recovery, token, delegation, frames, time, host = rest
    known = tuple(Recipient(*recipient) for recipient in recipients)
    heading = (certificate, centre, role, secret, enrolment_key, trust_file, known)
    return Grant(*heading, recovery, token, delegation, tuple(frames), time, host)


def _grant_sound(value: list) -> bool:  # type: ignore[type-arg]  # decoded CBOR
    recipients, frames = value[7], value[11]
    return (
        _all_bytes([value[1], value[6]])
        and _whole(value[2])
        and isinstance(value[3], str)
        and _all_bytes([value[4], value[5], value[8]], KEY_BYTES)
        and isinstance(recipients, list)
        and all(_recipient(item) for item in recipients)
        and _all_bytes([value[9]], TOKEN_BYTES)
        and (value[10] is None or isinstance(value[10], bytes))
        and isinstance(frames, list)
        and all(isinstance(frame, bytes) and len(frame) <= MAX_FRAME for frame in frames)
        and _whole(value[12])
        and isinstance(value[13], str)
    )


def _recipient(item: object) -> bool:
    return isinstance(item, list) and len(item) == 2 and _whole(item[0]) and _all_bytes(item[1:], KEY_BYTES)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
