"""Chunks: whatever is cut comes back, what is in the middle changes little, and only what is named stays."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.storage import chunks
from app.storage.store import Store


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 200_000), st.integers(0, 3))
def test_whatever_is_cut_comes_back_in_pieces_within_the_limit(size: int, seed: int) -> None:
    content = random.Random(seed).randbytes(size) if seed else bytes(size)
    pieces = chunks.cut(content)
    assert b"".join(pieces) == content
    assert all(0 < len(piece) <= chunks.LARGEST for piece in pieces)
    assert len(pieces) <= chunks.MOST


def test_a_content_of_four_megabytes_still_has_hashes_that_fit_into_a_change() -> None:
    pieces = chunks.cut(random.Random(1).randbytes(4 << 20))
    assert len(pieces) * 34 < 16_000


def test_a_byte_put_in_the_middle_leaves_nearly_all_chunks_as_they_were() -> None:
    content = random.Random(2).randbytes(60_000)
    changed = content[:30_000] + b"!" + content[30_000:]
    before, after = set(chunks.cut(content)), chunks.cut(changed)
    assert sum(len(piece) for piece in after if piece not in before) < 20_000


def test_chunks_are_kept_once_joined_in_order_and_dropped_when_nobody_names_them(store: Store) -> None:
    content = random.Random(3).randbytes(50_000)
    pieces = chunks.cut(content)
    names = [chunks.digest(piece) for piece in pieces]
    with store.write() as session:
        connection = session.connection()
        chunks.keep(connection, pieces[1:])
        assert chunks.held(connection, names) == set(names[1:])
        assert chunks.joined(connection, names) is None
        chunks.keep(connection, [pieces[0], pieces[0], pieces[1]])
        assert chunks.joined(connection, [*names, names[0]]) == content + pieces[0]
        assert chunks.one(connection, names[0]) == pieces[0]
        chunks.drop_others(connection, names[:1])
        assert chunks.held(connection, names) == {names[0]}
