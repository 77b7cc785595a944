"""Headquarters' word on a device: read strictly, believed only when signed."""

from __future__ import annotations

from dataclasses import replace

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.journal import device_certificate
from app.journal.device_certificate import DeviceCertificate, DeviceKind

AUTHORITY = Ed25519PrivateKey.from_private_bytes(b"a" * 32)
PUBLIC = AUTHORITY.public_key().public_bytes_raw()
LAPTOP = DeviceCertificate(b"k" * 32, 10009, 7, DeviceKind.CENTRE, 20_000, 30_000, "Laptop Kelas 1")
certificates = st.builds(
    DeviceCertificate,
    st.binary(min_size=32, max_size=32),
    *[st.integers(0, (1 << 32) - 1)] * 2,
    st.sampled_from(DeviceKind),
    *[st.integers(0, (1 << 32) - 1)] * 2,
    st.text(max_size=100),
)


@given(certificates)
def test_a_certificate_says_what_was_signed(certificate: DeviceCertificate) -> None:
    signed = device_certificate.sign(AUTHORITY, certificate)
    assert device_certificate.parse(signed) == certificate
    assert device_certificate.verify(signed, PUBLIC) == certificate


@given(st.integers(0, 8 * len(device_certificate.sign(AUTHORITY, LAPTOP)) - 1))
def test_one_changed_bit_is_refused(bit: int) -> None:
    bent = bytearray(device_certificate.sign(AUTHORITY, LAPTOP))
    bent[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Refused, match=r"device-certificate-(invalid|foreign)"):
        device_certificate.verify(bytes(bent), PUBLIC)


def test_the_longest_name_fits() -> None:
    longest = replace(LAPTOP, name="\U0001f3eb" * device_certificate.MAX_NAME)
    assert device_certificate.verify(device_certificate.sign(AUTHORITY, longest), PUBLIC) == longest


@given(st.binary(max_size=100))
def test_other_bytes_are_no_certificate(data: bytes) -> None:
    with pytest.raises(Refused, match="device-certificate-invalid"):
        device_certificate.parse(data)


def test_somebody_elses_signature_counts_for_nothing() -> None:
    signed = device_certificate.sign(Ed25519PrivateKey.generate(), LAPTOP)
    with pytest.raises(Refused, match="device-certificate-foreign"):
        device_certificate.verify(signed, PUBLIC)
    with pytest.raises(Refused, match="device-certificate-foreign"):
        device_certificate.verify(device_certificate.sign(AUTHORITY, LAPTOP), b"no key")


@pytest.mark.parametrize(
    "items",
    [
        [2, b"k" * 32, 10009, 7, 0, 0, 1, "n"],
        [1, b"k" * 31, 10009, 7, 0, 0, 1, "n"],
        [1, b"k" * 32, -1, 7, 0, 0, 1, "n"],
        [1, b"k" * 32, 1 << 32, 7, 0, 0, 1, "n"],
        [1, b"k" * 32, 10009, True, 0, 0, 1, "n"],
        [1, b"k" * 32, 10009, 7, 2, 0, 1, "n"],
        [1, b"k" * 32, 10009, 7, 0, 0, 1, b"n"],
        [1, b"k" * 32, 10009, 7, 0, 0, 1, "n" * 121],
        [1, b"k" * 32, 10009, 7, 0, 0, 1],
    ],
)
def test_a_signature_over_nonsense_is_no_certificate(items: list[object]) -> None:
    payload = cbor2.dumps(items)
    signed = cbor2.dumps([payload, AUTHORITY.sign(device_certificate.CONTEXT + payload)])
    with pytest.raises(Refused, match="device-certificate-invalid"):
        device_certificate.verify(signed, PUBLIC)


def test_a_centres_device_writes_its_centre_and_headquarters_writes_everywhere() -> None:
    office = DeviceCertificate(b"k" * 32, 0, 0, DeviceKind.HEADQUARTERS, 0, 1, "Pusat")
    assert [scope for scope in (0, 1, 10009, 10010) if LAPTOP.may_write(scope)] == [10009]
    assert all(office.may_write(scope) for scope in (0, 1, 10009, 10010))
    clever = DeviceCertificate(b"k" * 32, 0, 0, DeviceKind.CENTRE, 0, 1, "Centre nought")
    assert not clever.may_write(0)


def test_a_certificate_covers_its_first_and_its_last_day() -> None:
    assert [day for day in (19_999, 20_000, 30_000, 30_001) if LAPTOP.alive(day)] == [20_000, 30_000]
