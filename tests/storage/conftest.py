"""Databases of both kinds for the tests of storage."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.storage.store import Store
from tests.support import hand
from tests.support.databases import AUTHORITY, Databases, quick_folder
from tests.support.postgresql import server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A PostgreSQL server; its address with `{}` where the database's name goes."""
    with server() as address:
        yield address


@pytest.fixture(
    scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("postgresql"))]
)
def databases(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """Empty databases of one kind."""
    address = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    with quick_folder() as folder:
        yield Databases(folder, address)


@pytest.fixture(scope="session")
def sqlite_databases() -> Iterator[Databases]:
    """Empty encrypted SQLite databases."""
    with quick_folder() as folder:
        yield Databases(folder)


@pytest.fixture
def store(databases: Databases) -> Iterator[Store]:
    """An empty database of a laptop's, of either kind."""
    with databases.store(hand.identity(AUTHORITY)) as made:
        yield made
