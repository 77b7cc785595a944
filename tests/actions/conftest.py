"""A laptop that has what headquarters publishes, and a second one of the same centre."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.actions import classes
from app.domain.keys import ClassKey
from tests.support.laptop import Laptop, Office, hand_over, publish


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def headquarters(office: Office) -> Laptop:
    made = office.headquarters()
    publish(made)
    return made


@pytest.fixture
def laptop(office: Office, headquarters: Laptop) -> Laptop:
    made = office.laptop()
    hand_over(headquarters, made)
    return made


@pytest.fixture
def other(office: Office, headquarters: Laptop) -> Laptop:
    made = office.laptop()
    hand_over(headquarters, made)
    return made


@pytest.fixture
def key(laptop: Laptop) -> ClassKey:
    with laptop.write() as session:
        return classes.create(
            session,
            code="kwu-1",
            title="Kewirausahaan angkatan VIII",
            programme="KWU",
            version=1,
            first_day=date(2026, 9, 21),
            last_day=date(2026, 9, 25),
            intake="VIII",
        )
