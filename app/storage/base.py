"""Column types and naming shared by every table.

The tables hold what the journal's changes carry, in the same units: days since 1970, Unix
milliseconds, minutes, rupiah. The decorators below turn the first two into dates and aware
instants for queries, so that bulk writing stays a matter of plain integers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

import cbor2
from sqlalchemy import BigInteger, Dialect, Integer, LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

EPOCH = date(1970, 1, 1)
EPOCH_INSTANT = datetime(1970, 1, 1, tzinfo=UTC)

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def days(day: date) -> int:
    """Days since 1970-01-01, as changes carry them."""
    return (day - EPOCH).days


def milliseconds(instant: datetime) -> int:
    """Unix milliseconds, as changes carry them."""
    return (instant - EPOCH_INSTANT) // timedelta(milliseconds=1)


class DayType(TypeDecorator[date]):
    """A local date, stored as days since 1970-01-01; what no calendar holds reads as None."""

    impl = Integer
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> BigInteger:
        return BigInteger()

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        return None if value is None else days(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:
        if value is None:
            return None
        try:
            return EPOCH + timedelta(days=value)
        except OverflowError:
            return None


class InstantType(TypeDecorator[datetime]):
    """An aware UTC instant, stored as Unix milliseconds; what no calendar holds reads as None."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else milliseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        try:
            return EPOCH_INSTANT + timedelta(milliseconds=value)
        except OverflowError:
            return None


class ListType(TypeDecorator[tuple[object, ...]]):
    """A short list of scalars, stored as CBOR."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Sequence[object] | None, dialect: Dialect) -> bytes | None:
        return None if value is None else cbor2.dumps(list(value))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> tuple[object, ...] | None:
        return None if value is None else tuple(cbor2.loads(value))


class Base(DeclarativeBase):
    """Every mapped table of the program."""

    metadata = MetaData(naming_convention=NAMING)


class Keyed(Base):
    """A table that is looked up by its natural key: on SQLite one tree, ordered by it, instead of two."""

    __abstract__ = True
    __table_args__: Any = {"sqlite_with_rowid": False}  # noqa: RUF012  # SQLAlchemy's own spelling


# BigInteger would not be SQLite's autoincrementing row id, hence the variant.
RowId = BigInteger().with_variant(Integer, "sqlite")

Key = Annotated[bytes, mapped_column(LargeBinary, primary_key=True)]
KeyNumber = Annotated[int, mapped_column(BigInteger, primary_key=True, autoincrement=False)]
KeyText = Annotated[str, mapped_column(primary_key=True)]
KeyDay = Annotated[date, mapped_column(DayType, primary_key=True, autoincrement=False)]

Text = Annotated[str | None, mapped_column()]
Number = Annotated[int | None, mapped_column(BigInteger)]
Flag = Annotated[bool | None, mapped_column()]
Blob = Annotated[bytes | None, mapped_column(LargeBinary)]
Day = Annotated[date | None, mapped_column(DayType)]
Instant = Annotated[datetime | None, mapped_column(InstantType)]
Listed = Annotated[tuple[object, ...] | None, mapped_column(ListType)]
