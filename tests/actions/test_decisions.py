"""Deciding who has completed."""

from __future__ import annotations

import pytest

from app.actions import attendance, certificates, decisions, results
from app.domain.attendance import Status
from app.domain.completion import Lack, Outcome
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.domain.results import ResultEntry
from app.errors import Refused
from app.queries import completion
from app.queries.history import changes_written
from tests.support.class_of import class_of
from tests.support.issuing import Authorities, graduates, issuer
from tests.support.laptop import TODAY, Laptop, hand_over


@pytest.fixture
def taught(laptop: Laptop) -> tuple[ClassKey, list[ParticipantId]]:
    """Two people: the first has everything, the second was absent and has no post-test in KWU-02."""
    key, people = class_of(laptop, 2, 2)
    with laptop.write() as session:
        for number in (1, 2):
            here = (Status.PRESENT, Status.ABSENT)
            marks = {who: MarkEntry(status) for who, status in zip(people, here, strict=True)}
            attendance.finalise(session, key, number, marks)
        scores = [(0, "KWU-01", 8_000), (0, "KWU-02", 9_000), (1, "KWU-01", 8_000)]
        entries = [ResultEntry(people[n], module, post=post) for n, module, post in scores]
        results.record_many(session, key, entries)
    return key, people


def test_standings_say_what_is_missing(laptop: Laptop, taught: tuple[ClassKey, list[ParticipantId]]) -> None:
    with laptop.read() as session:
        one, two = completion.standings(session, taught[0])
    assert (one.judgement.outcome, one.judgement.average, one.judgement.grade) == (
        "LULUS",
        8_500,
        "Memuaskan",
    )
    assert [lack.code for lack in two.judgement.missing] == [Lack.ATTENDANCE_BELOW, Lack.MODULE_MISSING]
    assert two.decision is None


def test_the_rule_decides_on_everybody_once(
    laptop: Laptop, taught: tuple[ClassKey, list[ParticipantId]]
) -> None:
    key, _ = taught
    with laptop.write() as session:
        assert decisions.decide(session, key, TODAY) == decisions.Decided(1, 1, 2)
        assert decisions.decide(session, key, TODAY) == decisions.Decided(1, 1, 0)
        found = [line.decision for line in completion.standings(session, key)]
    assert [d and (d.outcome, d.override, d.reason, d.decided_on) for d in found] == [
        (Outcome.PASSED, False, None, TODAY), (Outcome.NOT_PASSED, False, None, TODAY),
    ]  # fmt: skip


def test_against_the_rule_a_reason_is_needed_and_kept(
    laptop: Laptop, taught: tuple[ClassKey, list[ParticipantId]]
) -> None:
    key, (_, two) = taught
    with laptop.write() as session:
        with pytest.raises(Refused) as refusal:
            decisions.decide(session, key, TODAY, [two], Outcome.PASSED)
        assert refusal.value.code == "decision-reason-missing"
        decisions.decide(session, key, TODAY, [two], Outcome.PASSED, " Sakit,  disetujui Kepala ")
        found = completion.decisions(session, key)[two]
        assert (found.outcome, found.override, found.reason) == ("LULUS", True, "Sakit, disetujui Kepala")
        assert decisions.decide(session, key, TODAY) == decisions.Decided(1, 0, 1)
        assert completion.decisions(session, key)[two] == found


def test_another_decision_is_a_correction(
    laptop: Laptop, taught: tuple[ClassKey, list[ParticipantId]]
) -> None:
    key, (_, two) = taught
    with laptop.write() as session:
        decisions.decide(session, key, TODAY)
        for number in (1, 2):
            attendance.mark(session, key, number, two, MarkEntry(Status.PRESENT), "Salah baca")
        results.record(session, key, ResultEntry(two, "KWU-02", post=9_000))
        before = changes_written(session)
        with pytest.raises(Refused) as refusal:
            decisions.decide(session, key, TODAY)
        assert (refusal.value.code, changes_written(session)) == ("reason-missing", before)
        assert decisions.decide(session, key, TODAY, reason="Daftar hadir dikoreksi").passed == 2


def test_nobody_to_decide_on_is_said(laptop: Laptop) -> None:
    key, _ = class_of(laptop, 0, 1)
    with laptop.write() as session:
        for people, code in (
            (None, "decision-nobody"),
            ([ParticipantId(bytes(16))], "participant-not-enrolled"),
        ):
            with pytest.raises(Refused) as refusal:
                decisions.decide(session, key, TODAY, people)
            assert refusal.value.code == code


def test_a_decision_just_taken_can_be_taken_back_and_taken_again(
    laptop: Laptop, taught: tuple[ClassKey, list[ParticipantId]]
) -> None:
    key, people = taught
    with laptop.write() as session:
        decisions.decide(session, key, TODAY)
        with pytest.raises(Refused) as refusal:
            decisions.take_back(session, key, people, " ")
        assert refusal.value.code == "text-missing"
        assert decisions.take_back(session, key, people, "Diurungkan") == 2
        assert completion.decisions(session, key) == {}
        assert decisions.decide(session, key, TODAY) == decisions.Decided(1, 1, 2)


def test_who_holds_a_certificate_stays_decided(laptop: Laptop, headquarters: Laptop) -> None:
    authorities = Authorities()
    authorities.publish(headquarters)
    authorities.lease(headquarters, laptop, 1, 5)
    hand_over(headquarters, laptop)
    key, (who,) = graduates(laptop, 1)
    with laptop.write() as session:
        certificates.issue(session, key, issuer(laptop), TODAY)
        with pytest.raises(Refused) as refusal:
            decisions.take_back(session, key, [who], "Diurungkan")
    assert refusal.value.code == "decision-certified"
