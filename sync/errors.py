"""The troubles of the sync that screens and commands tell apart by class or code.

sync-no-server        nobody answers at headquarters' address
sync-captive-portal   somebody else answers: a network that wants a login first
sync-cut              the line broke; what was acknowledged is safe, the rest goes next time
sync-busy             headquarters asks to come back later
bundle-not-for-us     a bundle that was sealed for others
bundle-tampered       a bundle that was changed on the way
"""

from __future__ import annotations

from app.errors import Refused, SyncTrouble
from sync.protocol.cbor import Malformed

__all__ = ["Malformed", "Refused", "SyncTrouble"]
