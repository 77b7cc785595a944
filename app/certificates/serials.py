"""Serial numbers as people read them: five digits, seven digits, and a pair of check digits."""

from __future__ import annotations

from app.certificates.delegation import SEQUENCES


def check_pair(serial: int) -> str:
    """The two check digits of ISO 7064 MOD 97-10 over the serial's twelve digits."""
    return f"{98 - serial * 100 % 97:02d}"


def printed(serial: int) -> str:
    """The serial as it stands on paper: `10009 0000412 93`."""
    centre, sequence = divmod(serial, SEQUENCES)
    return f"{centre:05d} {sequence:07d} {check_pair(serial)}"
