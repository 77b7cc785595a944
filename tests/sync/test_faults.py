"""What goes wrong on the way: lost and cut replies, strange tokens, changed requests, forks, revocation."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.errors import SyncTrouble
from app.storage import incidents as local_incidents
from app.storage import logs
from app.storage.journal import Draft
from app.storage.tables import Mark
from sync import runs
from sync.client.driver import Manners
from sync.client.patience import Patience
from sync.hq import devices, incidents, revocation
from sync.hq.exchange import LocalExchange
from sync.hq.headquarters import Headquarters
from sync.hq.tables import ASIDE, FRAME
from tests.sync.conftest import CENTRE, HURRIED, Clock, Hire, founded, hq_tables, participant

pytestmark = pytest.mark.near

CUT = SyncTrouble("sync-cut", again=True)


def noted(headquarters: Headquarters) -> list[str]:
    with headquarters.read() as session:
        return [row.code for row in incidents.open_ones(session)]


def test_a_lost_reply_is_asked_for_again_and_nothing_is_doubled(
    hire: Hire, headquarters: Headquarters
) -> None:
    laptop = hire("one")
    laptop.roster(10)
    lost = iter([True, True, False])

    def lose(reply: bytes) -> bytes:
        if next(lost, False):
            raise CUT
        return reply

    laptop.link.after = lose
    tally = laptop.sync()
    assert (tally.synced, tally.requests) == (True, 3)
    with headquarters.read() as session:
        assert (
            session.scalar(
                select(func.count()).select_from(FRAME).where(FRAME.c.device == laptop.identity.device_id)
            )
            == 1
        )
    assert noted(headquarters) == []
    assert laptop.tables() == hq_tables(headquarters)


@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.6, 0.9, 0.999])
def test_a_reply_cut_anywhere_is_resumed(hire: Hire, headquarters: Headquarters, share: float) -> None:
    one, two = hire("one"), hire("two")
    one.roster(30)
    for person in range(30):
        one.mark(person, "H")
        if person % 10 == 9:
            one.sync()
    cut = iter([share, share / 2])
    two.link.after = lambda reply: reply[: int(len(reply) * next(cut, 1.0))]
    tally = two.sync()
    assert (tally.synced, tally.requests) == (True, 3)
    assert one.sync().synced
    assert one.tables() == two.tables() == hq_tables(headquarters)


def test_a_line_that_stays_dead_ends_the_sync_with_everything_kept(
    hire: Hire, headquarters: Headquarters
) -> None:
    laptop = hire("one")
    laptop.roster(4)
    paused: list[float] = []
    laptop.manners = Manners(Patience(attempts=4, shortest=5, longest=900, sleep=paused.append))

    def dead(body: bytes) -> bytes:
        raise SyncTrouble("sync-no-server", again=True)

    laptop.link.before = dead
    with pytest.raises(SyncTrouble) as trouble:
        laptop.sync()
    assert trouble.value.code == "sync-no-server"
    assert len(paused) == 3
    assert all(0 <= pause <= 5 * 2**n for n, pause in enumerate(paused))
    laptop.link.before = lambda body: body
    assert laptop.sync().synced
    assert laptop.tables() == hq_tables(headquarters)


def test_headquarters_own_wish_for_a_pause_is_honoured(hire: Hire) -> None:
    laptop = hire("one")
    paused: list[float] = []
    laptop.manners = Manners(Patience(attempts=2, shortest=0.01, longest=0.02, sleep=paused.append))
    busy = iter([True])

    def once(body: bytes) -> bytes:
        if next(busy, False):
            raise SyncTrouble("sync-busy", again=True, wait=20)
        return body

    laptop.link.before = once
    assert laptop.sync().synced
    assert paused == [20.0]


def test_a_request_too_big_for_the_way_is_halved(hire: Hire, headquarters: Headquarters) -> None:
    laptop = hire("one")
    laptop.roster(5)
    for number in range(60):  # words that do not pack, with points close together as short evenings make them
        key = (CENTRE, "KWU-2026", number, participant(1))
        laptop.write(Draft("mark", key, {"remark": (os.urandom(100).hex(),)}))
        with laptop.place.store.write() as session:
            runs.sign(session.connection(), laptop.identity)

    def narrow(body: bytes) -> bytes:
        if len(body) > 5_000:
            raise SyncTrouble("sync-too-big")
        return body

    laptop.link.before = narrow
    tally = laptop.sync()
    assert tally.synced
    assert tally.requests > 2
    assert laptop.tables() == hq_tables(headquarters)


def test_a_changed_request_is_refused_and_nothing_of_it_is_kept(
    hire: Hire, headquarters: Headquarters
) -> None:
    laptop = hire("one")
    laptop.roster(2)
    laptop.link.before = lambda body: body[:-9] + bytes([body[-9] ^ 1]) + body[-8:]
    before = hq_tables(headquarters)
    with pytest.raises(SyncTrouble) as trouble:
        laptop.sync()
    assert trouble.value.code in ("sync-signature", "sync-malformed")
    assert hq_tables(headquarters) == before


def test_an_unknown_token_is_challenged_and_noted_but_never_refused(
    hire: Hire, headquarters: Headquarters
) -> None:
    laptop = hire("one")
    laptop.sync()
    with laptop.place.store.write() as session:
        from sync.client import state

        state.keep_token(session, b"?" * 16)
    laptop.roster(2)
    tally = laptop.sync()
    assert (tally.synced, tally.requests) == (True, 2)
    assert noted(headquarters) == ["device-cloned"]


def test_a_device_headquarters_does_not_know_is_told_so(hire: Hire, tmp_path: Path, clock: Clock) -> None:
    laptop = hire("one")
    other = founded(tmp_path / "other", "sqlite:///headquarters.sqlite", clock)
    laptop.link = type(laptop.link)(LocalExchange(other))
    with pytest.raises(SyncTrouble) as trouble:
        laptop.sync()
    assert trouble.value.code == "sync-device-unknown"
    other.close()


def test_a_clone_of_the_database_loses_nothing_and_both_ends_learn_of_it(
    hire: Hire, headquarters: Headquarters, tmp_path: Path, clock: Clock
) -> None:
    import shutil

    from app.storage import workplace

    one = hire("one")
    one.roster(3)
    one.sync()
    one.place.close()
    shutil.copytree(tmp_path / "one", tmp_path / "clone")
    one.place = workplace.open_folder(tmp_path / "one", clock)
    place = workplace.open_folder(tmp_path / "clone", clock)
    clone = type(one)(place, type(one.link)(LocalExchange(headquarters)), clock)
    one.mark(1, "H")
    clone.mark(2, "S")
    one.sync()
    clone.sync()
    one.sync()
    clone.sync()
    with headquarters.read() as session:
        assert session.scalar(select(func.count()).select_from(Mark)) == 2
    assert one.tables() == clone.tables() == hq_tables(headquarters)
    with clone.place.store.read() as session:
        assert "log-forked" in [row.code for row in local_incidents.open_ones(session)]
    clone.mark(0, "A")
    assert clone.sync().synced
    assert one.sync().synced
    assert one.tables() == clone.tables() == hq_tables(headquarters)
    clone.place.store.close()


def test_a_revoked_device_hands_over_but_gets_nothing_and_is_shown_only_once_released(
    hire: Hire, headquarters: Headquarters
) -> None:
    one, two = hire("one"), hire("two")
    one.roster(3)
    one.sync()
    two.sync()
    with headquarters.write() as session:
        revocation.revoke_device(headquarters, session, one.identity.device_id, "hilang")
    before = hq_tables(headquarters)
    one.mark(1, "H")
    tally = one.sync()
    assert (tally.synced, tally.revoked, tally.changes_up) == (False, True, 1)
    one.mark(2, "S")
    one.sync()
    assert hq_tables(headquarters) == before
    with headquarters.read() as session:
        assert session.scalar(select(func.count()).select_from(ASIDE)) == 2
    assert two.sync().synced
    intake = revocation.release_device(headquarters, one.identity.device_id)
    assert (intake.changes, intake.refused) == (2, [])
    for laptop in (one, two):
        assert laptop.sync().synced
    assert one.tables() == two.tables() == hq_tables(headquarters)


def test_a_log_of_another_centre_is_not_taken_from_a_laptop(
    hire: Hire, headquarters: Headquarters, tmp_path: Path, clock: Clock
) -> None:
    """Headquarters relays every scope, but a device hands in and gets its own centre's alone."""
    from sync.hq import centres
    from sync.hq.centres import CentreForm
    from sync.hq.intake import Door

    laptop = hire("one")
    laptop.roster(2)
    with headquarters.write() as session:
        centres.publish(session, CentreForm(10010, "Balai Lain"))
    with laptop.place.store.write() as session:
        runs.sign(session.connection(), laptop.identity)
        (head,) = [h for h in logs.held(session.connection()) if h.own]
        cut = runs.next_frame(session.connection(), head, -1)
    assert cut is not None
    with headquarters.take() as session:
        door = Door(session, headquarters.authority, (0, 10010), headquarters.now())
        door.take(cut.data)
    assert [(r.log, r.code) for r in door.intake.refused] == [(head.log, "scope")]


