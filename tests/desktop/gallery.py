"""Draws the parts of the window in both themes, to be looked at: `python tests/desktop/gallery.py FOLDER`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget  # the path is ours to set first

import ui.desktop  # noqa: F401  # before Qt: it mends what Qt would break
from ui.desktop import theme
from ui.desktop.theme import Choice, Theme
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets import cells, chips
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.cards import Card, Rule
from ui.desktop.widgets.cells import Chipped, Iconed, Plain
from ui.desktop.widgets.chips import Chip, ChipLook
from ui.desktop.widgets.empty import EmptyState, Step
from ui.desktop.widgets.figures import Figure
from ui.desktop.widgets.footer import Footer
from ui.desktop.widgets.form import Form
from ui.desktop.widgets.inputs import ChoiceInput, Field, SearchInput, TextArea, TextInput
from ui.desktop.widgets.keys import KeyCaps, KeyHelp, KeyLine
from ui.desktop.widgets.labels import Label, heading, quiet
from ui.desktop.widgets.layouts import Grow, Item, column, row, widget
from ui.desktop.widgets.lines import Line, list_card
from ui.desktop.widgets.markcells import KeyChoice, Keys, Letters, Score
from ui.desktop.widgets.notices import Notice, Strip
from ui.desktop.widgets.ornament import Cloth
from ui.desktop.widgets.pagehead import PageHead, Steps
from ui.desktop.widgets.pin import PinInput
from ui.desktop.widgets.popover import Popover
from ui.desktop.widgets.progress import Bar, Progress, TallyBar
from ui.desktop.widgets.rail import Rail, RailPlace
from ui.desktop.widgets.rows import Column, Edge, Group, RowsModel
from ui.desktop.widgets.switches import Option, Switch, Tabs
from ui.desktop.widgets.table import TableView
from ui.desktop.widgets.toggles import PersonCard, TickBox
from ui.desktop.widgets.waiting import DropTarget, Skeleton

PLACES = [
    RailPlace(key, title, icon)
    for key, title, icon in (
        ("today", "Hari ini", "calendar-check"),
        ("classes", "Kelas", "school"),
        ("participants", "Peserta", "users"),
        ("certificates", "Sertifikat", "award"),
        ("reports", "Laporan", "file-text"),
        ("sync", "Sinkronisasi", "refresh-cw"),
        ("settings", "Pengaturan", "settings"),
    )
]
NAMES = """Abdul Rahman Husen,Agustina Wulandari,Ahmad Fauzi,Amina Tuanaya,Bambang Setiawan
Citra Maharani,Daud Latuconsina,Dewi Lestari,Fatimah Umasugi,Hasan Basri,Ibrahim Togubu,Kartini
Made Suartana,Marlina Sangaji,Muhammad Iqbal,Ni Luh Sari,Hj. Nurhayati,Ratna Dewi Kusuma
Rusdi Kamaruddin,Yohana Lumbantobing"""
PEOPLE = NAMES.replace("\n", ",").split(",")
HUES = {"H": Hue.GREEN, "T": Hue.AMBER, "I": Hue.TEAL, "S": Hue.PLUM, "A": Hue.RED}
WORDS = {"H": "Hadir", "T": "Terlambat", "I": "Izin", "S": "Sakit", "A": "Alpa"}
PAST = (
    "HHHHH HHHHH HHTHH HHHHH HHIHH HHHHH HTHHT HHHHH HHHHH "
    "HAHHH HHHSH HHHHH HHHHH HHHTH HHHHH HHHHH HIHHH HHHHH HAHHA HHHSH"
)
TODAY = "HHHHHHTHHHSHHHH"


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the roll call."""

    number: int
    name: str
    past: str
    mark: str


@dataclass(frozen=True, slots=True)
class TrainingClass:
    """A line of the list of classes."""

    title: str
    code: str
    intake: str
    people: int
    held: int
    planned: int
    chip: ChipLook


def framed(page: QWidget, place: str) -> QWidget:
    """A page between rail and footer."""
    rail, footer = Rail(PLACES), Footer()
    rail.centre("BPVP Ternate")
    rail.select(place)
    rail.badge("sync", 1)
    rail.person.show_person("Nurlaila Hamid", "Instruktur")
    footer.tell(
        "**23 perubahan belum di kantor pusat**, paling lama sejak Senin, 23 Nov pukul 16.40. "
        "Semua aman di laptop ini.",
        "Luring",
        "cloud-off",
    )
    return widget(row(rail, Grow(column(Grow(page), footer))))


