"""Writing: a change and the row it shows, both or neither, naming what its writer saw."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import InternalError

from app.errors import Refused
from app.journal import chain
from app.journal.change import Change, Ref, parse
from app.journal.device_certificate import DeviceKind
from app.storage import integrity, logs
from app.storage.journal import Draft, Plain, record
from app.storage.store import Store
from app.storage.tables import Mark, Participant, PrintRun, TrainingClass
from app.storage.tables.journal import ChangeRow, Head, Log
from tests.storage import seen
from tests.support import hand
from tests.support.databases import AUTHORITY, KEY, Databases, take

DEVICE = hand.identity(AUTHORITY)
AUTHOR = b"a" * 16
MARK = (hand.CENTRE, "KWU-1", 1, b"p" * 16)


@pytest.fixture
def laptop(databases: Databases) -> Iterator[Store]:
    with databases.store(DEVICE) as store:
        yield store


def _mark(status: str, **more: object) -> Draft:
    return Draft("mark", MARK, {"mark": (status, None)}, **more)  # type: ignore[arg-type]  # fields of Draft


def _write(store: Store, *drafts: Draft) -> list[Change]:
    """Record the drafts; returns all changes of our log so far."""
    with store.write(AUTHOR) as session:
        record(session, drafts)
    return _changes(store)


def _changes(store: Store) -> list[Change]:
    with store.read() as session:
        own = select(ChangeRow.body).join_from(ChangeRow, Log, ChangeRow.log == Log.id)
        bodies = session.scalars(own.where(Log.own).order_by(ChangeRow.log, ChangeRow.seq))
        return [parse(body) for body in bodies if body is not None]


def _heads(store: Store) -> int:
    with store.read() as session:
        return len(session.execute(select(Head.seq)).all())


def test_a_change_says_who_when_and_why(laptop: Store) -> None:
    opening, made = _write(laptop, _mark("H", reason="salah dengar"))
    assert opening.groups[1][:3] == (DEVICE.certificate, hand.CENTRE, None)
    assert made == Change(6, MARK, {1: ("H", None)}, (), AUTHOR, hand.WALL, "salah dengar")


def test_a_block_that_raises_leaves_neither_row_nor_change(laptop: Store) -> None:
    _write(laptop, _mark("H"))
    with pytest.raises(ZeroDivisionError), laptop.write(AUTHOR) as session:
        record(session, [_mark("A"), Draft("mark", (*MARK[:2], 2, b"q"), {"mark": ("T", 480)})])
        assert session.scalar(select(Mark.status).where(Mark.number == 1)) == "A"
        raise ZeroDivisionError
    assert [change.groups for change in _changes(laptop)[1:]] == [{1: ("H", None)}]
    assert integrity.check(laptop).sound


def test_nothing_to_write_writes_nothing(laptop: Store) -> None:
    assert _write(laptop) == []


def test_values_stand_in_the_tables_as_people_gave_them(laptop: Store) -> None:
    class Status(StrEnum):
        LATE = "T"

    printed = datetime(2026, 9, 21, 8, 30, tzinfo=UTC)
    _write(
        laptop,
        Draft("mark", MARK, {"mark": (Status.LATE, 495)}),
        Draft("training_class", (hand.CENTRE, "KWU-1"), {"period": (date(2026, 9, 21), None)}),
        Draft("participant", (b"p" * 16,), {"identity": ("1", "E\u0301va", "P", None, date(1985, 1, 1))}),
        Draft("print_run", (b"r" * 16,), {"run": (printed, [1, 2], (), None)}),
    )
    with laptop.read() as session:
        assert session.execute(select(Mark.status, Mark.arrival)).one() == ("T", 495)
        assert session.scalar(select(TrainingClass.first_day)) == date(2026, 9, 21)
        assert session.execute(select(Participant.name, Participant.birth_date)).one() == (
            "Éva",
            date(1985, 1, 1),
        )
        run = session.execute(select(PrintRun.printed_at, PrintRun.serials, PrintRun.copies)).one()
        assert run == (printed, (1, 2), ())


@pytest.mark.parametrize(
    ("key", "values"),
    [
        (MARK[:3], ("H", None)),
        (MARK, ("H",)),
        (MARK, (1, None)),
        (MARK, ("H", "08.00")),
        (MARK, ("\0", None)),
    ],
)
def test_what_does_not_fit_the_registry_is_a_bug_and_nothing_is_written(
    laptop: Store, key: tuple[Plain, ...], values: tuple[Plain, ...]
) -> None:
    with pytest.raises(TypeError, match="does not fit the registry"):
        _write(laptop, _mark("H"), Draft("mark", key, {"mark": values}))
    assert _changes(laptop) == []


def test_what_is_too_big_is_refused_and_nothing_is_written(laptop: Store) -> None:
    with pytest.raises(Refused, match="change-too-big"):
        _write(laptop, _mark("H"), Draft("mark", MARK, {"remark": ("x" * 17_000,)}))
    assert _changes(laptop) == []


def test_personal_changes_are_salted_each_with_its_own(laptop: Store) -> None:
    said: dict[str, tuple[Plain, ...]] = {"remark": ("sakit",)}
    _write(laptop, _mark("H"), Draft("mark", MARK, said), Draft("mark", MARK, said))
    with laptop.read() as session:
        connection = session.connection()
        (head,) = logs.held(connection)
        salts = [entry.salt for entry in logs.entries(connection, head, 1, 3)]
    assert salts[0] == b""
    assert [len(salt) for salt in salts[1:]] == [chain.SALT_BYTES] * 2
    assert salts[1] != salts[2]


@pytest.fixture
def others(laptop: Store) -> tuple[Ref, Ref]:
    """Two other laptops' marks for the same person, both heads here."""
    refs = []
    for status in "TS":
        log = hand.opened(hand.identity(AUTHORITY))
        refs.append(log.write(hand.mark(status, participant=b"p" * 16)))
        take(laptop, log.run())
    return refs[0], refs[1]


