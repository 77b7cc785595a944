"""What belongs to this machine alone and never travels: settings, PINs, drafts, cursors."""

from __future__ import annotations

from sqlalchemy import BigInteger, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.base import Base


class Setting(Base):
    """A named value of this machine (CBOR)."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)


class Pin(Base):
    """An argon2id verifier of a person's PIN on this machine, and the failures since the last success."""

    __tablename__ = "pin"

    person: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    verifier: Mapped[str]
    failures: Mapped[int]
    failed_at: Mapped[int] = mapped_column(BigInteger)


class Draft(Base):
    """A mark of a roll call that is not finalised yet; counted as not yet at headquarters."""

    __tablename__ = "draft"

    centre: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    class_code: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    participant: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    status: Mapped[str | None]
    arrival: Mapped[int | None] = mapped_column(BigInteger)
    remark: Mapped[str | None]
    author: Mapped[bytes | None] = mapped_column(LargeBinary)
    wall: Mapped[int] = mapped_column(BigInteger)


class Cursor(Base):
    """How far this machine has received headquarters' sequence of a scope."""

    __tablename__ = "cursor"

    scope: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(BigInteger)
    hash4: Mapped[bytes] = mapped_column(LargeBinary)


class Acknowledged(Base):
    """What headquarters said is on its disk of a log."""

    __tablename__ = "acknowledged"

    log: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash8: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[int] = mapped_column(BigInteger)


class Chunk(Base):
    """A piece of something published, by its hash; which pieces belong together stands in a publication."""

    __tablename__ = "chunk"

    hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Incident(Base):
    """Something about identity or integrity that a person should know: a fork, a clone, a restore."""

    __tablename__ = "incident"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger)
    code: Mapped[str]
    facts: Mapped[bytes] = mapped_column(LargeBinary)
    closed: Mapped[bool]
