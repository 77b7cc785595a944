"""The journal's own tables: logs, changes, points, heads, and what could not be understood."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.base import Base, Keyed, RowId


class Log(Base):
    """One log (or one branch of a forked one) that this database holds.

    `head_seq` and `head_hash` are the last change here, `signed_seq` the last signed point.
    `branch` is empty, or the hash of a fork's first divergent change; such a branch holds the changes
    from `start` on, and those before it are the `parent`'s (a row id). `state`: open, stopped.
    """

    __tablename__ = "log"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    log: Mapped[bytes] = mapped_column(LargeBinary)
    branch: Mapped[bytes] = mapped_column(LargeBinary)
    parent: Mapped[int | None] = mapped_column(BigInteger)
    start: Mapped[int] = mapped_column(BigInteger)
    scope: Mapped[int] = mapped_column(BigInteger)
    device: Mapped[bytes] = mapped_column(LargeBinary)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    kind: Mapped[int]
    own: Mapped[bool]
    state: Mapped[str]
    head_seq: Mapped[int] = mapped_column(BigInteger)
    head_hash: Mapped[bytes] = mapped_column(LargeBinary)
    signed_seq: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (Index("uq_log_log", "log", "branch", unique=True),)


class ChangeRow(Keyed):
    """One change as it was signed; `body` is empty and `inner` kept once it is erased."""

    __tablename__ = "change"

    log: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    inner: Mapped[bytes | None] = mapped_column(LargeBinary)


class PointRow(Keyed):
    """A signed point of a log."""

    __tablename__ = "point"

    log: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    signature: Mapped[bytes] = mapped_column(LargeBinary)


class Head(Keyed):
    """A change that nobody has superseded in one group of one row (packed entity and key)."""

    __tablename__ = "head"

    row: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    part: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    log: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    wall: Mapped[int] = mapped_column(BigInteger)


class Named(Keyed):
    """A change that another one replaces, though it has not arrived here yet."""

    __tablename__ = "named"

    log: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash4: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    row: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    part: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)


class Parked(Keyed):
    """A group of a change that this version does not understand; kept and relayed all the same."""

    __tablename__ = "parked"

    log: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    part: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    why: Mapped[str]
