"""Deciding LULUS or BELUM LULUS: as the programme's rule has it, or against it with a reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.actions import changes
from app.domain import completion
from app.domain.completion import Decision, Outcome
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.domain.text import LONGEST_REMARK, one_line, optional_line
from app.errors import NotFound, Refused
from app.queries import certificates
from app.queries.completion import CompletionLine, DecisionRow, standings
from app.storage.journal import Draft


@dataclass(frozen=True, slots=True)
class Decided:
    """How many people have which decision now, of those decided on, and how many changes that took."""

    passed: int
    not_passed: int
    changes: int


def decide(
    session: Session,
    key: ClassKey,
    today: date,
    people: Collection[ParticipantId] | None = None,
    outcome: Outcome | None = None,
    reason: str | None = None,
) -> Decided:
    """Decide on these people of a class (None: everybody enrolled), with this outcome (None: by the rule).

    By the rule, everybody at once, decisions that somebody took against it stay. A decision that stands
    already writes nothing. Raises Refused("decision-reason-missing") against the rule,
    ("reason-missing") where another decision stands, NotFound("participant-not-enrolled").
    """
    said = optional_line(reason, "reason", LONGEST_REMARK)
    lines = _chosen(standings(session, key), key, people)
    if people is None and outcome is None:
        lines = [line for line in lines if line.decision is None or not line.decision.override]
    if not lines:
        raise Refused("decision-nobody", field="participant", code_of_class=key.code)
    drafts: list[Draft] = []
    passed = 0
    for line in lines:
        made = completion.decide(line.judgement, outcome or line.judgement.outcome, said or "")
        passed += made.outcome is Outcome.PASSED
        if not _stands(line.decision, made):
            drafts.append(_draft(key, line, made, today, said))
    written = changes.write(session, drafts, {"decision": changes.overwrites})
    return Decided(passed, len(lines) - passed, written)


def _chosen(
    lines: list[CompletionLine], key: ClassKey, people: Collection[ParticipantId] | None
) -> list[CompletionLine]:
    if people is None:
        return lines
    chosen = [line for line in lines if line.person.participant in people]
    if len(chosen) < len(set(people)):
        raise NotFound("participant-not-enrolled", field="participant", code_of_class=key.code)
    return chosen


def _stands(present: DecisionRow | None, made: Decision) -> bool:
    """Whether this is what was decided already, on whichever day."""
    return present is not None and (present.outcome, present.override) == (made.outcome, made.override)


def _draft(key: ClassKey, line: CompletionLine, made: Decision, today: date, reason: str | None) -> Draft:
    values = (made.outcome.value, made.override, made.reason if made.override else None, today)
    return Draft("decision", (*key, line.person.participant), {"decision": values}, reason)


def take_back(session: Session, key: ClassKey, people: Collection[ParticipantId], reason: str) -> int:
    """Undo decisions just taken: these people are undecided again; returns how many changes that took.

    Whoever holds a certificate stays decided: Refused("decision-certified").
    """
    said = one_line(reason, "reason", LONGEST_REMARK)
    if not certificates.certified(session, key).isdisjoint(people):
        raise Refused("decision-certified", field="participant")
    nothing = {"decision": (None, None, None, None)}
    drafts = [Draft("decision", (*key, who), nothing, said) for who in sorted(people)]
    return changes.write(session, drafts, {"decision": changes.overwrites})
