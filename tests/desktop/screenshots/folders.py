"""The data folders that states stand on: the made-up centre, one on its first day, and a class of 300."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from app.domain.roles import Role
from tests.desktop import teaching
from tests.desktop.screenshots import sample
from tests.desktop.screenshots.sample import Sample
from tests.desktop.screenshots.stage import Data, Folders


def build(root: Path, crowd: bool = True) -> Folders:
    """Build all of them below `root`; each is copied before it is used. The class of 300 takes longest."""
    made = sample.build(root / "made")
    made.folder.rename(root / Data.SAMPLE)
    author = sample.build_empty(root / "made" / "first-day")
    (root / "made" / "first-day" / "laptop").rename(root / Data.EMPTY)
    first_day = dataclasses.replace(made, author=author)
    return Folders(root, made, first_day, _crowd(root, made) if crowd else made)


def _crowd(root: Path, made: Sample) -> Sample:
    taught = teaching.crowd(root / "made", 300)
    with taught.opened.store.write() as session:
        author = sample.person_at_work(session, "Nurlaila Hamid", "nurlaila", Role.INSTRUCTOR)
    taught.opened.close()
    (root / "made" / "data").rename(root / Data.CROWD)
    return dataclasses.replace(made, running=taught.key, people=taught.people, author=author)
