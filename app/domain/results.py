"""A result as somebody enters it: only what they say, over what is there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.progress import ModuleState, checked_score
from app.errors import Refused

Values = tuple[str | None, int | None, int | None]
"""State, pre-test, post-test, as they are kept; scores in hundredths."""

_WORDS = {
    ModuleState.NOT_STARTED: "belum, belum mulai, not started",
    ModuleState.IN_PROGRESS: "sedang, berjalan, sedang berjalan, in progress",
    ModuleState.DONE: "selesai, done",
    ModuleState.RECOGNISED: "diakui, rpl, recognised",
}
_MEANING = {word: state for state, words in _WORDS.items() for word in words.split(", ")}
_FINISHED = (ModuleState.DONE, ModuleState.RECOGNISED)


class ScoreField(StrEnum):
    """The two tests of a module."""

    PRE = "pre"
    POST = "post"


@dataclass(frozen=True, slots=True)
class ResultEntry:
    """What is said of one person in one module. None leaves what is there; `emptied` takes scores away.

    Scores in hundredths. Without a state it follows: with a post-test the module is done, with a pre-test
    begun.
    """

    participant: bytes
    module: str
    pre: int | None = None
    post: int | None = None
    state: ModuleState | None = None
    assessor: bytes | None = None
    remark: str | None = None
    emptied: frozenset[ScoreField] = frozenset()

    def over(self, present: Values) -> Values:
        """The values afterwards; Refused("score-range") as `progress.checked_score`."""
        state, pre, post = present
        pre = self._score(ScoreField.PRE, self.pre, pre)
        post = self._score(ScoreField.POST, self.post, post)
        return (self._state(state, pre, post), pre, post)

    def _score(self, field: ScoreField, said: int | None, present: int | None) -> int | None:
        if said is not None:
            return checked_score(said, field.value)
        return None if field in self.emptied else present

    def _state(self, present: str | None, pre: int | None, post: int | None) -> str:
        if self.state is not None:
            return self.state.value
        if present in _FINISHED and not self.emptied:
            return ModuleState(present).value
        if post is not None:
            return ModuleState.DONE.value
        begun = pre is not None or present == ModuleState.IN_PROGRESS
        return (ModuleState.IN_PROGRESS if begun else ModuleState.NOT_STARTED).value


def corrects(before: tuple[object, ...], after: tuple[object, ...]) -> bool:
    """Whether a score that is there gets another value or none, or a finished module stops being so."""
    scores = any(old is not None and old != new for old, new in zip(before[1:], after[1:], strict=True))
    return scores or (before[0] in _FINISHED and before[0] != after[0])


def state(text: str) -> ModuleState:
    """The state of a word such as selesai, or of its own name; Refused("module-state-unknown")."""
    typed = " ".join(text.casefold().split())
    if typed in list(ModuleState):
        return ModuleState(typed)
    if typed not in _MEANING:
        raise Refused("module-state-unknown", field="state", typed=text.strip())
    return _MEANING[typed]
