"""Headquarters' own tables: what only the server knows, beside the tables and journal of app/storage.

hq_scope      the last number given in each scope; its row is the lock under which numbers are given
hq_frame      every frame taken or written, as it came, by scope and number
hq_device     who may sync: keys, tokens, whether revoked, when last heard of
hq_code       enrolment codes: the stretched key, what it is for, and the answer once used
hq_aside      frames kept but not shown: of revoked devices, and what could not be taken
hq_centre     the secret that each centre's participants are named with
hq_user       people who may look at headquarters' console
hq_incident   what somebody should look at
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

from app.storage.base import NAMING

META = MetaData(naming_convention=NAMING)
NUMBER = BigInteger().with_variant(Integer, "sqlite")

SCOPE = Table(
    "hq_scope",
    META,
    Column("scope", BigInteger, primary_key=True, autoincrement=False),
    Column("last", BigInteger, nullable=False),
)

FRAME = Table(
    "hq_frame",
    META,
    Column("scope", BigInteger, primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("log", LargeBinary, nullable=False),
    Column("device", LargeBinary, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("hash4", LargeBinary, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("frame", LargeBinary, nullable=False),
    Index("ix_hq_frame_log", "log", "last"),
)

DEVICE = Table(
    "hq_device",
    META,
    Column("device", LargeBinary, primary_key=True),
    Column("centre", BigInteger, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("certificate", LargeBinary, nullable=False),
    Column("signing", LargeBinary, nullable=False),
    Column("issuing", LargeBinary, nullable=False),
    Column("box", LargeBinary, nullable=False),
    Column("token", LargeBinary, nullable=False),
    Column("token_used", LargeBinary, nullable=False),
    Column("enrolled_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=True),
    Column("revoked_at", BigInteger, nullable=True),
)

CODE = Table(
    "hq_code",
    META,
    Column("id", NUMBER, primary_key=True),
    Column("key", LargeBinary, nullable=False),
    Column("centre", BigInteger, nullable=False),
    Column("role", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("used_by", LargeBinary, nullable=True),
    Column("ephemeral", LargeBinary, nullable=True),
    Column("sealed", LargeBinary, nullable=True),
)

ASIDE = Table(
    "hq_aside",
    META,
    Column("id", NUMBER, primary_key=True),
    Column("log", LargeBinary, nullable=False),
    Column("device", LargeBinary, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("frame", LargeBinary, nullable=False),
    Index("uq_hq_aside_log", "log", "first", "hash", unique=True),
)

CENTRE = Table(
    "hq_centre",
    META,
    Column("centre", BigInteger, primary_key=True, autoincrement=False),
    Column("secret", LargeBinary, nullable=False),
)

USER = Table(
    "hq_user",
    META,
    Column("login", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("verifier", Text, nullable=False),
    Column("made_at", BigInteger, nullable=False),
)

INCIDENT = Table(
    "hq_incident",
    META,
    Column("id", NUMBER, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("code", Text, nullable=False),
    Column("device", LargeBinary, nullable=True),
    Column("facts", Text, nullable=False),
    Column("closed", Boolean, nullable=False),
)


def create(connection: Connection) -> None:
    """Make the tables that are not there yet."""
    META.create_all(connection)
