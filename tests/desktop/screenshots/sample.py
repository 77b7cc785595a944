"""A made-up centre on the afternoon of 24 November 2026: two laptops, four classes, one conflict."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

from sqlalchemy.orm import Session

from app.actions import (
    attendance,
    certificates,
    classes,
    decisions,
    enrolments,
    participants,
    persons,
    results,
)
from app.actions.participants import ConsentGiven, ParticipantForm
from app.actions.programmes import publication
from app.domain import programme_document
from app.domain.attendance import Status
from app.domain.ids import CentreCode, ParticipantId
from app.domain.keys import ClassKey
from app.domain.marks import MarkEntry
from app.domain.nik import Sex
from app.domain.programme import Programme
from app.domain.results import ResultEntry
from app.domain.roles import Role
from app.domain.row_ids import participant_id
from app.domain.timetable import SessionPlan
from app.storage import logs, settings, workplace
from app.storage.journal import Draft, record
from app.storage.tables import Participant
from app.storage.workplace import Workplace
from sync.client import state
from sync.protocol.exchange import Head
from tests.support.issuing import Authorities, issuer
from tests.support.laptop import EVERYBODY, Clock, Laptop, Office, hand_over

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
CENTRE = CentreCode(10009)
WIT = timezone(timedelta(hours=9), "WIT")
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 13, 24, tzinfo=WIT)
PIN = "482913"
NAMES = [
    "Abdul Rahman Husen",
    "Agustina Wulandari",
    "Ahmad Fauzi",
    "Amina Tuanaya",
    "Bambang Setiawan",
    "Citra Maharani",
    "Daud Latuconsina",
    "Dewi Lestari",
    "Fatimah Umasugi",
    "Hasan Basri",
    "Ibrahim Togubu",
    "Kartini",
    "Made Suartana",
    "Marlina Sangaji",
    "Muhammad Iqbal",
    "Ni Luh Sari",
    "Hj. Nurhayati",
    "Ratna Dewi Kusuma",
    "Rusdi Kamaruddin",
    "Yohana Lumbantobing",
]
OTHERS = [
    "Aisyah Rahmawati",
    "Baharuddin Sidik",
    "Cut Nurlela",
    "Dominggus Rumbewas",
    "Endang Purwanti",
    "Fransiska Wattimena",
    "Gufran Abdullah",
    "Hasnah Malawat",
    "Irwan Tomagola",
    "Joko Susilo",
    "Khadijah Soamole",
    "La Ode Hamzah",
    "Mariam Buamona",
    "Nasir Umaternate",
    "Olivia Pattiasina",
    "Paulus Sahetapy",
    "Rahmat Hidayat",
    "Siti Aminah Tuharea",
    "Taufik Marasabessy",
    "Wahyu Kurniawan",
]
WOMEN = {
    "Agustina", "Amina", "Citra", "Dewi", "Fatimah", "Kartini", "Marlina", "Ni", "Hj.", "Ratna", "Yohana",
    "Aisyah", "Cut", "Endang", "Fransiska", "Hasnah", "Khadijah", "Mariam", "Olivia", "Siti"
}  # fmt: skip
TRADES = (
    "Warung kelontong",
    "Abon ikan",
    "Kue kering",
    "Tenun",
    "Jasa jahit",
    "Kopi rempah",
    "Sagu lempeng",
    "Keripik",
)
PAST = [
    "HHHHH",
    "HHHHH",
    "HHTHH",
    "HHHHH",
    "HHIHH",
    "HHHHH",
    "HTHHT",
    "HHHHH",
    "HHHHH",
    "HAHHH",
    "HHHSH",
    "HHHHH",
    "HHHHH",
    "HHHTH",
    "HHHHH",
    "HHHHH",
    "HIHHH",
    "HHHHH",
    "HAHHA",
    "HHHSH",
]
DRAFTS = "HHHHHHTHHHSHHHH"


@dataclass(slots=True)
class SetClock(Clock):
    """A clock that stands at a moment of the centre's day until it is set to another."""

    def at(self, day: date, hour: int, minute: int = 0) -> None:
        """Stand at this time of the centre's clock."""
        self.now = round(datetime.combine(day, time(hour, minute), WIT).timestamp() * 1000)


