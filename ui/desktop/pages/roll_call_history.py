"""How a mark on record came to be: what it was before, who changed it, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from app.domain.attendance import Status
from app.queries.history import HistoryLine
from app.queries.readable import Readable
from ui.desktop.pages.roll_call_marks import word
from ui.desktop.tokens import Role, Tone
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Item, clear, fill
from ui.desktop.wording import Text, clock, short_day, words

_SHOWN = 3


class HistoryCard(Card):
    """The corrections of one person's mark in this session; hidden where there was none."""

    def __init__(self) -> None:
        super().__init__(margins=(16, 12, 16, 14))
        self.hide()

    def tell(self, name: str, lines: Sequence[HistoryLine], zone: tzinfo | None) -> None:
        """Show these, the newest first; the first entry of all is no correction."""
        if not lines:
            self.hide()
            return
        clear(self.body)
        corrections = [line for line in lines if line.before is not None][:_SHOWN]
        parts: list[Item] = [Label(words("roll-history", name=name), Role.STRONG, wrap=True)]
        for line in corrections:
            parts += [8, Label(_what(line), Role.SMALL, wrap=True)]
            parts.append(Label(_who(line, zone), Role.SMALL, Tone.INK2, wrap=True))
        fill(self.body, parts)
        self.setVisible(bool(corrections))


def _what(line: HistoryLine) -> Text:
    return words("roll-history-change", before=_status(line.before or {}), after=_status(line.after))


def _who(line: HistoryLine, zone: tzinfo | None) -> Text:
    at = None if line.at is None else line.at.astimezone(zone)
    when: Text = "…" if at is None else short_day(at.date())
    time = "" if at is None else clock(at.hour * 60 + at.minute)
    author: Text = line.author or words("roll-history-nobody")
    said = words("roll-history-who", author=author, day=when, time=time, machine=line.machine)
    if not line.reason:
        return said
    return words("two-sentences", first=said, second=words("roll-history-reason", reason=line.reason))


def _status(values: Readable) -> Text:
    status = values.get("status")
    if status not in list(Status):
        return words("roll-unmarked")
    arrival = values.get("arrival")
    said = word(Status(str(status)))
    return words("roll-marked-at", status=said, time=clock(arrival)) if isinstance(arrival, int) else said
