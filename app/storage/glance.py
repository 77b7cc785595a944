"""A first look into a data folder: who signs in there and at which centre, before the rest is imported.

The window is to be there at once, and the database's tables take half a second to import. So this reads
the few rows of the sign-in page by hand, with nothing but SQLCipher and the key. It never writes, and
where anything is out of the ordinary it answers None: opening the folder in earnest says what it is.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import cbor2
from sqlcipher3 import dbapi2 as cipher

from app.errors import Trouble
from app.storage import keys, keystore
from app.storage.keys import SlotKind

DATABASE, KEY_FILE, MACHINE = "balai.db", "balai.keys", "machine"
_PEOPLE = """SELECT p.id, p.name, p.login, p.role, n.person IS NOT NULL FROM person p LEFT JOIN pin n
ON n.person = p.id WHERE p.active AND NOT coalesce(p.gone, 0) ORDER BY p.name, p.id LIMIT 500"""
_CENTRE = "SELECT name, timezone FROM centre WHERE code = ? AND NOT coalesce(gone, 0)"
_SCOPE = "SELECT value FROM setting WHERE name = 'scope'"


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody who signs in, as `app.queries.persons.PersonRow` has them."""

    id: bytes
    name: str
    login: str
    role: str
    has_pin: bool


@dataclass(frozen=True, slots=True)
class Glance:
    """What the sign-in page shows. `timezone` is the centre's IANA name; both may be unknown yet."""

    faces: tuple[Face, ...]
    centre: str
    timezone: str


def glance(folder: Path) -> Glance | None:
    """The sign-in page's rows; None where the folder is not set up or is not as it should be."""
    try:
        file = keys.parse((folder / KEY_FILE).read_bytes())
        slot = file.slot(SlotKind.SYSTEM) or file.slot(SlotKind.FILE)
        if slot is None or not (folder / DATABASE).exists():
            return None
        secret = keystore.recall(slot.kind, folder / MACHINE, file.database)
        return _read(folder / DATABASE, keys.unwrap(slot, secret, file.database))
    except (OSError, Trouble, cipher.Error):
        return None


def _read(database: Path, key: bytes) -> Glance:
    with closing(cipher.connect(str(database), timeout=1)) as connection:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA query_only = ON")
        faces = tuple(
            Face(bytes(row), name or "", login or "", role or "", bool(pin))
            for row, name, login, role, pin in connection.execute(_PEOPLE)
        )
        scope = connection.execute(_SCOPE).fetchone()
        centre = connection.execute(_CENTRE, (cbor2.loads(scope[0]) if scope else 0,)).fetchone()
    name, timezone = centre or (None, None)
    return Glance(faces, name or "", timezone or "")
