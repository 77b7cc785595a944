"""Made-up offices keep made-up people in every layout and file format we know of; the same people must come out."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from random import Random

import pytest
import xlsxwriter
import xlwt
from odf import opendocument, style, table
from odf.text import P

from app.domain.nik import Sex
from app.roster import reader
from app.roster.people import Verdict

TODAY = date(2026, 11, 24)
Value = str | int | float | date
Merge = tuple[int, int, int, int]
SEEDS = range(60)

MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
SHORT = "Jan Peb Mrt Apr Mei Jun Jul Agt Sept Okt Nop Des".split()
ENGLISH = "January February March April May June July August September October November December".split()
ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()
FIRST = (
    "Siti Muhammad I Gede Nurul Hj. Aminah Yohanes Drs. Eko Wa Ode Ratna La Ode Desi Marlina Slamet".split()
)
LAST = (
    "Rahmawati Santoso Latupono Tampubolon S.E. Wijaya Umar Kasim Kaimuddin Sirait, S.Pd Nainggolan".split()
)
PLACES = ["Medan", "Lombok Timur", "Kota Ternate", "Sorong", "Baubau", "P. Siantar", "Tidore"]
BUSINESSES = [
    "Kedai Kopi Umar",
    "Jahit & Bordir",
    "Ikan Asap Total",
    "Warung 88",
    "Keripik Desa Jaya",
    "UD Jumlah",
]


@dataclass(frozen=True)
class Someone:
    name: str
    nik: str
    place: str
    born: date
    sex: Sex
    phone: str
    business: str
    nib: str
    capital: int
    sales: int
    address: str


@dataclass
class Sheet:
    name: str
    rows: list[list[Value]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden: bool = False
    expected: dict[int, Someone] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """One or more neighbouring columns: their headings from top to bottom, and what stands in them."""

    headings: Sequence[Sequence[str]]
    cells: Callable[[Someone, int], Sequence[Value]]


def someone(rng: Random, number: int) -> Someone:
    born = date(1950, 1, 1) + timedelta(days=rng.randrange(365 * 55))
    sex = rng.choice(list(Sex))
    day = born.day + (40 if sex is Sex.FEMALE else 0)
    nik = f"{rng.choice(['650201', '920101', '127101', '357801'])}{day:02}{born:%m%y}{9000 + number:04}"
    national = f"8{rng.choice('12357')}{rng.randrange(10**8, 10**9)}"
    return Someone(
        name=" ".join(rng.choice(words) for words in (FIRST, LAST)[: rng.choice([1, 2, 2])])
        + chr(97 + number % 26),
        nik=nik,
        place=rng.choice(PLACES),
        born=born,
        sex=sex,
        phone="+62" + national,
        business=rng.choice(BUSINESSES),
        nib=f"{rng.randrange(10**12, 10**13)}",
        capital=rng.randrange(1, 900) * 1_000_000,
        sales=rng.randrange(1, 1900) * 1_000_000,
        address=f"Jl. Merdeka No. {number}, RT 02/RW 05",
    )


def date_text(rng: Random, born: date) -> str:
    d, m, y = born.day, born.month, born.year
    return rng.choice(
        [
            f"{d} {MONTHS[m - 1]} {y}",
            f"{d:02} {MONTHS[m - 1].upper()} {y}",
            f"{d} {SHORT[m - 1]} {y}",
            f"{d}-{SHORT[m - 1]}-{y % 100:02}",
            f"{d:02}-{m:02}-{y}",
            f"{d}/{m}/{y % 100:02}",
            f"{d:02}/{m:02}/{y}",
            f"{d:02}.{m:02}.{y}",
            f"{d} - {m} - {y}",
            f"{d:02}-{ROMAN[m - 1]}-{y}",
            born.isoformat(),
            f"{born.isoformat()} 00:00:00",
            f"{ENGLISH[m - 1]} {d}, {y}",
            f"{d} {ENGLISH[m - 1][:3]} {y}",
            f"{d:02}{m:02}{y}",
            f"{d:02} {m:02} {y}",
        ]
    )


def serial(born: date) -> int:
    return (born - date(1899, 12, 30)).days


def nik_text(rng: Random, nik: str) -> str:
    groups = [nik[:4], nik[4:8], nik[8:12], nik[12:]]
    return rng.choice(
        [
            nik,
            " ".join(groups),
            ".".join(groups),
            "-".join(groups),
            "'" + nik,
            f'"{nik}"',
            nik + "\u00a0",
            f" {nik}",
        ]
        + [f"{nik[:6]} {nik[6:12]} {nik[12:]}", f"NIK. {nik}"]
    )


def phone_value(rng: Random, phone: str) -> Value:
    rest = phone[3:]
    options: list[Value] = ["0" + rest, phone, "62" + rest, f"0{rest[:3]}-{rest[3:7]}-{rest[7:]}", int(rest)]
    options += [
        f"0{rest[:3]} {rest[3:7]} {rest[7:]}",
        f"(+62) {rest}",
        f"0{rest} / 0411-555123",
        f"WA: 0{rest}",
    ]
    return rng.choice(options)


def money_value(rng: Random, amount: int) -> Value:
    dots = f"{amount:,}".replace(",", ".")
    millions = amount // 1_000_000
    options: list[Value] = [
        amount,
        float(amount),
        f"Rp {dots}",
        f"Rp{dots},00",
        f"Rp. {dots},-",
        f"{amount:,}",
        dots,
    ]
    options += [f"{millions} juta", f"{millions}jt", f"Rp {millions} Juta", str(amount)]
    options += [f"{amount / 1e9:.3f} M".replace(".", ",")]
    return rng.choice(options)


def sex_text(rng: Random, sex: Sex) -> str:
    male = "L|l|Lk|Laki-laki|Laki - laki|LAKI-LAKI|laki2|Pria|L.|M|Male|Lelaki".split("|")
    female = "P|p|Pr|Perempuan|PEREMPUAN|Wanita|P.|F|Female|Pr.".split("|")
    return rng.choice(male if sex is Sex.MALE else female)


def birth_part(rng: Random) -> Part:
    both = rng.choice(
        ["Tempat/Tgl Lahir", "Tempat, Tanggal Lahir", "TTL", "Tempat dan Tgl. Lahir", "TEMPAT & TGL LAHIR"]
    )
    between = rng.choice([", ", "/", " ", ",", " / ", "\n"])
    as_serial, as_date = rng.random() < 0.15, rng.random() < 0.3
    separate: Callable[[Someone, int], Sequence[Value]] = lambda one, _: (  # noqa: E731
        one.place,
        serial(one.born) if as_serial else one.born if as_date else date_text(rng, one.born),
    )
    apart: Callable[[Someone, int], Sequence[Value]] = lambda one, _: (  # noqa: E731
        one.place,
        one.born.day,
        rng.choice([one.born.month, MONTHS[one.born.month - 1]]),
        one.born.year,
    )
    return rng.choice(
        [
            Part([[both]], lambda one, _: [one.place + between + date_text(rng, one.born)]),
            Part(
                [["Tempat Lahir"], [rng.choice(["Tanggal Lahir", "Tgl Lahir", "Tgl. Lahir (dd/mm/yyyy)"])]],
                separate,
            ),
            Part([[both, "Tempat"], [both, rng.choice(["Tanggal", "Tgl", "Tgl."])]], separate),
            Part([["Lahir", "Tempat"], ["Lahir", "Tanggal"]], separate),
            Part([[both], [both]], separate),
            Part([[both, "Tempat"], [both, "Tgl"], [both, "Bln"], [both, "Thn"]], apart),
        ]
    )


def sex_part(rng: Random) -> Part:
    heading = rng.choice(
        ["L/P", "JK", "Jenis Kelamin", "Jenis Kelamin (L/P)", "Jns. Kelamin", "J.K", "Gender", "Kelamin"]
    )
    tick = rng.choice(["v", "√", "x", "1", "✓", "V"])
    ticks: Callable[[Someone, int], Sequence[Value]] = lambda one, _: (  # noqa: E731
        ("", tick) if one.sex is Sex.FEMALE else (tick, "")
    )
    return rng.choice(
        [
            Part([[heading]], lambda one, _: [sex_text(rng, one.sex)]),
            Part([[heading]], lambda one, _: [sex_text(rng, one.sex)]),
            Part([["Jenis Kelamin", "L"], ["Jenis Kelamin", "P"]], ticks),
            Part([["L"], ["P"]], ticks),
            Part([["P/W"]], lambda one, _: ["W" if one.sex is Sex.FEMALE else "P"]),
        ]
    )


def business_parts(rng: Random) -> list[Part]:
    millions = rng.random() < 0.2
    capital, sales = ("Modal (juta Rp)", "Omzet/Tahun (dalam jutaan)") if millions else ("", "")
    capital = capital or rng.choice(["Modal", "Modal Usaha (Rp)", "Besar Modal", "MODAL USAHA", "Modal Awal"])
    sales = sales or rng.choice(
        [
            "Omset",
            "Omzet per Tahun (Rp)",
            "Penjualan",
            "Omzet",
            "Hasil Penjualan Tahunan",
            "Penjualan/Thn",
            "OMSET/TH",
        ]
    )

    def money(amount: int) -> Value:
        return amount // 1_000_000 if millions else money_value(rng, amount)

    named = lambda one, _: [one.business]  # noqa: E731
    if rng.random() < 0.3:
        above = rng.choice(["Usaha", "Data Usaha", "Identitas Usaha", "UMKM"])
        return [
            Part(
                [[above, "Nama"], [above, "NIB"], [above, capital], [above, sales]],
                lambda one, _: [one.business, one.nib, money(one.capital), money(one.sales)],
            )
        ]
    return [
        Part(
            [[rng.choice(["Nama Usaha", "Usaha", "Nama Usaha/Jenis Usaha", "NAMA UMKM", "Nama Toko"])]], named
        ),
        Part(
            [[rng.choice(["NIB", "No. NIB", "Nomor Induk Berusaha (NIB)"])]],
            lambda one, _: [nib_value(rng, one.nib)],
        ),
        Part([[capital]], lambda one, _: [money(one.capital)]),
        Part([[sales]], lambda one, _: [money(one.sales)]),
    ]


def nib_value(rng: Random, nib: str) -> Value:
    return rng.choice([nib, int(nib), f"{nib[:4]} {nib[4:8]} {nib[8:]}"])


def parts(rng: Random) -> list[Part]:
    nik = [
        "NIK",
        "No. KTP",
        "No Induk Kependudukan",
        "No.KTP/NIK",
        "NIK (16 digit)",
        "Nomor KTP",
        "N I K",
        "NIK KTP",
    ]
    names = [
        "Nama",
        "Nama Lengkap",
        "Nama Peserta",
        "NAMA LENGKAP (sesuai KTP)",
        "Nama Pelaku Usaha",
        "Nama Pemilik",
    ]
    phones = [
        "HP/WA",
        "No. HP",
        "No HP / WA",
        "Nomor Telepon",
        "No. Telp/HP",
        "Kontak",
        "WhatsApp",
        "No. Handphone",
    ]
    chosen = [
        Part([[rng.choice(names)]], lambda one, _: [one.name]),
        Part([[rng.choice(nik)]], lambda one, _: [nik_text(rng, one.nik)]),
        birth_part(rng),
        sex_part(rng),
        Part([[rng.choice(phones)]], lambda one, _: [phone_value(rng, one.phone)]),
        Part(
            [[rng.choice(["Alamat", "Alamat Rumah", "Alamat Lengkap", "Domisili"])]],
            lambda one, _: [one.address],
        ),
        *business_parts(rng),
    ]
    extras = [
        Part([["Agama"]], lambda one, _: [rng.choice(["Islam", "Kristen"])]),
        Part([["No. KK"]], lambda one, _: ["6502011234567890"]),
        Part([["Pendidikan Terakhir"]], lambda one, _: ["SMA"]),
        Part([["Umur"]], lambda one, _: [2026 - one.born.year]),
        Part([["Nama Ibu Kandung"]], lambda one, _: ["Sumiati"]),
        Part([["TTD"]], lambda one, number: [f"{number}. ......"]),
        Part([["Ket."]], lambda one, _: [rng.choice(["", "Ketua kelompok", "-"])]),
        Part([["Jenis Usaha"]], lambda one, _: ["Kuliner"]),
        Part([["Tanggal Daftar"]], lambda one, _: [date(2026, 5, 4)]),
    ]
    chosen += rng.sample(extras, rng.randrange(4))
    rng.shuffle(chosen)
    number = Part([[rng.choice(["No", "No.", "NO", "No. Urut", "Nomor"])]], lambda one, number: [number])
    return [number, *chosen] if rng.random() < 0.8 else chosen


def heading_rows(chosen: Sequence[Part], top: int, merged: bool) -> tuple[list[list[Value]], list[Merge]]:
    """One or two rows; a heading over several columns stands in the first of them, merged or not."""
    paths = [path for part in chosen for path in part.headings]
    height = max(len(path) for path in paths)
    rows: list[list[Value]] = [["" for _ in paths] for _ in range(height)]
    merges: list[Merge] = []
    for column, path in enumerate(paths):
        is_new = column == 0 or paths[column - 1][0] != path[0]
        rows[0][column] = path[0] if is_new else ""
        if len(path) > 1:
            rows[1][column] = path[1]
        elif height > 1 and merged and paths.count(path) == 1:
            merges.append((top, column, top + 1, column))
        if merged and is_new and (last := last_of(paths, column)) > column:
            merges.append((top, column, top + (height - 1 if len(path) == 1 else 0), last))
    return rows, merges


def last_of(paths: Sequence[Sequence[str]], column: int) -> int:
    last = column
    while last + 1 < len(paths) and paths[last + 1][0] == paths[column][0]:
        last += 1
    return last


def office(rng: Random, name: str, people: Sequence[Someone]) -> Sheet:
    """A sheet as one office might keep it."""
    sheet, chosen = Sheet(name), parts(rng)
    width = sum(len(part.headings) for part in chosen)
    letterhead = [
        "KEMENTERIAN KETENAGAKERJAAN REPUBLIK INDONESIA",
        "DAFTAR PESERTA PELATIHAN KEWIRAUSAHAAN USAHA MIKRO DAN KECIL",
        "ANGKATAN III TAHUN 2025",
        "Tempat : Aula Kantor Camat",
        "Tanggal: 12 Mei 2025",
        "",
        "Jl. Jenderal Sudirman No. 5 Telp. (0411) 555123",
        "Program Pelatihan: Kewirausahaan",
    ]
    merged = rng.random() < 0.7
    for text in letterhead[: rng.randrange(9)]:
        if merged and text:
            sheet.merges.append((len(sheet.rows), 0, len(sheet.rows), width - 1))
        sheet.rows.append([text] + [""] * rng.randrange(3))
    add_heading(sheet, chosen, merged)
    if rng.random() < 0.3:
        form = rng.choice(["({})", "{}"])
        sheet.rows.append([form.format(column + 1) for column in range(width)])
    add_people(rng, sheet, chosen, people, merged)
    add_foot(rng, sheet, width, len(people))
    return sheet


def add_heading(sheet: Sheet, chosen: Sequence[Part], merged: bool) -> None:
    rows, merges = heading_rows(chosen, len(sheet.rows), merged)
    sheet.rows += rows
    sheet.merges += merges


def add_people(
    rng: Random, sheet: Sheet, chosen: Sequence[Part], people: Sequence[Someone], merged: bool
) -> None:
    pages, groups, gaps = rng.random() < 0.2, rng.random() < 0.25, rng.random() < 0.2
    for number, one in enumerate(people, 1):
        if pages and number % 9 == 0:
            sheet.rows.append([])
            add_heading(sheet, chosen, merged)
        if groups and number % 6 == 1:
            sheet.rows.append(
                [rng.choice(["", f"{chr(64 + number // 6 + 1)}."]), f"Kecamatan Tidore {number}"]
            )
        if gaps and rng.random() < 0.3:
            sheet.rows.append([])
        sheet.expected[len(sheet.rows) + 1] = one
        sheet.rows.append([value for part in chosen for value in part.cells(one, number)])


def add_foot(rng: Random, sheet: Sheet, width: int, count: int) -> None:
    if rng.random() < 0.6:
        sheet.rows += [
            [],
            ["", rng.choice(["Jumlah", "TOTAL", "Jumlah Peserta"]), count, "", count * 1_000_000],
        ]
    if rng.random() < 0.6:
        blank = [""] * rng.randrange(width - 3)
        sheet.rows += [
            [],
            [*blank, "Tidore, 24 November 2025"],
            ["Mengetahui,", *blank, "Kepala Balai,"],
            [],
            ["Drs. Budi Santoso", *blank, "Hj. Siti Aminah, M.Si"],
            ["NIP. 197001011995031001", *blank, "NIP. 19680202 199003 2 002"],
        ]
    if rng.random() < 0.3:
        sheet.rows += [[], ["Catatan: NIK wajib 16 digit"], ["*) coret yang tidak perlu"]]


def write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    with xlsxwriter.Workbook(path) as book:
        plain, dated = book.add_format(), book.add_format({"num_format": "dd/mm/yyyy"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            if sheet.hidden:
                page.hide()
            for merge in sheet.merges:
                page.merge_range(*merge, "")
            for row, values in enumerate(sheet.rows):
                for column, value in enumerate(values):
                    if isinstance(value, date):
                        page.write_datetime(row, column, value, dated)
                    elif value != "":
                        page.write(row, column, value, plain) if not isinstance(
                            value, str
                        ) else page.write_string(row, column, value)


def write_xls(path: Path, sheets: Sequence[Sheet]) -> None:
    book = xlwt.Workbook()
    dated = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for sheet in sheets:
        page = book.add_sheet(sheet.name, cell_overwrite_ok=True)
        page.visibility = int(sheet.hidden)
        for top, left, bottom, right in sheet.merges:
            page.merge(top, bottom, left, right)
        for row, values in enumerate(sheet.rows):
            for column, value in enumerate(values):
                if isinstance(value, date):
                    page.write(row, column, value, dated)
                elif value != "":
                    page.write(row, column, value)
    book.save(str(path))


def write_ods(path: Path, sheets: Sequence[Sheet]) -> None:
    book = opendocument.OpenDocumentSpreadsheet()
    hidden = style.Style(name="hidden", family="table")
    hidden.addElement(style.TableProperties(display="false"))
    book.automaticstyles.addElement(hidden)
    for sheet in sheets:
        page = table.Table(name=sheet.name, **({"stylename": hidden} if sheet.hidden else {}))
        for values in sheet.rows:
            row = table.TableRow()
            for value in values or [""]:
                row.addElement(ods_cell(value))
            page.addElement(row)
        # What LibreOffice writes behind every table.
        last = table.TableRow(numberrowsrepeated=1_048_000)
        last.addElement(table.TableCell(numbercolumnsrepeated=16_000))
        page.addElement(last)
        book.spreadsheet.addElement(page)
    book.save(str(path))


def ods_cell(value: Value) -> table.TableCell:
    if isinstance(value, date):
        cell = table.TableCell(valuetype="date", datevalue=value.isoformat())
        cell.addElement(P(text=f"{value:%d/%m/%y}"))
    elif isinstance(value, str):
        cell = table.TableCell(valuetype="string") if value else table.TableCell()
        for line in value.split("\n") if value else []:
            cell.addElement(P(text=line))
    else:
        cell = table.TableCell(valuetype="float", value=str(value))
        cell.addElement(P(text=str(value)))
    return cell


def write_csv(path: Path, sheet: Sheet, separator: str, encoding: str) -> None:
    text = StringIO()
    csv.writer(text, delimiter=separator).writerows(
        [f"{value:%d/%m/%Y}" if isinstance(value, date) else value for value in row] for row in sheet.rows
    )
    path.write_bytes(text.getvalue().encode(encoding, errors="replace"))


def assert_same_people(path: Path, sheets: Sequence[Sheet]) -> None:
    roster = reader.read(path, TODAY)
    expected = [
        (number, one) for sheet in sheets if not sheet.hidden for number, one in sheet.expected.items()
    ]
    found = [(row.sheet_row, row.values) for row in roster.rows]
    assert [number for number, _ in found] == [number for number, _ in expected]
    assert [row.codes for row in roster.rows if row.verdict is not Verdict.OK] == []
    for (_, person), (_, one) in zip(found, expected, strict=True):
        assert (person.name, person.nik, person.phone) == (one.name, one.nik, one.phone)
        assert (person.birth_place, person.birth_date, person.sex) == (one.place, one.born, one.sex)
        assert (person.business_name, person.nib) == (one.business, one.nib)
        assert (person.capital, person.sales, person.address) == (one.capital, one.sales, one.address)


def offices(seed: int, count: int) -> list[Sheet]:
    rng = Random(seed)
    people = [someone(rng, number) for number in range(count * 25)]
    return [
        office(rng, f"Kelas {number + 1}", people[number * 25 : number * 25 + 25]) for number in range(count)
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_an_office_with_xlsx(seed: int, tmp_path: Path) -> None:
    sheets = offices(seed, 1)
    write_xlsx(tmp_path / "peserta.xlsx", sheets)
    assert_same_people(tmp_path / "peserta.xlsx", sheets)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_office_with_an_old_excel(seed: int, tmp_path: Path) -> None:
    sheets = offices(seed + 1000, 1)
    write_xls(tmp_path / "peserta.xls", sheets)
    assert_same_people(tmp_path / "peserta.xls", sheets)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_office_with_libreoffice(seed: int, tmp_path: Path) -> None:
    sheets = offices(seed + 2000, 1)
    write_ods(tmp_path / "peserta.ods", sheets)
    assert_same_people(tmp_path / "peserta.ods", sheets)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_office_with_text_files(seed: int, tmp_path: Path) -> None:
    (sheet,) = offices(seed + 3000, 1)
    separator = ";,\t"[seed % 3]
    encoding = ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"][seed % 5]
    if encoding == "cp1252":
        sheet.rows = [
            [value.replace("√", "v").replace("✓", "v") if isinstance(value, str) else value for value in row]
            for row in sheet.rows
        ]
    write_csv(tmp_path / "peserta.csv", sheet, separator, encoding)
    assert_same_people(tmp_path / "peserta.csv", [sheet])


@pytest.mark.parametrize("seed", range(10))
def test_two_rosters_and_a_cover_sheet_in_one_workbook(seed: int, tmp_path: Path) -> None:
    sheets = offices(seed + 4000, 2)
    cover = Sheet("Rekap", [["Rekap"], ["No", "Kabupaten", "L", "P", "Jumlah"], [1, "Tidore", 12, 13, 25]])
    old = Sheet("Lama", [list(row) for row in sheets[0].rows], hidden=True)
    for suffix, write in ((".xlsx", write_xlsx), (".xls", write_xls), (".ods", write_ods)):
        path = tmp_path / f"peserta{suffix}"
        write(path, [cover, sheets[0], old, sheets[1]])
        assert_same_people(path, [cover, *sheets])
        skipped = {(sheet.name, sheet.reason) for sheet in reader.read(path, TODAY).skipped_sheets}
        assert skipped == {("Rekap", "no-heading"), ("Lama", "hidden")}
