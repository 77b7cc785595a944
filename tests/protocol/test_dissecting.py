"""Changes taken apart by byte columns give the same leaves as changes parsed one by one."""

from __future__ import annotations

import gc
import random
from collections.abc import Sequence

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.journal.change import Change, pack
from bench import centre
from sync.protocol import collector, shapes
from sync.protocol.dissecting import dissected
from tests.protocol import made


def rebuilt(bodies: Sequence[bytes]) -> dict[int, Change]:
    """The changes by place, from their leaves."""
    found: dict[int, Change] = {}
    for shape, places, leaves in dissected(bodies):
        assert shape.leaves == len(leaves)
        assert places == sorted(places)
        changes = shapes.changes(shape, leaves, len(places))
        assert not found.keys() & set(places)
        found.update(zip(places, changes, strict=True))
    return found


@given(made.alike(), st.integers(0, 1_000))
@settings(max_examples=60)
def test_many_changes_of_like_layouts_give_what_parsing_gives(like: list[Change], seed: int) -> None:
    changes = like * (400 // len(like) + 1)
    random.Random(seed).shuffle(changes)
    found = rebuilt([pack(change) for change in changes])
    assert repr([found[at] for at in range(len(changes))]) == repr(changes)


def test_a_centre_s_changes_give_what_parsing_gives() -> None:
    changes = centre.changes(participants=200, classes=10, sessions=5, modules=5)
    found = rebuilt([pack(change) for change in changes])
    assert [found[at] for at in range(len(changes))] == changes


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"\x80",
        b"\xff",
        b"\x86",
        cbor2.dumps([1, 2, 3, 4, 5, 6]),
        cbor2.dumps({}),
        cbor2.dumps("a" * 300),
    ],
    ids=lambda wrong: wrong[:8].hex() or "none",
)
def test_what_is_no_change_is_left_out_and_the_others_are_not(wrong: bytes) -> None:
    bodies = [pack(change) for change in made.marks(300)]
    found = rebuilt([*bodies[:7], wrong, *bodies[7:]])
    assert set(range(301)) - found.keys() <= {7}
    assert found[0] == made.marks(1)[0]


def test_like_bytes_in_another_layout_are_told_apart() -> None:
    mark = made.marks(1)[0]
    changes = [mark._replace(groups={1: ("Txx", None)}), mark._replace(groups={1: ("T", 495)})] * 300
    assert len({len(pack(change)) for change in changes}) == 1
    found = rebuilt([pack(change) for change in changes])
    assert [found[at] for at in range(600)] == changes


def test_the_collector_rests_only_within_and_is_left_as_it_was() -> None:
    assert gc.isenabled()
    with collector.paused():
        assert not gc.isenabled()
        with collector.paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
