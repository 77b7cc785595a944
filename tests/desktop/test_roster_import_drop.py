"""Files that fall on the window: a roster is imported into the class it fell on, a certificate verified."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from app.domain.ids import CentreCode, ClassCode
from app.domain.keys import ClassKey
from ui.desktop import collector, places
from ui.desktop.desk import Desk
from ui.desktop.window import Window

KEY = ClassKey(CentreCode(10009), ClassCode("KWU-09/2026"))


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setattr(places, "PAGES", "sample_pages")
    there = places.exists
    monkeypatch.setattr(places, "exists", lambda key: key in ("roster_import", "verify") or there(key))


@pytest.fixture
def window(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Window:
    made = Window(desk)
    qtbot.addWidget(made)
    made.show()
    made.begin("classes", KEY, 6)
    return made


def let_fall(window: Window, carried: QMimeData) -> bool:
    """Drag it over the window and let go; whether the window wants it."""
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPointF(300, 300), copy, carried, left, none)
    entering.ignore()
    window.dragEnterEvent(entering)
    if entering.isAccepted():
        window.dropEvent(QDropEvent(QPointF(300, 300), copy, carried, left, none))
    return entering.isAccepted()


def files(*names: str) -> QMimeData:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(f"/stik/{name}") for name in names])
    return carried


def test_a_roster_is_for_the_class_on_whose_page_it_falls(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[tuple[object, ...]] = []
    monkeypatch.setattr(window, "go", lambda *to: gone.append(to))
    for name in ("daftar.xlsx", "DAFTAR.XLS", "daftar.ods", "daftar.csv", "daftar.xlsm"):
        assert let_fall(window, files(name))
        assert gone.pop() == ("roster_import", Path(f"/stik/{name}"), KEY)
    window.begin("today")
    assert let_fall(window, files("daftar.xlsx"))
    assert gone.pop() == ("roster_import", Path("/stik/daftar.xlsx"), None)


def test_a_certificate_is_verified(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[tuple[object, ...]] = []
    monkeypatch.setattr(window, "go", lambda *to: gone.append(to))
    for name in ("sertifikat.pdf", "foto.JPG"):
        assert let_fall(window, files(name))
        assert gone.pop() == ("verify", Path(f"/stik/{name}"))


def test_the_first_file_that_a_page_takes_is_taken(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[tuple[object, ...]] = []
    monkeypatch.setattr(window, "go", lambda *to: gone.append(to))
    assert let_fall(window, files("catatan.docx", "daftar.xlsx"))
    assert gone == [("roster_import", Path("/stik/daftar.xlsx"), KEY)]


def test_nothing_else_is_taken(window: Window) -> None:
    text = QMimeData()
    text.setText("daftar.xlsx")
    web = QMimeData()
    web.setUrls([QUrl("https://contoh.example/daftar.xlsx")])
    for carried in (files("catatan.docx"), text, web, files()):
        assert not let_fall(window, carried)


def test_nobody_who_has_not_signed_in_lets_anything_fall(window: Window) -> None:
    assert window.page is not None
    type(window.page).bare = True
    try:
        assert not let_fall(window, files("daftar.xlsx"))
    finally:
        type(window.page).bare = False


@pytest.fixture
def _collector() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_what_is_built_while_the_collector_rests_is_never_walked(_collector: None) -> None:
    before = gc.get_freeze_count()
    with collector.resting():
        assert not gc.isenabled()
        built = [{"row": [n]} for n in range(1_000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() - before >= len(built)


def test_a_collector_that_rested_before_rests_on(_collector: None) -> None:
    gc.disable()
    with pytest.raises(ValueError, match="x"), collector.resting():
        raise ValueError("x")
    assert not gc.isenabled()
