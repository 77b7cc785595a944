"""What a sync costs: a centre of 1,000 participants to a real headquarters, beside one plain POST.

`python -m bench sync [--participants N]`. Each figure is from this very run: headquarters in its own
process on loopback, the laptop's database encrypted, bytes with HTTP heads. First push = until headquarters
has answered, which it does once the changes are in its tables.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from app.journal.change import Change
from app.storage import logs
from app.storage.heads import Sealed, packed_row
from app.storage.projection import project
from app.storage.workplace import Workplace
from bench import centre
from sync import facade
from ui.cli.demo.doors import Headquarters

AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Cost:
    """One line of the table: seconds, bytes both ways with HTTP heads, requests."""

    what: str
    seconds: float
    bytes: int
    requests: int


def run(participants: int = 1_000) -> list[Cost]:
    """Measure everything once; classes hold 20 people each."""
    made = centre.changes(participants, participants // 20)
    with tempfile.TemporaryDirectory() as folder:
        costs = [_plain_post(Path(folder), made)]
        hq = _headquarters(Path(folder))
        with hq.serving() as url:
            first = _laptop(hq, url, Path(folder) / "one")
            facade.sync(first)
            write(first, made)
            costs.append(_sync("first push", first))
            write(first, centre.corrected(made))
            costs.append(_sync("20 changed marks", first))
            costs.append(_sync("nothing changed", first))
            second = _laptop(hq, url, Path(folder) / "two")
            costs.append(_sync("second laptop", second))
            for place in (first, second):
                place.close()
    return costs


def write(place: Workplace, made: Sequence[Change]) -> None:
    """Put changes into the laptop's own log as if they had been made there, at their own times."""
    identity = place.store.identity
    assert identity is not None
    for start in range(0, len(made), AT_ONCE):
        batch = made[start : start + AT_ONCE]
        with place.store.write() as session:
            connection = session.connection()
            head = logs.own(connection, identity, place.store.scope, batch[0].wall)
            hashes = logs.append(connection, head, centre.entries(batch, start))
            arrived = [
                Sealed(seq, h, change, packed_row(change.entity, change.key))
                for seq, (h, change) in enumerate(zip(hashes, batch, strict=True), head.head_seq + 1)
            ]
            project(connection, head, arrived)


def _headquarters(folder: Path) -> Headquarters:
    hq = Headquarters(folder / "hq")
    hq.run("init")
    hq.run("centre", "add", centre.CENTRE, "Balai Ukur")
    return hq


def _laptop(hq: Headquarters, url: str, folder: Path) -> Workplace:
    code = hq.run("enrol", "--centre", centre.CENTRE)["code"]
    return facade.enrol(folder, url, code, folder.name).workplace


def _sync(what: str, place: Workplace) -> Cost:
    began = time.perf_counter()
    report = facade.sync(place)
    took = time.perf_counter() - began
    assert report.synced, report
    return Cost(what, took, report.bytes_up + report.bytes_down, report.requests)


def _plain_post(folder: Path, made: Sequence[Change]) -> Cost:
    """The same changes as gzipped JSON in one POST: making the body, sending, storing, the answer."""
    with _floor(folder / "floor.sqlite") as address:
        host = urlsplit(address).netloc
        began = time.perf_counter()
        body = gzip.compress(centre.json_lines(made), 6)
        connection = HTTPConnection(host)
        connection.request("POST", "/", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        took = time.perf_counter() - began
        assert answer.status == 200, answer.status
        heads = 140 + sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
    return Cost("one plain POST, gzip", took, len(body) + heads, 1)


@contextmanager
def _floor(database: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "bench.floor", str(database)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(timeout=10)


def report(costs: Sequence[Cost]) -> Iterator[str]:
    """The table, and what of the targets for the sync is missed as it stands."""
    floor = costs[0].seconds
    yield f"{'what':24}{'seconds':>9}{'x plain POST':>14}{'bytes':>12}{'requests':>10}"
    for cost in costs:
        ratio = f"{cost.seconds / floor:.2f}"
        yield f"{cost.what:24}{cost.seconds:9.3f}{ratio:>14}{cost.bytes:12,}{cost.requests:10}"


def main(participants: int) -> None:
    """Print the table."""
    sys.stdout.write("\n".join(report(run(participants))) + "\n")
