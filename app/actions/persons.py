"""People who sign in: added with a role and a PIN, so that every change has its author.

The PIN tells people apart on a shared laptop; it is verified here (Argon2id) and never travels.
"""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.actions import changes, row_ids
from app.domain.roles import Role
from app.domain.text import one_line
from app.errors import NotFound, Refused
from app.queries import persons
from app.storage.journal import Draft
from app.storage.tables.local import Pin

PIN_DIGITS = 6
FREE_TRIES = 5
FIRST_WAIT = 30_000  # ms; doubled with every further failure
LONGEST_WAIT = 900_000
_LONGEST_LOGIN = 32
_TOO_EASY = {"123456", "654321", "123123", *(digit * PIN_DIGITS for digit in "0123456789")}
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's least for old laptops


def add(session: Session, *, name: str, login: str, role: Role, pin: str) -> bytes:
    """Add a person; returns the id.

    Raises Refused('login-taken' | 'login-invalid' | 'pin-form' | 'pin-too-easy') and those of `one_line`.
    """
    said, wanted = one_line(name, "name"), _login(login)
    if any(row.login == wanted for row in persons.listed(session)):
        raise Refused("login-taken", field="login", login=wanted)
    verifier = _hasher.hash(_checked(pin))
    person = row_ids.fresh()
    changes.write(
        session, [Draft("person", (person,), {"identity": (said, wanted), "role": (role.value, True)})]
    )
    session.execute(insert(Pin).values(person=person, verifier=verifier, failures=0, failed_at=0))
    changes.touched(session, Pin.__tablename__)
    return person


def set_pin(session: Session, person: bytes, pin: str) -> bytes:
    """Give a person another PIN on this laptop; raises Refused('pin-form' | 'pin-too-easy')."""
    verifier = _hasher.hash(_checked(pin))
    known = {"verifier": verifier, "failures": 0, "failed_at": 0}
    if session.execute(select(Pin.person).where(Pin.person == person)).first():
        session.execute(update(Pin).where(Pin.person == person).values(known))
    else:
        session.execute(insert(Pin).values(person=person, **known))
    changes.touched(session, Pin.__tablename__)
    return person


def check_pin(session: Session, person: bytes, pin: str) -> bool:
    """Whether the PIN is the person's; failures are counted, and after five each costs a longer wait.

    The caller must let the transaction commit also when this is False, or the failure is forgotten.
    Raises NotFound('pin-not-set'), Refused('pin-locked', seconds=…).
    """
    row = session.execute(
        select(Pin.verifier, Pin.failures, Pin.failed_at).where(Pin.person == person)
    ).one_or_none()
    if row is None:
        raise NotFound("pin-not-set", field="pin")
    changes.touched(session, Pin.__tablename__)
    now = changes.writer(session).clock()
    wait = wait_after(row.failures)
    if wait and row.failed_at > now:  # the clock was set back: the wait begins anew, at this clock
        session.execute(update(Pin).where(Pin.person == person).values(failed_at=now))
        return False
    if (left := row.failed_at + wait - now) > 0:
        raise Refused("pin-locked", field="pin", seconds=-(-left // 1000))
    right = _fits(row.verifier, pin)
    failures = 0 if right else row.failures + 1
    session.execute(update(Pin).where(Pin.person == person).values(failures=failures, failed_at=now))
    return right


def deactivate(session: Session, person: bytes) -> bytes:
    """Let a person sign in no more; what they wrote stays theirs. Raises NotFound('person-unknown')."""
    return _set_active(session, person, False)


def reactivate(session: Session, person: bytes) -> bytes:
    """Let a person sign in again, with the PIN they had. Raises NotFound('person-unknown')."""
    return _set_active(session, person, True)


def _set_active(session: Session, person: bytes, active: bool) -> bytes:
    found = next((row for row in persons.listed(session) if row.id == person), None)
    if found is None:
        raise NotFound("person-unknown", field="login", login="")
    changes.write(session, [Draft("person", (person,), {"role": (found.role, active)})])
    return person


def wait_after(failures: int) -> int:
    """How long the next try has to wait after so many wrong PINs in a row, in ms."""
    if failures < FREE_TRIES:
        return 0
    return min(LONGEST_WAIT, FIRST_WAIT << min(failures - FREE_TRIES, 8))


def _fits(verifier: str, pin: str) -> bool:
    try:
        return _hasher.verify(verifier, pin)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _checked(pin: str) -> str:
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdigit()):
        raise Refused("pin-form", field="pin", digits=PIN_DIGITS)
    if pin in _TOO_EASY:
        raise Refused("pin-too-easy", field="pin")
    return pin


def _login(text: str) -> str:
    plain = text.strip().casefold()
    allowed = plain.replace(".", "").replace("-", "").replace("_", "")
    if not (0 < len(plain) <= _LONGEST_LOGIN and allowed.isalnum() and allowed.isascii()):
        raise Refused("login-invalid", field="login")
    return plain
