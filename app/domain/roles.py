"""What a person is at a centre: it stands on the person, and screens offer what the role may do."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Stored by value."""

    INSTRUCTOR = "instructor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
