"""Serials: composing, spelling, check pair, leases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import serial
from app.domain.ids import CentreCode, Serial
from app.domain.serial import Lease
from app.errors import Refused

centres = st.integers(1, 99_999).map(CentreCode)
sequences = st.integers(1, 9_999_999)


def test_the_serial_of_the_specimen_is_spelled_as_printed() -> None:
    assert serial.format(serial.compose(CentreCode(10009), 412)) == "10009 0000412 93"
    assert serial.parse(" 10009 0000412  93") == 100_090_000_412


@given(centres, sequences)
def test_a_serial_comes_back_from_paper(centre: CentreCode, sequence: int) -> None:
    number = serial.compose(centre, sequence)
    spelled = serial.format(number)
    assert serial.split(number) == (centre, sequence)
    assert serial.parse(spelled) == serial.parse(spelled.replace(" ", "")) == number
    assert int(spelled.replace(" ", "")) % 97 == 1


@given(centres, sequences, st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(centre: CentreCode, sequence: int, place: int, shift: int) -> None:
    digits = serial.format(serial.compose(centre, sequence)).replace(" ", "")
    wrong = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]
    with pytest.raises(Refused, match="serial-check"):
        serial.parse(wrong)


@given(centres, sequences, st.integers(0, 12))
def test_two_swapped_neighbours_are_always_noticed(centre: CentreCode, sequence: int, place: int) -> None:
    digits = serial.format(serial.compose(centre, sequence)).replace(" ", "")
    wrong = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    if wrong != digits:
        with pytest.raises(Refused, match="serial-check"):
            serial.parse(wrong)


@pytest.mark.parametrize(
    "text", ["", "10009 0000412", "10009-0000412-93", "١٠٠٠٩ 0000412 93", "10009 0000412 930"]
)
def test_another_shape_is_no_serial(text: str) -> None:
    with pytest.raises(Refused, match="serial-invalid"):
        serial.parse(text)


@pytest.mark.parametrize("number", [0, 412, 10009 * 10**7, 10**12, -1])
def test_a_number_without_centre_or_sequence_is_no_serial(number: int) -> None:
    with pytest.raises(Refused, match="serial-invalid"):
        serial.format(Serial(number))


def test_sequences_run_on_from_one_lease_into_the_next() -> None:
    leases = [Lease(900, 2), Lease(100, 3)]
    taken, used = [], 0
    for _ in range(5):
        used = serial.next_sequence(leases, used)
        taken.append(used)
    assert taken == [100, 101, 102, 900, 901]
    with pytest.raises(Refused, match="serials-exhausted"):
        serial.next_sequence(leases, used)


def test_without_a_lease_nothing_can_be_issued() -> None:
    with pytest.raises(Refused, match="serials-exhausted"):
        serial.next_sequence([], 0)
    assert serial.renewal_due([], 0)


@given(
    st.lists(st.builds(Lease, st.integers(1, 5000), st.integers(1, 300)), min_size=1, max_size=5),
    st.integers(0, 6000),
)
def test_the_next_sequence_is_leased_and_never_used_before(leases: list[Lease], used: int) -> None:
    numbers = sorted({n for lease in leases for n in range(lease.first, lease.last + 1) if n > used})
    if numbers:
        assert serial.next_sequence(leases, used) == numbers[0]
    else:
        with pytest.raises(Refused, match="serials-exhausted"):
            serial.next_sequence(leases, used)


def test_renewal_is_due_when_four_fifths_are_used() -> None:
    lease = Lease(1001, 300)
    assert not serial.renewal_due([lease], 1000)
    assert not serial.renewal_due([lease], 1239)
    assert serial.renewal_due([lease], 1240)
    assert serial.renewal_due([lease], 1300)


def test_a_fresh_block_ends_the_wish_for_another() -> None:
    assert not serial.renewal_due([Lease(1001, 300), Lease(2001, 300)], 1290)


def test_what_is_left_spans_the_leases() -> None:
    assert serial.left([Lease(1, 10), Lease(21, 10)], 4) == 16
