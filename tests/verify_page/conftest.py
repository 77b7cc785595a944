"""One Chromium and one server for each file of tests; every test has a page of its own, with nothing kept."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.certificates import samples
from tests.verify_page.site import Site, chromium, serving

NOON = datetime.datetime.combine(samples.TODAY, datetime.time(12))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def server() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def site(server: Site) -> Site:
    """The server with the sample lists, whatever the test before did to them."""
    server.pinned, server.trust, server.status = Site().pinned, Site().trust, Site().status
    return server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on the day of the samples, in which nothing may go wrong unseen."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, timezone_id="Asia/Jayapura")
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.clock.set_fixed_time(NOON)
    opened.set_default_timeout(15_000)
    yield opened
    context.close()
    assert faults == []