def test_a_change_names_all_heads_there_unless_it_is_told_what_was_seen(
    laptop: Store, others: tuple[Ref, Ref]
) -> None:
    assert _heads(laptop) == 2
    assert _write(laptop, _mark("A", seen=(others[0],)))[-1].replaces == (others[0],)
    assert _heads(laptop) == 2
    assert _write(laptop, _mark("A", seen=()))[-1].replaces == ()
    assert _heads(laptop) == 2
    assert _write(laptop, _mark("H"))[-1].replaces == (others[1],)
    assert _heads(laptop) == 1


def test_a_change_names_nothing_of_its_own_log_and_nothing_twice(
    laptop: Store, others: tuple[Ref, Ref]
) -> None:
    _write(laptop, _mark("A", seen=()))
    with laptop.read() as session:
        (mine,) = [head for head in logs.held(session.connection()) if head.own]
    own = Ref(mine.log, 1, mine.head_hash[:4])
    later = max(others)
    assert _write(laptop, _mark("H", seen=(later, own, later, min(others))))[-1].replaces == tuple(
        sorted(others)
    )


def test_a_group_that_is_not_touched_is_not_named(laptop: Store, others: tuple[Ref, Ref]) -> None:
    assert _write(laptop, Draft("mark", MARK, {"remark": ("sakit",)}))[-1].replaces == ()
    assert _heads(laptop) == 3


def test_a_deletion_names_every_head_of_every_group(laptop: Store, others: tuple[Ref, Ref]) -> None:
    made = _write(laptop, Draft("mark", MARK, {"gone": (True,)}, reason="salah orang"))[-1]
    assert made.replaces == tuple(sorted(others))
    with laptop.read() as session:
        assert session.scalar(select(Mark.gone)) is True
    _write(laptop, Draft("mark", MARK, {"gone": (False,)}))
    with laptop.read() as session:
        assert session.execute(select(Mark.gone, Mark.status)).one()[0] is False


def test_two_drafts_of_one_row_in_one_go_leave_the_last(laptop: Store, others: tuple[Ref, Ref]) -> None:
    _write(laptop, _mark("H"), _mark("A"))
    assert _heads(laptop) == 1
    with laptop.read() as session:
        assert session.scalar(select(Mark.status)) == "A"


def test_a_clock_that_runs_backwards_does_not_undo_a_correction(databases: Databases) -> None:
    walls = iter([hand.WALL, hand.WALL - 40 * 365 * 86_400_000])
    with databases.store(DEVICE) as store:
        store.clock = walls.__next__
        _write(store, _mark("H"))
        _write(store, _mark("A"))
        with store.read() as session:
            assert session.scalar(select(Mark.status)) == "A"
        assert integrity.check(store).sound


def test_headquarters_writes_one_log_for_each_scope(databases: Databases) -> None:
    office = hand.identity(AUTHORITY, centre=0, kind=DeviceKind.HEADQUARTERS)
    with databases.store(office) as store:
        with store.write() as session:
            for scope in (0, hand.CENTRE, 0):
                record(session, Draft("policy", ("wording",), {"value": (f"{scope}",)}), scope)
        with store.read() as session:
            held = logs.held(session.connection())
        assert sorted((head.scope, head.head_seq) for head in held) == [(0, 2), (hand.CENTRE, 1)]


