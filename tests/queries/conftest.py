"""A laptop that has what headquarters publishes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.class_of import two_laptops
from tests.support.laptop import Laptop


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Laptop, Laptop]]:
    made = two_laptops(tmp_path_factory.mktemp("office"))
    yield made
    for laptop in made:
        laptop.store.close()


@pytest.fixture
def laptop(pair: tuple[Laptop, Laptop]) -> Laptop:
    return pair[0]
