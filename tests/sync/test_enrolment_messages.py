"""Enrolment's two messages: bound to the code, to both sides' keys, and to each other."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.domain import codes
from app.errors import Refused
from app.journal import device_certificate
from app.journal.device_certificate import DeviceCertificate, DeviceKind
from sync.protocol import enrolment
from sync.protocol.cbor import Malformed
from sync.protocol.enrolment import Grant, PublicKeys, Recipient, Request
from sync.protocol.sealing import Unsealable

BOX = X25519PrivateKey.from_private_bytes(b"b" * 32)
EPHEMERAL = X25519PrivateKey.from_private_bytes(b"e" * 32)
KEYS = PublicKeys(b"s" * 32, b"i" * 32, enrolment.raw_public(BOX))
REQUEST = Request(KEYS, b"n" * 16, "Laptop 1")
K = b"k" * 32
GRANT = Grant(
    certificate=b"certificate",
    centre=10009,
    role="admin",
    secret=b"c" * 32,
    enrolment_key=b"h" * 32,
    trust_file=b"trust",
    recipients=(Recipient(1, b"1" * 32), Recipient(0, b"0" * 32)),
    recovery=b"r" * 32,
    token=b"t" * 16,
    delegation=None,
    frames=(b"frame",),
    time=1_790_000_000_000,
    host="hq.example",
)


def _answer(request: bytes, key: bytes = K) -> bytes:
    return enrolment.pack_answer(key, request, *enrolment.seal_grant(KEYS, EPHEMERAL, GRANT))


def test_the_key_of_a_code_does_not_depend_on_how_it_was_typed() -> None:
    code = codes.enrolment_code(b"01234567")
    assert enrolment.stretch(code) == enrolment.stretch(code.lower().replace("-", " "))
    assert enrolment.stretch(code) != enrolment.stretch(codes.enrolment_code(b"01234568"))


def test_a_request_says_who_asks_and_shows_that_the_code_was_known() -> None:
    raw = enrolment.pack_request(K, REQUEST)
    assert enrolment.parse_request(raw) == REQUEST
    assert enrolment.request_holds(K, raw)
    assert not enrolment.request_holds(b"x" * 32, raw)


def test_an_answer_opens_with_the_code_and_the_device_s_own_key() -> None:
    raw = enrolment.pack_request(K, REQUEST)
    assert enrolment.open_answer(K, raw, BOX, _answer(raw)) == GRANT


def test_an_answer_opens_for_nobody_else_and_to_no_other_request() -> None:
    raw = enrolment.pack_request(K, REQUEST)
    other = enrolment.pack_request(K, replace(REQUEST, nonce=b"m" * 16))
    for key, request, box in ((b"x" * 32, raw, BOX), (K, other, BOX), (K, raw, EPHEMERAL)):
        with pytest.raises(Unsealable):
            enrolment.open_answer(key, request, box, _answer(raw))


def test_the_same_keys_asking_again_get_the_same_grant() -> None:
    """What is sealed is kept; only the authentication is made anew over the new request."""
    sealed = enrolment.seal_grant(KEYS, EPHEMERAL, GRANT)
    for nonce in (b"1" * 16, b"2" * 16):
        raw = enrolment.pack_request(K, replace(REQUEST, nonce=nonce))
        assert enrolment.open_answer(K, raw, BOX, enrolment.pack_answer(K, raw, *sealed)) == GRANT


@given(st.data())
def test_one_byte_changed_in_either_message_is_noticed(data: st.DataObject) -> None:
    raw = enrolment.pack_request(K, REQUEST)
    answer = bytearray(_answer(raw))
    answer[data.draw(st.integers(0, len(answer) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises((Malformed, Unsealable)):
        enrolment.open_answer(K, raw, BOX, bytes(answer))
    changed = bytearray(raw)
    changed[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    with suppress(Malformed):
        assert not enrolment.request_holds(K, bytes(changed))


@given(st.binary(max_size=300))
def test_no_bytes_at_all_break_the_readers(data: bytes) -> None:
    raw = enrolment.pack_request(K, REQUEST)
    with pytest.raises(Malformed):
        enrolment.parse_request(data)
    with pytest.raises((Malformed, Unsealable)):
        enrolment.open_answer(K, raw, BOX, data)


@given(
    st.builds(
        DeviceCertificate,
        public_key=st.binary(min_size=32, max_size=32),
        centre=st.integers(0, 99_999),
        number=st.integers(0, 1 << 31),
        kind=st.sampled_from(DeviceKind),
        not_before=st.integers(0, 100_000),
        expires=st.integers(0, 100_000),
        name=st.text(max_size=40),
    )
)
def test_a_device_certificate_reads_back_and_is_headquarters_own(certificate: DeviceCertificate) -> None:
    key = Ed25519PrivateKey.from_private_bytes(b"q" * 32)
    signed = device_certificate.sign(key, certificate)
    public = key.public_key().public_bytes_raw()
    assert device_certificate.verify(signed, public) == device_certificate.parse(signed) == certificate
    with pytest.raises(Refused) as refusal:
        device_certificate.verify(signed, b"z" * 32)
    assert refusal.value.code == "device-certificate-foreign"


@given(st.binary(max_size=200))
def test_other_bytes_are_no_device_certificate(data: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        device_certificate.parse(data)
    assert refusal.value.code == "device-certificate-invalid"


def test_a_device_writes_its_own_scope_and_headquarters_every_one() -> None:
    laptop = DeviceCertificate(bytes(32), 10009, 1, DeviceKind.CENTRE, 20_000, 21_000, "")
    server = replace(laptop, kind=DeviceKind.HEADQUARTERS, centre=0)
    assert [laptop.may_write(scope) for scope in (0, 1, 10009, 10010)] == [False, False, True, False]
    assert all(server.may_write(scope) for scope in (0, 1, 10009, 10010))
    assert [laptop.alive(day) for day in (19_999, 20_000, 21_000, 21_001)] == [False, True, True, False]
    assert laptop.device_id == device_certificate.device_id(bytes(32))
