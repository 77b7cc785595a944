"""A laptop put back to before headquarters' first word on its log: the sync ends and brings the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.storage import backup, workplace
from sync.client.driver import Manners
from sync.hq.headquarters import Headquarters
from tests.sync.conftest import HURRIED, Clock, Hire, hq_tables

pytestmark = pytest.mark.near


def test_what_headquarters_has_beyond_a_restored_log_comes_back_in_a_few_requests(
    hire: Hire, headquarters: Headquarters, tmp_path: Path, clock: Clock
) -> None:
    one = hire("one")
    one.sync()
    one.roster(3)
    backup.write(one.place, tmp_path / "backup.zip")
    one.mark(1, "H")
    one.sync()
    one.place.close()
    backup.restore(tmp_path / "backup.zip", tmp_path / "one", replace=True)
    one.place = workplace.open_folder(tmp_path / "one", clock)
    one.mark(2, "S")
    asked: list[int] = []
    one.manners = Manners(
        HURRIED, progress=lambda tally: asked.append(tally.requests), cancelled=lambda: len(asked) > 12
    )
    assert one.sync().synced
    assert one.tables() == hq_tables(headquarters)
