"""The bundle's container: whole, torn, changed, and for somebody else."""

from __future__ import annotations

from io import BytesIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Refused, SyncTrouble
from app.journal import device_certificate
from app.journal.device_certificate import DeviceCertificate, DeviceKind
from sync.protocol import bundle
from sync.protocol.bundle import Blob, Reader, Secrets, Writer
from sync.protocol.bundle_header import Header, Range
from sync.protocol.cbor import Malformed
from sync.protocol.enrolment import raw_public
from sync.protocol.exchange import Head

AUTHORITY = Ed25519PrivateKey.from_private_bytes(b"a" * 32)
AUTHORITY_PUBLIC = AUTHORITY.public_key().public_bytes_raw()
SENDER = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
HEADQUARTERS = X25519PrivateKey.from_private_bytes(b"h" * 32)
LAPTOP = X25519PrivateKey.from_private_bytes(b"l" * 32)
STRANGER = X25519PrivateKey.from_private_bytes(b"x" * 32)
CERTIFICATE = device_certificate.sign(
    AUTHORITY,
    DeviceCertificate(SENDER.public_key().public_bytes_raw(), 10009, 1, DeviceKind.CENTRE, 0, 99_999, "L"),
)
HEADER = Header(b"i" * 16, 10009, CERTIFICATE, 1_790_000_000_000, {b"l" * 8: Range(0, 9, b"h" * 8)}, 10)


def written(frames: list[bytes], closed: bool = True) -> bytes:
    out = BytesIO()
    writer = Writer(
        out, HEADER, SENDER, [raw_public(HEADQUARTERS), raw_public(LAPTOP)], Secrets(b"c" * 32, _ephemeral)
    )
    for frame in frames:
        writer.frame(frame)
    if closed:
        writer.close()
    return out.getvalue()


def _ephemeral() -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(b"e" * 32)


def read(data: bytes, box: X25519PrivateKey = LAPTOP) -> tuple[list[object], bool]:
    reader = Reader(BytesIO(data))
    found: list[object] = list(reader.items(box))
    return found, reader.complete


@settings(max_examples=25)
@given(st.lists(st.integers(0, 150_000).map(lambda size: bytes([size % 251]) * size), max_size=4))
def test_a_bundle_reads_back_for_each_recipient(frames: list[bytes]) -> None:
    data = written(frames)
    assert read(data, LAPTOP) == (frames, True)
    assert read(data, HEADQUARTERS) == (frames, True)


def test_the_header_says_who_wrote_what() -> None:
    reader = Reader(BytesIO(written([])))
    assert reader.header.ranges == HEADER.ranges
    assert (reader.header.scope, reader.header.count, reader.header.bundle) == (10009, 10, b"i" * 16)
    assert reader.sender(AUTHORITY_PUBLIC).centre == 10009
    with pytest.raises(Refused) as refusal:
        reader.sender(STRANGER.public_key().public_bytes_raw())
    assert refusal.value.code == "device-certificate-foreign"


def test_acknowledgements_and_blobs_travel_too() -> None:
    out = BytesIO()
    writer = Writer(out, HEADER, SENDER, [raw_public(LAPTOP)], Secrets.fresh())
    writer.acks({b"l" * 8: Head(9, b"h" * 8)})
    writer.blob(Blob(b"#" * 32, 16_384, b"piece"))
    writer.close()
    assert read(out.getvalue()) == (
        [{b"l" * 8: Head(9, b"h" * 8)}, Blob(b"#" * 32, 16_384, b"piece")],
        True,
    )


def test_somebody_else_cannot_read_it() -> None:
    with pytest.raises(SyncTrouble) as trouble:
        read(written([b"frame"]), STRANGER)
    assert trouble.value.code == "bundle-not-for-us"


@settings(max_examples=40)
@given(st.data())
def test_a_torn_file_yields_the_frames_that_are_whole(data: st.DataObject) -> None:
    frames = [bytes([n]) * 40_000 for n in range(6)]
    whole = written(frames)
    body = len(written([], closed=False))
    cut = data.draw(st.integers(body, len(whole) - 1))
    found, complete = read(whole[:cut])
    assert found == frames[: len(found)]
    assert not complete
    assert len(found) >= (cut - body) // (bundle.CHUNK + 20) * bundle.CHUNK // 40_100


def test_a_file_whose_end_never_reached_the_stick_yields_what_did() -> None:
    frames = [bytes([n]) * 40_000 for n in range(6)]
    whole = written(frames)
    cut = len(written([], closed=False)) + 2 * (bundle.CHUNK + 20)
    found, complete = read(whole[:cut] + bytes(50_000))
    assert (found, complete) == (frames[:3], False)


def test_an_unfinished_file_is_not_whole() -> None:
    out = written([b"x" * 70_000] * 2, closed=False)
    assert read(out) == ([b"x" * 70_000], False)


@settings(max_examples=60)
@given(st.data())
def test_one_changed_byte_anywhere_is_noticed(data: st.DataObject) -> None:
    changed = bytearray(written([b"f" * 300]))
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        reader = Reader(BytesIO(bytes(changed)))
        reader.sender(AUTHORITY_PUBLIC)
        list(reader.items(LAPTOP))
    except (Malformed, Refused, SyncTrouble):
        return
    assert not reader.complete, "a chunk's length that points beyond the end is a torn file"


def test_chunks_cannot_be_swapped_left_out_or_cut_unnoticed() -> None:
    frames = [bytes([n]) * 60_000 for n in range(4)]
    whole, start, step = written(frames), len(written([], closed=False)), bundle.CHUNK + 20
    chunks = [whole[at : at + step] for at in range(start, len(whole), step)]
    for order in ([1, 0, 2, 3], [0, 2, 3], [0, 0, 1, 2, 3]):
        with pytest.raises(SyncTrouble) as trouble:
            read(whole[:start] + b"".join(chunks[n] for n in order))
        assert trouble.value.code == "bundle-tampered"
    assert read(whole[:start] + b"".join(chunks[:-1]))[1] is False


@given(st.binary(max_size=200))
def test_another_file_is_no_bundle(data: bytes) -> None:
    for content in (data, bundle.MAGIC + data):
        with pytest.raises(Malformed):
            Reader(BytesIO(content))
