"""The authority's papers: the trust file that a root signs, and the status list of what is revoked.

Both are recorded in headquarters' log for everybody, so they travel by sync and bundle (long ones in
chunks), and are served as static files besides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.certificates import keys as certificate_keys
from app.certificates import status, trust
from app.certificates.spelling import HASH12, hash12
from app.certificates.status import Reason, StatusList
from app.certificates.trust import Authority, StatusKey, TrustFile
from app.errors import NotFound
from app.journal.device_certificate import EVERYBODY
from app.queries import trust as lists
from app.queries.publications import Kind
from app.storage.journal import Draft, record
from app.storage.tables import Certificate, Delegation, Revocation
from sync.hq import keys, publishing
from sync.hq.headquarters import EARLIER, Headquarters
from sync.hq.tables import DEVICE

TRUST_DAYS = 180
STATUS_DAYS = 30
AUTHORITY_DAYS = 3 * 365
EPOCH = 1
# What a centre's own word on its certificate means in the list.
STATES = {"replaced": Reason.SUPERSEDED, "void": Reason.ERROR}


def sign_trust(headquarters: Headquarters, session: Session, root: Ed25519PrivateKey) -> bytes:
    """A new trust file with the present authority and status keys, signed by a root and recorded.

    Raises Refused('trust-signer-unknown') when the key is none of the two roots.
    """
    today, before = headquarters.today(), latest_trust(session)
    held = trust.read(before).file if before is not None else None
    mine = certificate_keys.public(headquarters.keys.authority)
    first_day = next((a.first_day for a in held.authorities if a.public_key == mine), None) if held else None
    since = today - EARLIER if first_day is None else first_day
    others = tuple(a for a in held.authorities if a.public_key != mine) if held else ()
    name = headquarters.config.authority_name
    content = TrustFile(
        counter=held.counter + 1 if held else 1,
        dated=today,
        next_update=today + TRUST_DAYS,
        host=headquarters.config.verify_host,
        roots=keys.root_publics(headquarters.folder),
        authorities=(*others, Authority(mine, name, since, today + AUTHORITY_DAYS)),
        status_keys=(StatusKey(certificate_keys.public(headquarters.keys.status), EPOCH),),
    )
    raw = trust.build(root, content)
    if len(raw) > publishing.IN_A_CHANGE:
        publishing.publish(session, Kind.TRUST, str(content.counter), raw)
    else:
        record(session, Draft("trust_file", (content.counter,), {"file": (raw,)}), scope=EVERYBODY)
    return raw


def sign_status(headquarters: Headquarters, session: Session) -> bytes:
    """The status list of the present revocations; a new one is recorded only where something changed."""
    before = latest_status(session)
    trusted = trust.read(need_trust(session)).file
    held = status.read(before, trusted).list if before is not None else None
    today = headquarters.today()
    serials, compromised = _revoked_serials(session), _compromised(session)
    if (
        held is not None
        and not _stale(held, today)
        and held.serials == serials
        and held.compromised == compromised
    ):
        assert before is not None, "a held list has its bytes"
        return before
    content = StatusList(
        EPOCH,
        held.number + 1 if held else 1,
        today,
        today + STATUS_DAYS,
        serials=serials,
        compromised=compromised,
    )
    raw = status.build(headquarters.keys.status, content)
    if len(raw) > publishing.IN_A_CHANGE:
        publishing.publish(session, Kind.STATUS, "{}-{}".format(*content.counter), raw)
    else:
        record(session, Draft("status_list", content.counter, {"list": (raw,)}), scope=EVERYBODY)
    return raw


def status_due(headquarters: Headquarters, session: Session) -> bool:
    """Whether there is no status list yet, or half of its time has passed."""
    before = latest_status(session)
    if before is None:
        return True
    return _stale(status.read(before, trust.read(need_trust(session)).file).list, headquarters.today())


def latest_trust(session: Session) -> bytes | None:
    """The trust file with the highest counter."""
    return next(reversed(lists.trust_files(session)), None)


def need_trust(session: Session) -> bytes:
    """The same; raises NotFound('trust-not-signed')."""
    found = latest_trust(session)
    if found is None:
        raise NotFound("trust-not-signed")
    return found


def latest_status(session: Session) -> bytes | None:
    """The status list with the highest counter."""
    return next(lists.status_lists(session), None)


def _stale(held: StatusList, today: int) -> bool:
    return held.next_update - today <= STATUS_DAYS // 2


def _revoked_serials(session: Session) -> Mapping[int, Reason]:
    """What headquarters revoked, and what centres replaced or declared void."""
    found: dict[int, Reason] = {}
    states = select(Certificate.serial, Certificate.state).where(Certificate.state.in_(STATES))
    for serial, state in session.execute(states):
        found[serial] = STATES[state or ""]
    for serial, reason in session.execute(select(Revocation.serial, Revocation.reason)):
        found[serial] = Reason(reason) if reason in tuple(Reason) else Reason.ERROR
    return found


def _compromised(session: Session) -> Mapping[bytes, frozenset[bytes]]:
    """The delegations of revoked devices, each with the certificates headquarters holds of it."""
    revoked = select(DEVICE.c.device).where(DEVICE.c.revoked_at.is_not(None))
    query = select(Delegation.centre, Delegation.first, Delegation.count, Delegation.delegation)
    found: dict[bytes, set[bytes]] = defaultdict(set)
    for centre, first, count, raw in session.execute(query.where(Delegation.device.in_(revoked))):
        if raw is None or count is None:
            continue
        start = centre * 10_000_000 + first
        registered = select(Certificate.credential_hash).where(
            Certificate.serial.between(start, start + count - 1), Certificate.credential_hash.is_not(None)
        )
        found[hash12(raw)] |= {
            digest[:HASH12] for digest in session.scalars(registered) if digest is not None
        }
    return {digest: frozenset(allowed) for digest, allowed in found.items()}
