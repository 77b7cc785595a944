"""What is too big for a change comes in chunks: by line and stick, torn, resumed, changed, or not at all."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path

import pytest

from app.certificates import status, trust
from app.errors import SyncTrouble
from app.queries import publications
from app.queries import trust as lists
from app.queries.publications import Kind
from app.storage import chunks
from app.storage.journal import Draft, record
from sync import facade, lane, stick
from sync.client.http import HttpExchange
from sync.client.lane import fetch
from sync.client.patience import Patience
from sync.hq import authority, bundles, publishing
from sync.hq.exchange import LocalExchange
from sync.hq.headquarters import Headquarters
from sync.protocol import chunks as messages
from sync.protocol.bundle import Blob
from sync.protocol.cbor import Malformed
from tests.sync.conftest import CENTRE, Clock, Hire, Laptop, enrolled, founded, new_database, serving

pytestmark = pytest.mark.near

MANY = 20_000
ONCE = Patience(attempts=1)


def revoke(headquarters: Headquarters, count: int, seed: int = 1) -> bytes:
    """So many revoked certificates here and there, and the list that says so."""
    sequences = random.Random(seed).sample(range(1, 2_000_000), count)
    drafts = [
        Draft("revocation", (CENTRE * 10_000_000 + n,), {"revocation": ("fraud", 20_000)}) for n in sequences
    ]
    with headquarters.write() as session:
        record(session, drafts, scope=0)
    with headquarters.write() as session:
        return authority.sign_status(headquarters, session)


def listed(laptop: Laptop) -> bytes | None:
    """The status list the laptop goes by."""
    with laptop.place.store.read() as session:
        return lists.status_list(session)


def missing(laptop: Laptop) -> int:
    with laptop.place.store.read() as session:
        return len(publications.missing(session))


def published(laptop: Laptop, kind: Kind, name: str) -> bytes | None:
    with laptop.place.store.read() as session:
        return publications.content(session, kind, name)


def put(headquarters: Headquarters, size: int, name: str = "besar", seed: int = 5) -> bytes:
    """Something of this size that headquarters publishes."""
    content = random.Random(seed).randbytes(size)
    with headquarters.write() as session:
        publishing.publish(session, Kind.TEMPLATE, name, content)
    return content


def test_twenty_thousand_revocations_arrive_by_sync_and_are_checked_in_time(
    hire: Hire, headquarters: Headquarters
) -> None:
    laptop = hire("one")
    laptop.sync()
    raw = revoke(headquarters, MANY)
    assert len(raw) > 2 * 16_384, "far more than a change holds"
    tally = laptop.sync()
    assert (tally.synced, tally.chunks_missing) == (True, 0)
    assert listed(laptop) == raw
    took = []
    for _ in range(5):
        start = time.process_time()
        with laptop.place.store.read() as session:
            held = trust.read(lists.trust_file(session)).file
            found = status.read(lists.status_list(session) or b"", held).list
        assert len(found.serials) == MANY
        took.append(time.process_time() - start)
    assert min(took) < 0.05


def test_twenty_thousand_revocations_arrive_by_stick_and_go_on_to_the_next_laptop(
    tmp_path: Path, headquarters: Headquarters, hire: Hire
) -> None:
    one, two = hire("one"), hire("two")
    raw = revoke(headquarters, MANY)
    bundles.write(headquarters, tmp_path / "down.balai", CENTRE)
    facade.read_bundle(one.place, tmp_path / "down.balai")
    assert listed(one) == raw
    facade.write_bundle(one.place, tmp_path / "on.balai")
    facade.read_bundle(two.place, tmp_path / "on.balai")
    assert listed(two) == raw
    facade.read_bundle(two.place, tmp_path / "down.balai")
    assert listed(two) == raw


def test_a_list_with_one_more_line_brings_little_and_the_old_one_is_dropped(
    hire: Hire, headquarters: Headquarters
) -> None:
    laptop = hire("one")
    before = revoke(headquarters, 10_000)
    laptop.sync()
    came: list[int] = []
    laptop.link.cut = lambda reply: came.append(len(reply)) or [reply]  # type: ignore[func-returns-value]  # noted on the way
    after = revoke(headquarters, 1, seed=2)
    laptop.sync()
    assert listed(laptop) == after != before
    assert sum(came) < len(after) // 2
    for store in (laptop.place.store, headquarters.store):
        with store.read() as session:
            kept = sum(len(chunk) for _, chunk in lane.held(session))
            assert kept == len(after)
            assert publications.content(session, Kind.STATUS, "1-2") is None, "history, and dropped"


def test_until_the_new_list_is_whole_the_old_one_holds(hire: Hire, headquarters: Headquarters) -> None:
    laptop = hire("one")
    before = revoke(headquarters, 4_000)
    laptop.sync()
    after = revoke(headquarters, 4_000, seed=3)
    laptop.link.cut = lambda reply: [reply[:7_000]]
    laptop.manners = replace(laptop.manners, patience=ONCE)
    tally = laptop.sync()
    assert tally.synced, "the changes are in step, whatever is lacking of the lane"
    assert tally.chunks_missing == missing(laptop) > 0
    assert listed(laptop) == before
    laptop.link.cut = lambda reply: [reply]
    assert laptop.sync().chunks_missing == 0
    assert listed(laptop) == after


@pytest.mark.parametrize(("at", "something"), [(0, False), (1, False), (3, False), (20_000, True)])
def test_what_came_before_a_cut_is_kept_and_only_the_rest_asked_for(
    hire: Hire, headquarters: Headquarters, at: int, something: bool
) -> None:
    laptop = hire("one")
    content = put(headquarters, 60_000)
    sizes: list[int] = []

    def cut(reply: bytes) -> list[bytes]:
        sizes.append(len(reply))
        return [reply[start : start + 700] for start in range(0, min(at, len(reply)), 700)]

    laptop.link.cut = cut
    laptop.manners = replace(laptop.manners, patience=Patience(attempts=3, sleep=lambda seconds: None))
    laptop.sync()
    assert len(sizes) == 3, "a cut is tried again"
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[-1] < sizes[0]) == something
    laptop.link.cut = lambda reply: [reply]
    assert laptop.sync().chunks_missing == 0
    assert published(laptop, Kind.TEMPLATE, "besar") == content


def test_changed_and_unasked_chunks_are_not_taken(hire: Hire, headquarters: Headquarters) -> None:
    laptop = hire("one")
    content = put(headquarters, 30_000)

    def changed(reply: bytes) -> list[bytes]:
        found = list(messages.received([reply]))
        found[0] = bytes([found[0][0] ^ 1]) + found[0][1:]
        return [messages.pack_reply([*found, b"nobody asked for this"][: messages.AT_ONCE])]

    laptop.link.cut = changed
    laptop.manners = replace(laptop.manners, patience=ONCE)
    assert laptop.sync().chunks_missing == 1
    assert published(laptop, Kind.TEMPLATE, "besar") is None
    with laptop.place.store.read() as session:
        assert not chunks.held(session.connection(), [chunks.digest(b"nobody asked for this")])
    laptop.link.cut = lambda reply: [reply]
    assert laptop.sync().chunks_missing == 0
    assert published(laptop, Kind.TEMPLATE, "besar") == content


def test_a_headquarters_that_lacks_chunks_or_the_whole_lane_holds_up_nothing(
    hire: Hire, headquarters: Headquarters
) -> None:
    laptop = hire("one")
    put(headquarters, 30_000)
    with headquarters.take() as session:
        chunks.drop_others(session.connection(), ())
    tally = laptop.sync()
    assert tally.synced and tally.chunks_missing > 0
    assert laptop.link.chunk_requests == 1, "asked once, not again and again"

    def no_such_door(request: bytes) -> list[bytes]:
        raise Malformed("refusal")

    laptop.link.chunks = no_such_door  # type: ignore[method-assign,assignment]  # an older headquarters
    assert laptop.sync().synced


def test_chunks_come_over_a_real_line(tmp_path: Path, headquarters: Headquarters, clock: Clock) -> None:
    content = put(headquarters, 300_000)
    with serving(headquarters) as url:
        link = HttpExchange(url)
        laptop = enrolled(tmp_path / "laptop", headquarters, link, clock, "laptop")
        before = link.traffic.requests
        assert laptop.sync().chunks_missing == 0
        assert link.traffic.requests - before <= 4, "many chunks a request"
        with pytest.raises(SyncTrouble, match="sync-malformed"):
            list(link.chunks(b"nonsense"))
        link.close()
    assert published(laptop, Kind.TEMPLATE, "besar") == content
    laptop.place.store.close()


def test_headquarters_keeps_and_gives_chunks_on_postgresql_too(
    tmp_path: Path, postgresql: str, clock: Clock
) -> None:
    office = founded(tmp_path / "hq", new_database(postgresql), clock)
    laptop = enrolled(tmp_path / "laptop", office, LocalExchange(office), clock, "laptop")
    content = put(office, 300_000)
    assert laptop.sync().chunks_missing == 0
    assert published(laptop, Kind.TEMPLATE, "besar") == content
    laptop.place.store.close()
    office.close()


def test_whoever_is_in_step_asks_for_no_chunks(hire: Hire, headquarters: Headquarters) -> None:
    laptop = hire("one")
    put(headquarters, 20_000)
    laptop.sync()
    asked = laptop.link.chunk_requests
    assert laptop.sync().synced
    assert laptop.link.chunk_requests == asked


def test_a_lane_that_is_called_off_stops_and_goes_on_later(hire: Hire, headquarters: Headquarters) -> None:
    laptop = hire("one")
    content = put(headquarters, 1_500_000)
    laptop.manners = replace(laptop.manners, patience=ONCE)
    answers = iter([False, True])
    laptop.sync()
    store, link = laptop.place.store, laptop.link
    with store.write() as session:
        chunks.drop_others(session.connection(), ())
    everything = missing(laptop)
    assert everything - fetch(store, link, ONCE, lambda: next(answers)) == messages.AT_ONCE
    assert fetch(store, link, ONCE, lambda: False) == 0
    assert published(laptop, Kind.TEMPLATE, "besar") == content


def test_a_torn_stick_yields_the_chunks_that_are_whole_and_the_next_one_the_rest(
    tmp_path: Path, headquarters: Headquarters, hire: Hire
) -> None:
    laptop = hire("one")
    content = put(headquarters, 400_000)
    bundles.write(headquarters, tmp_path / "whole.balai", CENTRE)
    whole = (tmp_path / "whole.balai").read_bytes()
    (tmp_path / "torn.balai").write_bytes(whole[: len(whole) - 150_000])
    assert not facade.read_bundle(laptop.place, tmp_path / "torn.balai").complete
    lacking = missing(laptop)
    assert 0 < lacking < len(chunks.cut(content))
    facade.read_bundle(laptop.place, tmp_path / "whole.balai")
    assert published(laptop, Kind.TEMPLATE, "besar") == content


def test_a_stick_brings_in_no_chunk_that_is_false_or_that_nobody_named(
    tmp_path: Path, headquarters: Headquarters, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = hire("one")
    content = put(headquarters, 30_000)
    name = chunks.digest(chunks.cut(content)[0])
    for blobs in ([(name, b"false")], [(chunks.digest(b"free"), b"free")]):
        monkeypatch.setattr(lane, "held", lambda session, blobs=blobs: iter(blobs))
        bundles.write(headquarters, tmp_path / "false.balai", CENTRE)
        with stick.opened(tmp_path / "false.balai") as reader:
            assert Blob(blobs[0][0], 0, blobs[0][1]) in list(reader.items(laptop.identity.box))
        facade.read_bundle(laptop.place, tmp_path / "false.balai")
    with laptop.place.store.read() as session:
        held = chunks.held(session.connection(), [name, chunks.digest(b"free"), chunks.digest(b"false")])
    assert held == set()
