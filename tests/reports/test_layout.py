"""Geometry of sheets: nothing is lost between pages, columns and lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.units import mm

from app.reports.layout import blocks, measure_columns, rows_by_page, wrap
from app.reports.sheet import Column, Part

PAGE = 770.0
columns = st.lists(
    st.builds(
        lambda part, least, more: Column("x", least, least + more, part=part),
        st.sampled_from(Part),
        st.floats(5, 60),
        st.floats(0, 40),
    ),
    min_size=1,
    max_size=40,
)


def _width(text: str) -> float:
    return 5.0 * len(text)


@given(columns)
def test_every_column_stands_where_it_belongs(listed: list[Column]) -> None:
    across = blocks(listed, PAGE)
    lead, body, tail = ([n for n, c in enumerate(listed) if c.part is part] for part in Part)
    for place, block in enumerate(across):
        assert list(block[: len(lead)]) == lead
        if place < len(across) - 1:
            assert not set(block) & set(tail)
    assert list(across[-1][len(across[-1]) - len(tail) :]) == tail
    assert [n for block in across for n in block if n in set(body)] == body


@given(columns)
def test_columns_fill_the_page_at_most(listed: list[Column]) -> None:
    found = measure_columns(listed, PAGE)
    assert sum(found) <= PAGE + 0.01
    if sum(c.width for c in listed) * mm <= PAGE:
        assert all(c.width * mm - 0.01 <= w <= c.most * mm + 0.01 for c, w in zip(listed, found, strict=True))


def test_a_sheet_that_fits_stays_on_one_page_across() -> None:
    listed = [Column("name", 40, 80), *[Column(str(n), 9, 12, part=Part.BODY) for n in range(10)]]
    assert len(blocks(listed, PAGE)) == 1


@given(st.text(st.characters(codec="ascii", exclude_categories=["C"]), max_size=90), st.integers(1, 200))
def test_wrapping_loses_no_letter_and_keeps_the_width(text: str, width: int) -> None:
    lines = wrap(text, _width, width)
    assert lines
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(_width(line) <= width or len(line) == 1 for line in lines)


def test_a_text_keeps_its_own_lines() -> None:
    assert wrap("Sen\n9/11", _width, 1000) == ["Sen", "9/11"]


@given(st.lists(st.floats(10, 80), max_size=60), st.floats(0, 200))
def test_rows_go_on_pages_in_order_with_room_for_the_end(heights: list[float], end: float) -> None:
    pages = rows_by_page(heights, 300, 450, end)
    assert [n for page in pages for n in page] == list(range(len(heights)))
    for place, page in enumerate(pages):
        free = 300 if place == 0 else 450
        last = place == len(pages) - 1
        used = sum(heights[n] for n in page) + (end if last else 0)
        assert used <= free + 0.001 or (last and len(page) <= 4)


@given(st.integers(5, 60), st.floats(0, 200))
def test_the_end_never_stands_alone(count: int, end: float) -> None:
    pages = rows_by_page([18.0] * count, 300, 450, end)
    assert len(pages[-1]) >= 4
