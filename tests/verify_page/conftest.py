"""One Chromium with a pretended camera and one server for each file; every test has a page of its own."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.certificates import samples
from tests.verify_page import pictures
from tests.verify_page.site import Site, chromium, serving

NOON = datetime.datetime.combine(samples.TODAY, datetime.time(12))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    film = tmp_path_factory.mktemp("camera") / "film.mjpeg"
    pictures.film(film)
    camera = ("--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}")
    with chromium(*camera) as opened:
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
