"""The printed certificate: what stands on it, that nothing is lost, and that a reprint is the same bytes."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from app.certificates.paper import content, printing, setting, sheet, template
from app.errors import NotFound
from tests.certificates import samples

LONG_NAME = "Muhammad Abdurrahman Wahid Kusumaningrat Tjokroaminoto Djojo"
LONG_TITLE = (
    "Kewirausahaan Berbasis Pengolahan Hasil Laut dan Perikanan bagi Usaha Mikro dan Kecil di Kepulauan"
)


def words(pdf: bytes) -> list[str]:
    """The text of each page, spaces and line ends as one blank."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[i].get_textpage().get_text_range() for i in range(len(document))]
    finally:
        document.close()
    return [" ".join(page.split()) for page in pages]


@pytest.fixture(scope="module")
def front_and_back() -> list[str]:
    return words(printing.render_one(samples.page()))


def test_the_front_says_everything_a_certificate_must(front_and_back: list[str]) -> None:
    front = front_and_back[0]
    for text in (
        "KEMENTERIAN KETENAGAKERJAAN REPUBLIK INDONESIA",
        "DIREKTORAT JENDERAL PEMBINAAN PELATIHAN VOKASI DAN PRODUKTIVITAS",
        "BALAI PELATIHAN VOKASI DAN PRODUKTIVITAS TERNATE",
        "SERTIFIKAT",
        "Nomor 0412/BPVP-TTE/KWU/VIII/XI/2026",
        "Aisyah Rahmadani",
        "lahir di Tidore, 17 Maret 1989, NIK berakhir 9231",
        "Kewirausahaan bagi Usaha Mikro dan Kecil",
        "Angkatan VIII, 9 sampai 16 November 2026, 40 jam pelajaran (JP), dan dinyatakan",
        "LULUS",
        "predikat Memuaskan, nilai rata-rata 85",
        "10009 0000412 93",
        "sertifikat.example",
        "Ternate, 18 November 2026",
        "Kepala Balai,",
        "Drs. H. Anwar Soleman, M.Si.",
        "NIP 19700101 199503 1 000",
        "CONTOH, BUKAN DOKUMEN RESMI",
    ):
        assert text in front, text


def test_the_back_lists_every_module_with_jp_score_and_result(front_and_back: list[str]) -> None:
    back = front_and_back[1]
    for title in samples.TITLES:
        assert title in back
    for text in ("KWU-12", "Jumlah JP dan nilai rata-rata", "Halaman 2 dari 2", "90 sampai 100", "LULUS"):
        assert text in back
    assert "10 dari 10 pertemuan, 100 %" in back
    assert "Nurlaila Hamid, S.E." in back


def test_no_claim_is_printed_that_is_not_ours_to_make(front_and_back: list[str]) -> None:
    everything = " ".join(front_and_back)
    for claim in ("KOMPETEN ", "BSrE", "BNSP", "valid", "elektronik"):
        assert claim not in everything


@pytest.mark.parametrize(("lines", "pages"), [(1, 2), (12, 2), (13, 3), (24, 3), (25, 4), (40, 5)])
def test_the_table_runs_on_until_every_module_is_printed(lines: int, pages: int) -> None:
    printed = words(printing.render_one(samples.page(lines)))
    assert len(printed) == pages
    backs = " ".join(printed[1:])
    assert all(f"KWU-{i:02d}" in backs for i in range(1, lines + 1))
    assert "Jumlah JP dan nilai rata-rata" in printed[-1]
    assert all("dilanjutkan" in page for page in printed[1:-1])
    assert "Nurlaila Hamid" in printed[-1]


@pytest.mark.parametrize(("lines", "name"), [(12, "Aisyah Rahmadani"), (60, LONG_NAME), (1, "Sri")])
def test_the_symbols_are_printed_large_enough_to_be_read(lines: int, name: str) -> None:
    page = samples.page(lines, name=name)
    design = printing._ready(page.template, page.template_hash)
    stamps = [drawn.stamp for drawn in sheet.draw(design, page)]
    front, back = stamps[0], stamps[1]
    assert front is not None and back is not None
    assert stamps[2:] == [None] * (len(stamps) - 2)
    assert front.width >= 32 and front.width / front.symbol.size >= 0.359
    assert back.width >= 18 and back.width / back.symbol.size >= 0.289
    assert front.width == 32 or front.symbol.size > 85
    assert back.bottom <= 132


def test_a_reprint_is_the_same_bytes_and_a_copy_says_so() -> None:
    page = samples.page()
    stored = content.pack(page)
    first = printing.render_one(page)
    assert printing.render_one(content.read(stored)) == first
    copied = printing.copy(page, 2)
    assert copied.credential == page.credential
    assert "SALINAN KE-2" in words(printing.render_one(copied))[0]
    assert "SALINAN" not in words(first)[0]


def test_files_one_by_one_are_what_single_printing_gives() -> None:
    pages = [
        samples.page(serial=samples.SERIAL + i, name=name)
        for i, name in enumerate(("Budi Santoso", "Ñoño Łukasz", "Siti Aminah"))
    ]
    assert list(printing.render_each(pages)) == [printing.render_one(page) for page in pages]


def test_the_class_in_one_file_says_the_same_as_the_single_files() -> None:
    pages = [samples.page(serial=samples.SERIAL + i, name=f"Orang Ke-{i}") for i in range(5)]
    together = words(printing.render_class(pages))
    single = [text for page in pages for text in words(printing.render_one(page))]
    letters = [["".join(sorted(text.replace(" ", ""))) for text in each] for each in (together, single)]
    assert letters[0] == letters[1]


