"""What the form of a class offers: programmes as published, and people."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.actions import classes, persons
from app.domain.ids import ClassCode
from app.domain.keys import ClassKey
from app.domain.roles import Role
from app.errors import NotFound
from app.queries import class_choices
from app.storage.journal import Draft, record
from tests.support.class_of import class_of, two_laptops
from tests.support.laptop import EVERYBODY, TODAY, Laptop, Office, hand_over, publish


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    return two_laptops(tmp_path)[0]


def test_a_new_class_is_offered_what_is_published_and_who_is_at_work(laptop: Laptop) -> None:
    with laptop.write() as session:
        here = persons.add(session, name="Nurlaila", login="nurlaila", role=Role.INSTRUCTOR, pin="482915")
        gone = persons.add(session, name="Yusuf", login="yusuf", role=Role.INSTRUCTOR, pin="482915")
        persons.deactivate(session, gone)
    with laptop.read() as session:
        found = class_choices.of(session)
    assert [(p.code, p.version, len(p.modules)) for p in found.programmes] == [("KWU", 1, 3)]
    assert [person.id for person in found.people] == [here] and found.head is None


def test_who_teaches_a_class_is_offered_though_they_have_left(laptop: Laptop) -> None:
    key, _ = class_of(laptop, 0, 0)
    with laptop.write() as session:
        gone = persons.add(session, name="Yusuf", login="yusuf", role=Role.INSTRUCTOR, pin="482915")
        classes.edit(session, key, title="T", first_day=TODAY, last_day=TODAY, instructors=(gone,))
        persons.deactivate(session, gone)
    with laptop.read() as session:
        found = class_choices.of(session, key)
        with pytest.raises(NotFound, match="class-unknown"):
            class_choices.of(session, ClassKey(key.centre, ClassCode("NIRGENDS")))
    assert [person.id for person in found.people] == [gone]
    assert found.head is not None and found.head.key == key


def test_a_programme_for_a_newer_program_is_left_out(tmp_path: Path) -> None:
    office = Office(tmp_path)
    headquarters, made = office.headquarters(), office.laptop()
    publish(headquarters)
    with headquarters.write() as session:
        newer = Draft("programme", ("KWU", 2), {"gone": (False,), "rule": ('{"from-the-future": 1}',)})
        record(session, [newer], scope=EVERYBODY)
    hand_over(headquarters, made)
    with made.read() as session:
        assert [p.version for p in class_choices.of(session).programmes] == [1]
