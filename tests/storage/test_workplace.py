"""A data folder through everything that happens to laptops: lost keys, copies, restored and damaged files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from keyring.backend import KeyringBackend
from sqlalchemy import select

from app.domain import codes
from app.errors import Refused, StorageTrouble
from app.storage import anchor, incidents, integrity, keys, logs, workplace
from app.storage.journal import Draft, record
from app.storage.keys import SlotKind
from app.storage.store import Store
from app.storage.tables import TrainingClass
from app.storage.workplace import DATABASE, KEY_FILE, MACHINE, Workplace
from tests.support import hand
from tests.support.databases import AUTHORITY, quick_folder

DEVICE = hand.identity(AUTHORITY)
RECOVERY = X25519PrivateKey.from_private_bytes(b"r" * 32)


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as path:
        yield path / "data"


def _nothing(store: Store) -> None:
    """What an enrolment would fill in."""


@pytest.fixture
def phrase(folder: Path) -> str:
    """The recovery phrase of a folder that was set up, has one class and was closed."""
    made, phrase = workplace.create(
        folder, DEVICE, hand.CENTRE, RECOVERY.public_key().public_bytes_raw(), _nothing
    )
    _open_class(made, "KWU-1")
    made.close()
    return phrase


def _open_class(opened: Workplace, code: str) -> None:
    with opened.store.write() as session:
        record(session, Draft("training_class", (hand.CENTRE, code), {"title": ("Kewirausahaan", "I")}))


def _classes(opened: Workplace) -> list[str]:
    with opened.store.read() as session:
        return sorted(session.scalars(select(TrainingClass.code)))


def _logs(opened: Workplace) -> list[tuple[str, int]]:
    with opened.store.read() as session:
        held = logs.held(session.connection())
    return sorted((head.state, head.head_seq) for head in held)


def _incidents(opened: Workplace) -> list[str]:
    with opened.store.read() as session:
        return [noted.code for noted in incidents.open_ones(session)]


def test_a_folder_that_was_set_up_opens_again_and_goes_on(folder: Path, phrase: str) -> None:
    opened = workplace.open_folder(folder)
    assert opened.anchor is not None
    assert [seq for seq, _ in opened.anchor.logs.values()] == [1]
    _open_class(opened, "KWU-2")
    opened.close()
    opened = workplace.open_folder(folder)
    assert _classes(opened) == ["KWU-1", "KWU-2"]
    assert _logs(opened) == [("open", 2)]
    assert _incidents(opened) == []
    opened.close()


def test_a_folder_is_set_up_once(folder: Path, phrase: str) -> None:
    with pytest.raises(Refused, match="already-set-up"):
        workplace.create(folder, DEVICE, hand.CENTRE, None, _nothing)
    with pytest.raises(Refused, match="not-set-up"):
        workplace.open_folder(folder / "elsewhere")


def test_setting_up_again_after_a_failure_half_way_needs_no_repair(folder: Path) -> None:
    def fails(store: Store) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        workplace.create(folder, DEVICE, hand.CENTRE, None, fails)
    assert not workplace.exists(folder)
    made, _ = workplace.create(folder, DEVICE, hand.CENTRE, None, _nothing)
    assert _classes(made) == []
    made.close()


def test_setting_up_never_touches_a_database_that_a_restore_put_aside(folder: Path) -> None:
    folder.mkdir()
    kept = folder / f"{DATABASE}.lama"
    kept.write_bytes(b"somebody's work")
    made, _ = workplace.create(folder, DEVICE, hand.CENTRE, None, _nothing)
    made.close()
    assert kept.read_bytes() == b"somebody's work"


def test_a_missing_database_is_said_and_none_is_made_in_its_place(folder: Path, phrase: str) -> None:
    (folder / DATABASE).unlink()
    with pytest.raises(StorageTrouble, match="database-missing"):
        workplace.open_folder(folder)
    assert not (folder / DATABASE).exists()


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\xa0", b"\x83\x01\x02\x03"])
def test_a_damaged_key_file_is_said(folder: Path, phrase: str, content: bytes) -> None:
    (folder / KEY_FILE).write_bytes(content)
    with pytest.raises(StorageTrouble, match="key-file-damaged"):
        workplace.open_folder(folder)


def test_a_key_file_of_a_later_version_is_said(folder: Path, phrase: str) -> None:
    content = (folder / KEY_FILE).read_bytes()
    (folder / KEY_FILE).write_bytes(content.replace(b"\x83\x01", b"\x83\x02", 1))
    with pytest.raises(StorageTrouble, match="key-file-newer"):
        workplace.open_folder(folder)


def test_a_lost_secret_asks_for_the_phrase_and_the_phrase_opens(folder: Path, phrase: str) -> None:
    (folder / MACHINE / "secret").unlink()
    with pytest.raises(StorageTrouble, match="key-store-lost"):
        workplace.open_folder(folder)
    opened = workplace.open_folder(folder, phrase=phrase.lower().replace("-", " "))
    _open_class(opened, "KWU-2")
    assert _logs(opened) == [("open", 2)]
    opened.close()


def test_another_phrase_and_a_mistyped_one_do_not_open(folder: Path, phrase: str) -> None:
    with pytest.raises(StorageTrouble, match="database-key-wrong"):
        workplace.open_folder(folder, phrase=codes.recovery_phrase(b"another phrase of 20"))
    mistyped = ("1" if phrase[0] != "1" else "2") + phrase[1:]
    with pytest.raises(Refused, match="code-check"):
        workplace.open_folder(folder, phrase=mistyped)


def test_another_secret_does_not_open(folder: Path, phrase: str) -> None:
    (folder / MACHINE / "secret").write_bytes(b"x" * 32)
    with pytest.raises(StorageTrouble, match="database-key-wrong"):
        workplace.open_folder(folder)


class _Memory(KeyringBackend):
    """A system's key store, as far as it is used."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))


