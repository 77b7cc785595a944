"""Certificates issued on a laptop: verified with a trust file alone, frozen, replaced, voided, printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from app.actions import certificates, participants, print_runs
from app.actions.participants import ParticipantForm
from app.actions.print_runs import BlankState
from app.certificates.paper import content, printing
from app.certificates.verify import Question, verify
from app.domain.certificates import CertificateState
from app.domain.ids import ParticipantId, Serial
from app.domain.keys import ClassKey
from app.errors import NotFound, Refused
from app.queries import certificates as register
from app.queries import history
from app.queries import print_runs as printed
from tests.support.class_of import class_of
from tests.support.issuing import Authorities, graduates, issuer
from tests.support.laptop import CENTRE, TODAY, Laptop, Office, hand_over, publish, woman

FIRST = CENTRE * 10_000_000 + 1


@dataclass(slots=True)
class Place:
    """A laptop with serials, what trust it holds, and headquarters."""

    headquarters: Laptop
    laptop: Laptop
    other: Laptop
    authorities: Authorities

    def verdict(self, raw: bytes) -> str:
        return verify(Question(raw, self.authorities.trust(), TODAY)).code


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    office = Office(tmp_path_factory.mktemp("office"))
    made = Place(office.headquarters(), office.laptop(), office.laptop(), Authorities())
    publish(made.headquarters)
    made.authorities.publish(made.headquarters)
    made.authorities.lease(made.headquarters, made.laptop, 1, 4)
    made.authorities.lease(made.headquarters, made.other, 501, 4)
    for laptop in (made.laptop, made.other):
        hand_over(made.headquarters, laptop)
    yield made
    for opened in (made.headquarters, made.laptop, made.other):
        opened.store.close()


def issue(
    place: Place, key: ClassKey, people: list[ParticipantId] | None = None, **said: object
) -> certificates.Issued:
    with place.laptop.write() as session:
        return certificates.issue(session, key, issuer(place.laptop), TODAY, people, **said)  # type: ignore[arg-type]


def page(laptop: Laptop, serial: Serial) -> content.PageContent:
    with laptop.read() as session:
        return content.read(register.contents(session, [serial])[serial])


def test_who_passed_gets_a_certificate_that_anyone_can_verify(place: Place) -> None:
    key, (one, two, three) = graduates(place.laptop, 2, 1)
    done = issue(place, key)
    assert done.serials == (FIRST, FIRST + 1) and done.left_out == {three: "not-decided-passed"}
    with place.laptop.read() as session:
        rows = register.register(session, key)
    assert [(r.name, r.official_number, r.state) for r in rows] == [
        ("Orang 0", "0001/BPVP-TTE/KWU/IX/2026", CertificateState.ISSUED),
        ("Orang 1", "0002/BPVP-TTE/KWU/IX/2026", CertificateState.ISSUED),
    ]  # fmt: skip
    first = page(place.laptop, done.serials[0])
    assert place.verdict(first.credential) == "certificate-genuine-match-ktp"
    signed = first.signed.content
    assert (signed.name, signed.serial, signed.jp, signed.days) == ("Orang 0", FIRST, 9, 2)
    assert [m.score for m in first.modules.modules] == [8_500, 8_500, None]
    assert {one, two} == {r.participant for r in rows}
    assert printing.render_one(first).startswith(b"%PDF")


def test_nobody_gets_two(place: Place) -> None:
    key, people = graduates(place.laptop, 2)
    assert len(issue(place, key, people[:1]).serials) == 1
    again = issue(place, key)
    assert (len(again.serials), again.left_out) == (1, {people[0]: "already-certified"})
    with pytest.raises(Refused) as refusal:
        issue(place, key)
    assert refusal.value.code == "certificate-none-to-issue"


def test_what_was_issued_stays_as_it_was(place: Place) -> None:
    key, (who,) = graduates(place.laptop, 1)
    (serial,) = issue(place, key).serials
    before = page(place.laptop, serial)
    with place.laptop.write() as session:
        participants.edit(session, who, ParticipantForm("Nama Baru", woman(0)), TODAY)
    assert page(place.laptop, serial) == before
    with place.laptop.write() as session:
        made = certificates.replace(session, serial, issuer(place.laptop), TODAY, "Nama salah tulis")
        rows = {r.serial: (r.state, r.other) for r in register.register(session, key)}
    assert rows == {serial: (CertificateState.REPLACED, made), made: (CertificateState.ISSUED, serial)}
    assert page(place.laptop, made).signed.content.name == "Nama Baru"
    assert page(place.laptop, serial) == before


def test_the_register_and_the_personal_content_are_two_changes(place: Place) -> None:
    key, _ = graduates(place.laptop, 1)
    (serial,) = issue(place, key).serials
    with place.laptop.read() as session:
        groups = {line.group for line in history.of_row(session, "certificate", (serial,))}
        written = history.of_row(session, "certificate", (serial,))
    assert groups == {"register", "state", "content"}
    assert not any({"official_number", "credential"} <= set(line.after) for line in written)


def test_serials_run_out_and_the_anchor_is_never_undercut(place: Place) -> None:
    key, people = graduates(place.laptop, 4)
    with place.laptop.write() as session:
        high = issuer(place.laptop, floor=FIRST + 1)
        done = certificates.issue(session, key, high, TODAY, people[:2])
        assert done.serials == (FIRST + 2, FIRST + 3)
    with pytest.raises(Refused) as refusal:
        issue(place, key)
    assert refusal.value.code == "serials-exhausted"
    with place.laptop.read() as session:
        assert len(register.register(session, key)) == 2


def test_a_class_that_outruns_the_lease_gets_none_at_all(place: Place) -> None:
    key, _ = graduates(place.laptop, 5)
    with pytest.raises(Refused):
        issue(place, key)
    with place.laptop.read() as session:
        assert register.register(session, key) == []


def test_two_laptops_issue_apart_without_a_clash(place: Place) -> None:
    key, people = graduates(place.laptop, 2)
    hand_over(place.laptop, place.other)
    issue(place, key, people[:1])
    with place.other.write() as session:
        done = certificates.issue(session, key, issuer(place.other), TODAY, people[1:])
    assert done.serials == (FIRST + 500,)
    hand_over(place.other, place.laptop)
    with place.laptop.read() as session:
        rows = register.register(session, key)
        assert [r.serial for r in rows] == [FIRST, FIRST + 500]
        assert len(register.contents(session, [r.serial for r in rows])) == 2
    assert place.verdict(page(place.laptop, done.serials[0]).credential) == "certificate-genuine-match-ktp"


def test_a_number_typed_by_hand_is_signed(place: Place) -> None:
    key, (who,) = graduates(place.laptop, 1)
    (serial,) = issue(place, key, None, numbers={who: " 417 / A "}).serials
    first = page(place.laptop, serial)
    assert (first.number, first.signed.content.number) == ("417 / A", "417 / A")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"device": bytes(8)}, "delegation-missing"),
        ({"certified_at": 10**15}, "clock-before-headquarters"),
        ({"issued_at": 10**15}, "clock-behind"),
    ],
)
def test_an_issuer_that_may_not_issue_is_refused(place: Place, wrong: dict[str, object], code: str) -> None:
    key, _ = graduates(place.laptop, 1)
    with place.laptop.write() as session, pytest.raises(Refused) as refusal:
        certificates.issue(session, key, replace(issuer(place.laptop), **wrong), TODAY)  # type: ignore[arg-type]
    assert refusal.value.code == code


def test_after_the_delegation_has_expired_nothing_is_issued(place: Place) -> None:
    key, _ = graduates(place.laptop, 1)
    with place.laptop.write() as session, pytest.raises(Refused) as refusal:
        certificates.issue(session, key, issuer(place.laptop), TODAY + timedelta(days=301))
    assert refusal.value.code == "delegation-missing"


def test_a_voided_certificate_stands_no_more(place: Place) -> None:
    key, _ = graduates(place.laptop, 1)
    (serial,) = issue(place, key).serials
    with place.laptop.write() as session:
        with pytest.raises(Refused):
            certificates.void(session, serial, TODAY, " ")
        certificates.void(session, serial, TODAY, "Tercetak miring")
        row = register.one(session, serial)
        assert (row.state, row.reason) == (CertificateState.VOID, "Tercetak miring")
        for act in (certificates.void,):
            with pytest.raises(Refused) as refusal:
                act(session, serial, TODAY, "Lagi")
            assert refusal.value.code == "certificate-not-standing"
        with pytest.raises(NotFound):
            register.one(session, 1)
    assert issue(place, key).serials == (serial + 1,)


def test_print_jobs_are_logged_and_copies_numbered(place: Place) -> None:
    laptop = place.laptop
    serials = [Serial(FIRST + n) for n in range(1_200)]
    with laptop.write() as session:
        assert len(print_runs.log(session, [(s, 0) for s in serials], "Epson L3110")) == 2
        assert printed.next_copies(session, [serials[0], FIRST + 5_000]) == {serials[0]: 1, FIRST + 5_000: 0}
        print_runs.log(session, [(serials[0], 1)], "Epson L3110")
        assert printed.next_copies(session, serials[:1]) == {serials[0]: 2}
        latest = printed.listed(session)[0]
        assert latest.printed == ((serials[0], 1),) and latest.printed_at and latest.printed_at.year == 2026
        with pytest.raises(Refused):
            print_runs.log(session, [], "Epson L3110")


def test_spoiled_blanks_are_kept(place: Place) -> None:
    with place.laptop.write() as session:
        assert print_runs.spoil(session, " KMNK 00417 ", TODAY) == "KMNK 00417"
        print_runs.spoil(session, "KMNK 00418", TODAY, BlankState.LOST)
        found = printed.blanks(session, CENTRE)
    assert [(b.blank, b.state, b.day) for b in found] == [
        ("KMNK 00417", "spoiled", TODAY), ("KMNK 00418", "lost", TODAY),
    ]  # fmt: skip


def test_a_class_without_anybody_decided_is_said(place: Place) -> None:
    key, _ = class_of(place.laptop, 1, 1)
    with pytest.raises(Refused) as refusal:
        issue(place, key)
    assert refusal.value.code == "certificate-none-to-issue"
