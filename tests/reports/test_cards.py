"""Cards on paper: everybody has one, a reader reads it, and it tells nobody's NIK."""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp

from app.domain.cards import card_holder
from app.reports import output
from app.reports.cards import ACROSS, DOWN
from tests.reports import sample
from tests.reports.sample import LONG_NAME, NIK

EACH = ACROSS * DOWN


@pytest.mark.parametrize(("people", "pages"), [(0, 1), (1, 1), (EACH, 1), (EACH + 1, 2)])
def test_ten_cards_stand_on_a_sheet_each_once(people: int, pages: int) -> None:
    data = sample.cards(people)
    with pypdfium2.PdfDocument(output.pdf("cards", data)) as document:
        said = "".join(page.get_textpage().get_text_bounded() for page in document)
        assert len(document) == pages
    assert [said.count(line.code) for line in data.lines] == [1] * people
    assert NIK[-4:] not in said


def test_both_codes_of_every_card_are_read_from_the_page_at_300_dpi() -> None:
    data = sample.cards(EACH)
    with pypdfium2.PdfDocument(output.pdf("cards", data)) as document:
        page = document[0].render(scale=300 / 72, grayscale=True).to_pil()
    found = zxingcpp.read_barcodes(page)
    by_kind = {
        kind: {code.text for code in found if code.format == kind}
        for kind in (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128)
    }
    wanted = {line.code for line in data.lines}
    assert all(texts == wanted for texts in by_kind.values()), {k: len(v) for k, v in by_kind.items()}
    assert len({card_holder(text) for text in wanted}) == EACH


def test_the_longest_name_is_whole_and_stays_clear_of_the_code() -> None:
    data = sample.cards(3)
    assert data.lines[2].name == LONG_NAME
    with pypdfium2.PdfDocument(output.pdf("cards", data)) as document:
        said = " ".join(document[0].get_textpage().get_text_bounded().split())
    assert LONG_NAME in said
