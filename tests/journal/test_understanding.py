"""What a version understands of a change; the rest is kept, relayed and listed."""

from __future__ import annotations

import pytest

from app.journal.change import Change
from app.journal.registry import GONE
from app.journal.understanding import Misfits, not_understood, row_understood

MARK = Change(6, (10009, "KWU-1", 1, b"p" * 16), {1: ("H", None)}, (), None, 0)
CLASS = Change(3, (10009, "KWU-1"), {5: ((b"i" * 16,),)}, (), None, 0)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (MARK, {}),
        (MARK._replace(groups={}), {}),
        (MARK._replace(groups={1: (None, None), 2: ("sakit",), GONE: (True,)}), {}),
        (CLASS, {}),
        (CLASS._replace(groups={5: ((),), 4: ("",)}), {}),
        (Change(0, ("anything",), {7: ()}, (), None, 0), {}),
        (MARK._replace(entity=99), {GONE: "entity"}),
        (MARK._replace(key=(10009, "KWU-1", 1)), {GONE: "key"}),
        (MARK._replace(key=(10009, "KWU-1", None, b"p" * 16)), {GONE: "key"}),
        (MARK._replace(key=(True, "KWU-1", 1, b"p" * 16)), {GONE: "key"}),
        (MARK._replace(key=(10009, "KWU\0", 1, b"p" * 16)), {GONE: "key"}),
        (MARK._replace(key=(10009, "K" * 201, 1, b"p" * 16)), {GONE: "key"}),
        (MARK._replace(key=(10009, "K" * 200, 1, b"p" * 200)), {}),
        (MARK._replace(groups={9: ("H", None)}), {9: "group"}),
        (MARK._replace(groups={1: ("H",), 2: ("sakit",)}), {1: "group"}),
        (MARK._replace(groups={1: ("H", "08.00")}), {1: "group"}),
        (MARK._replace(groups={1: ("H", True)}), {1: "group"}),
        (MARK._replace(groups={1: (("H",), 0)}), {1: "group"}),
        (MARK._replace(groups={2: ("a\0b",)}), {2: "group"}),
        (MARK._replace(groups={2: ("a\0b",), 9: ()}), {2: "group", 9: "group"}),
        (MARK._replace(key=(10009, "KWU\0", 1, b"p"), groups={9: ()}), {GONE: "key"}),
        (MARK._replace(groups={GONE: ("yes",)}), {GONE: "group"}),
        (CLASS._replace(groups={5: (("text",),)}), {5: "group"}),
        (CLASS._replace(groups={5: ((b"i", None),)}), {5: "group"}),
    ],
)
def test_what_is_not_understood_is_named_with_its_reason(change: Change, expected: Misfits) -> None:
    assert not_understood(change) == expected


def test_a_wrong_group_leaves_its_row_in_the_table_a_wrong_key_does_not() -> None:
    assert row_understood({})
    assert row_understood({GONE: "group", 1: "group"})
    assert not row_understood({GONE: "key"})
    assert not row_understood({GONE: "entity"})


def test_an_answer_is_the_callers_own_to_keep() -> None:
    not_understood(MARK._replace(entity=99))[5] = "changed"
    assert not_understood(MARK._replace(entity=99)) == {GONE: "entity"}
