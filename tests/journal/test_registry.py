"""The registry, the tables people see, and the table printed in the format page are one and the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import BigInteger, Boolean, LargeBinary, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.journal.registry import BY_NAME, ENTITIES, LIFE, Entity, Field, Type
from app.storage import tables
from app.storage.base import Base, DayType, InstantType, ListType

PAGE = Path(__file__).parents[2] / "docs" / "formats" / "sync.md"
SHOWN = [entity for number, entity in ENTITIES.items() if number]
COLUMNS: dict[Type, type[TypeEngine] | type[TypeDecorator]] = {  # type: ignore[type-arg]  # any kind of either
    Type.TEXT: String,
    Type.INT: BigInteger,
    Type.BOOL: Boolean,
    Type.BYTES: LargeBinary,
    Type.DAY: DayType,
    Type.MINUTE: BigInteger,
    Type.INSTANT: InstantType,
    Type.TEXTS: ListType,
    Type.IDS: ListType,
    Type.INTS: ListType,
}


def _written(fields: tuple[Field, ...]) -> str:
    return ", ".join(f.name if f.type is Type.TEXT else f"{f.name}:{f.type}" for f in fields)


def _line(entity: Entity) -> str:
    groups = "; ".join(
        f"{group.number} {'p ' if group.personal else ''}{group.name} [{_written(group.fields)}]"
        for group in entity.groups
    )
    key = _written(entity.key) or "-"
    return f"| {entity.number} | {entity.name} | {entity.owner} | {key} | {groups} |"


def test_the_format_page_prints_the_registry() -> None:
    section = PAGE.read_text(encoding="utf-8").partition("## 9. Registry")[2]
    printed = [line for line in section.splitlines() if re.match(r"\| \d", line)]
    assert printed == [_line(entity) for entity in ENTITIES.values()]


def test_every_entity_has_a_table_and_every_mapped_one_an_entity() -> None:
    assert {entity.name for entity in SHOWN} == {
        getattr(tables, name).__tablename__ for name in tables.__all__
    }


@pytest.mark.parametrize("entity", SHOWN, ids=lambda entity: entity.name)
def test_a_table_has_the_fields_of_its_entity_in_their_types(entity: Entity) -> None:
    table = Base.metadata.tables[entity.name]
    fields = [*entity.key, *(field for group in entity.groups for field in group.fields), *LIFE.fields]
    assert {column.name for column in table.columns} == {field.name for field in fields}
    assert [column.name for column in table.primary_key] == [field.name for field in entity.key]
    for field in fields:
        assert isinstance(table.columns[field.name].type, COLUMNS[field.type]), field.name


@pytest.mark.parametrize("entity", SHOWN, ids=lambda entity: entity.name)
def test_applying_meets_no_constraint_but_the_key(entity: Entity) -> None:
    table = Base.metadata.tables[entity.name]
    key = {field.name for field in entity.key}
    assert not table.foreign_keys
    assert all(column.nullable for column in table.columns if column.name not in key)
    assert not any(index.unique for index in table.indexes)


def test_numbers_and_names_are_never_given_twice() -> None:
    assert all(number == entity.number for number, entity in ENTITIES.items())
    assert len(BY_NAME) == len(ENTITIES)
    for entity in SHOWN:
        numbers = [group.number for group in entity.groups]
        assert numbers == sorted(set(numbers)), entity.name
        assert numbers[0] > LIFE.number, entity.name
        names = [field.name for group in (*entity.groups, LIFE) for field in group.fields]
        assert len(set(names)) == len(names), entity.name


def test_what_people_say_of_people_is_salted() -> None:
    personal = {e.name: {g.name for g in e.groups if g.personal} for e in SHOWN}
    assert personal["participant"] == {"identity", "contact", "enterprise", "scale", "remark"}
    assert personal["mark"] == personal["result"] == {"remark"}
    assert BY_NAME["mark"].personal({1: ("H", None), 2: ("sakit",)})
    assert not BY_NAME["mark"].personal({1: ("H", None)})
