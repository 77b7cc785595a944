"""A PostgreSQL server for the tests: Debian's own, started aside for the length of a test run."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from glob import glob
from pathlib import Path

import psycopg


@contextmanager
def server() -> Iterator[str]:
    """The address of a server that ends with the block, with `{}` where the database's name goes.

    It listens on a socket in a folder of its own and nowhere else. PostgreSQL refuses to run as root,
    so root starts it as the user `postgres` that Debian's package brings.
    """
    programs = Path(sorted(glob("/usr/lib/postgresql/*/bin"))[-1])
    folder = Path(tempfile.mkdtemp(prefix="balai-pg-"))
    who = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if who:
        shutil.chown(folder, "postgres", "postgres")
    data = str(folder / "data")
    make = [str(programs / "initdb"), "-D", data, "-U", "balai", "-A", "trust", "-E", "UTF8", "--no-sync"]
    control = [str(programs / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log")]
    try:
        _run([*who, *make, "--locale=C.UTF-8"])
        _run([*who, *control, "-o", f"-k {folder} -c listen_addresses='' -c fsync=off", "start"])
        yield f"postgresql+psycopg://balai@/{{}}?host={folder}"
    finally:
        subprocess.run([*who, *control, "-m", "immediate", "stop"], cwd="/", capture_output=True, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def new_database(address: str, template: str = "template1") -> str:
    """A new database on the server, a copy of `template`; returns its address."""
    name = f"t_{os.urandom(6).hex()}"
    admin = address.format("postgres").replace("+psycopg", "")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
    return address.format(name)


def name_of(address: str) -> str:
    """The name of the database at an address."""
    return address.partition("@/")[2].partition("?")[0]


def _run(command: Sequence[str]) -> None:
    # pg_ctl leaves its pipes to the server, which would keep them open: no pipes, then.
    subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
