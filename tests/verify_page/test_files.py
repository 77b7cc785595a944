"""The files of the page: what headquarters answers at /v, and that every code has its words."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from app.certificates.verdict import Step
from app.certificates.verify import NOT_SIGNED
from sync.hq import verify_files
from tests.certificates import make_vectors, samples
from tests.verify_page.site import serving

SOURCE = verify_files.SOURCE


Asking = Callable[..., requests.Response]


@pytest.fixture(scope="module")
def ask() -> Iterator[Asking]:
    """Asks the server for a path, with further headers if given; follows no redirection."""
    with serving() as site, requests.Session() as session:

        def asking(path: str, **headers: str) -> requests.Response:
            return session.get(site.address + path, headers=headers, allow_redirects=False, timeout=20)

        yield asking


def made(name: str) -> dict[str, dict[str, str]]:
    """One of the values in the module that is written for the page."""
    text = verify_files.folder(None)["made.js"].decode()
    found: dict[str, dict[str, str]] = json.loads(re.search(rf"^export const {name} = (.*);$", text, re.M)[1])  # type: ignore[index]  # it is there
    return found


def test_the_address_in_the_qr_is_the_page_itself_and_not_a_detour(ask: Asking) -> None:
    for path in ("/v", "/v/", "/v/index.html"):
        answer = ask(path)
        assert answer.status_code == 200 and "<title>Periksa sertifikat</title>" in answer.text
        assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_every_file_has_its_kind_its_policy_and_a_tag_that_saves_the_next_load(ask: Asking) -> None:
    for name in verify_files.folder(samples.trust_file()):
        answer = ask(f"/v/{name}")
        assert answer.status_code == 200
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "'unsafe-inline'" not in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        again = ask(f"/v/{name}", **{"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304 and again.content == b""
    assert ask("/v/words.json").status_code == 404
    assert ask("/v/..%2f..%2fpyproject.toml").status_code == 404


def test_the_worker_may_answer_for_the_address_without_a_slash(ask: Asking) -> None:
    assert ask("/v/sw.js").headers["service-worker-allowed"] == "/v"


def test_no_script_or_style_stands_in_the_markup() -> None:
    page = verify_files.folder(samples.trust_file())["index.html"].decode()
    scripts = re.findall(r"<script([^>]*)>([^<]*)", page)
    assert all('type="text/plain"' in attributes or not text.strip() for attributes, text in scripts)
    assert "<style" not in page and not re.search(r"\son\w+=|\sstyle=", page)


def test_the_worker_keeps_every_file_the_page_loads_and_its_version_follows_them() -> None:
    files = verify_files.folder(samples.trust_file())
    worker = files["sw.js"].decode()
    unkept = {name for name in files if f'"/v/{name}"' not in worker}
    assert {Path(name).suffix for name in unkept} <= {".txt", ".js"} and "sw.js" in unkept
    assert {name for name in unkept if name.endswith(".js")} == {"sw.js"}
    other = verify_files.folder(samples.trust_file(counter=2))["sw.js"].decode()
    assert re.search("VERSION = '(.*)'", worker) and worker != other


def test_the_written_folder_is_what_is_served(tmp_path: Path, ask: Asking) -> None:
    verify_files.write_folder(tmp_path, samples.trust_file(), samples.status_list())
    for path in (file for file in (tmp_path / "v").rglob("*") if file.is_file()):
        assert ask(f"/v/{path.relative_to(tmp_path / 'v').as_posix()}").content == path.read_bytes()
    assert (tmp_path / "trust.cose").read_bytes() == samples.trust_file()
    assert (tmp_path / "status.cose").read_bytes() == samples.status_list()


def test_every_verdict_has_a_headline_and_a_sentence_in_both_languages() -> None:
    words = made("WORDS")
    listed = json.loads((make_vectors.FOLDER / "certificates.json").read_text(encoding="utf-8"))
    codes = {vector["code"] for vector in listed} - {None} | {"certificate-foreign", "certificate-too-long"}
    steps = [step for step in Step if step is not Step.REGISTER]
    wanted = {f"head-{code}" for code in codes} | codes | set(NOT_SIGNED)
    wanted |= {f"{outcome}-{step}" for outcome in ("passed", "failed") for step in steps}
    assert wanted - words.keys() == set()


def test_every_word_the_modules_ask_for_is_there_in_both_languages() -> None:
    words = made("WORDS")
    texts = [path.read_text(encoding="utf-8") for path in sorted((SOURCE / "page").glob("*.js"))]
    asked = {code for text in texts for code in re.findall(r"say\('([\w-]+)'", text)}
    asked |= {code for text in texts for code in re.findall(r"(?:code: |Refused\()'([\w-]+)'", text)}
    assert asked - words.keys() == set()
    own = json.loads((SOURCE / "words.json").read_text(encoding="utf-8"))
    everything = "".join(texts)
    composed = re.compile(r"(head|passed|failed|skipped|module|result|certificate|status|trust|signed)-")
    unused = {code for code in own if f"'{code}'" not in everything and not composed.match(code)}
    assert unused == set()
    for code, by_language in words.items():
        assert set(by_language) == {"id", "en"} and all(by_language.values()), code
        placeholders = [set(re.findall(r"\{(\w+)\}", text)) for text in by_language.values()]
        assert placeholders[0] == placeholders[1], code


def test_the_icons_named_are_the_ones_that_are_sent() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in sorted((SOURCE / "page").glob("*.js")))
    named = set(re.findall(r"icon\('([\w-]+)'", texts)) | set(re.findall(r"line\('\w+', '([\w-]+)'", texts))
    assert named <= made("ICONS").keys()


def test_the_first_visit_is_small_on_a_poor_link() -> None:
    """What must arrive before the first verdict, packed; the QR reader comes later."""
    files = verify_files.folder(samples.trust_file())
    late = ("vendor/zxing/", "page/reader.js", "icons/icon-", "vendor/LICENSE", "fonts/OFL", "sw.js")
    first = {name: content for name, content in files.items() if not name.startswith(late)}
    packed = sum(len(gzip.compress(content, 9, mtime=0)) for content in first.values())
    assert packed < 140_000
