"""Changes as columns: never said to be understood where a look at each would find something."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.journal.change import Change, Value
from app.journal.registry import ENTITIES, Type
from app.journal.understanding import not_understood
from app.storage.heads import packed_row
from tests.support import hand

RIGHT: dict[Type, st.SearchStrategy[Value]] = {
    Type.TEXT: st.text(max_size=5),
    Type.BOOL: st.booleans(),
    Type.BYTES: st.binary(max_size=4),
    Type.TEXTS: st.lists(st.text(max_size=2), max_size=2).map(tuple),
    Type.IDS: st.lists(st.binary(max_size=2), max_size=2).map(tuple),
    Type.INTS: st.lists(st.integers(0, 9), max_size=2).map(tuple),
}
WRONG: st.SearchStrategy[Value] = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 2**40), st.text("a\0é", max_size=3), st.just("x" * 201)
)
EVERY = [number for number in ENTITIES if number]


@st.composite
def changes(draw: st.DrawFn) -> list[Change]:
    """A few changes of one entity: mostly as the registry has them, sometimes with something else in them."""
    entity = ENTITIES[draw(st.sampled_from(EVERY))]
    groups = draw(st.lists(st.sampled_from(entity.groups), unique_by=lambda group: group.number, max_size=3))
    wrong = draw(st.booleans())

    def value(kind: Type) -> Value:
        right = RIGHT.get(kind, st.integers(0, 70_000))
        return draw(st.one_of(right, WRONG) if wrong else right)

    return [
        Change(
            entity.number,
            tuple(value(field.type) for field in entity.key),  # type: ignore[misc]  # a wrong key may hold anything
            {group.number: tuple(value(field.type) for field in group.fields) for group in groups},
            (),
            None,
            draw(st.integers(0, 5)),
        )
        for _ in range(draw(st.integers(1, 4)))
    ]


@given(changes())
def test_what_is_understood_as_columns_is_understood_one_by_one(made: list[Change]) -> None:
    for some in hand.alike(made):
        mine = [made[place] for place in some.places]
        if some.understood():
            assert not any(not_understood(change) for change in mine)
            assert some.rows() == [packed_row(change.entity, change.key) for change in mine]


@given(st.integers(1, 5))
def test_ordinary_marks_are_understood_as_columns(number: int) -> None:
    (some,) = hand.alike([hand.mark("H", number=session) for session in range(number)])
    assert some.understood()
    assert len(some.rows()) == number


def test_nothing_is_said_of_changes_that_bring_nothing() -> None:
    assert not hand.alike([hand.mark("H")._replace(groups={})])[0].understood()
