"""One suite over both implementations: headquarters' rules in process, and the HTTP client to a server."""

from __future__ import annotations

from app.storage.journal import Draft
from sync.hq.headquarters import Headquarters
from tests.sync.conftest import CENTRE, Hire, hq_tables, participant


def test_an_enrolled_laptop_has_what_headquarters_publishes_and_is_synced_at_once(hire: Hire) -> None:
    laptop = hire("one")
    with laptop.place.store.read() as session:
        from app.storage.tables import Delegation, Device, Module, Programme

        assert session.query(Programme).count() == 1
        assert session.query(Module).count() == 2
        assert session.query(Device).count() == 1
        assert session.query(Delegation).count() == 1
    tally = laptop.sync()
    assert (tally.synced, tally.requests, tally.changes_down) == (True, 1, 0)


def test_two_laptops_that_imported_the_same_roster_before_their_first_sync_converge(
    hire: Hire, headquarters: Headquarters
) -> None:
    one, two = hire("one"), hire("two")
    one.roster(20)
    two.roster(20)
    one.mark(1, "H")
    two.mark(2, "A")
    assert one.sync().synced
    assert two.sync().synced
    assert one.sync().synced
    assert one.tables() == two.tables() == hq_tables(headquarters)


def test_an_edit_on_both_laptops_is_kept_by_both_and_shown_the_same(
    hire: Hire, headquarters: Headquarters
) -> None:
    one, two = hire("one"), hire("two")
    one.roster(3)
    one.mark(1, "H")
    one.sync()
    two.sync()
    one.mark(1, "A")
    two.mark(1, "S")
    for laptop in (one, two, one):
        assert laptop.sync().synced
    assert one.tables() == two.tables() == hq_tables(headquarters)


def test_nothing_new_takes_one_request_and_few_bytes(hire: Hire) -> None:
    laptop = hire("one")
    laptop.roster(5)
    laptop.sync()
    before = laptop.link.requests, laptop.link.up + laptop.link.down
    assert laptop.sync().synced
    assert laptop.link.requests - before[0] == 1
    assert laptop.link.up + laptop.link.down - before[1] <= 250


def test_twenty_changed_marks_take_one_request(hire: Hire) -> None:
    laptop = hire("one")
    laptop.roster(20)
    for person in range(20):
        laptop.mark(person, "H")
    laptop.sync()
    laptop.write(
        *(
            Draft(
                "mark", (CENTRE, "KWU-2026", 1, participant(n)), {"mark": ("S", None)}, reason="surat dokter"
            )
            for n in range(20)
        )
    )
    before = laptop.link.requests
    tally = laptop.sync()
    assert (tally.synced, tally.changes_up, laptop.link.requests - before) == (True, 20, 1)


def test_what_headquarters_publishes_later_comes_down(hire: Hire, headquarters: Headquarters) -> None:
    from sync.hq import centres
    from sync.hq.centres import CentreForm

    laptop = hire("one")
    laptop.sync()
    with headquarters.write() as session:
        centres.publish(session, CentreForm(CENTRE, "Balai Ternate", quota=40))
    tally = laptop.sync()
    assert tally.synced
    assert tally.tables == {"centre"}
    assert laptop.tables() == hq_tables(headquarters)
