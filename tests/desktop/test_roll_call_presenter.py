"""The life of a roll call without a window, on a real database behind the real runner."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.actions import attendance as actions
from app.actions import classes, enrolments, participants
from app.actions.participants import ParticipantForm
from app.domain.attendance import SessionState, Status
from app.domain.cards import card_text
from app.domain.ids import ParticipantId
from app.domain.marks import MarkEntry
from app.errors import StorageTrouble
from app.queries import attendance
from app.queries.roll_calls import Outlook
from tests.desktop.hands import settle
from tests.desktop.teaching import NOW, SECRET, TODAY, Taught, lay
from tests.support.laptop import woman
from ui.desktop.pages.roll_call_presenter import Outcome, RollCall, Scan
from ui.desktop.runner import Runner

H, S, A = MarkEntry(Status.PRESENT), MarkEntry(Status.SICK), MarkEntry(Status.ABSENT)


class Clock:
    """The centre's clock, set by hand."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def taught(tmp_path: Path) -> Taught:
    return lay(tmp_path, marked=False)


@pytest.fixture
def runner(taught: Taught, qtbot: QtBot) -> Iterator[Runner]:
    made = Runner()
    made.attach(taught.opened)
    made.author = taught.me
    yield made
    settle(qtbot, made)
    made.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def roll(runner: Runner, taught: Taught, clock: Clock, qtbot: QtBot) -> RollCall:
    made = RollCall(runner, clock)
    made.open(taught.key, 6)
    settle(qtbot, runner)
    return made


def _drafts(taught: Taught, number: int = 6) -> dict[ParticipantId, MarkEntry]:
    with taught.opened.store.read() as session:
        return attendance.drafts(session, taught.key, number)


def _type(roll: RollCall, text: str) -> None:
    for letter in text:
        assert roll.type(letter)


def test_nothing_is_marked_before_and_a_letter_marks_and_steps_down(
    roll: RollCall, runner: Runner, taught: Taught, qtbot: QtBot
) -> None:
    assert roll.sheet is not None and len(roll.sheet.unmarked()) == 20
    _type(roll, "HhS")
    settle(qtbot, runner)
    assert _drafts(taught) == {taught.people[0]: H, taught.people[1]: H, taught.people[2]: S}
    assert roll.current == taught.people[3] and roll.saved_at == NOW and not roll.lost


def test_a_number_marks_from_anywhere_and_one_stays_where_one_is(
    roll: RollCall, runner: Runner, taught: Taught, qtbot: QtBot
) -> None:
    with qtbot.waitSignals([roll.typed, roll.typed, roll.typed]):
        _type(roll, "17T")
    assert roll.current == taught.people[0]
    settle(qtbot, runner)
    assert _drafts(taught) == {taught.people[16]: MarkEntry(Status.LATE, 13 * 60 + 24)}


def test_a_number_nobody_has_marks_nobody(
    roll: RollCall, runner: Runner, taught: Taught, qtbot: QtBot
) -> None:
    _type(roll, "77")
    with qtbot.waitSignal(roll.told):
        roll.type("A")
    assert roll.typing == "" and roll.sheet is not None and len(roll.sheet.unmarked()) == 20
    assert not roll.type("x") and not roll.type("٣")


def test_a_number_can_be_dropped_shortened_or_gone_to(roll: RollCall, taught: Taught) -> None:
    _type(roll, "0123456")
    assert roll.typing == "123" and roll.shorten_number() and roll.typing == "12"
    assert roll.go_to_number() and roll.current == taught.people[11] and roll.typing == ""
    assert not roll.go_to_number() and not roll.shorten_number()
    _type(roll, "5")
    assert roll.drop_number() and not roll.drop_number()


def test_stepping_down_passes_by_who_is_marked_already(roll: RollCall, taught: Taught) -> None:
    _type(roll, "2T3A")
    roll.type("H")
    assert roll.current == taught.people[3]
    roll.step(-2)
    roll.type("S")
    assert roll.current == taught.people[3]


def test_on_paper_one_goes_line_by_line_and_nobody_arrives_now(
    roll: RollCall, runner: Runner, taught: Taught, qtbot: QtBot
) -> None:
    _type(roll, "2H")
    roll.on_paper = True
    _type(roll, "TH")
    settle(qtbot, runner)
    assert roll.current == taught.people[2]
    assert _drafts(taught)[taught.people[0]] == MarkEntry(Status.LATE)


def test_late_on_another_day_has_no_time_of_arrival(
    roll: RollCall, clock: Clock, runner: Runner, taught: Taught, qtbot: QtBot
) -> None:
    clock.now = NOW + timedelta(days=1)
    roll.type("T")
    settle(qtbot, runner)
    assert _drafts(taught) == {taught.people[0]: MarkEntry(Status.LATE)}


