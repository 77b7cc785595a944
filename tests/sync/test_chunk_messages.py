"""The messages about chunks: whole in any pieces, honest about a cut, and nothing else taken for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import SyncTrouble
from sync.protocol import chunks as messages
from sync.protocol.cbor import Torn


@given(st.lists(st.binary(max_size=300), max_size=8), st.integers(1, 50))
def test_chunks_come_back_from_their_message_in_whatever_pieces_it_arrives(
    some: list[bytes], width: int
) -> None:
    reply = messages.pack_reply(some)
    pieces = [reply[start : start + width] for start in range(0, len(reply), width)]
    assert list(messages.received(pieces)) == some


@given(st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=5), st.data())
def test_a_cut_message_gives_its_whole_chunks_and_says_that_it_is_cut(
    some: list[bytes], data: st.DataObject
) -> None:
    reply = messages.pack_reply(some)
    end = data.draw(st.integers(0, len(reply) - 1))
    came: list[bytes] = []
    with pytest.raises(Torn):
        for chunk in messages.received([reply[:end]]):
            came.append(chunk)
    assert came == some[: len(came)] and len(came) < len(some)


@pytest.mark.parametrize(
    "make",
    [
        lambda: messages.parse_request(b""),
        lambda: messages.parse_request(messages.pack_request([])),
        lambda: messages.parse_request(messages.pack_request([b"short"])),
        lambda: messages.parse_request(messages.pack_request([b"#" * 32] * 65)),
        lambda: list(messages.received([messages.pack_reply([b"a"]) + b"\x41a"])),
        lambda: list(messages.received([messages.pack_reply([b"a" * 16_385])])),
        lambda: list(messages.received([b"\x82\x01\x01\x01"])),
        lambda: list(messages.received([b"\x82\x01\x18\x41"])),
        lambda: list(messages.received([b"<html>"])),
    ],
)
def test_what_is_no_message_of_ours_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(SyncTrouble, match="sync-malformed"):
        make()
