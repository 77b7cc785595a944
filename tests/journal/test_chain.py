"""The hash chain and its signed points: written out by hand once, and broken in every way."""

from __future__ import annotations

from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.journal import chain

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
bodies = st.lists(
    st.tuples(st.sampled_from([b"", b"s" * 16]), st.binary(max_size=40)), min_size=1, max_size=8
)


def test_the_chain_is_what_the_format_page_says() -> None:
    first, second = chain.entry(b"", b"one"), chain.entry(b"s" * 16, b"two")
    h0 = sha256(bytes(32) + sha256(b"one").digest()).digest()
    h1 = sha256(h0 + sha256(b"s" * 16 + b"two").digest()).digest()
    assert chain.walk(chain.GENESIS, [first, second]) == [h0, h1]
    assert chain.log_id(h0) == h0[:8]


def test_a_point_is_the_signature_that_the_format_page_says() -> None:
    log, chain_hash = b"12345678", b"h" * 32
    point = chain.sign_point(KEY, log, 258, chain_hash)
    signed = b"balai/point/1\0" + log + b"\0\0\0\0\0\0\1\2" + chain_hash
    KEY.public_key().verify(point.signature, signed)


@given(bodies, st.integers(0, 7))
def test_walking_in_two_steps_is_walking_at_once(written: list[tuple[bytes, bytes]], cut: int) -> None:
    links = [chain.entry(salt, body) for salt, body in written]
    whole = chain.walk(chain.GENESIS, links)
    first = chain.walk(chain.GENESIS, links[:cut])
    assert first + chain.walk(first[-1] if first else chain.GENESIS, links[cut:]) == whole


@given(bodies, st.data())
def test_erasing_keeps_the_chain(written: list[tuple[bytes, bytes]], data: st.DataObject) -> None:
    links = [chain.entry(salt, body) for salt, body in written]
    gone = data.draw(st.integers(0, len(links) - 1))
    erased = [chain.erased(link.inner) if seq == gone else link for seq, link in enumerate(links)]
    assert erased[gone].body is None
    assert chain.walk(chain.GENESIS, erased) == chain.walk(chain.GENESIS, links)


@given(bodies, st.data())
def test_any_other_content_or_salt_is_another_chain(
    written: list[tuple[bytes, bytes]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(written) - 1))
    other = data.draw(
        bodies.map(lambda pairs: pairs[0]).filter(lambda pair: b"".join(pair) != b"".join(written[at]))
    )
    changed = [*written[:at], other, *written[at + 1 :]]
    before = chain.walk(chain.GENESIS, [chain.entry(*pair) for pair in written])
    after = chain.walk(chain.GENESIS, [chain.entry(*pair) for pair in changed])
    assert after[:at] == before[:at]
    assert not set(after[at:]) & set(before[at:])


def test_a_point_holds_for_its_log_its_number_its_hash_and_its_key_alone() -> None:
    log, chain_hash = b"12345678", b"h" * 32
    public = KEY.public_key()
    point = chain.sign_point(KEY, log, 5, chain_hash)
    other = Ed25519PrivateKey.from_private_bytes(b"o" * 32).public_key()
    assert chain.point_holds(public, log, point, chain_hash)
    assert not chain.point_holds(other, log, point, chain_hash)
    assert not chain.point_holds(public, b"87654321", point, chain_hash)
    assert not chain.point_holds(public, log, point._replace(seq=6), chain_hash)
    assert not chain.point_holds(public, log, point, b"g" * 32)
    assert not chain.point_holds(public, log, point._replace(signature=b"short"), chain_hash)
    for bit in range(0, 512, 37):
        bent = bytearray(point.signature)
        bent[bit // 8] ^= 1 << bit % 8
        assert not chain.point_holds(public, log, point._replace(signature=bytes(bent)), chain_hash)
