"""What stands between one person and LULUS, as a checklist in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain import attendance, progress
from app.domain.completion import Lack, Missing
from app.domain.ids import ModuleCode
from app.domain.programme import Programme
from app.domain.progress import Result
from app.queries.completion import CompletionLine
from app.queries.participants import ParticipantDetail
from ui.desktop.pages.completion_rows import missing_words, percent
from ui.desktop.tokens import Hue
from ui.desktop.wording import Text, Words, language, plain_day, words

_DONE, _OPEN, _GONE = ("circle-check", Hue.GREEN), ("circle-alert", Hue.AMBER), ("circle-minus", Hue.RED)
_ATTENDANCE = (Lack.ATTENDANCE_BELOW, Lack.ATTENDANCE_OPEN, Lack.ATTENDANCE_NONE)
_TAKEN = (Lack.MODULE_MISSING, Lack.MODULE_UNFINISHED)
_LISTED = 3  # untaken modules that get a line each


@dataclass(frozen=True, slots=True)
class Point:
    """A line of the checklist: icon and meaning, what it says, and the module to enter a score in, if any."""

    icon: str
    hue: Hue
    title: Text
    detail: Text = ""
    module: str | None = None
    verb: Words | None = None


def points(line: CompletionLine, programme: Programme, person: ParticipantDetail | None) -> list[Point]:
    """Every condition, met or not, in the order of the rule; then what the paper needs besides."""
    found = [_attendance(line, programme), *_modules(line, programme)]
    if programme.rule.needs_post:
        found += _tests(line, programme)
    if person is not None:
        found += _papers(person)
    return found


def _attendance(line: CompletionLine, programme: Programme) -> Point:
    counted, rate = line.standing.tally, percent(line)
    lack = next((one for one in line.judgement.missing if one.code in _ATTENDANCE), None)
    if rate is None:
        return Point(*_OPEN, words("completion-attendance-none"), words("completion-attendance-none-said"))
    facts = {
        "present": counted.present,
        "counted": counted.present + counted.absent,
        "needs": programme.rule.min_attendance // 100,
        "open": counted.open,
        "may": attendance.allowance(counted, programme.rule.min_attendance).may_miss,
    }
    title = words("completion-attendance", rate=rate)
    if lack is not None and lack.final:
        return Point(*_GONE, title, words("completion-attendance-gone", **facts))
    if lack is not None or counted.unmarked:
        said = "completion-attendance-unmarked" if counted.unmarked else "completion-attendance-open"
        return Point(*_OPEN, title, words(said, unmarked=counted.unmarked, **facts))
    return Point(*_DONE, title, words("completion-attendance-met", **facts))


def _modules(line: CompletionLine, programme: Programme) -> Iterator[Point]:
    lacks = [lack for lack in line.judgement.missing if lack.code in _TAKEN]
    required = [module for module in programme.modules if module.required]
    if not lacks:
        jp = sum(module.jp for module in required)
        yield Point(
            *_DONE, words("completion-modules", n=len(required)), words("completion-jp", jp=jp, of=jp)
        )
    elif len(lacks) > _LISTED:
        titles = ", ".join(lack.title for lack in lacks)
        yield Point(*_OPEN, words("completion-modules-open", n=len(lacks)), titles, lacks[0].module, _fill())
    else:
        for lack in lacks:
            yield Point(*_OPEN, missing_words(lack), words("completion-module-how"), lack.module, _fill())


def _tests(line: CompletionLine, programme: Programme) -> Iterator[Point]:
    results = {result.module: result for result in line.standing.results}
    tested = (Lack.PRE_MISSING, Lack.POST_MISSING, Lack.BELOW_PASS)
    lacks = [lack for lack in line.judgement.missing if lack.code in tested]
    for lack in lacks:
        yield _test(lack, results, programme)
    lacking = {lack.module for lack in lacks}
    posts = [
        (result.post, module.title)
        for module in programme.modules
        if module.code not in lacking and (result := results.get(module.code)) and result.post is not None
    ]
    if posts:
        lowest, title = min(posts)
        average = progress.average(post for post, _ in posts) or 0
        facts = {"module": title, "lowest": _shown(lowest), "average": _shown(round(average / 10) * 10)}
        said = "completion-tests-other" if lacks else "completion-tests-all"
        yield Point(*_DONE, words(said, n=len(posts)), words("completion-tests-lowest", **facts))


def _test(lack: Missing, results: Mapping[ModuleCode, Result], programme: Programme) -> Point:
    module = programme.module(lack.module or "")
    assert module is not None, "lacks are of the programme's modules"
    pass_mark, result = _shown(programme.pass_mark(module)), results.get(module.code)
    if lack.code is not Lack.BELOW_PASS:
        said = words("completion-test-missing", needs=pass_mark)
        return Point(*_OPEN, missing_words(lack), said, module.code, _fill())
    facts = {"has": _shown(lack.has or 0), "needs": pass_mark}
    detail = words("completion-test-below", **facts)
    if result is not None and result.pre is not None:
        detail = words("completion-test-below-pre", pre=_shown(result.pre), **facts)
    title = words("completion-test-failed", module=module.title)
    return Point(*_OPEN, title, detail, module.code, words("completion-again"))


def _papers(person: ParticipantDetail) -> Iterator[Point]:
    """Consent, and the date of birth that a certificate cannot do without."""
    given = [(one.given_on, one.version) for one in person.consents if one.given_on and not one.withdrawn_on]
    if given:
        day, version = max(given)
        said = words("completion-consent-given", day=plain_day(day), version=version)
        yield Point(*_DONE, words("completion-consent"), said)
    else:
        yield Point(*_OPEN, words("completion-consent-missing"), words("completion-consent-how"))
    if person.birth_date is None:
        yield Point(*_OPEN, words("completion-birth-missing"), words("completion-birth-how"))


def _fill() -> Words:
    return words("completion-fill")


def _shown(hundredths: int) -> str:
    return progress.score_text(hundredths, "." if language() == "en" else ",")
