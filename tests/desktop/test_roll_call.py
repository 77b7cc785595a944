"""The roll call in the window: keys counted from Hari ini to the end, cards, panels, and its looks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.attendance import SessionState, Status
from app.domain.cards import card_text
from app.domain.ids import ParticipantId
from app.domain.marks import MarkEntry
from app.queries import attendance, classes
from tests.desktop.hands import Hands, settle
from tests.desktop.teaching import NOW, Taught, lay
from ui.desktop.desk import Desk
from ui.desktop.pages.roll_call import RollCallPage
from ui.desktop.pages.roll_call_presenter import Outcome
from ui.desktop.preferences import Preferences
from ui.desktop.runner import Runner
from ui.desktop.theme import Choice, Theme
from ui.desktop.widgets import painting
from ui.desktop.window import Window
from ui.desktop.wording import use_language, words


@pytest.fixture
def taught(tmp_path: Path) -> Taught:
    return lay(tmp_path, marked=False)


@pytest.fixture
def window(taught: Taught, look: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    runner = Runner()
    runner.attach(taught.opened)
    runner.author = taught.me
    made = Window(Desk(runner, Preferences(tmp_path), look, lambda: NOW))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.begin("today")
    settle(qtbot, runner)
    yield made
    settle(qtbot, runner)
    runner.close()


@pytest.fixture
def page(window: Window, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> RollCallPage:
    """The roll call of today's session, opened from Hari ini; its sounds are heard by nobody."""
    hands.press("Enter")
    hands.settle()
    hands.pressed = 0
    found = window.page
    assert isinstance(found, RollCallPage)
    monkeypatch.setattr(found.sounds, "play", lambda outcome: None)
    return found


def _marks(taught: Taught, number: int = 6) -> dict[ParticipantId, MarkEntry]:
    """What is on record."""
    with taught.opened.store.read() as session:
        found = attendance.matrix(session, taught.key).marks
    return {who: marks[number] for who, marks in found.items() if number in marks}  # type: ignore[index]  # a number


def _drafts(taught: Taught) -> dict[ParticipantId, MarkEntry]:
    with taught.opened.store.read() as session:
        return attendance.drafts(session, taught.key, 6)


def _statuses(marks: dict[ParticipantId, MarkEntry]) -> str:
    return "".join(sorted(entry.status.value for entry in marks.values()))


def test_twenty_people_with_three_exceptions_take_twelve_keys_from_hari_ini_to_the_end(
    hands: Hands, taught: Taught
) -> None:
    hands.press("Enter")
    hands.settle()
    hands.press("7", "T", "1", "1", "S", "1", "9", "A", "F2", "Ctrl+Enter", "Enter")
    hands.settle()
    assert hands.pressed == 12
    marks = _marks(taught)
    assert _statuses(marks) == "A" + "H" * 17 + "ST"
    assert marks[taught.people[6]] == MarkEntry(Status.LATE, 804)
    assert marks[taught.people[10]].status is Status.SICK
    assert marks[taught.people[18]].status is Status.ABSENT
    with taught.opened.store.read() as session:
        row = classes.session_numbered(session, taught.key, 6)
    assert (row.state, row.marks, row.drafts) == (SessionState.HELD, 20, 0)


def test_twenty_people_all_present_take_four_keys(hands: Hands, taught: Taught, window: Window) -> None:
    hands.press("Enter")
    hands.settle()
    hands.press("F2", "Ctrl+Enter", "Enter")
    hands.settle()
    assert hands.pressed == 4 and _statuses(_marks(taught)) == "H" * 20
    assert window.notice.accessibleName() == str(words("roll-done", number=6, n=20))
    assert not isinstance(window.page, RollCallPage)


def test_keys_typed_before_the_answers_come_are_not_lost(
    hands: Hands, page: RollCallPage, taught: Taught
) -> None:
    hands.press(*"HHTS", "F2", "Ctrl+Enter", "Enter")
    hands.settle()
    assert _statuses(_marks(taught)) == "H" * 18 + "ST"


def test_a_key_held_down_does_not_mark_a_whole_class(
    hands: Hands, page: RollCallPage, taught: Taught
) -> None:
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_H, Qt.KeyboardModifier.NoModifier, "h", autorep=True, count=1
    )
    hands.press("H")
    for _ in range(5):
        QApplication.sendEvent(page.middle.table, held)
    hands.settle()
    assert len(_drafts(taught)) == 1


