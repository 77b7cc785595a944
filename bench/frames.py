"""Bytes and seconds of frames for a made-up centre, beside the same as gzipped JSON.

    python -m bench frames [--participants 1000]

Every figure is of this machine and this run; seconds are the best of three, of processor time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from app.journal.chain import Entry, Point
from app.journal.change import Change
from app.journal.registry import ENTITIES
from bench import centre, plain
from sync.protocol import deflate, frame, runs, writing
from sync.protocol.choosing.pooling import Pool, pools
from sync.protocol.frame import Frame
from sync.protocol.layout import Layout
from sync.protocol.shapes import Form

T = TypeVar("T")
KIB = 1 << 10


def timed(work: Callable[[], T], times: int = 3) -> tuple[T, float]:
    """What the work gives, and the best of its times in seconds."""
    best = float("inf")
    for _ in range(times):
        began = time.process_time()
        found = work()
        best = min(best, time.process_time() - began)
    return found, best


def signed(seq: int, chain_hash: bytes) -> Point:
    """A point that takes the bytes of a signature."""
    return Point(seq, chain_hash * 2)


def framed(entries: Sequence[Entry]) -> Frame:
    """The entries as one run of a log."""
    return Frame(b"balai-01", 1, bytes(32), tuple(entries))


def measured(entries: Sequence[Entry], target: int) -> dict[str, object]:
    """Frames of this size: how many, how large, how long to write and to read."""
    whole = framed(entries)
    parts = [part for part, _ in runs.split(whole, target, signed)]
    encoded, writing_took = timed(lambda: [frame.encode(part) for part in parts])
    decoded, reading_took = timed(lambda: [frame.decode(data) for data in encoded])
    assert [entry for found in decoded for entry in found.frame.entries] == list(entries)
    _, changes_took = timed(lambda: [len(found.changes) for found in map(frame.decode, encoded)])
    return {
        "frames": len(parts),
        "bytes": sum(map(len, encoded)),
        "encode_seconds": round(writing_took, 3),
        "decode_seconds": round(reading_took, 3),
        "both_seconds": round(writing_took + reading_took, 3),
        "decode_to_changes_seconds": round(changes_took, 3),
    }


def by_column(entries: Sequence[Entry]) -> list[tuple[str, int]]:
    """The packed bytes of every column of one frame, the largest first.

    Measured by leaving out: a column's share is what the frame is smaller without its pieces.
    """
    found = writing.sorted_by_shape(entries)
    shapes_of = [0] * len(entries)
    for number, one in enumerate(found):
        for row in one.rows:
            shapes_of[row] = number
    known = [one.shape for one in found]
    pooled = pools(known, [one.leaves for one in found])
    slots = writing.slots_of(known, pooled)
    written = list(writing.columns(pooled, Layout(shapes_of, slots), shapes_of))
    names = [_name(pool, found) for pool in pooled]
    return sorted(
        ((name, len(deflate.packed(pieces))) for name, pieces in zip(names, written, strict=True)),
        key=lambda line: -line[1],
    )


def _name(pool: Pool, found: Sequence[writing.Sorted]) -> str:
    leaf = pool[0]
    shape = found[leaf.shape].shape
    if shape.form is not Form.LEAVES or leaf.at >= shape.author:
        return leaf.role.name.lower()
    entity = ENTITIES[shape.entity]
    names = [field.name for field in entity.key]
    for number, size in shape.groups:
        group = entity.group(number)
        names += [field.name for field in group.fields] if group else ["?"] * size
    return f"{entity.name}.{names[leaf.at]}" + (f" and {len(pool) - 1} more" if len(pool) > 1 else "")


def as_json(made: Sequence[Change]) -> dict[str, object]:
    """The same changes as JSON, gzipped: what a program without frames would post."""
    packed, took = timed(lambda: plain.gzipped(plain.json_lines(made)), 1)
    return {
        "bytes_plain": len(plain.json_lines(made)),
        "bytes": len(packed),
        "encode_seconds": round(took, 3),
    }


def figures(participants: int) -> Iterator[tuple[str, dict[str, object]]]:
    """All measurements of a centre of this size, as they are made."""
    made = centre.changes(participants=participants, classes=participants // 20)
    yield "changes", {"all": len(made), **centre.counts(made)}
    yield "JSON, gzipped", as_json(made)
    for order in ("time", "table"):
        if order == "table":
            made = centre.sorted_by_table(made)
        entries = centre.entries(made)
        for target in (256 * KIB, 64 * KIB):
            yield f"frames of {target // KIB} KiB, order of {order}", measured(entries, target)
    scattered = centre.changes(participants=participants, classes=participants // 20, scattered=True)
    yield "256 KiB, a time for every mark", measured(centre.entries(scattered), 256 * KIB)
    few = centre.corrected(made)
    yield "20 changed marks, JSON, gzipped", as_json(few)
    yield "20 changed marks, a frame", measured(centre.entries(few), 256 * KIB)


def main(participants: int = 1_000) -> None:
    """Print all figures of a centre of this size, then the bytes of every column of one frame."""
    for name, values in figures(participants):
        print(f"{name:<36}", "  ".join(f"{key} {value:,}" for key, value in values.items()), flush=True)
    made = centre.changes(participants=participants, classes=participants // 20)
    print("\nbytes of each column, alone")
    for name, size in by_column(centre.entries(made)[:32_768]):
        print(f"{size:>8,}  {name}")


if __name__ == "__main__":
    main()
