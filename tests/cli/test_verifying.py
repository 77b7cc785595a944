"""A certificate checked as a stranger does: by its page, a picture or the text, and a trust file alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from app.certificates import qr, reading
from app.queries import trust
from app.storage import workplace
from tests.cli.conftest import ROSTERS, Run

PEOPLE = 38


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate on paper, and the trust file that its issuer is known by."""

    pdf: Path
    trust: Path
    text: str


@pytest.fixture
def paper(laptop: Run, tmp_path: Path) -> Paper:
    """The first certificate of the class."""
    marks, scores, out = tmp_path / "m.csv", tmp_path / "n.csv", tmp_path / "pdf"
    marks.write_text("\n".join(f"{place};H" for place in range(1, PEOPLE + 1)))
    modules = [f"KWU-{n:02}" for n in range(1, 13)]
    lines = [["No", *modules], *([str(place), *["85"] * 12] for place in range(1, PEOPLE + 1))]
    scores.write_text("\n".join(";".join(line) for line in lines))
    for number in range(1, 5):
        assert laptop("mark", marks, "--session", f"KWU-1/{number}").code == 0
    assert laptop("result", scores, "--class", "KWU-1").code == 0
    assert laptop("completion", "--class", "KWU-1", "--decide").code == 0
    issued = laptop("certificate", "issue", "--class", "KWU-1", "--out", out, "--json").document["issued"]
    pdf = Path(issued[0]["file"])
    opened = workplace.open_folder(tmp_path / "laptop")
    with opened.store.read() as session:
        (tmp_path / "trust.cose").write_bytes(trust.trust_file(session))
    opened.close()
    return Paper(pdf, tmp_path / "trust.cose", reading.codes(pdf)[0])


def test_from_page_picture_and_text_with_a_trust_file_in_an_empty_folder(
    run: Run, paper: Paper, tmp_path: Path
) -> None:
    document = pypdfium2.PdfDocument(paper.pdf)
    document[0].render(scale=200 / 72).to_pil().save(tmp_path / "front.png")
    document.close()
    empty = tmp_path / "empty"
    for what in (paper.pdf, tmp_path / "front.png", paper.text):
        said = run("verify", what, "--trust", paper.trust, "--json", folder=empty)
        assert (said.code, said.document["verdict"]) == (0, "genuine"), said.err
    assert not empty.exists()
    told = run("verify", paper.pdf, "--trust", paper.trust, folder=empty)
    assert "Tanda tangan asli" in told.out


def test_one_changed_bit_is_refused_and_the_check_that_failed_is_named(run: Run, paper: Paper) -> None:
    genuine = qr.carried(paper.text)
    named = set()
    for place in range(3, len(genuine.payload) * 8, 97):
        changed = bytearray(genuine.payload)
        changed[place // 8] ^= 1 << place % 8
        try:
            text = qr.text(bytes(changed), genuine.host or "")
            qr.carried(text)
        except Exception:  # noqa: BLE001  # no longer a code of ours at all, which is refused as well
            continue
        said = run("verify", text, "--trust", paper.trust, "--json")
        assert said.code == 1
        if "verdict" in said.document:
            assert said.document["verdict"] == "refused"
            failed = [check for check in said.document["checks"] if check["outcome"] == "failed"]
            assert len(failed) == 1 and failed[0]["code"] == said.document["code"]
            named.add(said.document["failed"])
    assert len(named) >= 2


def test_what_is_no_certificate_is_refused_with_words_for_each(
    run: Run, paper: Paper, tmp_path: Path
) -> None:
    (tmp_path / "surat.docx").write_bytes(b"PK\x03\x04" + bytes(100))
    tail = paper.pdf.read_bytes()
    (tmp_path / "half.pdf").write_bytes(tail[: len(tail) // 3])
    files = [tmp_path / name for name in ("surat.docx", "half.pdf", "none.pdf", "")]
    for what in (*files, ROSTERS / "messy-45.xlsx", "bukan kode", "9" * 9_000, ""):
        said = run("verify", what, "--trust", paper.trust, "--json")
        assert (said.code, said.document["refused"]["code"].startswith("certificate-")) == (1, True), what
        assert said.err.strip().endswith(".")


def test_without_a_trust_file_it_is_said_how_to_get_one(run: Run, paper: Paper, tmp_path: Path) -> None:
    nowhere = tmp_path / "empty"
    said = run("verify", paper.text, "--json", folder=nowhere)
    assert (said.code, said.document["refused"]["code"]) == (1, "trust-missing")
    said = run("verify", paper.text, "--trust", tmp_path / "none.cose", "--json", folder=nowhere)
    assert (said.code, said.document["refused"]["field"]) == (1, "trust")
    said = run("verify", paper.text, "--trust", paper.trust, "--status", tmp_path / "none.cose", "--json")
    assert (said.code, said.document["refused"]["field"]) == (1, "status")
