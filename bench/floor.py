"""The floor that a sync can be held against: one POST of gzipped JSON into SQLite, with no engine at all.

`python -m bench.floor DATABASE` serves it on a free port of loopback and prints the address. The
database has the settings of headquarters' own (WAL, synchronous FULL), and one table a noun.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import sys
from collections import defaultdict
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.journal.registry import BY_NAME
from sync.hq.server import Binding, listen


def application(database: Path) -> Starlette:
    """A server that stores posted lines of JSON by their `entity`, and answers when they are on disk."""
    connection = sqlite3.connect(database, check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")

    async def take(request: Request) -> Response:
        _store(connection, json.loads(gzip.decompress(await request.body())))
        return Response(b"ok")

    return Starlette(routes=[Route("/", take, methods=["POST"])])


def _store(connection: sqlite3.Connection, rows: list[dict[str, object]]) -> None:
    by_entity: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        by_entity[str(row["entity"])].append(row)
    connection.execute("BEGIN IMMEDIATE")
    for entity, group in by_entity.items():
        key = [field.name for field in BY_NAME[entity].key]
        columns = list(dict.fromkeys([*key, *(name for row in group for name in row if name != "entity")]))
        names = ", ".join(f'"{name}"' for name in columns)
        primary = ", ".join(f'"{name}"' for name in key)
        connection.execute(f'CREATE TABLE IF NOT EXISTS "{entity}" ({names}, PRIMARY KEY ({primary}))')
        marks = ", ".join("?" * len(columns))
        changed = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in key)
        connection.executemany(
            f'INSERT INTO "{entity}" ({names}) VALUES ({marks})'
            f" ON CONFLICT ({primary}) DO UPDATE SET {changed}",
            [[_cell(row.get(name)) for name in columns] for row in group],
        )
    connection.execute("COMMIT")


def _cell(value: object) -> object:
    return json.dumps(value) if isinstance(value, list | dict) else value


def main() -> None:
    """Serve until the process is told to stop."""
    listening = listen(Binding(port=0))
    sys.stdout.write(f"http://127.0.0.1:{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(
        application(Path(sys.argv[1])),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
    )
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
