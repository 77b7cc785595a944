"""The page's verifier against the vectors and against Python's: same bytes, same code, same failed check."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256, sha512
from typing import Any

import cbor2
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from playwright.sync_api import Page

from app.certificates import cose, credential, keys, qr, status, trust, verify
from app.certificates.spelling import encode
from app.certificates.verify import Question
from app.errors import Refused
from tests.certificates import make_vectors, samples
from tests.verify_page.site import Site

pytestmark = pytest.mark.needs("chromium")

TODAY = samples.day(samples.TODAY.isoformat())
# Loaded as modules of the page, from the server: what is shipped has no door for tests.
DOORS = """
async ([work, cases]) => {
  const [verifier, trust, status, qr, ed25519] = await Promise.all(
    ['verify', 'trust', 'status', 'qr', 'ed25519'].map((name) => import(`/v/chain/${name}.js`)));
  const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const refusal = async (work) => {
    try { await work(); return null; } catch (fault) { return fault.code ?? String(fault.stack); }
  };
  const doors = {
    certificate: async (one) => {
      const held = await trust.read(bytes(one.trust));
      const list = one.status ? await status.read(bytes(one.status), held.file) : null;
      const back = one.back ? bytes(one.back) : null;
      const question = { raw: bytes(one.certificate), trust: held, status: list, back, today: one.today };
      const verdict = await verifier.verify(question);
      return [verdict.failed ? verdict.code : null, verdict.failed?.step ?? null, verdict.warnings,
        verdict.checks.map((check) => [check.step, check.outcome]), verdict.certified?.name ?? null];
    },
    trust: (one) => refusal(async () => {
      if (one.held) await trust.replace(await trust.read(bytes(one.held)), bytes(one.offered));
      else await trust.read(bytes(one.offered));
    }),
    status: (one) => refusal(async () => {
      const held = await trust.read(bytes(one.trust));
      const before = one.held ? await status.read(bytes(one.held), held.file) : null;
      await status.replace(before, bytes(one.offered), held.file);
    }),
    text: (one) => refusal(async () => qr.carried(one.text)),
    signature: async (one) => {
      const [key, message, signature] = [one.key, one.message, one.signature].map(bytes);
      return [await ed25519.holds(key, message, signature), ed25519.portableHolds(key, message, signature)];
    },
  };
  const answers = [];
  for (const one of cases) answers.push(await doors[work](one));
  return answers;
}
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A certificate and what a verifier holds, in hex."""

    certificate: str
    trust: str = samples.trust_file().hex()
    status: str | None = samples.status_list().hex()
    back: str | None = None


def asked(page: Page, site: Site, work: str, cases: list[Any]) -> list[Any]:
    """What the page's modules answer, all in one load of the page."""
    page.goto(site.page)
    answers: list[Any] = page.evaluate(DOORS, [work, cases])
    return answers


