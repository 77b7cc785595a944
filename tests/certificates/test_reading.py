"""From a file to a verdict: what is read off rendered pages and photographs, and what hostile files meet."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.certificates import checking, qr, reading
from app.certificates.paper import printing
from app.certificates.verdict import Outcome, Step, Verdict
from app.errors import Refused
from tests.certificates import samples

TRUST = samples.trust_file()
FRONT = (31.0, 151.0, 32.0)


def judged(path: Path) -> Verdict:
    return checking.verify_file(path, TRUST, samples.status_list(), samples.TODAY)


def kept(folder: Path, data: bytes, name: str = "berkas.pdf") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def rendered(pdf: bytes, page: int, dpi: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = document[page].render(scale=dpi / 72, grayscale=True).to_pil().copy()
    document.close()
    return picture


def picture_of(content: str, scale: int = 4) -> Image.Image:
    made = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode).to_image(scale=scale)
    size = (made.shape[1], made.shape[0])
    return Image.frombytes("L", size, bytes(memoryview(made)))  # type: ignore[arg-type]  # it is a buffer


def png(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def test_a_printed_certificate_is_verified_from_its_rendered_pages(tmp_path: Path) -> None:
    verdict = judged(kept(tmp_path, printing.render_one(samples.page())))
    assert verdict.genuine
    assert {check.step: check.outcome for check in verdict.checks}[Step.BACK] is Outcome.PASSED
    assert verdict.modules is not None
    assert len(verdict.modules) == 12
    assert verdict.host == samples.HOST


@pytest.mark.parametrize("lines", [1, 12, 13, 30, 60])
def test_the_back_page_is_read_however_many_modules_it_has(tmp_path: Path, lines: int) -> None:
    verdict = judged(kept(tmp_path, printing.render_one(samples.page(lines))))
    assert verdict.genuine
    assert verdict.modules is not None
    assert len(verdict.modules) == lines


def test_a_class_in_one_file_gets_a_verdict_each(tmp_path: Path) -> None:
    pages = [samples.page(serial=samples.SERIAL + i, name=f"Orang {i}") for i in range(4)]
    path = kept(tmp_path, printing.render_class(pages))
    with samples.refused("certificate-several"):
        judged(path)
    verdicts = checking.verify_all(path, checking.verifier(TRUST), samples.TODAY)
    assert [verdict.genuine for verdict in verdicts] == [True] * 4
    assert all(verdict.modules is not None for verdict in verdicts)


def test_a_swapped_back_page_is_refused_and_not_taken_for_a_missing_one(tmp_path: Path) -> None:
    mine = printing.render_one(samples.page())
    other = printing.render_one(samples.page(11, serial=samples.SERIAL + 1, name="Orang Lain"))
    with pikepdf.open(io.BytesIO(mine)) as one, pikepdf.open(io.BytesIO(other)) as two:
        one.pages[1] = two.pages[1]
        one.save(tmp_path / "tukar.pdf")
    verdict = judged(tmp_path / "tukar.pdf")
    assert verdict.code == "certificate-back-mismatch"


def test_what_the_paper_says_is_not_believed(tmp_path: Path) -> None:
    forged = printing.render_one(samples.page(name="Aisyah Rahmadani"))
    with pikepdf.open(io.BytesIO(forged)) as document:
        document.docinfo["/Title"] = "Sertifikat, Orang Lain"
        document.save(tmp_path / "ubah.pdf")
    verdict = judged(tmp_path / "ubah.pdf")
    assert verdict.certified is not None
    assert verdict.certified.name == "Aisyah Rahmadani"


def test_a_front_alone_is_verified_and_a_back_alone_is_not(tmp_path: Path) -> None:
    pdf = printing.render_one(samples.page())
    front = judged(kept(tmp_path, png(rendered(pdf, 0, 150)), "depan.png"))
    assert front.genuine
    taken = png(rendered(pdf, 0, 150), "JPEG")
    assert checking.verify_picture(taken, TRUST, None, samples.TODAY).genuine
    with samples.refused("certificate-only-back"):
        judged(kept(tmp_path, png(rendered(pdf, 1, 300)), "belakang.png"))
    with samples.refused("certificate-only-back"):
        text = qr.text(samples.back_page(), samples.HOST)
        checking.verify_text(text, TRUST, None, samples.TODAY)


def test_a_scanned_text_is_verified_with_and_without_its_back() -> None:
    text = qr.text(samples.certificate(), samples.HOST)
    back = qr.text(samples.back_page(), samples.HOST)
    alone = checking.verify_text(text, TRUST, None, samples.TODAY)
    assert alone.genuine and alone.modules is None
    both = checking.verify_text(text, TRUST, None, samples.TODAY, back)
    assert both.genuine and both.modules is not None
    swapped = qr.text(samples.back_page(11), samples.HOST)
    assert not checking.verify_text(text, TRUST, None, samples.TODAY, swapped).genuine


def blurred(picture: Image.Image, dpi: int) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(0.8 * dpi / 150))


def squeezed(picture: Image.Image, dpi: int) -> Image.Image:
    return Image.open(io.BytesIO(png(picture, "JPEG", quality=20))).convert("L")


def turned(picture: Image.Image, dpi: int) -> Image.Image:
    return picture.rotate(7, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)


def photocopied(picture: Image.Image, dpi: int) -> Image.Image:
    """Softer, grainier and harder in contrast, as one pass through an office copier leaves it."""
    grain = Image.effect_noise(picture.size, 24)
    soft = ImageChops.add(picture.filter(ImageFilter.GaussianBlur(0.5)), grain, 1, -128)
    return soft.point([max(0, min(255, int((level - 128) * 1.6 + 140))) for level in range(256)])


def stained(picture: Image.Image, dpi: int) -> Image.Image:
    """A round coffee stain over 8 % of the symbol's area, off its three corners."""
    left, top, side = (mm * dpi / 25.4 for mm in FRONT)
    radius = (0.08 / 3.14159) ** 0.5 * side
    x, y = left + 0.55 * side, top + 0.52 * side
    made = picture.copy()
    ImageDraw.Draw(made).ellipse([x - radius, y - radius, x + radius, y + radius], fill=70)
    return made


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("harm", [blurred, squeezed, turned, photocopied, stained])
def test_the_front_is_read_after_what_papers_go_through(tmp_path: Path, harm: object, dpi: int) -> None:
    people = ((samples.SERIAL, "Aisyah Rahmadani"), (samples.SERIAL + 7, "Siti Nurhaliza Binti Usman"))
    for serial, name in people[: 300 // dpi]:
        pdf = printing.render_one(samples.page(serial=serial, name=name))
        hurt = harm(rendered(pdf, 0, dpi), dpi)  # type: ignore[operator]  # one of the functions above
        verdict = judged(kept(tmp_path, png(hurt), "foto.png"))
        assert verdict.certified is not None
        assert verdict.certified.name == name


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("harm", [blurred, squeezed, turned, photocopied])
def test_the_smaller_back_is_read_after_the_same(tmp_path: Path, harm: object, dpi: int) -> None:
    pdf = printing.render_one(samples.page())
    hurt = harm(rendered(pdf, 1, dpi), dpi)  # type: ignore[operator]  # one of the functions above
    assert reading.codes(kept(tmp_path, png(hurt), "foto.png")) == [
        qr.text(samples.back_page(), samples.HOST)
    ]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP"])
def test_pictures_of_every_usual_kind_are_read(tmp_path: Path, kind: str) -> None:
    pdf = printing.render_one(samples.page())
    assert judged(kept(tmp_path, png(rendered(pdf, 0, 200), kind), f"foto.{kind.lower()}")).genuine


def test_a_picture_with_transparency_or_turned_on_its_head_is_read(tmp_path: Path) -> None:
    picture = rendered(printing.render_one(samples.page()), 0, 150)
    clear = picture.convert("RGBA")
    clear.putalpha(picture.point([255 - level for level in range(256)]))
    assert judged(kept(tmp_path, png(clear), "tembus.png")).genuine
    for angle in (90, 180, 270):
        assert judged(kept(tmp_path, png(picture.rotate(angle, expand=True)), "putar.png")).genuine


def test_a_foreign_code_beside_ours_does_not_disturb(tmp_path: Path) -> None:
    ours = picture_of(qr.text(samples.certificate(), samples.HOST), 3)
    sticker = picture_of("00020101021126570011ID.DANA.WWW")
    sheet = Image.new("L", (ours.width + sticker.width + 60, ours.height + 40), 255)
    sheet.paste(sticker, (10, 10))
    sheet.paste(ours, (sticker.width + 40, 20))
    assert judged(kept(tmp_path, png(sheet), "stiker.png")).genuine


def test_files_that_hold_no_certificate_are_refused_with_their_code(tmp_path: Path) -> None:
    blank = pikepdf.new()
    blank.add_blank_page(page_size=(842, 595))
    blank.save(tmp_path / "kosong.pdf")
    locked = pikepdf.open(io.BytesIO(printing.render_one(samples.page())))
    locked.save(tmp_path / "kunci.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    cases = {
        "certificate-no-qr": tmp_path / "kosong.pdf",
        "certificate-pdf-locked": tmp_path / "kunci.pdf",
        "certificate-file-missing": tmp_path / "tidak-ada.pdf",
        "certificate-file-empty": kept(tmp_path, b"", "hampa.pdf"),
        "certificate-pdf-damaged": kept(tmp_path, b"%PDF-1.7\nrusak", "rusak.pdf"),
        "certificate-picture-damaged": kept(tmp_path, b"bukan gambar", "rusak.png"),
        "certificate-foreign-qr": kept(tmp_path, png(picture_of("https://contoh.example/")), "lain.png"),
    }
    for code, path in cases.items():
        with samples.refused(code):
            judged(path)
    with samples.refused("certificate-file-missing"):
        judged(tmp_path)


def test_a_page_as_large_as_a_house_is_rendered_small(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(printing.render_one(samples.page()))) as document:
        document.pages[0].mediabox = pikepdf.Array([0, 0, 14_400, 14_400])
        document.pages[1].mediabox = pikepdf.Array([0, 0, 0, 0])
        document.save(tmp_path / "besar.pdf")
    with pytest.raises(Refused):
        judged(tmp_path / "besar.pdf")


def test_a_picture_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = png(Image.new("1", (8_000, 8_000), 1))
    assert len(bomb) < 300_000
    with samples.refused("certificate-picture-too-big"):
        judged(kept(tmp_path, bomb, "bom.png"))


def test_too_big_a_file_and_too_many_pages_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = kept(tmp_path, printing.render_one(samples.page()))
    monkeypatch.setattr(reading, "PAGES_MAX", 1)
    with samples.refused("certificate-pdf-too-long"):
        judged(path)
    monkeypatch.setattr(reading, "FILE_MAX", 1_000)
    with samples.refused("certificate-file-too-big"):
        judged(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.integers(0, 2**32))
def test_a_torn_or_scrambled_pdf_or_picture_is_judged_or_refused(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(chance.choice(_FILES))
    for _ in range(chance.randrange(1, 40)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    del data[chance.randrange(len(data) // 2, len(data) + 1) :]
    path = kept(tmp_path, bytes(data), "acak")
    try:
        verdict = judged(path)
    except Refused as refusal:
        assert refusal.code.startswith("certificate-")
    else:
        assert verdict.certified is None or verdict.certified.name == "Aisyah Rahmadani"


_PDF = printing.render_one(samples.page())
_FRONT = rendered(_PDF, 0, 100)
_FILES = [
    _PDF,
    png(_FRONT),
    png(_FRONT, "JPEG"),
    png(_FRONT, "TIFF"),
    png(_FRONT, "WEBP"),
    png(_FRONT, "GIF"),
]