def today() -> QWidget:
    """Page 01."""
    head = PageHead(
        "Selasa, 24 November 2026",
        _wide(SearchInput("Cari peserta atau kelas"), 280),
        detail="Pukul 13.24 WIT. Tiga sesi hari ini, sesi siang sedang berlangsung.",
        role=Role.DISPLAY,
    )
    done = Card(
        row(
            Grow(
                column(
                    heading("Kewirausahaan UMK, Angkatan IX"),
                    quiet("Pertemuan 5 dari 10. Aula 2.", Role.BODY),
                    7,
                    row(
                        Chip(ChipLook("18 hadir", Hue.GREEN, "H")),
                        Chip(ChipLook("1 terlambat", Hue.AMBER, "T")),
                        Chip(ChipLook("1 alpa", Hue.RED, "A")),
                        Grow(),
                        space=6,
                    ),
                )
            ),
            _iconed("circle-check", Tone.GREEN, "Final pukul 08.52"),
        )
    )
    now = Card(
        row(
            Grow(
                column(
                    heading("Kewirausahaan UMK, Angkatan IX"),
                    quiet("Pertemuan 6 dari 10. Modul 7: HPP. Aula 2.", Role.BODY),
                    10,
                    row(
                        _wide(Bar(15, 20), 150), 12, Label("15 dari 20 ditandai.", Role.SMALL_STRONG), Grow()
                    ),
                )
            ),
            Button("Lanjutkan presensi", Kind.PRIMARY, size=Size.MAIN, key="Enter"),
        ),
        marked=True,
        margins=(19, 24, 19, 24),
    )
    later = Card(
        row(
            Grow(
                column(
                    heading("Pemasaran Digital, Angkatan II"),
                    quiet("Pertemuan 1 dari 6. Ruang 3. 16 peserta.", Role.BODY),
                )
            ),
            Button("Buka presensi"),
        )
    )
    left = column(
        heading("Sesi hari ini"),
        10,
        _timed("08.30", "sampai 11.30", done),
        12,
        _timed("13.00", "sampai 16.00", now, Tone.LINK),
        12,
        _timed("16.15", "sampai 17.45", later),
        34,
        heading("Besok"),
        10,
        Card(
            row(
                Label("08.30", Role.STRONG),
                69,
                Label("Kewirausahaan UMK, Angkatan IX"),
                Grow(),
                quiet("Pertemuan 7. Modul 7: HPP, praktik", Role.BODY),
            ),
            13,
            Rule(),
            13,
            row(
                Label("13.00", Role.STRONG),
                69,
                Label("Kewirausahaan UMK, Angkatan IX"),
                Grow(),
                quiet("Pertemuan 8. Modul 8: Pemasaran digital", Role.BODY),
            ),
        ),
        Grow(),
        KeyLine(
            [
                KeyHelp(("↑", "↓"), "pilih sesi"),
                KeyHelp(("Enter",), "buka presensi"),
                KeyHelp(("F1",), "bantuan"),
            ]
        ),
    )
    waits = list_card(
        _waiting("triangle-alert", Hue.RED, "Rusdi Kamaruddin di batas absen", "2 alpa.", "Lihat"),
        _waiting(
            "clipboard-list", Hue.AMBER, "3 nilai tes akhir belum diisi", "Modul 6: Pembukuan.", "Isi nilai"
        ),
        _waiting("award", Hue.BLUE, "16 sertifikat siap dicetak", "Angkatan VIII, sudah LULUS.", "Cetak"),
        _waiting("refresh-cw", Hue.TEAL, "1 konflik data perlu dipilih", "Nilai Kartini.", "Pilih"),
    )
    mine = Card(
        row(Label("Kewirausahaan UMK, Angkatan IX", Role.STRONG), Grow(), quiet("20 peserta")),
        6,
        row(Bar(5, 10), 10, quiet("5 dari 10 pertemuan")),
        14,
        row(Label("Pemasaran Digital, Angkatan II", Role.STRONG), Grow(), quiet("16 peserta")),
        6,
        row(Bar(0, 6), 10, quiet("Mulai hari ini")),
        margins=(16, 14, 16, 14),
    )
    right = _wide(
        widget(column(heading("Yang menunggu"), 10, waits, 22, heading("Kelas saya"), 10, mine, Grow())), 392
    )
    return widget(column(head, 16, Grow(row(Grow(left), 28, right)), margins=(28, 20, 28, 14)))


