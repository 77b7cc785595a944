"""`balai completion --class CODE`: who has completed, what is missing for whom, and the decision."""

from __future__ import annotations

from typing import Annotated

import typer

from app.actions import decisions
from app.domain.completion import Outcome
from app.domain.progress import score_text
from app.errors import Refused
from app.queries import completion, rosters
from app.queries.completion import CompletionLine
from ui.cli.desk import Desk, class_key, today


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command("completion")(show)


def show(
    context: typer.Context,
    code: Annotated[str, typer.Option("--class", help="Kode kelas. / Class code.")],
    decide: Annotated[
        bool,
        typer.Option(
            "--decide", help="Tetapkan LULUS atau BELUM LULUS menurut aturan. / Decide by the rule."
        ),
    ] = False,
    override: Annotated[
        str | None, typer.Option(help="Peserta yang ditetapkan lain. / Whom to decide otherwise.")
    ] = None,
    outcome: Annotated[Outcome | None, typer.Option(help="Ketetapan itu. / That decision.")] = None,
    reason: Annotated[str, typer.Option(help="Alasannya. / Its reason.")] = "",
) -> int:
    """Siapa yang lulus, dan apa yang masih kurang. / Who has completed, and what is missing."""
    desk: Desk = context.obj
    if (override is None) != (outcome is None):
        raise Refused("override-incomplete", field="override")
    with desk.workplace() as opened:
        key = class_key(opened, code)
        if decide or override is not None:
            with opened.store.write(desk.author(opened)) as session:
                who = None if override is None else [rosters.finder(session, key).find(override)]
                decisions.decide(session, key, today(opened), who, outcome, reason or None)
        with opened.store.read() as session:
            rows = completion.standings(session, key)
    passed = sum(row.decision is not None and row.decision.outcome is Outcome.PASSED for row in rows)
    desk.say("cli-completion", code=key.code, people=len(rows), passed=passed)
    document = {"class": key.code, "people": [_document(desk, row) for row in rows]}
    heads = ("cli-number", "cli-name", "cli-attendance", "cli-average", "cli-outcome", "cli-missing")
    desk.show(document, desk.table("cli-completion-title", heads, [_line(desk, row) for row in rows]))
    return 0


def _document(desk: Desk, row: CompletionLine) -> dict[str, object]:
    judged = row.judgement
    return {
        "number": row.person.place,
        "name": row.person.name,
        "attendance": _percent(row),
        "average": None if judged.average is None else judged.average / 100,
        "rule": judged.outcome.value,
        "still_possible": judged.still_possible,
        "missing": [
            {"code": lack.code.value, "words": _words(desk, row)[i]} for i, lack in enumerate(judged.missing)
        ],
        "decision": None if row.decision is None else row.decision.outcome.value,
        "override": row.decision is not None and row.decision.override,
    }


def _line(desk: Desk, row: CompletionLine) -> tuple[object, ...]:
    average = row.judgement.average
    return (
        row.person.place,
        row.person.name,
        "" if _percent(row) is None else f"{_percent(row)} %",
        "" if average is None else score_text(average, "." if desk.language == "en" else ","),
        (row.decision.outcome if row.decision else row.judgement.outcome).value,
        "; ".join(_words(desk, row)),
    )


def _words(desk: Desk, row: CompletionLine) -> list[str]:
    mark = "." if desk.language == "en" else ","
    return [desk.words(lack.code.value, **lack.facts(mark)) for lack in row.judgement.missing]


def _percent(row: CompletionLine) -> int | None:
    """Whole percent, rounded down: 79.9 % is not 80."""
    rate = row.standing.tally.rate
    return None if rate is None else rate.numerator * 100 // rate.denominator
