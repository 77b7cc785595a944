"""Writes tests/vectors/*.json: golden certificates, lists, trust files and texts, genuine and broken.

Run from the root of the checkout with `python -m tests.certificates.make_vectors`. A format that is out
in the field never changes, so a changed file here means a mistake, not new vectors.
"""

from __future__ import annotations

import io
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import cbor2
import pikepdf

from app.certificates import credential, keys, qr
from app.certificates.paper import printing, template
from app.certificates.spelling import encode, hash12
from tests.certificates import samples, vector_certificates, vector_lists

FOLDER = Path(__file__).resolve().parents[1] / "vectors"
Case = dict[str, Any]


def chain() -> Case:
    """One certificate with every step on the way: what docs/formats/certificate.md shows in hex."""
    raw = samples.certificate()
    protected, unprotected, payload, signature = cbor2.loads(raw)
    riding = unprotected["d"]
    seeds = {"root": 1, "standby": 2, "authority": 3, "status": 4, "device": 5}
    return {
        "seeds": {name: (bytes([n]) * 32).hex() for name, n in seeds.items()},
        "public": {name: keys.public(samples.key(n)).hex() for name, n in seeds.items()},
        "trust": samples.trust_file().hex(),
        "status": samples.status_list().hex(),
        "delegation": riding.hex(),
        "delegation_hash12": hash12(riding).hex(),
        "payload": payload.hex(),
        "external_aad": credential.external_aad(riding).hex(),
        "to_be_signed": encode(["Signature1", protected, credential.external_aad(riding), payload]).hex(),
        "signature": signature.hex(),
        "certificate": raw.hex(),
        "certificate_hash12": hash12(raw).hex(),
        "back": samples.back_page().hex(),
        "text": qr.text(raw, samples.HOST),
        "back_text": qr.text(samples.back_page(), samples.HOST),
    }


def paper() -> Case:
    """SHA-256 of everything drawn on the sample's pages, before compression, per template."""
    return {name: _drawn(printing.render_one(samples.page(30, design=name))) for name in template.names()}


def _drawn(pdf: bytes) -> str:
    digest = sha256()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            digest.update(page.Contents.read_bytes())
            for name in sorted(page.resources.XObject.keys()):
                digest.update(page.resources.XObject[name].read_raw_bytes() if name == "/Q" else b"")
                digest.update(page.resources.XObject[name].read_bytes() if name != "/Q" else b"")
    return digest.hexdigest()


def texts() -> list[Case]:
    """Texts as a scanner may give them, with the code of the refusal or None."""
    raw = samples.certificate()
    good = qr.text(raw, samples.HOST)
    number = good.partition("#")[2]
    other_mark = str(int.from_bytes(b"\x02" + raw, "big"))
    return [
        {"what": "as printed", "text": good, "code": None},
        {"what": "blanks around", "text": f" {good}\r\n", "code": None},
        {
            "what": "capitals in scheme and host",
            "text": f"HTTPS://Sertifikat.Example/v#{number}",
            "code": None,
        },
        {"what": "bare number", "text": number, "code": None},
        {"what": "plain http", "text": good.replace("https", "http"), "code": "certificate-foreign"},
        {"what": "another path", "text": good.replace("/v#", "/w#"), "code": "certificate-foreign"},
        {"what": "a leading zero", "text": good.replace("#", "#0"), "code": "certificate-foreign"},
        {"what": "a letter in the number", "text": good + "x", "code": "certificate-foreign"},
        {"what": "digits of another script", "text": good[:-1] + "٣", "code": "certificate-foreign"},
        {"what": "another mark", "text": other_mark, "code": "certificate-foreign"},
        {"what": "a small number", "text": "7", "code": "certificate-foreign"},
        {"what": "empty", "text": "", "code": "certificate-foreign"},
        {"what": "a web address", "text": "https://sertifikat.example/", "code": "certificate-foreign"},
        {"what": "4,001 digits", "text": "1" * 4001, "code": "certificate-too-long"},
    ]


def files() -> dict[str, str]:
    """The text of every vector file by name."""
    made = {
        "chain": chain(),
        "certificates": list(vector_certificates.certificates()),
        "trust": list(vector_lists.trust_files()),
        "status": list(vector_lists.status_lists()),
        "texts": texts(),
        "paper": paper(),
    }
    return {
        f"{name}.json": json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        for name, content in made.items()
    }


def main() -> None:
    """Writes the files."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
