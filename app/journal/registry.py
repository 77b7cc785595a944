"""The registry of entities: every kind of row a change can touch, its key and its groups of fields.

Numbers, names, order and types are part of the format (docs/formats/sync.md, "Registry"): entries
are added, never renamed, renumbered, retyped or removed. Fields of one group win or lose together;
a group or entity marked personal is salted in the chain, so that it can be erased. Group 0 exists
for every entity and holds one boolean: whether the row is deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

GONE = 0


class Type(StrEnum):
    """What a field holds. Instants are Unix milliseconds, scores hundredths, money rupiah."""

    TEXT = "text"
    INT = "int"
    BOOL = "bool"
    BYTES = "bytes"
    DAY = "day"  # days since 1970-01-01
    MINUTE = "minute"  # minutes since local midnight
    INSTANT = "instant"
    TEXTS = "texts"  # a list
    IDS = "ids"  # a list of byte strings
    INTS = "ints"


class Owner(StrEnum):
    """Whose logs may write the entity: a centre's devices or headquarters."""

    CENTRE = "centre"
    HEADQUARTERS = "headquarters"
    ANY = "any"


class Kind(StrEnum):
    """Facts are corrected with a reason; registers are edited; definitions are headquarters' own."""

    LOG = "log"
    FACT = "fact"
    REGISTER = "register"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Field:
    """A named value of a key or a group."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that only make sense together."""

    number: int
    name: str
    fields: tuple[Field, ...]
    personal: bool = False


