"""The register: every number has its line and its reason, and each certificate its life."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions import certificates, participants, print_runs
from app.actions import trust as taking
from app.actions.print_runs import BlankState
from app.actions.trust import Paper
from app.certificates import keys, status, trust
from app.certificates.status import Reason, StatusList
from app.domain.ids import Serial
from app.errors import NotFound, Refused
from app.queries import certificate_life, certificate_register
from app.queries import certificates as lines
from app.queries import participants as people_rows
from app.queries import trust as held
from app.queries.certificate_life import Life, Turn
from app.queries.certificate_register import Fate, Register, RegisterRow
from app.storage.base import days
from app.storage.journal import Draft, record
from tests.certificates.register import Centre, centre
from tests.support.issuing import issuer
from tests.support.laptop import CENTRE, EVERYBODY, TODAY, hand_over

FIRST = CENTRE * 10_000_000 + 1


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Centre]:
    with centre(tmp_path, 6) as opened:
        yield opened


def _register(made: Centre, floor: int = 0, later: int = 0) -> Register:
    laptop = made.one.laptop
    with laptop.read() as session:
        day = TODAY + timedelta(days=later)
        return certificate_register.of(session, CENTRE, laptop.identity.device_id, day, floor)


def _life(made: Centre, serial: int) -> Life:
    with made.one.laptop.read() as session:
        return certificate_life.of(session, serial)


def _by_serial(register: Register) -> dict[int, RegisterRow]:
    return {row.serial: row for row in register.rows if row.serial is not None}


def test_the_highest_number_stands_first_and_each_says_what_became_of_it(made: Centre) -> None:
    first, second, third = made.one.issue(made.key, made.people[:3])
    made.one.void(second)
    newer = made.one.replace(first)
    rows = _register(made).rows
    assert [row.serial for row in rows] == [newer, third, second, first]
    assert [row.fate for row in rows] == [Fate.ISSUED, Fate.ISSUED, Fate.VOID, Fate.REPLACED]
    assert (rows[2].reason, rows[3].reason) == ("Tercetak miring", "Nama keliru")
    assert (rows[0].other, rows[3].other) == (first, newer)


def test_what_headquarters_revoked_is_revoked_here_by_its_log_or_by_its_list(made: Centre) -> None:
    first, second, _ = made.one.issue(made.key, made.people[:3])
    with made.headquarters.write() as session:
        said = {"revocation": ("fraud", TODAY)}
        record(session, Draft("revocation", (first,), said), scope=EVERYBODY)
        listed = StatusList(1, 1, days(TODAY), days(TODAY) + 9, serials={second: Reason.ERROR})
        raw = status.build(made.authorities.status, listed)
        record(session, Draft("status_list", (1, 1), {"list": (raw,)}), scope=EVERYBODY)
    hand_over(made.headquarters, made.one.laptop)
    rows = _by_serial(_register(made))
    assert (rows[first].fate, rows[first].reason, rows[first].day) == (Fate.REVOKED, "fraud", TODAY)
    assert (rows[second].fate, rows[second].reason) == (Fate.REVOKED, "error")


def test_numbers_the_anchor_remembers_but_no_certificate_has_are_a_gap_with_its_reason(made: Centre) -> None:
    made.one.issue(made.key, made.people[:1])
    made.one.floor = FIRST + 4
    (later,) = made.one.issue(made.key, made.people[1:2])
    assert later == FIRST + 5
    (gap,) = [row for row in _register(made).rows if row.fate is Fate.SKIPPED]
    assert (gap.serial, gap.last) == (FIRST + 1, FIRST + 4)
    (open_end,) = [row for row in _register(made, FIRST + 7).rows if row.serial == FIRST + 6]
    assert (open_end.fate, open_end.last) == (Fate.SKIPPED, FIRST + 7)


def test_what_was_left_of_a_block_when_its_time_ended_is_told(made: Centre) -> None:
    made.one.issue(made.key, made.people[:2])
    late = _register(made, later=301)
    (lapsed,) = [row for row in late.rows if row.fate is Fate.LAPSED and row.serial == FIRST + 2]
    assert lapsed.last == FIRST + 11
    assert (late.stock.left, late.stock.ends, late.stock.due) == (0, None, True)


def test_the_stock_says_how_many_are_left_until_when_and_whether_more_are_due(made: Centre) -> None:
    made.one.issue(made.key, made.people[:2])
    stock = _register(made).stock
    assert (stock.left, stock.count, stock.due) == (10, 12, False)
    assert stock.ends == TODAY + timedelta(days=300)
    assert _register(made, FIRST + 9).stock.due


def test_blank_forms_stand_last_with_what_became_of_them(made: Centre) -> None:
    made.one.issue(made.key, made.people[:1])
    with made.one.laptop.write() as session:
        print_runs.spoil(session, "B-0007", TODAY, reason="Tinta tumpah")
        print_runs.spoil(session, "B-0008", TODAY, BlankState.LOST)
    assert [(row.fate, row.number) for row in _register(made).rows[-2:]] == [
        (Fate.SPOILED, "B-0007"),
        (Fate.LOST, "B-0008"),
    ]


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(1, 30), unique=True), st.integers(0, 32))
def test_every_number_up_to_the_highest_has_exactly_one_line(used: list[int], floor: int) -> None:
    from app.domain.serial import Lease
    from app.queries.certificate_register import _Block, _gaps

    block = _Block(Lease(1, 30), True, 10, frozenset(used))
    highest = max([floor, *used], default=0)
    gaps = list(_gaps(CENTRE, [block], 5, highest))
    told = [n for gap in gaps for n in range(int(gap.serial or 0), int(gap.last or 0) + 1)]
    base = CENTRE * 10_000_000
    assert sorted([*(n - base for n in told), *used]) == list(range(1, min(highest, 30) + 1))


def test_a_life_tells_each_turn_with_who_where_and_why(made: Centre) -> None:
    (first,) = made.one.issue(made.key, made.people[:1])
    with made.one.laptop.write() as session:
        print_runs.log(session, [(first, 0)], "Ruang TU")
        print_runs.log(session, [(first, 1)], "Ruang TU", "Hilang saat banjir")
    newer = made.one.replace(first)
    life = _life(made, first)
    assert [event.turn for event in life.events] == [
        Turn.REPLACED,
        Turn.COPIED,
        Turn.PRINTED,
        Turn.ISSUED,
    ]
    assert [event.reason for event in life.events] == ["Nama keliru", "Hilang saat banjir", "", ""]
    assert {event.machine for event in life.events} == {made.one.laptop.identity.name}
    assert (life.copy, life.replaced_by, life.replaces) == (2, newer, None)
    after = _life(made, newer)
    assert (after.replaces, after.replaced_by, after.copy) == (first, None, 0)


def test_the_middle_of_three_knows_both_its_neighbours(made: Centre) -> None:
    (first,) = made.one.issue(made.key, made.people[:1])
    second = made.one.replace(first)
    third = made.one.replace(second)
    life = _life(made, second)
    assert (life.replaces, life.replaced_by) == (first, third)


def test_a_life_keeps_the_name_on_the_paper_when_the_person_is_renamed(made: Centre) -> None:
    (first,) = made.one.issue(made.key, made.people[:1])
    with made.one.laptop.write() as session:
        participants.rename(session, made.people[0], " Nama  Betul ", "Salah eja")
    life = _life(made, first)
    assert (life.printed_name, life.row.name) == ("Orang 0", "Nama Betul")
    with made.one.laptop.read() as session:
        known = people_rows.one(session, made.people[0])
    assert known.nik is not None and known.birth_place == "Ternate"
    with made.one.laptop.write() as session, pytest.raises(Refused, match="-missing"):
        participants.rename(session, made.people[0], " ", "Salah eja")


def test_a_replacement_bears_a_number_typed_by_hand_and_none_that_was_used(made: Centre) -> None:
    (first,) = made.one.issue(made.key, made.people[:1])
    with made.one.laptop.read() as session:
        old = lines.one(session, first).official_number
    laptop = made.one.laptop
    with laptop.write() as session, pytest.raises(Refused, match="number-taken"):
        who = issuer(laptop, made.one.floor)
        certificates.replace(session, first, who, TODAY, "Nomor manual", f"0{old.lower()}")
    with laptop.write() as session:
        who = issuer(laptop, made.one.floor)
        newer = certificates.replace(session, first, who, TODAY, "Nomor manual", "77/MANUAL/2026")
    with laptop.read() as session:
        assert lines.one(session, newer).official_number == "77/MANUAL/2026"


def test_an_unknown_serial_has_no_life(made: Centre) -> None:
    with pytest.raises(NotFound, match="certificate-unknown"):
        _life(made, Serial(FIRST))


def test_a_stick_brings_a_newer_list_or_trust_file_and_never_an_older_or_a_strange_one(made: Centre) -> None:
    laptop, root, present = made.one.laptop, made.authorities.root, made.authorities.trust().file
    (first,) = made.one.issue(made.key, made.people[:1])
    listed = StatusList(1, 2, days(TODAY), days(TODAY) + 9, serials={first: Reason.FRAUD})
    with laptop.write() as session:
        assert taking.take(session, status.build(made.authorities.status, listed)) is Paper.STATUS
        newer = trust.build(root, replace(present, counter=2))
        assert taking.take(session, newer) is Paper.TRUST
        assert session.info["changed"] >= {"status_list", "trust_file"}
    assert _by_serial(_register(made))[first].reason == "fraud"
    stranger = keys.generate()
    strange = trust.build(stranger, replace(present, counter=9, roots=(keys.public(stranger),)))
    older = status.build(made.authorities.status, replace(listed, number=1))
    refused = {
        "trust-older": made.authorities.trust().raw,
        "trust-signer-unknown": strange,
        "status-older": older,
        "trust-not-either": b"catatan belanja",
    }
    for code, raw in refused.items():
        with laptop.write() as session, pytest.raises(Refused, match=code):
            taking.take(session, raw)
    with laptop.read() as session:
        assert held.trust_file(session) == newer
