"""What is signed, large: the answer over it, and the fields to be held against the paper and the KTP."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.certificates import days
from app.certificates.backpage import Module, ModuleOutcome
from app.certificates.credential import Certified
from app.certificates.verdict import Verdict
from app.domain import calendar, progress, serial
from app.domain.ids import Serial
from ui.desktop import theme
from ui.desktop.tokens import Hue, Role, Tone, tokens
from ui.desktop.widgets import painting
from ui.desktop.widgets.cards import Card, Rule
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Item, Put, clear, column, fill, row, scrolled, widget
from ui.desktop.wording import Text, language, plain_day, words


class Banner(QWidget):
    """The answer on its tint, with round corners at the top as the card under it has them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hue = Hue.GREEN
        self._icon = Icon("shield-check", Tone.GREEN, 32)
        self.title = Label("", Role.PANEL, Tone.INK, wrap=True)
        self.detail = Label("", Role.BODY, Tone.INK2, wrap=True)
        middle = Qt.AlignmentFlag.AlignVCenter
        said = column(self.title, 1, self.detail)
        self.setLayout(row(Put(self._icon, middle), 16, Grow(said), margins=(23, 14, 23, 14)))

    def say(self, hue: Hue, icon: str, title: Text, detail: Text) -> None:
        """Show this answer."""
        self._hue = hue
        self._icon.show_icon(icon, hue.solid)
        self.title.say(title)
        self.detail.say(detail)
        self.setAccessibleName(f"{title} {detail}")
        self.update()

    @property
    def hue(self) -> Hue:
        """What the answer means."""
        return self._hue

    def paintEvent(self, event: QPaintEvent) -> None:
        radius = tokens().radius["card"] - 1
        shape = QPainterPath()
        shape.addRoundedRect(1, 1, self.width() - 2, self.height() + radius, radius, radius)
        with painting.painting(self) as painter:
            painter.setClipRect(self.rect())
            painter.fillPath(shape, theme.colour(self._hue.tint))


class VerdictCard(Card):
    """Answer and signed fields of one certificate."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margins=(0, 0, 0, 1), parent=parent)
        self.banner = Banner()
        self._room = column()
        content = widget(column(self._room, Grow(), margins=(24, 10, 24, 16)))
        fill(self.body, [self.banner, Grow(scrolled(content))])
        self._verdict: Verdict | None = None
        self.fields: list[SignedField] = []

    def show_verdict(self, verdict: Verdict) -> None:
        """Show this verdict."""
        self._verdict = verdict
        self._say(verdict)
        clear(self._room)
        self.fields = []
        if verdict.certified is not None:
            lines = _fields(verdict.certified, verdict.genuine)
            self.fields = [field for line in lines for field in line]
            fill(self._room, _ruled(lines))
            if verdict.modules:
                fill(self._room, [Rule(), 14, _modules(verdict.modules)])
        else:
            said = Label(words("verify-nothing-signed"), Role.LEAD, Tone.INK2, wrap=True)
            fill(self._room, [16, said])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._verdict is not None:
            self.show_verdict(self._verdict)

    def _say(self, verdict: Verdict) -> None:
        failed = verdict.failed
        if failed is not None:
            why = words(verdict.code, **failed.facts)
            self.banner.say(Hue.RED, "circle-alert", words("verify-refused"), why)
        elif verdict.warnings:
            why = words("verify-with-warning", why=words(verdict.warnings[0]))
            self.banner.say(Hue.AMBER, "triangle-alert", words("verify-match-ktp"), why)
        else:
            said = words("verify-compare")
            self.banner.say(Hue.GREEN, "shield-check", words("verify-match-ktp"), said)


def _fields(signed: Certified, genuine: bool) -> list[list[SignedField]]:
    """The lines of fields; nothing of a refused certificate is in the colour of what is well."""
    first, last = days.day(signed.first_day), days.day(signed.last_day)
    tongue: calendar.Language = "en" if language() == "en" else "id"
    period = calendar.date_range(first, last, tongue)
    number = serial.format(Serial(signed.serial))
    lines = [
        [_field("signed-name", signed.name, Role.HOLDER)],
        [
            _field("signed-birth-date", plain_day(days.day(signed.birth_date))),
            _field("signed-result", signed.result.name, tone=Tone.GREEN if genuine else Tone.INK),
        ],
        [_field("signed-programme", signed.programme)],
        [
            _field("verify-jp", words("verify-jp-value", jp=signed.jp)),
            _field("verify-period", period),
        ],
        [
            _field("signed-serial", number),
            _field("signed-dated", plain_day(days.day(signed.dated))),
            _field("signed-signed-on", plain_day(days.day(signed.signed))),
        ],
    ]
    if signed.number is not None:
        lines.append([_field("signed-number", signed.number)])
    return lines


def _ruled(lines: list[list[SignedField]]) -> list[Item]:
    """The lines with a hairline between each two."""
    shown: list[Item] = []
    for at, line in enumerate(lines):
        shown += [Rule()] if at else []
        shown += [14, row(*(Grow(field) for field in line), space=20), 16]
    return shown


class SignedField(QWidget):
    """A caption over its value."""

    def __init__(self, caption: Text, value: Text, role: Role, tone: Tone) -> None:
        super().__init__()
        shown = Label(value, role, tone, wrap=True)
        self.setLayout(column(Label(caption, Role.SMALL, Tone.INK2), 4, shown, Grow()))
        self.setAccessibleName(f"{caption}: {value}")


def _field(code: str, value: Text, role: Role = Role.SIGNED, tone: Tone = Tone.INK) -> SignedField:
    return SignedField(words(code), value, role, tone)


def _modules(modules: tuple[Module, ...]) -> QWidget:
    """The back page: it is not signed itself, but the front names it by its digest."""
    lines: list[Item] = [Label(words("verify-modules"), Role.SMALL, Tone.INK2), 6]
    for module in modules:
        score = "–" if module.score is None else progress.score_text(module.score, _mark())
        facts = {"jp": module.jp, "score": score, "outcome": words(f"verify-{_outcome(module.outcome)}")}
        lines += [row(Label(module.code, Role.STRONG), 14, Label(words("verify-module", **facts)), Grow()), 2]
    return widget(column(*lines))


def _outcome(outcome: ModuleOutcome) -> str:
    return outcome.name.lower().replace("_", "-")


def _mark() -> str:
    return "." if language() == "en" else ","
