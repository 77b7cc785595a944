"""`python -m bench [NAME ...]`: all measurements, or those named; each prints its own table."""

from __future__ import annotations

import argparse
import importlib
import sys

NAMES = (
    "sync",
    "week",
    "frames",
    "storage",
    "certificates",
    "window",
    "roll_call",
    "roster_import",
    "incoming",
)


def main() -> int:
    """Run the measurements one after the other, so that none disturbs another."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--participants", type=int, default=1_000)
    chosen = parser.parse_args()
    for name in chosen.names or NAMES:
        if name not in NAMES:
            parser.error(f"{name}: choose from {', '.join(NAMES)}")
        sys.stdout.write(f"\n== {name} ==\n")
        importlib.import_module(f"bench.{name}").main(chosen.participants)
    return 0


if __name__ == "__main__":
    sys.exit(main())
