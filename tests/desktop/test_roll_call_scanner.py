"""Cards and hands: what a reader types marks nobody, what a hand types always does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import row_ids
from app.domain.attendance import Status
from app.domain.cards import PREFIX, card_text
from ui.desktop.pages.roll_call_scanner import NO_HAND, NO_HAND_KEYS, SAME_CARD, Heard, Scanner

IDS = st.builds(row_ids.joined, st.integers(0, 2**60 - 1), st.integers(0, 2**62 - 1))
KEYS = st.sampled_from("HTISAhtisa0123456789/BLPXyz")


def _typed(scanner: Scanner, text: str, gap: int, start: int = 10_000) -> tuple[str, list[str], int]:
    """What passed for a hand's after what was taken back, the cards, and when the last key came."""
    hand, cards, at = "", [], start
    for letter in text:
        key = scanner.key(letter, at)
        if key.back:
            hand = hand[: -key.back]
        if key.heard is Heard.HAND:
            hand += letter
        if key.card or key.heard is Heard.FOREIGN:
            cards.append(key.card)
        at += gap
    return hand, cards, at


@given(IDS, st.integers(1, SAME_CARD), st.sampled_from(["", "\r", "\n", "\t"]))
def test_a_card_is_read_whole_and_none_of_its_letters_is_a_hands(who: bytes, gap: int, end: str) -> None:
    text = card_text(who)
    assert _typed(Scanner(), text + end, gap)[:2] == ("", [text])


@given(IDS, st.integers(1, NO_HAND), st.text(KEYS, max_size=6))
def test_a_hand_goes_on_after_a_card_and_another_card_is_read_after_that(
    who: bytes, gap: int, typed: str
) -> None:
    scanner, text = Scanner(), card_text(who)
    at = _typed(scanner, text, gap)[2]
    hand, cards, at = _typed(scanner, typed, 400, at + 400)
    assert (hand, cards) == (typed, [])
    assert _typed(scanner, text, gap, at + 400)[:2] == ("", [text])


@given(st.text(KEYS, min_size=1, max_size=40), st.integers(SAME_CARD + 1, 2_000))
def test_whatever_a_hand_types_is_let_through(typed: str, gap: int) -> None:
    assert _typed(Scanner(), typed, gap)[:2] == (typed, [])


@pytest.mark.parametrize(
    "code", ["HTTPS://SERTIFIKAT.EXAMPLE.ID/V", "8998866200301\r", "HASIATISH", "SATISH\r"]
)
def test_another_bar_code_is_known_by_its_speed_and_what_it_typed_is_taken_back(code: str) -> None:
    assert _typed(Scanner(), code, NO_HAND)[:2] == ("", [""])


def test_two_fingers_falling_together_are_still_a_hand() -> None:
    scanner, at = Scanner(), 1_000
    for _ in range(10):
        hand, cards, at = _typed(scanner, "HT" * ((NO_HAND_KEYS - 1) // 2), 5, at + 150)
        assert len(hand) == NO_HAND_KEYS - 1 and not cards


def test_a_card_cut_short_is_told_and_does_no_harm() -> None:
    scanner = Scanner()
    assert _typed(scanner, PREFIX + "ABCATIS\r", 8)[:2] == ("", [PREFIX + "ABCATIS"])
    assert _typed(scanner, PREFIX + "ABCATIS", 8, 20_000)[:2] == ("", [])
    assert _typed(scanner, "H", 8, 30_000)[:2] == ("H", [])


def test_where_nobody_knows_the_time_hands_are_hands_and_cards_are_cards() -> None:
    scanner = Scanner()
    assert _typed(scanner, "HHHHHTISA", 0, 0)[:2] == ("HHHHHTISA", [])
    text = card_text(row_ids.joined(1, 2))
    assert _typed(scanner, text, 0, 0)[:2] == ("", [text])


def test_no_letter_of_the_prefix_marks_anybody() -> None:
    assert not set(PREFIX) & {status.value for status in Status}
