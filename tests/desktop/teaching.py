"""A centre's laptop on a Tuesday: the class of the pictures, half way through its afternoon's roll call."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy.orm import Session

from app.actions import attendance, classes, enrolments, participants, persons
from app.actions.participants import ParticipantForm
from app.domain.attendance import Status
from app.domain.ids import ClassCode, ModuleCode, ParticipantId, ProgrammeCode
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.domain.programme import Module, Programme, Rule
from app.domain.roles import Role
from app.domain.timetable import SessionPlan
from app.queries import persons as people_at_work
from app.queries import rosters
from app.storage import workplace
from app.storage.workplace import Workplace
from tests.support.laptop import CENTRE, Laptop, Office, hand_over, publish, woman

WIT = timezone(timedelta(hours=9), "WIT")
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 13, 24, tzinfo=WIT)
DAY = timedelta(days=1)
SECRET = bytes(range(32))
KEY = ClassKey(CENTRE, ClassCode("KWU-09/2026"))
TITLES = [
    "Produktivitas",
    "Konsep usaha",
    "Motivasi usaha",
    "Ide bisnis",
    "Model bisnis",
    "Pembukuan",
    "HPP",
    "Pemasaran digital",
]
PROGRAMME = Programme(
    ProgrammeCode("KWU"),
    1,
    "Kewirausahaan UMK",
    tuple(
        Module(ModuleCode(f"KWU-{n:02}"), title, 4, None, True, None, n) for n, title in enumerate(TITLES, 1)
    ),
    Rule(),
    "{sequence:04}/{centre}/{programme}/{month_roman}/{year}",
)
NAMES = """Abdul Rahman Husen,Agustina Wulandari,Ahmad Fauzi,Amina Tuanaya,Bambang Setiawan
Citra Maharani,Daud Latuconsina,Dewi Lestari,Fatimah Umasugi,Hasan Basri,Ibrahim Togubu,Kartini
Made Suartana,Marlina Sangaji,Muhammad Iqbal,Ni Luh Sari,Hj. Nurhayati,Ratna Dewi Kusuma
Rusdi Kamaruddin,Yohana Lumbantobing""".replace("\n", ",").split(",")
TAILS = "14 27 33 41 52 66 70 83 95 101 118 124 136 149 152 167 171 188 190 203"
PAST = (
    "HHHHH HHHHH HHTHH HHHHH HHIHH HHHHH HTHHT HHHHH HHHHH "
    "HAHHH HHHSH HHHHH HHHHH HHHTH HHHHH HHHHH HIHHH HHHHH HAHHA HHHSH"
)


@dataclass(slots=True)
class Hand:
    """A clock in Unix ms that goes on by a millisecond with each reading, and can be set."""

    now: int = 0

    def __call__(self) -> int:
        self.now += 1
        return self.now

    def set(self, instant: datetime) -> None:
        """Stand at this instant."""
        self.now = int(instant.timestamp() * 1_000)


@dataclass(slots=True)
class Taught:
    """The open data folder, its clock, who teaches, and the class with its people."""

    opened: Workplace
    clock: Hand
    me: bytes
    key: ClassKey
    people: list[ParticipantId]


def folder(at: Path, clock: Hand) -> Workplace:
    """A centre's laptop that has what headquarters publishes."""
    office = Office(at)
    headquarters = office.headquarters()
    publish(headquarters, PROGRAMME)
    identity = office.laptop().identity
    opened, _ = workplace.create(at / "data", identity, CENTRE, None, lambda store: None, clock)
    hand_over(headquarters, Laptop(opened.store, identity, clock))  # type: ignore[arg-type]  # another clock
    return opened


def afternoon(at: Path, marked: bool = True) -> Taught:
    """Five sessions of ten are final, the sixth is `marked` down to number 15, the pictures' 3."""
    clock = Hand()
    clock.set(NOW - 10 * DAY)
    opened = folder(at, clock)
    with opened.store.write() as session:
        me = persons.add(session, name="Nurlaila Hamid", login="nurlaila", role=Role.INSTRUCTOR, pin="482915")
        key = classes.create(
            session,
            code="KWU-09/2026",
            title="Kewirausahaan UMK",
            programme="KWU",
            version=1,
            first_day=TODAY - 4 * DAY,
            last_day=TODAY + 3 * DAY,
            intake="IX",
            room="Aula 2",
            instructors=(me,),
        )
        classes.schedule(session, key, _plans())
        tails = [int(tail) for tail in TAILS.split()]
        people = [_person(session, name, woman(tail)) for name, tail in zip(NAMES, tails, strict=True)]
        enrolments.enrol(session, key, people)
    _hold(opened, clock, key, people)
    if marked:
        _mark(opened, key, people)
    clock.set(NOW)
    return Taught(opened, clock, me, key, people)


