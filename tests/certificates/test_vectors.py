"""The golden vectors of the certificate format: what is out in the field keeps its meaning for ever."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import cbor2
import pytest
from pycose.headers import KID, Algorithm
from pycose.keys.curves import Ed25519
from pycose.keys.okp import OKPKey
from pycose.messages.sign1message import Sign1Message

from app.certificates import qr, status, trust, verify
from app.certificates.spelling import encode
from app.certificates.trust import HeldTrust
from app.certificates.verify import Question
from tests.certificates import make_vectors, samples

ROOT = Path(__file__).resolve().parents[2]


def vectors(name: str) -> Any:
    return json.loads((make_vectors.FOLDER / name).read_text(encoding="utf-8"))


def named(name: str) -> list[Any]:
    return [pytest.param(case, id=case["what"]) for case in vectors(name)]


def test_the_files_are_what_the_fixed_seeds_give() -> None:
    for name, text in make_vectors.files().items():
        assert (make_vectors.FOLDER / name).read_text(encoding="utf-8") == text, name


@pytest.mark.parametrize("case", named("certificates.json"))
def test_a_certificate_is_judged_as_the_vector_says(case: dict[str, str]) -> None:
    held = trust.read(bytes.fromhex(case["trust"]))
    listed = bytes.fromhex(case["status"]) if "status" in case else None
    verdict = verify.verify(
        Question(
            raw=bytes.fromhex(case["certificate"]),
            trust=held,
            today=samples.TODAY,
            status=status.read(listed, held.file) if listed else None,
            back=bytes.fromhex(case["back"]) if "back" in case else None,
        )
    )
    failed = verdict.failed
    assert (failed.code if failed else None) == case["code"]


@pytest.mark.parametrize("case", named("trust.json"))
def test_a_trust_file_is_taken_or_refused_as_the_vector_says(case: dict[str, str | None]) -> None:
    offered = bytes.fromhex(case["offered"] or "")
    held = trust.read(bytes.fromhex(case["held"])) if case["held"] else None

    def meet() -> HeldTrust:
        return trust.read(offered) if held is None else trust.replace(held, offered)

    if case["code"] is None:
        assert meet().raw == offered
    else:
        with samples.refused(case["code"]):
            meet()


@pytest.mark.parametrize("case", named("status.json"))
def test_a_status_list_is_taken_or_refused_as_the_vector_says(case: dict[str, str | None]) -> None:
    trusted = trust.read(bytes.fromhex(case["trust"] or "")).file
    offered = bytes.fromhex(case["offered"] or "")
    held = None
    if case["held"]:
        whole = trust.read(bytes.fromhex(case["trust"] or "")).file
        held = status.read(bytes.fromhex(case["held"]), whole)
    if case["code"] is None:
        assert status.replace(held, offered, trusted).raw == offered
    else:
        with samples.refused(case["code"]):
            status.replace(held, offered, trusted)


@pytest.mark.parametrize("case", named("texts.json"))
def test_a_text_carries_a_certificate_or_is_refused_as_the_vector_says(case: dict[str, str]) -> None:
    if case["code"] is None:
        assert qr.carried(case["text"]).payload == samples.certificate()
    else:
        with samples.refused(case["code"]):
            qr.carried(case["text"])


@pytest.mark.parametrize(
    ("what", "signer", "context"),
    [("trust", "root", trust.CONTEXT), ("status", "status", status.CONTEXT)],
)
def test_pycose_verifies_what_we_signed_with_a_named_key(what: str, signer: str, context: bytes) -> None:
    chain = vectors("chain.json")
    assert _pycose_holds(bytes.fromhex(chain[what]), bytes.fromhex(chain["public"][signer]), context)


def test_pycose_verifies_delegation_and_certificate() -> None:
    chain = vectors("chain.json")
    delegated = bytes.fromhex(chain["delegation"])
    assert _pycose_holds(delegated, bytes.fromhex(chain["public"]["authority"]), b"balai/delegation/1\0")
    raw, key = bytes.fromhex(chain["certificate"]), bytes.fromhex(chain["public"]["device"])
    assert _pycose_holds(raw, key, bytes.fromhex(chain["external_aad"]))
    assert not _pycose_holds(raw, key, b"balai/certificate/1\0")


def test_what_pycose_signs_has_our_bytes() -> None:
    chain = vectors("chain.json")
    seed, public = bytes.fromhex(chain["seeds"]["device"]), bytes.fromhex(chain["public"]["device"])
    message = Sign1Message(
        phdr={Algorithm: "EDDSA"},
        uhdr={"d": bytes.fromhex(chain["delegation"])},
        payload=bytes.fromhex(chain["payload"]),
        external_aad=bytes.fromhex(chain["external_aad"]),
    )
    message.key = OKPKey(crv=Ed25519, x=public, d=seed)
    assert message.encode(tag=False).hex() == chain["certificate"]


def test_the_page_of_the_format_shows_the_bytes_of_the_vectors() -> None:
    page = (ROOT / "docs" / "formats" / "certificate.md").read_text(encoding="utf-8")
    example = page[page.index("## 10. Worked example") :]
    shown = "".join(re.findall(r"^    ([0-9a-f ]+?)(?:  .*)?$", example, re.MULTILINE)).replace(" ", "")
    chain = vectors("chain.json")
    for part in ("certificate", "back"):
        assert chain[part] in shown, part


def _pycose_holds(raw: bytes, public: bytes, external_aad: bytes) -> bool:
    """pycose reads tagged or bare arrays; ours is bare."""
    message: Any = Sign1Message.from_cose_obj(_decoded(raw), allow_unknown_attributes=True)
    message.external_aad = external_aad
    message.key = OKPKey(crv=Ed25519, x=public)
    assert message.get_attr(Algorithm).fullname == "EDDSA"
    assert KID not in message.phdr or message.phdr[KID] is not None
    held: bool = message.verify_signature()
    return held and encode(_decoded(raw)) == raw


def _decoded(raw: bytes) -> Any:
    return cbor2.loads(raw)
