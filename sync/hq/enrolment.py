"""Enrolment at headquarters: codes made, requests judged, the grant sealed once and handed out again."""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import RowMapping, insert, select, update
from sqlalchemy.orm import Session

from app.domain import codes
from app.domain.roles import Role
from app.errors import Refused, SyncTrouble
from app.journal import device_certificate
from app.journal.device_certificate import EVERYBODY, DeviceCertificate, DeviceKind, device_id
from app.storage import logs
from app.storage.journal import Draft, record
from sync import runs
from sync.hq import authority, centres, devices, frames, leases
from sync.hq.devices import DeviceRow
from sync.hq.headquarters import EARLIER, Headquarters
from sync.hq.tables import CODE, DEVICE
from sync.protocol import enrolment, sealing
from sync.protocol.cbor import Malformed
from sync.protocol.enrolment import Grant, Recipient, Request
from sync.protocol.exchange import TOKEN_BYTES

ENTROPY_BYTES = 8
NETWORK_HOURS = 72
STICK_DAYS = 30
HOUR, DAY = 3_600_000, 86_400_000
ROLES = tuple(role.value for role in Role)


def make_code(headquarters: Headquarters, centre: int, role: str) -> str:
    """A code that enrols one device of the centre; only the key stretched from it is kept.

    Raises NotFound('centre-not-found'), Refused('role-unknown').
    """
    if role not in ROLES:
        raise Refused("role-unknown", field="role", roles=ROLES)
    code = codes.enrolment_code(secrets.token_bytes(ENTROPY_BYTES))
    key = enrolment.stretch(code)
    with headquarters.take() as session:
        centres.secret_of(session, centre)
        values = {"key": key, "centre": centre, "role": role, "made_at": headquarters.now()}
        session.execute(insert(CODE).values(values))
    return code


def answer(headquarters: Headquarters, raw: bytes, by_stick: bool = False) -> bytes:
    """The answer to a request: the same grant whenever the same keys ask.

    Raises SyncTrouble('enrolment-code-unknown' | 'enrolment-code-used' | 'enrolment-code-expired') and
    Malformed.
    """
    request = enrolment.parse_request(raw)
    with headquarters.read() as session:
        found = _code_of(session, raw)
        authority.need_trust(session)
    if found["sealed"] is None:
        with headquarters.write() as session:
            locked = select(CODE).where(CODE.c.id == found["id"]).with_for_update()
            found = session.execute(locked).mappings().one()
            if found["sealed"] is None:
                _still_open(found, headquarters.now(), by_stick)
                found = _grant(headquarters, session, found, request)
    if found["used_by"] != request.keys.signing:
        raise SyncTrouble("enrolment-code-used")
    return enrolment.pack_answer(found["key"], raw, found["ephemeral"], found["sealed"])


def _code_of(session: Session, raw: bytes) -> RowMapping:
    """The code the request was made with. It names none, so every key that is kept is tried."""
    for row in session.execute(select(CODE)).mappings():
        if enrolment.request_holds(row["key"], raw):
            return row
    raise SyncTrouble("enrolment-code-unknown")


def _still_open(code: RowMapping, now: int, by_stick: bool) -> None:
    life = STICK_DAYS * DAY if by_stick else NETWORK_HOURS * HOUR
    if now - code["made_at"] > life:
        raise SyncTrouble("enrolment-code-expired")


def _grant(headquarters: Headquarters, session: Session, code: RowMapping, request: Request) -> RowMapping:
    """Make the device, its delegation and its grant; bind the code to its key."""
    if devices.find(session, device_id(request.keys.signing)) is not None:
        raise SyncTrouble("enrolment-code-used")  # these keys are a device's already, by another code
    token = secrets.token_bytes(TOKEN_BYTES)
    device = _admit(headquarters, session, code, request, token)
    lease = leases.give(headquarters, session, device)
    grant = _content(headquarters, session, device, token, lease.delegation)
    try:
        ephemeral, sealed = enrolment.seal_grant(request.keys, X25519PrivateKey.generate(), grant)
    except sealing.Unsealable as fault:
        raise Malformed(enrolment.REQUEST) from fault
    mine = update(CODE).where(CODE.c.id == code["id"])
    session.execute(mine.values(used_by=request.keys.signing, ephemeral=ephemeral, sealed=sealed))
    return session.execute(select(CODE).where(CODE.c.id == code["id"])).mappings().one()


def _admit(
    headquarters: Headquarters, session: Session, code: RowMapping, request: Request, token: bytes
) -> DeviceRow:
    keys, today = request.keys, headquarters.today()
    certificate = DeviceCertificate(
        keys.signing,
        code["centre"],
        devices.next_number(session, code["centre"]),
        DeviceKind.CENTRE,
        today - EARLIER,
        today + headquarters.config.device_days,
        request.name,
    )
    signed = device_certificate.sign(headquarters.keys.enrolment, certificate)
    device = DeviceRow(
        certificate.device_id,
        certificate.centre,
        certificate.number,
        certificate.name,
        code["role"],
        signed,
        keys.signing,
        keys.issuing,
        keys.box,
        headquarters.now(),
        None,
        None,
    )
    values = {name: getattr(device, name) for name in DeviceRow.__slots__}
    session.execute(insert(DEVICE).values(values | {"token": token, "token_used": b""}))
    groups = {"certificate": (signed,), "keys": (keys.issuing, keys.box)}
    record(session, Draft("device", (device.device,), groups), scope=device.centre)
    return device


def _content(
    headquarters: Headquarters, session: Session, device: DeviceRow, token: bytes, delegation: bytes
) -> Grant:
    connection = session.connection()
    frames.publish(connection, headquarters.identity)  # so that the grant brings the device's own lines, too
    siblings = [other for other in devices.listed(session, device.centre) if other.device != device.device]
    recipients = [Recipient(int(DeviceKind.HEADQUARTERS), _public_box(headquarters))]
    recipients += [Recipient(int(DeviceKind.CENTRE), s.box) for s in siblings if s.revoked_at is None]
    return Grant(
        certificate=device.certificate,
        centre=device.centre,
        role=device.role,
        secret=centres.secret_of(session, device.centre),
        enrolment_key=headquarters.authority,
        trust_file=authority.need_trust(session),
        recipients=tuple(recipients),
        recovery=headquarters.keys.recovery_public,
        token=token,
        delegation=delegation,
        frames=tuple(_published(session, device.centre)),
        time=headquarters.now(),
        host=headquarters.config.host,
    )


def _published(session: Session, centre: int) -> list[bytes]:
    """All that headquarters wrote for everybody and for the centre, in as few frames as possible."""
    connection = session.connection()
    found: list[bytes] = []
    for head in logs.held(connection, [EVERYBODY, centre]):
        if head.kind != DeviceKind.HEADQUARTERS:
            continue
        after = -1
        while (cut := runs.next_frame(connection, head, after)) is not None:
            found.append(cut.data)
            after = cut.last
    return found


def _public_box(headquarters: Headquarters) -> bytes:
    return enrolment.raw_public(headquarters.keys.box)
