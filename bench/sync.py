"""What a sync costs: a centre of 1,000 participants to a real headquarters, beside one plain POST.

`python -m bench sync [--participants N]`. Each figure is from this very run: headquarters and the laptop in
processes of their own on loopback, the laptop's database encrypted, bytes with HTTP heads. First push = until
headquarters has answered, which it does once the changes are in its tables.
"""

from __future__ import annotations

import json
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
from bench import centre, plain
from bench.processes import cpu, memory
from sync import facade
from ui.cli.demo.doors import Headquarters

AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Cost:
    """One line of the table: seconds, bytes both ways with HTTP heads, requests.

    `near` and `far` are seconds of processor time of the laptop and of the server, `laptop` and `server` the
    most memory that each has had in MB.
    """

    what: str
    seconds: float
    bytes: int
    requests: int
    near: float
    far: float
    laptop: float
    server: float


def run(participants: int = 1_000) -> list[Cost]:
    """Measure everything once; classes hold 20 people each."""
    made = centre.changes(participants, participants // 20)
    with tempfile.TemporaryDirectory() as folder:
        costs = [_plain_post(Path(folder), made)]
        hq = headquarters(Path(folder))
        with hq.serving() as url:
            one = laptop(hq, url, Path(folder) / "one", made)
            costs.append(synced("first push", hq, url, one))
            with opened(one) as place:
                write(place, centre.corrected(made))
            costs.append(synced("20 changed marks", hq, url, one))
            costs.append(synced("nothing changed", hq, url, one))
            costs.append(synced("second laptop", hq, url, laptop(hq, url, Path(folder) / "two")))
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


def headquarters(folder: Path) -> Headquarters:
    """A new headquarters with one centre."""
    hq = Headquarters(folder / "hq")
    hq.run("init")
    hq.run("centre", "add", centre.CENTRE, "Balai Ukur")
    return hq


def laptop(hq: Headquarters, url: str, folder: Path, made: Sequence[Change] = ()) -> Path:
    """The folder of a laptop that was just enrolled; or that has synced once, and then wrote `made`."""
    code = hq.run("enrol", "--centre", centre.CENTRE)["code"]
    place = facade.enrol(folder, url, code, folder.name).workplace
    if made:
        facade.sync(place)
        write(place, made)
    place.close()
    return folder


@contextmanager
def opened(folder: Path) -> Iterator[Workplace]:
    """The laptop in this process, for as long as the block runs."""
    from app.storage import workplace

    place = workplace.open_folder(folder)
    try:
        yield place
    finally:
        place.close()


def synced(what: str, hq: Headquarters, url: str, folder: Path) -> Cost:
    """What one sync of the laptop in this folder takes."""
    assert hq.process is not None
    before = cpu(hq.process)
    done = subprocess.run(
        [sys.executable, "-m", "bench.one_sync", str(folder), url], capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    assert told["synced"], told
    far = cpu(hq.process) - before
    return Cost(
        what, told["seconds"], told["bytes"], told["requests"], told["cpu"], far, told["peak"],
        memory(hq.process).peak,
    )  # fmt: skip


def _plain_post(folder: Path, made: Sequence[Change]) -> Cost:
    """The same changes as gzipped JSON in one POST: making the body, sending, storing, the answer."""
    with _floor(folder / "floor.sqlite") as (address, process):
        host = urlsplit(address).netloc
        before = cpu(process)
        began, busy = time.perf_counter(), time.process_time()
        body = plain.gzipped(plain.json_lines(made))
        connection = HTTPConnection(host)
        connection.request("POST", "/", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        took, near = time.perf_counter() - began, time.process_time() - busy
        assert answer.status == 200, answer.status
        heads = 140 + sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
        far, server = cpu(process) - before, memory(process).peak
    return Cost("one plain POST, gzip", took, len(body) + heads, 1, near, far, memory("self").peak, server)


@contextmanager
def _floor(database: Path) -> Iterator[tuple[str, int]]:
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "bench.floor", str(database)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip(), process.pid
    finally:
        process.terminate()
        process.wait(timeout=10)


def report(costs: Sequence[Cost]) -> Iterator[str]:
    """The table: times as they were and as multiples of the plain POST's."""
    floor = costs[0]
    busy = floor.near + floor.far
    yield (
        f"{'what':22}{'seconds':>8}{'x POST':>8}{'CPU laptop':>12}{'CPU hq':>8}{'x POST':>8}"
        f"{'bytes':>12}{'requests':>10}{'MB laptop':>11}{'MB hq':>7}"
    )
    for cost in costs:
        yield (
            f"{cost.what:22}{cost.seconds:8.3f}{cost.seconds / floor.seconds:8.2f}{cost.near:12.2f}"
            f"{cost.far:8.2f}{(cost.near + cost.far) / busy:8.2f}{cost.bytes:12,}{cost.requests:10}"
            f"{cost.laptop:11.0f}{cost.server:7.0f}"
        )


def main(participants: int) -> None:
    """Print the table."""
    sys.stdout.write("\n".join(report(run(participants))) + "\n")
