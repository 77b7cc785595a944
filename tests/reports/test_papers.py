"""PDFs of reports, read back page by page: all there, inside the page, masked, the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4

from app.reports import attendance_recap, attendance_sheet, completion_list, paper, score_recap
from app.reports.rows import Cells
from app.reports.sheet import Sheet
from tests.reports import sample
from tests.reports.sample import HEAD, NIK


def every_sheet(people: int) -> dict[str, Sheet]:
    return {
        "sheet": attendance_sheet.sheet(sample.attendance(people)),
        "to sign": attendance_sheet.sheet(sample.attendance(people, 5, Cells.SIGN)),
        "zig-zag": attendance_sheet.sheet(sample.attendance(people, 3, Cells.ZIGZAG)),
        "recap": attendance_recap.sheet(sample.attendance(people)),
        "scores": score_recap.sheet(sample.scores(people)),
        "both tests": score_recap.sheet(sample.scores(people, pre_tests=True)),
        "completion": completion_list.sheet(sample.completion(people)),
    }


def pdf(sheet: Sheet) -> bytes:
    file = BytesIO()
    paper.write(sheet, file)
    return file.getvalue()


def texts(content: bytes) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def boxes(content: bytes) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, right, top of every sign on every page."""
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            text = page.get_textpage()
            yield from (
                text.get_charbox(n) for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()
            )


@pytest.mark.parametrize("kind", list(every_sheet(1)))
@pytest.mark.parametrize("people", [1, 20, 300])
def test_everybody_is_on_the_paper_once_in_order(kind: str, people: int) -> None:
    sheet = every_sheet(people)[kind]
    joined = " ".join(" ".join(texts(pdf(sheet))).split())
    across = 2 if kind == "both tests" else 1
    places = [joined.find(sample.name(n)) for n in range(5, people + 1)]
    assert all(place > 0 for place in places)
    assert across > 1 or places == sorted(places)
    assert all(joined.count(sample.name(n)) == across for n in range(5, people + 1))


@pytest.mark.parametrize("kind", list(every_sheet(1)))
def test_a_name_of_sixty_letters_is_wrapped_and_whole(kind: str) -> None:
    joined = " ".join(" ".join(texts(pdf(every_sheet(3)[kind]))).split())
    assert len(sample.LONG_NAME) == 60
    assert all(word in joined for word in sample.LONG_NAME.split())


@pytest.mark.parametrize("kind", list(every_sheet(1)))
def test_every_page_says_which_of_how_many_it_is(kind: str) -> None:
    pages = texts(pdf(every_sheet(60)[kind]))
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert f"Halaman {number} dari {len(pages)}" in text


@pytest.mark.parametrize("kind", list(every_sheet(1)))
@pytest.mark.parametrize("people", [0, 1, 16, 17, 18, 19, 20, 21, 45])
def test_nothing_hangs_over_the_edge_or_into_the_foot(kind: str, people: int) -> None:
    low = 8 * 72 / 25.4
    for left, bottom, right, top in boxes(pdf(every_sheet(people)[kind])):
        assert left >= paper.SIDE - 1
        assert right <= A4[1] - paper.SIDE + 1
        assert top <= A4[0] - paper.TOP
        assert bottom >= paper.BOTTOM - 2 or abs(bottom - low) < 4  # the line with the page number


@pytest.mark.parametrize("kind", list(every_sheet(1)))
def test_the_signatures_stand_on_the_last_page_only(kind: str) -> None:
    pages = texts(pdf(every_sheet(60)[kind]))
    assert [("Nurlaila Hamid" in text, "Anwar Soleman" in text) for text in pages] == [
        (place == len(pages) - 1,) * 2 for place in range(len(pages))
    ]
    assert "Ternate, 20 November 2026" in pages[-1]


def test_sixteen_people_and_their_signatures_fit_one_page() -> None:
    assert len(texts(pdf(every_sheet(16)["sheet"]))) == 1


def test_all_of_forty_sessions_are_there_and_totals_stand_once() -> None:
    pages = texts(pdf(attendance_sheet.sheet(sample.attendance(5, 40))))
    assert len(pages) > 1
    found = [line for text in pages for line in text.splitlines()]
    days = [day for day in range(1, 41) if any(str(day) in line.split() for line in found)]
    assert days == list(range(1, 41))
    assert sum("Jumlah hadir" in text and " H T I S A" in " ".join(text.split()) for text in pages) == 1


@pytest.mark.parametrize("kind", list(every_sheet(1)))
def test_no_paper_shows_more_of_the_nik_than_four_digits(kind: str) -> None:
    joined = "".join("".join(texts(pdf(every_sheet(4)[kind]))).split())
    assert "••" + NIK[-4:] in joined
    assert NIK[-5:] not in joined


@pytest.mark.parametrize("kind", list(every_sheet(1)))
def test_the_same_sheet_gives_the_same_bytes_with_its_own_fonts(kind: str) -> None:
    sheet = every_sheet(4)[kind]
    content = pdf(sheet)
    assert content == pdf(sheet)
    with pikepdf.open(BytesIO(content)) as document:
        assert str(document.Root.Lang) == "id"
        assert str(document.docinfo["/Title"]) == f"{sheet.title}, KWU-08/2026"
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        embedded = [f for f in fonts if "/FontDescriptor" in f and "/FontFile2" in f.FontDescriptor]
        unused = [
            f for f in fonts if str(f.get("/BaseFont")) == "/Helvetica"
        ]  # reportlab's own, drawn by nobody
        assert len(embedded) + len(unused) == len(fonts)
        assert embedded


def test_an_empty_class_says_so() -> None:
    (page,) = texts(pdf(attendance_recap.sheet(sample.attendance(0))))
    assert "Belum ada peserta di kelas ini." in page


def test_a_paper_without_letterhead_and_signatures_is_still_one() -> None:
    bare = replace(
        sample.attendance(2), head=replace(HEAD, letterhead=(), signatories=(), room="", intake="")
    )
    (page,) = texts(pdf(attendance_sheet.sheet(bare)))
    assert "Peserta001" in page
    assert "Angkatan" not in page


def test_an_english_paper_speaks_english() -> None:
    data = replace(sample.attendance(2), head=replace(HEAD, language="en"))
    content = pdf(attendance_recap.sheet(data))
    (page,) = texts(content)
    assert "Attendance summary" in page
    assert "9 to 20 November 2026" in page
    assert "Page 1 of 1" in page


def test_competence_is_never_printed() -> None:
    for sheet in every_sheet(6).values():
        assert "KOMPETEN" not in " ".join(texts(pdf(sheet))).upper().replace("SERTIFIKAT KOMPETENSI", "")
