"""A frame gives back every change byte for byte, whatever the changes are."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.journal import chain
from app.journal.chain import Entry
from app.journal.change import Change, Ref, pack
from bench import centre
from sync.protocol import dissecting, frame
from sync.protocol.choosing.book import Book
from sync.protocol.choosing.values import of_values
from sync.protocol.limits import FrameInvalid
from sync.protocol.shapes import Form
from tests.protocol import made
from tests.protocol.made import entries_of, framed, reread, same

SMALL = centre.changes(participants=40, classes=2, sessions=3, modules=3)


@given(made.runs)
@settings(max_examples=200)
def test_any_run_of_changes_comes_back_byte_for_byte(entries: tuple[Entry, ...]) -> None:
    sent = framed(entries)
    data = frame.encode(sent)
    found = frame.decode(data)
    assert found.frame == sent
    assert frame.head(data) == frame.FrameHead(sent.log, sent.first, len(entries), sent.previous, sent.points)
    for change, entry in zip(found.changes, entries, strict=True):
        assert (pack(change) if change else None) == entry.body


@given(st.lists(made.scalars, min_size=1, max_size=80) | st.lists(made.values, min_size=1, max_size=30))
def test_whatever_kind_is_picked_gives_the_column_back(values: list[object]) -> None:
    rows = range(len(values))
    book = Book([0] * len(values))
    assert same(reread(of_values(values, rows, book), len(values), book.earlier, rows), values)


@given(st.data())
def test_a_column_that_leans_on_earlier_ones_comes_back(data: st.DataObject) -> None:
    count = data.draw(st.integers(257, 400))
    draw = random.Random(data.draw(st.integers(0, 1000)))
    key = [draw.choice("abc") for _ in range(count)]
    earlier = [{"a": 1, "b": None, "c": 3}[letter] for letter in key]
    told = [{"a": "x", "b": "y", "c": None}[letter] for letter in key]
    book, rows = Book([0] * count), range(count)
    for values in (key, earlier, told):
        assert same(reread(of_values(values, rows, book), count, book.earlier, rows), values)
        book.add(rows, values)


@pytest.mark.parametrize("order", ["time", "table"])
def test_a_centre_s_log_comes_back_and_shrinks(order: str) -> None:
    changes = centre.changes(participants=40, classes=2, sessions=3, modules=3, order=order)
    entries = tuple(centre.entries(changes))
    data = frame.encode(framed(entries))
    found = frame.decode(data)
    assert found.frame.entries == entries
    assert found.changes == changes
    assert len(data) < sum(len(entry.body or b"") for entry in entries) / 4


def test_the_tables_of_a_frame_hold_the_changes_as_columns() -> None:
    found = frame.decode(frame.encode(framed(entries_of(SMALL))))
    rows = sorted(row for table in found.tables for row in table.rows)
    assert rows == list(range(len(SMALL)))
    marks = next(table for table in found.tables if table.shape.entity == 6)
    assert marks.shape.groups[0] == (1, 2)
    assert set(marks.leaves[4]) <= set("HTISA")


def test_a_change_with_a_value_of_another_type_among_like_ones_comes_back() -> None:
    changes = made.marks(60)
    changes[7] = changes[7]._replace(groups={1: (True, 0)})
    changes[8] = changes[8]._replace(groups={1: (1, False)})
    changes[9] = changes[9]._replace(groups={1: ((1, "H"), b"")})
    assert frame.decode(frame.encode(framed(entries_of(changes)))).changes == changes


def test_more_shapes_than_a_frame_can_hold_travel_verbatim() -> None:
    changes = [Change(entity, (entity,), {1: (None,)}, (), None, 5) for entity in range(400)]
    found = frame.decode(frame.encode(framed(entries_of(changes))))
    assert found.changes == changes
    assert any(table.shape.form is Form.VERBATIM for table in found.tables)


def test_a_change_beyond_the_bounds_of_shapes_travels_verbatim() -> None:
    refs = tuple(Ref(bytes(8), at, bytes(4)) for at in range(40))
    changes = [*made.marks(3), Change(1, (None,) * 300, {}, refs, None, 5)]
    found = frame.decode(frame.encode(framed(entries_of(changes))))
    assert found.changes == changes
    assert [table.shape.form for table in found.tables] == [Form.LEAVES, Form.VERBATIM]


def test_a_change_that_does_not_come_back_travels_verbatim(monkeypatch: pytest.MonkeyPatch) -> None:
    changes = made.marks(100)
    honest = dissecting._texts

    def lying(raw: Sequence[bytes]) -> Sequence[str]:
        found = honest(raw)
        if len(found) < 100:
            return found
        return [*found[:4], "T", *found[5:]] if found[0] == "H" else found

    monkeypatch.setattr(dissecting, "_texts", lying)
    found = frame.decode(frame.encode(framed(entries_of(changes))))
    assert found.changes == changes
    assert [list(t.rows) for t in found.tables if t.shape.form is Form.VERBATIM] == [[4]]


def test_bytes_that_are_no_change_are_not_sent() -> None:
    for body in (b"", b"\x00", b"\x86", pack(made.marks(1)[0]) + b"\x00"):
        entries = (*entries_of(made.marks(3)), chain.entry(b"", body))
        with pytest.raises(FrameInvalid):
            frame.encode(framed(entries))


def test_a_salt_or_an_inner_hash_of_another_length_is_not_sent() -> None:
    body = pack(made.marks(1)[0])
    for entry in (chain.entry(b"salt", body), chain.erased(b"short")):
        with pytest.raises(FrameInvalid):
            frame.encode(framed([entry]))


def test_the_longest_change_comes_back_and_a_frame_of_many_is_refused() -> None:
    longest = Change(1, (), {1: (bytes(16_340),)}, (), None, 5)
    data = frame.encode(framed(entries_of([longest] * 500)))
    assert len(data) < 2_000
    assert frame.decode(data).changes == [longest] * 500
    with pytest.raises(FrameInvalid):
        frame.encode(framed(entries_of([longest] * 520)))


def test_a_centre_s_year_and_twenty_changed_marks_stay_as_small_as_they_are() -> None:
    changes = centre.changes()
    assert len(frame.encode(framed(centre.entries(changes)))) < 115_000
    assert len(frame.encode(framed(centre.entries(centre.corrected(changes))))) <= 400


@pytest.mark.parametrize(
    "points",
    [[4], [5, 5], [6, 5], [9], list(range(5, 300))],
    ids=["before", "twice", "back", "after", "many"],
)
def test_points_must_lie_in_the_frame_in_order(points: list[int]) -> None:
    with pytest.raises(FrameInvalid):
        frame.encode(framed(entries_of(made.marks(4)), 5, points))


def test_a_frame_may_carry_several_points_or_none() -> None:
    for points in ([], [5, 7], [6, 7, 8]):
        sent = framed(entries_of(made.marks(4)), 5, points)
        data = frame.encode(sent)
        assert frame.decode(data).frame == sent
        assert [point.seq for point in frame.head(data).points] == points