def test_the_rest_are_present_and_only_they(
    roll: RollCall, runner: Runner, taught: Taught, qtbot: QtBot
) -> None:
    _type(roll, "3S9A")
    roll.fill()
    settle(qtbot, runner)
    kept = _drafts(taught)
    assert kept[taught.people[2]] == S and kept[taught.people[8]] == A
    assert [kept[who].status for who in taught.people].count(Status.PRESENT) == 18
    with qtbot.waitSignal(roll.told):
        roll.fill()


def test_every_step_is_taken_back_in_the_database_too(
    roll: RollCall, runner: Runner, taught: Taught, qtbot: QtBot
) -> None:
    _type(roll, "HS9A")
    roll.fill()
    for left in (3, 2, 1, 0):
        roll.undo()
        settle(qtbot, runner)
        assert len(_drafts(taught)) == left
    with qtbot.waitSignal(roll.told):
        roll.undo()
    for there in (1, 2, 3, 20):
        roll.redo()
        settle(qtbot, runner)
        assert len(_drafts(taught)) == there


def test_a_mark_keyed_by_mistake_can_be_cleared(
    roll: RollCall, runner: Runner, taught: Taught, qtbot: QtBot
) -> None:
    roll.type("H")
    roll.step(-1)
    roll.erase()
    settle(qtbot, runner)
    assert _drafts(taught) == {} and roll.line is not None and roll.line.now is None


def test_a_remark_is_for_who_was_just_marked_else_for_the_current_line(
    roll: RollCall, runner: Runner, taught: Taught, qtbot: QtBot
) -> None:
    assert roll.remarked() is None
    roll.type("S")
    line = roll.remarked()
    assert line is not None and line.participant == taught.people[0]
    roll.remark(line.participant, "surat dokter", None)
    roll.step(1)
    assert roll.remarked() is None
    roll.step(-2)
    assert roll.remarked() == roll.line
    settle(qtbot, runner)
    assert _drafts(taught) == {taught.people[0]: MarkEntry(Status.SICK, None, "surat dokter")}


