"""A made-up centre for measurements: a year's changes, in the order in which a laptop writes them.

Deterministic for a seed. By default 1,000 participants in 50 classes of 20, 10 sessions and 12 modules
each: what the tables then hold is 23,550 rows (1,000 participants, 50 classes, 500 sessions, 10,000 marks,
12,000 results) and 1,000 enrolments and 25 persons; the log holds one change more for each session held.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.domain.ids import CentreCode
from app.domain.row_ids import fresh, participant_id
from app.journal import chain
from app.journal.change import Change, Scalar, Value, pack
from app.journal.registry import ENTITIES
from bench.people import words
from bench.places import Place, places

CENTRE = CentreCode(11)
CLASS_SIZE = 20
PARALLEL = 5
_DAY_MS = 86_400_000
_FIRST_DAY = date(2026, 1, 5)
_EPOCH = date(1970, 1, 1)
_PROGRAMME = "KWU"
_STATUSES = ("H", "T", "I", "S", "A")
_CHANCES = (86, 5, 4, 3, 2)

Groups = dict[int, tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Course:
    """One class: its code, its instructor, its room's first day and its participants' ids."""

    code: str
    instructor: bytes
    days: Sequence[date]
    starts: int
    members: Sequence[bytes]


class Centre:
    """Writes a centre's changes; `participants` must be a multiple of the class size."""

    def __init__(
        self, participants: int, classes: int, sessions: int, modules: int, seed: int, scattered: bool,
        first: date = _FIRST_DAY,
    ) -> None:  # fmt: skip
        self._random = Random(seed)
        self._ids = fresh(self._random.randbytes(14))
        self._secret = self._random.randbytes(32)
        self._places = places()
        self._sessions = sessions
        self._modules = [f"KWU-{number + 1:02d}" for number in range(modules)]
        self._size = participants // classes
        self._classes = classes
        self._scattered = scattered
        self._first = first

    def changes(self) -> Iterator[Change]:
        """All changes in order of time: set-up, then class by class and day by day."""
        head = next(self._ids)
        wall = _stamp(self._first - timedelta(days=14), 8 * 60, self._random)
        instructors = []
        for change in self._persons(head, wall):
            instructors.append(change.key[0])
            yield change
        courses = []
        for number in range(self._classes):
            wall += self._random.randrange(60_000, 900_000)
            course = self._course(number, instructors[number % len(instructors)])  # type: ignore[arg-type]  # ids
            courses.append(course)
            yield from self._opened(course, head, wall)
            yield from self._imported(course, head, wall + self._random.randrange(30_000, 90_000))
        yield from self._taught(courses)

    def _persons(self, author: bytes, wall: int) -> Iterator[Change]:
        for number in range(25):
            name = self._name(number % 2 == 0)
            groups: Groups = {1: (name, f"{name.split()[0].lower()}{number}"), 2: ("instructor", True)}
            yield Change(1, (next(self._ids),), groups, (), author, wall + number * 30_000)

    def _course(self, number: int, instructor: bytes) -> Course:
        first = self._first + timedelta(days=14 * (number // PARALLEL))
        days = [first + timedelta(days=day + day // 5 * 2) for day in range(self._sessions)]
        starts = (8 if number % 2 == 0 else 13) * 60
        return Course(f"UMK-2026-{number + 1:03d}", instructor, days, starts, [])

    def _opened(self, course: Course, author: bytes, wall: int) -> Iterator[Change]:
        number = int(course.code[-3:])
        groups: Groups = {
            1: (f"Kewirausahaan UMK {number}", f"{number // 10 + 1}"),
            2: (_PROGRAMME, 1),
            3: (_days(course.days[0]), _days(course.days[-1])),
            4: (f"Ruang {number % PARALLEL + 1}",),
            5: ((course.instructor,),),
        }
        yield Change(3, (CENTRE, course.code), groups, (), author, wall)
        for at, day in enumerate(course.days):
            plan: Groups = {
                1: (_days(day), course.starts, course.starts + 180, 4),
                2: ("planned", None),
                4: (None, self._modules[at % len(self._modules)]),
            }
            yield Change(4, (CENTRE, course.code, at + 1), plan, (), author, wall + 20_000)

    def _imported(self, course: Course, author: bytes, wall: int) -> Iterator[Change]:
        members = [self._participant(author, wall) for _ in range(self._size)]
        yield from members
        for place, member in enumerate(members, 1):
            course.members.append(member.key[0])  # type: ignore[attr-defined]  # made as a list
            key: tuple[Scalar, ...] = (CENTRE, course.code, member.key[0])
            yield Change(5, key, {1: ("enrolled", None), 2: (place,)}, (), author, wall)

    def _participant(self, author: bytes, wall: int) -> Change:
        random = self._random
        woman = random.random() < 0.6
        born = date(1962, 1, 1) + timedelta(days=random.randrange(44 * 365))
        home = random.choice(self._places.near)
        origin = home if random.random() < 0.7 else random.choice(self._places.any)
        nik = f"{origin.district}{born.day + 40 * woman:02d}{born:%m%y}{random.randrange(9000, 10000)}"
        name = self._name(woman)
        nib = f"{random.randrange(10**12, 10**13)}" if random.random() < 0.7 else None
        groups: Groups = {
            1: (nik, name, "P" if woman else "L", origin.regency, _days(born)),
            2: (self._phone(), self._address(home)),
            3: (self._business(name), nib),
            4: (self._money(14), self._money(16), random.random() < 0.8),
        }
        return Change(2, (participant_id(CENTRE, self._secret, nik),), groups, (), author, wall)

    def _name(self, woman: bool) -> str:
        random = self._random
        first = words("women") if woman else words("men")
        parts = [random.choice(first)]
        if random.random() < 0.35:
            parts.append(random.choice(first))
        if random.random() < 0.85:
            parts.append(random.choice(words("second")))
        return " ".join(parts)

    def _phone(self) -> str:
        digits = self._random.choice((7, 8, 8, 8))
        return f"+628{self._random.choice(words('operators'))}{self._random.randrange(10**digits):0{digits}d}"

    def _address(self, home: Place) -> str:
        random = self._random
        rt, rw = random.randrange(1, 13), random.randrange(1, 10)
        where = f"RT {rt:03d}/RW {rw:03d}, {home.village}, Kec. {home.district_name}"
        if random.random() < 0.7:
            return f"Jl. {random.choice(words('streets'))} No. {random.randrange(1, 180)}, {where}"
        return f"Dusun {random.choice(words('streets'))} {where}"

    def _business(self, name: str) -> str:
        random = self._random
        good = random.choice(words("goods"))
        if random.random() < 0.4:
            return f"{good} {random.choice(('Bu', 'Pak', 'Mbak', 'Mas'))} {name.split()[0]}"
        return f"{good} {' '.join(random.sample(words('brands'), 2))}"

    def _money(self, scale: int) -> int:
        """Rupiah, as people say them: two leading digits."""
        amount = int(self._random.lognormvariate(scale + 1.5, 1.0))
        digits = int(10 ** max(5, len(str(amount)) - 2))
        return max(1, amount // digits) * digits

    def _taught(self, courses: Sequence[Course]) -> Iterator[Change]:
        for batch in range(0, len(courses), PARALLEL):
            for session in range(self._sessions):
                todays = sorted(courses[batch : batch + PARALLEL], key=lambda course: course.starts)
                evening = 0
                for course in todays:
                    wall = _stamp(course.days[session], course.starts + 10, self._random)
                    yield from self._held(course, session + 1, wall)
                    evening = max(evening, wall)
                for course in todays:
                    for module in self._ended(session):
                        evening += self._random.randrange(60_000, 600_000)
                        yield from self._typed(course, module, evening)
                        evening += 25_000 * len(course.members)

    def _held(self, course: Course, number: int, wall: int) -> Iterator[Change]:
        """A roll call finalised: one transaction, one time."""
        key = (CENTRE, course.code, number)
        yield Change(4, key, {2: ("held", None)}, (), course.instructor, wall)
        for member in self._in_turn(course):
            if self._scattered:
                wall += self._random.randrange(1_000, 20_000)
            status = self._random.choices(_STATUSES, _CHANCES)[0]
            arrival = (
                course.starts + min(90, int(self._random.expovariate(0.07)) + 3) if status == "T" else None
            )
            groups: Groups = {1: (status, arrival)}
            if status != "H" and self._random.random() < 0.05:
                groups[2] = (self._random.choice(words("remarks")),)
            yield Change(6, (*key, member), groups, (), course.instructor, wall)

    def _in_turn(self, course: Course) -> Sequence[bytes]:
        """The members in the order in which they are written down: the list's, or as they come."""
        members = list(course.members)
        if self._scattered:
            self._random.shuffle(members)
        return members

    def _ended(self, session: int) -> Sequence[str]:
        """The modules that end with this session, spread evenly."""
        total = len(self._modules)
        return self._modules[total * session // self._sessions : total * (session + 1) // self._sessions]

    def _typed(self, course: Course, module: str, wall: int) -> Iterator[Change]:
        """A module's results, typed one person after another."""
        for member in self._in_turn(course):
            wall += self._random.randrange(5_000, 20_000)
            pre = self._score(52, 14) if self._random.random() < 0.95 else None
            done = self._random.random() < 0.97
            post = self._score(79, 9) if done else None
            groups: Groups = {1: ("done" if done else "in-progress", pre, post), 2: (course.instructor,)}
            yield Change(7, (CENTRE, course.code, member, module), groups, (), course.instructor, wall)

    def _score(self, mean: float, spread: float) -> int:
        """Hundredths; most are whole numbers, some halves."""
        value = max(0.0, min(100.0, self._random.gauss(mean, spread)))
        return round(value) * 100 if self._random.random() < 0.9 else min(10_000, int(value) * 100 + 50)


def changes(
    participants: int = 1000,
    classes: int = 50,
    sessions: int = 10,
    modules: int = 12,
    seed: int = 2026,
    order: str = "time",
    scattered: bool = False,
    first: date = _FIRST_DAY,
) -> list[Change]:
    """A centre's changes, in order of time (`time`) or sorted by kind of row and key (`table`).

    A roll call is finalised at one go, and results are typed in the list's order; `scattered` is the hard
    case instead: every mark has a time of its own, and people come in any order, each time another.
    `first` is the Monday on which the first classes begin.
    """
    found = list(Centre(participants, classes, sessions, modules, seed, scattered, first).changes())
    return sorted_by_table(found) if order == "table" else found


def sorted_by_table(made: Sequence[Change]) -> list[Change]:
    """The changes sorted by kind of row and key."""
    return sorted(made, key=lambda change: (change.entity, _sortable(change.key), change.wall))


def corrected(made: Sequence[Change], number: int = 20, seed: int = 7) -> list[Change]:
    """That many marks changed afterwards by one instructor at one go, with a reason for all."""
    random = Random(seed)
    last = max(change.wall for change in made)
    author = next(change.author for change in made if change.entity == 6)
    mine = [change for change in made if change.entity == 6 and change.author == author]
    return [
        mark._replace(groups={1: ("I", None)}, wall=last + 3_600_000, reason="Surat izin menyusul")
        for mark in random.sample(mine, number)
    ]


def entries(made: Sequence[Change], seed: int = 1) -> list[chain.Entry]:
    """The changes as links of a log, with random salts where the registry asks for them."""
    random = Random(seed)
    return [
        chain.entry(
            random.randbytes(16) if ENTITIES[change.entity].personal(change.groups) else b"", pack(change)
        )
        for change in made
    ]


def counts(made: Sequence[Change]) -> dict[str, int]:
    """How many changes there are of each entity."""
    names = [ENTITIES[change.entity].name for change in made]
    return {name: names.count(name) for name in dict.fromkeys(names)}


def _sortable(key: Sequence[Scalar]) -> tuple[str, ...]:
    return tuple(part.hex() if isinstance(part, bytes) else f"{part:>12}" for part in key)


def _days(day: date) -> int:
    return (day - _EPOCH).days


def _stamp(day: date, minute: int, random: Random) -> int:
    """Unix milliseconds within a quarter of an hour after that minute of the day, WIB."""
    return _days(day) * _DAY_MS + (minute - 7 * 60) * 60_000 + random.randrange(900_000)
