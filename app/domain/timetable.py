"""What is planned for a session: its day, its times, its training hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.text import LONGEST, optional_line
from app.errors import Refused

MINUTES_OF_DAY = 24 * 60
_MOST_JP = 24


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A session as planned; `starts` and `ends` in minutes since local midnight, `jp` in training hours.

    `module` is the code of the module taught, where the plan says so.
    """

    day: date
    starts: int
    ends: int
    jp: int
    topic: str | None = None
    module: str | None = None

    def checked(self) -> SessionPlan:
        """The plan with its words tidied; Refused("session-times") or ("session-jp", most=…)."""
        if not 0 <= self.starts < self.ends <= MINUTES_OF_DAY:
            raise Refused("session-times", field="starts")
        if not 1 <= self.jp <= _MOST_JP:
            raise Refused("session-jp", field="jp", most=_MOST_JP)
        topic = optional_line(self.topic, "topic", LONGEST)
        return SessionPlan(self.day, self.starts, self.ends, self.jp, topic, self.module or None)
