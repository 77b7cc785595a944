"""Verify: what is signed on a certificate, a copy that was changed, something that is no certificate."""

from __future__ import annotations

from app.certificates import qr
from app.certificates.paper import content
from app.queries import certificates, class_certificates
from tests.desktop.screenshots.stage import Stage, State


def _text(stage: Stage, tampered: bool = False) -> str:
    with stage.reading() as session:
        board = class_certificates.of(session, stage.sample.finished)
        serial = next(line.certificate.serial for line in board.lines if line.certificate is not None)
        page = content.read(certificates.contents(session, [serial])[serial])
    raw = bytearray(page.credential)
    raw[-1] ^= tampered
    return qr.text(bytes(raw), page.host)


def _nonsense(stage: Stage) -> None:
    stage.hands.type("sertifikat kewirausahaan")
    stage.press("Enter")


STATES = (
    State("filled", lambda stage: (_text(stage),), short=True),
    State("empty"),
    State("tampered", lambda stage: (_text(stage, True),)),
    State("error", then=_nonsense),
    State("busy", lambda stage: (_text(stage),), held="network"),
)
