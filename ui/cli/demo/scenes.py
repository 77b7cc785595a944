"""The scenes of the demonstration, each a run of commands that somebody could type."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from ui.cli.demo import sheets
from ui.cli.demo.doors import ROOT, Document, Headquarters, Laptop, Watch

RESOURCES = ROOT / "resources"
ROSTERS = RESOURCES / "sample" / "rosters"
TERNATE, SORONG = 10_009, 10_011
SMALL, LARGE, SORONG_CLASS = "KWU-2026-20", "KWU-2026-180", "KWU-2026-SOQ"
SESSIONS = 10
SEED = 20_261_124
PIN = "482913"
HOST = "sertifikat.example"


@dataclass(slots=True)
class Stage:
    """Everything on the stage: headquarters, the laptops, where things lie, what was measured."""

    folder: Path
    watch: Watch
    hq: Headquarters
    one: Laptop
    two: Laptop
    stick_only: Laptop
    newcomer: Laptop
    syncs: list[Document] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)

    def sync(self, laptop: Laptop) -> Document:
        """Sync a laptop, and keep what it cost."""
        report = laptop.run("sync")
        self.syncs.append({"laptop": laptop.name, **report})
        return report


def headquarters(stage: Stage) -> None:
    """Headquarters comes into being: keys, two centres, the programme."""
    stage.hq.run("init", "--verify-host", HOST, "--sample", "--name", "Kantor Pusat Contoh")
    known = {int(c["code"]): c for c in json.loads((RESOURCES / "centres.json").read_text("utf-8"))["balai"]}
    signatories = {TERNATE: "Drs. H. Anwar Soleman, M.Si.", SORONG: "Yohana Mambrasar, S.T., M.M."}
    commands: list[tuple[object, ...]] = [("programme", "publish", RESOURCES / "catalogue" / "kwu.json")]
    for code, signatory in signatories.items():
        centre = known[code]
        command = (
            "centre", "add", code, centre["name"], "--full-name", centre["full_name"],
            "--short", centre["short"], "--city", centre["city"], "--regency-code", centre["regency_code"],
            "--province-code", centre["province_code"], "--timezone", centre["timezone"],
            "--letterhead", "KEMENTERIAN KETENAGAKERJAAN REPUBLIK INDONESIA",
            "--letterhead", "DIREKTORAT JENDERAL PEMBINAAN PELATIHAN VOKASI DAN PRODUKTIVITAS",
            "--letterhead", centre["full_name"].upper(),
            "--signatory-title", "Kepala Balai", "--signatory", signatory,
            "--signatory-nip", "19700101 199503 1 000",
        )  # fmt: skip
        commands.append(command)
    stage.hq.run_all(commands)


def enrol(stage: Stage, url: str) -> None:
    """Two laptops by code over the network, one by files on a stick; a person on each."""
    made = stage.hq.run_all([("enrol", "--centre", centre) for centre in (TERNATE, TERNATE, SORONG)])
    *codes, carried = [document["code"] for document in made]
    people = ((stage.one, "Nurlaila Hamid"), (stage.two, "Yusuf Mahmud"))
    for code, (laptop, person) in zip(codes, people, strict=True):
        laptop.run("setup", "--enrol", code, "--hq", url, "--name", laptop.name)
        _person(laptop, person)
    request, answer = stage.folder / "stik" / "permintaan.bin", stage.folder / "stik" / "jawaban.bin"
    stage.stick_only.run(
        "setup", "--enrol", carried, "--request-file", request, "--name", stage.stick_only.name
    )
    stage.hq.run("enrol", "--request", request, "--answer", answer)
    stage.stick_only.run("setup", "--enrol-file", answer)
    _person(stage.stick_only, "Maria Kareth")


def _person(laptop: Laptop, name: str) -> None:
    laptop.run(
        "person", "add", name, "--login", name.split()[0].lower(), "--new-pin", PIN, "--role", "instructor"
    )


def verdicts(stage: Stage) -> Document:
    """What the reader makes of the two sample rosters."""
    counts: Document = {}
    for name in ("clean-200", "messy-45"):
        rows = stage.one.run("roster", "check", ROSTERS / f"{name}.xlsx")["rows"]
        counts[name] = {
            verdict: sum(r["verdict"] == verdict for r in rows) for verdict in ("ok", "warning", "error")
        }
    return counts


def offline(stage: Stage) -> Document:
    """Weeks without a link: both laptops of Ternate import the same roster and share the work."""
    clean = ROSTERS / "clean-200.xlsx"
    small = sheets.part(clean, stage.folder / "kertas" / "daftar-20.csv", 1, 20)
    large = sheets.part(clean, stage.folder / "kertas" / "daftar-180.csv", 21, 200)
    enrolled: Document = {}
    for laptop in (stage.one, stage.two):
        enrolled[SMALL] = _open_class(laptop, SMALL, "VIII", small)
        enrolled[LARGE] = _open_class(laptop, LARGE, "IX", large)
    _hold(stage, stage.one, SMALL, enrolled[SMALL], range(1, SESSIONS + 1))
    _hold(stage, stage.one, LARGE, enrolled[LARGE], range(1, 6))
    _hold(stage, stage.two, LARGE, enrolled[LARGE], range(6, SESSIONS + 1))
    _score(stage, stage.one, SMALL, enrolled[SMALL])
    _score(stage, stage.two, LARGE, enrolled[LARGE])
    return enrolled


def _open_class(laptop: Laptop, code: str, intake: str, roster: Path) -> int:
    laptop.run(
        "class", "new", code, "--title", f"Kewirausahaan UMK, Angkatan {intake}", "--programme", "KWU",
        "--from", "2026-11-09", "--to", "2026-11-16", "--intake", intake, "--room", "Aula 2",
    )  # fmt: skip
    laptop.run(
        "class", "schedule", code, "--sessions", SESSIONS, "--time", "08.30-11.30", "--time", "13.00-16.00"
    )
    return int(laptop.run("roster", "import", roster, "--class", code, "--consent", "2026-1")["enrolled"])


def _hold(stage: Stage, laptop: Laptop, code: str, people: int, sessions: range) -> None:
    for number in sessions:
        path = stage.folder / "kertas" / f"presensi-{code}-{number}.csv"
        laptop.run("mark", sheets.marks(path, people, number, SEED), "--session", f"{code}/{number}")


def _score(stage: Stage, laptop: Laptop, code: str, people: int) -> None:
    laptop.run(
        "result", sheets.scores(stage.folder / "kertas" / f"nilai-{code}.csv", people, SEED), "--class", code
    )


def conflict(stage: Stage) -> Document:
    """Both laptops correct the same mark while neither knows of the other; somebody chooses."""
    for laptop, mark in ((stage.one, "S"), (stage.two, "I")):
        path = stage.folder / "kertas" / f"koreksi-{mark}.csv"
        path.write_text(f"No;Status\n7;{mark}\n", "utf-8")
        laptop.run("mark", path, "--session", f"{LARGE}/1", "--reason", "menurut daftar hadir di kertas")
    for laptop in (stage.one, stage.two, stage.one):
        stage.sync(laptop)
    found = stage.one.run("review", "list")["reviews"]
    for review in found:
        stage.one.run("review", "choose", review["review"], 0, "--reason", "surat dokter ada")
    for laptop in (stage.one, stage.two):
        stage.sync(laptop)
    left = {laptop.name: len(laptop.run("review", "list")["reviews"]) for laptop in (stage.one, stage.two)}
    return {
        "opened": len(found),
        "left": left,
        "values": [version["values"] for review in found for version in review["versions"]],
    }


def certify(stage: Stage) -> None:
    """Each laptop of Ternate decides and issues for one class, from a block of serials of its own."""
    for laptop, code in ((stage.one, SMALL), (stage.two, LARGE)):
        _issue(stage, laptop, code)
    for laptop in (stage.one, stage.two, stage.one):
        stage.sync(laptop)


def _issue(stage: Stage, laptop: Laptop, code: str) -> None:
    laptop.run("completion", "--class", code, "--decide")
    folder = stage.folder / "certificates"
    issued = laptop.run("certificate", "issue", "--class", code, "--out", folder)["issued"]
    stage.files += [Path(line["file"]) for line in issued]


def stick(stage: Stage) -> Document:
    """Sorong never has a link: all it did goes by a file, and headquarters' answer comes back by one."""
    people = _open_class(stage.stick_only, SORONG_CLASS, "III", ROSTERS / "messy-45.xlsx")
    _hold(stage, stage.stick_only, SORONG_CLASS, people, range(1, SESSIONS + 1))
    _score(stage, stage.stick_only, SORONG_CLASS, people)
    _issue(stage, stage.stick_only, SORONG_CLASS)
    there, back = stage.folder / "stik" / "sorong.balai", stage.folder / "stik" / "pusat.balai"
    written = stage.stick_only.run("bundle", "write", there)
    read = stage.hq.run("bundle", "read", there)
    again = stage.hq.run("bundle", "read", there)
    stage.hq.run("bundle", "write", back, "--centre", SORONG)
    stage.stick_only.run("bundle", "read", back)
    waiting = stage.stick_only.run("status")["waiting"]
    return {
        "people": people, "bytes": written["bytes"], "changes": written["changes"],
        "taken": read["changes"], "taken_again": again["changes"], "waiting_after": waiting,
    }  # fmt: skip


