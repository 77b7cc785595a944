"""The form of a class in the window: opened, taken back, changed; what comes next; programmes chosen from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.actions import classes as actions
from app.actions import enrolments
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.errors import NotFound
from app.queries import classes
from app.queries.classes import ClassRow
from app.storage import workplace
from tests.desktop.class_window import (
    Gone,
    button,
    gone_to,
    seen,
    window_on,
)
from tests.desktop.hands import Hands
from tests.desktop.teaching import DAY, NOW, TODAY, Hand, Taught, lay
from tests.support.laptop import CENTRE, Office
from ui.desktop.pages.class_form import ClassFormPage
from ui.desktop.pages.class_schedule import ClassSchedulePage
from ui.desktop.theme import Theme
from ui.desktop.widgets.empty import EmptyState
from ui.desktop.window import Window


@pytest.fixture
def taught(tmp_path: Path) -> Taught:
    return lay(tmp_path)


@pytest.fixture
def window(taught: Taught, look: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    yield from window_on(taught, look, tmp_path, qtbot, "class_form")


@pytest.fixture
def page(window: Window) -> ClassFormPage:
    assert isinstance(window.page, ClassFormPage)
    return window.page


@pytest.fixture
def gone(page: ClassFormPage, monkeypatch: pytest.MonkeyPatch) -> Gone:
    return gone_to(page.desk, monkeypatch)


@pytest.fixture
def undoes(page: ClassFormPage) -> list[Callable[[], object]]:
    """The ways back that were offered, the latest last."""
    found: list[Callable[[], object]] = []
    page.desk.said.connect(lambda _, undo: found.append(undo))
    return found


def _class(taught: Taught, code: str) -> ClassRow:
    with taught.opened.store.read() as session:
        return classes.head(session, ClassKey(taught.key.centre, code))  # type: ignore[arg-type]  # in its one spelling


def _type_new(page: ClassFormPage, code: str = "kwu-11/2026") -> None:
    page.code.setText(code)
    page.intake.setText("XI")
    page.first.setText("senin 7/12")
    page.last.setText("11 Desember 2026")
    page.room.setText("Aula 1")


def _made(page: ClassFormPage) -> EmptyState:
    return next(made for made in page.findChildren(EmptyState) if made.isVisible())


def test_a_new_class_is_called_as_its_programme_and_taught_by_who_is_at_work(
    page: ClassFormPage, taught: Taught
) -> None:
    assert page.title.text() == "Kewirausahaan UMK" and page.people.value() == (taught.me,)
    assert page.code.hasFocus()
    said = seen(page.card)
    for text in ("8 modul, 32 JP", "Kehadiran minimal 80 %, nilai lulus 70.", "HPP, 4 JP"):
        assert text in said


def test_a_class_is_opened_from_the_keyboard_and_the_next_steps_are_offered(
    page: ClassFormPage, hands: Hands, taught: Taught, window: Window
) -> None:
    _type_new(page)
    assert {"Senin, 7 Desember 2026", "Jumat, 11 Desember 2026"} <= set(seen(page.form))
    hands.press("Enter")
    hands.settle()
    made = _class(taught, "KWU-11/2026")
    assert (made.title, made.intake, made.room) == ("Kewirausahaan UMK", "XI", "Aula 1")
    assert (made.first_day, made.last_day) == (TODAY + 13 * DAY, TODAY + 17 * DAY)
    assert (made.programme, made.version, made.instructors) == ("KWU", 1, (taught.me,))
    assert "Kelas KWU-11/2026 sudah dibuat" in seen(page)
    hands.press("Enter")
    hands.settle()
    assert isinstance(window.page, ClassSchedulePage)
    assert window.page.cards.asking is window.page.cards.plan_form


def test_the_next_steps_lead_to_people_to_the_class_and_to_another_one(
    page: ClassFormPage, hands: Hands, gone: Gone, taught: Taught
) -> None:
    _type_new(page)
    page.save()
    hands.settle()
    key = _class(taught, "KWU-11/2026").key
    button(page, "Impor daftar peserta").click()
    _made(page).linked.emit("open")
    assert gone == [("roster_import", (None, key)), ("class_schedule", (key,))]
    _made(page).linked.emit("another")
    hands.settle()
    assert page.code.text() == "" and page.code.isVisible() and page.title.text() == "Kewirausahaan UMK"


def test_opening_a_class_is_taken_back_with_everything_as_it_was_typed(
    page: ClassFormPage, hands: Hands, taught: Taught, undoes: list[Callable[[], object]]
) -> None:
    _type_new(page)
    page.save()
    hands.settle()
    undoes[-1]()
    hands.settle()
    with pytest.raises(NotFound, match="class-unknown"):
        _class(taught, "KWU-11/2026")
    assert page.code.isVisible() and page.code.text() == "kwu-11/2026" and page.room.text() == "Aula 1"
    page.save()
    hands.settle()
    assert _class(taught, "KWU-11/2026").room == "Aula 1"


def test_a_class_that_somebody_joined_meanwhile_stays(
    page: ClassFormPage, hands: Hands, taught: Taught, undoes: list[Callable[[], object]], window: Window
) -> None:
    _type_new(page)
    page.save()
    hands.settle()
    with taught.opened.store.write(taught.me) as session:
        enrolments.enrol(session, _class(taught, "KWU-11/2026").key, taught.people[:1])
    undoes[-1]()
    hands.settle()
    assert "sudah berisi peserta atau pertemuan" in window.notice.accessibleName()
    assert _class(taught, "KWU-11/2026").enrolled == 1


@pytest.mark.parametrize(
    ("field", "typed", "name", "said"),
    [
        ("code", "KWU 11", "code", "Kode kelas hanya boleh berisi"),
        ("code", "kwu-09/2026", "code", "Kelas KWU-09/2026 sudah ada"),
        ("title", "  ", "title", "Beri kelas ini nama"),
        ("first", "besok", "first_day", 'Tanggal "besok" tidak terbaca'),
        ("last", "", "last_day", 'Tanggal "" tidak terbaca'),
        ("last", "1/12", "last_day", "Hari terakhir lebih awal"),
    ],
)
def test_what_is_refused_is_said_at_its_field_and_stays(
    page: ClassFormPage, hands: Hands, field: str, typed: str, name: str, said: str
) -> None:
    _type_new(page)
    getattr(page, field).setText(typed)
    page.save()
    hands.settle()
    shown = page.form.fields[name]
    assert shown.refused.startswith(said) and getattr(page, field).hasFocus()
    assert getattr(page, field).text() == typed and page.room.text() == "Aula 1"


def test_what_was_typed_stays_while_one_is_elsewhere(
    page: ClassFormPage, hands: Hands, window: Window
) -> None:
    _type_new(page)
    window.go("classes")
    hands.settle()
    window.go("class_form")
    hands.settle()
    assert page.code.text() == "kwu-11/2026" and page.room.text() == "Aula 1"


def test_a_class_is_changed_but_never_its_code_or_programme(
    page: ClassFormPage, hands: Hands, window: Window, taught: Taught, undoes: list[Callable[[], object]]
) -> None:
    window.go("class_schedule", taught.key)
    window.go("class_form", taught.key)
    hands.settle()
    assert not page.code.isEnabled() and not page.programme.isEnabled() and page.title.hasFocus()
    assert (page.code.text(), page.first.text()) == ("KWU-09/2026", "Jumat, 20 November 2026")
    page.title.setText("Kewirausahaan bagi UMK")
    page.last.setText("30/11")
    page.people.boxes[taught.me].setChecked(False)
    hands.press("Enter")
    hands.settle()
    after = _class(taught, "KWU-09/2026")
    assert (after.title, after.last_day, after.instructors) == (
        "Kewirausahaan bagi UMK", TODAY + 6 * DAY, (),
    )  # fmt: skip
    assert isinstance(window.page, ClassSchedulePage)
    undoes[-1]()
    hands.settle()
    back = _class(taught, "KWU-09/2026")
    assert (back.title, back.last_day, back.instructors) == (
        "Kewirausahaan UMK", TODAY + 3 * DAY, (taught.me,),
    )  # fmt: skip
    window.go("class_form", taught.key)
    hands.settle()
    assert page.title.text() == "Kewirausahaan UMK"


def test_a_form_in_which_nothing_was_changed_is_read_anew(
    page: ClassFormPage, hands: Hands, window: Window, taught: Taught
) -> None:
    window.go("class_form", taught.key)
    hands.settle()
    with taught.opened.store.write(taught.me) as session:
        actions.edit(session, taught.key, title="Lain", first_day=TODAY, last_day=TODAY)
    window.go("classes")
    window.go("class_form", taught.key)
    hands.settle()
    assert page.title.text() == "Lain" and page.first.text() == "Selasa, 24 November 2026"
    page.room.setText("Aula 9")
    window.go("classes")
    window.go("class_form", taught.key)
    hands.settle()
    assert page.room.text() == "Aula 9"


def test_a_title_of_ones_own_is_not_replaced_by_a_programmes(page: ClassFormPage, hands: Hands) -> None:
    page.title.setText("Kelas istimewa")
    page.programme.picked.emit(page.programme.value())
    assert page.title.text() == "Kelas istimewa"


def test_without_a_programme_it_says_how_one_comes(
    look: Theme, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Hand()
    clock.set(NOW)
    identity = Office(tmp_path).laptop().identity
    opened, _ = workplace.create(tmp_path / "data", identity, CENTRE, None, lambda store: None, clock)
    bare = Taught(opened, clock, b"", ClassKey(CENTRE, ""), list[ParticipantId]())  # type: ignore[arg-type]  # no class
    for window in window_on(bare, look, tmp_path, qtbot, "class_form"):
        page = window.page
        assert isinstance(page, ClassFormPage)
        assert "Belum ada program pelatihan di laptop ini" in seen(page)
        gone = gone_to(page.desk, monkeypatch)
        button(page, "Ambil dari pusat").click()
        assert gone == [("sync", ())]


def test_an_unknown_class_says_so(window: Window, hands: Hands, taught: Taught) -> None:
    window.go("class_form", ClassKey(taught.key.centre, "X"))  # type: ignore[arg-type]  # a code that is nowhere
    hands.settle()
    assert window.page is not None and any("Kelas X" in text for text in seen(window.page))
