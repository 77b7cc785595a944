"""A small class to be printed, and a print server of our own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.certificates.paper.content import PageContent
from app.domain.ids import Serial
from tests.certificates import samples
from tests.printing import print_server


@pytest.fixture(scope="session")
def class_pages() -> dict[Serial, PageContent]:
    """Five certificates, one of them with a second sheet."""
    pages = [
        samples.page(13 if i == 1 else 12, serial=samples.SERIAL + i, name=f"Orang {i}") for i in range(5)
    ]
    return {Serial(page.signed.content.serial): page for page in pages}


@pytest.fixture(scope="module")
def server() -> Iterator[print_server.PrintServer]:
    """A real print server with a real driver and no paper."""
    with print_server.started() as running:
        yield running