@dataclass(slots=True)
class Sample:
    """The data folder of the first laptop, and keys that pages are opened for."""

    folder: Path
    running: ClassKey
    finished: ClassKey
    planned: ClassKey
    people: list[ParticipantId]
    author: bytes


def build(folder: Path) -> Sample:
    """Make the centre; the first laptop's data folder is `folder/laptop`."""
    folder.mkdir(parents=True, exist_ok=True)
    office = Office(folder)
    office.devices = 1
    headquarters = office.headquarters()
    authorities = Authorities()
    _publish(headquarters, authorities)
    first, place = _laptop(office, folder / "laptop", "Balai-02")
    second, beside = _laptop(office, folder / "second", "Balai-05")
    for laptop in (first, second):
        hand_over(headquarters, laptop)
    authorities.lease(headquarters, first, 1_000_000, 200)
    hand_over(headquarters, first)
    made = _story(first, second, folder / "laptop")
    _said(first, place)
    place.close()
    beside.close()
    headquarters.store.close()
    return made


def build_empty(folder: Path) -> bytes:
    """The same centre on its first day, in `folder/laptop`: people who work there, and nothing else."""
    folder.mkdir(parents=True)
    office = Office(folder)
    office.devices = 1
    headquarters = office.headquarters()
    _publish(headquarters, Authorities())
    laptop, place = _laptop(office, folder / "laptop", "Balai-02")
    hand_over(headquarters, laptop)
    author = _people_who_work(laptop)
    place.close()
    headquarters.store.close()
    return author


def person_at_work(session: Session, name: str, login: str, role: Role) -> bytes:
    """Somebody who signs in with the sample's PIN."""
    return persons.add(session, name=name, login=login, role=role, pin=PIN)


def _laptop(office: Office, folder: Path, name: str) -> tuple[Laptop, Workplace]:
    identity = office.identity(CENTRE, name)
    clock = SetClock()
    clock.at(date(2026, 11, 9), 8)
    place, _ = workplace.create(folder, identity, CENTRE, None, _fill, clock)
    return Laptop(place.store, identity, clock, CENTRE), place


def _fill(store: object) -> None:
    with store.write() as session:  # type: ignore[attr-defined]  # a Store; workplace.create gives it
        settings.put(session, settings.CENTRE_SECRET, bytes(range(32)))
        settings.put(session, state.HOST, "https://pusat.balai.example")


def programme() -> Programme:
    """The catalogue's programme for small businesses."""
    return programme_document.parse(json.loads((RESOURCES / "catalogue" / "kwu.json").read_text("utf-8")))


def _publish(headquarters: Laptop, authorities: Authorities) -> None:
    centre = Draft(
        "centre",
        (CENTRE,),
        {
            "name": ("BPVP Ternate", "Balai Pelatihan Vokasi dan Produktivitas Ternate", "BPVP-TTE", None),
            "place": ("Kota Ternate", "82.71", "82", "Asia/Jayapura"),
            "quota": (500,),
            "letterhead": (
                ("KEMENTERIAN KETENAGAKERJAAN", "BPVP TERNATE", "Jalan Raya Ternate"),
                "Kepala Balai", "Drs. H. Anwar Soleman, M.Si.", "19700101 199503 1 000",
            ),
        },
    )  # fmt: skip
    with headquarters.write() as session:
        record(session, [*publication(programme(), "kelulusan-1"), centre], scope=EVERYBODY)
    authorities.publish(headquarters)


