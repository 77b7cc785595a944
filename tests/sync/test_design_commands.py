"""`balai-hq template`: tried, published, put to use, and with the laptop after its next sync."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.certificates.paper import template
from app.queries import programmes, templates
from app.storage.store import wall_clock
from sync.hq import command
from sync.hq import headquarters as offices
from sync.hq.exchange import LocalExchange
from tests.sync.conftest import CENTRE, PROGRAMME, enrolled

Said = pytest.CaptureFixture[str]


def said(capsys: Said, folder: Path, *words: str, code: int = 0) -> dict[str, object]:
    """What a command of headquarters says to a script."""
    capsys.readouterr()
    assert command.run(["--data-dir", str(folder), "--json", *words]) == code
    document = json.loads(capsys.readouterr().out)
    assert isinstance(document, dict)
    return document


def test_a_look_goes_from_a_file_to_the_laptop(tmp_path: Path, capsys: Said) -> None:
    hq, look = tmp_path / "hq", tmp_path / "kelulusan-2027.json"
    document = json.loads((template.FOLDER / "kelulusan-1.json").read_text(encoding="utf-8"))
    look.write_text(json.dumps(document | {"title": "Lain {name}"}), encoding="utf-8")
    (tmp_path / "programme.json").write_bytes(PROGRAMME)
    said(capsys, hq, "init")
    said(capsys, hq, "centre", "add", str(CENTRE), "Balai Ternate")
    said(capsys, hq, "programme", "publish", str(tmp_path / "programme.json"))
    sample = tmp_path / "contoh.pdf"
    assert said(capsys, hq, "template", "try", str(look), "--out", str(sample))["template"] == look.stem
    assert sample.read_bytes().startswith(b"%PDF")
    assert look.stem not in str(said(capsys, hq, "template", "list"))
    code = json.loads(PROGRAMME)["code"]
    done = said(capsys, hq, "template", "publish", str(look), "--programme", code)
    assert (done["new"], done["programmes"]) == (True, [code])
    assert said(capsys, hq, "template", "publish", str(look))["new"] is False
    assert {"template": look.stem, "origin": "hq"} in said(capsys, hq, "template", "list")["templates"]  # type: ignore[operator]  # a list
    said(capsys, hq, "template", "use", "no-such", "--programme", code, code=1)
    office = offices.open_folder(hq)
    laptop = enrolled(tmp_path / "laptop", office, LocalExchange(office), wall_clock, "laptop")  # type: ignore[arg-type]  # a clock like the tests' own
    assert laptop.sync().chunks_missing == 0
    with laptop.place.store.read() as session:
        version = programmes.newest(session, code)
        assert programmes.template(session, code, version) == look.stem
        digest = templates.current(session, look.stem)
    assert template.load(look.stem, digest).title == "Lain {name}"
    laptop.place.store.close()
    office.close()
