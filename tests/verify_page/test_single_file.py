"""The page as one file: opens from disk, brings its lists and its reader, reaches for nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from app.certificates.status import Reason
from sync.hq.verify_single import build_single_file
from tests.certificates import samples
from tests.verify_page import pictures
from tests.verify_page.site import number

Opening = Callable[[bytes | None, str], str]


@pytest.fixture
def saved(tmp_path: Path) -> Opening:
    """Saves the page with a status list and gives its address with a fragment."""

    def save(status: bytes | None, fragment: str) -> str:
        file = tmp_path / "periksa sertifikat.html"
        file.write_bytes(build_single_file(samples.trust_file(), status))
        return f"{file.as_uri()}#{fragment}"

    return save


@pytest.mark.needs("chromium")
def test_it_verifies_from_disk_and_reads_pictures_and_camera(page: Page, saved: Opening) -> None:
    reached: list[str] = []
    page.context.on("request", lambda request: reached.append(request.url))
    page.context.set_offline(True)
    page.goto(saved(samples.status_list(), number(samples.certificate())))
    expect(page.locator("#headline")).to_have_text(
        "Tanda tangan asli. Sekarang cocokkan dengan KTP pemegang."
    )
    expect(page.locator("body")).to_contain_text("Daftar tanggal 23 November 2026, kemarin")
    back = FilePayload(name="b.jpg", mimeType="image/jpeg", buffer=pictures.photograph(pictures.BACK))
    page.set_input_files(".panel input[type=file]", back)
    expect(page.locator("tbody tr")).to_have_count(12)
    page.context.grant_permissions(["camera"])
    page.click(".actions .primary")
    page.click(".primary")
    expect(page.locator("#headline")).to_contain_text("Tanda tangan asli")
    assert all(url.startswith(("file:", "data:", "blob:")) for url in reached), reached
    assert page.evaluate("document.fonts.check('16px \"Balai Sans\"')")


@pytest.mark.needs("chromium")
def test_its_list_revokes_and_without_one_it_is_cautious(page: Page, saved: Opening) -> None:
    revoking = samples.status_list(serials={samples.SERIAL: Reason.ERROR})
    page.goto(saved(revoking, number(samples.certificate())))
    expect(page.locator("article")).to_have_attribute("data-code", "certificate-revoked-error")
    page.goto("about:blank")
    page.goto(saved(None, number(samples.certificate())))
    expect(page.locator("article.amber [data-warning]")).to_have_attribute("data-warning", "status-missing")


@pytest.mark.needs("chromium")
def test_it_verifies_where_the_browser_brings_no_cryptography(page: Page, saved: Opening) -> None:
    """So it is where a messenger opens the file, and in browsers before Ed25519."""
    page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined });")
    page.goto(saved(samples.status_list(), number(samples.certificate())))
    expect(page.locator("article.green")).to_be_visible()


def test_it_names_no_address_that_it_could_load() -> None:
    text = build_single_file(samples.trust_file(), samples.status_list()).decode()
    assert not re.search(r"""(src|href|action)=["'](?!data:)""", text)
    assert not re.search(r"url\((?!data:)", text)
    assert "default-src 'none'" in text and "connect-src 'none'" in text


def test_the_same_lists_give_the_same_file() -> None:
    assert build_single_file(samples.trust_file(), None) == build_single_file(samples.trust_file(), None)
