"""The bytes on the wire and on the stick, as they were when the format was fixed; they never change."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.domain import codes
from app.journal import device_certificate
from app.journal.device_certificate import DeviceCertificate, DeviceKind
from sync.protocol import enrolment, exchange, refusals, signing
from sync.protocol.bundle import Blob, Reader, Secrets, Writer
from sync.protocol.bundle_header import Header, Range
from sync.protocol.digest import digest
from sync.protocol.enrolment import Grant, PublicKeys, Recipient
from sync.protocol.exchange import Cursor, Head, Refusal, ReplyHead, Request, Sent, Status
from sync.protocol.reply import Reply

FILE = Path(__file__).resolve().parents[1] / "golden" / "exchange.json"
GOLDEN: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))

SIGNING = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
AUTHORITY = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
BOX = X25519PrivateKey.from_private_bytes(bytes(range(64, 96)))
EPHEMERAL = X25519PrivateKey.from_private_bytes(bytes(range(96, 128)))
CODE = codes.written(0x0123456789ABCDE, 12)
K = bytes.fromhex(GOLDEN["enrolment key K"])
KEYS = PublicKeys(SIGNING.public_key().public_bytes_raw(), b"i" * 32, enrolment.raw_public(BOX))
ENROL = enrolment.Request(KEYS, b"n" * 16, "Laptop Ternate 1")
CERTIFICATE = DeviceCertificate(KEYS.signing, 10009, 1, DeviceKind.CENTRE, 20_700, 22_525, "Laptop Ternate 1")
ASKED = Request(
    b"d" * 8,
    b"t" * 16,
    b"g" * 8,
    {b"a" * 8: Head(0, b"x" * 8), b"b" * 8: Head(70_000, b"y" * 8)},
    {0: Cursor(0, bytes(4)), 10009: Cursor(300, b"hash")},
    (b"frame one", b"frame two"),
    1_048_576,
)
ANSWERED = ReplyHead(
    Status.TAKEN,
    1_790_000_000_000,
    b"u" * 16,
    b"g" * 8,
    {b"a" * 8: Head(23_559, b"z" * 8)},
    None,
    (Refusal(b"b" * 8, 7, "gap"),),
)
GRANT = Grant(
    certificate=b"certificate",
    centre=10009,
    role="administrator",
    secret=b"c" * 32,
    enrolment_key=b"h" * 32,
    trust_file=b"trust",
    recipients=(Recipient(1, b"1" * 32), Recipient(0, b"0" * 32)),
    recovery=b"r" * 32,
    token=b"t" * 16,
    delegation=b"delegation",
    frames=(b"frame",),
    time=1_790_000_000_000,
    host="hq.example",
)


def _request() -> bytes:
    return enrolment.pack_request(K, ENROL)


def _answer() -> bytes:
    return enrolment.pack_answer(K, _request(), *enrolment.seal_grant(KEYS, EPHEMERAL, GRANT))


def _certificate() -> bytes:
    return device_certificate.sign(AUTHORITY, CERTIFICATE)


def _bundle() -> bytes:
    header = Header(
        b"i" * 16, 10009, _certificate(), 1_790_000_000_000, {b"l" * 8: Range(0, 9, b"h" * 8)}, 10
    )
    out = BytesIO()
    writer = Writer(out, header, SIGNING, [enrolment.raw_public(BOX)], Secrets(b"c" * 32, lambda: EPHEMERAL))
    writer.frame(b"frame one")
    writer.acks({b"l" * 8: Head(9, b"h" * 8)})
    writer.blob(Blob(b"#" * 32, 0, b"piece"))
    writer.close()
    return out.getvalue()


def _reply() -> bytes:
    items = [Sent(10009, 301, b"frame"), Sent(0, 12, b"hash")]
    return exchange.pack_head(ANSWERED) + b"".join(map(exchange.pack_sent, items)) + exchange.pack_more(False)


MADE: dict[str, Callable[[], bytes]] = {
    "enrolment code": CODE.encode,
    "enrolment key K": lambda: enrolment.stretch(CODE),
    "enrolment request": _request,
    "enrolment answer": _answer,
    "device certificate": _certificate,
    "device id": lambda: CERTIFICATE.device_id,
    "sync request": lambda: signing.sign_request(
        SIGNING, "POST", "hq.example", exchange.PATH, exchange.pack_request(ASKED)
    ),
    "sync reply": _reply,
    "refusal": lambda: refusals.pack("sync-device-unknown"),
    "digest": lambda: digest([(b"b" * 8, 70_000, b"2" * 32), (b"a" * 8, 0, b"1" * 32)]),
    "bundle": _bundle,
    "recovery phrase": codes.recovery_phrase(bytes(range(20))).encode,
}


@pytest.mark.parametrize("name", MADE)
def test_the_bytes_are_those_of_the_first_version(name: str) -> None:
    assert MADE[name]().hex() == GOLDEN[name]


def test_the_file_holds_nothing_that_is_not_made_here() -> None:
    assert set(GOLDEN) == set(MADE)


def test_the_golden_bytes_read_back() -> None:
    golden = {name: bytes.fromhex(text) for name, text in GOLDEN.items()}
    request = golden["sync request"]
    assert signing.request_holds(KEYS.signing, "POST", "hq.example", exchange.PATH, request)
    assert exchange.parse_request(signing.split_request(request)[1]) == ASKED
    reply = Reply([golden["sync reply"]])
    assert list(reply.frames()) == [Sent(10009, 301, b"frame"), Sent(0, 12, b"hash")]
    assert (reply.head, reply.more) == (ANSWERED, False)
    assert enrolment.parse_request(golden["enrolment request"]) == ENROL
    assert enrolment.open_answer(K, golden["enrolment request"], BOX, golden["enrolment answer"]) == GRANT
    authority = AUTHORITY.public_key().public_bytes_raw()
    assert device_certificate.verify(golden["device certificate"], authority) == CERTIFICATE
    assert refusals.parse(golden["refusal"]).code == "sync-device-unknown"
    reader = Reader(BytesIO(golden["bundle"]))
    assert reader.sender(authority) == CERTIFICATE
    items = list(reader.items(BOX))
    assert items == [b"frame one", {b"l" * 8: Head(9, b"h" * 8)}, Blob(b"#" * 32, 0, b"piece")]
    assert reader.complete
