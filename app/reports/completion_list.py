"""The completion list: who is LULUS, who is BELUM LULUS, and what is missing, in words."""

from __future__ import annotations

from app.domain.completion import Outcome
from app.reports.rows import Completion, CompletionLine
from app.reports.sheet import Cell, Column, Kind, Part, Sheet, Tone, checked, class_facts, masked
from app.reports.words import lack, word

_TONES = {Outcome.PASSED: Tone.STRONG, Outcome.NOT_PASSED: Tone.LATE}


def sheet(data: Completion) -> Sheet:
    """One line a person with attendance, average, decision, grade, certificate and remarks."""
    language = data.head.language
    columns = _columns(data)
    return Sheet(
        title=word("report-completion-list", language),
        head=data.head,
        facts=(*class_facts(data.head), (word("report-result", language), _summary(data))),
        columns=columns,
        rows=checked([_row(line, data) for line in data.lines], columns),
    )


def _columns(data: Completion) -> tuple[Column, ...]:
    language = data.head.language
    return (
        Column(word("report-number", language), 9, 9, align="right", kind=Kind.COUNT),
        Column(word("report-name", language), 48, 58),
        Column(word("report-nik", language), 17, 17),
        Column(word("report-rate", language), 20, 20, align="right", part=Part.BODY, kind=Kind.PERCENT),
        Column(word("report-average", language), 17, 17, align="right", part=Part.BODY, kind=Kind.SCORE),
        Column(word("report-result", language), 26, 26, part=Part.BODY),
        Column(word("report-grade", language), 31, 34, part=Part.BODY),
        Column(word("report-certificate", language), 52, 60, part=Part.BODY),
        Column(word("report-remark", language), 50, 110, part=Part.TAIL),
    )


def _row(line: CompletionLine, data: Completion) -> tuple[Cell, ...]:
    outcome = Cell("") if line.outcome is None else Cell(line.outcome.value, _TONES[line.outcome])
    return (
        Cell(line.number),
        Cell(line.name, Tone.STRONG),
        Cell(masked(line.nik), Tone.QUIET),
        Cell(line.attendance),
        Cell(line.average),
        outcome,
        Cell(line.grade or ""),
        Cell(line.certificate_number),
        Cell(_remarks(line, data)),
    )


def _remarks(line: CompletionLine, data: Completion) -> str:
    language = data.head.language
    said = [lack(missing, language) for missing in line.missing]
    if line.reason:
        said.append(word("report-reason", language, reason=line.reason))
    return "; ".join(said)


def _summary(data: Completion) -> str:
    outcomes = [line.outcome for line in data.lines]
    return word(
        "report-outcomes",
        data.head.language,
        passed=outcomes.count(Outcome.PASSED),
        not_passed=outcomes.count(Outcome.NOT_PASSED),
        undecided=outcomes.count(None),
    )
