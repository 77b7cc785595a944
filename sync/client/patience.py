"""Trying again: around sending *and* reading, with a full-jitter back-off that headquarters may lengthen."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_random_exponential

from app.errors import SyncTrouble

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to keep trying: the first pause up to `shortest` seconds, then twice that, up to `longest`."""

    attempts: int = 5
    shortest: float = 5.0
    longest: float = 900.0
    sleep: Callable[[float], None] = field(default=time.sleep)

    def insist(self, call: Callable[[], T], before_again: Callable[[SyncTrouble], None]) -> T:
        """The call's result; troubles that may pass are waited out, the last one is raised as it came."""
        retrying = Retrying(
            retry=retry_if_exception(may_pass),
            wait=self._pause,
            stop=stop_after_attempt(self.attempts),
            sleep=self.sleep,
            before_sleep=lambda state: before_again(_trouble(state)),
            reraise=True,
        )
        return retrying(call)

    def _pause(self, state: RetryCallState) -> float:
        asked = _trouble(state).facts.get("wait")
        drawn = wait_random_exponential(multiplier=self.shortest, max=self.longest)(state)
        return max(drawn, float(asked)) if isinstance(asked, int) else drawn


def may_pass(fault: BaseException) -> bool:
    """Whether the same call may succeed later."""
    return isinstance(fault, SyncTrouble) and fault.facts.get("again") is True


def _trouble(state: RetryCallState) -> SyncTrouble:
    fault = state.outcome.exception() if state.outcome is not None else None
    assert isinstance(fault, SyncTrouble), "only troubles are tried again"
    return fault
