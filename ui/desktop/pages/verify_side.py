"""Beside the signed fields: which checks were made, how they ended, and what on the paper is not signed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.certificates import days
from app.certificates.verdict import Check, Outcome, Step, Verdict
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.inputs import ChoiceInput
from ui.desktop.widgets.labels import Label, heading
from ui.desktop.widgets.layouts import Grow, Item, clear, column, fill, scrolled, widget
from ui.desktop.widgets.lines import Line
from ui.desktop.wording import Text, plain_day, short_day, words

_LOOK = {
    Outcome.PASSED: ("circle-check", Hue.GREEN),
    Outcome.FAILED: ("circle-alert", Hue.RED),
    Outcome.SKIPPED: ("triangle-alert", Hue.AMBER),
}
_TOLD_ENOUGH = (Step.DECODE, Step.DELEGATION, Step.SIGNATURE, Step.REGISTER)
_WHY_SKIPPED = ("status-missing", "status-unusable")
_GAP = 10
_QUIET = (Step.DECODE,)
"""What need not be told when it went well."""


class Side(QWidget):
    """Checks, warnings, and what is not signed; of a file with many, a choice of which is shown.

    Signals:
        chosen: another certificate of the file is to be shown, by its place.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice: ChoiceInput[int] = ChoiceInput()
        self.choice.setAccessibleName(str(words("verify-several")))
        self.choice.picked.connect(self._on_choice_picked)
        self._summary = Label("", Role.SMALL, Tone.INK2, wrap=True)
        self._several = widget(column(self._summary, 6, self.choice, 12))
        self._checks, self._unsigned = Card(), Card()
        parts = column(self._several, self._checks, 14, self._unsigned, Grow())
        self.setLayout(column(Grow(scrolled(widget(parts)))))

    def _on_choice_picked(self, at: int) -> None:
        self.chosen.emit(at)

    def show_all(self, verdicts: Sequence[Verdict], at: int) -> None:
        """Offer the certificates of a file."""
        genuine = sum(verdict.genuine for verdict in verdicts)
        self._summary.say(
            words("verify-summary", n=len(verdicts), genuine=genuine, refused=len(verdicts) - genuine)
        )
        self.choice.offer([(n, _name(n, verdict)) for n, verdict in enumerate(verdicts)])
        self.choice.choose(at)
        self._several.setVisible(len(verdicts) > 1)

    def show_verdict(self, verdict: Verdict, centres: Mapping[int, str]) -> None:
        """Show the checks of this one."""
        clear(self._checks.body)
        lines: list[Item] = [heading(words("verify-checks")), 12]
        for check in verdict.checks:
            if check.step not in _QUIET or check.outcome is not Outcome.PASSED:
                lines += [Line(*_LOOK[check.outcome], *_words(check, verdict.warnings, centres)), _GAP]
        for code in verdict.warnings:
            if code not in _WHY_SKIPPED:
                lines += [Line("triangle-alert", Hue.AMBER, words("verify-warning"), words(code)), _GAP]
        fill(self._checks.body, lines[:-1])
        clear(self._unsigned.body)
        fill(self._unsigned.body, _unsigned(verdict))


def _name(n: int, verdict: Verdict) -> Text:
    name = verdict.certified.name if verdict.certified is not None else "–"
    return words("verify-one-genuine" if verdict.genuine else "verify-one-refused", n=n + 1, name=name)


def _words(check: Check, warnings: Collection[str], centres: Mapping[int, str]) -> tuple[Text, Text]:
    """Title and detail of a check."""
    facts = {name: _shown(name, fact) for name, fact in check.facts.items()}
    if check.step is Step.AUTHORITY and isinstance(centre := check.facts.get("centre"), int):
        facts["centre"] = centres.get(centre, centre)
    title = words(f"verify-{check.step}-{check.outcome}", **facts)
    if check.outcome is Outcome.FAILED and check.code is not None:
        return title, words(check.code, **check.facts)
    if check.outcome is Outcome.PASSED:
        return title, "" if check.step in _TOLD_ENOUGH else words(f"verify-{check.step}-said", **facts)
    why = [code for code in warnings if code in _WHY_SKIPPED and check.step is Step.STATUS]
    return title, words(why[0]) if why else ""


def _shown(name: str, fact: object) -> object:
    """Days short, sequences with their zeros."""
    if isinstance(fact, date):
        return short_day(fact)
    return f"{fact:07}" if name in ("first", "last") and isinstance(fact, int) else fact


def _unsigned(verdict: Verdict) -> list[Item]:
    """What the signature does not cover, and what was gone by."""
    lines: list[Item] = [heading(words("verify-unsigned")), 8]
    if verdict.not_signed:
        lines += [Label(words("verify-unsigned-said"), Role.BODY, Tone.INK2, wrap=True), 6]
        lines += [Label(words(code), Role.BODY, wrap=True) for code in verdict.not_signed]
        lines.append(10)
    else:
        lines += [Label(words("verify-unsigned-all"), Role.BODY, Tone.INK2, wrap=True), 10]
    dated = plain_day(days.day(verdict.trust.dated))
    lines.append(Label(words("verify-trust", dated=dated), Role.SMALL, Tone.INK2, wrap=True))
    return lines
