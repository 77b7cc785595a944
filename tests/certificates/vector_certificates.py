"""Certificates as vectors: genuine ones, and one for every way of being refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import cbor2

from app.certificates import cose, credential, keys
from app.certificates.spelling import encode, hash12
from app.certificates.status import Reason
from tests.certificates import samples
from tests.certificates.samples import day

Case = dict[str, Any]


def certificates() -> Iterator[Case]:
    """Certificates with what they must be judged."""
    genuine = samples.certificate()
    trusted = samples.trust_file()
    yield _case("genuine", genuine, trusted, None)
    yield _case("genuine, with its back page", genuine, trusted, None, back=samples.back_page())
    typed = samples.certificate(number="12/KWU/2026")
    yield _case("genuine, number typed by hand", typed, trusted, None)
    foreign = samples.certificate(name="Yohanes Ñoño d’Orléans-Müller")
    yield _case("genuine, letters beyond ASCII", foreign, trusted, None)
    yield from _spelled_otherwise(genuine, trusted)
    yield from _by_authority(genuine)
    yield from _by_signature(genuine, trusted)
    yield from _by_range(trusted)
    yield from _by_status(genuine, trusted)
    other = samples.back_page(11)
    yield _case("back page of somebody else", genuine, trusted, "certificate-back-mismatch", back=other)


def _spelled_otherwise(genuine: bytes, trusted: bytes) -> Iterator[Case]:
    """The same content in any other spelling, and content outside the limits."""
    code = "certificate-malformed"
    protected, unprotected, payload, signature = cbor2.loads(genuine)
    items = cbor2.loads(payload)

    def wrapped(*parts: object) -> bytes:
        return encode(list(parts))

    def resigned(changed: object) -> bytes:
        riding = unprotected["d"]
        aad = credential.external_aad(riding)
        return cose.sign_riding(samples.DEVICE, encode(changed), aad, riding)

    yield _case("tagged", b"\xd2" + genuine, trusted, code)
    yield _case("trailing byte", genuine + b"\0", trusted, code)
    yield _case("cut short", genuine[:-1], trusted, code)
    yield _case("empty", b"", trusted, code)
    yield _case("long length of the outer array", b"\x98\x04" + genuine[1:], trusted, code)
    yield _case("outer array of indefinite length", b"\x9f" + genuine[1:] + b"\xff", trusted, code)
    kid = keys.kid(keys.public(samples.DEVICE))
    named = encode({1: -8, 4: kid})
    yield _case("kid in the protected header", wrapped(named, unprotected, payload, signature), trusted, code)
    es256 = encode({1: -7})
    yield _case("another algorithm", wrapped(es256, unprotected, payload, signature), trusted, code)
    yield _case("empty protected header", wrapped(b"", unprotected, payload, signature), trusted, code)
    yield _case("no delegation", wrapped(protected, {}, payload, signature), trusted, code)
    more = {**unprotected, 4: kid}
    yield _case("a further unprotected header", wrapped(protected, more, payload, signature), trusted, code)
    yield _case(
        "signature of 63 bytes", wrapped(protected, unprotected, payload, signature[:63]), trusted, code
    )
    yield _case("detached payload", wrapped(protected, unprotected, None, signature), trusted, code)
    yield _case("a field too many", resigned([*items, 0]), trusted, code)
    yield _case("a field too few", resigned(items[:-1]), trusted, code)
    for what, place, value in _outside():
        yield _case(what, resigned([*items[:place], value, *items[place + 1 :]]), trusted, code)
    padded = encode(items).replace(b"\x18\x28", b"\x19\x00\x28", 1)
    aad = credential.external_aad(unprotected["d"])
    long = cose.sign_riding(samples.DEVICE, padded, aad, unprotected["d"])
    yield _case("an integer spelled long, signed", long, trusted, code)


def _outside() -> list[tuple[str, int, object]]:
    return [
        ("serial without a centre", 0, 412),
        ("serial with sequence 0", 0, 100090000000),
        ("serial of thirteen digits", 0, 10**12 + 1),
        ("serial as text", 0, "100090000412"),
        ("empty name", 1, ""),
        ("name of 121 characters", 1, "A" * 121),
        ("name not in NFC", 1, "Aisyah Rahmada\u0301ni"),
        ("name with a blank in front", 1, " Aisyah"),
        ("name with a direction mark", 1, "Aisyah\u202eindamhaR"),
        ("name with a line break", 1, "Aisyah\nRahmadani"),
        ("name as bytes", 1, b"Aisyah"),
        ("birth date as a float", 2, 7015.0),
        ("birth date out of range", 2, 150_001),
        ("birth date as a CBOR date", 2, cbor2.CBORTag(100, 7015)),
        ("birth date as a huge decimal fraction", 2, Decimal("1E+99999")),
        ("programme of 161 characters", 3, "P" * 161),
        ("JP 0", 4, 0),
        ("JP true", 4, True),
        ("days 0", 6, 0),
        ("result 0", 9, 0),
        ("result 2", 9, 2),
        ("digest of 15 bytes", 10, bytes(15)),
        ("digest of 32 bytes", 10, bytes(32)),
        ("typed number empty", 11, ""),
        ("typed number undefined", 11, cbor2.undefined),
    ]


def _by_authority(genuine: bytes) -> Iterator[Case]:
    authority = samples.TRUST.authorities[0]

    def with_authority(**changes: object) -> bytes:
        return samples.trust_file(authorities=(replace(authority, **changes),))  # type: ignore[arg-type]  # fields

    code = "certificate-authority-unknown"
    yield _case("no authority", genuine, samples.trust_file(authorities=()), code)
    stranger = keys.public(samples.STRANGER)
    yield _case("another authority", genuine, with_authority(public_key=stranger), code)
    code = "certificate-authority-not-alive"
    yield _case("authority of later", genuine, with_authority(first_day=day("2026-11-19")), code)
    yield _case("authority of earlier", genuine, with_authority(last_day=day("2026-11-17")), code)
    yield _case("authority's first day", genuine, with_authority(first_day=day("2026-11-18")), None)
    yield _case("authority's last day", genuine, with_authority(last_day=day("2026-11-18")), None)
    code = "certificate-authority-compromised"
    yield _case("authority compromised", genuine, with_authority(genuine=frozenset()), code)
    ours = frozenset({hash12(samples.delegated())})
    yield _case("authority compromised, delegation real", genuine, with_authority(genuine=ours), None)


def _by_signature(genuine: bytes, trusted: bytes) -> Iterator[Case]:
    protected, unprotected, payload, signature = cbor2.loads(genuine)
    riding = unprotected["d"]
    code = "certificate-delegation-forged"
    parts = cbor2.loads(riding)
    forged = encode([*parts[:3], bytes(64)])
    yield _case(
        "delegation without its signature",
        encode([protected, {"d": forged}, payload, signature]),
        trusted,
        code,
    )
    own = samples.delegated(samples.STRANGER)
    kid = keys.kid(keys.public(samples.AUTHORITY))
    posing = encode([encode({1: -8, 4: kid}), {}, *cbor2.loads(own)[2:]])
    aad = credential.external_aad(posing)
    self_made = cose.sign_riding(samples.DEVICE, payload, aad, posing)
    yield _case("delegation by a stranger under the authority's kid", self_made, trusted, code)
    code = "certificate-signature-wrong"
    changed = payload.replace(b"Aisyah", b"Aisyan")
    yield _case("another name", encode([protected, unprotected, changed, signature]), trusted, code)
    aad = credential.external_aad(riding)
    by_other = cose.sign_riding(samples.STRANGER, payload, aad, riding)
    yield _case("signed by another key", by_other, trusted, code)
    no_aad = cose.sign_riding(samples.DEVICE, payload, b"", riding)
    yield _case("signed without context", no_aad, trusted, code)
    bare = cose.sign_riding(samples.DEVICE, payload, credential.CONTEXT, riding)
    yield _case("signed without the delegation's hash", bare, trusted, code)
    later = samples.delegated(count=301)
    moved = encode([protected, {"d": later}, payload, signature])
    yield _case("moved to another genuine delegation", moved, trusted, code)
    order = 2**252 + 27742317777372353535851937790883648493
    big = int.from_bytes(signature[32:], "little") + order
    malleable = signature[:32] + big.to_bytes(32, "little")
    yield _case(
        "S beyond the group order", encode([protected, unprotected, payload, malleable]), trusted, code
    )


def _by_range(trusted: bytes) -> Iterator[Case]:
    """What the device itself could sign and must not: built below `issue`, which refuses it."""
    riding = samples.delegated()
    items = cbor2.loads(cbor2.loads(samples.certificate())[2])
    aad = credential.external_aad(riding)

    def with_item(place: int, value: int) -> bytes:
        changed = [*items[:place], value, *items[place + 1 :]]
        return cose.sign_riding(samples.DEVICE, encode(changed), aad, riding)

    code = "certificate-serial-outside"
    yield _case("serial before the block", with_item(0, 100090000300), trusted, code)
    yield _case("serial behind the block", with_item(0, 100090000601), trusted, code)
    yield _case("serial of another centre", with_item(0, 100100000412), trusted, code)
    yield _case("first serial of the block", with_item(0, 100090000301), trusted, None)
    yield _case("last serial of the block", with_item(0, 100090000600), trusted, None)
    code = "certificate-day-outside"
    yield _case("signed before the delegation", with_item(8, day("2026-09-30")), trusted, code)
    yield _case("signed after the delegation", with_item(8, day("2027-10-01")), trusted, code)
    yield _case("signed on its last day", with_item(8, day("2027-09-30")), trusted, None)
    yield _case("dated long before", with_item(7, day("2020-01-01")), trusted, None)


def _by_status(genuine: bytes, trusted: bytes) -> Iterator[Case]:
    mine, parent = hash12(genuine), hash12(samples.delegated())
    for reason in Reason:
        code = f"certificate-revoked-{reason}"
        by_serial = samples.status_list(serials={samples.SERIAL: reason, samples.SERIAL + 1: Reason.ERROR})
        yield _case(f"revoked by serial, {reason}", genuine, trusted, code, status=by_serial)
        by_hash = samples.status_list(hashes={mine: reason})
        yield _case(f"revoked by hash, {reason}", genuine, trusted, code, status=by_hash)
    neighbour = samples.status_list(serials={samples.SERIAL + 1: Reason.FRAUD}, hashes={parent: Reason.FRAUD})
    yield _case("others revoked", genuine, trusted, None, status=neighbour)
    code = "certificate-delegation-compromised"
    lost = samples.status_list(compromised={parent: frozenset()})
    yield _case("delegation compromised", genuine, trusted, code, status=lost)
    known = samples.status_list(compromised={parent: frozenset({mine, bytes(12)})})
    yield _case("delegation compromised, certificate registered", genuine, trusted, None, status=known)
    both = samples.status_list(
        serials={samples.SERIAL: Reason.SUPERSEDED}, compromised={parent: frozenset({mine})}
    )
    yield _case("registered and revoked", genuine, trusted, "certificate-revoked-superseded", status=both)


def _case(
    what: str,
    raw: bytes,
    trusted: bytes,
    code: str | None,
    *,
    back: bytes | None = None,
    status: bytes | None = None,
) -> Case:
    made: Case = {"what": what, "certificate": raw.hex(), "trust": trusted.hex(), "code": code}
    if back is not None:
        made["back"] = back.hex()
    if status is not None:
        made["status"] = status.hex()
    return made
