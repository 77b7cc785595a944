"""Showing a run of thousands of changes: in columns what nothing but itself decides, one by one the rest.

A change whose row nobody else has touched wins all its groups. Whatever is less plain goes through
`projection.project`, which gives the same for every change and only takes longer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, compress, repeat
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, select

from app.journal.alike import Alike, Column
from app.journal.change import Change
from app.storage import bulk, door, projection
from app.storage.heads import HEAD, HEAD_COLUMNS, MAX_ROW, Sealed, heads_of, packed_row
from app.storage.logs import LogHead
from app.storage.tables.journal import Named

T = TypeVar("T")


class _Table(NamedTuple):
    """Changes that are alike, with the packed row of each."""

    alike: Alike
    rows: Sequence[bytes]

    def without(self, busy: Collection[bytes]) -> _Table:
        """Only those whose row is not among the busy ones."""
        free = [row not in busy for row in self.rows]
        if all(free):
            return self
        places, entity, key, groups, walls = self.alike

        def some(column: Sequence[T]) -> list[T]:
            return list(compress(column, free))

        kept = {number: list(map(some, columns)) for number, columns in groups.items()}
        return _Table(Alike(some(places), entity, list(map(some, key)), kept, some(walls)), some(self.rows))


def project(
    connection: Connection,
    log: LogHead,
    first: int,
    hashes: Sequence[bytes],
    made: Sequence[Change | None],
    alike: Sequence[Alike],
) -> None:
    """Bring heads and tables up to date with a run from the number `first` on that was just stored in a log.

    `made` are its changes, None for the erased. `alike` has as columns those that come in great numbers;
    `made` is asked for the others only.
    """
    tables = _understood(connection, log, alike)
    apart = set(chain.from_iterable(table.alike.places for table in tables))
    rest = list(_sealed((n for n in range(len(hashes)) if n not in apart), first, hashes, made))
    tables = _alone(connection, tables, {one.row for one in rest})
    with door.opened(connection):
        for table in tables:
            _show(connection, log, first, hashes, table)
    busy = apart.difference(chain.from_iterable(table.alike.places for table in tables))
    rest += _sealed(busy, first, hashes, made)
    projection.project(connection, log, sorted(rest, key=lambda one: one.seq))


def _understood(connection: Connection, log: LogHead, alike: Sequence[Alike]) -> list[_Table]:
    """Those that are surely understood and that nobody has replaced before they came."""
    if connection.execute(select(Named.seq).where(Named.log == log.log).limit(1)).first() is not None:
        return []
    tables = [_Table(some, some.rows()) for some in alike if some.understood()]
    return [table for table in tables if max(map(len, table.rows)) <= MAX_ROW]


def _alone(connection: Connection, tables: list[_Table], others: Collection[bytes]) -> list[_Table]:
    """Of these the changes that are alone with their rows: in this database, and in the run.

    `others` are the rows of what the run holds besides: shown later, an earlier change would take the
    place of a later one.
    """
    busy = {row for row, _ in heads_of(connection, chain.from_iterable(table.rows for table in tables))}
    times = Counter(chain.from_iterable(table.rows for table in tables))
    if len(times) < times.total():
        busy.update(row for row, number in times.items() if number > 1)
    busy.update(others)
    return [table.without(busy) for table in tables] if busy else tables


def _show(connection: Connection, log: LogHead, first: int, hashes: Sequence[bytes], table: _Table) -> None:
    (places, entity, key, groups, walls), rows = table
    seqs = [first + place for place in places]
    chained = [hashes[place] for place in places]
    for number in groups:
        heads = zip(rows, repeat(number), repeat(log.row), seqs, chained, walls)
        bulk.insert(connection, HEAD, HEAD_COLUMNS, list(heads))
    columns: list[Column] = [*key, *chain.from_iterable(groups.values())]
    projection.show(connection, entity, tuple(groups), list(zip(*columns, strict=True)))


def _sealed(
    places: Iterable[int], first: int, hashes: Sequence[bytes], made: Sequence[Change | None]
) -> Iterator[Sealed]:
    for place in places:
        change = made[place]
        if change is not None:
            yield Sealed(first + place, hashes[place], change, packed_row(change.entity, change.key))