LIFE = Group(GONE, "gone", (Field("gone", Type.BOOL),))


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of row. `name` is also its table's name; the key's fields are its primary key."""

    number: int
    name: str
    kind: Kind
    owner: Owner
    key: tuple[Field, ...]
    groups: tuple[Group, ...]

    def group(self, number: int) -> Group | None:
        """The group with this number, None when this version does not know it."""
        if number == GONE:
            return LIFE
        return next((g for g in self.groups if g.number == number), None)

    def named(self, name: str) -> Group:
        """The group with this name; KeyError when there is none."""
        if name == LIFE.name:
            return LIFE
        for group in self.groups:
            if group.name == name:
                return group
        raise KeyError(name)

    def personal(self, numbers: object) -> bool:
        """Whether a change with these group numbers must be salted."""
        return any(g.personal for g in self.groups if g.number in numbers)  # type: ignore[operator]  # any container


def _fields(words: str) -> tuple[Field, ...]:
    """Fields from `name:type` words; the type defaults to text."""
    pairs = (word.partition(":") for word in words.split())
    return tuple(Field(name, Type(kind or "text")) for name, _, kind in pairs)


def _group(number: int, name: str, words: str, personal: bool = False) -> Group:
    return Group(number, name, _fields(words), personal)


_CLASS = "centre:int class_code"
_ENROLMENT = _CLASS + " participant:bytes"


def _fact(number: int, name: str, key: str, *groups: Group) -> Entity:
    return Entity(number, name, Kind.FACT, Owner.CENTRE, _fields(key), groups)


def _register(number: int, name: str, key: str, *groups: Group) -> Entity:
    return Entity(number, name, Kind.REGISTER, Owner.CENTRE, _fields(key), groups)


def _definition(number: int, name: str, key: str, *groups: Group) -> Entity:
    return Entity(number, name, Kind.DEFINITION, Owner.HEADQUARTERS, _fields(key), groups)


LOG = Entity(
    0,
    "log_opening",
    Kind.LOG,
    Owner.ANY,
    (),
    (_group(1, "opening", "certificate:bytes scope:int previous:bytes nonce:bytes"),),
)

CENTRE_ENTITIES = (
    _register(
        1,
        "person",
        "id:bytes",
        _group(1, "identity", "name login", personal=True),
        _group(2, "role", "role active:bool"),
    ),
    _register(
        2,
        "participant",
        "id:bytes",
        _group(1, "identity", "nik name sex birth_place birth_date:day", personal=True),
        _group(2, "contact", "phone address", personal=True),
        _group(3, "enterprise", "business nib", personal=True),
        _group(4, "scale", "capital:int sales:int existing:bool", personal=True),
        _group(5, "remark", "remark", personal=True),
    ),
    _register(
        3,
        "training_class",
        "centre:int code",
        _group(1, "title", "title intake"),
        _group(2, "programme", "programme programme_version:int"),
        _group(3, "period", "first_day:day last_day:day"),
        _group(4, "room", "room"),
        _group(5, "instructors", "instructors:ids"),
    ),
    _register(
        4,
        "session",
        _CLASS + " number:int",
        _group(1, "plan", "day:day starts:minute ends:minute jp:int"),
        _group(2, "held", "state reason"),
        _group(3, "make_up", "make_up_of:int"),
        _group(4, "topic", "topic module"),
    ),
    _register(
        5,
        "enrolment",
        _ENROLMENT,
        _group(1, "state", "state moved_to"),
        _group(2, "place", "place:int"),
    ),
    _fact(
        6,
        "mark",
        _CLASS + " number:int participant:bytes",
        _group(1, "mark", "status arrival:minute"),
        _group(2, "remark", "remark", personal=True),
    ),
    _fact(
        7,
        "result",
        _ENROLMENT + " module",
        _group(1, "result", "state pre:int post:int"),
        _group(2, "assessor", "assessor:bytes"),
        _group(3, "remark", "remark", personal=True),
    ),
    _fact(
        8,
        "decision",
        _ENROLMENT,
        _group(1, "decision", "outcome override:bool reason decided_on:day", personal=True),
    ),
    _fact(
        9,
        "certificate",
        "serial:int",
        _group(
            1,
            "register",
            "centre:int class_code participant:bytes official_number signed_on:day credential_hash:bytes",
        ),
        _group(2, "content", "credential:bytes back:bytes content:bytes template", personal=True),
        _group(3, "state", "state reason other:int state_on:day"),
    ),
    _fact(
        10,
        "print_run",
        "id:bytes",
        _group(1, "run", "printed_at:instant serials:ints copies:ints printer"),
    ),
    _fact(
        11,
        "consent",
        "participant:bytes version",
        _group(1, "consent", "given_on:day manner withdrawn_on:day"),
    ),
    _fact(
        12,
        "evaluation",
        _ENROLMENT + " form",
        _group(1, "answers", "answers:ints"),
        _group(2, "words", "words", True),
    ),
    _fact(13, "follow_up", "participant:bytes day:day", _group(1, "visit", "manner outcome", personal=True)),
    _register(14, "same_as", "kind:int one:bytes other:bytes", _group(1, "joined", "joined:bool")),
    _fact(15, "blank_serial", "centre:int blank", _group(1, "fate", "state spoiled_on:day", personal=False)),
)

HEADQUARTERS_ENTITIES = (
    _definition(
        32,
        "programme",
        "code version:int",
        _group(1, "title", "title"),
        _group(2, "rule", "rule"),
        _group(3, "certificate", "number_template template"),
    ),
    _definition(
        33,
        "module",
        "programme version:int code",
        _group(1, "module", "title jp:int pass_mark:int required:bool place:int unit_code"),
        _group(2, "material", "material:bytes"),
    ),
    _definition(
        34,
        "centre",
        "code:int",
        _group(1, "name", "name full_name short parent:int"),
        _group(2, "place", "city regency_code province_code timezone"),
        _group(3, "quota", "quota:int"),
        _group(4, "letterhead", "letterhead:texts signatory_title signatory signatory_nip"),
    ),
    _definition(35, "instructor", "id:bytes", _group(1, "identity", "name centre:int nip", personal=True)),
    _definition(36, "policy", "name", _group(1, "value", "value")),
    _definition(37, "holiday", "day:day", _group(1, "holiday", "title closed:bool")),
    _definition(
        38,
        "device",
        "id:bytes",
        _group(1, "certificate", "certificate:bytes"),
        _group(2, "revoked", "revoked_on:day reason logs:ids"),
        _group(3, "keys", "issuing:bytes box:bytes"),
    ),
    _definition(
        39,
        "delegation",
        "centre:int first:int",
        _group(1, "delegation", "device:bytes count:int delegation:bytes"),
    ),
    _definition(40, "trust_file", "counter:int", _group(1, "file", "file:bytes")),
    _definition(41, "status_list", "epoch:int counter:int", _group(1, "list", "file:bytes")),
    _definition(42, "revocation", "serial:int", _group(1, "revocation", "reason revoked_on:day")),
    _definition(43, "erasure", "row:bytes", _group(1, "erasure", "erased_on:day")),
    _definition(44, "publication", "kind name", _group(1, "content", "length:int chunks:ids")),
)

ENTITIES: dict[int, Entity] = {e.number: e for e in (LOG, *CENTRE_ENTITIES, *HEADQUARTERS_ENTITIES)}
BY_NAME: dict[str, Entity] = {e.name: e for e in ENTITIES.values()}
