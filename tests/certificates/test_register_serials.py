"""No serial is used twice unnoticed: laptops apart, voided and replaced, restored from a backup, cloned."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.certificates import CertificateState
from app.domain.ids import Serial
from app.errors import Refused
from app.queries import reviews
from app.queries.reviews import Kind
from app.storage import incidents
from tests.certificates.register import BLOCK, Centre, Desk, centre, sent_whole
from tests.support.laptop import CENTRE

FIRST = CENTRE * 10_000_000 + 1
PEOPLE = 6
NAMES = st.sampled_from(["one", "two"])
NUMBERS = st.integers(0, PEOPLE - 1)
Step = tuple[str, str, int]
ORDINARY = st.tuples(NAMES, st.sampled_from(["issue", "issue", "void", "replace", "exchange"]), NUMBERS)
SETBACK = st.tuples(NAMES, NUMBERS, NUMBERS).map(
    lambda said: [
        (said[0], what, number)
        for what, number in (("save", 0), ("issue", said[1]), ("restore", 0), ("issue", said[2]))
    ]
)
"""A backup, a certificate, the backup again, a certificate."""

STEPS = st.lists(st.one_of(ORDINARY.map(lambda step: [step]), SETBACK), min_size=2, max_size=8).map(
    lambda chunks: [step for chunk in chunks for step in chunk]
)
REFUSALS = {"serials-exhausted", "certificate-none-to-issue", "certificate-not-standing"}


class Used:
    """Which certificates each serial was printed on, over all that happened."""

    def __init__(self, made: Centre) -> None:
        self.made = made
        self.printed: dict[Serial, set[bytes]] = defaultdict(set)
        self.restored = False

    def step(self, name: str, what: str, number: int) -> None:
        desk: Desk = getattr(self.made, name)
        saved = self.made.folder / f"{name}-simpanan.db"
        if what == "exchange":
            # A restored laptop is enrolled anew before it syncs; until then it has only its anchor.
            if not self.restored:
                self.made.exchange()
        elif what == "save":
            desk.saved(saved)
        elif what == "restore":
            if saved.exists():
                desk.restored(saved)
                self.restored = True
        else:
            self._certify(desk, what, number)

    def _certify(self, desk: Desk, what: str, number: int) -> None:
        try:
            made = self._made(desk, what, number)
        except Refused as refusal:
            assert refusal.code in REFUSALS
            return
        for serial in made:
            self.printed[serial].add(desk.digest(serial))

    def _made(self, desk: Desk, what: str, number: int) -> tuple[Serial, ...]:
        if what == "issue":
            return desk.issue(self.made.key, [self.made.people[number]])
        standing = [row.serial for row in desk.rows() if row.state is CertificateState.ISSUED]
        if not standing:
            return ()
        old = standing[number % len(standing)]
        if what == "replace":
            return (desk.replace(old),)
        desk.void(old)
        return ()


@settings(max_examples=15)
@given(STEPS)
def test_whatever_happens_to_two_laptops_no_serial_is_printed_twice(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    with centre(tmp_path_factory.mktemp("balai"), PEOPLE) as made:
        used = Used(made)
        for step in steps:
            used.step(*step)
        assert all(len(digests) == 1 for digests in used.printed.values())
        if not used.restored:
            made.exchange()
            for desk in (made.one, made.two):
                assert {row.serial for row in desk.rows()} == set(used.printed)
                assert all(desk.digest(serial) in used.printed[serial] for serial in used.printed)


def test_a_restored_laptop_goes_on_above_what_its_anchor_remembers(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with centre(tmp_path_factory.mktemp("balai"), 3) as made:
        copy = made.one.saved(made.folder / "simpanan.db")
        assert made.one.issue(made.key, made.people[:2]) == (FIRST, FIRST + 1)
        made.one.restored(copy)
        assert made.one.rows() == []
        assert made.one.issue(made.key, made.people[2:]) == (FIRST + 2,)


def test_voided_and_replaced_serials_stay_taken(tmp_path_factory: pytest.TempPathFactory) -> None:
    with centre(tmp_path_factory.mktemp("balai"), 2) as made:
        first, second = made.one.issue(made.key, made.people)
        made.one.void(second)
        third = made.one.replace(first)
        assert made.one.issue(made.key, made.people[1:]) == (third + 1,)
        made.exchange()
        states = {row.serial: row.state for row in made.two.rows()}
        assert states == {
            first: CertificateState.REPLACED,
            second: CertificateState.VOID,
            third: CertificateState.ISSUED,
            third + 1: CertificateState.ISSUED,
        }


def test_a_clone_that_prints_the_same_serial_is_found_by_whoever_gets_both_logs(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with centre(tmp_path_factory.mktemp("balai"), 2) as made:
        twin = made.one.cloned(made.folder / "kembar.db")
        here = made.one.issue(made.key, made.people[:1])
        there = twin.issue(made.key, made.people[1:])
        assert here == there == (FIRST,)
        assert made.one.digest(here[0]) != twin.digest(there[0])
        for desk in (made.one, twin):
            sent_whole(desk.laptop, made.headquarters)
        with made.headquarters.read() as session:
            noted = {incident.code for incident in incidents.open_ones(session)}
            disputed = [r for r in reviews.listed(session) if r.entity == "certificate"]
        twin.laptop.store.close()
        assert "log-forked" in noted
        assert disputed


def test_the_same_number_typed_on_two_laptops_becomes_a_review(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with centre(tmp_path_factory.mktemp("balai"), 2) as made:
        one, two = made.people
        (first,) = made.one.issue(made.key, [one], numbers={one: "417/BPVP-TTE/KWU/IX/2026"})
        (second,) = made.two.issue(made.key, [two], numbers={two: " 417/bpvp-tte/kwu/ix/2026 "})
        made.exchange()
        for desk in (made.one, made.two):
            with desk.laptop.read() as session:
                (review,) = [r for r in reviews.listed(session) if r.entity == "certificate"]
            assert review.kind is not Kind.DIFFERS
            assert len(review.versions) == 2
        assert {first, second} == {row.serial for row in made.one.rows()}


def test_a_person_certified_on_two_laptops_at_once_becomes_a_review(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with centre(tmp_path_factory.mktemp("balai"), 1) as made:
        (first,), (second,) = (desk.issue(made.key, made.people) for desk in (made.one, made.two))
        assert first != second
        made.exchange()
        with made.two.laptop.read() as session:
            (review,) = [r for r in reviews.listed(session) if r.entity == "certificate"]
        assert len(review.versions) == 2


def test_leases_that_run_out_end_issuing_and_a_new_block_goes_on(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with centre(tmp_path_factory.mktemp("balai"), BLOCK + 1) as made:
        made.one.issue(made.key, made.people[:BLOCK])
        with pytest.raises(Refused, match="serials-exhausted"):
            made.one.issue(made.key, made.people[BLOCK:])
        made.authorities.lease(made.headquarters, made.one.laptop, 1 + 5 * BLOCK, 2)
        made.exchange()
        assert made.one.issue(made.key, made.people[BLOCK:]) == (FIRST + 5 * BLOCK,)
