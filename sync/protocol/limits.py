"""The bounds every frame must keep, checked before anything is built from it.

A frame comes from another machine or from a stick: what it may make the reader spend is settled
here, in numbers of docs/formats/frame.md ("Bounds"). They may be raised, never lowered.
"""

from __future__ import annotations

from app.errors import SyncTrouble

MAX_COUNT = 32_768
"""Changes in one frame."""
MAX_REBUILT = 8 << 20
"""Bytes of all changes of a frame together."""
MAX_CHANGE = 16 << 10
"""Bytes of one change; the limit of app.journal.change."""
MAX_FRAME = 1 << 20
"""Bytes of a frame as it travels."""
MAX_INFLATED = 10 << 20
"""Bytes of a frame's payload once inflated."""
MAX_POINTS = 256
"""Signed points carried by one frame."""
MAX_SHAPES = 255
MAX_LEAVES = 255
"""Values one shape may have, its salt included."""
MAX_CELLS = 1 << 21
"""Values of all columns together, inner columns included."""
MAX_JOINED = 16 << 20
"""Characters put together by the columns that join texts."""
MAX_DEPTH = 16
"""Columns inside columns."""


class FrameInvalid(SyncTrouble):
    """These bytes are no frame. `why` says in one word which rule they break."""

    def __init__(self, *, why: str) -> None:
        super().__init__("frame-invalid", why=why)
        self.why = why
