"""The QR code: bytes to the text in it and back, and the symbol as a bitmap."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

import zxingcpp

from app.errors import Refused

DIGITS_MAX = 4_000
CERTIFICATE = 0x84
BACK = 0x82
_MARK = b"\x01"
_MASK = 3
_BITS = bytes(49 if level < 128 else 48 for level in range(256))
"""Turns a grey level into the character 1 for dark, 0 for light."""

_TEXT = re.compile(r"(?:https://([a-z0-9.-]{1,63})/v#)?([1-9][0-9]*)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Carried:
    """The bytes of a certificate or back page, and the host the code names (None for a bare number)."""

    payload: bytes
    host: str | None

    @property
    def is_back(self) -> bool:
        """Whether it is a back page rather than a certificate."""
        return self.payload[:1] == bytes([BACK])


def text(payload: bytes, host: str) -> str:
    """The text of the QR code; raises Refused("certificate-too-long") beyond 4,000 digits."""
    number = str(int.from_bytes(_MARK + payload, "big")) if len(payload) < DIGITS_MAX // 2 else "0" * 9_999
    if len(number) > DIGITS_MAX:
        raise Refused("certificate-too-long")
    return f"https://{host}/v#{number}"


def carried(found: str) -> Carried:
    """What a text carries; raises Refused("certificate-foreign" | "certificate-too-long")."""
    if len(found) > 2 * DIGITS_MAX:
        raise Refused("certificate-too-long")
    match = _TEXT.fullmatch(found.strip())
    if match is None:
        raise Refused("certificate-foreign")
    host, number = match.groups()
    if len(number) > DIGITS_MAX:
        raise Refused("certificate-too-long")
    value = int(number)
    raw = value.to_bytes((value.bit_length() + 7) // 8, "big")
    if raw[:1] != _MARK or len(raw) < 2 or raw[1] not in (CERTIFICATE, BACK):
        raise Refused("certificate-foreign")
    return Carried(raw[1:], host.lower() if host else None)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR symbol: `size` modules each way, rows of bits (1 = dark) padded to bytes, without the margin."""

    size: int
    rows: bytes


def symbol(content: str) -> Symbol:
    """The symbol of a text, error correction level M, the number in numeric mode.

    The mask is always the same: signed bytes look random under any of the eight, blurred and noisy
    prints of all eight were read alike, and trying them all takes seven times as long.
    """
    drawn = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M", dataMask=_MASK)
    picture = drawn.to_image(scale=1, add_hrt=False, add_quiet_zones=False)
    size = picture.shape[0]
    width = (size + 7) // 8
    bits = bytes(cast("bytes", picture)).translate(_BITS).decode("ascii")
    padding = "0" * (8 * width - size)
    padded = "".join([bits[i : i + size] + padding for i in range(0, len(bits), size)])
    return Symbol(size, int(padded, 2).to_bytes(width * size, "big"))
