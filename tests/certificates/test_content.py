"""What is kept with an issue: it reads back as it was, and refuses what does not belong together."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.certificates.paper import content
from tests.certificates import samples

_PACKED = content.pack(samples.page())


def test_page_content_reads_back_and_refuses_what_does_not_belong_together() -> None:
    page = samples.page(replaces=100090000398, copy=3)
    assert content.read(content.pack(page)) == page
    for wrong in (
        replace(page, nik_digits="8203129231"),
        replace(page, nik_digits="92x1"),
        replace(page, titles=page.titles[:-1]),
        replace(page, back=samples.back_page(11)),
        replace(page, credential=page.credential[:-1]),
        replace(page, letterhead=()),
    ):
        with samples.refused("certificate-page-invalid"):
            content.pack(wrong)


@given(st.binary(max_size=300), st.integers(0, 1_200))
def test_torn_page_content_is_refused_with_a_code(tail: bytes, kept: int) -> None:
    with samples.refused("certificate-page-invalid"):
        content.read(_PACKED[:kept] + tail)


def test_page_content_holds_no_nik_but_four_digits() -> None:
    assert b"8203" not in content.pack(samples.page())
