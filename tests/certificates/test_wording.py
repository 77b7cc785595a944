"""Whatever the certificates say in codes has its sentence."""

from __future__ import annotations

import json
import re
from pathlib import Path

from app.certificates.verdict import Step
from app.certificates.verify import NOT_SIGNED

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r'"((?:certificate|trust|status|delegation|key|unsigned|signed|qr)-[a-z]+(?:-[a-z]+)*)"')


def sentences() -> dict[str, dict[str, str]]:
    text = (ROOT / "resources" / "wording" / "certificates.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return found


def test_every_code_of_a_certificate_has_a_sentence() -> None:
    written = {
        code
        for path in (ROOT / "app" / "certificates").rglob("*.py")
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }
    made = {f"certificate-revoked-{reason}" for reason in ("error", "superseded", "fraud")}
    assert (written | made | set(NOT_SIGNED)) - sentences().keys() == set()


def test_every_check_has_words_for_passing() -> None:
    assert {f"check-{step}-passed" for step in Step} <= sentences().keys()


def test_no_sentence_promises_more_than_was_checked() -> None:
    forbidden = re.compile(r"\b(valid|sah|KOMPETEN|BSrE|BNSP)\b", re.IGNORECASE)
    for code, both in sentences().items():
        assert not any(forbidden.search(text) for text in both.values()), code
