"""Why headquarters answers nothing at all: the codes of whole refusals and their HTTP statuses.

The body of such an answer is CBOR `[1, code]`, so that a captive portal's page is never taken for one.
"""

from __future__ import annotations

from app.errors import SyncTrouble
from sync.protocol.cbor import Malformed, dumps, loads

VERSION = 1
STATUSES = {
    "sync-malformed": 400,
    "sync-signature": 403,
    "sync-device-unknown": 403,
    "sync-host-foreign": 421,
    "sync-too-big": 413,
    "sync-busy": 503,
    "enrolment-code-unknown": 403,
    "enrolment-code-used": 409,
    "enrolment-code-expired": 410,
}
MAX_BODY = 200
WHAT = "refusal"


def pack(code: str) -> bytes:
    """The body of a refusal."""
    return dumps([VERSION, code])


def parse(body: bytes) -> SyncTrouble:
    """The trouble a refusal's body names; raises Malformed when it is none of ours."""
    value = loads(body, WHAT) if len(body) <= MAX_BODY else None
    match value:
        case [1, str(code)] if code == "sync-malformed":
            return Malformed("request")
        case [1, str(code)] if code in STATUSES:
            return SyncTrouble(code)
    raise Malformed(WHAT)
