"""A data folder: the database, its key slots, the machine's own folder, opened together.

    DIR/balai.db          the encrypted database          DIR/machine/anchor    keys, heads, highest serial
    DIR/balai.keys        its key, wrapped                DIR/machine/secret    where there is no key store

A database without its machine folder is a copy: it can be read (with the recovery phrase) and not written.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, update

from app.domain import codes
from app.errors import Refused, StorageTrouble
from app.storage import anchor, incidents, keys, keystore, logs, settings, sqlite
from app.storage.anchor import Anchor
from app.storage.files import write_durably
from app.storage.identity import Identity
from app.storage.keys import KeyFile, SlotKind
from app.storage.store import Clock, Store, wall_clock
from app.storage.tables import Certificate
from app.storage.tables.journal import Log

DATABASE, KEY_FILE, MACHINE = "balai.db", "balai.keys", "machine"


@dataclass(slots=True)
class Workplace:
    """An open data folder. `anchor` is None for a copy, which is read-only."""

    folder: Path
    store: Store
    anchor: Anchor | None
    key: bytes

    @property
    def machine(self) -> Path:
        """The folder of what belongs to this machine alone."""
        return self.folder / MACHINE

    def advance(self, issued: int = 0, certified: int = 0) -> None:
        """Bring the anchor up to the database, durably. Before anything leaves the machine."""
        if self.anchor is None:
            raise Refused("read-only-copy")
        # As a writer: of two programs on one folder each then sees what the other one remembered.
        with self.store.write() as session:
            heads = {h.log: (h.head_seq, h.head_hash) for h in logs.held(session.connection()) if h.own}
            serial = session.scalar(select(func.max(Certificate.serial))) or 0
            known = _anchor(self.machine, self.key)[0] or self.anchor
            self.anchor = known.joined(self.anchor).advanced(heads, serial, issued, certified)
            anchor.save(self.machine, self.key, self.anchor)

    def close(self) -> None:
        """Sign what is unsigned, advance the anchor, let go."""
        try:
            if self.anchor is not None:
                with self.store.write() as session:
                    signed = logs.sign(session.connection(), self.anchor.identity)
                if signed:
                    self.advance()
        finally:
            self.store.close()


def exists(folder: Path) -> bool:
    """Whether the folder has been set up: the key file is the last thing that setting up writes."""
    return (folder / KEY_FILE).exists()


def create(
    folder: Path,
    identity: Identity,
    scope: int,
    recovery_key: bytes | None,
    fill: Callable[[Store], None],
    clock: Clock = wall_clock,
) -> tuple[Workplace, str]:
    """Set the folder up; returns the open workplace and the recovery phrase, shown this once.

    `fill` writes what the enrolment brought. `recovery_key` is headquarters' raw X25519 public key.
    Until the key file is written the folder counts as not set up, so that a crash half-way
    leaves nothing that has to be repaired by hand. Raises Refused('already-set-up').
    """
    if exists(folder):
        raise Refused("already-set-up", folder=str(folder))
    for suffix in sqlite.SUFFIXES:
        (folder / f"{DATABASE}{suffix}").unlink(missing_ok=True)
    key, database = secrets.token_bytes(keys.KEY_BYTES), secrets.token_bytes(16)
    phrase = secrets.token_bytes(codes.RECOVERY_BYTES)
    machine = folder / MACHINE
    anchor.save(machine, key, Anchor(identity))
    store = Store.encrypted(folder / DATABASE, key, identity, scope, clock)
    try:
        with store.write() as session:
            settings.put(session, "database", database)
            settings.put(session, "scope", scope)
        fill(store)
        kind, secret = keystore.keep(machine, database)
        slots = [keys.wrap(kind, secret, database, key), keys.wrap(SlotKind.PHRASE, phrase, database, key)]
        if recovery_key is not None:
            slots.append(keys.wrap_for_recovery(recovery_key, database, key))
        made = Workplace(folder, store, Anchor(identity), key)
        made.advance()
        write_durably(folder / KEY_FILE, keys.pack(KeyFile(database, tuple(slots))))
    except BaseException:
        store.close()
        raise
    return made, codes.recovery_phrase(phrase)


def open_folder(folder: Path, clock: Clock = wall_clock, phrase: str | None = None) -> Workplace:
    """Open a folder that was set up; `phrase` is the recovery phrase where the machine's secret is lost.

    Raises Refused('not-set-up'), StorageTrouble with a code.
    """
    if not exists(folder):
        raise Refused("not-set-up", folder=str(folder))
    try:
        file = keys.parse((folder / KEY_FILE).read_bytes())
    except OSError as fault:
        raise StorageTrouble("key-file-damaged") from fault
    if not (folder / DATABASE).exists():
        raise StorageTrouble("database-missing", folder=str(folder))
    machine = folder / MACHINE
    key = _key(file, machine, phrase)
    found, damaged = _anchor(machine, key)
    store = Store.encrypted(folder / DATABASE, key, found.identity if found else None, 0, clock)
    opened = Workplace(folder, store, found, key)
    try:
        with store.read() as session:
            store.scope = _scope(settings.get(session, "scope"))
        if damaged:
            with store.write() as session:
                incidents.note(session, "anchor-damaged")
        _compare(opened)
    except BaseException:
        store.close()
        raise
    return opened


def _anchor(machine: Path, key: bytes) -> tuple[Anchor | None, bool]:
    """The anchor, and whether there is one that can't be read: that of another database, or a damaged one.

    Both leave the folder a copy: its data can be seen and handed over, but not added to.
    """
    try:
        return anchor.load(machine, key), False
    except StorageTrouble:
        return None, True


def _scope(value: object) -> int:
    if not isinstance(value, int):
        raise StorageTrouble("database-damaged")
    return value


def _key(file: KeyFile, machine: Path, phrase: str | None) -> bytes:
    if phrase is not None:
        slot = file.slot(SlotKind.PHRASE)
        if slot is None:
            raise StorageTrouble("key-store-lost")
        return keys.unwrap(slot, codes.read_recovery_phrase(phrase), file.database)
    for kind in (SlotKind.SYSTEM, SlotKind.FILE):
        if slot := file.slot(kind):
            return keys.unwrap(slot, keystore.recall(kind, machine, file.database), file.database)
    raise StorageTrouble("key-store-lost")


def _compare(opened: Workplace) -> None:
    """The database must hold what the anchor remembers; otherwise it was restored, and its logs stop.

    The next change then opens a new log, and the lost changes come back from headquarters.
    """
    if opened.anchor is None:
        return
    with opened.store.read() as session:
        connection = session.connection()
        here = {head.log: head for head in logs.held(connection)}
        lost = [
            log
            for log, (seq, known) in opened.anchor.logs.items()
            if log not in here
            or here[log].head_seq < seq
            or logs.hash_at(connection, here[log], seq) != known
        ]
    running = [log for log in lost if log not in here or (here[log].own and here[log].state == logs.OPEN)]
    if not running:
        return
    with opened.store.write() as session:
        session.execute(update(Log).where(Log.log.in_(running)).values(state=logs.STOPPED))
        for log in running:
            incidents.note(session, "database-restored", log=log.hex())