def test_garbage_among_the_frames_holds_nothing_up(hire: Hire, headquarters: Headquarters) -> None:
    from sync.hq.intake import Door

    laptop = hire("one")
    laptop.roster(1)
    with headquarters.take() as session:
        door = Door(session, headquarters.authority, (0, CENTRE), headquarters.now())
        for garbage in (b"", b"BLF\x01", b"x" * 1000):
            door.take(garbage)
    assert [r.code for r in door.intake.refused] == ["frame"] * 3
    assert laptop.sync().synced


def test_a_new_laptop_begins_empty_and_ends_with_everything(hire: Hire, headquarters: Headquarters) -> None:
    one = hire("one")
    one.roster(10)
    for person in range(10):
        one.mark(person, "H")
        one.sync()
    late = hire("late")
    tally = late.sync()
    assert tally.synced
    assert one.sync().synced
    assert one.tables() == late.tables() == hq_tables(headquarters)


def test_a_database_restored_from_an_old_copy_gets_its_own_changes_back(
    hire: Hire, headquarters: Headquarters, tmp_path: Path, clock: Clock
) -> None:
    from app.storage import backup, workplace

    one = hire("one")
    one.roster(3)
    one.sync()
    backup.write(one.place, tmp_path / "backup.zip")
    one.mark(1, "H")
    one.sync()
    one.place.close()
    backup.restore(tmp_path / "backup.zip", tmp_path / "one", replace=True)
    one.place = workplace.open_folder(tmp_path / "one", clock)
    one.mark(2, "S")
    one.manners = Manners(patience=HURRIED)
    assert one.sync().synced
    assert one.tables() == hq_tables(headquarters)
    with headquarters.read() as session:
        assert session.scalar(select(func.count()).select_from(Mark)) == 2


def test_devices_are_listed_with_when_they_were_last_heard_of(hire: Hire, headquarters: Headquarters) -> None:
    laptop = hire("one")
    laptop.sync()
    with headquarters.read() as session:
        (row,) = devices.listed(session, CENTRE)
    assert (row.device, row.number, row.name, row.role) == (
        laptop.identity.device_id,
        1,
        "one",
        "administrator",
    )
    assert row.seen_at is not None