def test_the_row_one_is_at_has_five_keys_to_click(hands: Hands, page: RollCallPage, taught: Taught) -> None:
    table = page.middle.table
    place = table.place_of(taught.people[0], 5).translated(-table.viewport().pos().toPointF())
    cell = table.rows.cell(0, 5, chosen=True)
    spot = table.cell_place(place, 5)
    at = next(
        QPoint(x, int(spot.center().y()))
        for x in range(int(spot.left()), int(spot.right()))
        if cell.hit(QPoint(x, int(spot.center().y())).toPointF(), spot) == "S"
    )
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    hands.settle()
    assert _statuses(_drafts(taught)) == "S" and page.roll.current == taught.people[1]
    assert table.rows.cell(0, 5, chosen=True).words().startswith("H Hadir")


def test_arrow_keys_move_and_letters_mark_where_one_is(
    hands: Hands, page: RollCallPage, taught: Taught
) -> None:
    hands.press("Down", "Down", "I", "Up", "Up", "S")
    hands.settle()
    marked = {taught.people.index(who): entry.status for who, entry in _drafts(taught).items()}
    assert marked == {2: Status.EXCUSED, 1: Status.SICK}


def test_a_number_being_typed_is_told_with_its_name(hands: Hands, page: RollCallPage) -> None:
    hands.press("1", "6")
    assert "Ni Luh Sari" in page.hint.accessibleName() and page.hint.isVisible()
    hands.press("Back")
    assert "Abdul Rahman Husen" in page.hint.accessibleName()
    hands.press("Esc")
    assert page.hint.isHidden() and page.isVisible()
    hands.press("9", "9", "H")
    assert page.hint.accessibleName() == str(words("roll-number-unknown", number="99"))


def test_a_name_is_found_while_it_is_typed_and_esc_goes_back(
    hands: Hands, page: RollCallPage, taught: Taught
) -> None:
    hands.press("/")
    hands.type("dewi")
    assert page.roll.current == taught.people[7]
    hands.press("Down")
    assert page.roll.current == taught.people[17]
    hands.press("Esc")
    assert page.roll.current == taught.people[0] and not page.head.finding
    hands.press("/")
    hands.type("sangaji")
    hands.press("Enter", "A")
    hands.settle()
    assert _drafts(taught) == {taught.people[13]: MarkEntry(Status.ABSENT)}
    hands.press("/")
    hands.type("tidak ada")
    hands.press("Enter")
    assert page.middle.table.hasFocus()


def test_a_remark_is_written_in_place_and_a_time_nobody_can_read_is_said_beside_it(
    hands: Hands, page: RollCallPage, taught: Taught
) -> None:
    hands.press("F4")
    assert page.hint.accessibleName() == str(words("roll-remark-unmarked"))
    hands.press("7", "T", "F4")
    hands.type("hujan")
    hands.press("Tab")
    hands.type("25.99")
    hands.press("Enter")
    assert page.remark.isVisible() and page.remark.time.accessibleDescription()
    page.remark.time.clear()
    hands.type("13.10")
    hands.press("Enter")
    hands.settle()
    assert _drafts(taught) == {taught.people[6]: MarkEntry(Status.LATE, 790, "hujan")}
    assert (
        page.middle.table.hasFocus()
        and page.middle.table.rows.cell(6, 5).words() == "Terlambat, 13.10, hujan"
    )
    hands.press("F4", "Esc")
    assert page.remark.isHidden() and page.isVisible()


def test_the_panel_tells_who_is_not_present_and_what_follows_and_esc_leads_back(
    hands: Hands, page: RollCallPage
) -> None:
    hands.press("1", "9", "A", "2", "0", "I", "F2", "Ctrl+Enter")
    hands.settle()
    final = page.right.final
    said = [child.accessibleName() for child in final.findChildren(QWidget) if child.accessibleName()]
    assert f"19 Rusdi Kamaruddin. {_below()}" in said
    assert any(
        name.startswith("20 Yohana Lumbantobing. ") and "Tidak boleh absen lagi." in name for name in said
    )
    assert final.yes.hasFocus() and page.middle.review.isVisible()
    hands.press("H", "7")
    assert final.isVisible() and page.roll.typing == ""
    hands.press("Esc")
    assert final.isHidden() and page.middle.table.hasFocus()


def _below() -> str:
    times = words("times-3")
    return str(words("roll-again-below", status=words("roll-status-absent"), times=times, minimum="80"))


def test_nobody_is_left_unmarked_by_a_hasty_enter(hands: Hands, page: RollCallPage, taught: Taught) -> None:
    hands.press("H", "Ctrl+Enter")
    hands.settle()
    assert not page.right.final.yes.isEnabled()
    page.right.final.setFocus()
    page.right.final.agree()
    hands.settle()
    assert _marks(taught) == {}
    hands.press("F2")
    hands.settle()
    page.right.final.yes.setFocus()
    hands.press("Enter")
    hands.settle()
    assert _statuses(_marks(taught)) == "H" * 20


