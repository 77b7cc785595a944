"""Whatever arrives, in whatever order: the database shows what the format page's rules, read naively, say."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import takewhile
from typing import ClassVar

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.journal.change import Change, Ref, Scalar, Value
from app.storage import rebuilding
from app.storage.store import Store
from tests.storage import oracle, seen
from tests.storage.oracle import Placed
from tests.support import hand
from tests.support.databases import AUTHORITY, Databases, take
from tests.support.hand import HandLog

FORTY_YEARS = 40 * 365 * 86_400_000
DEVICES = [
    hand.identity(AUTHORITY, signing=Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32)) for n in range(3)
]
PEOPLE = (b"p" * 16, b"q" * 16)

Groups = dict[int, tuple[Value, ...]]

keys: dict[int, st.SearchStrategy[tuple[Scalar, ...]]] = {
    6: st.sampled_from(
        [
            *[(10009, "K", 1, person) for person in PEOPLE] * 3,
            (10009, "K", None, PEOPLE[0]),
            (10009, "K" * 300, 1, PEOPLE[0]),
            (10009, "K\0", 1, PEOPLE[0]),
            (10009, "K"),
        ]
    ),
    10: st.sampled_from([(b"run one",), (b"run two",), ("text",)]),
    99: st.sampled_from([(1,), (b"x" * 3_000,), ()]),
}
_wrong = st.sampled_from([("wrong",), (1, 2, 3), (True, "x"), ("a\0b", None), ((1,), None), ()])
groups: dict[int, dict[int, st.SearchStrategy[tuple[Value, ...]]]] = {
    6: {
        0: st.sampled_from([(True,), (False,)]),
        1: st.tuples(st.sampled_from("HTISA"), st.none() | st.just(480)) | _wrong,
        2: st.tuples(st.sampled_from(["", "sakit", "é"])),
        9: st.just(("from the future",)),
        1 << 40: st.just(()),
    },
    10: {
        0: st.just((True,)),
        1: st.tuples(
            st.just(1_790_000_000_000),
            st.just((1, 2)) | st.just(()) | st.just(("one",)),
            st.none() | st.just((3,)),
            st.just("printer"),
        ),
    },
    99: {0: st.just((True,)), 1: st.just(("anything", (1, None, "x")))},
}
walls = st.sampled_from([0, 0, 1, 2, FORTY_YEARS, -FORTY_YEARS]).map(lambda apart: hand.WALL + apart)
invented = st.builds(Ref, st.just(b"notheard"), st.integers(0, 2), st.just(b"hash"))


@st.composite
def contents(draw: st.DrawFn) -> Change:
    """What somebody might write, understood or not, without what it replaces."""
    entity = draw(st.sampled_from([6, 6, 6, 6, 10, 99]))
    numbers = draw(st.sets(st.sampled_from(sorted(groups[entity])), max_size=3))
    said: Groups = {number: draw(groups[entity][number]) for number in sorted(numbers)}
    return Change(entity, draw(keys[entity]), said, (), None, draw(walls))


@dataclass
class Branch:
    """A chain that somebody writes, and how much of it the database was given."""

    written: HandLog
    given: int = 0


class World:
    """Logs with their branches, and what of them one database was given."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.branches = [Branch(hand.opened(device)) for device in DEVICES]

    def refs(self) -> list[Ref]:
        """All changes there are, by name, whether the database has them or not."""
        every = {
            branch.written.ref(seq)
            for branch in self.branches
            for seq in range(1, len(branch.written.changes))
        }
        return sorted(every)

    def known(self, branch: Branch) -> int:
        """How many of a branch's changes the database has, by whichever branch they came."""
        return max(min(other.given, _common(branch.written, other.written)) for other in self.branches)

    def give(self, branch: Branch, first: int, last: int, more_points: tuple[int, ...] = ()) -> None:
        """Hand the changes first..last over, signed at the last and elsewhere too."""
        take(self.store, branch.written.run(first, last, [*more_points, last]))
        branch.given = max(self.known(branch), last + 1)

    def chains(self) -> list[list[Placed]]:
        """What the database has, for the oracle."""
        return [list(_placed(branch.written, self.known(branch))) for branch in self.branches]


def _placed(log: HandLog, count: int) -> Iterator[Placed]:
    for seq in range(count):
        made = log.changes[seq]
        assert made is not None, "nothing is erased here"
        yield Placed(log.log, seq, log.hashes[seq], made)


def _common(one: HandLog, other: HandLog) -> int:
    pairs = zip(one.hashes, other.hashes, strict=False)
    return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))


