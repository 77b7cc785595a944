"""Certificate serials: centre and sequence in one number with a check pair, and where sequences come from.

docs/formats/certificate.md, "Numbers": five digits of the centre, seven of the sequence, printed with an
ISO 7064 MOD 97-10 pair: `10009 0000412 93`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from stdnum.iso7064 import mod_97_10

from app.domain.ids import CentreCode, Serial
from app.errors import Refused

SEQUENCES = 10_000_000
"""One more than the highest sequence; the lowest is 1."""
CENTRES = 100_000
_SPELLED = re.compile(r"[0-9]{14}")


@dataclass(frozen=True, slots=True)
class Lease:
    """A block of the centre's sequence that this device alone may use: `count` numbers from `first` on."""

    first: int
    count: int

    @property
    def last(self) -> int:
        """The last number of the block."""
        return self.first + self.count - 1


def compose(centre: CentreCode, sequence: int) -> Serial:
    """The serial of a centre's sequence; Refused("serial-invalid") outside 1..99999 or 1..9999999."""
    if not (1 <= centre < CENTRES and 1 <= sequence < SEQUENCES):
        raise Refused("serial-invalid", field="serial")
    return Serial(centre * SEQUENCES + sequence)


def split(serial: Serial) -> tuple[CentreCode, int]:
    """The centre and the sequence of a serial; Refused("serial-invalid") where it can't be one."""
    centre, sequence = divmod(serial, SEQUENCES)
    compose(CentreCode(centre), sequence)
    return CentreCode(centre), sequence


def format(serial: Serial) -> str:
    """As printed: `10009 0000412 93`."""
    centre, sequence = split(serial)
    digits = f"{centre:05}{sequence:07}"
    return f"{digits[:5]} {digits[5:]} {mod_97_10.calc_check_digits(digits)}"


def parse(text: str) -> Serial:
    """The serial somebody typed or scanned: 14 digits, spaces anywhere.

    Raises Refused("serial-invalid") where it has another shape, ("serial-check") where the pair is wrong.
    """
    digits = "".join(text.split())
    if not _SPELLED.fullmatch(digits):
        raise Refused("serial-invalid", field="serial")
    if digits[12:] != mod_97_10.calc_check_digits(digits[:12]):  # 00, 01 and 98 are pairs nobody prints
        raise Refused("serial-check", field="serial")
    return compose(CentreCode(int(digits[:5])), int(digits[5:12]))


def next_sequence(leases: Iterable[Lease], highest_used: int) -> int:
    """The lowest leased number above the highest this device ever used (the anchor's, 0 for none).

    Numbers below it that were never used stay unused: after a restore nobody can tell. Raises
    Refused("serials-exhausted").
    """
    ahead = [max(lease.first, highest_used + 1) for lease in leases if lease.last > highest_used]
    if not ahead:
        raise Refused("serials-exhausted")
    return min(ahead)


def left(leases: Iterable[Lease], highest_used: int) -> int:
    """How many numbers can still be used."""
    return sum(min(lease.count, lease.last - highest_used) for lease in leases if lease.last > highest_used)


def renewal_due(leases: Iterable[Lease], highest_used: int, percent: int = 80) -> bool:
    """Whether to ask headquarters for the next block: as much is left as when `percent` of the newest
    block is used, or less. True without any lease."""
    listed = sorted(leases, key=lambda lease: lease.first)
    if not listed:
        return True
    return 100 * left(listed, highest_used) <= (100 - percent) * listed[-1].count