def test_one_can_finalise_without_those_who_are_not_marked(
    hands: Hands, page: RollCallPage, taught: Taught
) -> None:
    hands.press("H", "S", "Ctrl+Enter")
    page.right.final.leave.click()
    hands.settle()
    assert _statuses(_marks(taught)) == "HS"


def test_a_change_after_that_needs_a_reason_and_the_old_value_stays_visible(
    hands: Hands, page: RollCallPage, taught: Taught, window: Window
) -> None:
    hands.press("7", "T", "F2", "Ctrl+Enter", "Enter")
    hands.settle()
    window.go("roll_call", taught.key, 6)
    hands.settle()
    assert page.middle.table.rows.cell(6, 5).words() == "Terlambat, 13.24"
    hands.press("7", "S")
    assert page.middle.table.rows.cell(6, 5).words() == "Terlambat → Sakit"
    hands.press("Ctrl+Enter", "Enter")
    assert page.right.final.reason.refused == str(words("reason-missing"))
    hands.type("salah baca")
    hands.press("Enter")
    hands.settle()
    assert _marks(taught)[taught.people[6]].status is Status.SICK
    window.go("roll_call", taught.key, 6)
    hands.settle()
    hands.press("7", "Enter")
    hands.settle()
    told = [label.text() for label in page.side.history.findChildren(QWidget) if hasattr(label, "text")]
    assert page.side.history.isVisible()
    assert any("Terlambat 13.24 menjadi Sakit" in text for text in told)
    assert any("Nurlaila Hamid" in text and "salah baca" in text for text in told)
    hands.press("Down")
    hands.settle()
    assert page.side.history.isHidden()


def test_a_session_that_did_not_happen_says_why_and_can_be_planned_again(
    hands: Hands, page: RollCallPage, taught: Taught
) -> None:
    page.side.cancelled.emit()
    hands.press("Enter")
    assert page.right.cancel.reason.refused == str(words("reason-missing"))
    hands.type("Banjir")
    hands.press("Enter")
    hands.settle()
    assert page.state.isVisible() and page.right.panel is None and not page.side.go.isEnabled()
    hands.press("H", "Ctrl+Enter", "F6")
    hands.settle()
    assert _drafts(taught) == {} and page.right.panel is None and page.middle.aloud.isHidden()
    page.state.button.click()
    hands.settle()
    hands.press("H")
    hands.settle()
    assert page.state.isHidden() and _statuses(_drafts(taught)) == "H"


def test_a_card_marks_whoever_holds_it_whatever_has_the_focus(
    hands: Hands, page: RollCallPage, taught: Taught, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Outcome] = []
    monkeypatch.setattr(page.sounds, "play", heard.append)
    hands.press("H")
    hands.scan(card_text(taught.people[4]), 1_000)
    assert page.side.scan.isVisible() and "Bambang Setiawan" in page.side.scan.accessibleName()
    hands.press("1", "F4")
    hands.type("hujan ")
    page.remark.text.setFocus()
    hands.scan(card_text(taught.people[5]), 5_000)
    assert page.remark.text.text() == "hujan " and page.remark.isVisible()
    hands.press("Esc", "/")
    hands.type("kar")
    hands.scan(card_text(taught.people[4]), 9_000)
    assert page.head.field.text() == "kar" and page.head.finding
    hands.settle()
    marked = {taught.people.index(who): entry.status for who, entry in _drafts(taught).items()}
    assert marked == {0: Status.PRESENT, 4: Status.LATE, 5: Status.LATE}
    assert heard == [Outcome.OK, Outcome.OK, Outcome.ALREADY]


def test_another_bar_code_marks_nobody_though_it_is_full_of_letters(
    hands: Hands, page: RollCallPage, taught: Taught, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Outcome] = []
    monkeypatch.setattr(page.sounds, "play", heard.append)
    hands.press("H")
    hands.settle()
    for at, code in enumerate(("HTTPS://SERTIFIKAT.ID/HASIATISH", "7TSA19AHISAT", "TISA/HISTASIA"), 1):
        hands.scan(code, at * 10_000)
        hands.settle()
        assert _drafts(taught) == {taught.people[0]: MarkEntry(Status.PRESENT)}
        assert page.roll.typing == "" and not page.head.finding and page.right.panel is None
    assert heard == [Outcome.UNKNOWN] * 3
    hands.press("Ctrl+Z")
    hands.settle()
    assert _drafts(taught) == {}
    hands.press("Ctrl+Y")
    hands.settle()
    assert _statuses(_drafts(taught)) == "H"


