"""Headings by meaning: what offices write, what only looks alike, and where one stands below another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.roster import headings
from app.roster.fields import Field


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("No. KTP", Field.NIK),
        ("N I K", Field.NIK),
        ("No Induk Kependudukan", Field.NIK),
        ("NOMOR INDUK KEPENDUDUKAN (NIK)", Field.NIK),
        ("Nomor Induk Kependudukn", Field.NIK),
        ("NIB", Field.NIB),
        ("No. Induk Berusaha", Field.NIB),
        ("Nama", Field.NAME),
        ("NAMA LENGKAP (sesuai KTP)", Field.NAME),
        ("Nama Pelaku Usaha", Field.NAME),
        ("Nama Usaha", Field.BUSINESS_NAME),
        ("Usaha", Field.BUSINESS_NAME),
        ("Tempat/Tgl Lahir", Field.BIRTH_PLACE_DATE),
        ("Tempat, Tanggal Lahir", Field.BIRTH_PLACE_DATE),
        ("Tgl. Lahir (dd/mm/yyyy)", Field.BIRTH_DATE),
        ("Tempat Lahir", Field.BIRTH_PLACE),
        ("L/P", Field.SEX),
        ("JK", Field.SEX),
        ("Jns. Kelamin", Field.SEX),
        ("HP/WA", Field.PHONE),
        ("No. Telp/HP/WhatsApp", Field.PHONE),
        ("Omset", Field.SALES),
        ("OMZET PER TAHUN (Rp)", Field.SALES),
        ("Hasil Penjualan Tahunan", Field.SALES),
        ("Modal Usaha", Field.CAPITAL),
        ("Aset/Modal Usaha", Field.CAPITAL),
        ("Alamat\nRumah", Field.ADDRESS),
        ("Ket.", Field.REMARK),
        ("No.", Field.NUMBER),
    ],
)
def test_what_offices_write(text: str, field: Field) -> None:
    found = headings.meaning((text,))
    assert found is not None and found.field is field


@pytest.mark.parametrize(
    "text",
    [
        *(
            "No. KK",
            "Nama Ibu Kandung",
            "NIP",
            "Jenis Usaha",
            "Tanggal Daftar",
            "Tahun Lahir",
            "No. Rekening",
        ),
        *("NPWP", "Agama", "TTD", "Umur", "Desa/Kelurahan", "Nama Instruktur", "Tanda Tangan", "(Rp)", ""),
        *("2025", "x" * 500),
    ],
)
def test_what_only_looks_alike(text: str) -> None:
    assert headings.meaning((text,)) is None


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (("Tempat dan Tanggal Lahir", "Tempat"), Field.BIRTH_PLACE),
        (("Tempat dan Tanggal Lahir", "Tgl"), Field.BIRTH_DATE),
        (("TTL", "Thn"), Field.BIRTH_YEAR),
        (("Jenis Kelamin", "L"), Field.SEX_MALE),
        (("Jenis Kelamin", "P"), Field.SEX_FEMALE),
        (("Usaha", "Nama"), Field.BUSINESS_NAME),
        (("Data Usaha", "NIB"), Field.NIB),
        (("DATA USAHA", "Modal", "(Rp)"), Field.CAPITAL),
        (("Data Pribadi", "Nama"), Field.NAME),
        (("DAFTAR PESERTA ANGKATAN III", "NIK"), Field.NIK),
        (("Nomor", "KTP"), Field.NIK),
        (("NIK", "NIK"), Field.NIK),
    ],
)
def test_one_heading_below_another(path: tuple[str, ...], field: Field) -> None:
    found = headings.meaning(path)
    assert found is not None and found.field is field


def test_the_plainer_heading_is_the_surer_one() -> None:
    home, shop = headings.meaning(("Alamat",)), headings.meaning(("Alamat Usaha",))
    assert home is not None and shop is not None
    assert home.score > shop.score


def test_units_and_periods_in_a_heading() -> None:
    assert headings.unit("Modal (juta Rp)") == 1_000_000
    assert headings.unit("Omzet (Rp. 000)") == 1_000
    assert headings.unit("Modal (Rp)") == 1
    assert headings.is_monthly("Omzet per bulan")
    assert not headings.is_monthly("Omzet per tahun")


@given(st.lists(st.text(max_size=60), max_size=3))
def test_any_texts_mean_a_field_or_nothing(path: list[str]) -> None:
    found = headings.meaning(tuple(path))
    assert found is None or found.field in Field
