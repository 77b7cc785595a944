"""The window: ways between pages, keys that hold everywhere, what changed, and calm when we are at fault."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import Refused
from ui.desktop import places
from ui.desktop.answers import EVERYTHING
from ui.desktop.application import Program, data_folder
from ui.desktop.desk import Desk
from ui.desktop.failures import Failures, report
from ui.desktop.preferences import Preferences
from ui.desktop.theme import Choice
from ui.desktop.window import Window
from ui.desktop.wording import use_language, words


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setattr(places, "PAGES", "sample_pages")


@pytest.fixture
def failures(monkeypatch: pytest.MonkeyPatch) -> Iterator[Failures]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    made = Failures()
    yield made


@pytest.fixture
def window(desk: Desk, failures: Failures, qtbot: QtBot) -> Window:
    made = Window(desk, failures)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.begin("today")
    return made


def test_only_the_places_there_are_stand_in_the_rail() -> None:
    assert [place.key for place in places.places()] == ["today", "classes"]


def test_one_goes_to_a_page_with_what_it_is_for_and_back_again(window: Window, qtbot: QtBot) -> None:
    first = window.page
    window.desk.go("classes", "KWU-09/2026", 6)
    assert window.page is not first and window.page.arguments == ("KWU-09/2026", 6)  # type: ignore[union-attr]
    window.desk.go("classes", "KWU-10/2026", 1)
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.page.arguments == ("KWU-09/2026", 6)  # type: ignore[union-attr]
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.page is first
    window.back()
    assert window.page is first


def test_a_page_that_has_something_unfinished_is_not_left(window: Window, qtbot: QtBot) -> None:
    window.go("classes")
    page = window.page
    assert page is not None
    page.unfinished = True  # type: ignore[attr-defined]  # of the sample page
    window.rail.chosen.emit("today")
    window.back()
    assert window.page is page and not window.close()
    page.unfinished = False  # type: ignore[attr-defined]  # of the sample page
    window.back()
    assert window.page is not page


def test_slash_goes_to_the_search_field_and_there_it_is_a_letter(window: Window, qtbot: QtBot) -> None:
    page = window.page
    QTest.keyClicks(page.button, "/")  # type: ignore[union-attr]
    field = page.field.input  # type: ignore[union-attr]
    assert field.hasFocus() and field.text() == ""
    QTest.keyClicks(field, "a/b")
    assert field.text() == "a/b"


def test_f1_shows_the_keys_of_the_page_and_esc_closes_them_only(window: Window, qtbot: QtBot) -> None:
    page = window.page
    QTest.keyClick(window, Qt.Key.Key_F1)
    window.resize(1200, 640)
    assert window.keys.isVisible() and window.keys.size() == window._stack.size()
    QTest.keyClick(window.keys, Qt.Key.Key_Escape)
    assert not window.keys.isVisible() and window.page is page


def test_the_locked_window_shows_one_page_alone_and_no_key_leads_out_of_it(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "exists", lambda key: True)
    window.go("classes")
    window.page.unfinished = True  # type: ignore[union-attr]  # of the sample page
    window.rail.locked.emit()
    assert not window.rail.isVisible() and not window.footer.isVisible()
    front = window.page
    for key in (Qt.Key.Key_F9, Qt.Key.Key_Escape):
        QTest.keyClick(window, key)
    window.back()
    assert window.page is front
    window.begin("today")
    assert window.rail.isVisible() and window.footer.isVisible()


def test_a_page_hears_of_its_tables_only_and_only_while_shown(window: Window) -> None:
    page = window.page
    assert page is not None and page.refreshed == 1  # type: ignore[attr-defined]
    runner = window.desk.runner
    runner.changed.emit(frozenset({"participant"}))
    assert page.refreshed == 1  # type: ignore[attr-defined]
    runner.changed.emit(frozenset({"session", "mark"}))
    runner.changed.emit(EVERYTHING)
    assert page.refreshed == 3  # type: ignore[attr-defined]
    window.go("classes")
    runner.changed.emit(frozenset({"session"}))
    runner.changed.emit(frozenset({"session"}))
    assert page.refreshed == 3  # type: ignore[attr-defined]
    use_language("en")
    assert page.refreshed == 3  # type: ignore[attr-defined]
    window.back()
    assert page.refreshed == 4  # type: ignore[attr-defined]


def test_trouble_is_told_at_the_foot_in_words(window: Window) -> None:
    window.desk.runner.troubled.emit(Refused("reason-missing"))
    assert window.notice.isVisible()
    assert window.notice.accessibleName() == str(words("reason-missing"))
    window.go("classes")
    assert not window.notice.isVisible()


def test_the_foot_tells_the_truth_it_is_given_and_sends(window: Window, qtbot: QtBot) -> None:
    window.desk.stood.emit("**23 perubahan** belum di kantor pusat.", "Luring", "cloud-off", False)
    assert window.footer._link.text() == "Luring" and "23 perubahan" in window.footer._truth.text()
    window.desk.noted.emit("classes", 2)
    assert window.rail._places["classes"].accessibleName() == "Kelas (2)"


def test_the_language_changes_without_a_restart(window: Window) -> None:
    use_language("en")
    assert window.rail._places["today"].accessibleName() == "Today"
    assert window.page.button.accessibleName() == "Send to headquarters"  # type: ignore[union-attr]


def test_twenty_rows_and_all_places_fit_a_small_screen(window: Window) -> None:
    window.resize(1366, 690)
    assert (window.width(), window.height()) == (1366, 690)
    assert window.minimumSizeHint().height() <= 600 and window.minimumSizeHint().width() <= 1024


def test_size_theme_and_language_are_remembered(window: Window, tmp_path: Path) -> None:
    window.resize(1200, 700)
    window.desk.preferences.theme = Choice.DARK
    window.desk.preferences.language = "en"
    assert window.close()
    kept = Preferences(tmp_path)
    assert (kept.theme, kept.language) == (Choice.DARK, "en")
    assert kept.geometry is not None


def test_preferences_that_cannot_be_read_are_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_text("[General]\ntheme=pink\nlanguage=xx\ngeometry=3\n", encoding="utf-8")
    kept = Preferences(tmp_path)
    assert (kept.theme, kept.language, kept.geometry) == (Choice.SYSTEM, "id", None)


def _fail(name: str) -> None:
    secret = f"NIK {name}"
    raise ValueError(secret)


def test_an_error_of_ours_shows_a_calm_page_and_the_program_goes_on(
    window: Window, failures: Failures, qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    failures.install()
    try:
        _fail("8271014101859001")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert window.failure.isVisible() and window.failure.go_on.hasFocus()
    window.failure.save_to(tmp_path / "laporan.txt")
    told = (tmp_path / "laporan.txt").read_text(encoding="utf-8")
    assert "ValueError" in told and "_fail" in told and "test_window.py" in told
    assert "8271014101859001" not in told + capsys.readouterr().err
    window.failure.save_to(tmp_path)
    assert "tidak dapat disimpan" in window.failure._saved.text()
    window.failure.go_on.click()
    window.go("classes")
    assert not window.failure.isVisible() and window.page is not None


def test_a_report_names_causes_and_no_person_s_folder() -> None:
    try:
        try:
            _fail("x")
        except ValueError as error:
            raise KeyError("Siti") from error
    except KeyError as error:
        made = report(error)
    assert [frame for frame in made.frames if frame.endswith(":") and " " not in frame] == [
        "ValueError:",
        "KeyError:",
    ]
    assert not any("/home" in frame or frame.startswith("/") for frame in made.frames)
    assert "Siti" not in made.text()


def test_the_data_folder_is_the_option_s_then_the_environment_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BALAI_DATA_DIR", "/data/b")
    assert data_folder(["--data-dir", "/data/a"]) == data_folder(["--data-dir=/data/a"]) == Path("/data/a")
    assert data_folder([]) == Path("/data/b")
    monkeypatch.delenv("BALAI_DATA_DIR")
    assert data_folder([]).name == "balai"


def test_the_program_starts_on_a_folder_and_closes_it(
    set_up: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    shutil.copytree(set_up, tmp_path / "here")
    program = Program(qapp, tmp_path / "here")
    qtbot.addWidget(program.window)
    with qtbot.waitSignal(program.runner.idle):
        program.start()
    qtbot.waitUntil(lambda: program.window.page is not None)
    assert type(program.window.page).__name__ == "SignInPage"
    assert program.desk.now().utcoffset() is not None
    program.end()
    assert not program.runner.is_open
