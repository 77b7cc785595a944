"""Which request token headquarters takes, so that a clone or a restored database shows itself.

Every reply carries a fresh token. The newest is taken, and so is the one the device used last,
since the reply that carried the newest may have been lost. Anything else comes from another copy
of the device: it gets a fresh token as a challenge, and an incident is noted.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Tokens(NamedTuple):
    """What headquarters remembers of a device; empty bytes where there is none yet."""

    newest: bytes = b""
    used: bytes = b""


class Verdict(StrEnum):
    """Taken, asked again without suspicion, or asked again and noted."""

    TAKEN = "taken"
    FIRST = "first"
    STRANGE = "strange"


def judge(tokens: Tokens, token: bytes) -> Verdict:
    """What to make of the token in a request."""
    if token and token in tokens:
        return Verdict.TAKEN
    if tokens == Tokens() and not token:
        return Verdict.FIRST
    return Verdict.STRANGE


def after(tokens: Tokens, token: bytes, fresh: bytes) -> Tokens:
    """What to remember once `fresh` goes out in answer to `token`."""
    if judge(tokens, token) is Verdict.TAKEN:
        return Tokens(fresh, token)
    return Tokens(fresh, tokens.newest)