def test_a_new_log_names_the_one_before_it_and_its_changes_what_they_overwrite(laptop: Store) -> None:
    _write(laptop, _mark("H"))
    logs_before: list[bytes | None] = [None]
    for _ in range(4):
        with laptop.write() as session:
            connection = session.connection()
            (head,) = [one for one in logs.held(connection) if one.state == logs.OPEN]
            logs_before.append(head.log)
            logs.open_log(connection, DEVICE, hand.CENTRE, hand.WALL)
        made = _write(laptop, _mark("A"))[-1]
        assert made.replaces == (Ref(head.log, 1, head.head_hash[:4]),)
        assert _heads(laptop) == 1
    openings = [change for change in _changes(laptop) if change.entity == 0]
    assert [change.groups[1][2] for change in openings] == logs_before
    with laptop.read() as session:
        states = [head.state for head in logs.held(session.connection())]
    assert sorted(states) == [logs.OPEN, *[logs.STOPPED] * 4]


def test_signing_signs_what_has_grown_and_only_once(laptop: Store) -> None:
    _write(laptop, _mark("H"))
    with laptop.write() as session:
        connection = session.connection()
        assert logs.sign(connection, DEVICE) == 1
        assert logs.sign(connection, DEVICE) == 0
        (head,) = logs.held(connection)
        assert head.signed_seq == head.head_seq == 1
        assert logs.sign_at(connection, DEVICE, head, 1) == logs.points(connection, head, -1)[0]
        middle = logs.sign_at(connection, DEVICE, head, 0)
        assert chain.point_holds(
            DEVICE.signing.public_key(), head.log, middle, logs.hash_at(connection, head, 0)
        )
        assert logs.held(connection)[0].signed_seq == 1
    assert integrity.check(laptop).sound


def test_what_one_laptop_recorded_another_takes_in_and_shows_the_same(databases: Databases) -> None:
    with databases.store(DEVICE) as one, databases.store() as two:
        _write(one, _mark("H"), Draft("mark", MARK, {"remark": ("sakit",)}))
        with one.write() as session:
            connection = session.connection()
            logs.sign(connection, DEVICE)
            (head,) = logs.held(connection)
            run = hand.run_of(
                head.log, logs.entries(connection, head, 0, 2), logs.points(connection, head, -1)
            )
            shown = integrity.tables_hash(connection)
        take(two, run)
        with two.read() as session:
            assert integrity.tables_hash(session.connection()) == shown


def test_many_writers_at_once_make_one_unbroken_log(tmp_path: Path, databases: Databases) -> None:
    with databases.store(DEVICE) as first:
        url = first.engine.url
        second = (
            Store.encrypted(_file(first), KEY, DEVICE, hand.CENTRE, lambda: hand.WALL)
            if databases.server is None
            else Store.connect(url.render_as_string(False), DEVICE, hand.CENTRE, lambda: hand.WALL)
        )
        threads = [
            Thread(target=_many, args=(store, name))
            for name, store in zip("abcd", [first, second] * 2, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        second.close()
        with first.read() as session:
            marks = seen.state(session.connection()).tables["mark"]
            assert len(logs.held(session.connection())) == 1
        assert {key[1] for key in marks} == {f"{name}-{number}" for name in "abcd" for number in range(10)}
        report = integrity.check(first)
        assert report.sound
        assert report.changes == 41


def _many(store: Store, name: str) -> None:
    for number in range(10):
        _write(store, Draft("mark", (hand.CENTRE, f"{name}-{number}", 1, b"p"), {"mark": ("H", None)}))


def _file(store: Store) -> Path:
    with store.read() as session:
        return Path(session.execute(text("PRAGMA database_list")).one()[2])


def test_a_reader_sees_one_state_while_others_write(laptop: Store) -> None:
    _write(laptop, _mark("H"))
    with laptop.read() as session:
        assert session.scalar(select(Mark.status)) == "H"
        writer = Thread(target=_write, args=(laptop, _mark("A")))
        writer.start()
        writer.join()
        assert session.scalar(select(Mark.status)) == "H"
    with laptop.read() as session:
        assert session.scalar(select(Mark.status)) == "A"


def test_a_reader_changes_nothing(laptop: Store) -> None:
    _write(laptop, _mark("H"))
    # PostgreSQL refuses at once, SQLite takes it back.
    with laptop.read() as session, suppress(InternalError):
        session.execute(text("INSERT INTO setting (name, value) VALUES ('x', '')"))
    with laptop.read() as session:
        assert session.execute(text("SELECT count(*) FROM setting")).scalar() == 0
