"""Registering participants with their enterprise and their consent, and correcting what is kept of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from app.actions import changes, row_ids
from app.domain import enterprise, nib, nik, phone
from app.domain.ids import ParticipantId
from app.domain.nik import Sex
from app.domain.row_ids import participant_id
from app.domain.text import LONGEST_REMARK, one_line, optional_line
from app.errors import NotFound, Refused
from app.journal.change import Ref
from app.journal.registry import LIFE
from app.queries.participants import holder, one
from app.storage.journal import Draft, Plain, plain
from app.storage.present import shown

Groups = dict[str, tuple[Plain, ...]]


@dataclass(frozen=True, slots=True)
class ParticipantForm:
    """What is asked of a participant, as typed; money in rupiah, sales of a year.

    Without `existing` an enterprise that has sold anything counts as existing (PP 7/2021 art. 35).
    """

    name: str
    nik: str | None = None
    sex: Sex | None = None
    birth_place: str | None = None
    birth_date: date | None = None
    phone: str | None = None
    address: str | None = None
    business: str | None = None
    nib: str | None = None
    capital: int | None = None
    sales: int | None = None
    existing: bool | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """Proof of consent (UU PDP 27/2022 art. 24): to which version of the notice, when, and how.

    `manner`: "signed" on paper, "ticked" on screen, "spoken".
    """

    version: str
    given_on: date
    manner: str = "signed"


def register(
    session: Session,
    form: ParticipantForm,
    secret: bytes,
    today: date,
    consent: ConsentGiven | None = None,
) -> ParticipantId:
    """Register somebody of this centre. Whoever has a NIK gets the id every laptop of the centre gives it
    (`secret` is the centre's); a walk-in without one gets a fresh id. Whoever was deleted comes back.

    Raises Refused("participant-exists") and the codes of NIK, phone, NIB, scale and text.
    """
    groups = checked(form, today)
    number = groups["identity"][0]
    if isinstance(number, str):
        made = participant_id(changes.centre(session), secret, number)
        _demand_free(session, number)
    else:
        made = ParticipantId(row_ids.fresh())
    row = shown(session.connection(), "participant", [(made,)]).get((made,))
    if row is not None and row[LIFE.name] != (True,):  # known by this id, with another NIK by now
        raise Refused("participant-exists", field="nik")
    back: Groups = {} if row is None else {LIFE.name: (False,)}
    agreed = _still_to_write(session, consents([made], consent))
    changes.write(session, [Draft("participant", (made,), {**groups, **back}), *agreed])
    return made


def edit(
    session: Session,
    participant: bytes,
    form: ParticipantForm,
    today: date,
    seen: tuple[Ref, ...] | None = None,
) -> ParticipantId:
    """Give a participant these values, all of them: what the form leaves empty becomes empty.

    Raises NotFound("participant-unknown") and what `register` raises.
    """
    if not shown(session.connection(), "participant", [(participant,)]):
        raise NotFound("participant-unknown", field="participant")
    groups = checked(form, today)
    if isinstance(number := groups["identity"][0], str):
        _demand_free(session, number, participant)
    changes.write(session, [Draft("participant", (participant,), groups, seen=seen)])
    return ParticipantId(participant)


def remove(session: Session, participant: bytes) -> ParticipantId:
    """Delete somebody registered by mistake, with what they agreed to; NotFound("participant-unknown")."""
    rows: list[tuple[str, tuple[Plain, ...]]] = [("participant", (participant,))]
    rows += [("consent", (participant, given.version)) for given in one(session, participant).consents]
    changes.write(session, [Draft(name, key, {LIFE.name: (True,)}) for name, key in rows])
    return ParticipantId(participant)


def rename(session: Session, participant: bytes, name: str, reason: str) -> ParticipantId:
    """Correct the name alone, for this reason; NotFound("participant-unknown")."""
    row = shown(session.connection(), "participant", [(participant,)]).get((participant,))
    if row is None:
        raise NotFound("participant-unknown", field="participant")
    number, _, *rest = row["identity"]
    identity: tuple[Plain, ...] = (number, one_line(name, "name"), *rest)
    said = one_line(reason, "reason", LONGEST_REMARK)
    changes.write(session, [Draft("participant", (participant,), {"identity": identity}, said)])
    return ParticipantId(participant)


def give_consent(session: Session, participant: bytes, consent: ConsentGiven) -> ParticipantId:
    """Record a consent; one to the same version that stands already stays as it is."""
    changes.write(session, _still_to_write(session, consents([participant], consent)))
    return ParticipantId(participant)


def withdraw_consent(session: Session, participant: bytes, version: str, day: date) -> ParticipantId:
    """Record that a consent was taken back; NotFound("consent-unknown") where it was never given."""
    row = shown(session.connection(), "consent", [(participant, version)]).get((participant, version))
    if row is None:
        raise NotFound("consent-unknown", field="version", version=version)
    given_on, manner, _ = row["consent"]
    values: tuple[Plain, ...] = (given_on, manner, day)
    changes.write(session, [Draft("consent", (participant, version), {"consent": values})])
    return ParticipantId(participant)


def forget_consent(session: Session, participant: bytes, version: str) -> ParticipantId:
    """Take out a consent that was recorded by mistake, which is not the same as one taken back."""
    if shown(session.connection(), "consent", [(participant, version)]):
        changes.write(session, [Draft("consent", (participant, version), {LIFE.name: (True,)})])
    return ParticipantId(participant)


def checked(form: ParticipantForm, today: date) -> Groups:
    """The form as groups of a participant's row, every field in its one spelling; raises as `register`.

    Sex and birth date that the form leaves out are those the NIK says.
    """
    said = nik.parse(form.nik, today) if form.nik else None
    existing = enterprise.is_existing(form.sales) if form.existing is None else form.existing
    known = form.existing is not None or form.sales is not None
    scale = enterprise.classify(form.capital, form.sales, existing)
    if scale is not None and scale.refusal is not None:
        raise Refused(scale.refusal, field="capital")
    sex = form.sex or (said.sex if said else None)
    return {
        "identity": (
            said.value if said else None,
            one_line(form.name, "name"),
            sex.value if sex else None,
            optional_line(form.birth_place, "birth_place"),
            form.birth_date or (said.birth_date if said else None),
        ),
        "contact": (
            phone.parse(form.phone) if form.phone else None,
            optional_line(form.address, "address", LONGEST_REMARK),
        ),
        "enterprise": (
            optional_line(form.business, "business"),
            nib.parse(form.nib) if form.nib else None,
        ),
        "scale": (form.capital, form.sales, existing if known else None),
        "remark": (optional_line(form.remark, "remark", LONGEST_REMARK),),
    }


def consents(participants: list[ParticipantId] | list[bytes], consent: ConsentGiven | None) -> list[Draft]:
    """One consent for each of them, as drafts."""
    if consent is None:
        return []
    version = one_line(consent.version, "version", 40)
    values = (consent.given_on, one_line(consent.manner, "manner", 40), None)
    return [Draft("consent", (p, version), {"consent": values}) for p in participants]


def _demand_free(session: Session, number: str, whose: bytes | None = None) -> None:
    """A NIK is one person's: also of a walk-in whose id says nothing of it, since it was filled in later."""
    known = holder(session, number)
    if known is not None and known.id != whose:
        raise Refused("participant-exists", field="nik")


def _still_to_write(session: Session, drafts: list[Draft]) -> list[Draft]:
    """The consents that do not stand yet: those new, withdrawn, or deleted and now coming back."""
    there = shown(session.connection(), "consent", [plain(d.key) for d in drafts])
    wanted = []
    for draft in drafts:
        row = there.get(plain(draft.key))
        if row is None:
            wanted.append(draft)
        elif row[LIFE.name] == (True,):
            wanted.append(replace(draft, groups={**draft.groups, LIFE.name: (False,)}))
        elif row["consent"][2] is not None:
            wanted.append(draft)
    return wanted
