"""The messages of `POST /v1/sync`: one spelling, strict, bounded, readable as a stream."""

from __future__ import annotations

from collections.abc import Iterator

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol import cbor, exchange, signing, tokens
from sync.protocol.cbor import Malformed, Torn
from sync.protocol.digest import digest
from sync.protocol.exchange import Cursor, Head, Refusal, ReplyHead, Request, Sent, Status
from sync.protocol.reply import Reply

numbers = st.integers(0, (1 << 63) - 1)
eight = st.binary(min_size=8, max_size=8)
token = st.binary(min_size=16, max_size=16)
heads = st.dictionaries(eight, st.builds(Head, numbers, eight), max_size=4)
requests = st.builds(
    Request,
    device=eight,
    token=st.just(b"") | token,
    digest=eight,
    heads=st.none() | heads,
    cursors=st.dictionaries(
        numbers, st.builds(Cursor, numbers, st.binary(min_size=4, max_size=4)), max_size=4
    ),
    frames=st.lists(st.binary(max_size=200), max_size=3).map(tuple),
    most=numbers,
)
reply_heads = st.builds(
    ReplyHead,
    status=st.sampled_from(Status),
    time=numbers,
    token=token,
    digest=eight,
    acks=heads,
    heads=st.none() | heads,
    refused=st.lists(
        st.builds(Refusal, eight, numbers, st.sampled_from(list(exchange.Fault))), max_size=3
    ).map(tuple),
)
sent = st.builds(Sent, numbers, numbers, st.binary(max_size=300))


@given(requests)
def test_a_request_reads_back_as_it_was(request_: Request) -> None:
    assert exchange.parse_request(exchange.pack_request(request_)) == request_


@given(reply_heads, st.lists(sent, max_size=4), st.booleans(), st.integers(1, 64))
def test_a_reply_reads_back_from_pieces_of_any_size(
    head: ReplyHead, frames: list[Sent], more: bool, size: int
) -> None:
    reply = Reply(_pieces(_reply(head, frames, more), size))
    assert (reply.head, list(reply.frames()), reply.more) == (head, frames, more)


@given(reply_heads, st.lists(sent, min_size=1, max_size=3), st.data())
def test_a_cut_reply_gives_its_whole_frames_and_then_says_so(
    head: ReplyHead, frames: list[Sent], data: st.DataObject
) -> None:
    whole = _reply(head, frames, True)
    cut = data.draw(st.integers(len(exchange.pack_head(head)), len(whole) - 1))
    reply = Reply([whole[:cut]])
    got = []
    with pytest.raises(Torn):
        for frame in reply.frames():
            got.append(frame)
    assert got == frames[: len(got)]
    assert reply.more is None


@given(st.binary(max_size=200))
def test_no_bytes_at_all_break_the_readers(data: bytes) -> None:
    for read in (exchange.parse_request, exchange.parse_head, lambda d: list(Reply([d]).frames())):
        try:
            read(data)
        except Malformed as fault:
            assert fault.code == "sync-malformed"


@given(requests, st.data())
def test_a_request_with_one_byte_changed_is_another_or_none_but_never_signed(
    request_: Request, data: st.DataObject
) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public = key.public_key().public_bytes_raw()
    body = bytearray(signing.sign_request(key, "POST", "hq", exchange.PATH, exchange.pack_request(request_)))
    assert signing.request_holds(public, "POST", "hq", exchange.PATH, bytes(body))
    body[data.draw(st.integers(0, len(body) - 1))] ^= data.draw(st.integers(1, 255))
    assert not signing.request_holds(public, "POST", "hq", exchange.PATH, bytes(body))


def test_a_signature_holds_for_one_method_host_and_path() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public = key.public_key().public_bytes_raw()
    body = signing.sign_request(key, "POST", "hq.example", exchange.PATH, b"payload")
    assert not signing.request_holds(public, "GET", "hq.example", exchange.PATH, body)
    assert not signing.request_holds(public, "POST", "other.example", exchange.PATH, body)
    assert not signing.request_holds(public, "POST", "hq.example", "/v1/enrol", body)
    with pytest.raises(Malformed):
        signing.split_request(b"short")


