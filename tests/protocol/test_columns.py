"""Every kind of column gives back what was written, and refuses what it does not mean."""

from __future__ import annotations

from itertools import compress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.columns import numbers, plain, predicted, strings, texts, truths
from sync.protocol.columns.kinds import Kind
from sync.protocol.columns.readers import READERS
from sync.protocol.context import SHAPE, Earlier, Ref, column
from sync.protocol.limits import FrameInvalid
from sync.protocol.source import Source
from tests.protocol import every_kind, made
from tests.protocol.made import reread, same

some_ints = st.lists(st.integers(-(1 << 60), 1 << 60), min_size=1, max_size=60)
truth_lists = st.lists(st.booleans(), min_size=1, max_size=60)
ascii_words = st.text("abc0123 -", min_size=0, max_size=6)


def known(*columns: list[object]) -> Earlier:
    """Columns over the same changes, all of one shape."""
    earlier = Earlier([0] * len(columns[0]), lambda _: None)
    for values in columns:
        earlier.add(range(len(values)), values)  # type: ignore[arg-type]  # made-up values
    return earlier


def test_there_is_a_reader_and_a_sample_for_every_kind() -> None:
    assert set(READERS) == set(Kind)
    assert {sample.kind for sample in every_kind.SAMPLES} == set(Kind)


@pytest.mark.parametrize("at", range(len(every_kind.SAMPLES)))
def test_every_sample_reads_back(at: int) -> None:
    sample = every_kind.SAMPLES[at]
    assert sample.pieces[0][0] == sample.kind
    found = reread(sample.pieces, every_kind.COUNT, every_kind.earlier(at), range(every_kind.COUNT))
    assert same(found, sample.values)


@given(st.lists(made.values, min_size=1, max_size=20))
def test_verbatim_and_table_hold_any_values(values: list[object]) -> None:
    assert same(reread(plain.verbatim(values), len(values)), values)  # type: ignore[arg-type]  # any values
    places = list(reversed(range(len(values))))
    written = plain.table(len(values), plain.verbatim(values), numbers.varints(places))  # type: ignore[arg-type]
    assert same(reread(written, len(values)), values[::-1])


@given(made.values, st.integers(1, 100))
def test_a_constant_is_said_once(value: object, count: int) -> None:
    assert same(reread(plain.constant(value), count), [value] * count)  # type: ignore[arg-type]  # any value


@given(st.lists(st.tuples(made.scalars, st.integers(1, 9)), min_size=1, max_size=9))
def test_runs_repeat_their_values(runs: list[tuple[object, int]]) -> None:
    lengths = numbers.varints([size for _, size in runs])
    written = plain.runs(lengths, plain.verbatim([value for value, _ in runs]), len(runs))  # type: ignore[misc]
    values = [value for value, size in runs for _ in range(size)]
    assert same(reread(written, len(values), None, range(len(values))), values)


@given(st.lists(made.lists, min_size=1, max_size=12))
def test_lists_are_cut_from_their_parts(values: list[tuple[object, ...]]) -> None:
    flat = [part for value in values for part in value]
    written = plain.lists(numbers.varints(map(len, values)), plain.verbatim(flat) if flat else [])  # type: ignore[arg-type]
    assert same(reread(written, len(values)), values)


@given(
    st.lists(st.tuples(st.sampled_from([None, True, 1, "a", b"a"]), made.scalars), min_size=1, max_size=40)
)
def test_split_keeps_a_column_for_every_context(pairs: list[tuple[object, object]]) -> None:
    keys, values = [key for key, _ in pairs], [value for _, value in pairs]
    earlier = known(keys)
    parts = plain.parted(earlier.keys((column(0),), len(keys), range(len(keys))), values)
    written = plain.split((column(0),), list(map(plain.verbatim, parts.values())))  # type: ignore[arg-type]  # any values
    assert same(reread(written, len(values), earlier, range(len(values))), values)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=40))
def test_last_and_equal_foretell_and_say_the_rest(pairs: list[tuple[str, str]]) -> None:
    keys, values = [key for key, _ in pairs], [value for _, value in pairs]
    earlier, rows = known(keys, values), range(len(values))  # type: ignore[arg-type]  # texts
    missed = predicted.not_last(values, keys)
    others = list(compress(values, missed))
    written = predicted.last((column(0),), truths.bits(missed), texts.ended(others))
    assert reread(written, len(values), earlier, rows) == values
    unlike = [key != value for key, value in pairs]
    others = list(compress(values, unlike))
    written = predicted.equal(column(0), truths.bits(unlike), texts.ended(others) if others else [])
    assert reread(written, len(values), earlier, rows) == values


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 5)), min_size=1, max_size=60))
def test_follow_foretells_what_came_next_the_last_time(pairs: list[tuple[str, int]]) -> None:
    keys, values = [key for key, _ in pairs], [value for _, value in pairs]
    missed = predicted.not_followed(values, keys)
    others = list(compress(values, missed))
    written = predicted.follow((column(0),), truths.bits(missed), numbers.varints(others) if others else [])
    assert reread(written, len(values), known(keys), range(len(values))) == values  # type: ignore[arg-type]  # texts


