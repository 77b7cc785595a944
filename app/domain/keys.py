"""The natural key of a class, which the keys of its sessions, enrolments, marks and results begin with."""

from __future__ import annotations

from typing import NamedTuple

from app.domain.ids import CentreCode, ClassCode


class ClassKey(NamedTuple):
    """A class of a centre. Spreads into longer keys: `(*key, number)` is a session's."""

    centre: CentreCode
    code: ClassCode
