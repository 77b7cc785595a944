"""The colour profile of the output intent: sRGB as its standard (IEC 61966-2-1) defines it, made here.

An ICC profile of version 4.2 with a matrix and one parametric curve, so no file with a licence of its own
has to be shipped, and no clock gets into it.
"""

from __future__ import annotations

import struct
from functools import cache

_XYZ = {
    b"wtpt": (0.96420, 1.00000, 0.82491),
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
"""The primaries and the white of sRGB, adapted to D50 as profiles want them (Bradford)."""

_ADAPTED = (1.04788, 0.02292, -0.05022, 0.02958, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
"""From D65 to D50 (Bradford)."""

_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_CHANNELS = (b"rTRC", b"gTRC", b"bTRC")


@cache
def srgb() -> bytes:
    """The profile, about 600 bytes."""
    tags = {
        b"desc": _words("sRGB IEC61966-2.1"),
        b"cprt": _words("No copyright, use freely"),
        b"chad": b"sf32" + bytes(4) + _fixed(_ADAPTED),
        **{tag: b"XYZ " + bytes(4) + _fixed(place) for tag, place in _XYZ.items()},
        b"rTRC": b"para" + bytes(4) + struct.pack(">HH", 3, 0) + _fixed(_CURVE),
    }
    start = 128 + 4 + 12 * (len(tags) + 2)
    places, body = {}, b""
    for tag, data in tags.items():
        places[tag] = (start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    places |= dict.fromkeys(_CHANNELS, places[b"rTRC"])
    table = b"".join(tag + struct.pack(">II", *place) for tag, place in places.items())
    return _header(start + len(body)) + struct.pack(">I", len(places)) + table + body


def _header(size: int) -> bytes:
    """The 128 bytes in front: version 4.2, a display's profile, dated the day the standard appeared."""
    return (
        struct.pack(">I4xI", size, 0x04200000)
        + b"mntrRGB XYZ "
        + struct.pack(">6H", 1999, 10, 18, 0, 0, 0)
        + b"acsp"
        + bytes(28)
        + _fixed(_XYZ[b"wtpt"])
        + bytes(48)
    )


def _fixed(numbers: tuple[float, ...]) -> bytes:
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


def _words(text: str) -> bytes:
    written = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II4sII", 1, 12, b"enUS", len(written), 28) + written
