"""People who sign in, their PINs, and this machine's settings."""

from __future__ import annotations

import pytest

from app.actions import persons
from app.actions import settings as keep
from app.domain.roles import Role
from app.errors import NotFound, Refused
from app.queries import history, settings
from app.queries import persons as listed
from tests.support.laptop import Laptop, hand_over


def add(laptop: Laptop, login: str = "Nurlaila", pin: str = "246810") -> bytes:
    with laptop.write() as session:
        return persons.add(session, name="Nurlaila Contoh", login=login, role=Role.INSTRUCTOR, pin=pin)


def test_a_person_signs_in_by_name_and_pin_on_this_laptop_alone(laptop: Laptop, other: Laptop) -> None:
    who = add(laptop)
    hand_over(laptop, other)
    with laptop.write() as session:
        assert persons.check_pin(session, who, "246810")
        assert not persons.check_pin(session, who, "246811")
        assert listed.with_login(session, " NURLAILA ").id == who
    with other.write() as session:
        assert [(p.name, p.has_pin) for p in listed.listed(session)] == [("Nurlaila Contoh", False)]
        with pytest.raises(NotFound):
            persons.check_pin(session, who, "246810")


def test_wrong_pins_cost_longer_and_longer_waits(laptop: Laptop) -> None:
    who = add(laptop)

    def attempt(pin: str) -> bool:
        with laptop.write() as session:
            return persons.check_pin(session, who, pin)

    assert not any(attempt("999998") for _ in range(5))
    for seconds in (30, 60, 120):
        with pytest.raises(Refused) as refusal:
            attempt("246810")
        assert refusal.value.code == "pin-locked" and 0 < int(str(refusal.value.facts["seconds"])) <= seconds
        laptop.clock.now += 1_000 * seconds
        assert not attempt("999998")
    laptop.clock.now += 900_000
    assert attempt("246810") and not attempt("1") and attempt("246810")


@pytest.mark.parametrize(
    ("login", "pin", "code"),
    [
        ("nurlaila", "246810", "login-taken"),
        ("a b", "246810", "login-invalid"),
        ("b", "12345", "pin-form"),
        ("b", "111111", "pin-too-easy"),
    ],
)
def test_a_person_who_cannot_be_is_refused(laptop: Laptop, login: str, pin: str, code: str) -> None:
    add(laptop)
    with pytest.raises(Refused) as refusal:
        add(laptop, login, pin)
    assert refusal.value.code == code


def test_who_has_left_signs_in_no_more(laptop: Laptop) -> None:
    who = add(laptop)
    with laptop.write() as session:
        persons.deactivate(session, who)
        with pytest.raises(NotFound):
            listed.with_login(session, "nurlaila")
        assert [p.active for p in listed.listed(session)] == [False]
        with pytest.raises(NotFound):
            persons.deactivate(session, bytes(16))


def test_changes_bear_their_author(laptop: Laptop) -> None:
    laptop.author = add(laptop)
    who = add(laptop, "kedua")
    with laptop.read() as session:
        assert {line.author for line in history.of_row(session, "person", (who,))} == {"Nurlaila Contoh"}


def test_settings_are_kept_here(laptop: Laptop) -> None:
    with laptop.write() as session:
        assert settings.get(session, "language", "id") == "id"
        assert keep.put(session, "language", "en") == "language"
        keep.put(session, "offset", [1, -2])
    with laptop.read() as session:
        assert (settings.get(session, "language"), settings.get(session, "offset")) == ("en", [1, -2])
