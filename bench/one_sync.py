"""One sync of a laptop in a process of its own: `python -m bench.one_sync FOLDER URL` tells what it took.

Alone in its process, its processor time and its memory are those of a sync and of nothing else.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from app.storage import workplace
from bench.processes import memory
from sync import facade


def main(folder: str, url: str) -> None:
    """Open the folder, sync once with the address, tell."""
    place = workplace.open_folder(Path(folder))
    before = memory("self")
    wall, cpu = time.perf_counter(), time.process_time()
    report = facade.sync(place, url)
    told = {
        "seconds": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "bytes": report.bytes_up + report.bytes_down,
        "requests": report.requests,
        "synced": report.synced,
        "before": before.now,
        "peak": memory("self").peak,
    }
    place.close()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
