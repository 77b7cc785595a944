"""The stick: a laptop that never has a network, and files that come twice, late, torn or changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import NotFound, Refused, StorageTrouble, SyncTrouble
from sync import facade
from sync.hq import bundles
from sync.hq.headquarters import Headquarters
from tests.sync.conftest import CENTRE, Clock, Hire, Laptop, founded, hq_tables

pytestmark = pytest.mark.near


def waiting(laptop: Laptop) -> int:
    with laptop.place.store.read() as session:
        return facade.status(session).waiting


def test_a_laptop_that_only_ever_has_a_stick_hands_over_and_learns_that_it_arrived(
    hire: Hire, headquarters: Headquarters, tmp_path: Path
) -> None:
    laptop, sibling = hire("one"), hire("two")
    laptop.roster(12)
    laptop.mark(3, "H")
    sibling.roster(12)
    sibling.sync()
    before = waiting(laptop)
    written = facade.write_bundle(laptop.place, tmp_path / "out.balai")
    assert written.recipients == 1, "headquarters; the sibling was enrolled later and is not known yet"
    read = bundles.read(headquarters, tmp_path / "out.balai")
    assert (read.complete, read.sender.name, read.intake.refused) == (True, "one", [])
    assert before > 0
    assert waiting(laptop) == before, "handed over is not yet arrived"
    answer = bundles.write(headquarters, tmp_path / "back.balai", CENTRE)
    assert answer.recipients == 2
    report = facade.read_bundle(laptop.place, tmp_path / "back.balai")
    assert (report.complete, report.from_headquarters, report.refused) == (True, True, set())
    assert waiting(laptop) == 0
    assert sibling.sync().synced
    assert laptop.tables() == sibling.tables() == hq_tables(headquarters)


def test_laptops_converge_through_a_stick_without_headquarters(hire: Hire, tmp_path: Path) -> None:
    one, two = hire("one"), hire("two")
    one.sync()  # so that it knows its sibling
    one.roster(5)
    two.roster(5)
    one.mark(1, "H")
    two.mark(2, "A")
    facade.write_bundle(one.place, tmp_path / "one.balai")
    facade.write_bundle(two.place, tmp_path / "two.balai")
    facade.read_bundle(two.place, tmp_path / "one.balai")
    report = facade.read_bundle(one.place, tmp_path / "two.balai")
    assert report.tables >= {"mark", "participant"}
    assert one.tables() == two.tables()


def test_a_bundle_read_twice_or_out_of_order_changes_nothing_more(
    hire: Hire, headquarters: Headquarters, tmp_path: Path
) -> None:
    laptop = hire("one")
    laptop.roster(3)
    facade.write_bundle(laptop.place, tmp_path / "first.balai")
    laptop.mark(1, "H")
    facade.write_bundle(laptop.place, tmp_path / "second.balai")
    assert bundles.read(headquarters, tmp_path / "second.balai").intake.changes == 12
    after = hq_tables(headquarters)
    for name in ("first", "second", "first"):
        assert bundles.read(headquarters, tmp_path / f"{name}.balai").intake.changes == 0
    assert hq_tables(headquarters) == after == laptop.tables()


def test_what_is_acknowledged_can_be_left_out(hire: Hire, headquarters: Headquarters, tmp_path: Path) -> None:
    laptop = hire("one")
    laptop.roster(30)
    laptop.sync()
    laptop.mark(1, "H")
    small = facade.write_bundle(laptop.place, tmp_path / "small.balai", lacking_only=True)
    full = facade.write_bundle(laptop.place, tmp_path / "full.balai")
    assert (small.changes, small.logs) == (1, 1)
    assert small.size < full.size
    assert bundles.read(headquarters, tmp_path / "small.balai").intake.changes == 1
    assert hq_tables(headquarters) == laptop.tables()


def test_a_torn_bundle_yields_what_is_whole_and_the_next_one_the_rest(
    hire: Hire, headquarters: Headquarters, tmp_path: Path
) -> None:
    laptop = hire("one")
    laptop.roster(3)
    facade.write_bundle(laptop.place, tmp_path / "whole.balai")
    whole = (tmp_path / "whole.balai").read_bytes()
    (tmp_path / "torn.balai").write_bytes(whole[:-30])
    read = bundles.read(headquarters, tmp_path / "torn.balai")
    assert not read.complete
    assert bundles.read(headquarters, tmp_path / "whole.balai").complete
    assert hq_tables(headquarters) == laptop.tables()


def test_a_changed_bundle_is_refused_whatever_was_changed(
    hire: Hire, headquarters: Headquarters, tmp_path: Path
) -> None:
    laptop = hire("one")
    laptop.roster(2)
    facade.write_bundle(laptop.place, tmp_path / "whole.balai")
    whole = (tmp_path / "whole.balai").read_bytes()
    before = hq_tables(headquarters)
    for place in range(8, len(whole), 97):
        changed = bytearray(whole)
        changed[place] ^= 1
        (tmp_path / "changed.balai").write_bytes(changed)
        try:
            assert not bundles.read(headquarters, tmp_path / "changed.balai").complete
        except (SyncTrouble, Refused) as trouble:
            assert trouble.code.startswith(("bundle-", "device-certificate-", "sync-malformed"))
    assert hq_tables(headquarters) == before


def test_a_bundle_for_somebody_else_and_other_files_are_told_apart(
    hire: Hire, headquarters: Headquarters, tmp_path: Path, clock: Clock
) -> None:
    laptop = hire("one")
    facade.write_bundle(laptop.place, tmp_path / "out.balai")
    with pytest.raises(SyncTrouble) as trouble:
        facade.read_bundle(laptop.place, tmp_path / "out.balai")
    assert trouble.value.code == "bundle-not-for-us"
    (tmp_path / "letter.balai").write_bytes(b"Yth. Kepala Balai")
    with pytest.raises(SyncTrouble) as trouble:
        facade.read_bundle(laptop.place, tmp_path / "letter.balai")
    assert trouble.value.code == "bundle-foreign"
    with pytest.raises(NotFound):
        facade.read_bundle(laptop.place, tmp_path / "nothing.balai")
    with pytest.raises(StorageTrouble):
        facade.write_bundle(laptop.place, tmp_path / "no-such-folder" / "out.balai")
    other = founded(tmp_path / "other", "sqlite:///headquarters.sqlite", clock)
    with pytest.raises(Refused) as refusal:
        bundles.read(other, tmp_path / "out.balai")
    assert refusal.value.code == "device-certificate-foreign"
    other.close()


def test_a_preview_says_what_would_come_and_changes_nothing(hire: Hire, tmp_path: Path) -> None:
    one, two = hire("one"), hire("two")
    one.sync()
    one.roster(4)
    one.mark(1, "H")
    two.roster(4)
    two.mark(1, "S")
    facade.write_bundle(one.place, tmp_path / "one.balai")
    before = two.tables()
    seen = facade.preview_bundle(two.place, tmp_path / "one.balai")
    assert seen.by_table["mark"] == 1
    assert seen.by_table["participant"] == 4
    assert seen.people == 4
    assert seen.reviews > 0
    assert two.tables() == before
    report = facade.read_bundle(two.place, tmp_path / "one.balai")
    assert report.changes == seen.changes


def test_the_status_counts_what_is_not_yet_at_headquarters_by_kind_and_since_when(hire: Hire) -> None:
    laptop = hire("one")
    laptop.sync()
    with laptop.place.store.read() as session:
        empty = facade.status(session)
    assert (empty.waiting, empty.oldest, empty.by_table) == (0, None, {})
    assert empty.synced is not None
    first = laptop.clock.now
    laptop.roster(2)
    laptop.mark(1, "H")
    with laptop.place.store.read() as session:
        some = facade.status(session)
    assert dict(some.by_table) == {
        "training_class": 1, "session": 3, "participant": 2, "enrolment": 2, "mark": 1
    }  # fmt: skip
    assert some.waiting == 9
    assert some.oldest is not None and first < some.oldest < laptop.clock.now
    laptop.sync()
    assert waiting(laptop) == 0
