"""A week of teaching over poor lines: 8 classes of 25 on 5 days, 150 results, round trips of 1 second.

`python -m bench week`. The rosters are at headquarters already; what goes is 1,000 marks, 40 sessions held
and 150 results. Bytes are counted on the line, with HTTP heads.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from app.journal.change import Change
from app.journal.registry import BY_NAME
from bench import centre
from bench.line import Line
from bench.sync import Cost, headquarters, laptop, opened, synced, write

SPEEDS = (9_600, 32_000, 128_000)
ROUND_TRIP = 1.0
MARK, RESULT, SESSION = (BY_NAME[name].number for name in ("mark", "result", "session"))
RESULTS = 150


def run() -> Iterator[tuple[int, Cost, Line]]:
    """One laptop and one headquarters for each speed, in bits a second."""
    before, week = parted(centre.changes(participants=200, classes=8, sessions=5, modules=3))
    for bits in SPEEDS:
        with tempfile.TemporaryDirectory() as folder:
            hq = headquarters(Path(folder))
            with hq.serving() as url:
                one = laptop(hq, url, Path(folder) / "one", before)
                synced("rosters", hq, url, one)
                with opened(one) as place:
                    write(place, week)
                line = Line(bits, ROUND_TRIP / 2)
                port = urlsplit(url).port
                assert port is not None
                with line.to("127.0.0.1", port) as near:
                    yield bits, synced("a week", hq, f"http://127.0.0.1:{near}", one), line


def parted(made: Sequence[Change]) -> tuple[list[Change], list[Change]]:
    """What was written before the week, and the week."""
    results = [change for change in made if change.entity == RESULT]
    kept = set(map(id, results[:RESULTS]))
    week = [change for change in made if change.entity == MARK or id(change) in kept or _held(change)]
    chosen = {*map(id, week), *map(id, results)}
    return [change for change in made if id(change) not in chosen], week


def _held(change: Change) -> bool:
    """Whether a session says that it was held, as against how it was planned."""
    return change.entity == SESSION and 1 not in change.groups


def main(_participants: int) -> None:
    """Print the table."""
    sys.stdout.write(f"{'bits a second':>14}{'seconds':>9}{'bytes':>9}{'requests':>10}{'bytes alone':>13}\n")
    for bits, cost, line in run():
        through = line.up + line.down
        alone = through * 8 / bits + 2 * ROUND_TRIP
        sys.stdout.write(f"{bits:14,}{cost.seconds:9.1f}{through:9,}{cost.requests:10}{alone:11.1f} s\n")
