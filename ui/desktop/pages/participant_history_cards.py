"""The left side of a person's story: the data on record, and a card for each class."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain import attendance, nik
from app.domain.calendar import money
from app.domain.certificates import CertificateState
from app.domain.completion import Outcome
from app.domain.enrolment import EnrolmentState
from app.queries.certificates import CertificateRow
from app.queries.participant_story import Stay
from app.queries.participants import ParticipantDetail
from ui.desktop.pages.classes_rows import period
from ui.desktop.pages.participants_rows import phone_text
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Size
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.chips import Chip, ChipLook
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Item, Put, column, fill, row, widget
from ui.desktop.widgets.lines import Line
from ui.desktop.wording import Text, language, plain_day, words

_LABEL = 116
_STATES = {
    EnrolmentState.APPLIED: Hue.GREY,
    EnrolmentState.WAITING: Hue.AMBER,
    EnrolmentState.ENROLLED: Hue.BLUE,
    EnrolmentState.WITHDRAWN: Hue.GREY,
    EnrolmentState.MOVED: Hue.GREY,
}


class StayCard(Card):
    """A class somebody is or was in, with what came of it.

    Signals:
        opened: the class is to be opened.
    """

    opened = Signal()

    def __init__(self, stay: Stay) -> None:
        super().__init__(margins=(18, 14, 18, 14))
        there = stay.participation
        go = Button(words("story-open-class"), size=Size.SMALL)
        go.setAccessibleDescription(there.title)  # there may be several of these buttons
        go.clicked.connect(self.opened)
        said: Text = words("story-class", code=there.key.code, period=period(there.first_day, there.last_day))
        if there.first_day is None:
            said = there.key.code
        named = column(
            Label(there.title, Role.STRONG, wrap=True), Label(said, Role.SMALL, Tone.INK2, wrap=True)
        )
        top = Qt.AlignmentFlag.AlignTop
        parts: list[Item] = [row(Grow(named), 10, Put(chip(stay), top), 10, Put(go, top))]
        for line in _lines(stay):
            parts += [10, line]
        fill(self.body, parts)


def data_card(person: ParticipantDetail) -> Card:
    """What is on record of somebody, the NIK by its last four digits."""
    parts: list[Item] = [Label(words("story-data"), Role.STRONG), 4]
    for label, said in _data(person):
        name = Label(words(label), Role.SMALL, Tone.INK2, wrap=True)
        name.setFixedWidth(_LABEL)
        top = Qt.AlignmentFlag.AlignTop
        parts += [6, widget(row(Put(name, top), 12, Grow(Label(said, Role.BODY, wrap=True))))]
    return Card(*parts, margins=(18, 14, 18, 16))


def chip(stay: Stay) -> Chip:
    """What was decided, else how they stand towards the class."""
    there = stay.participation
    if stay.decision is not None:
        passed = stay.decision.outcome is Outcome.PASSED
        return Chip(ChipLook(stay.decision.outcome.value, Hue.GREEN if passed else Hue.GREY))
    return Chip(ChipLook(words(f"value-state-{there.state}"), _STATES[there.state]))


def _data(person: ParticipantDetail) -> list[tuple[str, Text]]:
    """Labels and what is on record; what is not is left out, but for NIK and consent."""
    born = [one for one in (person.birth_place, person.birth_date and plain_day(person.birth_date)) if one]
    scale = None if person.scale is None else words(f"completion-scale-{person.scale.scale}")
    rows: list[tuple[str, Text | None]] = [
        ("participants-nik", nik.mask(person.nik) if person.nik else words("participants-nik-none")),
        ("participant-sex", person.sex and words(f"value-sex-{person.sex.lower()}")),
        ("story-born", ", ".join(str(one) for one in born)),
        ("participants-phone", phone_text(person.phone) if person.phone else None),
        ("participants-address", person.address),
        ("participants-business", person.business),
        ("participant-nib", person.nib),
        ("participant-scale", scale),
        ("story-sales", _money(person.sales)),
        ("story-capital", _money(person.capital)),
        ("participant-remark", person.remark),
        ("participants-consent", _consent(person)),
    ]
    return [(label, said) for label, said in rows if said]


def _consent(person: ParticipantDetail) -> Text:
    stands = [one for one in person.consents if one.withdrawn_on is None]
    if not stands:
        code = "participants-agreed-withdrawn" if person.consents else "participants-agreed-missing"
        return words(code)
    given = stands[-1]
    day: Text = "–" if given.given_on is None else plain_day(given.given_on)
    return words("completion-consent-given", day=day, version=given.version)


def _money(rupiah: int | None) -> str | None:
    return None if rupiah is None else money(rupiah, "en" if language() == "en" else "id")


def _lines(stay: Stay) -> list[QWidget]:
    """Attendance, results, decision and certificates in sentences."""
    lines: list[QWidget] = []
    if stay.rate is not None:
        facts = {
            "present": stay.present,
            "counted": stay.counted,
            "rate": attendance.percent(stay.rate) // 100,
        }
        lines.append(Line("calendar-check", Hue.GREY, words("story-attendance", **facts)))
    if stay.modules:
        average = "–" if stay.average is None else round(stay.average / 100)
        done = {"n": stay.modules, "of": stay.of_modules, "average": average}
        lines.append(Line("clipboard-list", Hue.GREY, words("story-results", **done)))
    made = stay.decision
    if made is not None:
        day = "" if made.decided_on is None else plain_day(made.decided_on)
        reason = words("roll-history-reason", reason=made.reason) if made.reason else ""
        said = words("story-decided", outcome=made.outcome.value, day=day)
        lines.append(Line("circle-check", Hue.GREY, said, reason))
    return [*lines, *(_paper(one) for one in stay.certificates)]


def _paper(one: CertificateRow) -> Line:
    """A certificate with its number and what became of it."""
    stands = one.state is CertificateState.ISSUED
    day: Text = "–" if one.signed_on is None else plain_day(one.signed_on)
    facts = {"number": one.official_number, "day": day, "state": words(f"value-state-{one.state}")}
    code = "story-certificate-issued" if stands else "story-certificate-state"
    return Line("award", Hue.GREEN if stands else Hue.RED, words(code, **facts), one.reason or "")