def test_a_card_read_while_one_looks_over_is_counted(
    hands: Hands, page: RollCallPage, taught: Taught
) -> None:
    hands.press("H", "Ctrl+Enter")
    hands.scan(card_text(taught.people[19]), 1_000)
    hands.settle()
    assert page.right.final.isVisible() and _statuses(_drafts(taught)) == "HT" and _marks(taught) == {}


def test_names_are_called_one_by_one_in_large_type(hands: Hands, page: RollCallPage, taught: Taught) -> None:
    hands.press("F6")
    aloud = page.middle.aloud
    assert aloud.isVisible() and aloud.hasFocus() and "1 Abdul Rahman Husen" in aloud.accessibleName()
    hands.press("H", "S", "Up")
    assert "2 Agustina Wulandari. Sakit" in aloud.accessibleName()
    aloud.pressed.emit("T")
    assert "3 Ahmad Fauzi" in aloud.accessibleName()
    hands.press("Esc")
    hands.settle()
    assert aloud.isHidden() and page.middle.table.hasFocus()
    assert _statuses(_drafts(taught)) == "HT"


def test_copying_from_paper_goes_line_by_line(hands: Hands, page: RollCallPage, taught: Taught) -> None:
    hands.press("2", "S", "F7", "T", "T", "F7")
    hands.settle()
    assert page.roll.current == taught.people[2]
    assert _drafts(taught) == {who: MarkEntry(Status.LATE) for who in taught.people[:2]}


def test_esc_closes_the_innermost_thing_and_then_leads_to_hari_ini(
    hands: Hands, page: RollCallPage, window: Window
) -> None:
    hands.press("F6", "H", "Ctrl+Enter", "Esc")
    assert page.right.panel is None
    hands.press("Esc")
    hands.settle()
    assert window.page is not page


def test_a_low_window_folds_the_keys_and_still_shows_twenty_people(
    hands: Hands, page: RollCallPage, window: Window, qtbot: QtBot
) -> None:
    assert page.middle.table.verticalScrollBar().maximum() == 0
    window.resize(1366, 690)
    qtbot.waitUntil(lambda: page.side.keys.height() < 60)
    qtbot.waitUntil(lambda: page.middle.table.verticalScrollBar().maximum() == 0)
    assert page.middle.table.rowHeight(19) == 26
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: page.side.keys.height() > 100)


def test_everything_that_takes_the_focus_has_a_name(hands: Hands, page: RollCallPage) -> None:
    for keys in ((), ("H", "F4"), ("Esc", "/"), ("Esc", "F6"), ("Esc", "S", "Ctrl+Enter")):
        hands.press(*keys)
        hands.settle()
        takers = [w for w in page.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
        nameless = [w for w in takers if w.isVisible() and not w.accessibleName()]
        assert takers and not nameless, nameless
    words_of_a_row = [page.middle.table.rows.data(page.middle.table.rows.index(6, at)) for at in range(6)]
    assert words_of_a_row == ["7", "Daud Latuconsina", "…9070", "H T H H T", "2 kali lagi", "Belum ditandai"]


@pytest.mark.parametrize("language", ["id", "en", "xx"])
def test_longer_words_are_not_cut(
    hands: Hands,
    page: RollCallPage,
    window: Window,
    long_words: None,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cut: list[str] = []
    hands.press("7", "T", "1", "1", "S")
    monkeypatch.setattr(painting, "text_is_cut", cut.append)
    use_language(language)
    for keys in ((), ("Ctrl+Enter",), ("F2",), ("Esc", "F6"), ("Esc",)):
        hands.press(*keys)
        hands.settle()
        _fits(page, cut)
    page.side.answer(True)
    page.side.cancelled.emit()
    _fits(page, cut)


def _fits(page: RollCallPage, cut: list[str]) -> None:
    """Every text is drawn whole, and everything lies on the page."""
    QApplication.processEvents()
    QApplication.processEvents()
    cut.clear()
    page.grab()
    assert cut == []
    shown = [w for w in page.findChildren(QWidget) if w.isVisible()]
    wide = [w for w in shown if w.mapTo(page, QPoint(w.width(), 0)).x() > page.width()]
    assert wide == []


def test_it_is_drawn_in_the_dark_as_well(page: RollCallPage, look: Theme) -> None:
    light = page.grab().toImage()
    look.choose(Choice.DARK)
    assert page.grab().toImage() != light


def test_the_tones_differ_and_are_short() -> None:
    from ui.desktop.pages.roll_call_sounds import TONES, wav

    made = {outcome: wav(tones) for outcome, tones in TONES.items()}
    assert set(made) == set(Outcome) and len(set(made.values())) == len(made)
    assert all(file[:4] == b"RIFF" and 2_000 < len(file) < 20_000 for file in made.values())
