"""Life after issue: nothing later alters a reprint, a copy has the same QR, and trust never goes down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions import participants, print_runs
from app.actions.participants import ParticipantForm
from app.certificates import keys, status, trust
from app.certificates.paper import printing, template
from app.certificates.status import Reason, StatusList
from app.certificates.verify import Question, verify
from app.errors import NotFound, Refused
from app.queries import print_runs as printed
from app.queries import trust as trust_rows
from app.storage.base import days
from app.storage.journal import Draft, record
from tests.certificates.register import Centre, centre
from tests.support.laptop import CENTRE, EVERYBODY, TODAY, hand_over, woman


@pytest.fixture
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    with centre(tmp_path_factory.mktemp("balai"), 2) as opened:
        yield opened


def test_a_reprint_is_byte_for_byte_what_was_printed_first(made: Centre) -> None:
    (serial,) = made.one.issue(made.key, made.people[:1])
    first = printing.render_one(made.one.page(serial))
    with made.one.laptop.write() as session:
        form = ParticipantForm("Nama Yang Sudah Dibetulkan", woman(0), birth_place="Tidore")
        participants.edit(session, made.people[0], form, TODAY)
    with made.headquarters.write() as session:
        head = {"letterhead": (("KEMENTERIAN LAIN",), "Plt. Kepala Balai", "Orang Lain", "")}
        record(session, Draft("centre", (CENTRE,), head), scope=EVERYBODY)
    made.exchange()
    for desk in (made.one, made.two):
        assert printing.render_one(desk.page(serial)) == first
    newer = made.one.replace(serial)
    assert made.one.page(newer).signed.content.name == "Nama Yang Sudah Dibetulkan"
    assert made.one.page(newer).signatory.name == "Orang Lain"
    assert printing.render_one(made.one.page(serial)) == first


def test_another_template_of_the_same_name_prints_nothing_rather_than_something_else(
    made: Centre, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (serial,) = made.one.issue(made.key, made.people[:1])
    page = made.one.page(serial)
    changed = msgspec.structs.replace(template.load(page.template), title="Lain {name}")
    folder = tmp_path_factory.mktemp("templates")
    (folder / f"{page.template}.json").write_bytes(msgspec.json.encode(changed))
    monkeypatch.setattr(template, "FOLDER", folder)
    for memory in (template.load, template.digest, printing._ready, printing._forms, printing._usual):
        memory.cache_clear()
    printing._base.cache_clear()
    try:
        with pytest.raises(Refused, match="certificate-template-changed"):
            printing.render_one(page)
    finally:
        for memory in (template.load, template.digest):
            memory.cache_clear()


def test_a_copy_for_lost_paper_has_the_same_qr_and_its_number(made: Centre) -> None:
    (serial,) = made.one.issue(made.key, made.people[:1])
    page = made.one.page(serial)
    with made.one.laptop.write() as session:
        print_runs.log(session, [(serial, 0)], "Epson L3110")
        copy = printing.copy(page, printed.next_copies(session, [serial])[serial])
    assert copy.copy == 1
    assert (copy.credential, copy.back) == (page.credential, page.back)
    assert replace(copy, copy=0) == page


def listed(made: Centre, number: int, *, dated: date = TODAY, **changes: object) -> bytes:
    """A status list of the centre's authorities."""
    content = StatusList(epoch=1, number=number, dated=days(dated), next_update=days(dated) + 30)
    changed = replace(content, **changes)  # type: ignore[arg-type]  # the caller names fields
    return status.build(made.authorities.status, changed)


def arrives(made: Centre, entity: str, key: tuple[int, ...], raw: bytes) -> None:
    """Headquarters publishes it, and sync brings it to the first laptop."""
    with made.headquarters.write() as session:
        group = "list" if entity == "status_list" else "file"
        record(session, Draft(entity, key, {group: (raw,)}), scope=EVERYBODY)
    hand_over(made.headquarters, made.one.laptop)


