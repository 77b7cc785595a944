"""The lines of the list of participants: what each column says of a person."""

from __future__ import annotations

from app.domain.enrolment import EnrolmentState
from app.queries.participants_board import Agreed, ClassNow, PersonLine
from ui.desktop.tokens import Tone
from ui.desktop.widgets.cells import Arrow, Cell, Iconed, Masked, name, side
from ui.desktop.widgets.rows import Column
from ui.desktop.wording import Text, words

ROW = 38
AGREED = {
    Agreed.GIVEN: ("circle-check", "participants-agreed", Tone.GREEN),
    Agreed.WITHDRAWN: ("circle-minus", "participants-agreed-withdrawn", Tone.RED),
    Agreed.MISSING: ("circle-alert", "participants-agreed-missing", Tone.AMBER),
}


def columns() -> list[Column[PersonLine]]:
    """Name, business, NIK, address, the class now, phone, consent."""
    return [
        Column(words("participants-name"), lambda line: name(line.person.name), share=5, least=150),
        Column(words("participants-business"), lambda line: side(line.person.business or ""), 4, 110),
        Column(words("participants-nik"), lambda line: nik_cell(line.person.nik)),
        Column(words("participants-address"), lambda line: side(line.person.address or ""), 4, 110),
        Column(words("participants-class"), lambda line: _class_now(line.now)),
        Column(words("participants-phone"), lambda line: phone_text(line.person.phone)),
        Column(words("participants-consent"), lambda line: agreed_cell(line.agreed)),
        Column("", lambda _: Arrow()),
    ]


def nik_cell(masked: str) -> Cell:
    """The last four digits; in words where somebody came without a NIK."""
    return Masked(masked[-4:]) if masked else side(words("participants-nik-none"))


def agreed_cell(agreed: Agreed) -> Cell:
    """The state of consent, by icon and word."""
    icon, code, tone = AGREED[agreed]
    return Iconed(icon, words(code), tone)


def phone_text(phone: str | None) -> str:
    """A number as people read it out: 0812 3456 7890 for +6281234567890; a dash for none."""
    if not phone:
        return "–"
    local = "0" + phone.removeprefix("+62") if phone.startswith("+62") else phone
    return " ".join([local[:4], *(local[at : at + 4] for at in range(4, len(local), 4))])


def class_said(now: ClassNow) -> Text:
    """The code of the class, and how somebody stands towards it where that is not simply: in it."""
    if now.state is not EnrolmentState.ENROLLED:
        return words(f"participants-class-{now.state}", code=now.key.code)
    return words("participants-class-over", code=now.key.code) if now.over else now.key.code


def _class_now(now: ClassNow | None) -> Cell:
    return side("–" if now is None else class_said(now))
