"""The score summary (rekap nilai): people by modules, with averages both ways."""

from __future__ import annotations

from app.domain.progress import ModuleState, average
from app.reports.rows import ModuleHead, ModuleScore, ScoreLine, Scores
from app.reports.sheet import Cell, Column, Kind, Part, Sheet, Tone, checked, class_facts, masked
from app.reports.words import word


def sheet(data: Scores) -> Sheet:
    """One line a person, one column a module, or two where pre-tests are asked for."""
    language = data.head.language
    columns = _columns(data)
    legend = [word("report-legend-scores", language)]
    if any(score.state is ModuleState.RECOGNISED for line in data.lines for score in line.scores):
        legend.append(word("report-legend-recognised", language))
    return Sheet(
        title=word("report-score-recap", language),
        head=data.head,
        facts=class_facts(data.head),
        columns=columns,
        rows=checked([_row(line, data) for line in data.lines], columns),
        foot=checked([_foot(data)], columns)[0],
        legend=tuple(legend),
    )


def _columns(data: Scores) -> tuple[Column, ...]:
    language = data.head.language
    modules = [column for module in data.modules for column in _module(module, data)]
    return (
        Column(word("report-number", language), 9, 9, align="right", kind=Kind.COUNT),
        Column(word("report-name", language), 44, 90),
        Column(word("report-nik", language), 17, 17),
        *modules,
        Column(word("report-done", language), 15, 18, align="right", part=Part.TAIL, kind=Kind.COUNT),
        Column(word("report-average", language), 15, 18, align="right", part=Part.TAIL, kind=Kind.SCORE),
    )


def _module(module: ModuleHead, data: Scores) -> list[Column]:
    def column(head: str) -> Column:
        return Column(
            head,
            10.5,
            14,
            below=module.code,
            align="right",
            part=Part.BODY,
            kind=Kind.SCORE,
            upright=True,
        )

    if not data.pre_tests:
        return [column(module.title)]
    tests = ("report-pre", "report-post")
    return [column(f"{module.title}, {word(test, data.head.language)}") for test in tests]


def _row(line: ScoreLine, data: Scores) -> tuple[Cell, ...]:
    pairs = zip(data.modules, line.scores, strict=True)
    done = sum(s.state in (ModuleState.DONE, ModuleState.RECOGNISED) for s in line.scores)
    return (
        Cell(line.number),
        Cell(line.name, Tone.STRONG),
        Cell(masked(line.nik), Tone.QUIET),
        *(cell for module, score in pairs for cell in _scores(module, score, data)),
        Cell(done),
        Cell(line.average, Tone.STRONG),
    )


def _scores(module: ModuleHead, score: ModuleScore, data: Scores) -> list[Cell]:
    """The module's cells: a score below the pass mark is flagged, prior learning says so in letters."""
    if score.post is None and score.state is ModuleState.RECOGNISED:
        post = Cell(word("report-recognised", data.head.language), Tone.EXCUSED)
    elif score.post is not None and score.post < module.pass_mark:
        post = Cell(score.post, Tone.ABSENT, mark="!")
    else:
        post = Cell(score.post)
    return [Cell(score.pre, Tone.QUIET), post] if data.pre_tests else [post]


def _foot(data: Scores) -> tuple[Cell, ...]:
    means: list[Cell] = []
    for place in range(len(data.modules)):
        scores = [line.scores[place] for line in data.lines]
        if data.pre_tests:
            means.append(Cell(average(s.pre for s in scores)))
        means.append(Cell(average(s.post for s in scores)))
    mean = average(line.average for line in data.lines)
    return Cell(), Cell(word("report-average", data.head.language)), Cell(""), *means, Cell(), Cell(mean)
