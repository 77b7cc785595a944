"""Sheets as different offices keep them: made-up layouts of made-up people, and who must come out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from app.domain.nik import Sex
from tests.roster.spellings import (
    MONTHS,
    Someone,
    Value,
    date_text,
    money_value,
    nib_value,
    nik_text,
    phone_value,
    serial,
    sex_text,
    someone,
)

Merge = tuple[int, int, int, int]
Cells = Callable[[Someone, int], Sequence[Value]]


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
    cells: Cells


def birth_part(rng: Random) -> Part:
    both = rng.choice(
        ["Tempat/Tgl Lahir", "Tempat, Tanggal Lahir", "TTL", "Tempat dan Tgl. Lahir", "TEMPAT & TGL LAHIR"]
    )
    between = rng.choice([", ", "/", " ", ",", " / ", "\n"])
    as_serial, as_date = rng.random() < 0.15, rng.random() < 0.3

    def separate(one: Someone, _: int) -> Sequence[Value]:
        return one.place, serial(one.born) if as_serial else one.born if as_date else date_text(rng, one.born)

    def apart(one: Someone, _: int) -> Sequence[Value]:
        months: list[Value] = [one.born.month, MONTHS[one.born.month - 1]]
        return one.place, one.born.day, rng.choice(months), one.born.year

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

    def ticks(one: Someone, _: int) -> Sequence[Value]:
        return ("", tick) if one.sex is Sex.FEMALE else (tick, "")

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
        ["Omset", "Omzet per Tahun (Rp)", "Penjualan", "Omzet", "Hasil Penjualan Tahunan", "OMSET/TH"]
    )

    def money(amount: int) -> Value:
        return amount // 1_000_000 if millions else money_value(rng, amount)

    name = rng.choice(["Nama Usaha", "Usaha", "Nama Usaha/Jenis Usaha", "NAMA UMKM", "Nama Toko"])
    if rng.random() < 0.3:
        above = rng.choice(["Usaha", "Data Usaha", "Identitas Usaha", "UMKM"])
        return [
            Part(
                [[above, "Nama"], [above, "NIB"], [above, capital], [above, sales]],
                lambda one, _: [one.business, one.nib, money(one.capital), money(one.sales)],
            )
        ]
    return [
        Part([[name]], lambda one, _: [one.business]),
        Part(
            [[rng.choice(["NIB", "No. NIB", "Nomor Induk Berusaha (NIB)"])]],
            lambda one, _: [nib_value(rng, one.nib)],
        ),
        Part([[capital]], lambda one, _: [money(one.capital)]),
        Part([[sales]], lambda one, _: [money(one.sales)]),
    ]


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
        sheet.rows.append([text, *[""] * rng.randrange(3)])
    add_heading(sheet, chosen, merged)
    if rng.random() < 0.3:
        form = rng.choice(["({})", "{}"])
        numbers: list[Value] = [form.format(column + 1) for column in range(width)]
        sheet.rows.append(numbers)
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


def offices(seed: int, count: int) -> list[Sheet]:
    rng = Random(seed)
    people = [someone(rng, number) for number in range(count * 25)]
    return [
        office(rng, f"Kelas {number + 1}", people[number * 25 : number * 25 + 25]) for number in range(count)
    ]