def verdict(made: Centre, serial: int) -> str:
    """What the first laptop says of a certificate, with what it holds."""
    with made.one.laptop.read() as session:
        held = trust.read(trust_rows.trust_file(session))
        raw = trust_rows.status_list(session)
    found = None if raw is None else status.read(raw, held.file)
    return verify(Question(made.one.page(serial).credential, held, TODAY, status=found)).code  # type: ignore[arg-type]


def test_a_revocation_that_sync_brings_is_in_the_next_verdict_and_an_older_list_takes_nothing_back(
    made: Centre,
) -> None:
    first, second = made.one.issue(made.key, made.people)
    assert verdict(made, first) == "certificate-genuine-match-ktp"
    arrives(made, "status_list", (1, 2), listed(made, 2, serials={first: Reason.ERROR}))
    assert verdict(made, first) == "certificate-revoked-error"
    assert verdict(made, second) == "certificate-genuine-match-ktp"
    arrives(made, "status_list", (1, 1), listed(made, 1))
    assert verdict(made, first) == "certificate-revoked-error"
    with made.headquarters.write() as session:
        record(session, Draft("status_list", (1, 2), {"gone": (True,)}), scope=EVERYBODY)
    hand_over(made.headquarters, made.one.laptop)
    assert verdict(made, first) == "certificate-revoked-error"


def test_a_list_that_nobody_signed_does_not_hide_the_one_before(made: Centre) -> None:
    (first,) = made.one.issue(made.key, made.people[:1])
    arrives(made, "status_list", (1, 2), listed(made, 2, serials={first: Reason.FRAUD}))
    forged = status.build(keys.generate(), StatusList(1, 3, days(TODAY), days(TODAY) + 9))
    arrives(made, "status_list", (1, 3), forged)
    arrives(made, "status_list", (1, 4), b"bukan daftar")
    assert verdict(made, first) == "certificate-revoked-fraud"


def held(made: Centre) -> int:
    with made.one.laptop.read() as session:
        return trust.read(trust_rows.trust_file(session)).file.counter


def test_a_trust_file_is_followed_only_by_one_its_roots_signed(made: Centre) -> None:
    present = made.authorities.trust().file
    stranger = keys.generate()
    strange = replace(present, counter=9, roots=(keys.public(stranger),))
    arrives(made, "trust_file", (9,), trust.build(stranger, strange))
    assert held(made) == 1
    standby = keys.generate()
    both = replace(present, counter=2, roots=(keys.public(made.authorities.root), keys.public(standby)))
    arrives(made, "trust_file", (2,), trust.build(made.authorities.root, both))
    assert held(made) == 2
    alone = replace(present, counter=3, roots=(keys.public(standby),))
    arrives(made, "trust_file", (3,), trust.build(standby, alone))
    assert held(made) == 3
    late = replace(present, counter=4)
    arrives(made, "trust_file", (4,), trust.build(made.authorities.root, late))
    assert held(made) == 3


@settings(max_examples=6)
@given(st.permutations(range(2, 6)))
def test_in_whatever_order_files_arrive_trust_never_goes_down(
    tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    with centre(tmp_path_factory.mktemp("balai"), 1) as opened:
        present, reached = opened.authorities.trust().file, [1]
        for counter in order:
            raw = trust.build(opened.authorities.root, replace(present, counter=counter))
            arrives(opened, "trust_file", (counter,), raw)
            reached.append(held(opened))
        assert reached == sorted(reached)
        assert reached[-1] == 5


def test_without_a_trust_file_it_is_said(made: Centre) -> None:
    with made.headquarters.read() as session:
        assert trust_rows.status_list(session) is None
    with made.headquarters.write() as session:
        record(session, Draft("trust_file", (1,), {"file": (None,)}), scope=EVERYBODY)
    with made.headquarters.read() as session, pytest.raises(NotFound, match="trust-missing"):
        trust_rows.trust_file(session)
