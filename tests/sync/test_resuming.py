"""A line that breaks again and again: every byte that came counts, up and down."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.errors import SyncTrouble
from app.storage.journal import Draft
from sync.client import state
from sync.client.driver import Manners
from sync.client.patience import Patience
from sync.hq.headquarters import Headquarters
from sync.hq.tables import FRAME
from sync.protocol import exchange
from sync.protocol.cbor import Malformed, Torn
from sync.protocol.exchange import ReplyHead, Sent, Status
from sync.protocol.reply import Beginning, Reply
from tests.sync.conftest import CENTRE, Hire, Laptop, hq_tables, participant

pytestmark = pytest.mark.near

CUT = SyncTrouble("sync-cut", again=True)
HEAD = exchange.pack_head(ReplyHead(Status.TAKEN, 0, bytes(16), bytes(8)))
STUBBORN = Manners(Patience(attempts=60, shortest=0.0, longest=0.0))


def _words(laptop: Laptop, marks: int) -> None:
    """Marks with words that do not pack, in one transaction, as a long day offline leaves them."""
    keys = [(CENTRE, "KWU-2026", number, participant(1)) for number in range(marks)]
    laptop.write(*(Draft("mark", key, {"remark": (os.urandom(60).hex(),)}) for key in keys))


def test_a_reply_that_breaks_after_few_bytes_each_time_still_arrives(
    hire: Hire, headquarters: Headquarters
) -> None:
    one, two = hire("one"), hire("two")
    _words(one, 300)
    assert one.sync().synced
    reached = []

    def short(reply: bytes) -> bytes:
        reached.append(len(reply))
        return reply[:3_000]

    two.link.after = short
    two.manners = STUBBORN
    assert two.sync().synced
    assert reached[0] > 15_000, "the frame is much longer than what the line carries at once"
    assert reached == sorted(reached, reverse=True), "less is left to come each time"
    assert two.tables() == hq_tables(headquarters)


def test_what_came_before_the_program_ended_is_not_sent_again(hire: Hire, headquarters: Headquarters) -> None:
    one, two = hire("one"), hire("two")
    _words(one, 300)
    one.sync()
    two.link.after = lambda reply: reply[:10_000]
    two.manners = Manners(Patience(attempts=1))
    with pytest.raises(SyncTrouble):
        two.sync()
    with two.place.store.read() as session:
        begun = state.begun(session)
    assert begun is not None
    assert len(begun.data) > 9_000
    before = two.link.down
    two.link.after = lambda reply: reply
    assert two.sync().synced
    with two.place.store.read() as session:
        assert state.begun(session) is None
    assert two.tables() == hq_tables(headquarters)
    with headquarters.read() as session:
        size = session.scalar(select(FRAME.c.size).where(FRAME.c.device == one.identity.device_id))
    assert size is not None
    assert two.link.down - before < size - len(begun.data) + 300


def test_a_beginning_of_something_else_is_answered_with_the_whole_frame(
    hire: Hire, headquarters: Headquarters
) -> None:
    one, two = hire("one"), hire("two")
    _words(one, 50)
    one.sync()
    with two.place.store.read() as session:
        number = state.cursors(session, [CENTRE])[CENTRE].number
    with two.place.store.write() as session:
        state.keep_begun(session, Beginning(CENTRE, number + 1, b"not that frame at all"))
    assert two.sync().synced
    assert two.tables() == hq_tables(headquarters)


def test_a_line_that_carries_little_at_once_gets_small_frames_with_signatures_of_their_own(
    hire: Hire, headquarters: Headquarters
) -> None:
    laptop = hire("one")
    _words(laptop, 600)

    def narrow(body: bytes) -> bytes:
        if len(body) > 4_500:
            raise CUT
        return body

    laptop.link.before = narrow
    laptop.manners = STUBBORN
    assert laptop.sync().synced
    assert laptop.link.requests > 15
    assert laptop.tables() == hq_tables(headquarters)
    with laptop.place.store.read() as session:
        assert (state.pace(session) or 0) <= 64 * 1024


@given(st.lists(st.binary(min_size=5, max_size=300), min_size=1, max_size=4), st.data())
def test_a_reply_cut_anywhere_leaves_its_whole_frames_and_the_beginning_of_the_next(
    frames: list[bytes], data: st.DataObject
) -> None:
    sent = [Sent(7, number, frame) for number, frame in enumerate(frames)]
    whole = HEAD + b"".join(map(exchange.pack_sent, sent)) + exchange.pack_more(False)
    cut = data.draw(st.integers(len(HEAD), len(whole) - 1))
    size = data.draw(st.integers(1, 50))
    reply = Reply(whole[at : min(at + size, cut)] for at in range(0, cut, size))
    got: list[Sent] = []
    with pytest.raises(Torn):
        for one in reply.frames():
            got.append(one)  # a list made at once would be lost with the last of it
    begun = reply.beginning()
    assert got == sent[: len(got)]
    if begun is not None:
        frame = frames[begun.number]
        assert begun.number == len(got)
        assert frame.startswith(begun.data)
        rest = HEAD + exchange.pack_rest(sent[begun.number], len(begun.data)) + exchange.pack_more(False)
        assert list(Reply([rest], begun).frames()) == [sent[begun.number]]


def test_the_rest_of_a_frame_nobody_asked_for_is_refused() -> None:
    rest = HEAD + exchange.pack_rest(Sent(7, 1, b"0123456789"), 4) + exchange.pack_more(False)
    for begun in (None, Beginning(7, 2, b"0123"), Beginning(7, 1, b"012")):
        with pytest.raises(Malformed):
            list(Reply([rest], begun).frames())
