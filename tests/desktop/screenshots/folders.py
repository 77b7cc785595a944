"""The data folders that states stand on: the made-up centre, one on its first day, and a class of 300."""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from app.domain.roles import Role
from tests.desktop import teaching
from tests.desktop.screenshots import sample
from tests.desktop.screenshots.sample import Sample


class Data(StrEnum):
    """Which data folder a state stands on; NOTHING: none is set up yet."""

    SAMPLE = "sample"
    EMPTY = "empty"
    CROWD = "crowd"
    NOTHING = "nothing"


class Folders:
    """Built below `root` when first asked for, and copied for each state. The class of 300 takes longest."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def of(self, data: Data) -> Sample:
        """The folder of this data, with what a state on it is given."""
        made = {Data.SAMPLE: "_sample", Data.EMPTY: "_first_day", Data.CROWD: "_crowd"}.get(data, "_sample")
        found: Sample = getattr(self, made)
        return found

    @cached_property
    def _sample(self) -> Sample:
        return sample.build(self._root / Data.SAMPLE)

    @cached_property
    def _first_day(self) -> Sample:
        at = self._root / Data.EMPTY
        author = sample.build_empty(at)
        return dataclasses.replace(self._sample, folder=at / "laptop", author=author)

    @cached_property
    def _crowd(self) -> Sample:
        at = self._root / Data.CROWD
        at.mkdir(parents=True)
        taught = teaching.crowd(at, 300)
        with taught.opened.store.write() as session:
            author = sample.person_at_work(session, "Nurlaila Hamid", "nurlaila", Role.INSTRUCTOR)
        taught.opened.close()
        made = {"folder": at / "data", "running": taught.key, "people": taught.people}
        return dataclasses.replace(self._sample, author=author, **made)  # type: ignore[arg-type]  # of these types
