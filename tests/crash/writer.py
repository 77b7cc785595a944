"""A process whose children get killed: `python -m tests.crash.writer`, which forks at each line of its input.

    SECONDS open FOLDER FIRST      open the folder and record
    SECONDS record FOLDER FIRST    the same, and the seconds count from when the folder is open
    SECONDS create FOLDER          set a folder up

It records marks from number FIRST on, telling of each once its call returned, and is killed after so many
seconds. Forking spares each victim the imports. Answers: the victim's own lines, then `dead`.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from itertools import count
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.orm import Session

from app.storage import workplace
from app.storage.journal import Draft, record
from tests.support import hand
from tests.support.databases import AUTHORITY

DEVICE = hand.identity(AUTHORITY, signing=Ed25519PrivateKey.from_private_bytes(b"s" * 32))
CODE = "KWU-1"
ANCHORED_EVERY = 7


def create(folder: Path) -> None:
    """Set the folder up and say so."""
    made, _ = workplace.create(folder, DEVICE, hand.CENTRE, None, lambda store: None)
    made.close()
    _say("created")


def record_marks(folder: Path, first: int, ready: int) -> None:
    """Record one roll call after the other until somebody ends it: of one person, or of five.

    `ready` is closed (a file descriptor) once the folder is open.
    """
    opened = workplace.open_folder(folder)
    os.close(ready)
    chance = random.Random(first)
    for number in count(first):
        participants = chance.choice((1, 1, 1, 5))
        with opened.store.write() as session:
            record_roll_call(session, number, participants)
        _say(f"mark {number} {participants}")
        if number % ANCHORED_EVERY == 0:
            opened.advance(issued=number)
            _say(f"anchored {number}")


def record_roll_call(session: Session, number: int, participants: int) -> None:
    """The marks of a session for some participants."""
    record(
        session,
        [
            Draft("mark", (hand.CENTRE, CODE, number, bytes([place]) * 16), {"mark": ("H", number)})
            for place in range(participants)
        ],
    )


def _say(line: str) -> None:
    os.write(sys.stdout.fileno(), f"{line}\n".encode())  # at once, and whole


def _serve() -> None:
    for line in sys.stdin:
        seconds, what, folder, *first = line.split()
        wait, ready = os.pipe()
        victim = os.fork()
        if not victim:
            create(Path(folder)) if what == "create" else record_marks(Path(folder), int(first[0]), ready)
            os._exit(0)
        os.close(ready)
        if what == "record":
            os.read(wait, 1)  # ends when the victim closes its end
        os.close(wait)
        time.sleep(float(seconds))
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        _say("dead")


if __name__ == "__main__":
    _serve()