def _story(first: Laptop, second: Laptop, folder: Path) -> Sample:
    clock = _clock(first)
    clock.at(date(2026, 11, 9), 8, 30)
    author = _people_who_work(first)
    finished, _ = _class(first, "KWU-08/2026", "VIII", OTHERS, date(2026, 11, 9), "Aula 1")
    _hold_all(first, finished, 10)
    with _writing(first) as session:
        decisions.decide(session, finished, TODAY - timedelta(days=4))
        certificates.issue(
            session, finished, issuer(first), TODAY - timedelta(days=3), _passed(session, finished)[:4]
        )
    clock.at(date(2026, 11, 16), 8, 30)
    running, people = _class(first, "KWU-09/2026", "IX", NAMES, date(2026, 11, 18), "Aula 2", today=TODAY)
    for number in range(1, 6):
        marks = {who: MarkEntry(Status(past[number - 1])) for who, past in zip(people, PAST, strict=True)}
        with _writing(first) as session:
            attendance.finalise(session, running, number, marks)
    _scores(first, running, people)
    planned, _ = _class(first, "KWU-10/2026", "X", OTHERS[:18], date(2026, 12, 1), "Ruang 3")
    hand_over(first, second)
    hand_over(second, first)
    _acknowledge(first)
    _disagree(first, second, running, people[11])
    _afternoon(first, running, people)
    return Sample(folder, running, finished, planned, people, author)


def _people_who_work(laptop: Laptop) -> bytes:
    known = (
        ("Nurlaila Hamid", "nurlaila", Role.INSTRUCTOR),
        ("Yusuf Mahmud", "yusuf", Role.INSTRUCTOR),
        ("Sri Wahyuningsih", "sri", Role.COORDINATOR),
        ("Arifin", "arifin", Role.ADMINISTRATOR),
    )
    with laptop.write() as session:
        made = [person_at_work(session, name, login, role) for name, login, role in known]
    laptop.author = made[0]
    return made[0]


