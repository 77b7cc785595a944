"""Files that are no roster, or no longer one, are refused with a code; nothing else is ever raised."""

from __future__ import annotations

import random
import struct
import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from app.errors import Refused
from app.roster import reader

SAMPLES = Path(__file__).parents[2] / "resources" / "sample" / "rosters"
TODAY = date(2026, 11, 24)
HEADINGS = ["No", "Nama", "NIK", "L/P"]
CONTENT = "urn:oasis:names:tc:opendocument:xmlns:"


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        reader.read(path, TODAY)
    assert (refused.value.field, refused.value.facts) == ("file", {"name": path.name})
    return refused.value.code


def file(folder: Path, content: bytes, name: str = "peserta.xlsx") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def xlsx(rows: Sequence[Sequence[object]], far: str = "") -> bytes:
    memory = BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        if far:
            page.write(far, "x")
    return memory.getvalue()


def xls(rows: list[list[str]]) -> bytearray:
    book, memory = xlwt.Workbook(), BytesIO()
    page = book.add_sheet("Peserta")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            page.write(number, column, value)
    book.save(memory)
    return bytearray(memory.getvalue())


def archive(pages: dict[str, bytes], squeeze: int = zipfile.ZIP_DEFLATED) -> bytes:
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", squeeze) as written:
        for name, page in pages.items():
            written.writestr(name, page)
    return memory.getvalue()


def ods(body: str, manifest: str = "") -> bytes:
    namespaces = "".join(f' xmlns:{name}="{CONTENT}{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f"<office:document-content{namespaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="P">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    pages = {"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": manifest.encode()}
    return archive(pages)


def test_a_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "tidak ada.xlsx") == "roster-not-found"
    assert refusal(file(tmp_path, b"x") / "peserta.xlsx") == "roster-not-found"


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "roster-is-folder"


@pytest.mark.parametrize(
    ("trouble", "code"),
    [(PermissionError(13, "denied"), "roster-no-permission"), (OSError(5, "I/O error"), "roster-unreadable")],
)
def test_a_file_the_system_does_not_hand_over(
    trouble: OSError, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file(tmp_path, xlsx([]))

    def fail(*_: object) -> None:
        raise trouble

    # Root may read everything, and no disk breaks on demand: the system call is the edge that is faked.
    monkeypatch.setattr(Path, "open", fail)
    assert refusal(path) == code


@pytest.mark.parametrize("content", [b"", b"  \r\n\n", b"\xef\xbb\xbf\n"])
def test_an_empty_file(content: bytes, tmp_path: Path) -> None:
    assert refusal(file(tmp_path, content)) == "roster-empty-file"


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xd8\xff\xe0\0", b"MZ\0\1\2", b"\0" * 400]
)
def test_a_file_of_another_kind(content: bytes, tmp_path: Path) -> None:
    assert refusal(file(tmp_path, content)) == "roster-not-spreadsheet"


def test_an_archive_of_another_kind(tmp_path: Path) -> None:
    assert refusal(file(tmp_path, archive({"word/document.xml": b"<w/>"}))) == "roster-not-spreadsheet"
    assert refusal(file(tmp_path, archive({"foto.jpg": b"\xff\xd8"}))) == "roster-not-spreadsheet"


@pytest.mark.parametrize(
    "content", [b"<html><table><tr><td>NIK", b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>"]
)
def test_a_web_page_called_xls(content: bytes, tmp_path: Path) -> None:
    assert refusal(file(tmp_path, content, "peserta.xls")) == "roster-web-page"


def test_a_table_without_headings_or_without_people(tmp_path: Path) -> None:
    assert refusal(file(tmp_path, xlsx([["Belanja", "Harga"], ["Kertas", 5]]))) == "roster-no-heading"
    assert refusal(file(tmp_path, xlsx([]))) == "roster-no-heading"
    assert refusal(file(tmp_path, b"surat biasa\ntanpa tabel\n", "surat.csv")) == "roster-no-heading"
    assert refusal(file(tmp_path, xlsx([HEADINGS, ["", "Jumlah", 0]]))) == "roster-no-rows"


def test_workbooks_that_want_a_password(tmp_path: Path) -> None:
    protected_ods = ods("", "<manifest:manifest><manifest:encryption-data/></manifest:manifest>")
    assert refusal(file(tmp_path, protected_ods)) == "roster-password"
    renamed = bytes(xls([HEADINGS])).replace("Workbook".encode("utf-16-le"), "Workbooc".encode("utf-16-le"))
    assert refusal(file(tmp_path, renamed)) == "roster-not-spreadsheet"
    # What Excel writes for a protected .xlsx: a compound file with this stream instead of sheets.
    stream = "EncryptedPackage".encode("utf-16-le")
    at = renamed.index("Workbooc".encode("utf-16-le"))
    named = bytearray(renamed)
    named[at : at + len(stream)] = stream
    struct.pack_into("<H", named, at + 64, len(stream) + 2)
    assert refusal(file(tmp_path, bytes(named))) == "roster-password"


def test_macros_in_a_workbook_are_left_where_they_are(tmp_path: Path) -> None:
    memory = BytesIO((SAMPLES / "messy-45.xlsx").read_bytes())
    with zipfile.ZipFile(memory, "a") as book:
        book.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"Attribute VB_Name" * 500)
    path = file(tmp_path, memory.getvalue(), "peserta.xlsm")
    assert reader.read(path, TODAY).rows == reader.read(SAMPLES / "messy-45.xlsx", TODAY).rows


