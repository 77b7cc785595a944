"""Headquarters reads the same out of PostgreSQL as a laptop out of SQLite, and settles reviews there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from sqlalchemy.orm import Session

from app.actions import attendance, reviews
from app.actions.certificates import issue
from app.domain.attendance import Status
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.queries import attendance as marks
from app.queries import (
    certificates,
    classes,
    completion,
    history,
    participants,
    report_rows,
    results,
    rosters,
)
from app.queries import reviews as listed
from app.queries.reviews import Review
from app.reports.output import NAMES
from tests.support.issuing import Authorities, graduates, issuer
from tests.support.laptop import TODAY, Laptop, Office, hand_over, publish
from tests.support.postgresql import new_database, server


@dataclass(slots=True)
class World:
    """Headquarters and two laptops that all hold the same: a class of three, and one disputed mark."""

    headquarters: Laptop
    laptops: tuple[Laptop, Laptop]
    key: ClassKey
    people: list[ParticipantId]

    def settle(self) -> None:
        for _ in range(2):
            for laptop in self.laptops:
                hand_over(laptop, self.headquarters)
                hand_over(self.headquarters, laptop)


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("postgresql"))]
)
def address(request: pytest.FixtureRequest) -> Iterator[str | None]:
    if request.param == "sqlite":
        yield None
        return
    with server() as made:
        yield new_database(made)


@pytest.fixture(scope="module")
def world(address: str | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    office = Office(tmp_path_factory.mktemp("office"))
    headquarters = office.headquarters(address)
    publish(headquarters)
    authorities = Authorities()
    authorities.publish(headquarters)
    laptops = office.laptop(), office.laptop()
    authorities.lease(headquarters, laptops[0], 1, 10)
    for laptop in laptops:
        hand_over(headquarters, laptop)
    key, people = graduates(laptops[0], 2, 1)
    made = World(headquarters, laptops, key, people)
    with laptops[0].write() as session:
        issue(session, key, issuer(laptops[0]), TODAY)
    made.settle()
    for laptop, status in zip(laptops, (Status.SICK, Status.EXCUSED), strict=True):
        with laptop.write() as session:
            attendance.mark(session, key, 1, people[2], MarkEntry(status), "Surat menyusul")
    made.settle()
    yield made
    for opened in (headquarters, *laptops):
        opened.store.close()


def everything(session: Session, world: World) -> list[object]:
    """What each query says of the class and its people."""
    key, people = world.key, world.people
    rows = certificates.register(session, key)
    reports = [report_rows.of(session, key, kind, TODAY) for kind in dict.fromkeys(NAMES.values())]
    return [
        classes.listed(session, key.centre),
        classes.sessions(session, key),
        rosters.enrolled(session, key, None),
        marks.matrix(session, key),
        results.grid(session, key),
        completion.standings(session, key),
        rows,
        certificates.contents(session, [row.serial for row in rows]),
        [participants.one(session, who) for who in people],
        participants.search(session, "ORANG"),
        participants.search(session, "9001"),
        [history.of_participant(session, who) for who in people],
        history.of_row(session, "mark", (*key, 1, people[2])),
        [_anywhere(review) for review in listed.listed(session)],
        reports,
    ]


def _anywhere(review: Review) -> Review:
    """The review without the word on which machine it is looked at, which is meant to differ."""
    return replace(review, versions=tuple(replace(version, here=False) for version in review.versions))


def test_every_query_says_the_same_at_headquarters_and_on_a_laptop(world: World) -> None:
    with world.headquarters.read() as there, world.laptops[1].read() as here:
        for said, expected in zip(everything(there, world), everything(here, world), strict=True):
            assert said == expected
            assert expected


def test_headquarters_settles_a_review_in_the_centres_own_scope(world: World) -> None:
    with world.headquarters.write() as session:
        (review,) = listed.listed(session)
        assert review.scope == world.key.centre
        reviews.choose(session, review.id, {"status": "S"}, TODAY, "Surat dokter sudah ada")
    world.settle()
    for opened in (world.headquarters, *world.laptops):
        with opened.read() as session:
            assert listed.listed(session) == []
            (kept,) = marks.matrix(session, world.key).marks[world.people[2]].values()
            assert kept.status is Status.SICK
