"""Ids of rows: the same for the same NIK everywhere in a centre, and never twice for what has none."""

from __future__ import annotations

import hmac
from hashlib import sha256
from itertools import islice
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.domain import row_ids
from app.domain.ids import CentreCode

CENTRE = CentreCode(10009)
NIK = "8271014101859001"


def test_a_participants_id_is_what_the_format_page_says() -> None:
    """docs/formats/sync.md, section 2, spelled out bit by bit."""
    secret = bytes(range(32))
    high = bin(
        int.from_bytes(sha256(b"balai/centre-half/1\0" + (10009).to_bytes(8, "big")).digest()[:8], "big")
    )
    low = hmac.new(secret, b"balai/participant/1\0" + NIK.encode(), sha256).digest()
    first = high[2:].rjust(64, "0")[:60]
    second = bin(int.from_bytes(low[:8], "big"))[2:].rjust(64, "0")[:62]
    bits = first[:48] + "1000" + first[48:] + "10" + second
    assert row_ids.participant_id(CENTRE, secret, NIK) == int(bits, 2).to_bytes(16, "big")


def test_an_id_never_changes_from_one_version_to_the_next() -> None:
    found = row_ids.participant_id(CENTRE, bytes(range(32)), NIK)
    assert found.hex() == "61652488b2298d13bb627131b95d60f0"


@given(
    st.binary(min_size=32, max_size=32), st.sampled_from([NIK, "8271010101859002"]), st.integers(2, 99_999)
)
def test_ids_are_uuids_of_version_8_whose_first_half_is_the_centres(
    secret: bytes, nik: str, centre: int
) -> None:
    made = row_ids.participant_id(CentreCode(centre), secret, nik)
    uuid = UUID(bytes=made)
    assert uuid.version == 8 and uuid.variant == "specified in RFC 4122"
    assert made[:8] == row_ids.participant_id(CentreCode(centre), bytes(32), NIK)[:8]


@given(st.binary(min_size=14, max_size=14))
def test_fresh_ids_are_uuids_that_count_up_from_a_random_start(entropy: bytes) -> None:
    made = list(islice(row_ids.fresh(entropy), 100))
    assert len(set(made)) == 100 and made == sorted(made)
    assert len({one[:8] for one in made}) == 1
    assert all(UUID(bytes=one).version == 8 for one in made)
    assert int.from_bytes(made[0][8:], "big") & (1 << 62) - 1 == int.from_bytes(entropy[8:], "big")


def test_starts_with_other_entropy_never_meet() -> None:
    one, other = (next(row_ids.fresh(bytes([n]) * 14)) for n in (1, 2))
    assert one[:8] != other[:8]
