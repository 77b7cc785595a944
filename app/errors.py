"""The errors that are somebody's to mend, each with a code; sentences for people live in resources/wording.

    Trouble
    ├── Refused         the request breaks a rule: a person can change it          (exit 1)
    │   └── NotFound    what was named does not exist here                         (exit 1)
    ├── StorageTrouble  the disk, the database or its key is at fault              (exit 3)
    └── SyncTrouble     the link, the server or the file from elsewhere is at fault (exit 3)

Anything else that is raised is a bug of ours.
"""

from __future__ import annotations


class Trouble(Exception):
    """Something a person can act on. `code` names the sentence, `facts` fill its placeholders.

    `field` names the input concerned, where there is one. Facts must not hold personal data other
    than what the person has just typed; the message of the exception is the code alone, so that
    logs stay free of them.
    """

    def __init__(self, code: str, field: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts


class Refused(Trouble):
    """A rule forbids it; nothing was changed."""


class NotFound(Refused):
    """What was named is not here."""


class StorageTrouble(Trouble):
    """Disk, database, key or anchor is at fault."""


class SyncTrouble(Trouble):
    """Link, headquarters' server, or a file from elsewhere is at fault."""