def _class(
    laptop: Laptop, code: str, intake: str, names: list[str] | tuple[str, ...], first: date, room: str,
    today: date | None = None,
) -> tuple[ClassKey, list[ParticipantId]]:  # fmt: skip
    days = [first + timedelta(days=n) for n in range(20) if (first + timedelta(days=n)).weekday() < 5]
    plans = [
        SessionPlan(days[n // 2], 510 if n % 2 == 0 else 780, 690 if n % 2 == 0 else 960, 4)
        for n in range(10)
    ]
    if today is not None:
        plans = _around(today)
    with _writing(laptop) as session:
        key = classes.create(
            session, code=code, title=f"Kewirausahaan UMK, Angkatan {intake}", programme="KWU", version=1,
            first_day=min(plan.day for plan in plans), last_day=max(plan.day for plan in plans),
            intake=intake, room=room, instructors=(laptop.author or b"",),
        )  # fmt: skip
        classes.schedule(session, key, plans)
        people = [_registered(session, laptop, name, first) for name in names]
        enrolments.enrol(session, key, people)
    return key, people


def _registered(session: Session, laptop: Laptop, name: str, consented: date) -> ParticipantId:
    """The person of this name, registered if they are not there yet."""
    form = _form(name)
    known = participant_id(CENTRE, laptop.secret, form.nik or "")
    if session.get(Participant, known) is not None:
        return known
    return participants.register(session, form, laptop.secret, TODAY, ConsentGiven("2026-1", consented))


def _around(today: date) -> list[SessionPlan]:
    """Ten sessions of which five are over, the fifth this morning and the sixth now."""
    offsets = (-6, -5, -4, -1, 0, 0, 1, 1, 2, 3)
    morning = (True, True, True, True, True, False, True, False, True, True)
    topics = ("", "", "", "", "Pembukuan", "HPP", "HPP, praktik", "Pemasaran digital", "", "")
    return [
        SessionPlan(today + timedelta(days=n), 510 if early else 780, 690 if early else 960, 4, topic or None)
        for n, early, topic in zip(offsets, morning, topics, strict=True)
    ]


def _form(name: str) -> ParticipantForm:
    at = [*NAMES, *OTHERS].index(name)
    woman = name.split()[0] in WOMEN
    day = 1 + at % 28
    nik = f"827101{day + (40 if woman else 0):02}0{1 + at % 9}{70 + at % 25:02}{9001 + 7 * at:04}"
    return ParticipantForm(
        name, nik, Sex.FEMALE if woman else Sex.MALE, "Ternate", date(1970 + at % 25, 1 + at % 9, day),
        f"0812 3456 {7000 + at:04}", "Jalan Pahlawan Revolusi, Ternate", TRADES[at % len(TRADES)],
        capital=5_000_000 + 500_000 * (at % 20), sales=30_000_000 + 1_000_000 * at,
    )  # fmt: skip


def _hold_all(laptop: Laptop, key: ClassKey, sessions: int) -> None:
    with _writing(laptop) as session:
        people = [who for who in _enrolled(session, key)]
        for number in range(1, sessions + 1):
            absent = {
                who: MarkEntry(Status.ABSENT if at % 7 == 3 and number > 5 else Status.PRESENT)
                for at, who in enumerate(people)
            }
            attendance.finalise(session, key, number, absent)
        entries = [
            ResultEntry(
                who, module.code, pre=4_000 + 100 * at, post=7_000 + 100 * ((at * 7 + place * 5) % 28)
            )
            for at, who in enumerate(people)
            for place, module in enumerate(programme().modules)
            if not (at == 5 and place == 6)
        ]
        results.record_many(session, key, entries)


def _scores(laptop: Laptop, key: ClassKey, people: list[ParticipantId]) -> None:
    modules = programme().modules
    entries = [
        ResultEntry(
            who,
            module.code,
            pre=4_500 + 100 * ((at * 3 + place) % 20),
            post=7_000 + 100 * ((at * 7 + place * 5) % 25),
        )
        for at, who in enumerate(people)
        for place, module in enumerate(modules[:7])
        if (place < 5 or at not in (2, 8, 17)) and (place < 6 or at < 8) and (at, place) != (11, 5)
    ]
    entries.append(ResultEntry(people[4], modules[4].code, pre=3_900, post=6_400))
    with _writing(laptop) as session:
        results.record_many(session, key, entries, reason="menurut lembar tes")


def _disagree(first: Laptop, second: Laptop, key: ClassKey, kartini: ParticipantId) -> None:
    """Both enter Kartini's post-test before they exchange data."""
    yusuf = _second_person(second)
    for laptop, author, minute, score in ((first, first.author, 10, 7_800), (second, yusuf, 42, 8_700)):
        _clock(laptop).at(TODAY - timedelta(days=1), 15, minute)
        with laptop.store.write(author) as session:
            results.record(
                session, key, ResultEntry(kartini, programme().modules[5].code, pre=5_200, post=score)
            )
    hand_over(second, first)


def _second_person(laptop: Laptop) -> bytes:
    from app.queries import persons as known

    with laptop.read() as session:
        return next(row.id for row in known.listed(session) if row.login == "yusuf")


def _afternoon(laptop: Laptop, key: ClassKey, people: list[ParticipantId]) -> None:
    _clock(laptop).at(TODAY, 13, 5)
    for who, letter in zip(people, DRAFTS, strict=False):
        arrival = 800 if letter == "T" else None
        remark = "surat dokter" if letter == "S" else None
        with _writing(laptop) as session:
            attendance.save_draft(session, key, 6, who, MarkEntry(Status(letter), arrival, remark))


def _acknowledge(laptop: Laptop) -> None:
    """Headquarters has everything up to here."""
    _clock(laptop).at(TODAY - timedelta(days=1), 14, 40)
    with laptop.store.write() as session:
        logs.sign(session.connection(), laptop.identity)
        at = laptop.clock()
        held = [head for head in logs.held(session.connection()) if head.own]
        acks = {
            head.log: Head(head.signed_seq, logs.hash_at(session.connection(), head, head.signed_seq)[:8])
            for head in held
        }
        state.keep_acknowledged(session, acks, at)
        settings.put(session, state.CONTACT, at)


def _said(laptop: Laptop, place: Workplace) -> None:
    place.advance()


def _passed(session: Session, key: ClassKey) -> list[ParticipantId]:
    from app.queries import completion

    return [
        line.person.participant
        for line in completion.standings(session, key)
        if line.decision is not None and line.decision.outcome == "LULUS"
    ]


def _enrolled(session: Session, key: ClassKey) -> list[ParticipantId]:
    from app.queries import rosters

    return [row.participant for row in rosters.enrolled(session, key)]


def _clock(laptop: Laptop) -> SetClock:
    assert isinstance(laptop.clock, SetClock)
    return laptop.clock


@contextmanager
def _writing(laptop: Laptop) -> Iterator[Session]:
    with laptop.write() as session:
        yield session
