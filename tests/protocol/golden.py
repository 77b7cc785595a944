"""Golden frames: bytes that every later reader must read, with what they say as JSON beside them.

Run as a program, it writes those that are missing and never touches one that is there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.journal import chain
from app.journal.chain import Entry, Point
from app.journal.change import Change, Ref, pack
from bench import centre
from sync.protocol import frame, varint
from sync.protocol.frame import Frame
from tests.protocol import every_kind, made

FOLDER = Path(__file__).resolve().parent.parent / "golden" / "frames"


def told(sent: Frame, changes: list[Change | None]) -> dict[str, Any]:
    """A frame as JSON; byte strings as {"bytes": hex}."""
    return {
        "log": sent.log.hex(),
        "first": sent.first,
        "previous": sent.previous.hex(),
        "points": [[point.seq, point.signature.hex()] for point in sent.points],
        "changes": [
            {"erased": entry.inner.hex()} if change is None else {"salt": entry.salt.hex()} | _change(change)
            for entry, change in zip(sent.entries, changes, strict=True)
        ],
    }


def meant(data: dict[str, Any]) -> tuple[Frame, list[Change | None]]:
    """The frame that JSON tells of, and its changes."""
    changes = [None if "erased" in found else _unchange(found) for found in data["changes"]]
    entries: list[Entry] = []
    for found, change in zip(data["changes"], changes, strict=True):
        if change is None:
            entries.append(chain.erased(bytes.fromhex(found["erased"])))
        else:
            entries.append(chain.entry(bytes.fromhex(found["salt"]), pack(change)))
    points = tuple(Point(seq, bytes.fromhex(signature)) for seq, signature in data["points"])
    log, previous = bytes.fromhex(data["log"]), bytes.fromhex(data["previous"])
    return Frame(log, data["first"], previous, tuple(entries), points), changes


def _change(change: Change) -> dict[str, Any]:
    return {
        "entity": change.entity,
        "key": _told(change.key),
        "groups": {str(number): _told(values) for number, values in change.groups.items()},
        "replaces": [[ref.log.hex(), ref.seq, ref.hash4.hex()] for ref in change.replaces],
        "author": _told(change.author),
        "wall": change.wall,
        "reason": change.reason,
    }


def _unchange(found: dict[str, Any]) -> Change:
    return Change(
        found["entity"],
        _meant(found["key"]),
        {int(number): _meant(values) for number, values in found["groups"].items()},
        tuple(Ref(bytes.fromhex(log), seq, bytes.fromhex(hash4)) for log, seq, hash4 in found["replaces"]),
        _meant(found["author"]),
        found["wall"],
        found["reason"],
    )


def _told(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    return [_told(part) for part in value] if isinstance(value, tuple) else value


def _meant(value: Any) -> Any:
    if isinstance(value, dict):
        return bytes.fromhex(value["bytes"])
    return tuple(_meant(part) for part in value) if isinstance(value, list) else value


def _odd() -> list[Entry]:
    """Changes no registry knows, the ends of the number line, erased and salted ones, replaced heads."""
    ref = Ref(bytes(range(8)), 7, b"\x01\x02\x03\x04")
    changes = [
        Change(
            7_000_000,
            (None, True, b"\x00", "Jl. Mawar"),
            {0: (False,), 63: ()},
            (ref, ref),
            None,
            -5,
            "salah ketik",
        ),
        Change(0, (), {1: (made.I64 - 1, -made.I64, ("a", None, 1, True), ())}, (), bytes(16), 0),
        *made.marks(3),
        made.marks(1)[0]._replace(
            groups={1: ("T", 495), 2: ("Hujan deras, é",)}, replaces=(ref,), reason="Lupa"
        ),
    ]
    entries = [chain.entry(b"", pack(change)) for change in changes]
    entries[1] = chain.entry(bytes(range(16)), pack(changes[1]))
    entries[3] = chain.erased(entries[3].inner)
    return entries


def _example() -> list[Entry]:
    """The worked example of docs/formats/frame.md."""
    author = bytes.fromhex("19a47e1e70bc8c9580005adfa4808bf4")
    ids = ["49970e88db2e8326bd762566d0b4406f", "49970e88db2e832691880adefb4a5ddc"]
    groups = [("H", None), ("T", 495)]
    marks = [
        Change(6, (11, "UMK-2026-001", 3, bytes.fromhex(id_)), {1: values}, (), author, 1_790_000_000_000)
        for id_, values in zip(ids, groups, strict=True)
    ]
    return [*made.entries_of(marks), chain.erased(bytes(range(32)))]


def _frames() -> dict[str, bytes]:
    small = centre.entries(centre.changes(participants=20, classes=1, sessions=2, modules=2))
    many = framed_head(every_kind.COUNT) + every_kind.payload()
    return {
        "example": frame.encode(made.framed(_example(), first=41)),
        "odd": frame.encode(made.framed(_odd(), first=0, points=[0, 2, 5])),
        "class": frame.encode(made.framed(small, first=1)),
        "every-kind": many,
    }


def framed_head(count: int) -> bytes:
    """The outside of a frame without points."""
    return frame.MAGIC + made.LOG + varint.unsigned(3) + varint.unsigned(count) + bytes(range(32)) + b"\x00"


def main() -> None:
    """Writes the golden frames that are missing."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, data in _frames().items():
        path = FOLDER / f"{name}.frame"
        if path.exists():
            continue
        found = frame.decode(data)
        path.write_bytes(data)
        text = json.dumps(told(found.frame, found.changes), ensure_ascii=False, indent=1)
        path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