def test_an_old_workbook_with_a_password(tmp_path: Path) -> None:
    data = xls([HEADINGS])
    first_record = data.index(struct.pack("<HH", 0x0809, 16)) + 20
    struct.pack_into("<H", data, first_record, 0x002F)
    assert refusal(file(tmp_path, bytes(data), "peserta.xls")) == "roster-password"


def test_an_archive_entry_with_a_password(tmp_path: Path) -> None:
    data = bytearray(xlsx([HEADINGS]))
    directory = data.index(b"PK\x01\x02")
    while directory >= 0:
        data[directory + 8] |= 1
        directory = data.find(b"PK\x01\x02", directory + 4)
    assert refusal(file(tmp_path, bytes(data))) == "roster-password"


@pytest.mark.parametrize("name", ["messy-45.xlsx", "clean-200.xlsx"])
def test_a_workbook_cut_short_anywhere(name: str, tmp_path: Path) -> None:
    whole = (SAMPLES / name).read_bytes()
    for length in range(4, len(whole), len(whole) // 40):
        assert refusal(file(tmp_path, whole[:length])) == "roster-damaged"


def test_an_old_workbook_cut_short_anywhere(tmp_path: Path) -> None:
    whole = bytes(xls([HEADINGS, *([str(n), "Budi", "3578010112809001", "L"] for n in range(50))]))
    for length in range(8, len(whole), 97):
        assert refusal(file(tmp_path, whole[:length], "peserta.xls")) == "roster-damaged"


def test_an_archive_that_unpacks_to_gigabytes(tmp_path: Path) -> None:
    pages = {"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": bytes(130 * 2**20)}
    bomb = file(tmp_path, archive(pages))
    assert bomb.stat().st_size < 2**20
    assert refusal(bomb) == "roster-too-large"


def test_an_archive_that_understates_its_size(tmp_path: Path) -> None:
    pages = {"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": bytes(130 * 2**20)}
    data = archive(pages).replace(struct.pack("<I", 130 * 2**20), struct.pack("<I", 1000))
    assert refusal(file(tmp_path, data)) == "roster-too-large"


def test_a_stray_cell_at_the_far_end(tmp_path: Path) -> None:
    assert refusal(file(tmp_path, xlsx([HEADINGS], far="XFD1048576"))) == "roster-too-large"


def test_a_long_empty_sheet_is_no_trouble(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [HEADINGS, [1, "Budi", "3578010112809001", "L"]]
    assert len(reader.read(file(tmp_path, xlsx(rows, far="B200000")), TODAY).rows) == 1


def test_repeated_cells_without_end(tmp_path: Path) -> None:
    repeated = 'table:number-columns-repeated="16384"'
    cell = f'<table:table-cell {repeated} office:value-type="string"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    assert refusal(file(tmp_path, ods(row), "peserta.ods")) == "roster-too-large"


def test_a_file_beyond_any_roster(tmp_path: Path) -> None:
    with (tmp_path / "film.csv").open("wb") as stream:
        stream.truncate(41 * 2**20)
    assert refusal(tmp_path / "film.csv") == "roster-too-large"


@pytest.mark.parametrize("record", [0x0200, 0x00FC, 0x00FD])
def test_an_old_workbook_that_claims_to_be_immense(record: int, tmp_path: Path) -> None:
    """Extent, number of strings, place of a cell: the parser would reserve terabytes and end the process."""
    data = xls([HEADINGS])
    stream = data.index(struct.pack("<HH", 0x0809, 16))
    while struct.unpack_from("<H", data, stream)[0] != record:
        stream += 4 + struct.unpack_from("<H", data, stream + 2)[0]
    data[stream + 4 : stream + 12] = b"\xff\xff\xff\x7f\xff\xff\xff\x7f"
    assert refusal(file(tmp_path, bytes(data), "peserta.xls")) == "roster-damaged"


@pytest.mark.parametrize("seed", range(80))
def test_damage_anywhere_is_read_or_refused(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    old = bytes(xls([HEADINGS, *([str(n), "Budi", "3578010112809001", "L"] for n in range(50))]))
    data = bytearray(rng.choice([(SAMPLES / "messy-45.xlsx").read_bytes(), old]))
    for _ in range(rng.choice([1, 3, 10])):
        data[rng.randrange(8, len(data))] = rng.randrange(256)
    path = file(tmp_path, bytes(data))
    try:
        assert reader.read(path, TODAY).rows
    except Refused as refused:
        assert refused.code.startswith("roster-")
