"""The demonstration from the empty stage to the table of what came out."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

from app.errors import Refused, StorageTrouble
from ui.cli.demo import scenes, verifying, window
from ui.cli.demo.doors import Document, Headquarters, Laptop, Watch
from ui.cli.demo.scenes import Stage
from ui.cli.desk import Desk

MARKER = ".balai-demo"


def run(desk: Desk, folder: Path, no_window: bool) -> int:
    """Play the whole story into the folder; returns the exit code."""
    began = time.perf_counter()
    stage = _stage(desk, folder)
    with stage.watch.step("demo-headquarters"):
        scenes.headquarters(stage)
    with stage.hq.serving() as url:
        with stage.watch.step("demo-enrolled"):
            scenes.enrol(stage, url)
        with stage.watch.step("demo-roster-checked"):
            verdicts = scenes.verdicts(stage)
        with stage.watch.step("demo-offline"):
            people = scenes.offline(stage)
        with stage.watch.step("demo-synced"):
            stage.sync(stage.one)
            stage.sync(stage.two)
            stage.sync(stage.one)
        with stage.watch.step("demo-conflict"):
            review = scenes.conflict(stage)
        with stage.watch.step("demo-certificates"):
            scenes.certify(stage)
        with stage.watch.step("demo-stick"):
            stick = scenes.stick(stage)
        with stage.watch.step("demo-newcomer"):
            hashes = scenes.newcomer(stage, url)
        with stage.watch.step("demo-verified"):
            trust = scenes.fetch(url, "trust.cose", stage.folder / "trust.cose")
            verified = verifying.verify_all(stage.files, trust, stage.folder / "kosong")
        with stage.watch.step("demo-revoked"):
            revoked = scenes.revoke(stage, url, trust)
    with stage.watch.step("demo-read-back"):
        held = stage.hq.run("status")
    document = {
        "folder": str(stage.folder),
        "certificates": str(stage.folder / "certificates"),
        "trust": str(trust),
        "roster": verdicts,
        "people": people,
        "reviews": review,
        "stick": stick,
        "tables": hashes,
        "tables_equal": len(set(hashes.values())) == 1,
        "certificates_issued": len(stage.files),
        "certificates_verified": verified,
        "revoked": revoked,
        "syncs": stage.syncs,
        "headquarters": held,
        "seconds": round(time.perf_counter() - began, 1),
        "steps": stage.watch.seconds,
    }
    (stage.folder / "hasil.json").write_text(
        json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8"
    )
    _tell(desk, stage, document)
    if not (no_window or desk.as_json):
        window.show(desk, stage.one.folder)
    sound = bool(document["tables_equal"]) and verified == len(stage.files) and revoked["refused"] is True
    return 0 if sound else 1


def _stage(desk: Desk, folder: Path) -> Stage:
    """A clean stage: what an earlier demonstration left is removed, anything else is not touched."""
    folder = folder.resolve()
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARKER).exists():
            raise Refused("demo-folder-taken", field="dir", path=str(folder))
        shutil.rmtree(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARKER).touch()
    except OSError as fault:
        raise StorageTrouble("folder-read-only", path=str(folder)) from fault
    data = folder / "data"
    return Stage(
        folder,
        Watch(desk.say, desk.as_json),
        Headquarters(data / "pusat"),
        Laptop("Ternate 1", data / "ternate-1"),
        Laptop("Ternate 2", data / "ternate-2"),
        Laptop("Sorong, stik", data / "sorong"),
        Laptop("Ternate 3, baru", data / "ternate-3"),
    )


def _tell(desk: Desk, stage: Stage, document: Document) -> None:
    held = document["headquarters"]
    rows: list[tuple[str, object]] = [
        ("demo-row-certificates", f"{document['certificates_issued']}: {document['certificates']}"),
        ("demo-row-verified", f"{document['certificates_verified']} / {document['certificates_issued']}"),
        ("demo-row-trust", document["trust"]),
        ("demo-row-revoked", f"{document['revoked']['serial']} ({document['revoked']['code']})"),
        ("demo-row-review", document["reviews"]["opened"]),
        (
            "demo-row-tables",
            next(iter(document["tables"].values()))[:16] if document["tables_equal"] else "!",
        ),
        ("demo-row-stick", f"{document['stick']['changes']} ({-(-document['stick']['bytes'] // 1000)} kB)"),
        ("demo-row-seconds", f"{document['seconds']} s"),
    ]
    for line in held["centres"]:
        nouns = {"enrolments": "demo-enrolments", "marks": "demo-marks", "results": "demo-results"}
        counted = [f"{line[key]} {desk.words(code)}" for key, code in nouns.items()]
        counted.append(f"{line['certificates']} {desk.words('demo-certificates-held')}")
        rows.append(("demo-row-held", f"{line['name']}: {', '.join(counted)}"))
    lines = [(desk.words(code), said) for code, said in rows]
    desk.show(document, desk.table("demo-title", ("cli-what", "cli-detail"), lines))
    if not desk.as_json:
        heads = ("cli-machine", "demo-up", "demo-down", "demo-bytes-up", "demo-bytes-down", "demo-requests")
        costs = [
            (s["laptop"], s["changes_up"], s["changes_down"], s["bytes_up"], s["bytes_down"], s["requests"])
            for s in stage.syncs
        ]
        desk.out.print(desk.table("demo-syncs", heads, costs))
