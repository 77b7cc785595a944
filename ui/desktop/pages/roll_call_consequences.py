"""What a mark means for somebody, in words: when they came, how often it was, what may still be missed."""

from __future__ import annotations

from app.domain.attendance import Status
from app.queries.roll_calls import Outlook
from ui.desktop.pages.roll_call_marks import percent, word
from ui.desktop.pages.roll_call_sheet import Line
from ui.desktop.wording import Text, clock, words

_NAMED = 10  # so many times have a word of their own
_NEAR = 1  # from here on what may still be missed is worth a sentence


def consequence(line: Line, outlook: Outlook | None, minimum: int) -> Text:
    """The sentences, as far as there is something to say; `minimum` in hundredths of a percent."""
    said: list[Text] = []
    if line.now is not None and line.now.arrival is not None:
        said.append(words("roll-arrived", time=clock(line.now.arrival)))
    if line.remark:
        said.append(f"{line.remark[0].upper()}{line.remark[1:].rstrip('.')}.")
    if outlook is not None and line.status is not None:
        said += _foreseen(line.status, outlook, minimum)
    return _joined(said)


def _foreseen(status: Status, outlook: Outlook, minimum: int) -> list[Text]:
    may = outlook.allowance
    times = words(f"times-{outlook.times}") if outlook.times <= _NAMED else words("times-n", n=outlook.times)
    again = words("roll-again", status=word(status), times=times)
    told = outlook.times > 1 and status in (Status.LATE, Status.ABSENT)
    said: list[Text] = [again] if told else []
    if not may.possible and status is Status.LATE:  # who is late is there: it is not what took them below
        return [*said, words("roll-below-anyhow", minimum=percent(minimum))]
    if not may.possible:
        return [words("roll-again-below", status=word(status), times=times, minimum=percent(minimum))]
    if status is Status.LATE:
        return said
    if may.may_miss == 0 and not may.secured:
        return [*said, words("roll-no-more")]
    return [*said, words("roll-more", n=may.may_miss)] if 0 < may.may_miss <= _NEAR else said


def _joined(said: list[Text]) -> Text:
    if not said:
        return ""
    joined = said[0]
    for sentence in said[1:]:
        joined = words("two-sentences", first=joined, second=sentence)
    return joined
