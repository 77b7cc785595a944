"""Backups: written whole or not at all, restored without ever losing what was there."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import select

from app.errors import Refused, StorageTrouble
from app.storage import backup, integrity, workplace
from app.storage.journal import Draft, record
from app.storage.tables import TrainingClass
from app.storage.workplace import DATABASE, KEY_FILE, MACHINE, Workplace
from tests.support import hand
from tests.support.databases import AUTHORITY, quick_folder

DEVICE = hand.identity(AUTHORITY)


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as path:
        yield path


def _set_up(folder: Path) -> tuple[Workplace, str]:
    made, phrase = workplace.create(folder, DEVICE, hand.CENTRE, None, lambda store: None)
    _open_class(made, "KWU-1")
    return made, phrase


def _open_class(opened: Workplace, code: str) -> None:
    with opened.store.write() as session:
        record(session, Draft("training_class", (hand.CENTRE, code), {"title": ("Kewirausahaan", "I")}))


def _classes(folder: Path, phrase: str | None = None) -> list[str]:
    opened = workplace.open_folder(folder, phrase=phrase)
    with opened.store.read() as session:
        found = sorted(session.scalars(select(TrainingClass.code)))
    assert integrity.check(opened.store).sound
    opened.close()
    return found


def test_a_backup_of_an_open_folder_restores_elsewhere_as_a_copy(folder: Path) -> None:
    made, phrase = _set_up(folder / "data")
    size = backup.write(made, folder / "backup.zip")
    assert size == (folder / "backup.zip").stat().st_size
    _open_class(made, "KWU-2")
    made.close()
    backup.restore(folder / "backup.zip", folder / "elsewhere")
    assert _classes(folder / "elsewhere", phrase) == ["KWU-1"]
    assert _classes(folder / "data") == ["KWU-1", "KWU-2"]


def test_a_backup_holds_nothing_in_the_clear(folder: Path) -> None:
    made, _ = _set_up(folder / "data")
    backup.write(made, folder / "backup.zip")
    assert b"Kewirausahaan" not in (folder / "backup.zip").read_bytes()
    with zipfile.ZipFile(folder / "backup.zip") as archive:
        assert set(archive.namelist()) == {DATABASE, KEY_FILE}
    made.close()


def test_restoring_needs_leave_to_replace_and_keeps_every_database_that_was_there(folder: Path) -> None:
    made, _ = _set_up(folder / "data")
    backup.write(made, folder / "backup.zip")
    _open_class(made, "KWU-2")
    made.close()
    with pytest.raises(Refused, match="already-set-up"):
        backup.restore(folder / "backup.zip", folder / "data")
    assert _classes(folder / "data") == ["KWU-1", "KWU-2"]
    for _ in range(2):
        backup.restore(folder / "backup.zip", folder / "data", replace=True)
        assert _classes(folder / "data") == ["KWU-1"]
    for name, held in ((f"{DATABASE}.lama", ["KWU-1", "KWU-2"]), (f"{DATABASE}.lama-2", ["KWU-1"])):
        shutil.copyfile(folder / "data" / name, folder / "data" / DATABASE)
        assert _classes(folder / "data") == held


def test_a_write_ahead_log_is_kept_with_its_database_and_never_played_into_another(folder: Path) -> None:
    made, _ = _set_up(folder / "data")
    backup.write(made, folder / "backup.zip")
    _open_class(made, "KWU-2")
    crashed = folder / "crashed"  # as a power cut leaves it: the last changes are in the log alone
    shutil.copytree(folder / "data", crashed)
    made.close()
    assert (crashed / f"{DATABASE}-wal").stat().st_size
    backup.restore(folder / "backup.zip", crashed, replace=True)
    assert not (crashed / f"{DATABASE}-wal").exists()
    assert _classes(crashed) == ["KWU-1"]
    for suffix in ("", "-wal"):
        shutil.copyfile(crashed / f"{DATABASE}.lama{suffix}", crashed / f"{DATABASE}{suffix}")
    assert _classes(crashed) == ["KWU-1", "KWU-2"]


def test_the_backup_of_another_folder_is_refused(folder: Path) -> None:
    for name in ("one", "two"):
        made, _ = _set_up(folder / name)
        backup.write(made, folder / f"{name}.zip")
        made.close()
    with pytest.raises(Refused, match="backup-foreign"):
        backup.restore(folder / "two.zip", folder / "one", replace=True)
    assert _classes(folder / "one") == ["KWU-1"]


@pytest.mark.parametrize("damage", ["torn", "bent", "empty", "nonsense", "incomplete", "more"])
def test_a_damaged_backup_is_refused_and_nothing_is_touched(folder: Path, damage: str) -> None:
    made, _ = _set_up(folder / "data")
    path = folder / "backup.zip"
    backup.write(made, path)
    made.close()
    content = path.read_bytes()
    middle = len(content) // 2
    if damage in ("incomplete", "more"):
        with zipfile.ZipFile(path, "w" if damage == "incomplete" else "a") as archive:
            archive.writestr(DATABASE if damage == "incomplete" else "more", b"something")
    else:
        path.write_bytes(
            {
                "torn": content[:middle],
                "bent": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
                "empty": b"",
                "nonsense": b"nonsense" * 1_000,
            }[damage]
        )
    before = sorted(file.name for file in (folder / "data").iterdir())
    with pytest.raises(StorageTrouble, match="backup-unreadable"):
        backup.restore(path, folder / "data", replace=True)
    assert sorted(file.name for file in (folder / "data").iterdir()) == before
    assert _classes(folder / "data") == ["KWU-1"]
    with pytest.raises(StorageTrouble, match="backup-unreadable"):
        backup.restore(path, folder / "new")
    assert not workplace.exists(folder / "new")


def test_a_backup_that_is_not_there_is_said(folder: Path) -> None:
    with pytest.raises(Refused, match="file-not-found"):
        backup.restore(folder / "none.zip", folder / "data")


def test_a_backup_that_cannot_be_written_leaves_the_older_one(folder: Path) -> None:
    made, _ = _set_up(folder / "data")
    path = folder / "backup.zip"
    backup.write(made, path)
    older = path.read_bytes()
    (folder / "data" / KEY_FILE).rename(folder / "gone")
    with pytest.raises(StorageTrouble, match="backup-unwritable"):
        backup.write(made, path)
    assert path.read_bytes() == older
    with pytest.raises(StorageTrouble, match="backup-unwritable"):
        backup.write(made, folder / "no such folder" / "backup.zip")
    assert sorted(file.name for file in folder.iterdir()) == ["backup.zip", "data", "gone"]
    made.close()


def test_a_backup_while_somebody_writes_is_one_state(folder: Path) -> None:
    made, phrase = _set_up(folder / "data")
    going = True

    def write() -> None:
        number = 2
        while going:
            _open_class(made, f"KWU-{number}")
            number += 1

    writer = Thread(target=write)
    writer.start()
    for number in range(3):
        backup.write(made, folder / f"{number}.zip")
    going = False
    writer.join()
    made.close()
    for number in range(3):
        backup.restore(folder / f"{number}.zip", folder / f"copy-{number}")
        codes = _classes(folder / f"copy-{number}", phrase)
        assert sorted(codes, key=lambda code: int(code[4:])) == [f"KWU-{n + 1}" for n in range(len(codes))]


def test_the_machines_folder_is_in_no_backup(folder: Path) -> None:
    made, _ = _set_up(folder / "data")
    backup.write(made, folder / "backup.zip")
    made.close()
    backup.restore(folder / "backup.zip", folder / "elsewhere")
    assert not (folder / "elsewhere" / MACHINE).exists()