def vectors(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((make_vectors.FOLDER / name).read_text(encoding="utf-8"))
    return found


def ours(case: Case) -> list[Any]:
    """What Python says of a case, in the form of the page's answer."""
    held = trust.read(bytes.fromhex(case.trust))
    listed = status.read(bytes.fromhex(case.status), held.file) if case.status else None
    back = bytes.fromhex(case.back) if case.back else None
    question = Question(bytes.fromhex(case.certificate), held, samples.TODAY, listed, back)
    verdict = verify.verify(question)
    failed = verdict.failed
    return [
        failed.code if failed else None,
        failed.step.value if failed else None,
        list(verdict.warnings),
        [[check.step.value, check.outcome.value] for check in verdict.checks],
        verdict.certified.name if verdict.certified else None,
    ]


def judged_alike(page: Page, site: Site, cases: list[Case]) -> None:
    answers = asked(page, site, "certificate", [asdict(case) | {"today": TODAY} for case in cases])
    assert len(answers) == len(cases)
    for case, answer in zip(cases, answers, strict=True):
        assert answer == ours(case), case.certificate


def test_every_vector_of_a_certificate_has_the_same_code_and_the_same_failed_check(
    page: Page, site: Site
) -> None:
    listed = vectors("certificates.json")
    cases = [Case(v["certificate"], v["trust"], v.get("status"), v.get("back")) for v in listed]
    answers = asked(page, site, "certificate", [asdict(case) | {"today": TODAY} for case in cases])
    for vector, case, answer in zip(listed, cases, answers, strict=True):
        assert answer[0] == vector["code"], vector["what"]
        assert answer == ours(case), vector["what"]


@pytest.mark.parametrize("name", ["trust", "status", "text"])
def test_every_vector_of_a_list_or_a_text_is_taken_or_refused_alike(
    page: Page, site: Site, name: str
) -> None:
    listed = vectors("texts.json" if name == "text" else f"{name}.json")
    answers = asked(page, site, name, listed)
    told = {vector["what"]: vector["code"] for vector in listed}
    assert dict(zip(told, answers, strict=True)) == told


def test_a_damaged_certificate_fails_at_the_same_check(page: Page, site: Site) -> None:
    chance = random.Random(20261124)
    genuine, back = samples.certificate(), samples.back_page()
    cases = [Case(_damaged(genuine, chance).hex()) for _ in range(300)]
    cases += [Case(genuine.hex(), back=_damaged(back, chance).hex()) for _ in range(100)]
    judged_alike(page, site, cases)


def _damaged(raw: bytes, chance: random.Random) -> bytes:
    """One bit changed, or a byte more, less or other."""
    place, other = chance.randrange(len(raw)), bytes([chance.randrange(256)])
    kinds = (
        lambda: raw[:place] + bytes([raw[place] ^ (1 << chance.randrange(8))]) + raw[place + 1 :],
        lambda: raw[:place] + other + raw[place:],
        lambda: raw[:place] + raw[place + 1 :],
        lambda: raw[:place] + other + raw[place + 1 :],
    )
    return chance.choice(kinds)()


def test_a_name_with_any_kind_of_letter_is_taken_or_refused_alike(page: Page, site: Site) -> None:
    judged_alike(page, site, [Case(_named(name).hex()) for name in _names()])


def _names() -> Iterator[str]:
    """Letters of every category, in front, behind and alone; texts at the limits."""
    chance = random.Random(4)
    by_kind: dict[str, list[str]] = {}
    for code in [*range(0x3100), *range(0xE000, 0xE010), *range(0xFE00, 0x10000), *range(0x1F600, 0x1F610)]:
        by_kind.setdefault(unicodedata.category(chr(code)), []).append(chr(code))
    # What this Python does not know yet may be a letter in a newer browser.
    for kind in sorted(by_kind.keys() - {"Cn", "Cs"}):
        for letter in chance.sample(by_kind[kind], min(3, len(by_kind[kind]))):
            yield from (f"{letter}Siti", f"Siti{letter}", f"Si{letter}ti", letter)
    yield from ("A" * 120, "é" * 120, "é" * 121, "€" * 80, "€" * 81, "😀" * 60, "😀" * 61, "e\u0301", "Å")


def _named(name: str) -> bytes:
    """A certificate signed by the device for this name, whatever `issue` thinks of it."""
    genuine = cbor2.loads(samples.certificate())
    riding, items = genuine[1]["d"], cbor2.loads(genuine[2])
    changed = encode([items[0], name, *items[2:]])
    return cose.sign_riding(samples.DEVICE, changed, credential.external_aad(riding), riding)


def test_texts_that_are_nearly_a_code_are_taken_or_refused_alike(page: Page, site: Site) -> None:
    number = qr.text(samples.certificate(), samples.HOST).partition("#")[2]
    blanks = [
        "",
        " ",
        "\t",
        "\r\n",
        "\x0b",
        "\x1c",
        "\x1f",
        "\x85",
        "\xa0",
        "\u2028",
        "\u3000",
        "\ufeff",
        "\u200b",
    ]
    texts = [f"{blank}https://a.id/v#{number}{blank}" for blank in blanks]
    texts += [
        f"{start}{number}" for start in ("", "HTTPS://A.ID/v#", "http://a.id/v#", "https://a.id/V#", "0", "-")
    ]
    texts += [
        number[:-1],
        number + "x",
        "٣" + number,
        "ſttps://a.id/v#1",
        "1",
        "",
        "9" * 4000,
        "9" * 4001,
        "9" * 8001,
    ]
    answers = asked(page, site, "text", [{"text": text} for text in texts])
    assert answers == [_text_refusal(text) for text in texts]


def _text_refusal(text: str) -> str | None:
    try:
        qr.carried(text)
    except Refused as refusal:
        return refusal.code
    return None


def test_signatures_are_judged_alike_by_the_browser_and_without_it(page: Page, site: Site) -> None:
    key, message = keys.public(samples.DEVICE), b"what is signed"
    good = samples.DEVICE.sign(message)
    big = (int.from_bytes(good[32:], "little") + _ORDER).to_bytes(32, "little")
    kept = {
        "genuine": (key, message, good),
        "another message": (key, message + b"!", good),
        "another key": (keys.public(samples.STRANGER), message, good),
        "S beyond the group order": (key, message, good[:32] + big),
        "R with a part of small order": (key, message, _twisted(message)),
        "a key that is no point": (b"\x02" + bytes(31), message, good),
    }
    cases = [{"key": k.hex(), "message": m.hex(), "signature": s.hex()} for k, m, s in kept.values()]
    answers = asked(page, site, "signature", cases)
    expected = {what: [what == "genuine"] * 2 for what in kept}
    assert dict(zip(kept, answers, strict=True)) == expected
    for what, (public, signed, signature) in kept.items():
        assert _python_holds(public, signed, signature) == (what == "genuine"), what


_ORDER = 2**252 + 27742317777372353535851937790883648493
_PRIME = 2**255 - 19
_D = -121665 * pow(121666, -1, _PRIME) % _PRIME


def _python_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _twisted(message: bytes) -> bytes:
    """A signature that holds only if the cofactor is multiplied away: R plus the point (0, -1) of order 2."""
    hashed = _sha512(keys.seed(samples.DEVICE))
    secret = (int.from_bytes(hashed[:32], "little") & ((1 << 254) - 8)) | (1 << 254)
    once = int.from_bytes(_sha512(hashed[32:] + message), "little") % _ORDER
    x, y = _times(once)
    twisted = _packed(-x % _PRIME, -y % _PRIME)
    k = int.from_bytes(_sha512(twisted + keys.public(samples.DEVICE) + message), "little") % _ORDER
    return twisted + ((once + k * secret) % _ORDER).to_bytes(32, "little")


def _sha512(data: bytes) -> bytes:
    return sha512(data).digest()


def _times(factor: int) -> tuple[int, int]:
    """The base point so many times, in the plain coordinates of RFC 8032."""
    base = (
        15112221349535400772501151409588531511454012693041857206046113283949847762202,
        46316835694926478169428394003475163141307993866256225615783033603165251855960,
    )
    found = (0, 1)
    for bit in reversed(range(factor.bit_length())):
        found = _sum(found, found)
        if factor >> bit & 1:
            found = _sum(found, base)
    return found


def _sum(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    (x1, y1), (x2, y2) = one, other
    twist = _D * x1 * x2 * y1 * y2 % _PRIME
    x = (x1 * y2 + y1 * x2) * pow(1 + twist, -1, _PRIME)
    y = (y1 * y2 + x1 * x2) * pow(1 - twist, -1, _PRIME)
    return x % _PRIME, y % _PRIME


def _packed(x: int, y: int) -> bytes:
    return (y | (x & 1) << 255).to_bytes(32, "little")


def test_the_trust_files_fingerprint_is_the_one_the_program_shows(page: Page, site: Site) -> None:
    page.goto(site.page)
    page.click("summary")
    shown = page.inner_text(".print").replace(" ", "")
    assert shown == sha256(samples.trust_file()).hexdigest()
