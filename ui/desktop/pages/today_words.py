"""How a day's sessions read: what a session is of, what the day holds, how far a class is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.domain.attendance import SessionState
from app.queries.classes import ClassRow
from app.queries.today import DaySession
from ui.desktop.pages.roll_call_marks import counted, part_of_day
from ui.desktop.wording import Text, clock, words


def minute(now: datetime) -> int:
    """Minutes since midnight."""
    return now.hour * 60 + now.minute


def at(minutes: int | None) -> str:
    """A time of the day, or nothing where none is planned."""
    return "" if minutes is None else clock(minutes)


def about(of: DaySession, people: bool = False) -> Text:
    """Pertemuan 6 dari 10. Modul 7: HPP. Aula 2. 16 peserta."""
    said: Text = words("today-session", number=of.session.number, of=of.head.planned)
    module = taught(of)
    if str(module):
        said = words("two-sentences", first=said, second=words("a-sentence", text=module))
    if of.head.room:
        said = words("two-sentences", first=said, second=words("a-sentence", text=of.head.room))
    if people:
        said = words("two-sentences", first=said, second=words("today-people-said", n=of.head.enrolled))
    return said


def tomorrow(of: DaySession) -> Text:
    """Pertemuan 7. Modul 7: HPP, praktik."""
    said: Text = words("a-sentence", text=words("today-session-number", number=of.session.number))
    module = taught(of)
    return words("two-sentences", first=said, second=module) if str(module) else said


def taught(of: DaySession) -> Text:
    """Modul 7: HPP, praktik: the module and the topic, as far as they are planned."""
    topic = of.session.topic or ""
    if of.module is None:
        return topic
    number, title = of.module
    code = "today-module-topic" if topic else "today-module"
    return words(code, number=number, title=title, topic=topic)


def time_said(now: datetime) -> Text:
    """Pukul 13.24 WIT."""
    return words("today-time", time=clock(minute(now)), zone=now.tzname() or "")


def day_said(now: datetime, sessions: Sequence[DaySession]) -> Text:
    """Pukul 13.24 WIT. Tiga sesi hari ini, sesi siang sedang berlangsung."""
    time = time_said(now)
    if not sessions:
        return words("two-sentences", first=time, second=words("today-none"))
    n = len(sessions)
    running = [of for of in sessions if is_on(of, now)]
    if running:
        part = part_of_day(running[0].session.starts or 0, inside=True)
        return words("two-sentences", first=time, second=words("today-on", n=n, count=counted(n), part=part))
    return words("two-sentences", first=time, second=words("today-sessions-said", n=n, count=counted(n)))


def is_on(of: DaySession, now: datetime) -> bool:
    """Whether the session is going on now."""
    row = of.session
    if row.starts is None or row.ends is None or row.state is SessionState.NOT_HELD:
        return False
    return row.day == now.date() and row.starts <= minute(now) < row.ends


def current(sessions: Sequence[DaySession], now: datetime) -> int:
    """Which session one most likely wants: the one going on, else the first that is not final, else the last;
    -1 where there is none."""
    wanted = [at for at, of in enumerate(sessions) if is_on(of, now) and not of.final]
    wanted += [at for at, of in enumerate(sessions) if not of.final]
    return wanted[0] if wanted else len(sessions) - 1


def progress(head: ClassRow, begins_today: bool) -> Text:
    """5 dari 10 pertemuan, or that it begins today."""
    if begins_today and not head.held:
        return words("today-begins")
    return words("today-progress", n=head.held, of=head.planned)
