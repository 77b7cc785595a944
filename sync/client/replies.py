"""What headquarters' words mean for our logs: acknowledged, lacking, forked, continued by a clone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, update
from sqlalchemy.orm import Session

from app.storage import incidents, logs
from app.storage.logs import LogHead
from app.storage.tables.journal import Log
from sync.protocol.exchange import HASH_BYTES, Fault, Head, Heads, Refusal

NOTHING = Head(-1, b"")
TRIES = 2


@dataclass(slots=True)
class Ledger:
    """What headquarters lacks of which log, and what it would not take.

    `lacking` maps the row id of a log, or of a branch of a forked one, to the last number headquarters has.
    """

    lacking: dict[int, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    ask_heads: bool = False
    compared: bool = False
    _tries: dict[bytes, int] = field(default_factory=dict)

    def begin(self, connection: Connection, held: Sequence[LogHead], acknowledged: Heads) -> None:
        """Our own logs go up from where headquarters last acknowledged them."""
        for head in held:
            if head.own and not head.branch and head.signed_seq >= 0:
                ack = acknowledged.get(head.log, NOTHING)
                self.lacking[head.row] = ack.seq if _holds(connection, head, ack) else -1

    def pending(self, held: Sequence[LogHead]) -> list[tuple[LogHead, int]]:
        """The logs of which something signed is still to go up, with the last number headquarters has."""
        ours = ((head, self.lacking[head.row]) for head in held if head.row in self.lacking)
        return [(head, after) for head, after in ours if head.signed_seq > after]

    def acknowledged(self, session: Session, held: Sequence[LogHead], acks: Heads) -> int:
        """Take acknowledgements in; returns how many changes went up by them."""
        gone = 0
        for log, ack in acks.items():
            head = _which(session, held, log, ack)
            if head is None:
                self._elsewhere(held, log)
            elif head.row in self.lacking:
                gone += max(0, ack.seq - max(self.lacking[head.row], head.start - 1))
                self.lacking[head.row] = max(ack.seq, self.lacking[head.row])
        return gone

    def _elsewhere(self, held: Sequence[LogHead], log: bytes) -> None:
        """Headquarters has more of a log than we, or another branch: what it has comes down by the heads.

        Until it is here, sending ours again would be answered by the same.
        """
        ours = [head.row for head in held if head.log == log and head.row in self.lacking]
        for row in ours:
            del self.lacking[row]
        if ours and self._tries.get(log, 0) < TRIES:
            self._tries[log] = self._tries.get(log, 0) + 1
            self.ask_heads = True

    def refusal(self, session: Session, held: Sequence[LogHead], refusal: Refusal) -> None:
        """Take a refusal in.

        A gap, or a fork whose beginning is not there, means that headquarters has something else than we
        remember: its heads are asked for. Anything else will not get better by sending it again.
        """
        log = refusal.log
        again = refusal.code in (Fault.GAP, Fault.FORK) and self._tries.get(log, 0) < TRIES
        for head in held:
            if head.log == log and head.row in self.lacking:
                del self.lacking[head.row]
                if again and refusal.code == Fault.FORK:
                    self.lacking[head.row] = -1
        if again:
            self._tries[log] = self._tries.get(log, 0) + 1
            self.ask_heads = True
            return
        self.refused.add(refusal.code)
        incidents.note(session, "sync-refused", why=refusal.code, log=log.hex())

    def compare(self, session: Session, held: Sequence[LogHead], theirs: Heads) -> None:
        """Take headquarters' heads in: whatever it lacks goes up, whoever wrote it.

        Of a forked log it says one head only; its branches go up whole, which costs it nothing.
        """
        self.compared, self.ask_heads = True, False
        forked = {head.log for head in held if head.branch}
        for head in held:
            there = theirs.get(head.log, NOTHING)
            match = head if there.seq < 0 else _which(session, held, head.log, there)
            differs = match is None and (head.own or there.seq <= head.head_seq)
            if head.log in forked or differs:
                self.lacking[head.row] = head.start - 1
            elif there.seq < head.signed_seq:
                self.lacking[head.row] = there.seq


def _which(session: Session, held: Sequence[LogHead], log: bytes, there: Head) -> LogHead | None:
    """The branch here on which somebody stands who says where he is; None when it is on none.

    If the log is ours then, a clone has continued it, or we ourselves before a restore: it stops, and
    our next change opens a new one.
    """
    ours = [head for head in held if head.log == log]
    for head in ours:
        if _holds(session.connection(), head, there):
            return head
    for head in ours:
        if head.own and head.state == logs.OPEN:
            session.execute(update(Log).where(Log.id == head.row).values(state=logs.STOPPED))
            ahead = there.seq > head.head_seq
            incidents.note(session, "log-continued-elsewhere" if ahead else "log-forked", log=log.hex())
    return None


def _holds(connection: Connection, head: LogHead, there: Head) -> bool:
    """Whether the branch holds that very change."""
    if not 0 <= there.seq <= head.head_seq:
        return False
    return logs.hash_at(connection, head, there.seq)[:HASH_BYTES] == there.hash8