def test_a_certificate_in_the_class_file_costs_few_bytes() -> None:
    def size(count: int) -> int:
        return len(
            printing.render_class(
                [samples.page(serial=samples.SERIAL + i, name=f"N {i}") for i in range(count)]
            )
        )

    assert (size(30) - size(10)) / 20 < 3_500


def test_a_replacement_names_the_serial_it_replaces() -> None:
    front = words(printing.render_one(samples.page(replaces=100090000398)))[0]
    assert "Menggantikan sertifikat nomor seri 10009 0000398 38" in front


def test_what_a_certificate_does_not_have_leaves_no_hole_in_the_sentence() -> None:
    bare = samples.page(
        birth_place=None,
        nik_digits=None,
        intake=None,
        average=None,
        grade=None,
        scale=(),
        attendance=None,
        jp_minutes=None,
        instructor=None,
        sample=False,
    )
    front, back = words(printing.render_one(bare))
    assert "lahir 17 Maret 1989" in front
    assert " 9 sampai 16 November 2026, 40 jam pelajaran" in front
    for text in ("predikat", "NIK", "CONTOH", "None", "{"):
        assert text not in front
    for text in ("Predikat", "Kehadiran", "Instruktur", "rata-rata", "CONTOH"):
        assert text not in back


@pytest.mark.parametrize(
    "name", [LONG_NAME, LONG_NAME.upper(), "W" * 60, "Sri", "Ñoño d’Ørsted-Müller Çağlar"]
)
def test_any_name_fits_between_the_frames(name: str) -> None:
    design = printing._ready("kelulusan-1", template.digest("kelulusan-1"))
    item = next(i for i in design.template.front if i.text == ["{name}"])
    setter = setting.Setter(design)
    setter.put(item, {"name": name})
    for piece in setter.pieces:
        width = 2 * (piece.end - item.x)
        assert width <= 190.01
    size = float(setter.pieces[0].state[0].split()[1])
    assert size >= 9
    assert "".join(name.split()) in "".join(words(printing.render_one(samples.page(name=name)))[0].split())


def test_a_short_name_stays_large_and_a_long_one_stays_on_one_line() -> None:
    design = printing._ready("kelulusan-1", template.digest("kelulusan-1"))
    item = next(i for i in design.template.front if i.text == ["{name}"])
    for name, least in (("Aisyah Rahmadani", 40.0), (LONG_NAME, 15.5)):
        setter = setting.Setter(design)
        setter.put(item, {"name": name})
        assert len(setter.pieces) == 1
        assert float(setter.pieces[0].state[0].split()[1]) >= least


def test_a_long_programme_is_set_in_two_lines_and_not_cut() -> None:
    front = words(printing.render_one(samples.page(programme=LONG_TITLE)))[0]
    assert LONG_TITLE in front


def test_a_letter_that_is_in_no_typeface_is_refused_not_dropped() -> None:
    with samples.refused("certificate-letter-missing"):
        printing.render_one(samples.page(name="Aisyah 愛"))


def test_a_template_that_changed_since_the_issue_is_not_used() -> None:
    with samples.refused("certificate-template-changed"):
        printing.render_one(samples.page(template_hash=bytes(12)))
    with pytest.raises(NotFound):
        printing.render_one(samples.page(template="tidak-ada"))
    with samples.refused("certificate-nothing-to-print"):
        printing.render_class([])


def test_a_template_name_cannot_lead_out_of_the_folder() -> None:
    for name in ("../templates/kelulusan-1", "/etc/passwd", "kelulusan-1.json", ""):
        with pytest.raises(NotFound):
            template.load(name)


@pytest.mark.parametrize("design", template.names())
def test_every_template_that_is_shipped_prints(design: str) -> None:
    front, back = words(printing.render_one(samples.page(design=design)))
    assert "Aisyah Rahmadani" in front
    assert "{" not in front + back


def test_the_file_is_well_formed_and_names_title_and_language() -> None:
    raw = printing.render_class([samples.page(), samples.page(serial=samples.SERIAL + 1)])
    with pikepdf.open(io.BytesIO(raw)) as document:
        assert document.check_pdf_syntax() == []
        assert str(document.Root.Lang) == "id-ID"
        assert "2 sertifikat" in str(document.docinfo.Title)
        with document.open_metadata() as metadata:
            assert "2 sertifikat" in str(metadata["dc:title"])
        for page in document.pages:
            assert [round(float(side)) for side in page.mediabox] == [0, 0, 842, 595]
            for font in page.resources.Font.values():
                descendant = font.DescendantFonts[0]
                assert "+Balai" in str(descendant.BaseFont)
                assert int(descendant.FontDescriptor.FontFile2.Length1) > 0


def test_nothing_in_the_file_comes_from_the_clock() -> None:
    raw = printing.render_one(samples.page())
    for mark in (b"CreationDate", b"ModDate", b"CreateDate", b"ModifyDate"):
        assert mark not in raw


def test_a_printer_that_pulls_crooked_is_corrected_by_a_shift() -> None:
    page = samples.page()
    assert b"1 0 0 1 2.83 -5.67 cm" in _first_content(printing.render_one(page, shift=(1.0, 2.0)))
    assert b" cm\n/F Do" not in _first_content(printing.render_one(page))


def _first_content(raw: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(raw)) as document:
        data: bytes = document.pages[0].Contents.read_bytes()
        return data