@pytest.mark.parametrize(
    "data",
    [
        b"\x18\x01",  # a number longer than needed
        b"\x9f\xff",  # indefinite length
        b"\xc0\x00",  # a tag
        b"\xf9\x00\x00",  # a float
        b"\xa2\x02\x00\x01\x00",  # keys out of order
        b"\xa2\x01\x00\x01\x00",  # a key twice
        b"\x63e\xcc\x81",  # text outside NFC
        b"\x00\x00",  # something after the item
        b"\x5b\x7f\xff\xff\xff\xff\xff\xff\xff",  # a length beyond the end
        b"\x81" * 50 + b"\x00",  # deeper than any message
        b"",
    ],
)
def test_every_other_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        cbor.loads(data, "test")


def test_an_item_beyond_the_bound_is_refused_before_it_is_collected() -> None:
    def endless() -> Iterator[bytes]:
        yield b"\x5a\x7f\xff\xff\xff"
        raise AssertionError("asked for more")

    with pytest.raises(Malformed):
        list(cbor.Items(endless(), 1000, "test"))
    with pytest.raises(Malformed):
        list(cbor.Items([b"\x9a\x7f\xff\xff\xff"], 1000, "test"))


def test_a_reply_with_something_after_its_end_is_refused() -> None:
    head = ReplyHead(Status.TAKEN, 0, bytes(16), bytes(8))
    with pytest.raises(Malformed):
        list(Reply([_reply(head, [], False) + b"\x00"]).frames())


def test_the_digest_does_not_depend_on_the_order_of_logs() -> None:
    rows = [(bytes([n]) * 8, n, bytes([n]) * 32) for n in range(5)]
    assert digest(rows) == digest(reversed(rows))
    assert digest(rows) != digest(rows[1:])
    assert digest([]) == bytes.fromhex("e3b0c44298fc1c14")


def test_a_lost_reply_never_locks_a_device_out() -> None:
    known = tokens.after(tokens.Tokens(), b"", b"first")
    for n in range(5):  # the reply with each new token is lost
        assert tokens.judge(known, b"first") is tokens.Verdict.TAKEN
        known = tokens.after(known, b"first", b"lost%d" % n)
    assert tokens.judge(known, b"lost4") is tokens.Verdict.TAKEN
    assert tokens.judge(known, b"lost3") is tokens.Verdict.STRANGE


def test_a_clone_that_goes_on_by_itself_is_noticed() -> None:
    known = tokens.Tokens(b"shared", b"before")
    known = tokens.after(known, b"shared", b"ours")
    known = tokens.after(known, b"ours", b"ours2")
    assert tokens.judge(known, b"shared") is tokens.Verdict.STRANGE
    known = tokens.after(known, b"shared", b"theirs")
    assert tokens.judge(known, b"ours2") is tokens.Verdict.TAKEN, (
        "the original is not locked out by its clone"
    )


def test_only_a_device_never_heard_of_may_come_without_a_token() -> None:
    assert tokens.judge(tokens.Tokens(), b"") is tokens.Verdict.FIRST
    assert tokens.judge(tokens.Tokens(b"x", b"y"), b"") is tokens.Verdict.STRANGE
    assert tokens.judge(tokens.Tokens(b"x", b""), b"") is tokens.Verdict.STRANGE


def test_the_encoder_writes_what_any_ordinary_encoder_writes() -> None:
    request_ = Request(b"d" * 8, b"", b"g" * 8, {b"b" * 8: Head(1, b"h" * 8), b"a" * 8: Head(2, b"i" * 8)})
    assert exchange.pack_request(request_) == cbor2.dumps(
        cbor2.loads(exchange.pack_request(request_)), canonical=True
    )


def _reply(head: ReplyHead, frames: list[Sent], more: bool) -> bytes:
    return exchange.pack_head(head) + b"".join(map(exchange.pack_sent, frames)) + exchange.pack_more(more)


def _pieces(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]
