"""How a participant stands towards a class."""

from __future__ import annotations

from enum import StrEnum


class EnrolmentState(StrEnum):
    """Stored by value. Only who is enrolled is taught, decided on and certified."""

    APPLIED = "applied"
    WAITING = "waiting"
    ENROLLED = "enrolled"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"
