"""The guards of the sync, each of which can be broken here to see that somebody notices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.journal import chain, device_certificate
from app.journal.device_certificate import DeviceCertificate
from app.storage import columns, journal, logs, projection, receiving, sqlite, workplace
from app.storage.logs import LogHead
from app.storage.receiving import Place, Run
from app.storage.workplace import Workplace
from sync.client import state
from sync.client.patience import Patience
from sync.hq import intake
from sync.hq.headquarters import Headquarters
from sync.protocol import signing, tokens
from sync.protocol.tokens import Verdict

Mutation = Callable[[], AbstractContextManager[Any]]


def chain_unchecked() -> AbstractContextManager[Any]:
    """A run is taken wherever its numbers fit, whatever hash it says comes before."""
    place = receiving._place

    def loose(connection: Connection, here: Sequence[LogHead], run: Run, hashes: Sequence[bytes]) -> Place:
        if run.first <= here[0].head_seq + 1:
            run = replace(run, previous=logs.hash_at(connection, here[0], run.first - 1))
        return place(connection, here, run, hashes)

    return patch.object(receiving, "_place", loose)


def unflushed() -> AbstractContextManager[Any]:
    """Commits return before they are on the disk."""
    connect = sqlite._on_connect

    def hasty(connection: Any, entry: Any) -> None:
        connect(connection, entry)
        connection.execute("PRAGMA synchronous = OFF")

    return patch.object(sqlite, "_on_connect", hasty)


def acknowledged_before_commit() -> AbstractContextManager[Any]:
    """Headquarters answers with what it is about to store, and then does not."""

    @contextmanager
    def take(headquarters: Headquarters) -> Iterator[Session]:
        with headquarters.store.read() as session:
            session.info["writer"] = None
            yield session

    return patch.object(Headquarters, "take", take)


def no_second_try() -> AbstractContextManager[Any]:
    """A line that breaks while the answer is read ends the sync."""
    return patch.object(Patience, "insist", lambda patience, call, before: call())


def names_nothing() -> AbstractContextManager[Any]:
    """Changes do not say what they overwrite."""
    return patch.object(journal._Seen, "by", lambda seen, draft, row, groups: ())


def names_ignored() -> AbstractContextManager[Any]:
    """What a change says that it overwrites is not looked at."""
    latest = projection._latest
    return patch.object(projection, "_latest", lambda log, arrived: (latest(log, arrived)[0], {}))


def anchor_not_compared() -> AbstractContextManager[Any]:
    """A restored database is taken for what the machine remembers."""
    return patch.object(workplace, "_compare", lambda opened: None)


def anchor_not_advanced() -> AbstractContextManager[Any]:
    """Changes leave the machine before the anchor knows of them."""
    return patch.object(Workplace, "advance", lambda place, issued=0, certified=0: None)


def any_token() -> AbstractContextManager[Any]:
    """Headquarters takes every token."""
    return patch.object(tokens, "judge", lambda held, token: Verdict.TAKEN)


def any_signature() -> AbstractContextManager[Any]:
    """Points are not verified."""
    return patch.object(chain, "point_holds", lambda *_: True)


def any_request() -> AbstractContextManager[Any]:
    """Requests are not verified."""
    return patch.object(signing, "request_holds", lambda *_: True)


def any_authority() -> AbstractContextManager[Any]:
    """Device certificates are not verified."""

    def believed(data: bytes, key: bytes) -> DeviceCertificate:
        return device_certificate.parse(data)

    return patch.object(device_certificate, "verify", believed)


def any_scope() -> AbstractContextManager[Any]:
    """Headquarters takes frames of every centre from everybody."""
    init = intake.Door.__init__
    return patch.object(
        intake.Door, "__init__", lambda door, session, key, scopes, now: init(door, session, key, None, now)
    )


def any_entity() -> AbstractContextManager[Any]:
    """Laptops may write what is headquarters' own."""
    return patch.object(receiving, "_owner_may_write", lambda owner, entities: None)


def forks_unnoticed() -> AbstractContextManager[Any]:
    """Two write one log, and nobody is told."""
    return patch.object(receiving, "_note_second_writer", lambda *_: None)


def word_of_any_branch() -> AbstractContextManager[Any]:
    """An acknowledgement of a clone's branch is taken for one of ours."""

    def believed(connection: Connection, head: LogHead, acknowledged: Any) -> int:
        return acknowledged[head.log].seq if head.log in acknowledged else head.start - 1

    return patch.object(state, "reached", believed)


def columns_first() -> AbstractContextManager[Any]:
    """Of one row in a run, what comes as columns is shown before what does not."""
    alone = columns._alone
    return patch.object(
        columns, "_alone", lambda connection, tables, others: alone(connection, tables, set())
    )
