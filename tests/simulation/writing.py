"""What people at laptops and at headquarters write: rows that meet, fields that are odd, papers with serials."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from sqlalchemy import select

from app.domain.serial import Lease, next_sequence
from app.journal.change import Ref
from app.journal.device_certificate import EVERYBODY
from app.queries import certificates, heads
from app.storage.journal import Draft, record
from app.storage.tables import Delegation
from sync.hq.headquarters import Headquarters
from tests.simulation import versions
from tests.simulation.world import Laptop, World

CLASSES = ("KWU-1", "KWU-2")
PEOPLE = [bytes([n + 1]) * 16 for n in range(5)]
STATUSES = "HTISA"
SERIALS = 10_000_000  # of a centre
ROW = tuple[str, tuple[object, ...]]


def write(world: World, laptop: Laptop, rng: Random) -> None:
    """One to three changes in one transaction."""
    drafts = [_draft(laptop, rng) for _ in range(rng.choice((1, 1, 1, 2, 3)))]
    with laptop.place.store.write() as session:
        record(session, drafts)


def look(world: World, laptop: Laptop, rng: Random) -> None:
    """A row comes on the screen, to be overwritten later, whatever has arrived by then."""
    entity, key = rng.choice(_rows(laptop, rng))
    with laptop.place.store.read() as session:
        laptop.screen[entity, key] = heads.seen(session, entity, [key]).get(key, ())  # type: ignore[assignment,list-item]


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


def _draft(laptop: Laptop, rng: Random) -> Draft:
    entity, key = rng.choice(_rows(laptop, rng))
    seen: Sequence[Ref] | None = None
    if rng.random() < 0.15:
        seen = ()
    elif (entity, key) in laptop.screen:
        seen = laptop.screen.pop((entity, key))  # type: ignore[assignment]  # references, as put there
    if rng.random() < 0.06:
        return Draft(
            entity, key, {"gone": (rng.random() < 0.7,)}, None, None if seen is None else tuple(seen)
        )  # type: ignore[arg-type]
    groups = _groups(entity, rng)
    return Draft(entity, key, groups, None, None if seen is None else tuple(seen))  # type: ignore[arg-type]  # by the registry


def _rows(laptop: Laptop, rng: Random) -> list[ROW]:
    """The rows that may be written: few, so that laptops meet."""
    code, person = rng.choice(CLASSES), rng.choice(PEOPLE)
    rows: list[ROW] = [
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


def _groups(entity: str, rng: Random) -> dict[str, tuple[object, ...]]:
    """Some of the row's groups; now and then with content that is long, or no text a table may hold."""
    word = rng.choice(("a", "b", "c", "d", "e", "f" * 300, rng.randbytes(5_000).hex()))
    number = rng.choice((None, 0, 7, 500, -3, 1 << 40))
    choices: dict[str, dict[str, tuple[object, ...]]] = {
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
