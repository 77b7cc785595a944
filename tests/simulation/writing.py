"""What people at laptops and at headquarters write: rows that meet, papers with serials, notices."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from sqlalchemy import Connection, select

from app.domain.serial import Lease, next_sequence
from app.journal.change import Ref
from app.journal.device_certificate import EVERYBODY
from app.journal.registry import BY_NAME
from app.queries import certificates, heads
from app.storage.heads import heads_of, packed_row
from app.storage.journal import Draft, Plain, plain, record
from app.storage.present import RowKey
from app.storage.tables import Delegation
from sync.hq.headquarters import Headquarters
from tests.simulation import versions
from tests.simulation.ledger import Broken
from tests.simulation.world import Laptop, World

CLASSES = ("KWU-1", "KWU-2")
PEOPLE = [bytes([n + 1]) * 16 for n in range(5)]
STATUSES = "HTISA"
SERIALS = 10_000_000  # of a centre
Row = tuple[str, RowKey]
Groups = dict[str, tuple[Plain, ...]]


def write(world: World, laptop: Laptop, rng: Random) -> None:
    """One to three changes in one transaction."""
    drafts = [_draft(laptop, rng) for _ in range(rng.choice((1, 1, 1, 2, 3)))]
    with laptop.place.store.write() as session:
        record(session, drafts)
        _replaced(session.connection(), drafts)


def look(world: World, laptop: Laptop, rng: Random) -> None:
    """A row comes on the screen, to be overwritten later, whatever has arrived by then."""
    entity, key = rng.choice(_rows(laptop, rng))
    with laptop.place.store.read() as session:
        laptop.screen[entity, key] = heads.seen(session, entity, [key]).get(key, ())


def issue(world: World, laptop: Laptop, rng: Random) -> None:
    """A certificate is registered under the device's next serial and printed, as `balai certificate` does."""
    anchor = laptop.place.anchor
    assert anchor is not None, "copies are not kept as laptops"
    with laptop.place.store.write() as session:
        query = select(Delegation.first, Delegation.count).where(Delegation.device == laptop.device)
        leases = [Lease(first, count or 0) for first, count in session.execute(query)]
        used = certificates.highest_used(session, laptop.centre, leases)
        floor = max(0, anchor.highest_serial - laptop.centre * SERIALS)
        serial = laptop.centre * SERIALS + next_sequence(leases, max(used, floor))
        paper = rng.randbytes(32)
        register = (laptop.centre, rng.choice(CLASSES), rng.choice(PEOPLE), str(serial), 20_700, paper)
        record(session, Draft("certificate", (serial,), {"register": register}))
    laptop.place.advance(issued=world.time())
    world.serials.setdefault(serial, set()).add(paper)


def publish(headquarters: Headquarters, laptop: Laptop, rng: Random) -> None:
    """Headquarters writes something for everybody or for a centre."""
    day = 20_700 + rng.randrange(5)
    with headquarters.write() as session:
        if rng.random() < 0.5:
            record(session, Draft("holiday", (day,), {"holiday": ("Libur", rng.random() < 0.5)}), EVERYBODY)
        else:
            row = Draft("policy", (f"p{rng.randrange(3)}",), {"value": (str(rng.random()),)})
            record(session, row, laptop.centre)


def newer(world: World, laptop: Laptop, rng: Random) -> None:
    """A newer program writes what nobody else understands."""
    with laptop.place.store.write() as session:
        versions.write_what_nobody_knows(session, rng.randrange(4))


def _replaced(connection: Connection, drafts: Sequence[Draft]) -> None:
    """What stood in a row when it was overwritten stands no longer."""
    for draft in drafts:
        if draft.seen is None and drafts[-1] is draft:
            entity = BY_NAME[draft.entity]
            row = packed_row(entity.number, plain(draft.key))
            standing = heads_of(connection, [row])
            if any(len(standing[row, entity.named(name).number]) != 1 for name in draft.groups):
                raise Broken("no silent loser: what was seen and overwritten still stands")


def _draft(laptop: Laptop, rng: Random) -> Draft:
    entity, key = rng.choice(_rows(laptop, rng))
    seen: tuple[Ref, ...] | None = None
    if rng.random() < 0.15:
        seen = ()
    elif (entity, key) in laptop.screen:
        seen = laptop.screen.pop((entity, key))
    if rng.random() < 0.06:
        return Draft(entity, key, {"gone": (rng.random() < 0.7,)}, None, seen)
    return Draft(entity, key, _groups(entity, rng), None, seen)


def _rows(laptop: Laptop, rng: Random) -> list[Row]:
    """The rows that may be written: few, so that laptops meet."""
    code, person = rng.choice(CLASSES), rng.choice(PEOPLE)
    rows: list[Row] = [
        ("participant", (person,)),
        ("training_class", (laptop.centre, code)),
        ("session", (laptop.centre, code, rng.randrange(1, 3))),
        ("mark", (laptop.centre, code, rng.randrange(1, 3), person)),
        ("mark", (laptop.centre, code, 1, person)),
        ("decision", (laptop.centre, code, person)),
        ("evaluation", (laptop.centre, code, person, "f")),
    ]
    if laptop.version != versions.OLD:
        rows.append(("result", (laptop.centre, code, person, "HPP")))
        rows.append(("enrolment", (laptop.centre, code, person)))
    return rows


def _groups(entity: str, rng: Random) -> Groups:
    """Some of the row's groups; now and then with content that is long, or no text a table may hold."""
    word = rng.choice(("a", "b", "c", "d", "e", "f" * 300, rng.randbytes(5_000).hex()))
    number = rng.choice((None, 0, 7, 500, -3, 1 << 40))
    choices: dict[str, Groups] = {
        "participant": {
            "identity": ("8271", word, rng.choice("LP"), "Ternate", number),
            "contact": (word, None),
            "scale": (number, number, True),
        },
        "training_class": {"title": (word, "I"), "instructors": ((b"i" * 16, b"j" * 16),), "room": (word,)},
        "session": {"plan": (20_700, 480, 600, 3), "held": (rng.choice(("held", "planned")), word)},
        "mark": {"mark": (rng.choice(STATUSES), number), "remark": (word,)},
        "decision": {"decision": ("pass", False, word, 20_700)},
        "evaluation": {"answers": (tuple(rng.randrange(5) for _ in range(3)),), "words": (word,)},
        "result": {"result": ("done", number, 7_000), "assessor": (b"k" * 16,), "remark": (word,)},
        "enrolment": {"state": ("enrolled", None), "place": (number,)},
    }
    groups = choices[entity]
    names = rng.sample(sorted(groups), rng.randrange(1, len(groups) + 1))
    return {name: groups[name] for name in names}
