"""Devices that send what they may not: changed frames, broken chains, and frames of another centre."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from random import Random

from app.errors import SyncTrouble
from app.journal import chain, change
from app.journal.chain import Entry
from app.journal.change import Change
from app.storage import logs
from sync import runs
from sync.client import state
from sync.hq.exchange import LocalExchange
from sync.protocol import exchange, signing
from sync.protocol import frame as frames
from sync.protocol.exchange import Cursor, Request
from sync.protocol.frame import Frame
from sync.protocol.reply import Reply
from tests.simulation.faults import Fault
from tests.simulation.ledger import Broken, hashes
from tests.simulation.world import HOST, Laptop, World

POLICY = 36


def forge(world: World, laptop: Laptop, rng: Random) -> None:
    """One of four frames that must not be taken goes to headquarters, which must not hold it afterwards."""
    honest = _own_frame(world, laptop)
    if honest is None:
        return
    world.happened(Fault.FORGED)
    forged = rng.choice(MAKERS)(laptop, honest, rng)
    _must_be_refused(world, laptop, forged)
    _must_be_strange(world, laptop, rng)


def _must_be_strange(world: World, laptop: Laptop, rng: Random) -> None:
    """Who does not know the token is asked again, who has not the key is told nothing."""
    identity = laptop.place.store.identity
    assert identity is not None
    request = Request(identity.device_id, rng.randbytes(16), bytes(8))
    payload = exchange.pack_request(request)
    for key, good in ((identity.signing, True), (identity.issuing, False)):
        body = signing.sign_request(key, "POST", HOST, exchange.PATH, payload)
        with world.at_headquarters() as headquarters, suppress(SyncTrouble):
            reply = Reply(LocalExchange(headquarters, HOST).sync(body))
            if not good:
                raise Broken("scope: headquarters answered somebody without the device's key")
            if reply.head.status is not exchange.Status.CHALLENGE:
                raise Broken("no reuse: headquarters took a token that it never gave")


def smuggle(world: World, laptop: Laptop, rng: Random) -> None:
    """A laptop hands in a log of another centre, and asks for that centre's changes."""
    others = [other for other in world.laptops if other.centre != laptop.centre]
    honest = _own_frame(world, rng.choice(others)) if others else None
    if honest is None:
        return
    there = honest.first <= max((head.head_seq for head in _held(world, honest.log)), default=-1)
    world.happened(Fault.FOREIGN)
    if not there:
        _must_be_refused(world, laptop, honest)
    reply = _post(world, laptop, (), {others[0].centre: Cursor(0, bytes(4))})
    for sent in reply.frames() if reply is not None else ():
        if sent.scope not in state.scopes(laptop.centre):
            raise Broken("scope: headquarters handed out another centre's changes")


def _must_be_refused(world: World, laptop: Laptop, forged: Frame) -> None:
    made = set(chain.walk(forged.previous, forged.entries))
    before = hashes(world.headquarters.store)
    reply = _post(world, laptop, (frames.encode(forged),), {})
    if reply is None:
        return
    taken = hashes(world.headquarters.store) - before
    if taken & made:
        raise Broken("scope: headquarters took a frame that it must refuse")
    if reply.head.status is exchange.Status.TAKEN and not reply.head.refused and made - before:
        raise Broken("scope: headquarters did not say that it refused a frame")


def _post(world: World, laptop: Laptop, data: Sequence[bytes], cursors: dict[int, Cursor]) -> Reply | None:
    """A well-signed request by hand; None where headquarters asked for its token again."""
    identity = laptop.place.store.identity
    assert identity is not None
    with laptop.place.store.read() as session:
        token = state.token(session)
    request = Request(identity.device_id, token, bytes(8), None, cursors, tuple(data), 1 << 20)
    payload = exchange.pack_request(request)
    body = signing.sign_request(identity.signing, "POST", HOST, exchange.PATH, payload)
    reply: Reply | None = None
    with world.at_headquarters() as headquarters:
        reply = Reply(LocalExchange(headquarters, HOST).sync(body))
    return None if reply is None or reply.head.status is exchange.Status.CHALLENGE else reply


def _own_frame(world: World, laptop: Laptop) -> Frame | None:
    """A frame of the laptop's newest log, from its beginning."""
    identity = laptop.place.store.identity
    assert identity is not None
    cut = None
    with world.at(laptop) as place, place.store.write() as session:
        runs.sign(session.connection(), identity)
        own = [head for head in logs.held(session.connection()) if head.own]
        if own:
            cut = runs.next_frame(session.connection(), max(own, key=lambda head: head.row), -1)
    return None if cut is None else frames.decode(cut.data).frame


def _held(world: World, log: bytes) -> list[logs.LogHead]:
    with world.headquarters.read() as session:
        return logs.find(session.connection(), log)


def _changed(laptop: Laptop, honest: Frame, rng: Random) -> Frame:
    """A change in the middle says something else; the points are those of the owner."""
    entries = list(honest.entries)
    place = rng.randrange(len(entries))
    salt, body, _ = entries[place]
    assert body is not None
    later = change.parse(body)
    entries[place] = chain.entry(salt, change.pack(later._replace(wall=later.wall + 1)))
    return replace(honest, entries=tuple(entries))


def _broken_chain(laptop: Laptop, honest: Frame, rng: Random) -> Frame:
    """The owner itself signs a run that does not continue its log."""
    skipped = rng.randrange(1, len(honest.entries)) if len(honest.entries) > 1 else 0
    previous = rng.randbytes(32)
    entries = honest.entries[skipped:]
    return _signed(laptop, honest.log, honest.first + skipped, previous, entries)


def _strange_authority(laptop: Laptop, honest: Frame, rng: Random) -> Frame:
    """A log whose opening carries a certificate that headquarters never signed."""
    certificate = bytearray(_certificate(laptop))
    certificate[-1] ^= 1
    return _new_log(laptop, bytes(certificate), ())


def _headquarters_own(laptop: Laptop, honest: Frame, rng: Random) -> Frame:
    """A laptop writes what only headquarters may."""
    policy = Change(POLICY, ("p0",), {1: ("mine",)}, (), None, laptop.place.store.clock())
    return _new_log(laptop, _certificate(laptop), (chain.entry(b"", change.pack(policy)),))


def _new_log(laptop: Laptop, certificate: bytes, entries: tuple[Entry, ...]) -> Frame:
    wall = laptop.place.store.clock()
    opening = Change(0, (), {1: (certificate, laptop.centre, None, secrets.token_bytes(16))}, (), None, wall)
    links = (chain.entry(b"", change.pack(opening)), *entries)
    log = chain.log_id(chain.walk(chain.GENESIS, links)[0])
    return _signed(laptop, log, 0, chain.GENESIS, links)


def _signed(laptop: Laptop, log: bytes, first: int, previous: bytes, entries: Sequence[Entry]) -> Frame:
    identity = laptop.place.store.identity
    assert identity is not None
    last = first + len(entries) - 1
    point = chain.sign_point(identity.signing, log, last, chain.walk(previous, entries)[-1])
    return Frame(log, first, previous, tuple(entries), (point,))


def _certificate(laptop: Laptop) -> bytes:
    identity = laptop.place.store.identity
    assert identity is not None
    return identity.certificate


MAKERS = (_changed, _broken_chain, _strange_authority, _headquarters_own)
DOING = {Fault.FORGED: forge, Fault.FOREIGN: smuggle}
