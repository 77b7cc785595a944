"""People at headquarters who may look at its console: login, role, and an argon2id verifier."""

from __future__ import annotations

import re
import secrets
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.errors import Refused
from sync.hq.tables import USER

SHORTEST = 10
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_HASHER = PasswordHasher()


class UserRole(StrEnum):
    """What a user of the console may do."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


def add(session: Session, login: str, name: str, role: str, password: str, now: int) -> None:
    """Add a user.

    Raises Refused('user-login-invalid' | 'user-login-taken' | 'user-role-unknown' | 'password-too-short').
    """
    if not _LOGIN.fullmatch(login):
        raise Refused("user-login-invalid", field="login")
    if role not in tuple(UserRole):
        raise Refused("user-role-unknown", field="role", roles=tuple(UserRole))
    if len(password) < SHORTEST:
        raise Refused("password-too-short", field="password", shortest=SHORTEST)
    if session.scalar(select(USER.c.login).where(USER.c.login == login)) is not None:
        raise Refused("user-login-taken", field="login")
    values = {"login": login, "name": name, "role": role, "verifier": _HASHER.hash(password), "made_at": now}
    session.execute(insert(USER).values(values))


def check(session: Session, login: str, password: str) -> UserRole | None:
    """The user's role if the password is right, else None; takes the same time either way."""
    row = session.execute(select(USER.c.verifier, USER.c.role).where(USER.c.login == login)).first()
    try:
        _HASHER.verify(row.verifier if row is not None else _nobody(), password)
    except (VerificationError, InvalidHashError):
        return None
    return UserRole(row.role) if row is not None else None


@cache
def _nobody() -> str:
    return _HASHER.hash(secrets.token_hex())
