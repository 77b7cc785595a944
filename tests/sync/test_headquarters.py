"""What headquarters decides and publishes: serials, the status list, programmes, users, incidents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.certificates import delegation, status, trust
from app.certificates import keys as certificate_keys
from app.certificates.spelling import hash12
from app.certificates.status import Reason
from app.errors import NotFound, Refused, StorageTrouble
from app.journal import chain, change
from app.journal.change import Change
from app.storage import logs
from app.storage.journal import Draft
from app.storage.tables import Delegation, Mark, StatusFile
from sync.hq import authority, catalogue, devices, frames, incidents, keys, revocation, users
from sync.hq import headquarters as offices
from sync.hq.config import NAME
from sync.hq.exchange import LocalExchange
from sync.hq.headquarters import Headquarters
from sync.hq.tables import FRAME
from tests.sync.conftest import (
    CENTRE,
    DAY,
    PROGRAMME,
    Clock,
    Hire,
    Laptop,
    enrolled,
    founded,
    hiring,
    hq_tables,
)

SERIAL = CENTRE * 10_000_000


@pytest.fixture
def hire(tmp_path: Path, headquarters: Headquarters, clock: Clock) -> Iterator[Hire]:
    yield from hiring(tmp_path, headquarters, LocalExchange(headquarters), clock)


def issue(laptop: Laptop, *sequences: int) -> None:
    for sequence in sequences:
        register = (CENTRE, "KWU-2026", b"p" * 16, f"{sequence}/X", 20_700, hash12(b"%d" % sequence))
        groups = {"register": register, "state": ("issued", None, None, 20_700)}
        laptop.write(Draft("certificate", (SERIAL + sequence,), groups))


def blocks(laptop: Laptop) -> list[tuple[int, int | None]]:
    with laptop.place.store.read() as session:
        rows = session.execute(select(Delegation.first, Delegation.count).order_by(Delegation.first))
        return [(first, count) for first, count in rows]


def held_status(laptop: Laptop, headquarters: Headquarters) -> status.StatusList:
    with headquarters.read() as session:
        trusted = trust.read(authority.need_trust(session)).file
    newest = select(StatusFile.file).order_by(StatusFile.epoch.desc(), StatusFile.counter.desc()).limit(1)
    with laptop.place.store.read() as session:
        return status.read(session.scalars(newest).one() or b"", trusted).list


def test_the_next_block_of_serials_comes_with_the_sync_that_shows_the_last_one_four_fifths_used(
    hire: Hire, headquarters: Headquarters
) -> None:
    one, two = hire("one"), hire("two")
    issue(one, *range(1, 8))
    one.sync()
    assert blocks(one) == [(1, 10), (11, 10)]
    issue(one, 8)
    assert one.sync().synced
    assert blocks(one) == [(1, 10), (11, 10), (21, 10)]
    two.sync()
    assert blocks(two) == blocks(one)
    with one.place.store.read() as session:
        raw = session.scalars(select(Delegation.delegation).where(Delegation.first == 21)).one()
    signed = delegation.read(raw or b"")
    assert signed.verifies(certificate_keys.public(headquarters.keys.authority))
    issuing = one.identity.issuing.public_key().public_bytes_raw()
    assert (signed.content.issuing_key, signed.content.device) == (issuing, 1)


def test_what_a_centre_replaces_and_headquarters_revokes_stands_on_the_status_list(
    hire: Hire, headquarters: Headquarters
) -> None:
    laptop = hire("one")
    issue(laptop, 1, 2, 3)
    laptop.write(Draft("certificate", (SERIAL + 1,), {"state": ("replaced", "nama", SERIAL + 2, 20_701)}))
    laptop.sync()
    assert held_status(laptop, headquarters).serials == {SERIAL + 1: Reason.SUPERSEDED}
    with headquarters.write() as session:
        revocation.revoke_certificate(headquarters, session, SERIAL + 3, "fraud")
    assert laptop.sync().tables == {"revocation", "status_list"}
    found = held_status(laptop, headquarters)
    assert found.serials == {SERIAL + 1: Reason.SUPERSEDED, SERIAL + 3: Reason.FRAUD}
    with headquarters.write() as session:
        first = authority.sign_status(headquarters, session)
        assert authority.sign_status(headquarters, session) == first, "nothing changed, so nothing is signed"


def test_a_stolen_laptop_s_delegation_is_disowned_but_not_what_it_really_issued(
    hire: Hire, headquarters: Headquarters
) -> None:
    stolen, other = hire("stolen"), hire("other")
    issue(stolen, 1, 2)
    stolen.sync()
    with headquarters.write() as session:
        revocation.revoke_device(headquarters, session, stolen.identity.device_id, "dicuri")
    assert other.sync().synced
    listed = held_status(other, headquarters)
    with headquarters.read() as session:
        raw = session.scalars(select(Delegation.delegation).where(Delegation.first == 1)).one()
    block = hash12(raw or b"")
    assert not listed.disowned(block, hash12(b"1"))
    assert listed.disowned(block, hash12(b"forged"))


def test_a_programme_is_published_once_and_never_changed(headquarters: Headquarters) -> None:
    programme = catalogue.read(PROGRAMME)
    with headquarters.write() as session:
        assert catalogue.published(session, "KWU", 1) == programme
        assert catalogue.publish(session, programme) is False
    other = json.loads(PROGRAMME)
    other["modules"][0]["jp"] = 8
    with headquarters.write() as session, pytest.raises(Refused) as refusal:
        catalogue.publish(session, catalogue.read(json.dumps(other).encode()))
    assert refusal.value.code == "programme-version-taken"
    other["version"] = 2
    with headquarters.write() as session:
        assert catalogue.publish(session, catalogue.read(json.dumps(other).encode()))
    with pytest.raises(Refused):
        catalogue.read(b"[" * 100_000)


def _push(laptop: Laptop) -> None:
    for person in range(6):
        laptop.mark(person, "H")
        laptop.sync()


def _numbers(headquarters: Headquarters, scope: int) -> list[int]:
    query = select(FRAME.c.number).where(FRAME.c.scope == scope).order_by(FRAME.c.number)
    with headquarters.read() as session:
        return list(session.scalars(query))


def test_a_number_is_never_skipped_however_many_write_at_once(
    headquarters: Headquarters, tmp_path: Path, clock: Clock
) -> None:
    """Two laptops push while headquarters publishes, each from a thread of its own."""
    link = LocalExchange(headquarters)
    laptops = [enrolled(tmp_path / name, headquarters, link, clock, name) for name in ("one", "two")]
    with ThreadPoolExecutor(2) as pool:
        pushing = [pool.submit(_push, laptop) for laptop in laptops]
        for number in range(6):
            with headquarters.write() as session:
                revocation.revoke_certificate(headquarters, session, SERIAL + number + 1, "error")
        for push in pushing:
            push.result(60)
    for scope in (0, CENTRE):
        numbers = _numbers(headquarters, scope)
        assert numbers == list(range(1, len(numbers) + 1))
    for laptop in (*laptops, laptops[0]):
        assert laptop.sync().synced
    assert laptops[0].tables() == laptops[1].tables() == hq_tables(headquarters)
    for laptop in laptops:
        laptop.place.store.close()


def test_text_that_one_database_cannot_hold_holds_nothing_up(hire: Hire, headquarters: Headquarters) -> None:
    """Another program, or a later version, may write what PostgreSQL has no room for: text with NUL."""
    one, two = hire("one"), hire("two")
    one.roster(2)
    strange = Change(6, (CENTRE, "KWU-2026", 1, b"p" * 16), {1: ("H\x00", None)}, (), None, one.clock())
    with one.place.store.write() as session:
        connection = session.connection()
        (head,) = [h for h in logs.held(connection, [CENTRE]) if h.own]
        logs.append(connection, head, [chain.entry(b"", change.pack(strange))])
    one.mark(1, "H")
    assert one.sync().synced
    assert two.sync().synced
    with two.place.store.read() as session:
        assert session.scalar(select(func.count()).select_from(Mark).where(Mark.status == "H")) == 1


def test_headquarters_restored_from_a_backup_gets_its_own_words_back_from_the_laptops(
    tmp_path: Path, clock: Clock
) -> None:
    import shutil

    hq = founded(tmp_path / "hq", "sqlite:///headquarters.sqlite", clock)
    laptop = enrolled(tmp_path / "laptop", hq, LocalExchange(hq), clock, "laptop")
    laptop.roster(3)
    laptop.sync()
    hq.close()
    shutil.copy(tmp_path / "hq" / "headquarters.sqlite", tmp_path / "old.sqlite")
    hq = offices.open_folder(tmp_path / "hq", clock)
    with hq.write() as session:
        revocation.revoke_certificate(hq, session, SERIAL + 1, "fraud")
    laptop.mark(1, "H")
    laptop.link = type(laptop.link)(LocalExchange(hq))
    assert laptop.sync().synced
    wanted = hq_tables(hq)
    hq.close()
    for name in ("headquarters.sqlite-wal", "headquarters.sqlite-shm"):
        (tmp_path / "hq" / name).unlink(missing_ok=True)
    shutil.copy(tmp_path / "old.sqlite", tmp_path / "hq" / "headquarters.sqlite")
    hq = offices.open_folder(tmp_path / "hq", clock)
    laptop.link = type(laptop.link)(LocalExchange(hq))
    assert laptop.sync().synced
    assert hq_tables(hq) == wanted == laptop.tables()
    with hq.write() as session:
        revocation.revoke_certificate(hq, session, SERIAL + 2, "error")
    assert laptop.sync().synced
    assert hq_tables(hq) == laptop.tables()
    laptop.place.store.close()
    hq.close()


def test_a_user_s_password_is_checked_and_stands_nowhere(headquarters: Headquarters) -> None:
    with headquarters.take() as session:
        users.add(session, "siti", "Siti", "viewer", "kata sandi panjang", 0)
        assert users.check(session, "siti", "kata sandi panjang") is users.UserRole.VIEWER
        assert users.check(session, "siti", "kata sandi pendek") is None
        assert users.check(session, "nobody", "kata sandi panjang") is None
        for login, role, password, code in (
            ("siti", "viewer", "x" * 10, "user-login-taken"),
            ("S", "viewer", "x" * 10, "user-login-invalid"),
            ("budi", "king", "x" * 10, "user-role-unknown"),
            ("budi", "viewer", "short", "password-too-short"),
        ):
            with pytest.raises(Refused) as refusal:
                users.add(session, login, "", role, password, 0)
            assert refusal.value.code == code


def test_an_incident_is_noted_once_until_somebody_closes_it(headquarters: Headquarters) -> None:
    with headquarters.take() as session:
        for _ in range(3):
            incidents.note(session, "device-cloned", b"d" * 8, 5, log="ab")
        (row,) = incidents.open_ones(session)
        assert (row.code, row.device, row.facts) == ("device-cloned", b"d" * 8, {"log": "ab"})
        incidents.close(session, row.id)
        assert incidents.open_ones(session) == []
        with pytest.raises(NotFound):
            incidents.close(session, 99)


def test_a_root_that_is_none_of_ours_signs_nothing(headquarters: Headquarters) -> None:
    with headquarters.write() as session, pytest.raises(Refused) as refusal:
        authority.sign_trust(headquarters, session, certificate_keys.generate())
    assert refusal.value.code == "trust-signer-unknown"
    with headquarters.write() as session:
        raw = authority.sign_trust(headquarters, session, keys.root(headquarters.folder, "standby"))
    assert trust.read(raw).file.counter == 2


def test_damaged_settings_and_keys_are_the_environment_s_fault(tmp_path: Path, clock: Clock) -> None:
    made = founded(tmp_path / "hq", "sqlite:///headquarters.sqlite", clock)
    made.close()
    with pytest.raises(Refused):
        offices.open_folder(tmp_path / "nowhere", clock)
    key = tmp_path / "hq" / "keys" / "box.key"
    content = key.read_bytes()
    key.write_bytes(b"rusak")
    with pytest.raises(StorageTrouble):
        offices.open_folder(tmp_path / "hq", clock)
    key.write_bytes(content)
    (tmp_path / "hq" / NAME).write_text("{}")
    with pytest.raises(StorageTrouble):
        offices.open_folder(tmp_path / "hq", clock)


def test_the_own_logs_row_is_no_scope_that_anybody_reads(headquarters: Headquarters) -> None:
    with headquarters.read() as session:
        own = select(func.count()).select_from(FRAME).where(FRAME.c.scope == frames.OWN_LOGS)
        assert session.scalar(own) == 0
        assert devices.listed(session) == []


def test_a_status_list_is_signed_anew_before_it_gets_stale(
    hire: Hire, headquarters: Headquarters, clock: Clock
) -> None:
    laptop = hire("one")
    first = held_status(laptop, headquarters)
    clock.now += 10 * DAY
    laptop.mark(1, "H")
    laptop.sync()
    assert held_status(laptop, headquarters) == first
    clock.now += 10 * DAY
    laptop.mark(1, "A")
    laptop.sync()
    second = held_status(laptop, headquarters)
    assert (second.number, second.dated - first.dated) == (first.number + 1, 20)
