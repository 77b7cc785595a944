"""Trust files and status lists as vectors: one after the other as a holder meets them, and the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import cbor2

from app.certificates import cose, keys, status, trust
from app.certificates.spelling import encode
from app.certificates.status import Reason
from app.certificates.trust import StatusKey
from tests.certificates import samples
from tests.certificates.samples import ROOT, STANDBY, STRANGER, day

Case = dict[str, Any]


def trust_files() -> Iterator[Case]:
    """`held` (or null at first contact), `offered`, and the code of the refusal or null."""
    first = samples.trust_file()
    yield _met("first contact", None, first, None)
    yield _met("the same again", first, first, None)
    newer = replace(samples.TRUST, counter=2)
    yield _met("newer, by the same root", first, trust.build(ROOT, newer), None)
    yield _met("newer, by the standby", first, trust.build(STANDBY, newer), None)
    yield _met("older", trust.build(ROOT, newer), first, "trust-older")
    fork = samples.trust_file(host="lain.example")
    yield _met("same counter, other content", first, fork, "trust-forked")
    taken = replace(newer, roots=(keys.public(STRANGER),))
    yield _met(
        "by a root the holder does not know", first, trust.build(STRANGER, taken), "trust-signer-unknown"
    )
    heir = replace(newer, roots=(keys.public(STANDBY), keys.public(STRANGER)))
    yield _met("the standby names an heir", first, trust.build(STANDBY, heir), None)
    dropped = _signed(ROOT, [2, *_items(first)[1:4], [keys.public(STANDBY)], *_items(first)[5:]])
    yield _met("by a root that is not in the file", first, dropped, "trust-signer-unknown")
    parts = cbor2.loads(first)
    yield _met("signature of zeros", None, encode([*parts[:3], bytes(64)]), "trust-forged")
    payload = parts[2]
    other = cose.sign(ROOT, payload, status.CONTEXT)
    yield _met("signed for another purpose", None, other, "trust-forged")
    for what, place, value in _trust_outside():
        items = _items(first)
        changed = _signed(ROOT, [*items[:place], value, *items[place + 1 :]])
        yield _met(what, None, changed, "trust-malformed")
    yield _met("tagged", None, b"\xd2" + first, "trust-malformed")
    yield _met("trailing byte", None, first + b"\0", "trust-malformed")
    yield _met("empty", None, b"", "trust-malformed")


def _trust_outside() -> list[tuple[str, int, object]]:
    items = _items(samples.trust_file())
    root, authority, status_key = items[4][0], items[5][0], items[6][0]
    return [
        ("counter 0", 0, 0),
        ("next update before the file", 2, day("2026-10-31")),
        ("host in capitals", 3, "Sertifikat.example"),
        ("host with a path", 3, "sertifikat.example/x"),
        ("no roots", 4, []),
        ("five roots", 4, [*items[4], *(keys.public(samples.key(n)) for n in (20, 21, 22))]),
        ("a root twice", 4, [root, root]),
        ("a root as authority", 5, [[root, *authority[1:]]]),
        ("authority with its life turned round", 5, [[*authority[:2], authority[3], authority[2], None]]),
        ("authority without a name", 5, [[authority[0], "", *authority[2:]]]),
        ("delegations out of order", 5, [[*authority[:4], b"b" * 12 + b"a" * 12]]),
        ("delegations of 13 bytes", 5, [[*authority[:4], b"a" * 13]]),
        ("an epoch twice", 6, [status_key, [keys.public(samples.key(20)), status_key[1]]]),
        ("key of 31 bytes", 6, [[status_key[0][:31], 1]]),
    ]


def status_lists() -> Iterator[Case]:
    """`held` (or null), `offered`, the trust file, and the code of the refusal or null."""
    trusted = samples.trust_file()
    first = samples.status_list()
    yield _met("first list", None, first, None, trusted)
    yield _met("the same again", first, first, None, trusted)
    second = samples.status_list(number=2, serials={samples.SERIAL: Reason.FRAUD})
    yield _met("newer", first, second, None, trusted)
    yield _met("older", second, first, "status-older", trusted)
    fork = samples.status_list(dated=day("2026-11-22"))
    yield _met("same counter, other content", first, fork, "status-forked", trusted)
    later = replace(samples.LIST, epoch=2)
    twice = samples.trust_file(
        counter=2,
        status_keys=(*samples.TRUST.status_keys, StatusKey(keys.public(STRANGER), 2)),
    )
    next_epoch = status.build(STRANGER, later)
    yield _met("next epoch begins at 1 again", second, next_epoch, None, twice)
    yield _met("back to the epoch before", next_epoch, second, "status-older", twice)
    yield _met("epoch of another key", None, status.build(samples.STATUS, later), "status-forged", twice)
    yield _met("by an unknown key", None, next_epoch, "status-signer-unknown", trusted)
    by_root = cose.sign(ROOT, cbor2.loads(first)[2], status.CONTEXT)
    yield _met("by the root", None, by_root, "status-signer-unknown", trusted)
    yield _met(
        "signature of zeros", None, encode([*cbor2.loads(first)[:3], bytes(64)]), "status-forged", trusted
    )
    for what, place, value in _status_outside():
        items = _items(first)
        changed = _signed(samples.STATUS, [*items[:place], value, *items[place + 1 :]], status.CONTEXT)
        yield _met(what, None, changed, "status-malformed", trusted)
    yield _met("tagged", None, b"\xd2" + first, "status-malformed", trusted)


def _status_outside() -> list[tuple[str, int, object]]:
    serial, none = samples.SERIAL, [[], b""]
    return [
        ("number 0", 1, 0),
        ("next update before the list", 3, day("2026-11-22")),
        ("two reasons", 4, [none, none]),
        ("a step of 0", 4, [[[serial, 0], b""], none, none]),
        ("a serial with sequence 0", 4, [[[100090000000], b""], none, none]),
        ("a serial under two reasons", 4, [[[serial], b""], [[serial], b""], none]),
        ("a hash under two reasons", 4, [[[], bytes(12)], [[], bytes(12)], none]),
        ("hashes out of order", 4, [[[], b"b" * 12 + b"a" * 12], none, none]),
        ("a hash twice", 4, [[[], bytes(24)], none, none]),
        ("a hash cut short", 4, [[[], bytes(23)], none, none]),
        ("a delegation twice", 5, [[bytes(12), b""], [bytes(12), b""]]),
        ("delegation's hash of 32 bytes", 5, [[bytes(32), b""]]),
        ("allowed as an array", 5, [[bytes(12), [bytes(12)]]]),
    ]


def _items(raw: bytes) -> list[Any]:
    found: list[Any] = cbor2.loads(cbor2.loads(raw)[2])
    return found


def _signed(key: Any, items: list[Any], context: bytes = trust.CONTEXT) -> bytes:
    return cose.sign(key, encode(items), context)


def _met(
    what: str, held: bytes | None, offered: bytes, code: str | None, trusted: bytes | None = None
) -> Case:
    made: Case = {"what": what, "held": held.hex() if held else None, "offered": offered.hex(), "code": code}
    return made if trusted is None else {**made, "trust": trusted.hex()}