def lay(at: Path, marked: bool = True) -> Taught:
    """The same on a copy: built once for all tests of a run, beside their own folders."""
    made = at.parent / f"afternoon-{marked}"
    if not made.exists():
        building = at.parent / f"building-{marked}"
        building.mkdir()
        afternoon(building, marked).opened.close()
        (building / "data").rename(made)
    shutil.copytree(made, at / "taught")
    clock = Hand()
    clock.set(NOW)
    opened = workplace.open_folder(at / "taught", clock)
    with opened.store.read() as session:
        me = people_at_work.with_login(session, "nurlaila").id
        people = [row.participant for row in rosters.enrolled(session, KEY)]
    return Taught(opened, clock, me, KEY, people)


def crowd(at: Path, people: int, sessions: int = 6) -> Taught:
    """A class of so many, with five sessions held and one today."""
    clock = Hand()
    clock.set(NOW - 10 * DAY)
    opened = folder(at, clock)
    with opened.store.write() as session:
        key = classes.create(
            session,
            code="KWU-10/2026",
            title="Kewirausahaan UMK",
            programme="KWU",
            version=1,
            first_day=TODAY - 5 * DAY,
            last_day=TODAY + DAY,
            intake="X",
        )
        days = [SessionPlan(TODAY + (n - sessions + 1) * DAY, 780, 960, 4) for n in range(sessions)]
        classes.schedule(session, key, days)
        names = [f"{NAMES[n % 20]} {n // 20 + 1}" for n in range(people)]
        who = [_person(session, name, woman(n)) for n, name in enumerate(names)]
        enrolments.enrol(session, key, who)
        for number in range(1, sessions):
            there = {p: MarkEntry(_status(n, number)) for n, p in enumerate(who)}
            attendance.finalise(session, key, number, there)
    clock.set(NOW)
    return Taught(opened, clock, b"", key, who)


def _plans() -> Sequence[SessionPlan]:
    days = [TODAY - 4 * DAY, TODAY - DAY, TODAY, TODAY + DAY, TODAY + 3 * DAY]
    topics: Iterator[tuple[str | None, str]] = iter(
        [*((None, f"KWU-{n:02}") for n in range(1, 6)), (None, "KWU-07"), ("praktik", "KWU-07")]
        + [(None, "KWU-08")] * 3
    )
    made = []
    for day in days:
        for starts, ends in ((510, 690), (780, 960)):
            topic, module = next(topics)
            made.append(SessionPlan(day, starts, ends, 4, topic, module))
    return made


def _hold(opened: Workplace, clock: Hand, key: ClassKey, people: Sequence[ParticipantId]) -> None:
    ends = [NOW - 4 * DAY, NOW - 4 * DAY, NOW - DAY, NOW - DAY, NOW.replace(hour=8, minute=52)]
    for number, end in enumerate(ends, 1):
        clock.set(end)
        marks = {
            who: MarkEntry(Status(letters[number - 1]))
            for who, letters in zip(people, PAST.split(), strict=True)
        }
        with opened.store.write() as session:
            attendance.finalise(session, key, number, marks)


def _mark(opened: Workplace, key: ClassKey, people: Sequence[ParticipantId]) -> None:
    there = {who: MarkEntry(Status.PRESENT) for who in people[:15]}
    there[people[6]] = MarkEntry(Status.LATE, 800)
    there[people[10]] = MarkEntry(Status.SICK, None, "surat dokter")
    with opened.store.write() as session:
        attendance.save_drafts(session, key, 6, there)


def _person(session: Session, name: str, nik: str) -> ParticipantId:
    form = ParticipantForm(name, nik, birth_place="Ternate")
    return participants.register(session, form, SECRET, TODAY)


def _status(person: int, number: int) -> Status:
    return Status("HHHHHHHTHHISHHA"[(person * 7 + number * 3) % 15])
