"""The sounds of a card reader's answer: short tones that differ, played by the system's own means.

The part of Qt that plays sounds is as large as the rest of the program together; four tones are not.
"""

from __future__ import annotations

import array
import io
import math
import shutil
import sys
import wave
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QProcess, QTemporaryDir
from PySide6.QtWidgets import QApplication

from ui.desktop.pages.roll_call_presenter import Outcome

RATE = 16_000
_LOUD = 9_000
_SOFT = RATE // 100  # samples over which a tone swells and fades, so that it does not click
_PLAYERS = ("pw-play", "paplay", "aplay", "afplay")
TONES: dict[Outcome, Sequence[tuple[int, int]]] = {
    Outcome.OK: ((880, 70), (1_320, 90)),
    Outcome.ALREADY: ((880, 70), (0, 50), (880, 70)),
    Outcome.WRONG_CLASS: ((440, 160), (330, 200)),
    Outcome.UNKNOWN: ((220, 350),),
}
"""Hertz (0: silence) and milliseconds."""


class Sounds:
    """Plays the tones; a machine that cannot play them beeps."""

    def __init__(self) -> None:
        self._folder: QTemporaryDir | None = None
        self._player = next((found for name in _PLAYERS if (found := shutil.which(name))), "")

    def play(self, outcome: Outcome) -> None:
        """Play, and wait for nothing."""
        file = str(self._file(outcome))
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(file, winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        elif not self._player or not QProcess.startDetached(self._player, [file])[0]:
            QApplication.beep()

    def _file(self, outcome: Outcome) -> Path:
        if self._folder is None:
            self._folder = QTemporaryDir()
        file = Path(self._folder.path()) / f"{outcome.value}.wav"
        if not file.exists():
            file.write_bytes(wav(TONES[outcome]))
        return file


def wav(tones: Sequence[tuple[int, int]]) -> bytes:
    """Tones one after the other as a WAV file: one channel, 16 bits."""
    samples = array.array("h")
    for hertz, milliseconds in tones:
        count = RATE * milliseconds // 1_000
        for at in range(count):
            swell = min(at, count - at, _SOFT) / _SOFT
            samples.append(round(_LOUD * swell * math.sin(2 * math.pi * hertz * at / RATE)))
    if sys.byteorder == "big":
        samples.byteswap()
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return made.getvalue()