def test_follow_learns_a_class_in_one_pass() -> None:
    missed = predicted.not_followed([0, 1, 2, 3, 0, 2, 1, 3, 0, 2, 1, 3], [None] * 12)
    assert missed == [False] * 4 + [True] * 4 + [False] * 4


@given(some_ints)
def test_numbers_read_back_in_every_kind(values: list[int]) -> None:
    low, high = min(values), max(values)
    planes = numbers.planes(values, low, numbers.width_of(high - low))
    steps = [after - before for before, after in zip([5, *values], values, strict=False)]
    assert reread(planes, len(values)) == values
    assert reread(numbers.varints(values), len(values)) == values
    assert reread(numbers.delta(5, numbers.varints(steps)), len(values)) == values
    assert reread(numbers.scaled(1, 0, planes), len(values)) == values
    others = [None if value % 3 == 0 else value % 7 for value in values]
    inner = [value - 3 * (other or 0) for value, other in zip(values, others, strict=True)]
    earlier, rows = known(others), range(len(values))  # type: ignore[arg-type]  # numbers and nulls
    assert (
        reread(numbers.relative(column(0), 3, numbers.varints(inner)), len(values), earlier, rows) == values
    )
    above = numbers.above_last(7, values, others)
    assert reread(numbers.base(7, (column(0),), numbers.varints(above)), len(values), earlier, rows) == values


@given(truth_lists)
def test_truths_read_back_in_every_kind(values: list[bool]) -> None:
    assert same(reread(truths.bits(values), len(values)), values)
    for rare in (False, True):
        found = truths.distances(values, rare)
        written = truths.gaps(rare, found, numbers.varints(found) if found else [])
        assert same(reread(written, len(values)), values)


@given(st.lists(made.texts, min_size=1, max_size=20))
def test_texts_read_back_in_every_kind(values: list[str]) -> None:
    sizes = [len(value.encode()) for value in values]
    lines = texts.lines(numbers.varints(sizes), values)
    assert reread(lines, len(values)) == values
    assert reread(texts.affix("<", "é", lines), len(values)) == [f"<{value}é" for value in values]
    if not any("\n" in value for value in values):
        assert reread(texts.ended(values), len(values)) == values


@given(st.lists(ascii_words, min_size=1, max_size=20))
def test_cut_texts_read_back(values: list[str]) -> None:
    cut = [value.split(" ") for value in values]
    counts = numbers.varints(map(len, cut))
    flat = [word for words in cut for word in words]
    assert reread(texts.words(" ", counts, texts.ended(flat)), len(values)) == values
    columns = [
        texts.ended([words[at] for words in cut if len(words) > at]) for at in range(max(map(len, cut)))
    ]
    assert reread(texts.fields(" ", counts, columns), len(values)) == values
    halves = [texts.ended([value[:2] for value in values]), texts.ended([value[2:] for value in values])]
    assert reread(texts.joined(halves), len(values)) == values


@given(
    st.integers(1, 9).flatmap(lambda width: st.lists(st.binary(min_size=width, max_size=width), min_size=1))
)
def test_byte_strings_read_back_in_every_kind(values: list[bytes]) -> None:
    width = len(values[0])
    assert reread(strings.raw(values, width), len(values)) == values
    assert reread(strings.turn(values, width), len(values)) == values
    assert reread(strings.chunks(numbers.varints(map(len, values)), values), len(values)) == values
    assert reread(texts.joined([strings.raw(values, width)] * 2), len(values)) == [
        value * 2 for value in values
    ]
    if width < 8:
        inner = numbers.varints(int.from_bytes(value, "big") for value in values)
        assert reread(strings.numbered(width, inner), len(values)) == values


@given(st.lists(st.integers(0, 10**9), min_size=1), st.integers(10, 18))
def test_digits_read_back_filled_up_or_not(values: list[int], width: int) -> None:
    inner = numbers.varints(values)
    assert reread(texts.digits(width, inner), len(values)) == [str(value).zfill(width) for value in values]
    assert reread(texts.digits(0, inner), len(values)) == list(map(str, values))


