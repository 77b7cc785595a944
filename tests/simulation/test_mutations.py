"""Each guard of the sync is broken once, and somebody notices: the proof that the simulator looks."""

from __future__ import annotations

import pytest

from tests.simulation import forging, mutations, scenes
from tests.simulation.ledger import Broken
from tests.simulation.mutations import Mutation
from tests.simulation.scenes import Scene

GUARDS: dict[str, tuple[Mutation, Scene]] = {
    "chain": (mutations.chain_unchecked, scenes.forged(forging._broken_chain, known=True)),
    "flush before acknowledgement": (mutations.unflushed, scenes.handed_over),
    "commit before acknowledgement": (mutations.acknowledged_before_commit, scenes.handed_over),
    "retry on read": (mutations.no_second_try, scenes.cut_once),
    "replaces, written": (mutations.names_nothing, scenes.overwritten),
    "replaces, read": (mutations.names_ignored, scenes.overwritten),
    "order within a run": (mutations.columns_first, scenes.two_in_a_run),
    "anchor compared": (mutations.anchor_not_compared, scenes.restored),
    "anchor advanced": (mutations.anchor_not_advanced, scenes.handed_over),
    "token": (mutations.any_token, scenes.strange),
    "signature of a request": (mutations.any_request, scenes.strange),
    "signature of a point": (mutations.any_signature, scenes.forged(forging._changed, known=False)),
    "signature of a device": (
        mutations.any_authority,
        scenes.forged(forging._strange_authority, known=False),
    ),
    "scope": (mutations.any_scope, scenes.smuggled),
    "owner of an entity": (mutations.any_entity, scenes.forged(forging._headquarters_own, known=False)),
    "fork": (mutations.forks_unnoticed, scenes.cloned),
    "branch of an acknowledgement": (mutations.word_of_any_branch, scenes.cloned_and_carried),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_a_broken_guard_turns_the_scene_red_that_holds_with_it(guard: str) -> None:
    mutation, scene = GUARDS[guard]
    with scenes.stage() as world:
        scene(world)
    with mutation(), scenes.stage() as world, pytest.raises(Broken):
        scene(world)
