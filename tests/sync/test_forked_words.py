"""What a laptop says of its changes once a clone has written on its log: nothing waits that has arrived."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage import workplace
from sync import facade
from sync.facade import SyncStatus
from sync.hq import bundles
from sync.hq.exchange import LocalExchange
from sync.hq.headquarters import Headquarters
from tests.sync.conftest import Clock, Hire, Laptop, hq_tables

pytestmark = pytest.mark.near


@pytest.fixture
def pair(hire: Hire, headquarters: Headquarters, tmp_path: Path, clock: Clock) -> Iterator[list[Laptop]]:
    """A laptop and its clone, whole disk and all; the clone has written less, and has synced first."""
    one = hire("one")
    one.roster(3)
    one.sync()
    one.place.close()
    shutil.copytree(tmp_path / "one", tmp_path / "clone")
    one.place = workplace.open_folder(tmp_path / "one", clock)
    clone = Laptop(
        workplace.open_folder(tmp_path / "clone", clock), type(one.link)(LocalExchange(headquarters)), clock
    )
    one.mark(1, "H")
    one.mark(2, "H")
    clone.mark(0, "S")
    assert clone.sync().synced
    yield [one, clone]
    clone.place.store.close()


def said(laptop: Laptop) -> SyncStatus:
    with laptop.place.store.read() as session:
        return facade.status(session)


def test_nothing_waits_of_either_branch_once_headquarters_has_both(
    pair: list[Laptop], headquarters: Headquarters
) -> None:
    one, clone = pair
    assert (said(one).waiting, said(clone).waiting) == (2, 0)
    for laptop in (one, clone, one):
        assert laptop.sync().synced
        assert said(laptop).waiting == 0
    assert one.tables() == clone.tables() == hq_tables(headquarters)


def test_a_word_about_the_clones_branch_does_not_hide_ours(
    pair: list[Laptop], headquarters: Headquarters, tmp_path: Path
) -> None:
    one, clone = pair
    for person in range(3):
        clone.mark(person, "A")
    clone.sync()
    bundles.write(headquarters, tmp_path / "back.balai", one.place.store.scope)
    facade.read_bundle(one.place, tmp_path / "back.balai")
    assert said(one).waiting >= 2, "headquarters has acknowledged the clone's changes, not these"
    facade.write_bundle(one.place, tmp_path / "out.balai", lacking_only=True)
    bundles.read(headquarters, tmp_path / "out.balai")
    assert one.tables() == hq_tables(headquarters)
