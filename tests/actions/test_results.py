"""Results of modules: recorded, corrected, pasted as tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.actions import results
from app.domain.ids import ModuleCode
from app.domain.progress import ModuleState, Result
from app.domain.results import ResultEntry, ScoreField
from app.errors import NotFound, Refused
from app.queries import results as listed
from app.queries import typed_tables
from app.queries.history import changes_written
from tests.support.class_of import class_of
from tests.support.laptop import Laptop, woman

ONE = ModuleCode("KWU-01")


def test_a_result_comes_in_steps_and_its_state_follows(laptop: Laptop) -> None:
    key, (who,) = class_of(laptop, 1, 1)
    steps = [
        (ResultEntry(who, ONE, pre=4_000), Result(ONE, ModuleState.IN_PROGRESS, 4_000, None)),
        (ResultEntry(who, ONE, post=8_050), Result(ONE, ModuleState.DONE, 4_000, 8_050)),
        (ResultEntry(who, ONE, state=ModuleState.DONE), Result(ONE, ModuleState.DONE, 4_000, 8_050)),
    ]
    with laptop.write() as session:
        for entry, expected in steps:
            results.record(session, key, entry)
            assert listed.grid(session, key).of(who) == (expected,)


def test_the_same_result_again_writes_nothing_and_another_score_wants_a_reason(laptop: Laptop) -> None:
    key, (who,) = class_of(laptop, 1, 1)
    entry = ResultEntry(who, ONE, 4_000, 8_000, remark="Ujian susulan")
    with laptop.write() as session:
        assert results.record(session, key, entry) == 1
        before = changes_written(session)
        assert results.record(session, key, entry) == 0
        for wrong in (
            replace(entry, post=9_000),
            replace(entry, state=ModuleState.IN_PROGRESS),
            replace(entry, post=None, emptied=frozenset({ScoreField.POST})),
        ):
            with pytest.raises(Refused) as refusal:
                results.record(session, key, wrong)
            assert refusal.value.code == "reason-missing"
        assert changes_written(session) == before
        emptied = ResultEntry(who, ONE, emptied=frozenset({ScoreField.POST}))
        assert results.record(session, key, emptied, "Salah orang") == 1
        assert listed.grid(session, key).of(who) == (Result(ONE, ModuleState.IN_PROGRESS, 4_000, None),)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"module": "KWU-99"}, "module-unknown"),
        ({"participant": bytes(16)}, "participant-not-enrolled"),
        ({"post": 10_001}, "score-range"),
    ],
)
def test_many_results_are_written_all_or_none(laptop: Laptop, wrong: dict[str, object], code: str) -> None:
    key, (one, two) = class_of(laptop, 2, 1)
    good = ResultEntry(one, ONE, post=8_000)
    bad = replace(ResultEntry(two, ONE, post=8_000), **wrong)  # type: ignore[arg-type]
    with laptop.write() as session:
        before = changes_written(session)
        with pytest.raises(Refused) as refusal:
            results.record_many(session, key, [good, bad])
        assert (refusal.value.code, changes_written(session)) == (code, before)
        assert results.record_many(session, key, [good, replace(good, participant=two)]) == 2


def test_a_wide_table_is_read_cell_by_cell(laptop: Laptop) -> None:
    key, (one, two, _) = class_of(laptop, 3, 1)
    table = [
        ["Nama", "KWU-01 pre", "kwu-01 post", "KWU-02"],
        ["Orang 0", "40", "85,5", "870"],
        ["2", "", "70", ""],
        ["Siti", "1", "", ""],
        ["", "", "", ""],
    ]
    with laptop.read() as session:
        read = typed_tables.read_results(session, key, table)
    assert read.entries == (ResultEntry(one, "KWU-01", 4_000, 8_550), ResultEntry(two, "KWU-01", post=7_000))
    assert [(r.line, r.column, r.code) for r in read.refused] == [
        (2, 4, "score-range"), (4, 1, "participant-not-found"),
    ]  # fmt: skip
    assert read.refused[0].facts["guess"] == "87"


def test_a_long_table_needs_no_heading(laptop: Laptop) -> None:
    key, (one, two) = class_of(laptop, 2, 1)
    table = [
        ["1", "kwu-01", "40", "80"],
        [woman(1), "KWU-02", "", "", "RPL"],
        ["1", "KWU-77", "1"],
        ["1", ""],
    ]
    with laptop.read() as session:
        read = typed_tables.read_results(session, key, table)
    assert read.entries == (
        ResultEntry(one, "KWU-01", 4_000, 8_000),
        ResultEntry(two, "KWU-02", state=ModuleState.RECOGNISED),
    )
    assert [(r.line, r.column, r.code) for r in read.refused] == [
        (3, 2, "module-unknown"), (4, 2, "module-missing-in-line"),
    ]  # fmt: skip


def test_a_long_table_with_a_heading_in_another_order(laptop: Laptop) -> None:
    key, (one,) = class_of(laptop, 1, 1)
    table = [["Modul", "Status", "Nilai", "NIK"], ["KWU-01", "selesai", "80", woman(0)]]
    with laptop.read() as session:
        read = typed_tables.read_results(session, key, table)
    assert read.entries == (ResultEntry(one, "KWU-01", post=8_000, state=ModuleState.DONE),)
    assert read.refused == ()


def test_a_table_of_marks_is_read_line_by_line(laptop: Laptop) -> None:
    key, (one, two, three) = class_of(laptop, 3, 1)
    table = [["No", "Kehadiran", "Jam", "Keterangan"], ["1", "H"], ["2", "T", "8:40", "Hujan"], ["2", "A"],
             ["3", "X"], ["3", ""], ["9", "H"]]  # fmt: skip
    with laptop.read() as session:
        read = typed_tables.read_marks(session, key, table)
    assert {who: (m.status, m.arrival, m.remark) for who, m in read.marks.items()} == {
        one: ("H", None, None), two: ("T", 520, "Hujan"),
    }  # fmt: skip
    assert [(r.line, r.column, r.code) for r in read.refused] == [
        (4, 1, "participant-twice"), (5, 2, "mark-unknown"), (6, 2, "mark-missing"),
        (7, 1, "participant-not-found"),
    ]  # fmt: skip
    assert three not in read.marks


def test_a_class_that_is_not_there_is_said(laptop: Laptop) -> None:
    key, _ = class_of(laptop, 1, 1)
    with laptop.read() as session, pytest.raises(NotFound):
        typed_tables.read_results(session, key._replace(code="NONE"), [["1", "KWU-01"]])  # type: ignore[arg-type]
