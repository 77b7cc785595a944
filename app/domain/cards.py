"""What the bar code of a participant's card says: a prefix no key of the program begins with, and the id.

Nothing on it is anybody's data: the id can be read only together with the centre's database.
"""

from __future__ import annotations

import base64
import binascii

from app.domain.ids import ParticipantId
from app.errors import Refused

PREFIX = "BLP"
"""Letters that mark nothing in a roll call: the first ones of a card do no harm before it is known."""

LENGTH = len(PREFIX) + 26
_PAD = "======"
_VERSION, _VARIANT = 8, 2


def card_text(participant: bytes) -> str:
    """29 capitals and digits (Code 128, QR): the prefix and the 16 bytes in base 32 (RFC 4648)."""
    return PREFIX + base64.b32encode(participant).decode("ascii").rstrip("=")


def card_holder(text: str) -> ParticipantId:
    """Whose card it is, also where Caps Lock was on; Refused("card-unreadable") for any other text."""
    typed = text.strip().upper()
    if len(typed) != LENGTH or not typed.startswith(PREFIX):
        raise Refused("card-unreadable", field="card")
    try:
        found = base64.b32decode(typed.removeprefix(PREFIX) + _PAD)
    except (binascii.Error, ValueError):
        raise Refused("card-unreadable", field="card") from None
    if found[6] >> 4 != _VERSION or found[8] >> 6 != _VARIANT or card_text(found) != typed:
        raise Refused("card-unreadable", field="card")
    return ParticipantId(found)
