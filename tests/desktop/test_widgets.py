"""The parts as people use them: by mouse, by keyboard, by screen reader, in another language, in the dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QFontMetricsF, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.desktop import icons, theme
from ui.desktop.theme import Choice, Theme
from ui.desktop.tokens import Hue, Role, Tone, contrast
from ui.desktop.widgets import painting
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.chips import Chip, ChipLook
from ui.desktop.widgets.form import Form
from ui.desktop.widgets.inputs import ChoiceInput, Field, SearchInput, TextInput
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import column, widget
from ui.desktop.widgets.notices import Notice
from ui.desktop.widgets.pagehead import PageHead
from ui.desktop.widgets.pin import PinInput
from ui.desktop.widgets.progress import Progress
from ui.desktop.widgets.rail import Rail, RailPlace
from ui.desktop.widgets.switches import Option, Switch, Tabs
from ui.desktop.widgets.toggles import PersonCard, initials
from ui.desktop.widgets.waiting import DropTarget
from ui.desktop.wording import use_language, words


def _shown(qtbot: QtBot, made: QWidget) -> None:
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()


@pytest.mark.parametrize("role", Role)
def test_digits_stand_under_each_other_in_every_role(role: Role) -> None:
    measure = QFontMetricsF(theme.font(role))
    assert len({round(measure.horizontalAdvance(digit), 3) for digit in "0123456789"}) == 1
    assert theme.font(role).family() == theme.FAMILY


def test_every_icon_can_be_drawn() -> None:
    for file in icons.FOLDER.glob("*.svg"):
        picture = icons.pixmap(file.stem, "#A8231C", 18, 2.0).toImage()
        inked = [picture.pixelColor(x, y) for x in range(36) for y in range(36)]
        assert any(pixel.alpha() > 200 and pixel.name() == "#a8231c" for pixel in inked), file.stem
    with pytest.raises(KeyError):
        icons.pixmap("no-such-icon", "#000000", 18)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_button_is_pressed_by_keyboard(qtbot: QtBot, key: Qt.Key) -> None:
    button = Button("Simpan", Kind.PRIMARY)
    _shown(qtbot, button)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)


def test_a_button_that_is_disabled_says_why_beside_it(qtbot: QtBot) -> None:
    button = Button("Terbitkan")
    page = widget(column(button, button.reason()))
    _shown(qtbot, page)
    button.refuse("Tetapkan LULUS dahulu.")
    assert not button.isEnabled() and button.accessibleDescription() == "Tetapkan LULUS dahulu."
    assert button.reason().isVisible() and button.reason().text() == "Tetapkan LULUS dahulu."
    button.refuse(None)
    assert button.isEnabled() and not button.reason().isVisible()


def test_a_reason_that_no_page_gave_a_place_opens_no_window_of_its_own(qtbot: QtBot) -> None:
    button = Button("Terbitkan")
    _shown(qtbot, button)
    button.refuse("Tetapkan LULUS dahulu.")
    assert button.accessibleDescription() == "Tetapkan LULUS dahulu."
    assert not button.reason().isVisible()


def test_texts_are_said_anew_when_the_language_changes(qtbot: QtBot) -> None:
    label, button = Label(words("place-classes")), Button(words("window-send"))
    page = widget(column(label, button))
    _shown(qtbot, page)
    narrow = button.sizeHint().width()
    use_language("en")
    assert label.text() == "Classes"
    assert button.accessibleName() == "Send to headquarters" and button.sizeHint().width() > narrow


def test_a_label_escapes_data_and_makes_links_of_its_own(qtbot: QtBot) -> None:
    label = Label("**Siti <b>** & [baca](usb)", wrap=True)
    _shown(qtbot, label)
    assert "&lt;b&gt;" in label.text() and "<b>" not in label.text()
    assert label.accessibleName() == "Siti <b> & baca"
    with qtbot.waitSignal(label.linked) as followed:
        label.linkActivated.emit("usb")
    assert followed.args == ["usb"]


def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_stays(qtbot: QtBot) -> None:
    form = Form()
    nik = form.add("nik", Field("NIK", TextInput()))
    _shown(qtbot, form)
    assert isinstance(nik.control, TextInput)
    QTest.keyClicks(nik.control, "82710")
    form.refuse("nik", "NIK kurang sebelas angka.")
    assert nik.refused == "NIK kurang sebelas angka." and nik.control.text() == "82710"
    assert nik.control.property("wrong") is True
    form.refuse("elsewhere", "Lainnya.")
    assert nik.refused == "" and nik.control.property("wrong") is False


def test_a_choice_keeps_its_value_when_the_offer_changes(qtbot: QtBot) -> None:
    choice = ChoiceInput([("f", "Perempuan"), ("m", "Laki-laki")])
    _shown(qtbot, choice)
    choice.choose("m")
    choice.offer([("x", "Lain"), ("m", "Pria")])
    assert choice.value() == "m" and choice.currentText() == "Pria"


def test_a_pin_is_typed_blind_and_handed_on_when_full(qtbot: QtBot) -> None:
    pin = PinInput("PIN")
    _shown(qtbot, pin)
    QTest.keyClicks(pin, "12a3")
    QTest.keyClick(pin, Qt.Key.Key_Backspace)
    with qtbot.assertNotEmitted(pin.entered):
        QTest.keyClick(pin, Qt.Key.Key_Return)
    QTest.keyClicks(pin, "34567")
    with qtbot.waitSignal(pin.entered) as entered:
        QTest.keyClick(pin, Qt.Key.Key_Return)
    assert entered.args == ["123456"] and "1" not in pin.accessibleDescription().split("/")[0]


def test_a_switch_goes_by_arrow_keys_and_announces_once(qtbot: QtBot) -> None:
    for kind in (Switch, Tabs):
        switch = kind([Option(n, f"Pilihan {n}", count=n) for n in range(3)])
        _shown(qtbot, switch)
        heard: list[object] = []
        switch.chosen.connect(heard.append)
        first = switch._parts[0]
        first.setFocus()
        QTest.keyClick(first, Qt.Key.Key_Right)
        assert switch.value() == 1 and heard == [1]
        switch.choose(2)
        assert switch.value() == 2 and heard == [1]


def test_a_notice_is_undone_by_its_button_or_ctrl_z_and_then_gone(qtbot: QtBot) -> None:
    notice, undone = Notice(), [0]

    def undo() -> None:
        undone[0] += 1

    page = widget(column(Label("Daftar"), notice))
    _shown(qtbot, page)
    notice.tell("Satu lembar ditandai rusak.", undo)
    assert notice.isVisible()
    notice._undo.click()
    assert undone == [1] and not notice.isVisible()
    notice.tell("Lagi.", undo)
    notice.undo()
    notice.undo()
    assert undone == [2]


def test_a_notice_leaves_by_itself(qtbot: QtBot) -> None:
    notice = Notice()
    _shown(qtbot, notice)
    notice.tell("Tersimpan.", seconds=0)
    with qtbot.waitSignal(notice.gone):
        pass


def test_a_long_job_can_be_stopped_once(qtbot: QtBot) -> None:
    progress = Progress("printer", "Berhenti")
    _shown(qtbot, progress)
    progress.show_step(7, 16, "Mencetak lembar 7 dari 16")
    with qtbot.waitSignal(progress.stopped):
        progress.stop_button.click()
    assert not progress.stop_button.isEnabled() and progress.accessibleName() == "Mencetak lembar 7 dari 16"


def test_a_file_of_the_right_kind_can_be_let_fall(qtbot: QtBot) -> None:
    target = DropTarget("Letakkan di sini", "Excel", [".xlsx"], Button("Pilih"))
    _shown(qtbot, target)

    def drop(name: str) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(name)])
        nothing, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
        target.dropEvent(QDropEvent(QPointF(5, 5), copy, data, Qt.MouseButton.LeftButton, nothing))

    with qtbot.waitSignal(target.dropped) as dropped:
        drop("/data/peserta.XLSX")
    assert dropped.args == [Path("/data/peserta.XLSX")]
    with qtbot.waitSignal(target.refused):
        drop("/data/foto.png")


def test_the_rail_says_where_one_is_and_gets_wider_for_longer_words(qtbot: QtBot, long_words: None) -> None:
    rail = Rail(
        [RailPlace("sync", words("place-sync"), "refresh-cw"), RailPlace("a", words("place-today"), "award")]
    )
    _shown(qtbot, rail)
    rail.select("sync")
    rail.badge("sync", 3)
    place = rail._places["sync"]
    assert place.accessibleName() == "Sinkronisasi (3)" and place.accessibleDescription() == "Anda di sini"
    usual = rail.sizeHint().width()
    assert usual == 192
    use_language("xx")
    assert rail.sizeHint().width() >= place.needed() + 20 > 0
    with qtbot.waitSignal(rail.chosen) as chosen:
        QTest.keyClick(rail._places["a"], Qt.Key.Key_Return)
    assert chosen.args == ["a"]


def test_crumbs_lead_back(qtbot: QtBot) -> None:
    head = PageHead("Presensi", crumbs=("Hari ini", "Kelas"))
    _shown(qtbot, head)
    crumbs = [made for made in head.findChildren(QWidget) if made.accessibleName() == "Kelas"]
    with qtbot.waitSignal(head.crumb) as followed:
        QTest.mouseClick(crumbs[0], Qt.MouseButton.LeftButton)
    assert followed.args == [1]


def test_initials_are_two_letters() -> None:
    assert [initials(name) for name in ("Nurlaila Hamid", "Arifin", "Siti Nur Aisyah", "")] == [
        "NH",
        "AR",
        "SA",
        "?",
    ]


LABELLED: list[Callable[[], QWidget]] = [
    lambda: Button(words("window-send"), Kind.PRIMARY, icon="award", key="Ctrl Enter"),
    lambda: Button(words("window-send"), Kind.QUIET),
    lambda: Switch([Option(0, words("place-sync"), "award", count=7), Option(1, words("place-reports"))]),
    lambda: Tabs([Option(0, words("place-sync")), Option(1, words("place-participants"))]),
    lambda: Chip(ChipLook(words("place-sync"), Hue.GREEN, "H")),
    lambda: PersonCard("Nurlaila Hamid Abdurrahman Sangaji", words("place-participants")),
    lambda: PageHead(words("place-settings"), crumbs=(words("place-sync"),)),
    lambda: Label(words("window-reading")),
]


@pytest.mark.parametrize("make", LABELLED)
@pytest.mark.parametrize("language", ["id", "en", "xx"])
def test_no_text_is_cut_at_the_size_a_part_asks_for(
    qtbot: QtBot,
    long_words: None,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[], QWidget],
    language: str,
) -> None:
    cut: list[str] = []
    monkeypatch.setattr(painting, "text_is_cut", cut.append)
    part = make()
    _shown(qtbot, part)
    use_language(language)
    part.resize(part.sizeHint())
    QApplication.processEvents()
    part.grab()
    assert cut == []


def test_another_theme_reaches_every_part(qtbot: QtBot, look: Theme) -> None:
    label, button = Label("Teks", tone=Tone.INK2), Button("Simpan", Kind.PRIMARY)
    page = widget(column(label, button, SearchInput("Cari")))
    _shown(qtbot, page)
    look.choose(Choice.DARK)
    assert label.palette().windowText().color() == theme.colour(Tone.INK2)
    picture = button.grab().toImage()
    assert picture.pixelColor(6, 6) == theme.colour(Tone.ACCENT)
    assert page.grab().toImage().pixelColor(QPoint(0, 0)) == theme.colour(Tone.BG)


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK])
@pytest.mark.parametrize("role", [Role.BODY, Role.SMALL, Role.STRONG, Role.PAGE])
@pytest.mark.parametrize("tone", [Tone.INK, Tone.INK2, Tone.INK3, Tone.LINK])
def test_what_is_drawn_has_the_contrast_the_colours_promise(
    qtbot: QtBot, look: Theme, choice: Choice, role: Role, tone: Tone
) -> None:
    look.choose(choice)
    label = Label("HIl", role, tone)
    _shown(qtbot, label)
    assert _drawn_contrast(label.grab().toImage()) >= 4.5


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK])
def test_the_example_in_an_empty_field_can_be_read(qtbot: QtBot, look: Theme, choice: Choice) -> None:
    look.choose(choice)
    field = TextInput("HIlM")
    _shown(qtbot, field)
    field.clearFocus()
    inside = field.rect().adjusted(4, 4, -4, -4)
    assert _drawn_contrast(field.grab(inside).toImage()) >= 4.5


def _drawn_contrast(picture: QImage) -> float:
    """Between the ground and the pixel farthest from it."""
    ground = picture.pixelColor(0, 0).name()
    pixels = {
        picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())
    }
    return max(contrast(ground, pixel) for pixel in pixels)


def test_the_focus_can_be_seen_on_every_part_that_takes_it(qtbot: QtBot) -> None:
    search = SearchInput("Cari")
    parts: list[QWidget] = [
        Button("Simpan", Kind.PRIMARY),
        Button("Kembali"),
        Button("Nanti", Kind.QUIET),
        TextInput(),
        search.input,
        ChoiceInput([(1, "Satu")]),
        PinInput("PIN"),
        PersonCard("Siti Aminah", "Instruktur"),
    ]
    page = widget(column(*(part for part in parts if part is not search.input), search))
    _shown(qtbot, page)
    for part in parts:
        shown = search if part is search.input else part
        part.clearFocus()
        before = shown.grab().toImage()
        part.setFocus(Qt.FocusReason.TabFocusReason)
        assert part.hasFocus() and shown.grab().toImage() != before, part
