"""What came out of the demonstration, for a person: each sync, the result, and what to try next."""

from __future__ import annotations

import os
from pathlib import Path

from ui.cli.demo.doors import Document
from ui.cli.demo.scenes import SMALL
from ui.cli.desk import Desk

NOUNS = {
    "enrolments": "demo-enrolments",
    "marks": "demo-marks",
    "results": "demo-results",
    "certificates": "demo-certificates-held",
}


def tell(desk: Desk, document: Document, folder: Path) -> None:
    """The document for scripts; for people the tables, and three commands that go on from here."""
    if desk.as_json:
        desk.document(document)
        return
    heads = ("cli-machine", "demo-up", "demo-down", "demo-bytes-up", "demo-bytes-down", "demo-requests")
    facts = ("laptop", "changes_up", "changes_down", "bytes_up", "bytes_down", "requests")
    syncs = [tuple(sync[fact] for fact in facts) for sync in document["syncs"]]
    desk.show(document, desk.table("demo-syncs", heads, syncs))
    lines = [(desk.words(code), said) for code, said in _rows(desk, document)]
    desk.show(document, desk.table("demo-title", ("cli-what", "cli-detail"), lines))
    desk.show(document, _next(desk, document, folder))


def _rows(desk: Desk, document: Document) -> list[tuple[str, object]]:
    revoked, stick, tables = document["revoked"], document["stick"], document["tables"]
    verified = f"{document['certificates_verified']} / {document['certificates_issued']}"
    equal = next(iter(tables.values()))[:16] if document["tables_equal"] else desk.words("demo-differ")
    rows: list[tuple[str, object]] = [
        ("demo-row-certificates", document["certificates_issued"]),
        ("demo-row-verified", verified),
        ("demo-row-revoked", revoked["serial"] if revoked["refused"] else desk.words("demo-differ")),
        ("demo-row-review", document["reviews"]["opened"]),
        ("demo-row-tables", equal),
        ("demo-row-stick", f"{stick['changes']} ({-(-stick['bytes'] // 1000)} kB)"),
    ]
    for line in document["headquarters"]["centres"]:
        counted = ", ".join(f"{line[key]} {desk.words(code)}" for key, code in NOUNS.items())
        rows.append(("demo-row-held", f"{line['name']}: {counted}"))
    return [*rows, ("demo-row-seconds", desk.words("demo-took", took=document["seconds"]))]


def _next(desk: Desk, document: Document, folder: Path) -> str:
    """Where things lie, and commands to copy, with paths as short as the folder was typed."""
    laptop = folder / "data" / "ternate-1"
    example = folder / "certificates" / Path(document["revoked"]["file"]).name
    commands = (
        f"balai verify {_typed(example)} --trust {_typed(folder / 'trust.cose')}",
        f"balai completion --class {SMALL} --data-dir {_typed(laptop)}",
        f"balai doctor --data-dir {_typed(laptop)}",
    )
    lies = desk.words(
        "demo-lies",
        certificates=folder / "certificates",
        trust=folder / "trust.cose",
        figures=folder / "hasil.json",
    )
    return "\n".join(["", lies, "", desk.words("demo-next"), *(f"  {command}" for command in commands)])


def _typed(path: Path) -> str:
    """A path as a shell takes it."""
    text = str(path)
    return f'"{text}"' if " " in text or os.sep == "\\" else text