def roll_call() -> QWidget:
    """Page 03."""
    people = [Person(n, name, PAST.split()[n - 1], TODAY[n - 1 : n]) for n, name in enumerate(PEOPLE, 1)]
    columns: list[Column[Person]] = [
        Column("No.", lambda p: Plain(str(p.number), Tone.INK2, edge=Edge.RIGHT.value), edge=Edge.RIGHT),
        Column("Nama", lambda p: cells.name(p.name), least=176, share=1),
        Column("NIK", lambda p: cells.Masked(str(9000 + p.number * 7)), least=66),
        Column(
            "5 pertemuan lalu",
            lambda p: Letters(tuple((s, None if s == "H" else HUES[s]) for s in p.past)),
            least=120,
        ),
        Column("Sisa boleh absen", _left, least=148),
        Column("Hari ini", _mark, least=280, chosen=lambda p: KEYS),
    ]
    model = RowsModel(columns, lambda p: p.number)
    model.show(people)
    table = TableView(model, "Presensi", open_height=40)
    table.select(16)
    tally = TallyBar()
    tally.show_parts([(Hue.GREEN, 13), (Hue.AMBER, 1), (Hue.PLUM, 1)], 20)
    counts: list[Item] = [
        row(
            _letter(k),
            12,
            Label(WORDS[k]),
            Grow(),
            Label(n, Role.SECTION, Tone.INK if n != "0" else Tone.INK2),
        )
        for k, n in zip("HTISA", ("13", "1", "0", "1", "0"), strict=True)
    ]
    keys: list[Item] = [row(KeyCaps(("H", "T", "I", "S", "A")), 8, quiet("tandai, lalu turun"), Grow())]
    for caps, does in (
        (("7", "T"), "nomor 7 terlambat"),
        (("F2",), "sisanya hadir"),
        (("/",), "cari nama"),
        (("F4",), "keterangan"),
        (("Ctrl Z",), "urungkan"),
    ):
        keys.append(row(_wide(widget(row(KeyCaps(caps), Grow())), 92), quiet(does), Grow()))
    unmarked = row(Label("Belum ditandai"), Grow(), heading("5"))
    side = column(
        Card(
            *(heading("15 dari 20 ditandai"), 8, tally, 12, *_spaced(counts, 7), 9, Rule(), 10, unmarked),
            margins=(16, 13, 16, 13),
        ),
        12,
        Button("Periksa dan finalkan", Kind.PRIMARY, size=Size.MAIN, key="Ctrl Enter", spread=True),
        12,
        Card(Label("Tombol", Role.STRONG), 8, *_spaced(keys, 8), margins=(16, 14, 16, 14)),
        12,
        row(
            Button("Panggil nama", size=Size.SMALL, icon="megaphone"),
            Button("Dari kertas", size=Size.SMALL, icon="clipboard-list"),
            Grow(),
            space=8,
        ),
        12,
        row(
            _iconed("barcode", Tone.INK2, ""),
            Grow(quiet("Pemindai kartu siap. Draf tersimpan pukul 13.24.", wrap=True)),
        ),
        Grow(),
    )
    head = PageHead("Presensi pertemuan 6", crumbs=("Hari ini", "Kewirausahaan UMK, Angkatan IX"))
    left = column(table, Grow())
    return widget(
        column(head, 12, Grow(row(Grow(left), 20, _wide(widget(side), 264))), margins=(28, 20, 28, 14))
    )


def _left(person: Person) -> cells.Cell:
    if person.number == 19:
        return Iconed("triangle-alert", "Tidak boleh lagi", Tone.RED)
    return Plain(f"{1 if set(person.past) - set('HT') else 2} kali lagi", Tone.INK2)


KEYS = Keys(tuple(KeyChoice(k, WORDS[k], HUES[k]) for k in "HTISA"))


def _mark(person: Person) -> cells.Cell:
    if not person.mark:
        return Chipped((ChipLook("Belum ditandai", open=True),))
    note = {7: "13.20", 11: "surat dokter"}.get(person.number, "")
    return Chipped((ChipLook(WORDS[person.mark], HUES[person.mark], person.mark),), note)


