"""From a file or a text to a verdict: the doors that the command line and the Verify screen use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.certificates import backpage, credential, qr, reading, status, trust, verify
from app.certificates.qr import Carried
from app.certificates.status import HeldStatus
from app.certificates.verdict import Verdict
from app.certificates.verify import Question, Register
from app.errors import Refused


@dataclass(frozen=True, slots=True)
class Verifier:
    """What a verifier holds; `warnings` are those about the lists themselves."""

    trust: trust.HeldTrust
    status: HeldStatus | None = None
    register: Register | None = None
    warnings: tuple[str, ...] = ()

    def judge(self, front: Carried, back: bytes | None, today: date) -> Verdict:
        """The verdict on a certificate and the back page that came with it, if one did."""
        return verify.verify(
            Question(
                raw=front.payload,
                trust=self.trust,
                today=today,
                status=self.status,
                back=back,
                register=self.register,
                host=front.host,
                warnings=self.warnings,
            )
        )


def verifier(
    trust_file: bytes, status_list: bytes | None = None, register: Register | None = None
) -> Verifier:
    """What is held, read and verified.

    A trust file that does not verify raises Refused ("trust-malformed", "trust-signer-unknown",
    "trust-forged"); a status list that does not is left out with the warning "status-unusable".
    """
    held = trust.read(trust_file)
    if status_list is None:
        return Verifier(held, None, register)
    try:
        return Verifier(held, status.read(status_list, held.file), register)
    except Refused:
        return Verifier(held, None, register, ("status-unusable",))


def verify_file(path: Path, trust_file: bytes, status_list: bytes | None, today: date) -> Verdict:
    """The verdict on the one certificate in a PDF or picture, read from its rendered page.

    Raises Refused with the codes of `reading.codes`, "certificate-foreign-qr" when no QR code is ours,
    "certificate-only-back" when the front is missing, "certificate-several" when there is more than one
    (use `verify_all`), and those of `verifier`.
    """
    return _only(verify_all(path, verifier(trust_file, status_list), today))


def verify_picture(data: bytes, trust_file: bytes, status_list: bytes | None, today: date) -> Verdict:
    """The same from bytes: a camera's picture, or a file that was dropped on the window."""
    return _only(_judged(reading.codes_in(data), verifier(trust_file, status_list), today))


def verify_all(path: Path, held: Verifier, today: date) -> list[Verdict]:
    """A verdict for each certificate in a PDF or picture, in order; raises as `verify_file` does."""
    return _judged(reading.codes(path), held, today)


def _only(verdicts: list[Verdict]) -> Verdict:
    if len(verdicts) > 1:
        raise Refused("certificate-several", count=len(verdicts))
    return verdicts[0]


def _judged(texts: list[str], held: Verifier, today: date) -> list[Verdict]:
    ours = list(_ours(texts))
    if not ours:
        raise Refused("certificate-foreign-qr")
    if all(code.is_back for code in ours):
        raise Refused("certificate-only-back")
    return [held.judge(front, back, today) for front, back in _matched(ours)]


def verify_text(
    text: str, trust_file: bytes, status_list: bytes | None, today: date, back: str | None = None
) -> Verdict:
    """The verdict on the text of a QR code (from a scanner, or pasted), and of the back's if there is one.

    Raises Refused with "certificate-foreign", "certificate-too-long", "certificate-only-back" and the
    codes of `verifier`.
    """
    held = verifier(trust_file, status_list)
    front = qr.carried(text)
    if front.is_back:
        raise Refused("certificate-only-back")
    return held.judge(front, qr.carried(back).payload if back is not None else None, today)


def _ours(texts: Iterable[str]) -> Iterator[Carried]:
    for text in texts:
        try:
            yield qr.carried(text)
        except Refused:
            continue


def _matched(ours: list[Carried]) -> Iterator[tuple[Carried, bytes | None]]:
    """Each front with its back page, wherever that stands among the pages.

    A back page that belongs to no front goes to the front before it (or to the first), unless that one
    has its own: a swapped back page must not pass for a missing one.
    """
    fronts = [code for code in ours if not code.is_back]
    backs = {backpage.digest(code.payload): code.payload for code in ours if code.is_back}
    wanted = {_wanted(front) for front in fronts}
    strangers: dict[Carried, bytes] = {}
    owner = fronts[0]
    for code in ours:
        if not code.is_back:
            owner = code
        elif backpage.digest(code.payload) not in wanted:
            strangers.setdefault(owner, code.payload)
    for front in fronts:
        yield front, backs.get(_wanted(front) or b"", strangers.get(front))


def _wanted(front: Carried) -> bytes | None:
    """The digest of the back page that a front names, None if the front cannot be read."""
    try:
        return credential.read(front.payload).content.back
    except Refused:
        return None
