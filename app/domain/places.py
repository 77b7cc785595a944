"""Places as they stand on papers."""

from __future__ import annotations

_KINDS = ("Kota ", "Kabupaten ")


def town(city: str) -> str:
    """The place as it stands before a date: `Ternate` for `Kota Ternate`."""
    for kind in _KINDS:
        city = city.removeprefix(kind)
    return city
