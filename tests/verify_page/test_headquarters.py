"""Headquarters' own server gives the page its lists: a certificate is genuine there until it is revoked."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.certificates import delegation, keys
from app.certificates.status import Reason
from sync.hq import authority, revocation
from sync.hq import headquarters as offices
from sync.hq import keys as office_keys
from sync.hq.api import application
from sync.hq.config import Config
from sync.hq.headquarters import Headquarters
from tests.certificates import samples
from tests.verify_page.conftest import NOON
from tests.verify_page.site import listening, number

_MS = 1000


@pytest.fixture
def headquarters(tmp_path: Path) -> Iterator[Headquarters]:
    """A headquarters on the day of the samples, with a trust file and a status list."""
    folder, now = tmp_path / "hq", int(NOON.replace(tzinfo=datetime.UTC).timestamp()) * _MS
    config = Config(database="sqlite:///headquarters.sqlite", host="hq.example", verify_host=samples.HOST)
    made = offices.create(folder, config, lambda: now)
    with made.write() as session:
        authority.sign_trust(made, session, office_keys.root(folder))
    with made.write() as session:
        authority.sign_status(made, session)
    yield made
    made.close()


@pytest.mark.needs("chromium")
def test_a_certificate_is_genuine_at_headquarters_page_until_it_is_revoked(
    page: Page, headquarters: Headquarters
) -> None:
    today = samples.day(samples.TODAY.isoformat())
    # Sequences 301 to 600 of the samples' centre and device, for a year from today.
    block = (samples.CENTRE, 2, today, today + 365, 301, 300)
    delegated = delegation.issue(headquarters.keys.authority, keys.public(samples.DEVICE), *block)
    issued = samples.certificate(delegation_bytes=delegated, signed=samples.TODAY.isoformat())
    with listening(application(headquarters)) as address:
        page.goto(f"{address}/v#{number(issued)}")
        expect(page.locator("article.green")).to_be_visible()
        with headquarters.write() as session:
            revocation.revoke_certificate(headquarters, session, samples.SERIAL, Reason.FRAUD)
        page.goto("about:blank")
        page.goto(f"{address}/v#{number(issued)}")
        expect(page.locator("article")).to_have_attribute("data-code", "certificate-revoked-fraud")
