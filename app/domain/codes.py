"""Codes that people copy by hand, in Crockford's base 32 with a check character.

An enrolment code is 60 random bits, written XXXX-XXXX-XXXX-C; a recovery phrase is 160 bits in eight
such groups. The check character is the value modulo 37 (Douglas Crockford, "Base 32"), so any single
wrong character and nearly every swapped pair is noticed where it is typed. Reading takes small
letters, O for 0, I and L for 1, and ignores spaces and dashes.
"""

from __future__ import annotations

from app.errors import Refused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK_ALPHABET = ALPHABET + "*~$=U"
ENROLMENT_CHARACTERS = 12
RECOVERY_CHARACTERS = 32
RECOVERY_BYTES = 20
BITS_PER_CHARACTER = 5
GROUP = 4
LONGEST_INPUT = 200

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_IGNORED = str.maketrans("", "", "-‐‑–— \t\r\n\u00a0")


def enrolment_code(entropy: bytes) -> str:
    """The written enrolment code for 8 random bytes, of which the lowest 60 bits count."""
    value = int.from_bytes(entropy, "big") & ((1 << BITS_PER_CHARACTER * ENROLMENT_CHARACTERS) - 1)
    return written(value, ENROLMENT_CHARACTERS)


def read_enrolment_code(text: str) -> str:
    """The code's 12 characters without dashes and check character, which is what the key is stretched from.

    Raises Refused('code-invalid' | 'code-check').
    """
    return _digits(read(text, ENROLMENT_CHARACTERS), ENROLMENT_CHARACTERS)


def recovery_phrase(secret: bytes) -> str:
    """The written recovery phrase for 20 random bytes."""
    if len(secret) != RECOVERY_BYTES:
        raise ValueError("a recovery phrase stands for exactly 20 bytes")
    return written(int.from_bytes(secret, "big"), RECOVERY_CHARACTERS)


def read_recovery_phrase(text: str) -> bytes:
    """The 20 bytes a typed recovery phrase stands for; raises Refused('code-invalid' | 'code-check')."""
    return read(text, RECOVERY_CHARACTERS).to_bytes(RECOVERY_BYTES, "big")


def written(value: int, characters: int) -> str:
    """A number as `characters` digits in groups of four, and its check character."""
    digits = _digits(value, characters)
    groups = [digits[start : start + GROUP] for start in range(0, characters, GROUP)]
    return "-".join([*groups, CHECK_ALPHABET[value % len(CHECK_ALPHABET)]])


def read(text: str, characters: int) -> int:
    """The number in a typed code; raises Refused('code-invalid', expected=…) or Refused('code-check')."""
    typed = "" if len(text) > LONGEST_INPUT else text.translate(_IGNORED).upper().translate(_READ_AS)
    digits, check = typed[:-1], typed[-1:]
    if len(digits) != characters or not set(digits) <= set(ALPHABET) or check not in CHECK_ALPHABET:
        raise Refused("code-invalid", field="code", expected=characters + 1)
    value = 0
    for digit in digits:
        value = value << BITS_PER_CHARACTER | ALPHABET.index(digit)
    if CHECK_ALPHABET[value % len(CHECK_ALPHABET)] != check:
        raise Refused("code-check", field="code")
    return value


def _digits(value: int, characters: int) -> str:
    shifts = range(BITS_PER_CHARACTER * (characters - 1), -1, -BITS_PER_CHARACTER)
    return "".join(ALPHABET[value >> shift & 31] for shift in shifts)