def test_the_systems_key_store_keeps_the_secret_where_there_is_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = _Memory()
    monkeypatch.setattr(keyring, "get_keyring", lambda: memory)
    monkeypatch.setattr(keyring.core, "get_keyring", lambda: memory)
    made, phrase = workplace.create(folder, DEVICE, hand.CENTRE, None, _nothing)
    made.close()
    assert not (folder / MACHINE / "secret").exists()
    workplace.open_folder(folder).close()
    memory.kept.clear()
    with pytest.raises(StorageTrouble, match="key-store-lost"):
        workplace.open_folder(folder)
    workplace.open_folder(folder, phrase=phrase).close()


def test_a_passphrase_is_part_of_the_files_secret(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BALAI_PASSPHRASE", "rahasia")
    workplace.create(folder, DEVICE, hand.CENTRE, None, _nothing)[0].close()
    workplace.open_folder(folder).close()
    for wrong in ("Rahasia", ""):
        monkeypatch.setenv("BALAI_PASSPHRASE", wrong)
        with pytest.raises(StorageTrouble, match="database-key-wrong"):
            workplace.open_folder(folder)


def test_headquarters_recovery_key_opens_its_slot_and_no_other_key_does(folder: Path, phrase: str) -> None:
    file = keys.parse((folder / KEY_FILE).read_bytes())
    slot = file.slot(SlotKind.RECOVERY)
    opened = workplace.open_folder(folder)
    assert slot is not None
    assert keys.unwrap_for_recovery(slot, RECOVERY, file.database) == opened.key
    with pytest.raises(StorageTrouble, match="database-key-wrong"):
        keys.unwrap_for_recovery(slot, X25519PrivateKey.generate(), file.database)
    with pytest.raises(StorageTrouble, match="database-key-wrong"):
        keys.unwrap_for_recovery(slot, RECOVERY, b"another database")
    opened.close()


def test_a_restored_database_is_noticed_and_writes_a_new_log(folder: Path, phrase: str) -> None:
    old = (folder / DATABASE).read_bytes()
    opened = workplace.open_folder(folder)
    _open_class(opened, "KWU-2")
    opened.close()
    (folder / DATABASE).write_bytes(old)
    for round_ in range(2):
        opened = workplace.open_folder(folder)
        _open_class(opened, f"KWU-{round_ + 3}")
        assert _incidents(opened) == ["database-restored"]
        opened.close()
    opened = workplace.open_folder(folder)
    assert _classes(opened) == ["KWU-1", "KWU-3", "KWU-4"]
    assert _logs(opened) == [("open", 2), ("stopped", 1)]
    opened.close()


def test_a_database_with_another_history_under_the_same_numbers_is_noticed(folder: Path, phrase: str) -> None:
    old = (folder / DATABASE).read_bytes()
    for code in ("KWU-2", "KWU-3"):
        (folder / DATABASE).write_bytes(old)
        shutil.copytree(folder, folder.parent / code)
        opened = workplace.open_folder(folder.parent / code)
        _open_class(opened, code)
        opened.close()
    shutil.copyfile(folder.parent / "KWU-2" / DATABASE, folder.parent / "KWU-3" / DATABASE)
    opened = workplace.open_folder(folder.parent / "KWU-3")
    assert _incidents(opened) == ["database-restored"]
    assert _logs(opened) == [("stopped", 2)]
    opened.close()


def test_a_copy_without_the_machines_folder_is_read_only(folder: Path, phrase: str) -> None:
    copy = folder.parent / "copy"
    copy.mkdir()
    for name in (DATABASE, KEY_FILE):
        shutil.copyfile(folder / name, copy / name)
    with pytest.raises(StorageTrouble, match="key-store-lost"):
        workplace.open_folder(copy)
    opened = workplace.open_folder(copy, phrase=phrase)
    assert _classes(opened) == ["KWU-1"]
    with pytest.raises(Refused, match="read-only-copy"):
        _open_class(opened, "KWU-2")
    with pytest.raises(Refused, match="read-only-copy"):
        opened.advance()
    opened.close()


@pytest.mark.parametrize("damage", ["torn", "bent", "empty", "foreign"])
def test_an_anchor_that_cannot_be_read_leaves_a_read_only_copy_and_an_incident(
    folder: Path, phrase: str, damage: str
) -> None:
    path = folder / MACHINE / anchor.NAME
    content = path.read_bytes()
    if damage == "foreign":
        workplace.create(folder.parent / "other", DEVICE, hand.CENTRE, None, _nothing)[0].close()
        content = (folder.parent / "other" / MACHINE / anchor.NAME).read_bytes()
    else:
        content = {"torn": content[:40], "bent": content[:-1] + b"\0", "empty": b""}[damage]
    path.write_bytes(content)
    opened = workplace.open_folder(folder)
    assert opened.anchor is None
    assert _incidents(opened) == ["anchor-damaged"]
    assert _classes(opened) == ["KWU-1"]
    with pytest.raises(Refused, match="read-only-copy"):
        _open_class(opened, "KWU-2")
    opened.close()


def test_the_anchor_never_goes_back(folder: Path, phrase: str) -> None:
    opened = workplace.open_folder(folder)
    opened.advance(issued=500, certified=900)
    opened.advance(issued=400, certified=100)
    assert opened.anchor is not None
    assert (opened.anchor.issued_at, opened.anchor.certified_at) == (500, 900)
    opened.close()


def test_two_programs_on_one_folder_keep_what_either_remembers(folder: Path, phrase: str) -> None:
    first, second = workplace.open_folder(folder), workplace.open_folder(folder)
    first.advance(issued=500)
    _open_class(second, "KWU-2")
    second.advance(certified=900)
    first.close()
    second.close()
    opened = workplace.open_folder(folder)
    assert opened.anchor is not None
    assert (opened.anchor.issued_at, opened.anchor.certified_at) == (500, 900)
    assert [seq for seq, _ in opened.anchor.logs.values()] == [2]
    assert integrity.check(opened.store).sound
    opened.close()


def test_closing_signs_and_anchors_what_was_written(folder: Path, phrase: str) -> None:
    opened = workplace.open_folder(folder)
    with opened.store.read() as session:
        (head,) = logs.held(session.connection())
        assert head.signed_seq == head.head_seq == 1
    opened.close()


def test_secrets_are_for_their_owner_only(folder: Path, phrase: str) -> None:
    for name in ("secret", anchor.NAME):
        assert (folder / MACHINE / name).stat().st_mode & 0o077 == 0
    key = workplace.open_folder(folder)
    for file in folder.rglob("*"):
        assert file.is_dir() or key.key not in file.read_bytes(), file.name
    key.close()


def test_nothing_half_written_is_left_behind(folder: Path, phrase: str) -> None:
    assert not [file for file in folder.rglob("*") if file.suffix == ".baru"]