def progress_grid() -> QWidget:
    """Page 05 and the popover."""
    columns: list[Column[Person]] = [
        Column("No.", lambda p: Plain(str(p.number), Tone.INK2, edge=Edge.RIGHT.value), edge=Edge.RIGHT),
        Column("Nama", lambda p: cells.name(p.name), least=170, share=3),
    ]
    for n, module in enumerate(
        [
            "Produktivitas",
            "Konsep usaha",
            "Motivasi usaha",
            "Ide bisnis",
            "Model bisnis",
            "Pembukuan",
            "HPP",
            "Pemasaran digital",
            "Legalitas",
            "Akses modal",
            "Rencana usaha",
            "Praktik",
        ],
        1,
    ):
        columns.append(_module(n, module))
    model = RowsModel(columns, lambda p: p.number)
    model.show([Person(n, name, "", "") for n, name in enumerate(PEOPLE, 1)])
    table = TableView(model, "Kemajuan", row_height=24, head_height=49, by_cell=True, grid=True)
    table.select(9, 8)
    tabs = Tabs(
        [Option(t, t) for t in ("Jadwal", "Peserta", "Presensi", "Kemajuan", "Kelulusan", "Sertifikat")]
    )
    tabs.choose("Kemajuan")
    switch = Switch([Option(t, t) for t in ("Tes awal", "Tes akhir", "Selisih", "Status modul")])
    switch.choose("Tes akhir")
    head = PageHead(
        "Kewirausahaan UMK, Angkatan IX",
        Button("Tempel dari lembar kerja", icon="clipboard-list"),
        Button("Cetak rekap nilai", icon="printer"),
        crumbs=("Kelas", "KWU-09/2026"),
    )
    legend = row(
        switch,
        Grow(),
        KeyLine(
            [
                KeyHelp(("Enter",), "turun"),
                KeyHelp(("Shift Enter",), "naik"),
                KeyHelp(("Ctrl Z",), "urungkan"),
            ],
            icon=False,
        ),
        10,
        Chip(ChipLook("di bawah", Hue.RED, "!")),
        6,
        Chip(ChipLook("konflik", Hue.TEAL, icon="refresh-cw")),
    )
    page = widget(column(head, 8, tabs, 12, legend, 10, table, Grow(), margins=(28, 20, 28, 8)))
    popover = Popover(page)
    page.resize(1174, 734)
    page.ensurePolished()
    page.grab()
    at = table.place_of(9, 8).toRect().translated(table.pos())
    said = "Nilai harus antara 0 dan 100. Belum ada yang disimpan. Mungkin maksudnya **87**?"
    use = Button("Pakai 87", Kind.PRIMARY, size=Size.SMALL, key="Enter")
    popover.point(at, "870 ditolak", said, use, Button("Kosongkan", size=Size.SMALL, key="Esc"))
    return page


def _module(n: int, title: str) -> Column[Person]:
    return Column(title, lambda p: _score(p, n), 1, 64, Edge.MIDDLE, str(n), edit=lambda p: "")


def _score(person: Person, n: int) -> cells.Cell:
    if (person.number, n) == (5, 5):
        return Score("64", Hue.RED, "!")
    if (person.number, n) == (12, 6):
        return Score("87", Hue.TEAL, icon="refresh-cw")
    return Score(
        str(70 + (person.number * 7 + n * 5) % 25) if n < 7 or (person.number < 9 and n == 7) else ""
    )


