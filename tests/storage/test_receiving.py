"""Taking in others' logs: what continues the chain is taken, once; everything else is refused or a branch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Refused
from app.journal import chain
from app.journal.chain import Entry
from app.journal.change import Change
from app.journal.device_certificate import DeviceKind
from app.storage import incidents, integrity, logs
from app.storage.heads import packed_row
from app.storage.integrity import Report
from app.storage.journal import Draft, record
from app.storage.logs import LogHead
from app.storage.receiving import Run
from app.storage.store import Store
from tests.storage import seen
from tests.support import hand
from tests.support.databases import AUTHORITY, SCOPES, Databases, take
from tests.support.hand import HandLog

DEVICE = hand.identity(AUTHORITY)


@pytest.fixture
def written() -> HandLog:
    """A log of an opening and five marks."""
    log = hand.opened(DEVICE)
    for number in range(5):
        log.write(hand.mark("HTISA"[number], number=number))
    return log


def _heads(store: Store) -> list[LogHead]:
    with store.read() as session:
        return logs.held(session.connection(), branches=True)


def _marks(store: Store) -> dict[object, object]:
    with store.read() as session:
        marks = seen.state(session.connection()).tables.get("mark", {})
    return {key[2]: cells["status"] for key, cells in marks.items()}


def _refused(store: Store, run: Run, code: str, **facts: object) -> None:
    before = _marks(store), _heads(store)
    with pytest.raises(Refused) as refusal:
        take(store, run)
    assert refusal.value.code == code
    assert refusal.value.facts.items() >= facts.items()
    assert (_marks(store), _heads(store)) == before


def _sound(store: Store) -> Report:
    report = integrity.check(store)
    assert report.sound, report
    return report


def test_a_run_is_stored_shown_and_can_be_handed_on_byte_for_byte(store: Store, written: HandLog) -> None:
    assert take(store, written.run()) == 5
    assert _marks(store) == dict(enumerate("HTISA"))
    with store.read() as session:
        connection = session.connection()
        (head,) = logs.held(connection)
        assert logs.entries(connection, head, 0, 5) == written.entries
        assert logs.hashes(connection, head, 0, 5) == written.hashes
        assert logs.points(connection, head, -1) == [written.point(5)]
    assert (head.log, head.device, head.scope, head.own) == (
        written.log,
        DEVICE.device_id,
        hand.CENTRE,
        False,
    )
    _sound(store)


def test_what_is_here_already_is_skipped_however_often_it_comes(store: Store, written: HandLog) -> None:
    take(store, written.run(0, 2))
    for first, last in [(0, 2), (0, 1), (2, 2), (1, 4), (0, 4), (3, 5), (0, 5), (5, 5)]:
        take(store, written.run(first, last))
    assert _marks(store) == dict(enumerate("HTISA"))
    assert _sound(store).changes == 6


def test_a_gap_is_refused_with_the_number_that_is_here(store: Store, written: HandLog) -> None:
    _refused(store, written.run(1), "gap", seq=-1)
    take(store, written.run(0, 2))
    _refused(store, written.run(4), "gap", seq=2)


def test_what_stands_after_the_last_good_point_is_left_for_later(store: Store, written: HandLog) -> None:
    assert take(store, written.run(0, 5, points=[1, 3])) == 3
    assert set(_marks(store)) == {0, 1, 2}
    assert take(store, written.run(2, 5)) == 5


def test_a_bad_point_after_a_good_one_does_not_spoil_it(store: Store, written: HandLog) -> None:
    forged = chain.sign_point(Ed25519PrivateKey.generate(), written.log, 5, written.hashes[5])
    run = written.run(0, 5, points=[3])
    assert take(store, hand.tampered(run, points=[*run.points, forged])) == 3


def test_points_beyond_the_run_and_before_it_say_nothing(store: Store, written: HandLog) -> None:
    take(store, written.run(0, 1))
    run = written.run(2, 3, points=[1, 5])
    _refused(store, run, "signature")
    assert take(store, hand.tampered(run, points=[*run.points, written.point(3)])) == 3


def test_an_unsigned_run_is_refused(store: Store, written: HandLog) -> None:
    _refused(store, written.run(points=[]), "signature")


def test_a_device_that_headquarters_does_not_vouch_for_is_refused(store: Store) -> None:
    stranger = hand.identity(Ed25519PrivateKey.generate())
    _refused(store, hand.opened(stranger).run(), "signature")


def test_a_log_signed_by_another_key_than_its_openings_is_refused(store: Store) -> None:
    log = hand.opened(DEVICE)
    log.signing = Ed25519PrivateKey.generate()
    _refused(store, log.run(), "signature")


@pytest.mark.parametrize(
    "opening",
    [
        hand.mark("H"),
        Change(0, (), {}, (), None, 0),
        Change(0, (), {1: (b"no certificate", hand.CENTRE, None, b"n" * 16)}, (), None, 0),
        Change(0, (), {1: ("text", hand.CENTRE, None, b"n" * 16)}, (), None, 0),
        Change(0, (), {1: (DEVICE.certificate, "10009", None, b"n" * 16)}, (), None, 0),
        Change(0, (), {1: (DEVICE.certificate, True, None, b"n" * 16)}, (), None, 0),
        Change(0, (), {1: (DEVICE.certificate,)}, (), None, 0),
        Change(99, (), {1: (DEVICE.certificate, hand.CENTRE, None, b"n" * 16)}, (), None, 0),
    ],
)
def test_a_log_that_does_not_begin_with_an_opening_is_refused(store: Store, opening: Change) -> None:
    log = HandLog(DEVICE.signing)
    log.write(opening)
    _refused(store, log.run(), "signature")


def test_a_log_under_another_name_is_refused(store: Store, written: HandLog) -> None:
    run = written.run()
    point = chain.sign_point(DEVICE.signing, b"another.", 5, written.hashes[5])
    _refused(store, hand.tampered(run, log=b"another.", points=[point]), "signature")


def test_an_opening_whose_content_is_gone_cannot_be_judged(store: Store, written: HandLog) -> None:
    written.erase(0)
    _refused(store, written.run(), "signature")


@pytest.mark.parametrize("scope", [0, 1, 10010])
def test_a_centres_device_opens_no_log_elsewhere(store: Store, scope: int) -> None:
    with pytest.raises(Refused, match="scope"):
        take(store, hand.opened(DEVICE, scope).run(), (*SCOPES, 10010))


def test_a_scope_that_this_database_may_not_hold_is_refused(store: Store, written: HandLog) -> None:
    other = hand.opened(hand.identity(AUTHORITY, centre=10010), 10010)
    _refused(store, other.run(), "scope", scope=10010)
    take(store, written.run(0, 2))
    with pytest.raises(Refused, match="scope"):
        take(store, written.run(), (0, 10010))


def test_headquarters_writes_in_every_scope_and_every_entity(store: Store) -> None:
    office = hand.identity(AUTHORITY, centre=0, kind=DeviceKind.HEADQUARTERS)
    for scope in SCOPES:
        log = hand.opened(office, scope)
        log.write(Change(36, ("wording",), {1: (f"scope {scope}",)}, (), None, scope))
        assert take(store, log.run()) == 1


def test_a_centre_cannot_write_what_is_headquarters_own(store: Store, written: HandLog) -> None:
    take(store, written.run(0, 2))
    written.write(Change(36, ("policy",), {1: ("mine",)}, (), None, 0))
    _refused(store, written.run(3), "entity", entity=36)
    assert take(store, written.run(3, 5)) == 5


def test_an_entity_of_a_later_version_is_kept_and_handed_on(store: Store, written: HandLog) -> None:
    written.write(Change(99, (1,), {1: ("from the future",)}, (), None, 0))
    assert take(store, written.run()) == 6
    with store.read() as session:
        connection = session.connection()
        assert logs.entries(connection, logs.held(connection)[0], 6, 6) == written.entries[6:]
        assert seen.state(connection).parked == {(written.hashes[6], 0, "entity")}


def test_an_expired_certificate_never_stops_what_a_laptop_hands_over(store: Store) -> None:
    expired = hand.opened(hand.identity(AUTHORITY, expires=1))
    expired.write(hand.mark("H"))
    assert take(store, expired.run()) == 1


def test_an_erased_change_is_taken_as_its_hash_and_the_chain_holds(store: Store, written: HandLog) -> None:
    written.erase(2)
    assert take(store, written.run()) == 5
    assert set(_marks(store)) == {0, 2, 3, 4}
    with store.read() as session:
        connection = session.connection()
        assert logs.entries(connection, logs.held(connection)[0], 0, 5) == written.entries
    _sound(store)


def _bent(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8 % len(data)] ^= 1 << bit % 8
    return bytes(changed)


def _with_entries(run: Run, entries: list[Entry]) -> Run:
    return replace(run, entries=entries, changes=[*run.changes, None][: len(entries)])


def _another_body(run: Run, at: int, bit: int) -> Run:
    entry = chain.entry(run.entries[at].salt, _bent(run.entries[at].body or b"", bit))
    return _with_entries(run, [*run.entries[:at], entry, *run.entries[at + 1 :]])


def _another_salt(run: Run, at: int, bit: int) -> Run:
    entry = chain.entry(bit.to_bytes(16, "big"), run.entries[at].body or b"")
    return _with_entries(run, [*run.entries[:at], entry, *run.entries[at + 1 :]])


def _one_left_out(run: Run, at: int, bit: int) -> Run:
    return _with_entries(run, [*run.entries[:at], *run.entries[at + 1 :]])


def _one_twice(run: Run, at: int, bit: int) -> Run:
    at = min(at, len(run.entries) - 2)  # a last one said again would merely be an unsigned tail
    return _with_entries(run, [*run.entries[: at + 1], *run.entries[at:]])


def _two_swapped(run: Run, at: int, bit: int) -> Run:
    entries = list(run.entries)
    entries[at], entries[at - 1] = entries[at - 1], entries[at]
    return _with_entries(run, entries)


def _another_past(run: Run, at: int, bit: int) -> Run:
    return replace(run, previous=_bent(run.previous, bit))


def _another_signature(run: Run, at: int, bit: int) -> Run:
    return replace(run, points=[run.points[0]._replace(signature=_bent(run.points[0].signature, bit))])


TAMPERINGS = (
    _another_body,
    _another_salt,
    _one_left_out,
    _one_twice,
    _two_swapped,
    _another_past,
    _another_signature,
)


@given(st.sampled_from(TAMPERINGS), st.integers(0, 3), st.integers(0, 4_000))
def test_whatever_is_tampered_with_on_the_way_is_refused(
    sqlite_databases: Databases, tampering: Callable[[Run, int, int], Run], at: int, bit: int
) -> None:
    log = hand.opened(DEVICE)
    for number in range(3):
        log.write(hand.mark("H", number=number))
    with sqlite_databases.store() as store:
        _refused(store, tampering(log.run(), at, bit), "signature")


def test_both_branches_of_a_fork_are_kept_in_whatever_order_they_come(
    sqlite_databases: Databases, written: HandLog
) -> None:
    clone = written.branch(2)
    clone.write(hand.mark("A", number=9))
    clone.write(hand.mark("S", number=2, wall=hand.WALL + 1))
    shown = []
    for order in ([written, clone], [clone, written]):
        with sqlite_databases.store() as store:
            for branch in order:
                take(store, branch.run())
            shown.append((_marks(store), _state_of_heads(store)))
            second = _heads(store)[1]
            assert second.branch == order[1].hashes[3]
            assert (second.start, second.state) == (3, logs.STOPPED)
            with store.read() as session:
                connection = session.connection()
                for head, branch in zip(_heads(store), order, strict=True):
                    last = len(branch.entries) - 1
                    assert logs.entries(connection, head, 0, last) == branch.entries
                    assert logs.hashes(connection, head, 0, last) == branch.hashes
                    assert logs.hash_at(connection, head, 1) == branch.hashes[1]
                (noted,) = incidents.open_ones(session)
            assert (noted.code, noted.facts) == ("log-forked", {"log": written.log.hex(), "seq": 3})
            _sound(store)
    assert shown[0] == shown[1]
    assert shown[0][0] == {0: "H", 1: "T", 2: "S", 3: "S", 4: "A", 9: "A"}


def _state_of_heads(store: Store) -> object:
    with store.read() as session:
        return seen.state(session.connection()).heads


def test_a_branch_overwrites_what_came_before_it_and_not_what_the_other_one_wrote(
    sqlite_databases: Databases, written: HandLog
) -> None:
    clone = written.branch(3)
    clone.write(hand.mark("S", number=0, wall=hand.WALL - 1))
    third = clone.branch(4)
    third.write(hand.mark("A", number=0, wall=hand.WALL - 2))
    third.write(hand.mark("A", number=1, wall=hand.WALL - 2))
    # A name of the other branch's change says nothing: the log has one name for both.
    clone.write(hand.mark("A", written.ref(4), number=3, wall=hand.WALL - 1))
    for order in permutations([written, clone, third]):
        with sqlite_databases.store() as store:
            for branch in order:
                take(store, branch.run())
            heads = _state_of_heads(store)
            assert heads == {
                _part(0): {third.hashes[5]},
                _part(1): {third.hashes[6]},
                _part(2): {written.hashes[3]},
                _part(3): {written.hashes[4], clone.hashes[5]},
                _part(4): {written.hashes[5]},
            }
            assert _marks(store) == {0: "A", 1: "A", 2: "I", 3: "S", 4: "A"}
            _sound(store)


def _part(number: int) -> tuple[bytes, int]:
    made = hand.mark("H", number=number)
    return packed_row(made.entity, made.key), 1


def test_a_branch_grows_and_forks_again(store: Store, written: HandLog) -> None:
    clone = written.branch(2)
    clone.write(hand.mark("A", number=9))
    take(store, written.run())
    take(store, clone.run(3))
    clone.write(hand.mark("A", number=10))
    third = clone.branch(3)
    third.write(hand.mark("A", number=11))
    assert take(store, clone.run(4)) == 4
    assert take(store, third.run(2)) == 4
    assert take(store, third.run(2)) == 4
    third.write(hand.mark("A", number=12))
    assert take(store, third.run(0)) == 5
    assert [(head.start, head.head_seq) for head in sorted(_heads(store), key=lambda h: h.row)] == [
        (0, 5),
        (3, 4),
        (4, 5),
    ]
    assert set(_marks(store)) == {0, 1, 2, 3, 4, 9, 10, 11, 12}
    _sound(store)


def test_a_run_whose_past_is_on_no_branch_here_is_asked_for_from_further_back(
    store: Store, written: HandLog
) -> None:
    clone = written.branch(2)
    clone.write(hand.mark("A", number=9))
    clone.write(hand.mark("A", number=10))
    take(store, written.run())
    _refused(store, clone.run(4), "fork", seq=4)
    assert take(store, clone.run(1)) == 4


def test_an_unsigned_divergence_is_no_fork(store: Store, written: HandLog) -> None:
    clone = written.branch(2)
    clone.write(hand.mark("A", number=9))
    take(store, written.run())
    assert take(store, clone.run(0, 3, points=[2])) == 5
    assert len(_heads(store)) == 1


def test_a_lost_own_log_comes_back_whole_but_is_written_no_further(databases: Databases) -> None:
    mine = hand.opened(DEVICE)
    mine.write(hand.mark("H"))
    with databases.store(DEVICE) as store:
        take(store, mine.run())
        with store.write() as session:
            head = logs.own(session.connection(), DEVICE, hand.CENTRE, hand.WALL)
        assert head.log != mine.log


def test_an_own_log_that_somebody_else_wrote_on_is_stopped(databases: Databases) -> None:
    with databases.store(DEVICE) as store:
        with store.write() as session:
            record(session, Draft("mark", (hand.CENTRE, "KWU-1", 1, b"p"), {"mark": ("H", None)}))
            logs.sign(session.connection(), DEVICE)
            connection = session.connection()
            (head,) = logs.held(connection)
            entries = logs.entries(connection, head, 0, 1)
        copy = HandLog(DEVICE.signing)
        for entry in entries:
            copy.entries.append(entry)
            copy.changes.append(None)
        copy.hashes = chain.walk(chain.GENESIS, entries)
        copy.write(hand.mark("T", number=2))
        take(store, copy.run(2))
        with store.write() as session:
            (stopped,) = logs.held(session.connection())
            assert (stopped.state, stopped.head_seq) == (logs.STOPPED, 2)
            assert [noted.code for noted in incidents.open_ones(session)] == ["log-continued-elsewhere"]
            record(session, Draft("mark", (hand.CENTRE, "KWU-1", 3, b"p"), {"mark": ("H", None)}))
        assert len(_heads(store)) == 2
        _sound(store)


def test_of_two_changes_of_one_row_in_a_run_the_later_one_holds_however_it_came(databases: Databases) -> None:
    """One replaces another's and is looked at by itself; the other replaces nothing and comes as columns."""
    other = hand.opened(hand.identity(AUTHORITY))
    named = other.write(hand.mark("T"))
    both = hand.opened(DEVICE)
    both.write(hand.mark("H", named))
    both.write(hand.mark("A"))
    with databases.store() as store:
        take(store, both.run())
        assert _marks(store) == {1: "A"}
        take(store, other.run())
        assert _marks(store) == {1: "A"}
        _sound(store)