class Arrivals(RuleBasedStateMachine):
    """People write, fork and hand over at random; after each step the database is compared."""

    databases: ClassVar[Databases]

    def _branch(self, data: st.DataObject) -> Branch:
        return self.world.branches[data.draw(st.integers(0, len(self.world.branches) - 1))]

    @initialize()
    def open_database(self) -> None:
        self.open = ExitStack()
        self.world = World(self.open.enter_context(self.databases.store()))
        self.fresh = True

    @rule(data=st.data(), content=contents())
    def write(self, data: st.DataObject, content: Change) -> None:
        branch = self._branch(data)
        others = [ref for ref in self.world.refs() if ref not in _refs(branch.written)]
        pool = st.sampled_from(others) | invented if others else invented
        named = data.draw(st.lists(pool, max_size=3, unique=True))
        branch.written.write(content._replace(replaces=tuple(sorted(named))))

    @precondition(lambda self: len(self.world.branches) < 6)
    @rule(data=st.data())
    def clone(self, data: st.DataObject) -> None:
        branch = self._branch(data)
        at = data.draw(st.integers(0, len(branch.written.changes) - 1))
        self.world.branches.append(Branch(branch.written.branch(at)))

    @rule(data=st.data())
    def hand_over(self, data: st.DataObject) -> None:
        branch = self._branch(data)
        first = data.draw(st.integers(0, min(self.world.known(branch), len(branch.written.changes) - 1)))
        last = data.draw(st.integers(first, len(branch.written.changes) - 1))
        middle = data.draw(st.sets(st.integers(first, last), max_size=2))
        self.world.give(branch, first, last, tuple(middle))
        self.fresh = False

    @rule()
    def project_again(self) -> None:
        with self.world.store.write() as session:
            rebuilding.rebuild(session.connection())
        self.fresh = False

    @invariant()
    def the_database_shows_what_the_page_says(self) -> None:
        if not self.fresh:
            _agree(self.world)
            self.fresh = True

    def teardown(self) -> None:
        self.open.close()


def _refs(log: HandLog) -> set[Ref]:
    return {log.ref(seq) for seq in range(len(log.changes))}


def _agree(world: World) -> None:
    shown, expected = _state(world), oracle.state(world.chains())
    assert shown.heads == expected.heads
    assert shown.named == expected.named
    assert shown.parked == expected.parked
    assert shown.tables == expected.tables


def test_any_arrivals_end_in_the_tables_the_page_describes(databases: Databases) -> None:
    machine = type("ArrivalsHere", (Arrivals,), {"databases": databases})
    few = databases.server is not None
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=8 if few else 30, stateful_step_count=30, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1 << 32), content=st.lists(contents(), min_size=1, max_size=14))
def test_order_grouping_and_repetition_of_delivery_change_nothing(
    sqlite_databases: Databases, seed: int, content: list[Change]
) -> None:
    chance = random.Random(seed)
    with sqlite_databases.store() as one, sqlite_databases.store() as two:
        first = World(one)
        for made in content:
            branch = chance.choice(first.branches)
            others = [ref for ref in first.refs() if ref.log != branch.written.log]
            named = tuple(sorted(chance.sample(others, min(len(others), chance.randrange(3)))))
            branch.written.write(made._replace(replaces=named))
        second = World(two)
        second.branches = [Branch(branch.written) for branch in first.branches]
        for world in (first, second):
            _deliver_all(world, chance)
        assert _state(first) == _state(second)
        _agree(first)


def _deliver_all(world: World, chance: random.Random) -> None:
    while waiting := [b for b in world.branches if b.given < len(b.written.changes)]:
        branch = chance.choice(waiting)
        last = chance.randrange(branch.given, len(branch.written.changes))
        world.give(branch, chance.randrange(branch.given + 1), last)
        if chance.random() < 0.3:
            world.give(branch, 0, chance.randrange(branch.given))


def _state(world: World) -> oracle.State:
    with world.store.read() as session:
        return seen.state(session.connection())


@pytest.mark.parametrize("apart", [FORTY_YEARS, -FORTY_YEARS])
def test_a_clock_forty_years_off_loses_nothing_and_blocks_nothing(
    sqlite_databases: Databases, apart: int
) -> None:
    mine, theirs = (hand.opened(device) for device in DEVICES[:2])
    said = mine.write(hand.mark("H"))
    theirs.write(hand.mark("T", said, wall=hand.WALL + apart))
    with sqlite_databases.store() as store:
        take(store, theirs.run())
        take(store, mine.run())
        with store.read() as session:
            (cells,) = seen.state(session.connection()).tables["mark"].values()
    assert cells["status"] == "T"


def test_both_values_of_a_true_conflict_are_heads_and_the_later_one_is_shown(
    sqlite_databases: Databases,
) -> None:
    mine, theirs = (hand.opened(device) for device in DEVICES[:2])
    mine.write(hand.mark("H", wall=hand.WALL + 1))
    theirs.write(hand.mark("T"))
    with sqlite_databases.store() as store:
        take(store, mine.run())
        take(store, theirs.run())
        with store.read() as session:
            shown = seen.state(session.connection())
    assert [len(heads) for heads in shown.heads.values()] == [2]
    assert [cells["status"] for cells in shown.tables["mark"].values()] == ["H"]


def test_a_rebuilding_waits_for_what_is_named_though_it_is_in_the_journal(
    sqlite_databases: Databases,
) -> None:
    mine, theirs = (hand.opened(device) for device in DEVICES[:2])
    said = theirs.write(hand.mark("H", wall=hand.WALL + 1))
    mine.write(hand.mark("T", said))
    with sqlite_databases.store() as store:
        for log in (mine, theirs):
            take(store, log.run())
        with store.read() as session:
            before = seen.state(session.connection())
        with store.write() as session:
            rebuilding.rebuild(session.connection())
            assert seen.state(session.connection()) == before
    assert [cells["status"] for cells in before.tables["mark"].values()] == ["T"]