def parts() -> QWidget:
    """Everything else."""
    fields = Form()
    fields.section("Identitas")
    fields.add("name", Field("Nama lengkap", TextInput("sesuai KTP"), "Seperti tertulis di KTP."))
    fields.add("nik", Field("NIK", TextInput("16 angka"))).refuse(
        "NIK kurang satu angka. Ketik 16 angka dari KTP."
    )
    fields.add("sex", Field("Jenis kelamin", ChoiceInput([("f", "Perempuan"), ("m", "Laki-laki")])))
    disabled = TextInput()
    disabled.setText("BPVP Ternate")
    disabled.setEnabled(False)
    fields.add("centre", Field("Balai", disabled))
    fields.add("note", Field("Keterangan", TextArea("boleh kosong", 2)), wide=True)
    locked = Button("Terbitkan", Kind.PRIMARY)
    locked.refuse("Tetapkan LULUS dahulu.")
    verbs = row(
        Button("Simpan", Kind.PRIMARY, key="Ctrl Enter"),
        Button("Kembali", key="Esc"),
        Button("Luluskan dengan alasan…", Kind.QUIET),
        Button("Batalkan…", Kind.DESTRUCTIVE),
        Grow(),
        space=8,
    )
    ticks = row(TickBox("Persetujuan ditandatangani", True), TickBox("Ikutkan semua"), Grow(), space=12)
    buttons = column(verbs, row(locked, 8, locked.reason(), Grow()), ticks, space=10)
    progress = Progress("printer", "Berhenti setelah lembar ini")
    progress.show_step(7, 16, "Mencetak lembar 7 dari 16", "Sekitar 3 menit lagi. Pencetak di Ruang TU.")
    notice = Notice()
    notice.tell("1 lembar ditandai rusak, dicetak ulang di akhir.", lambda: None)
    steps = Steps(["Pilih berkas", "Cocokkan kolom", "Periksa baris", "Selesai"])
    steps.go(2)
    filters = Switch(
        [
            Option(0, "Semua", count=45),
            Option(1, "Perbaiki", "circle-alert", Hue.RED, 4),
            Option(2, "Periksa", "triangle-alert", Hue.AMBER, 3),
            Option(3, "Siap", "circle-check", Hue.GREEN, 38),
        ]
    )
    filters.choose(1)
    person = PersonCard("Nurlaila Hamid", "Instruktur")
    person.setChecked(True)
    people = row(person, PersonCard("Yusuf Mahmud", "Instruktur"), space=12)
    pin = PinInput("PIN")
    pin._become("123")
    figures = row(
        *(
            Figure(n, ChipLook(WORDS[k], HUES[k], k))
            for k, n in zip("HTISA", ("16", "1", "1", "1", "1"), strict=True)
        ),
        space=10,
    )
    left = column(
        fields,
        buttons,
        progress,
        notice,
        Strip(
            "**Belum bisa ditetapkan LULUS.** Isi nilai tes ulang Model bisnis, 70 atau lebih.",
            icon="circle-alert",
        ),
        figures,
        space=14,
    )
    target = DropTarget(
        "Letakkan berkas di sini",
        "Excel atau CSV, paling banyak 10 MB.",
        [".xlsx"],
        Button("Pilih berkas", icon="file-spreadsheet"),
    )
    right = column(
        steps,
        filters,
        people,
        pin,
        Line(
            "circle-check",
            Hue.GREEN,
            "Kehadiran 90 %",
            "Hadir 9 dari 10 pertemuan. Perlu 80 %. Izin satu kali.",
        ),
        target,
        Skeleton(4),
        Figure("78", "Nurlaila Hamid", big=True),
        Grow(),
        space=14,
    )
    return widget(row(Grow(left), 24, Grow(right), margins=(28, 20, 28, 14)))


def classes() -> QWidget:
    """Page 02."""
    rows = [
        TrainingClass(
            "Kewirausahaan UMK", "KWU-09/2026", "IX", 20, 5, 10, ChipLook("Ada sesi sekarang", Hue.BLUE)
        ),
        TrainingClass("Pemasaran Digital", "PMD-02/2026", "II", 16, 0, 6, ChipLook("Mulai hari ini")),
        TrainingClass(
            "Kewirausahaan UMK", "KWU-10/2026", "X", 18, 7, 10, ChipLook("2 di batas absen", Hue.AMBER)
        ),
        TrainingClass(
            "Kewirausahaan UMK", "KWU-08/2026", "VIII", 20, 10, 10, ChipLook("16 siap dicetak", Hue.BLUE)
        ),
    ]
    columns: list[Column[TrainingClass]] = [
        Column("Kelas", lambda c: cells.TwoLines(c.title, c.code), share=2),
        Column("Angkatan", lambda c: c.intake, least=92),
        Column("Peserta", lambda c: str(c.people), edge=Edge.RIGHT),
        Column(
            "Pertemuan",
            lambda c: cells.Barred(c.held, c.planned, f"{c.held} dari {c.planned} pertemuan"),
            share=1,
        ),
        Column("Keterangan", lambda c: Chipped((c.chip,)), share=1),
        Column("", lambda c: cells.Arrow()),
    ]
    model = RowsModel(columns, lambda c: c.code)
    model.show([*rows[:3], Group("Masih bisa memenuhi", ChipLook("3 orang", Hue.AMBER)), rows[3]])
    table = TableView(model, "Kelas", row_height=58, head_height=37)
    table.select("KWU-09/2026")
    head = PageHead(
        "Kelas", _wide(SearchInput("Cari kelas"), 260), Button("Tambah kelas", Kind.PRIMARY, icon="plus")
    )
    keys = KeyLine(
        [
            KeyHelp(("↑", "↓"), "pilih kelas"),
            KeyHelp(("Enter",), "buka"),
            KeyHelp(("P",), "presensi hari ini"),
        ]
    )
    return widget(
        column(
            head,
            18,
            row(heading("Sedang berjalan"), 10, quiet("4 kelas", Role.BODY), Grow()),
            10,
            table,
            Grow(),
            keys,
            margins=(28, 20, 28, 14),
        )
    )