def test_what_the_disk_did_not_take_goes_along_with_the_next_key(
    roll: RollCall, runner: Runner, taught: Taught, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise StorageTrouble("disk-full")

    with monkeypatch.context() as broken:
        broken.setattr(actions, "save_drafts", full)
        with qtbot.waitSignal(runner.troubled):
            roll.type("H")
        settle(qtbot, runner)
    assert roll.lost and _drafts(taught) == {}
    roll.type("S")
    settle(qtbot, runner)
    assert not roll.lost and _drafts(taught) == {taught.people[0]: H, taught.people[1]: S}


def test_finalising_writes_once_and_a_change_afterwards_needs_a_reason(
    roll: RollCall, runner: Runner, taught: Taught, qtbot: QtBot
) -> None:
    _type(roll, "7T")
    roll.fill()
    with qtbot.waitSignal(roll.done) as done:
        roll.finalise()
        roll.finalise()  # a second Enter, too early
    assert done.args[0].written == 20
    settle(qtbot, runner)
    roll.reload()
    settle(qtbot, runner)
    assert roll.sheet is not None and roll.sheet.final and _drafts(taught) == {}
    _type(roll, "7A")
    assert [line.number for line in roll.sheet.corrected()] == [7]
    with qtbot.waitSignal(roll.refused) as refused:
        roll.finalise()
    assert refused.args[0].code == "reason-missing"
    settle(qtbot, runner)
    with qtbot.waitSignal(roll.done):
        roll.finalise("salah baca")
    settle(qtbot, runner)
    roll.reload()
    roll.go_to(taught.people[6])
    with qtbot.waitSignal(roll.recalled) as recalled:
        settle(qtbot, runner)
    newest = recalled.args[0][0]
    assert newest.before == {"status": "T", "arrival": 804} and newest.after["status"] == "A"
    assert (newest.author, newest.reason) == ("Nurlaila Hamid", "salah baca")


def test_what_the_marks_bring_about_is_foreseen(roll: RollCall, taught: Taught, qtbot: QtBot) -> None:
    _type(roll, "19A20I7T")
    with qtbot.waitSignal(roll.foreseen) as foreseen:
        roll.foresee()
    found: dict[ParticipantId, Outlook] = foreseen.args[0]
    rusdi, yohana, daud = (found[taught.people[at]] for at in (18, 19, 6))
    assert (rusdi.times, rusdi.allowance.possible) == (3, False)
    assert (yohana.times, yohana.allowance.may_miss, yohana.allowance.possible) == (1, 0, True)
    assert (daud.times, daud.allowance.may_miss) == (3, 2)


def test_a_session_that_did_not_happen_is_not_marked_until_it_is_planned_again(
    roll: RollCall, runner: Runner, taught: Taught, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(roll.settled):
        roll.did_not_happen("Banjir")
    settle(qtbot, runner)
    assert roll.cancelled and roll.session is not None and roll.session.reason == "Banjir"
    with qtbot.waitSignals([roll.told, roll.told]):
        roll.type("H")
        roll.fill()
    roll.plan_again()
    settle(qtbot, runner)
    assert roll.session.state is SessionState.PLANNED and _drafts(taught) == {}
    roll.type("H")
    settle(qtbot, runner)
    assert len(_drafts(taught)) == 1


@pytest.mark.parametrize(
    ("minute", "entry"),
    [(50, H), (60 + 15, H), (60 + 16, MarkEntry(Status.LATE, 13 * 60 + 16))],
    ids=["before it begins", "in the first quarter", "after it"],
)
def test_a_card_marks_by_the_clock(
    roll: RollCall, clock: Clock, taught: Taught, qtbot: QtBot, minute: int, entry: MarkEntry
) -> None:
    clock.now = NOW.replace(hour=12 + minute // 60, minute=minute % 60)
    with qtbot.waitSignal(roll.scanned) as scanned:
        roll.scan(card_text(taught.people[3]))
    assert scanned.args[0] == Scan(Outcome.OK, "Amina Tuanaya", entry)
    assert roll.current == taught.people[0]
    with qtbot.waitSignal(roll.scanned) as scanned:
        roll.scan(card_text(taught.people[3]).lower())
    assert scanned.args[0] == Scan(Outcome.ALREADY, "Amina Tuanaya", entry)


def test_a_card_of_another_class_and_one_of_nobody_are_told_apart(
    roll: RollCall, runner: Runner, taught: Taught, qtbot: QtBot
) -> None:
    with taught.opened.store.write(taught.me) as session:
        form = ParticipantForm("Siti Contoh", woman(900), birth_place="Ternate")
        other = participants.register(session, form, SECRET, TODAY)
    for text, scan in (
        (card_text(other), Scan(Outcome.WRONG_CLASS, "Siti Contoh")),
        (card_text(bytes([0, 0, 0, 0, 0, 0, 0x80, 0, 0x80, *[0] * 7])), Scan(Outcome.UNKNOWN)),
        ("", Scan(Outcome.UNKNOWN)),
    ):
        with qtbot.waitSignal(roll.scanned) as scanned:
            roll.scan(text)
        assert scanned.args[0] == scan
    assert roll.sheet is not None and len(roll.sheet.unmarked()) == 20


def test_what_came_from_elsewhere_is_shown_and_nothing_keyed_in_is_lost(
    roll: RollCall, runner: Runner, taught: Taught, qtbot: QtBot
) -> None:
    roll.type("H")
    settle(qtbot, runner)
    with taught.opened.store.write(taught.me) as session:
        form = ParticipantForm("Zainal Abidin", woman(901), birth_place="Ternate")
        late_comer = participants.register(session, form, SECRET, TODAY)
        enrolments.enrol(session, taught.key, [late_comer])
        actions.finalise(session, taught.key, 6, {taught.people[1]: A})
    roll.type("S")
    roll.reload()
    roll.step(1)
    settle(qtbot, runner)
    assert roll.sheet is not None and roll.current == taught.people[3]
    first, second, last = roll.sheet.lines[0], roll.sheet.lines[1], roll.sheet.lines[-1]
    assert (first.draft, second.stored, second.draft, last.name) == (H, A, S, "Zainal Abidin")
    roll.undo()
    roll.undo()
    settle(qtbot, runner)
    assert _drafts(taught) == {}


def test_another_session_begins_with_a_clean_sheet(
    roll: RollCall, runner: Runner, taught: Taught, qtbot: QtBot
) -> None:
    _type(roll, "HH5")
    roll.open(taught.key, 7)
    settle(qtbot, runner)
    assert roll.typing == "" and roll.sheet is not None and roll.sheet.depth == 0
    assert len(roll.sheet.unmarked()) == 20 and roll.saved_at is None
    assert len(_drafts(taught, 6)) == 2 and _drafts(taught, 7) == {}


def test_an_empty_class_has_nothing_to_mark(
    roll: RollCall, runner: Runner, taught: Taught, qtbot: QtBot
) -> None:
    with taught.opened.store.write(taught.me) as session:
        key = classes.create(
            session,
            code="kosong",
            title="Kosong",
            programme="KWU",
            version=1,
            first_day=TODAY,
            last_day=TODAY,
        )
        classes.schedule(session, key, [])
    roll.open(key, 1)
    with qtbot.waitSignal(roll.refused) as refused:
        settle(qtbot, runner)
    assert refused.args[0].code == "session-unknown"
    assert roll.sheet is None and roll.line is None
    roll.type("H")
    roll.fill()
    roll.step(1)
    roll.finalise()
    assert not runner.waiting
