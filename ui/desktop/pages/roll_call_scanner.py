"""Tells what a card reader types from what a person types: by the card's prefix, and by its speed.

A reader is a keyboard that types very fast. What it types must never mark anybody by its letters, whichever
bar code it was held to: our cards are known by their prefix, others by a speed that no hand has.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.domain.cards import LENGTH, PREFIX

SAME_CARD = 80
"""Milliseconds between two letters of one card; slow readers take 30."""

NO_HAND = 25
"""Milliseconds between two keys that no hand presses one after the other, again and again."""

NO_HAND_KEYS = 5
"""So many of them in a row were not typed by hand: two fingers may fall together, five do not."""

_ENDS = "\r\n\t"


class Heard(Enum):
    """What became of a key."""

    HAND = "hand"  # somebody typed it, as far as one can tell
    CARD = "card"  # part of what a reader types: nobody else may have it
    FOREIGN = "foreign"  # the same, and the first sign of a bar code that is no card of ours


@dataclass(frozen=True, slots=True)
class Key:
    """What became of a key. `card` is the whole text, with the key that completes it. `back` is how many
    keys before this one were taken for a hand's though they came from the reader.
    """

    heard: Heard
    card: str = ""
    back: int = 0


class Scanner:
    """Listens to every key. Times are milliseconds of any one clock; 0 means that nobody knows."""

    def __init__(self) -> None:
        self._typed = ""
        self._run = self._last = 0
        self._reading = self._foreign = False

    def key(self, text: str, at: int) -> Key:
        """A key that types `text`, one letter or the end of a line, at this time."""
        gap = at - self._last if at and self._last else None
        self._last = at
        if gap is not None and gap > SAME_CARD:
            self._rest()
        if self._foreign:
            return self._let_pass(text)
        if self._reading:
            return self._read(text)
        self._run = self._run + 1 if gap is not None and gap <= NO_HAND else 1
        return self._listen(text)

    def _listen(self, text: str) -> Key:
        """A key of which one cannot know yet."""
        letter = text.upper()
        longer = self._typed + letter
        self._typed = next((typed for typed in (longer, letter) if typed and PREFIX.startswith(typed)), "")
        if self._typed == PREFIX:
            self._reading = True
            return Key(Heard.CARD, back=len(PREFIX) - 1)
        if self._run >= NO_HAND_KEYS and not self._typed:
            self._foreign = True
            return Key(Heard.FOREIGN, back=self._run - 1)
        return Key(Heard.HAND)

    def _read(self, text: str) -> Key:
        """A key of a card of ours, which is complete at its length; readers may or may not end the line."""
        if text in _ENDS:
            short = self._typed if len(self._typed) < LENGTH else ""
            self._rest()
            return Key(Heard.CARD, short)
        self._typed += text.upper()
        return Key(Heard.CARD, self._typed if len(self._typed) == LENGTH else "")

    def _let_pass(self, text: str) -> Key:
        if text in _ENDS:
            self._rest()
        return Key(Heard.CARD)

    def _rest(self) -> None:
        self._typed, self._run = "", 0
        self._reading = self._foreign = False
