"""Made-up changes, runs and columns for the tests of the frame."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from hypothesis import strategies as st

from app.journal import chain
from app.journal.chain import Entry, Point
from app.journal.change import Change, Ref, pack
from sync.protocol.columns.kinds import Pieces
from sync.protocol.columns.readers import READERS
from sync.protocol.context import Earlier, Rows
from sync.protocol.frame import Frame
from sync.protocol.source import Source

LOG = bytes.fromhex("0102030405060708")
I64 = 1 << 63


def nfc(text: str) -> str:
    """As a change holds it."""
    return unicodedata.normalize("NFC", text)


texts = st.one_of(
    st.text(max_size=12).map(nfc),
    st.sampled_from(
        ["", "H", "T", "UMK-2026-001", "Siti Aminah", "+6281234567890", "3374016508900001", "é\n"]
    ),
)
ints = st.one_of(
    st.integers(-3, 3), st.integers(0, 10_000), st.integers(-I64, I64 - 1), st.sampled_from([I64 - 1, -I64])
)
ids = st.binary(min_size=16, max_size=16)
scalars = st.one_of(st.none(), st.booleans(), ints, texts, st.binary(max_size=20))
lists = st.lists(scalars, max_size=4).map(tuple)
values = st.one_of(scalars, lists)
refs = st.builds(
    Ref, st.binary(min_size=8, max_size=8), st.integers(0, I64 - 1), st.binary(min_size=4, max_size=4)
)
changes = st.builds(
    Change,
    st.one_of(st.integers(0, 45), st.integers(0, I64 - 1)),
    st.lists(scalars, max_size=4).map(tuple),
    st.dictionaries(
        st.one_of(st.integers(0, 6), st.integers(0, I64 - 1)),
        st.lists(values, max_size=4).map(tuple),
        max_size=3,
    ).map(lambda groups: dict(sorted(groups.items()))),
    st.lists(refs, max_size=2).map(tuple),
    st.none() | ids,
    st.one_of(st.integers(1_700_000_000_000, 1_900_000_000_000), ints),
    st.none() | texts,
)


@st.composite
def alike(draw: st.DrawFn) -> list[Change]:
    """Many changes of one shape, as logs have them: the same values over and over."""
    model = draw(changes)
    pool = draw(st.lists(scalars, min_size=1, max_size=4))
    count = draw(st.integers(1, 80))
    picked = st.sampled_from(pool)
    return [
        model._replace(
            key=tuple(draw(picked) for _ in model.key),
            groups={number: tuple(draw(picked) for _ in found) for number, found in model.groups.items()},
            wall=1_790_000_000_000 + at * 7_919,
        )
        for at in range(count)
    ]


@st.composite
def links(draw: st.DrawFn, made: st.SearchStrategy[list[Change]]) -> tuple[Entry, ...]:
    """Changes as links of a chain: some salted, some erased."""
    found = []
    for change in draw(made):
        how = draw(st.sampled_from(["plain", "plain", "plain", "salted", "erased"]))
        salt = draw(ids) if how == "salted" else b""
        link = chain.entry(salt, pack(change))
        found.append(chain.erased(link.inner) if how == "erased" else link)
    return tuple(found)


runs = links(st.one_of(st.lists(changes, min_size=1, max_size=12), alike()))


def framed(entries: Sequence[Entry], first: int = 5, points: Sequence[int] | None = None) -> Frame:
    """A frame of these entries; the signatures are made up."""
    numbers = [first + len(entries) - 1] if points is None else points
    signed = tuple(Point(number, sha256(b"%d" % number).digest() * 2) for number in numbers)
    return Frame(LOG, first, bytes(range(32)), tuple(entries), signed)


def entries_of(made: Sequence[Change]) -> tuple[Entry, ...]:
    """Unsalted links for these changes."""
    return tuple(chain.entry(b"", pack(change)) for change in made)


def marks(count: int) -> list[Change]:
    """Marks of one roll call, all present."""
    author = bytes(range(16))
    return [
        Change(
            6,
            (11, "UMK-2026-001", 3, sha256(b"%d" % at).digest()[:16]),
            {1: ("H", None)},
            (),
            author,
            1_790_000_000_000,
        )
        for at in range(count)
    ]


def reread(
    pieces: Pieces, length: int, earlier: Earlier | None = None, rows: Rows | None = None
) -> list[Any]:
    """The column read back; nothing may be left over."""
    source = Source(b"".join(pieces), READERS)
    if earlier is not None:
        source.earlier = earlier
    found = source.column(length, rows)
    assert source.done()
    return found


def same(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Equal, with true not taken for 1."""
    return repr(list(one)) == repr(list(other))
