"""`python -m tests.simulation`: one seed with all it says, or many with a table of what happened in them.

--seed 1234 [--steps 150]      one seed, or its first steps; what broke, where, and the steps up to there
--seeds 10000 [--first 1]      so many seeds, over all processors; ends with 1 if one broke
--write                        put the table into docs/sync.md
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from pathlib import Path

from tests.simulation import running, seed

PAGE = Path(__file__).resolve().parents[2] / "docs" / "sync.md"
TABLE = re.compile(r"(<!-- simulated -->\n).*?(<!-- /simulated -->)", re.DOTALL)
TELL_EVERY = 50


def main() -> int:
    """Run what was asked for; 0 when everything held."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--seeds", type=int, default=300)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=24 * 60)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    if asked.seed is not None:
        return _one(asked.seed, asked.steps)
    return _many(asked)


def _one(number: int, most: int | None) -> int:
    outcome = seed.run(number, most)
    print(*outcome.steps, sep="\n")
    for fault, times in outcome.fired.most_common():
        print(f"{times:6} {fault}")
    print(outcome.details or f"seed {number} holds")
    return bool(outcome.broken)


def _many(asked: argparse.Namespace) -> int:
    tally, started = running.Tally(), time.perf_counter()
    for outcome in running.outcomes(range(asked.first, asked.first + asked.seeds), asked.processes):
        tally.add(outcome)
        if outcome.broken:
            print(running.repro(outcome), flush=True)
        if tally.seeds % TELL_EVERY == 0:
            print(f"{tally.seeds} seeds, {len(tally.broken)} broken", file=sys.stderr, flush=True)
        if time.perf_counter() - started > asked.minutes * 60:
            break
    table = running.table(tally, time.perf_counter() - started, running.today())
    print(table)
    if asked.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(TABLE.sub(lambda found: f"{found[1]}{table}{found[2]}", page), encoding="utf-8")
    for fault in tally.never():
        print(f"never happened: {fault}")
    return bool(tally.broken or tally.never())


if __name__ == "__main__":
    sys.exit(main())
