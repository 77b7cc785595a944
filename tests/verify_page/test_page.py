"""The page in Chromium: online and in flight mode, with lists old and new, by every door, in both tongues."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import cbor2
import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from app.certificates import keys, trust
from app.certificates.spelling import encode
from app.certificates.status import Reason
from tests.certificates import samples
from tests.verify_page import pictures
from tests.verify_page.conftest import NOON
from tests.verify_page.site import Site, number, serving

pytestmark = pytest.mark.needs("chromium")

GENUINE = "certificate-genuine-match-ktp"
PICTURE = ".ways input[type=file]"
BACK_PICTURE = ".panel input[type=file]"


def verdict(page: Page) -> str:
    """The code of the verdict on the screen."""
    shown = page.locator("article[data-code]")
    shown.wait_for()
    return shown.get_attribute("data-code") or ""


def notice(page: Page) -> str:
    """The code of what the page says was wrong with what it got."""
    shown = page.locator(".notice[data-code]")
    shown.wait_for()
    return shown.get_attribute("data-code") or ""


def warnings(page: Page) -> list[str]:
    """The codes of the warnings above the fields."""
    return [one.get_attribute("data-warning") or "" for one in page.locator("[data-warning]").all()]


def upload(page: Page, door: str, content: bytes, name: str = "foto.jpg", kind: str = "image/jpeg") -> None:
    page.set_input_files(door, FilePayload(name=name, mimeType=kind, buffer=content))


def tampered() -> bytes:
    """The certificate with one letter of the name changed."""
    protected, unprotected, payload, signature = cbor2.loads(samples.certificate())
    return encode([protected, unprotected, payload.replace(b"Aisyah", b"Aisyan"), signature])


def test_the_qr_opens_a_page_that_shows_every_signed_field_and_asks_for_the_ktp(
    page: Page, site: Site
) -> None:
    page.goto(site.opening(samples.certificate(number="12/KWU/2026")))
    assert verdict(page) == GENUINE
    expect(page.locator("#headline")).to_have_text(
        "Tanda tangan asli. Sekarang cocokkan dengan KTP pemegang."
    )
    fields = {
        one.get_attribute("data-field"): one.locator("dd").inner_text()
        for one in page.locator(".field").all()
    }
    assert fields == {
        "name": "Aisyah Rahmadani",
        "birth-date": "17 Maret 1989",
        "result": "LULUS",
        "programme": "Kewirausahaan bagi Usaha Mikro dan Kecil",
        "jp": "40 JP",
        "training": "9 sampai 16 November 2026",
        "serial": "10009 0000412 93",
        "dated": "18 November 2026",
        "signed": "18 November 2026",
        "number": "12/KWU/2026",
    }
    sizes = page.locator(".field dd").evaluate_all(
        "(all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert sizes[0] == 40 and min(sizes) >= 24
    assert page.locator(".lines .line-title").first.inner_text() == "Kode terbaca utuh"
    expect(page.locator("body")).to_contain_text("Diterbitkan BPVP Ternate")
    expect(page.locator("body")).to_contain_text("Daftar tanggal 23 November 2026, kemarin")
    expect(page.locator("body")).to_contain_text("Nama dan NIP kepala balai dan instruktur")


def test_what_is_in_the_qr_leaves_neither_the_browser_nor_a_trace_in_the_address(
    page: Page, site: Site
) -> None:
    reached: list[str] = []
    page.context.on("request", lambda request: reached.append(request.url))
    site.asked.clear()
    page.goto(site.opening(samples.certificate()))
    verdict(page)
    digits = number(samples.certificate())
    assert len(reached) > 20 and all(url.startswith(site.address) for url in reached)
    assert len(site.asked) > 20 and not any(digits in one or "referer" in one for one in site.asked)
    assert page.url == site.page and digits not in page.content()
    kept = page.evaluate("JSON.stringify([history.state, {...localStorage}, {...sessionStorage}])")
    assert "Aisyah" not in kept and digits not in kept


def test_a_changed_letter_shows_no_name_and_says_what_to_do(page: Page, site: Site) -> None:
    page.goto(site.opening(tampered()))
    assert verdict(page) == "certificate-signature-wrong"
    assert page.locator(".field").count() == 0 and "Aisyan" not in page.content()
    expect(page.locator("#headline")).to_have_text("Jangan diterima: tanda tangan tidak cocok")
    assert page.locator(".line.red .line-title").all_inner_texts() == ["Tanda tangan tidak cocok"]
    assert page.locator(".remedies li").count() >= 2


def test_an_unknown_authority_is_refused_before_anything_else(page: Page, site: Site) -> None:
    site.pinned = site.trust = samples.trust_file(authorities=())
    page.goto(site.opening(samples.certificate()))
    assert verdict(page) == "certificate-authority-unknown"
    assert page.locator(".line.red .line-title").all_inner_texts() == ["Penerbit tidak diakui"]


def test_a_revocation_is_fetched_and_stays_though_the_host_offers_an_older_list_again(
    page: Page, site: Site
) -> None:
    page.goto(site.opening(samples.certificate()))
    assert verdict(page) == GENUINE
    site.status = samples.status_list(number=2, serials={samples.SERIAL: Reason.FRAUD})
    page.reload()
    page.goto(site.opening(samples.certificate()))
    assert verdict(page) == "certificate-revoked-fraud"
    site.status = samples.status_list()
    page.reload()
    page.goto(site.opening(samples.certificate()))
    assert verdict(page) == "certificate-revoked-fraud"
    expect(page.locator("body")).to_contain_text("Berkas baru dari alamat ini ditolak")


def test_a_trust_file_of_a_stranger_is_not_taken_and_a_newer_one_of_a_root_is(page: Page, site: Site) -> None:
    page.goto(site.page)
    expect(page.locator("body")).to_contain_text("Berkas kepercayaan nomor 1")
    stranger = trust.build(
        samples.STRANGER, replace(samples.TRUST, counter=9, roots=(keys.public(samples.STRANGER),))
    )
    site.trust = stranger
    page.reload()
    expect(page.locator("body")).to_contain_text("ditandatangani kunci yang tidak dikenal")
    expect(page.locator("body")).to_contain_text("Berkas kepercayaan nomor 1")
    site.trust = samples.trust_file(counter=2, roots=(keys.public(samples.ROOT),))
    page.reload()
    expect(page.locator("body")).to_contain_text("Berkas kepercayaan nomor 2")
    # The page itself still brings number 1; what is held is not taken back.
    site.trust = None
    page.reload()
    expect(page.locator("body")).to_contain_text("Berkas kepercayaan nomor 2")


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"dated": samples.day("2026-09-01"), "next_update": samples.day("2026-10-01")}, "status-stale"),
        (None, "status-missing"),
        ({"dated": samples.day("2026-11-25")}, "status-ahead"),
    ],
)
def test_a_list_that_is_old_or_missing_makes_the_verdict_cautious(
    page: Page, site: Site, changes: dict[str, int] | None, warning: str
) -> None:
    site.status = None if changes is None else samples.status_list(**changes)
    page.goto(site.opening(samples.certificate()))
    assert verdict(page) == GENUINE and warnings(page) == [warning]
    assert page.locator("article.amber").count() == 1 and page.locator("article.green").count() == 0
    expect(page.locator("#headline")).to_contain_text("dengan catatan")


def test_without_any_trust_file_the_page_says_so_and_judges_nothing(page: Page, site: Site) -> None:
    site.pinned = site.trust = None
    page.goto(site.opening(samples.certificate()))
    assert notice(page) == "trust-missing" and page.locator("article[data-code]").count() == 0


def test_photographs_of_front_and_back_bring_the_modules(page: Page, site: Site) -> None:
    page.goto(site.page)
    upload(page, PICTURE, pictures.photograph(pictures.FRONT))
    assert verdict(page) == GENUINE
    upload(page, BACK_PICTURE, pictures.photograph(pictures.BACK))
    page.locator("table").wait_for()
    rows = page.locator("tbody tr").all_inner_texts()
    assert len(rows) == 12 and rows[0].split("\t") == ["KWU-01", "3", "88", "Lulus"]
    expect(page.locator("body")).to_contain_text("Halaman belakang cocok")


def test_the_back_page_may_come_first_and_a_strange_one_is_refused(page: Page, site: Site) -> None:
    page.goto(site.opening(samples.back_page()))
    assert notice(page) == "only-back"
    page.fill("#text", number(samples.certificate()))
    page.click("form button")
    assert verdict(page) == GENUINE and page.locator("tbody tr").count() == 12
    page.click(".actions .primary")
    page.fill("#text", number(samples.back_page(11)))
    page.press("#text", "Enter")
    assert notice(page) == "only-back"
    page.fill("#text", number(samples.certificate()))
    page.press("#text", "Enter")
    assert verdict(page) == "certificate-back-mismatch" and page.locator("tbody tr").count() == 0


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (pictures.pdf, "application/pdf", "picture-pdf"),
        (lambda: b"no picture", "image/png", "certificate-picture-damaged"),
        (
            lambda: pictures.jpeg(pictures.page(0).crop((0, 0, 400, 300)), 60),
            "image/jpeg",
            "certificate-no-qr",
        ),
    ],
)
def test_a_file_that_brings_no_qr_is_answered_in_words(
    page: Page, site: Site, content: object, kind: str, code: str
) -> None:
    assert callable(content)
    page.goto(site.page)
    upload(page, PICTURE, content(), "berkas", kind)
    assert notice(page) == code
    assert len(page.locator(".notice p").inner_text()) > 30


def test_an_earlier_verdict_does_not_stand_beside_something_that_was_refused(page: Page, site: Site) -> None:
    page.goto(site.opening(samples.certificate()))
    assert verdict(page) == GENUINE
    page.goto(f"{site.page}#123")
    assert notice(page) == "certificate-foreign"
    assert page.locator("article[data-code]").count() == 0 and "Aisyah" not in page.content()


def test_english_is_complete_and_stays_chosen(page: Page, site: Site) -> None:
    page.goto(site.opening(samples.certificate()))
    verdict(page)
    page.click("[data-language=en]")
    expect(page.locator("#headline")).to_have_text(
        "The signature is genuine. Now match it with the holder's KTP."
    )
    expect(page.locator("html")).to_have_attribute("lang", "en")
    text = page.inner_text("body")
    assert "9 to 16 November 2026" in text and "List of 23 November 2026, yesterday" in text
    assert not re.search(r"\b(Nama|Tanggal|Periksa|yang|tidak|kemarin|Nomor)\b", text)
    page.reload()
    expect(page.locator("h1")).to_have_text("Check a certificate")


def test_it_can_be_used_by_keyboard_and_scanner_and_is_read_out(page: Page, site: Site) -> None:
    page.goto(site.page)
    page.locator("h1").wait_for()
    digits = number(samples.certificate())
    page.keyboard.type(digits[:20])
    page.keyboard.insert_text(digits[20:])
    page.keyboard.press("Enter")
    assert verdict(page) == GENUINE
    assert page.evaluate("document.activeElement.id") == "headline"
    expect(page.locator("#live")).to_contain_text("cocokkan dengan KTP pemegang")
    page.keyboard.press("Enter")
    page.locator("#text").wait_for()
    names = page.locator("button, input, textarea").evaluate_all(
        "(all) => all.map((one) => one.ariaLabel || one.innerText || one.labels?.[0]?.innerText || '')"
    )
    assert all(name.strip() for name in names) and len(names) == 6
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_camera_reads_the_qr(page: Page, site: Site) -> None:
    page.context.grant_permissions(["camera"])
    page.goto(site.page)
    page.click(".primary")
    assert verdict(page) == GENUINE
    assert page.locator("video").count() == 0


def test_a_camera_that_is_not_allowed_leaves_the_other_doors_open(page: Page, site: Site) -> None:
    page.goto(site.page)
    page.click(".primary")
    assert notice(page) == "camera-refused"
    assert page.locator(PICTURE).count() == 1


@contextmanager
def _visited(browser: Browser) -> Iterator[tuple[BrowserContext, Site]]:
    """A browser that was at the page once; afterwards there is no server and no network."""
    context = browser.new_context()
    with serving() as site:
        page = context.new_page()
        page.clock.set_fixed_time(NOON)
        page.goto(site.page)
        expect(page.locator("body")).to_contain_text("Siap dipakai tanpa jaringan")
        expect(page.locator("body")).to_contain_text("Daftar pembatalan nomor 1.1")
        page.wait_for_function("caches.match('/trust.cose').then(Boolean)")
        page.close()
    context.set_offline(True)
    try:
        yield context, site
    finally:
        context.close()


def test_after_one_visit_it_works_in_flight_mode_with_lists_and_reader(browser: Browser) -> None:
    with _visited(browser) as (context, site):
        page = context.new_page()
        page.clock.set_fixed_time(NOON)
        page.goto(site.opening(samples.certificate()))
        assert verdict(page) == GENUINE and warnings(page) == []
        expect(page.locator("body")).to_contain_text("Daftar tanggal 23 November 2026, kemarin")
        upload(page, BACK_PICTURE, pictures.photograph(pictures.BACK))
        page.locator("table").wait_for()
        page.goto(f"{site.page}/#{number(tampered())}")
        assert verdict(page) == "certificate-signature-wrong"


def test_it_can_be_installed(page: Page, site: Site) -> None:
    page.goto(site.page)
    session = page.context.new_cdp_session(page)
    answer = session.send("Page.getAppManifest")
    assert answer["errors"] == []
    manifest = json.loads(answer["data"])
    assert manifest["start_url"] == manifest["scope"] == "/v"
    for icon in manifest["icons"]:
        assert page.request.get(f"{site.address}{icon['src']}").ok
