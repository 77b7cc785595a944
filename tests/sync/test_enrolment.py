"""Becoming a device: by code over the network, and by two files on a stick."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain import codes
from app.errors import NotFound, Refused, SyncTrouble
from app.storage import settings
from app.storage.tables import Centre, Delegation, Module, TrustFile
from sync import facade
from sync.client import enrolment as joining
from sync.client import state
from sync.hq import devices, enrolment
from sync.hq.exchange import LocalExchange
from sync.hq.headquarters import Headquarters
from tests.sync.conftest import CENTRE, DAY, Clock

pytestmark = pytest.mark.near


def test_a_code_typed_on_a_laptop_brings_everything_an_offline_centre_needs(
    headquarters: Headquarters, served: str, tmp_path: Path, clock: Clock
) -> None:
    code = enrolment.make_code(headquarters, CENTRE, "administrator")
    joined = facade.enrol(tmp_path / "laptop", served, code.lower().replace("-", ""), "Laptop 1", clock)
    assert (joined.centre, joined.role, joined.host) == (CENTRE, "administrator", served)
    assert len(codes.read_recovery_phrase(joined.phrase)) == 20
    with joined.workplace.store.read() as session:
        assert session.scalars(select(Module.code).order_by(Module.place)).all() == ["HPP", "PMS"]
        assert session.scalars(select(Centre.name)).all() == ["Balai Ternate"]
        assert session.scalars(select(Delegation.count)).all() == [10]
        assert len(session.scalars(select(TrustFile.counter)).all()) == 1
        secret = settings.get(session, settings.CENTRE_SECRET)
        assert isinstance(secret, bytes) and len(secret) == 32
        assert [r.kind for r in state.recipients(session, b"")] == [1, 0]
    assert not (tmp_path / "laptop" / "machine" / joining.NAME).exists()
    report = facade.sync(joined.workplace)
    assert (report.synced, report.requests) == (True, 1)
    with pytest.raises(Refused) as refusal:
        facade.enrol(tmp_path / "laptop", served, code, "Laptop 1", clock)
    assert refusal.value.code == "already-set-up"
    joined.workplace.close()


def test_two_laptops_of_one_centre_share_its_secret_and_never_a_serial(
    headquarters: Headquarters, served: str, tmp_path: Path, clock: Clock
) -> None:
    blocks: list[int] = []
    found: set[object] = set()
    for name in ("one", "two"):
        code = enrolment.make_code(headquarters, CENTRE, "instructor")
        joined = facade.enrol(tmp_path / name, served, code, name, clock)
        with joined.workplace.store.read() as session:
            found.add(settings.get(session, settings.CENTRE_SECRET))
            mine = select(Delegation.first).where(Delegation.device == _device(joined))
            blocks += session.scalars(mine).all()
        joined.workplace.close()
    assert len(found) == 1
    assert blocks == [1, 11]


def _device(joined: facade.Joined) -> bytes:
    assert joined.workplace.store.identity is not None
    return joined.workplace.store.identity.device_id


def test_request_and_answer_travel_as_files(headquarters: Headquarters, tmp_path: Path, clock: Clock) -> None:
    code = enrolment.make_code(headquarters, CENTRE, "administrator")
    request = facade.request_enrolment(tmp_path / "laptop", code, "Laptop 2")
    clock.now += 20 * DAY
    assert facade.request_enrolment(tmp_path / "laptop", code, "Laptop 2") == request, "asked twice, the same"
    answer = enrolment.answer(headquarters, request, by_stick=True)
    joined = facade.finish_enrolment(tmp_path / "laptop", answer, clock)
    assert (joined.centre, joined.host) == (CENTRE, "hq.example")
    joined.workplace.close()


def test_an_answer_lost_on_the_way_is_had_again_and_makes_no_second_device(
    headquarters: Headquarters, tmp_path: Path
) -> None:
    code = enrolment.make_code(headquarters, CENTRE, "administrator")
    link = LocalExchange(headquarters)
    pending = joining.resume(tmp_path, code, "Laptop")
    first = joining.finish(pending, link.enrol(pending.request))
    again = joining.resume(tmp_path, code, "Laptop")
    second = joining.finish(again, link.enrol(again.request))
    assert first.grant == second.grant
    with headquarters.read() as session:
        assert len(devices.listed(session)) == 1


def test_a_code_is_good_for_one_laptop_only(headquarters: Headquarters) -> None:
    code = enrolment.make_code(headquarters, CENTRE, "administrator")
    link = LocalExchange(headquarters)
    link.enrol(joining.begin(code, "one").request)
    with pytest.raises(SyncTrouble) as trouble:
        link.enrol(joining.begin(code, "two").request)
    assert trouble.value.code == "enrolment-code-used"


@pytest.mark.parametrize(("days", "by_stick"), [(4, False), (31, True)])
def test_a_code_expires(headquarters: Headquarters, clock: Clock, days: int, by_stick: bool) -> None:
    code = enrolment.make_code(headquarters, CENTRE, "administrator")
    clock.now += days * DAY
    with pytest.raises(SyncTrouble) as trouble:
        enrolment.answer(headquarters, joining.begin(code, "one").request, by_stick)
    assert trouble.value.code == "enrolment-code-expired"


def test_a_wrong_code_is_told_apart_from_a_mistyped_one(
    headquarters: Headquarters, served: str, tmp_path: Path
) -> None:
    wrong = codes.enrolment_code(b"12345678")
    with pytest.raises(SyncTrouble) as trouble:
        facade.enrol(tmp_path / "laptop", served, wrong, "Laptop")
    assert trouble.value.code == "enrolment-code-unknown"
    with pytest.raises(Refused) as refusal:
        facade.enrol(tmp_path / "laptop", served, wrong[:-1] + "0", "Laptop")
    assert refusal.value.code in ("code-check", "code-invalid")


def test_an_answer_to_another_laptop_is_refused(headquarters: Headquarters, tmp_path: Path) -> None:
    one = facade.request_enrolment(
        tmp_path / "one", enrolment.make_code(headquarters, CENTRE, "administrator"), "one"
    )
    facade.request_enrolment(
        tmp_path / "two", enrolment.make_code(headquarters, CENTRE, "administrator"), "two"
    )
    with pytest.raises(SyncTrouble) as trouble:
        facade.finish_enrolment(tmp_path / "two", enrolment.answer(headquarters, one))
    assert trouble.value.code == "enrolment-answer-foreign"
    with pytest.raises(NotFound):
        facade.finish_enrolment(tmp_path / "three", b"")


def test_a_code_for_an_unknown_centre_or_role_is_refused(headquarters: Headquarters) -> None:
    with pytest.raises(NotFound):
        enrolment.make_code(headquarters, 10999, "administrator")
    with pytest.raises(Refused) as refusal:
        enrolment.make_code(headquarters, CENTRE, "king")
    assert refusal.value.code == "role-unknown"
