"""Becoming a device: keys made here, a request that shows the code was known, an answer with everything.

The keys and the request are kept until the answer is in, so that a lost answer is asked for again
with the same request, and so that request and answer can travel as files.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.certificates import trust
from app.errors import Refused, StorageTrouble, SyncTrouble
from app.journal import device_certificate
from app.storage import settings
from app.storage.files import write_durably
from app.storage.identity import Identity
from app.storage.store import Store
from sync.client import state, taking
from sync.protocol import enrolment
from sync.protocol.enrolment import Grant, PublicKeys
from sync.protocol.sealing import Unsealable

NAME = "enrolment"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Pending:
    """An enrolment under way: the device's private keys, K of the code, and the request as it was sent."""

    signing: Ed25519PrivateKey
    issuing: Ed25519PrivateKey
    box: X25519PrivateKey
    key: bytes
    request: bytes


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What an enrolment brought: who this device now is, and headquarters' grant."""

    identity: Identity
    grant: Grant


def begin(code: str, name: str) -> Pending:
    """New keys and a request; `name` is how the device is listed (1 to 120 characters).

    Raises Refused('code-invalid' | 'code-check' | 'device-name-invalid').
    """
    if not 0 < len(name.strip()) <= enrolment.MAX_NAME or not name.isprintable():
        raise Refused("device-name-invalid", field="name", longest=enrolment.MAX_NAME)
    key = enrolment.stretch(code)
    signing, issuing, box = (
        Ed25519PrivateKey.generate(),
        Ed25519PrivateKey.generate(),
        X25519PrivateKey.generate(),
    )
    publics = PublicKeys(
        signing.public_key().public_bytes_raw(),
        issuing.public_key().public_bytes_raw(),
        box.public_key().public_bytes_raw(),
    )
    nonce = secrets.token_bytes(enrolment.REQUEST_NONCE_BYTES)
    request = enrolment.pack_request(key, enrolment.Request(publics, nonce, name.strip()))
    return Pending(signing, issuing, box, key, request)


def resume(machine: Path, code: str, name: str) -> Pending:
    """The enrolment under way with this code in the machine folder, or a new one, kept there durably."""
    kept = recall(machine)
    if kept is not None and kept.key == enrolment.stretch(code):
        return kept
    pending = begin(code, name)
    keep(machine, pending)
    return pending


def keep(machine: Path, pending: Pending) -> None:
    """Keep an enrolment under way; raises StorageTrouble."""
    items = [
        VERSION,
        pending.signing.private_bytes_raw(),
        pending.issuing.private_bytes_raw(),
        pending.box.private_bytes_raw(),
        pending.key,
        pending.request,
    ]
    write_durably(machine / NAME, cbor2.dumps(items))


def recall(machine: Path) -> Pending | None:
    """The enrolment under way, None where there is none; one that cannot be read counts as none."""
    try:
        version, signing, issuing, box, key, request = cbor2.loads((machine / NAME).read_bytes())
        if version != VERSION:
            return None
        return Pending(
            Ed25519PrivateKey.from_private_bytes(signing),
            Ed25519PrivateKey.from_private_bytes(issuing),
            X25519PrivateKey.from_private_bytes(box),
            key,
            request,
        )
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise StorageTrouble("file-unreadable", path=str(machine / NAME)) from fault
    except (ValueError, TypeError, cbor2.CBORDecodeError):
        return None


def forget(machine: Path) -> None:
    """The enrolment is done: its keys are in the anchor now."""
    (machine / NAME).unlink(missing_ok=True)


def finish(pending: Pending, answer: bytes) -> Enrolled:
    """What the answer brings, checked: it is headquarters', for this request, and for these keys.

    Raises Malformed, SyncTrouble('enrolment-answer-foreign'), and what a wrong trust file or
    certificate inside raises.
    """
    try:
        grant = enrolment.open_answer(pending.key, pending.request, pending.box, answer)
    except Unsealable as fault:
        raise SyncTrouble("enrolment-answer-foreign") from fault
    certificate = device_certificate.verify(grant.certificate, grant.enrolment_key)
    mine = pending.signing.public_key().public_bytes_raw()
    if certificate.public_key != mine or certificate.centre != grant.centre:
        raise SyncTrouble("enrolment-answer-foreign")
    trust.read(grant.trust_file)
    identity = Identity(
        certificate.device_id,
        pending.signing,
        pending.issuing,
        pending.box,
        grant.certificate,
        grant.enrolment_key,
    )
    return Enrolled(identity, grant)


def fill(store: Store, enrolled: Enrolled, url: str) -> None:
    """Put what the enrolment brought into a new database; `url` is where headquarters is from now on."""
    grant = enrolled.grant
    with store.write() as session:
        settings.put(session, state.HOST, url or grant.host)
        settings.put(session, settings.CENTRE_SECRET, grant.secret)
        settings.put(session, state.ROLE, grant.role)
        settings.put(session, state.RECOVERY, grant.recovery)
        settings.put(session, state.RECIPIENTS, [[r.kind, r.box] for r in grant.recipients])
        state.keep_token(session, grant.token)
    for frame in grant.frames:
        with store.write() as session:
            taking.take(session, frame, grant.enrolment_key, state.scopes(grant.centre))
