"""The one protocol both headquarters' rules and the HTTP client implement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class Exchange(Protocol):
    """Headquarters, as a laptop sees it: in the same process or at the other end of a line."""

    @property
    def host(self) -> str:
        """The authority that requests are signed for."""

    def sync(self, body: bytes) -> Iterable[bytes]:
        """The reply to a signed request of section 6, in pieces as they arrive.

        Raises SyncTrouble: with `again=True` among its facts the same call may succeed later.
        """

    def chunks(self, request: bytes) -> Iterable[bytes]:
        """The reply to a request of section 10, in pieces as they arrive; raises SyncTrouble."""

    def enrol(self, request: bytes) -> bytes:
        """The answer to an enrolment request of section 7; raises Refused or SyncTrouble."""
