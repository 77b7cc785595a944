"""The change's bytes: one spelling for every change, and every other one refused."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.journal.change import MAX_BYTES, Change, Ref, pack, parse

GOLDEN = sorted((Path(__file__).parent.parent / "golden" / "changes").glob("*.json"))
AUTHOR = b"a" * 16
MARK = Change(6, (10009, "KWU-2026", 3, b"x" * 16), {1: ("H", None)}, (), AUTHOR, 1_790_000_000_000)

texts = st.text(max_size=20).map(lambda text: unicodedata.normalize("NFC", text))
integers = st.integers(-(1 << 63), (1 << 63) - 1)
unsigned = st.integers(0, (1 << 63) - 1)
scalars = st.none() | st.booleans() | integers | texts | st.binary(max_size=20)
values = scalars | st.lists(scalars, max_size=4).map(tuple)
refs = st.builds(Ref, st.binary(min_size=8, max_size=8), unsigned, st.binary(min_size=4, max_size=4))
changes = st.builds(
    Change,
    unsigned,
    st.lists(scalars, max_size=5).map(tuple),
    st.dictionaries(unsigned, st.lists(values, max_size=5).map(tuple), max_size=5).map(
        lambda groups: dict(sorted(groups.items()))
    ),
    st.lists(refs, max_size=3).map(tuple),
    st.none() | st.binary(min_size=16, max_size=16),
    integers,
    st.none() | texts,
)


@given(changes)
def test_a_change_comes_back_from_its_bytes_as_it_was(change: Change) -> None:
    body = pack(change)
    assert parse(body) == change
    assert pack(parse(body)) == body


@given(changes)
def test_the_bytes_are_those_of_the_deterministic_encoding(change: Change) -> None:
    items = cbor2.loads(pack(change))
    assert cbor2.dumps(items, canonical=True) == pack(change)


@given(changes, st.data())
def test_one_changed_bit_is_another_change_or_none(change: Change, data: st.DataObject) -> None:
    body = bytearray(pack(change))
    bit = data.draw(st.integers(0, 8 * len(body) - 1))
    body[bit // 8] ^= 1 << bit % 8
    try:
        other = parse(bytes(body))
    except Refused as refusal:
        assert refusal.code == "change-invalid"
    else:
        assert other != change
        assert pack(other) == body


@given(st.binary(max_size=200))
def test_any_bytes_are_a_change_or_refused(body: bytes) -> None:
    try:
        assert pack(parse(body)) == body
    except Refused as refusal:
        assert refusal.code == "change-invalid"


def _spelled(*pieces: str) -> bytes:
    return bytes.fromhex("".join(pieces))


KEY = "8401684b57552d3230323603" + "50" + "78" * 16
REST = "80" + "f6" + "00"
OTHER_SPELLINGS = {
    "a byte too many": _spelled("86", "06", KEY, "a101826148f6", REST, "00"),
    "a byte too few": _spelled("86", "06", KEY, "a101826148f6", "80", "f6"),
    "a long integer": _spelled("86", "1806", KEY, "a101826148f6", REST),
    "a longer integer": _spelled("86", "1b0000000000000006", KEY, "a101826148f6", REST),
    "a long length": _spelled("86", "06", KEY, "a10182780148f6", REST),
    "an array of indefinite length": _spelled("9f", "06", KEY, "a101826148f6", REST, "ff"),
    "text of indefinite length": _spelled("86", "06", KEY, "a101827f6148fff6", REST),
    "a map of indefinite length": _spelled("86", "06", KEY, "bf01826148f6ff", REST),
    "groups out of order": _spelled("86", "06", KEY, "a202816131", "01826148f6", REST),
    "a group twice": _spelled("86", "06", KEY, "a201826148f6", "01826148f6", REST),
    "a group named by text": _spelled("86", "06", KEY, "a16131826148f6", REST),
    "a negative group": _spelled("86", "06", KEY, "a120826148f6", REST),
    "a tag": _spelled("86", "c106", KEY, "a101826148f6", REST),
    "a date by a tag": _spelled("86", "06", KEY, "a10182c100f6", REST),
    "a big integer by a tag": _spelled("86", "06", KEY, "a10182c24106f6", REST),
    "an integer of 64 bits without a sign": _spelled("86", "06", KEY, "a101821bfffffffffffffffff6", REST),
    "a float": _spelled("86", "06", KEY, "a10182fb3ff0000000000000f6", REST),
    "half a float": _spelled("86", "06", KEY, "a10182f93c00f6", REST),
    "undefined": _spelled("86", "06", KEY, "a101826148f7", REST),
    "a simple value": _spelled("86", "06", KEY, "a101826148f0", REST),
    "text outside NFC": _spelled("86", "06", KEY, "a101826365cc81f6", REST),
    "text that is no UTF-8": _spelled("86", "06", KEY, "a1018261fff6", REST),
    "half a surrogate pair": _spelled("86", "06", KEY, "a1018263eda080f6", REST),
    "a list in a list": _spelled("86", "06", KEY, "a1018281816148f6", REST),
    "a map as a value": _spelled("86", "06", KEY, "a10182a0f6", REST),
    "a list in the key": _spelled("86", "06", "8180", "a101826148f6", REST),
    "a short author": _spelled("86", "06", KEY, "a101826148f6", "80", "4161", "00"),
    "text as the author": _spelled("86", "06", KEY, "a101826148f6", "80", "6161", "00"),
    "a reference of two": _spelled("86", "06", KEY, "a101826148f6", "8182480000000000000000", "00", "f600"),
    "a time of true": _spelled("86", "06", KEY, "a101826148f6", "80", "f6", "f5"),
    "a reason of none": _spelled("87", "06", KEY, "a101826148f6", REST, "f6"),
    "eight items": _spelled("88", "06", KEY, "a101826148f6", REST, "6161", "00"),
    "no array at all": _spelled("00"),
    "nothing": b"",
    "arrays without end": b"\x81" * 16_000,
    "maps without end": b"\xa1\x01" * 8_000,
    "more than there is": _spelled("9bffffffffffffffff"),
    "shared values": _spelled("86", "06", KEY, "a10182d81c81d81d00f6", REST),
}


def test_the_spelling_that_the_others_differ_from_is_a_change() -> None:
    assert parse(_spelled("86", "06", KEY, "a101826148f6", REST)).groups == {1: ("H", None)}


@pytest.mark.parametrize("body", OTHER_SPELLINGS.values(), ids=OTHER_SPELLINGS.keys())
def test_every_other_spelling_is_refused(body: bytes) -> None:
    with pytest.raises(Refused, match="change-invalid"):
        parse(body)


@pytest.mark.parametrize(
    "change",
    [
        MARK._replace(groups={1: (float("nan"),)}),  # type: ignore[dict-item]  # what must not pass
        MARK._replace(groups={1: (1 << 63,)}),
        MARK._replace(groups={-1: ("H",)}),
        MARK._replace(groups={number: () for number in range(65)}),
        MARK._replace(groups={1: ("e\u0301",)}),
        MARK._replace(groups={1: ("\ud800",)}),
        MARK._replace(author=b"short"),
        MARK._replace(wall=1 << 63),
        MARK._replace(entity=-1),
        MARK._replace(replaces=(Ref(b"log", 0, b"hash"),)),
        MARK._replace(key=((1,),)),  # type: ignore[arg-type]  # what must not pass
    ],
)
def test_what_the_format_cannot_hold_is_refused_before_it_is_written(change: Change) -> None:
    with pytest.raises(Refused, match="change-invalid"):
        pack(change)


def test_a_change_of_sixteen_kibibytes_is_written_and_one_byte_more_is_not() -> None:
    room = MAX_BYTES - len(pack(MARK._replace(groups={1: ("H", "x" * 300)}))) + 300
    largest = MARK._replace(groups={1: ("H", "x" * room)})
    assert len(pack(largest)) == MAX_BYTES
    assert parse(pack(largest)) == largest
    with pytest.raises(Refused, match="change-too-big"):
        pack(MARK._replace(groups={1: ("H", "x" * (room + 1))}))
    with pytest.raises(Refused, match="change-too-big"):
        parse(bytes(MAX_BYTES + 1))


def _value(written: object) -> object:
    if isinstance(written, dict):
        return bytes.fromhex(written["hex"])
    return tuple(map(_value, written)) if isinstance(written, list) else written


@pytest.mark.parametrize("file", GOLDEN, ids=[file.stem for file in GOLDEN])
def test_the_golden_changes_are_still_spelled_as_they_were(file: Path) -> None:
    golden = json.loads(file.read_text(encoding="utf-8"))
    said = golden["change"]
    change = Change(
        said["entity"],
        _value(said["key"]),  # type: ignore[arg-type]  # as the file says
        {int(number): _value(values) for number, values in said["groups"].items()},  # type: ignore[misc]  # the same
        tuple(Ref(*_value(ref)) for ref in said["replaces"]),  # type: ignore[misc]  # the same
        _value(said["author"]),  # type: ignore[arg-type]  # the same
        said["wall"],
        said.get("reason"),
    )
    assert pack(change).hex() == golden["hex"]
    assert parse(bytes.fromhex(golden["hex"])) == change


def test_there_are_golden_changes() -> None:
    assert len(GOLDEN) >= 6


def test_the_worked_example_of_the_format_page_is_the_golden_mark() -> None:
    page = (Path(__file__).parents[2] / "docs" / "formats" / "sync.md").read_text(encoding="utf-8")
    example = page.partition("Worked example")[2].partition("## 4.")[0]
    lines = [line.strip() for line in example.splitlines() if line.startswith("    ")]
    spelled = "".join(line.partition("   ")[0].replace(" ", "") for line in lines)
    mark = json.loads(next(file for file in GOLDEN if file.stem == "mark").read_text(encoding="utf-8"))
    assert spelled == mark["hex"]
