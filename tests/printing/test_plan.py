"""The order of sheets: backs meet their fronts however a printer stacks; only spoiled ones are repeated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import Serial
from app.errors import Refused
from app.printing.plan import Leaf, Plan, Sides, Stack, only, plan

LEAVES = st.lists(st.integers(2, 8), min_size=1, max_size=12).map(
    lambda counts: [Leaf(Serial(100090000001 + i), 0, pages) for i, pages in enumerate(counts)]
)
Side = tuple[Serial, int | None]


def sides_of(plan: Plan, turn: int) -> list[Side]:
    """What comes out of the printer in a pass, one side after the other."""
    return [(job.leaf.serial, page) for job in plan.passes[turn] for page in job.pages]


@given(LEAVES, st.sampled_from(Stack))
def test_every_back_is_printed_behind_its_front(leaves: list[Leaf], stack: Stack) -> None:
    made = plan(leaves, Sides.FRONTS_THEN_BACKS, stack)
    fronts, backs = sides_of(made, 0), sides_of(made, 1)
    laid_in = fronts if stack is Stack.FIRST_UP else fronts[::-1]
    for (front_of, front), (back_of, back) in zip(laid_in, backs, strict=True):
        assert front_of == back_of
        assert front is not None
        assert back in (front + 1, None)


@given(LEAVES, st.sampled_from(Sides), st.sampled_from(Stack))
def test_every_page_is_printed_once(leaves: list[Leaf], sides: Sides, stack: Stack) -> None:
    made = plan(leaves, sides, stack)
    printed = [side for turn in range(len(made.passes)) for side in sides_of(made, turn)]
    pages = [(leaf.serial, page) for leaf in leaves for page in range(leaf.pages)]
    assert sorted(side for side in printed if side[1] is not None) == sorted(pages)
    assert made.sheets == sum(leaf.sheets for leaf in leaves)


@given(LEAVES, st.data())
def test_only_the_spoiled_ones_are_printed_again_in_the_old_order(
    leaves: list[Leaf], data: st.DataObject
) -> None:
    spoiled = data.draw(st.sets(st.sampled_from([leaf.serial for leaf in leaves])))
    again = only([*leaves, *leaves], spoiled)
    assert [leaf.serial for leaf in again] == sorted(spoiled)


def test_a_serial_that_was_not_printed_cannot_be_spoiled_and_nothing_is_no_job() -> None:
    with pytest.raises(Refused, match="print-serial-unknown"):
        only([Leaf(Serial(100090000001), 0, 2)], {Serial(100090000002)})
    with pytest.raises(Refused, match="certificate-nothing-to-print"):
        plan([], Sides.DUPLEX)