def test_a_woman_s_birth_date_has_forty_added_to_its_day() -> None:
    assert predicted.birth_digits([-2300, 0, "x", 10**9, 0], [40, 0, 0, 0, 69]) == [
        "550963",
        "010170",
        None,
        None,
        None,
    ]


def test_a_reference_sees_a_part_of_a_text_and_null_where_there_is_no_value() -> None:
    earlier = Earlier([0, 1, 0], lambda _: None)
    earlier.add([0, 2], ["abc", "xyz"])
    assert earlier.values(Ref(1, 1, 2), range(3)) == ["b", None, "y"]
    assert earlier.values(SHAPE, [1, 2]) == [1, 0]


REFUSED = {
    "a kind nobody knows": (bytes((200,)), 1),
    "a place beyond the table": (b"".join(plain.table(1, plain.constant(1), numbers.varints([0, 1]))), 2),
    "a place before the table": (b"".join(plain.table(1, plain.constant(1), numbers.varints([0, -1]))), 2),
    "runs of another length": (b"".join(plain.runs(numbers.varints([1, 2]), plain.constant(1), 2)), 4),
    "a run of nothing": (b"".join(plain.runs(numbers.varints([0, 2]), plain.constant(1), 2)), 2),
    "lists of negative length": (b"".join(plain.lists(plain.constant(-1), [])), 1),
    "a list in a list": (b"".join(plain.lists(plain.constant(1), plain.constant((1,)))), 1),
    "planes of no width": (bytes((Kind.PLANES, 0, 0)), 1),
    "planes too wide": (bytes((Kind.PLANES, 9, 0)) + bytes(9), 1),
    "bits after the last": (bytes((Kind.BITS, 0x80)), 7),
    "gaps beyond the end": (b"".join(truths.gaps(True, [3], numbers.varints([3]))), 3),
    "gaps that go back": (b"".join(truths.gaps(True, [-1], numbers.varints([-1]))), 3),
    "lines that are too few": (b"".join(texts.ended(["a"])), 2),
    "lines without an end": (bytes((Kind.ENDED, 1)) + b"a", 1),
    "broken UTF-8": (bytes((Kind.ENDED, 2)) + b"\xff\n", 1),
    "fixed text outside of ASCII": (bytes((Kind.FIXED, 1)) + b"\xe9", 1),
    "digits of a negative number": (b"".join(texts.digits(0, plain.constant(-1))), 1),
    "digits that are too many": (b"".join(texts.digits(2, plain.constant(100))), 1),
    "no words": (b"".join(texts.words(" ", plain.constant(0), [])), 1),
    "too many fields": (b"".join(texts.fields(" ", plain.constant(65), [])), 1),
    "text joined to bytes": (b"".join(texts.joined([plain.constant("a"), plain.constant(b"a")])), 1),
    "numbers joined": (b"".join(texts.joined([plain.constant(1)])), 1),
    "numbers that are truths": (b"".join(numbers.delta(0, plain.constant(True))), 1),
    "misses that are numbers": (b"".join(predicted.common(1, plain.constant(0), [])), 1),
    "a lean without rows": (b"".join(predicted.equal(SHAPE, plain.constant(False), [])), 1),
    "too many references": (bytes((Kind.LAST, 5)), 1),
    "bytes wider than eight": (b"".join(strings.numbered(9, plain.constant(1))), 1),
    "a number too big for its bytes": (b"".join(strings.numbered(1, plain.constant(256))), 1),
    "following a number too big": (
        b"".join(predicted.follow((), plain.constant(True), plain.constant(1 << 16))),
        1,
    ),
    "a long spelling of a number": (bytes((Kind.VARINTS, 0x80, 0x00)), 1),
    "a number over 64 bits": (bytes((Kind.VARINTS,)) + b"\xff" * 9 + b"\x7f", 1),
    "a value that ends early": (bytes((Kind.CONSTANT, 0x45, 1)), 1),
    "a tag": (bytes((Kind.CONSTANT, 0xC0, 0x60)), 1),
    "a float": (bytes((Kind.CONSTANT, 0xF9, 0, 0)), 1),
    "a map": (bytes((Kind.CONSTANT, 0xA0)), 1),
    "an endless text": (bytes((Kind.CONSTANT, 0x7F, 0xFF)), 1),
    "a long spelling of a value": (bytes((Kind.CONSTANT, 0x18, 0x01)), 1),
    "an array in an array": (bytes((Kind.CONSTANT, 0x81, 0x80)), 1),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_column_refuses(what: str) -> None:
    data, length = REFUSED[what]
    with pytest.raises(FrameInvalid):
        Source(data, READERS).column(length)
