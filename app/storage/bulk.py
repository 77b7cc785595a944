"""Writing many rows with one statement, on SQLite and PostgreSQL alike, from plain tuples.

SQLAlchemy's own executemany builds a dictionary per row; at 25,000 changes that is a third of a
push. The statements here differ between the two databases only in their parameter mark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Table

Row = Sequence[object]
LOOKUP = 900  # parameters of one lookup; SQLite's oldest default limit is 999


def insert(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """New rows; the caller knows that they are not there yet."""
    _run(
        connection,
        f"INSERT INTO {table.name} ({_names(columns)}) VALUES ({_marks(connection, columns)})",
        rows,
    )


def upsert(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Rows by primary key: inserted, or these columns of theirs replaced."""
    key = [column.name for column in table.primary_key]
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in key)
    _run(
        connection,
        f"INSERT INTO {table.name} ({_names(columns)}) VALUES ({_marks(connection, columns)})"
        f" ON CONFLICT ({_names(key)}) DO {f'UPDATE SET {changed}' if changed else 'NOTHING'}",
        rows,
    )


def delete(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Row]) -> None:
    """The rows whose `columns` have these values."""
    mark = _mark(connection)
    where = " AND ".join(f'"{name}" = {mark}' for name in columns)
    _run(connection, f"DELETE FROM {table.name} WHERE {where}", rows)


def slices(values: Sequence[object], size: int = LOOKUP) -> Iterator[Sequence[object]]:
    """The values in runs short enough for one lookup."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _run(connection: Connection, statement: str, rows: Sequence[Row]) -> None:
    if rows:
        connection.exec_driver_sql(statement, [tuple(row) for row in rows])


def _mark(connection: Connection) -> str:
    return "?" if connection.dialect.name == "sqlite" else "%s"


def _marks(connection: Connection, columns: Sequence[str]) -> str:
    return ", ".join([_mark(connection)] * len(columns))


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
