"""What the surroundings do to a database: full, read-only, damaged, busy. A code each, and nothing lost."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.errors import StorageTrouble
from app.storage import backup, files, integrity, sqlite, workplace
from app.storage.journal import Draft, record
from app.storage.store import Store
from app.storage.tables import Mark
from tests.support import disks, hand
from tests.support.databases import AUTHORITY, KEY, quick_folder
from tests.support.disks import Disk

DEVICE = hand.identity(AUTHORITY)
ROOM = 700  # kilobytes: an empty database takes 250, its write-ahead log while it is made as much


def _open(folder: Path) -> Store:
    return Store.encrypted(folder / "balai.db", KEY, DEVICE, hand.CENTRE)


def _mark(store: Store, number: int, participants: int = 50) -> None:
    with store.write() as session:
        drafts = [
            Draft("mark", (hand.CENTRE, "KWU-1", number, place.to_bytes(16)), {"mark": ("H", None)})
            for place in range(participants)
        ]
        record(session, drafts)


def _marks(store: Store) -> int:
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(Mark)) or 0


def _until_full(store: Store, disk: Disk) -> int:
    """Finalise roll calls until the disk is full; returns how many were."""
    for number in range(10_000):
        try:
            _mark(store, number)
        except StorageTrouble as trouble:
            assert trouble.code in disk.codes
            return number
    raise AssertionError("the disk never filled up")


def test_a_full_disk_is_said_and_what_was_saved_before_is_there(tmp_path: Path) -> None:
    with disks.small(tmp_path / "disk", ROOM) as disk:
        store = _open(disk.folder)
        saved = _until_full(store, disk)
        assert saved > 0
        with pytest.raises(StorageTrouble):
            _mark(store, saved)
        assert _marks(store) == 50 * saved
        store.close()
        store = _open(disk.folder)
        assert _marks(store) == 50 * saved
        store.close()
        for file in disk.folder.iterdir():
            shutil.copy(file, tmp_path)
    store = _open(tmp_path)
    report = integrity.check(store)
    assert report.sound
    assert report.changes == 1 + 50 * saved
    store.close()


def test_work_goes_on_where_it_stopped_once_there_is_room_again(tmp_path: Path) -> None:
    with disks.small(tmp_path / "disk", ROOM) as disk:
        store = _open(disk.folder)
        saved = _until_full(store, disk)
        disk.enlarge()
        _mark(store, saved)
        assert _marks(store) == 50 * saved + 50
        assert integrity.check(store).sound
        store.close()


def test_a_file_is_replaced_whole_or_not_at_all_when_the_disk_is_full(tmp_path: Path) -> None:
    with disks.small(tmp_path / "disk", 64) as disk:
        files.write_durably(disk.folder / "anchor", b"old")
        with pytest.raises(StorageTrouble) as trouble:
            files.write_durably(disk.folder / "anchor", b"new" * 50_000)
        assert trouble.value.code in disk.codes
        assert (disk.folder / "anchor").read_bytes() == b"old"
        assert [file.name for file in disk.folder.iterdir()] == ["anchor"]


def test_a_file_that_cannot_take_its_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(source: Path, target: Path) -> None:
        assert source.read_bytes() == b"new"
        raise PermissionError(errno.EACCES, "held open by a virus scanner")

    files.write_durably(tmp_path / "anchor", b"old")
    monkeypatch.setattr(os, "replace", refuses)
    with pytest.raises(StorageTrouble, match="folder-read-only"):
        files.write_durably(tmp_path / "anchor", b"new")
    assert (tmp_path / "anchor").read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["anchor"]


def test_a_backup_to_a_full_stick_is_said_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    made, _ = workplace.create(tmp_path / "data", DEVICE, hand.CENTRE, None, lambda store: None)
    with disks.small(tmp_path / "stick", 100) as stick:
        with pytest.raises(StorageTrouble) as trouble:
            backup.write(made, stick.folder / "backup.zip")
        assert trouble.value.code in (*stick.codes, "backup-unwritable")
        assert list(stick.folder.iterdir()) == []
    backup.write(made, tmp_path / "backup.zip")
    made.close()


def test_restoring_onto_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    made, _ = workplace.create(tmp_path / "data", DEVICE, hand.CENTRE, None, lambda store: None)
    for number in range(8):
        _mark(made.store, number)
    backup.write(made, tmp_path / "backup.zip")
    made.close()
    with disks.small(tmp_path / "disk", 200) as disk:
        kept = (tmp_path / "data" / "balai.keys").read_bytes()
        (disk.folder / "balai.keys").write_bytes(kept)
        (disk.folder / "balai.db").write_bytes(b"what was there")
        with pytest.raises(StorageTrouble):
            backup.restore(tmp_path / "backup.zip", disk.folder, replace=True)
        assert (disk.folder / "balai.db").read_bytes() == b"what was there"
        assert not list(disk.folder.glob("*.baru"))


def test_setting_up_on_a_full_disk_is_said_and_can_be_repeated(tmp_path: Path) -> None:
    with disks.small(tmp_path / "disk", 200) as disk:
        with pytest.raises(StorageTrouble) as trouble:
            workplace.create(disk.folder / "data", DEVICE, hand.CENTRE, None, lambda store: None)
        assert trouble.value.code in disk.codes
        assert not workplace.exists(disk.folder / "data")


def test_a_read_only_folder_is_said() -> None:
    with quick_folder() as folder:
        folder.chmod(0o755)
        data = folder / "data"
        made, _ = workplace.create(data, DEVICE, hand.CENTRE, None, lambda store: None)
        _mark(made.store, 1)
        made.close()
        with disks.read_only(data):
            with pytest.raises(StorageTrouble) as trouble:
                workplace.open_folder(data)
            assert trouble.value.code in ("database-read-only", "database-unreachable")
            with pytest.raises(StorageTrouble, match="folder-read-only"):
                files.write_durably(data / "anchor", b"new")
        opened = workplace.open_folder(data)
        assert _marks(opened.store) == 50
        opened.close()


@pytest.mark.parametrize("content", [b"", b"x" * 16_384])
def test_another_file_under_the_databases_name_is_said(tmp_path: Path, content: bytes) -> None:
    made, _ = workplace.create(tmp_path / "data", DEVICE, hand.CENTRE, None, lambda store: None)
    made.close()
    (tmp_path / "data" / "balai.db").write_bytes(content)
    with pytest.raises(StorageTrouble, match=r"database-(key-wrong|damaged)"):
        workplace.open_folder(tmp_path / "data")


def test_another_key_does_not_open(tmp_path: Path) -> None:
    _open(tmp_path).close()
    for wrong in (b"x" * 32, b"short"):
        with pytest.raises(StorageTrouble, match="database-key-wrong"):
            Store.encrypted(tmp_path / "balai.db", wrong, DEVICE, hand.CENTRE)


def test_a_folder_in_the_databases_place_is_said(tmp_path: Path) -> None:
    (tmp_path / "balai.db").mkdir()
    with pytest.raises(StorageTrouble, match="database-unreachable"):
        _open(tmp_path)


def test_any_damaged_page_is_noticed_when_it_is_read(tmp_path: Path) -> None:
    store = _open(tmp_path)
    for number in range(20):
        _mark(store, number)
    store.close()
    content = (tmp_path / "balai.db").read_bytes()
    pages = len(content) // 4_096
    for page in range(1, pages, pages // 12):
        at = page * 4_096 + 1_000
        (tmp_path / "balai.db").write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        try:
            store = _open(tmp_path)
            sound = integrity.check(store).sound
            store.close()
        except StorageTrouble as trouble:
            assert trouble.code in ("database-damaged", "database-key-wrong"), page
        else:
            assert not sound, page


HOLD = """
import sys
from sqlcipher3 import dbapi2
connection = dbapi2.connect(sys.argv[1], isolation_level=None)
connection.execute(f"PRAGMA key = \\"x'{sys.argv[2]}'\\"")
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
"""


def test_a_database_that_another_process_writes_is_waited_for_and_then_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.3)
    store = _open(tmp_path)
    _mark(store, 1)
    command = [sys.executable, "-c", HOLD, str(tmp_path / "balai.db"), KEY.hex()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None and other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(StorageTrouble, match="database-busy"):
            _mark(store, 2)
        assert _marks(store) == 50
        other.stdin.write("\n")
        other.stdin.close()
        assert other.wait() == 0
    _mark(store, 2)
    assert _marks(store) == 100
    store.close()


def test_a_server_that_is_not_there_is_said() -> None:
    with pytest.raises(StorageTrouble, match="database-unreachable"):
        Store.connect("postgresql+psycopg://balai@/none?host=/nowhere", None, 1)
