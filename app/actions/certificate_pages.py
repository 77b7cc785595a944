"""What a certificate says, put together from the class, the centre and the person, to be frozen at issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.certificates.backpage import Module, ModuleOutcome
from app.certificates.paper.content import Grade, PageContent, Signatory
from app.domain.attendance import Tally
from app.domain.completion import Standing
from app.domain.ids import Serial
from app.domain.places import town
from app.domain.programme import Programme, Rule
from app.domain.progress import ModuleState
from app.errors import Refused
from app.queries.centres import CentreRow
from app.queries.classes import ClassRow
from app.queries.participants import ParticipantDetail

LINES_OF_LETTERHEAD = 3


@dataclass(frozen=True, slots=True)
class Occasion:
    """What all certificates of one issue have in common. `host` is where anyone can verify them."""

    centre: CentreRow
    head: ClassRow
    programme: Programme
    template: str
    template_hash: bytes
    host: str
    dated: date
    signed: date
    instructor: str | None
    sample: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person with what the certificate says of them."""

    person: ParticipantDetail
    standing: Standing
    average: int | None
    grade: str | None


def modules(candidate: Candidate, programme: Programme) -> list[Module]:
    """The lines of the back page, in the programme's order."""
    results = {result.module: result for result in candidate.standing.results}
    lines = []
    for module in programme.modules:
        result = results.get(module.code)
        post = None if result is None else result.post
        state = None if result is None else result.state
        outcome = _outcome(state, post, programme.pass_mark(module))
        lines.append(Module(module.code, module.jp, post, outcome))
    return lines


def _outcome(state: ModuleState | None, post: int | None, pass_mark: int) -> ModuleOutcome:
    if state is ModuleState.RECOGNISED:
        return ModuleOutcome.RECOGNISED
    if post is None:
        return ModuleOutcome.NOT_ASSESSED
    return ModuleOutcome.PASSED if post >= pass_mark else ModuleOutcome.NOT_PASSED


def page(
    occasion: Occasion,
    candidate: Candidate,
    *,
    credential: bytes,
    back: bytes,
    number: str,
    replaces: Serial | None,
) -> PageContent:
    """The whole paper; raises Refused('signatory-missing') while the centre has nobody to sign."""
    centre, programme = occasion.centre, occasion.programme
    if not (centre.signatory and centre.signatory_title):
        raise Refused("signatory-missing", field="signatory", centre=centre.name)
    return PageContent(
        template=occasion.template,
        template_hash=occasion.template_hash,
        host=occasion.host,
        credential=credential,
        back=back,
        number=number,
        birth_place=candidate.person.birth_place,
        nik_digits=candidate.person.nik[-4:] if candidate.person.nik else None,
        intake=f"Angkatan {occasion.head.intake}" if occasion.head.intake else None,
        place=town(centre.city),
        letterhead=centre.letterhead[:LINES_OF_LETTERHEAD] or (centre.full_name,),
        signatory=Signatory(centre.signatory_title, centre.signatory, _nip(centre.signatory_nip)),
        titles=tuple(module.title for module in programme.modules),
        instructor=Signatory("Instruktur", occasion.instructor) if occasion.instructor else None,
        average=candidate.average,
        grade=candidate.grade,
        scale=scale(programme.rule),
        attendance=_attended(candidate.standing.tally),
        jp_minutes=programme.rule.jp_minutes,
        replaces=replaces,
        sample=occasion.sample,
    )


def scale(rule: Rule) -> tuple[Grade, ...]:
    """The grades as ranges of whole points, the highest first; below the lowest, what merely passes."""
    lines: list[Grade] = []
    top = 100
    for grade in (*rule.grades, None):
        low = -(-(rule.pass_mark if grade is None else grade.minimum) // 100)
        if low <= top:
            lines.append(Grade(low, top, "Lulus" if grade is None else grade.label))
            top = low - 1
    return tuple(lines)


def _attended(counted: Tally) -> tuple[int, int] | None:
    held = counted.present + counted.absent
    return (counted.present, held) if held else None


def _nip(digits: str) -> str | None:
    return f"NIP {digits}" if digits else None


def in_order(candidates: Sequence[Candidate]) -> list[Candidate]:
    """By name, so that numbers run on as the list in the office does."""
    return sorted(candidates, key=lambda candidate: candidate.person.name.casefold())
