"""The demonstration from the empty stage to the table of what came out."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

from app.errors import Refused
from app.storage.files import trouble
from ui.cli.demo import scenes, telling, verifying, window
from ui.cli.demo.doors import Document, Headquarters, Laptop, Watch, own_environment
from ui.cli.demo.scenes import Stage
from ui.cli.desk import Desk

MARKER = ".balai-demo"


def run(desk: Desk, folder: Path, no_window: bool) -> int:
    """Play the whole story into the folder; returns the exit code: 0 when all came out as it must."""
    stage = _stage(desk, folder)
    with own_environment():
        document = _play(stage)
    (stage.folder / "hasil.json").write_text(
        json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8"
    )
    telling.tell(desk, document, folder)
    if not (no_window or desk.as_json):
        window.show(desk, stage.one.folder)
    return 0 if _as_it_must(document) else 1


def _play(stage: Stage) -> Document:
    """The steps in their order; what came out of them."""
    began = time.perf_counter()
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
    return {
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


def _as_it_must(document: Document) -> bool:
    """Tables equal, one review and it settled, nothing taken twice, certificates genuine until revoked."""
    review, by_stick = document["reviews"], document["stick"]
    return bool(
        document["tables_equal"]
        and review["opened"] == 1
        and not any(review["left"].values())
        and by_stick["taken_again"] == by_stick["waiting_after"] == 0
        and document["certificates_verified"] == document["certificates_issued"] > 0
        and document["revoked"]["refused"]
    )


def _stage(desk: Desk, folder: Path) -> Stage:
    """A clean stage: what an earlier demonstration left is removed, anything else is not touched."""
    folder = folder.resolve()
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            if not (folder / MARKER).exists():
                raise Refused("demo-folder-taken", field="dir", path=str(folder))
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARKER).touch()
    except OSError as fault:
        raise trouble(fault, folder, "folder-read-only") from fault
    data = folder / "data"
    return Stage(
        folder,
        Watch(desk),
        Headquarters(data / "pusat"),
        Laptop("Ternate 1", data / "ternate-1"),
        Laptop("Ternate 2", data / "ternate-2"),
        Laptop("Sorong, stik", data / "sorong"),
        Laptop("Ternate 3, baru", data / "ternate-3"),
    )