def newcomer(stage: Stage, url: str) -> Document:
    """A new laptop of Ternate starts empty and ends with the same tables as the others."""
    code = stage.hq.run("enrol", "--centre", TERNATE)["code"]
    stage.newcomer.run("setup", "--enrol", code, "--hq", url, "--name", stage.newcomer.name)
    for laptop in (stage.newcomer, stage.one, stage.two, stage.newcomer):
        stage.sync(laptop)
    return {laptop.name: laptop.run("status")["tables"] for laptop in (stage.one, stage.two, stage.newcomer)}


def revoke(stage: Stage, url: str, trust: Path) -> Document:
    """Headquarters revokes one certificate; with the new status list it is refused."""
    victim = stage.files[0]
    serial = stage.one.run("certificate", "list")["certificates"][0]["serial"]
    stage.hq.run("revoke", "certificate", serial.replace(" ", ""), "--reason", "error")
    status = fetch(url, "status.cose", stage.folder / "status.cose")
    verdict = stage.one.run("verify", victim, "--trust", trust, "--status", status, refused=True)
    stage.sync(stage.one)
    return {
        "serial": serial,
        "refused": verdict["verdict"] == "refused",
        "code": verdict["code"],
        "file": str(victim),
    }


def fetch(url: str, name: str, path: Path) -> Path:
    """What headquarters publishes under this name, kept in a file."""
    straight = build_opener(ProxyHandler({}))  # our own process on loopback, whatever proxy an office has
    with straight.open(f"{url}/{name}", timeout=10) as answer:
        path.write_bytes(answer.read())
    return path