def empty() -> QWidget:
    """Page 10."""
    shown = EmptyState(
        "Belum ada kelas di laptop ini",
        "Tiga langkah sampai presensi pertama. Semuanya bisa tanpa jaringan.",
        [
            Step(
                "Buat kelas",
                "Pilih program pelatihan, angkatan, dan tanggal.",
                Button("Tambah kelas", Kind.PRIMARY, icon="plus"),
            ),
            Step("Masukkan peserta", "Dari lembar kerja Excel, atau ketik satu per satu."),
            Step("Buka presensi", "Tekan Enter pada sesi hari ini, lalu H untuk hadir."),
        ],
        "Kelas sudah dibuat di laptop lain? [Ambil dari pusat](sync) atau [baca dari stik USB](usb).\n"
        "Mau mencoba dulu? [Pakai data latihan](practice), tidak ikut terkirim.",
    )
    return widget(column(PageHead("Kelas"), Grow(shown), margins=(28, 20, 28, 14)))


def sign_in() -> QWidget:
    """The left of page 11."""
    return _wide(Cloth(), 440)


def _waiting(icon: str, hue: Hue, title: str, detail: str, verb: str) -> Line:
    return Line(icon, hue, title, detail, Button(verb, size=Size.SMALL), tiled=True)


def _timed(time: str, until: str, card: QWidget, tone: Tone = Tone.INK) -> QWidget:
    told = column(14, Label(time, Role.SECTION, tone), quiet(until), Grow())
    return widget(row(4, _wide(widget(told), 100), Grow(card)))


def _iconed(icon: str, tone: Tone, text: str) -> QWidget:
    from ui.desktop.widgets.icon import Icon

    return widget(row(Icon(icon, tone), 8, quiet(text)))


def _letter(sign: str) -> QWidget:
    class Square(QWidget):
        def paintEvent(self, event: object) -> None:
            from ui.desktop.widgets import painting

            with painting.painting(self) as painter:
                chips.letter(painter, 0, 1, sign, HUES[sign], 20)

    made = Square()
    made.setFixedSize(20, 22)
    return made


def _spaced(items: Sequence[Item], space: int) -> list[Item]:
    found: list[Item] = []
    for item in items:
        found += [item, space]
    return found[:-1]


def _wide(made: QWidget, width: int) -> QWidget:
    made.setFixedWidth(width)
    return made


PAGES: dict[str, tuple[Callable[[], QWidget], str]] = {
    "01-today": (today, "today"),
    "02-classes": (classes, "classes"),
    "03-roll-call": (roll_call, "today"),
    "05-progress": (progress_grid, "classes"),
    "10-empty": (empty, "classes"),
    "parts": (parts, "settings"),
    "11-cloth": (sign_in, ""),
}


def main(folder: Path, only: str = "") -> None:
    """Draw every page in both themes into the folder."""
    application = QApplication([])
    theme.load_fonts()
    look = Theme(application, Choice.LIGHT)
    folder.mkdir(parents=True, exist_ok=True)
    for choice in (Choice.LIGHT, Choice.DARK):
        look.choose(choice)
        for name, (page, place) in PAGES.items():
            if only and only not in name:
                continue
            shown = framed(page(), place) if place else page()
            shown.resize(1366, 768)
            shown.show()
            application.processEvents()
            shown.grab().save(str(folder / f"{name}-{choice}.png"))
            shown.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
