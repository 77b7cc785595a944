"""A practice place: a centre that exists on this laptop alone, with the whole job in it.

It is its own headquarters under keys made here, so nothing in it is known to any verifier, everything
it prints is marked as a sample, and none of it ever leaves. It lives in a database of its own.
"""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.actions import programmes
from app.certificates import delegation, keys, trust
from app.certificates.trust import Authority, StatusKey, TrustFile
from app.domain import programme_document
from app.journal import device_certificate
from app.journal.device_certificate import DeviceCertificate, DeviceKind
from app.storage import settings, workplace
from app.storage.identity import Identity
from app.storage.journal import Draft, record
from app.storage.store import Clock, Store, wall_clock
from app.storage.workplace import Workplace

CENTRE = 99_999
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
TEMPLATE = "kelulusan-1"
HOST = "latihan.invalid"
SERIALS = 5_000
LIFE_DAYS = 365
DAY = 86_400_000


def create(folder: Path, clock: Clock = wall_clock) -> tuple[Workplace, str]:
    """Make a practice place; returns it open, and its recovery phrase. Raises Refused('already-set-up')."""
    today = clock() // DAY
    identity, authority = _identity(today)

    def fill(store: Store) -> None:
        with store.write() as session:
            settings.put(session, settings.CENTRE_SECRET, secrets.token_bytes(32))
            settings.put(session, "practice", True)
            record(session, [*_published(), *_power(identity, authority, today)])

    return workplace.create(folder, identity, CENTRE, None, fill, clock)


def _identity(today: int) -> tuple[Identity, Ed25519PrivateKey]:
    """A device that is its own headquarters, and the key that vouches for it."""
    enrolment, signing = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    public = signing.public_key().public_bytes_raw()
    certificate = DeviceCertificate(
        public, CENTRE, 1, DeviceKind.HEADQUARTERS, today - 1, today + 50 * LIFE_DAYS, "Latihan"
    )
    identity = Identity(
        certificate.device_id,
        signing,
        Ed25519PrivateKey.generate(),
        X25519PrivateKey.generate(),
        device_certificate.sign(enrolment, certificate),
        enrolment.public_key().public_bytes_raw(),
    )
    return identity, keys.generate()


def _published() -> list[Draft]:
    """What headquarters would publish: a centre, the programme, and that all papers are samples."""
    programme = programme_document.parse(
        json.loads((RESOURCES / "catalogue" / "kwu.json").read_text("utf-8"))
    )
    centre = Draft(
        "centre",
        (CENTRE,),
        {
            "name": ("Balai Latihan", "Balai Latihan (bukan balai sungguhan)", "LATIHAN", None),
            "place": ("Kota Contoh", None, None, "Asia/Jakarta"),
            "letterhead": (("BALAI LATIHAN",), "Kepala Balai", "Nama Contoh, M.Si.", ""),
        },
    )
    return [
        centre,
        Draft("policy", ("sample",), {"value": ("yes",)}),
        *programmes.publication(programme, TEMPLATE),
    ]


def _power(identity: Identity, authority: Ed25519PrivateKey, today: int) -> list[Draft]:
    """A block of serials for this laptop, and the trust file that only it believes."""
    root, status = keys.generate(), keys.generate()
    until = today + LIFE_DAYS
    delegated = delegation.issue(
        authority, keys.public(identity.issuing), CENTRE, 1, today - 1, until, 1, SERIALS
    )
    file = trust.build(
        root,
        TrustFile(
            1, today, until, HOST, (keys.public(root),),
            (Authority(keys.public(authority), "Latihan", today - 1, until, None),),
            (StatusKey(keys.public(status), 1),),
        ),
    )  # fmt: skip
    return [
        Draft("delegation", (CENTRE, 1), {"delegation": (identity.device_id, SERIALS, delegated)}),
        Draft("trust_file", (1,), {"file": (file,)}),
    ]
