"""The last step: what will happen, consent, how far it is, and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.actions.rosters import Fate, PlannedRow
from app.domain.keys import ClassKey
from app.queries.classes import ClassRow
from app.roster import mending
from ui.desktop.pages.roster_import_consent import ConsentCard
from ui.desktop.pages.roster_import_work import Looked, Taken
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.cards import Card, Rule
from ui.desktop.widgets.icon import Icon, Tile
from ui.desktop.widgets.labels import Label, heading
from ui.desktop.widgets.layouts import Grow, Item, Put, clear, column, fill, row, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.progress import Progress
from ui.desktop.widgets.toggles import TickBox
from ui.desktop.wording import Count, Text, words
from ui.desktop.work import Step

_TAKEN = (Fate.NEW, Fate.JOINING, Fate.CHANGED, Fate.SAME)
_LINES: tuple[tuple[Fate, str, Tone], ...] = (
    (Fate.NEW, "users", Tone.GREEN),
    (Fate.JOINING, "plus", Tone.GREEN),
    (Fate.CHANGED, "pencil", Tone.AMBER),
    (Fate.SAME, "check", Tone.INK2),
    (Fate.ELSEWHERE, "triangle-alert", Tone.AMBER),
    (Fate.REFUSED, "circle-alert", Tone.RED),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """The lines that are kept, by what taking them in does, and how many were left out."""

    rows: tuple[PlannedRow, ...]
    left_out: int

    def of(self, *fates: Fate) -> list[PlannedRow]:
        """The lines with one of these fates."""
        return [line for line in self.rows if line.fate in fates]

    def taken(self, also_elsewhere: bool) -> list[PlannedRow]:
        """The lines that are taken in."""
        return self.of(*_TAKEN, *((Fate.ELSEWHERE,) if also_elsewhere else ()))


def plan(looked: Looked) -> Plan:
    """What would be done with the lines as they are now."""
    assert looked.mending is not None
    kept = looked.mending.kept
    left = len(looked.mending.rows) - len(kept)
    return Plan(tuple(looked.plan[mending.place(line)] for line in kept), left)


class SummaryStep(QWidget):
    """Figures and consent; while it works, its progress; afterwards what was done and where to go.

    Signals:
        counted: what is taken in has changed: also those who are in another class, or not.
        stopped: the person wants the import to end.
        went: the person wants to see those who were taken in.
        another: the person wants to import another file.
        undone: the person wants nobody to have been taken in.
        rest_wanted: the person wants to have the lines that were not taken, as a file.
    """

    counted = Signal()
    stopped = Signal()
    went = Signal()
    another = Signal()
    rest_wanted = Signal()
    undone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines, self._taken = column(), Count(0)
        self._where = Label("", Role.STRONG, Tone.INK, wrap=True)
        self.elsewhere = TickBox(words("import-also-elsewhere", n=0))
        self.elsewhere.toggled.connect(lambda _: self.counted.emit())
        self.consent = ConsentCard()
        self.strip = Strip("", Hue.RED, "circle-alert")
        self._refusal = widget(column(self.strip, 12))
        figures = Card(
            heading(words("import-will")), 4, self._where, 12, self._lines, self.elsewhere, Grow(),
            margins=(20, 18, 20, 18),
        )  # fmt: skip
        self._asking = widget(
            row(Grow(column(figures, Grow()), 58), 20, Grow(column(self.consent, Grow()), 42))
        )
        self.progress = Progress("users", words("import-stop-taking"))
        self.progress.stopped.connect(self.stopped)
        self._done = widget(column())
        self.setLayout(column(self._refusal, self.progress, self._asking, Grow(self._done)))
        self._put(self._asking)

    @property
    def also_elsewhere(self) -> bool:
        """Whether people who are in another class at the same time are taken in too."""
        return self.elsewhere.isVisibleTo(self) and self.elsewhere.isChecked()

    def show_plan(self, looked: Looked, classes: Mapping[ClassKey, ClassRow]) -> None:
        """Say what would happen with the lines as they are now, and where."""
        planned = plan(looked)
        self._taken = Count(len(planned.taken(also_elsewhere=True)))
        self._where.say(_into(looked, classes))
        clear(self._lines)
        shown: list[Item] = []
        for fate, icon, tone in _LINES:
            found = len(planned.of(fate))
            if found:
                shown += [_Line(icon, tone, Count(found), words(f"import-sum-{fate}")), 10]
        if planned.left_out:
            left = words("import-sum-left-out")
            shown += [_Line("circle-minus", Tone.INK2, Count(planned.left_out), left), 10]
        fill(self._lines, shown)
        others = len(planned.of(Fate.ELSEWHERE))
        self.elsewhere.setVisible(bool(others))
        self.elsewhere.say(words("import-also-elsewhere", n=Count(others)))
        self._put(self._asking)

    def show_step(self, step: Step) -> None:
        """Say how far it is."""
        self.progress.show_step(step.done, step.total, step.at)

    def busy(self) -> None:
        """It works now."""
        self.progress.begin()
        self.progress.show_step(0, 0, words("import-taking", done=0, n=self._taken))
        self._put(self.progress)

    def refuse(self, field: str | None, why: Text) -> None:
        """Say why it could not be done; what was chosen stays."""
        self._put(self._asking)
        if not self.consent.refuse(field, why):
            self.strip.say(why)
            self._refusal.show()

    def show_done(self, taken: Taken, key: ClassKey | None, left: int) -> None:
        """Say what was done, and offer the way to those people; `left` lines were still to be mended."""
        layout = self._done.layout()
        assert layout is not None
        clear(layout)
        self.go_button = Button(
            words("import-open-class" if key else "import-open-people"),
            Kind.PRIMARY,
            size=Size.MAIN,
            key="Enter",
        )
        self.go_button.clicked.connect(self.went)
        again = Button(words("import-another"), size=Size.MAIN)
        again.clicked.connect(self.another)
        rest = Button(words("import-download", n=Count(left)), size=Size.MAIN, icon="download")
        rest.clicked.connect(self.rest_wanted)
        undo = Button(words("window-undo"), size=Size.MAIN, icon="undo-2")
        undo.clicked.connect(self.undone)
        stopped = taken.stopped
        title = words("import-took-some" if stopped else "import-took", n=Count(taken.people))
        said = words("import-took-some-said" if stopped else "import-took-said")
        tile = Tile("circle-alert" if stopped else "circle-check", Hue.AMBER if stopped else Hue.GREEN)
        told = column(heading(title, Role.PANEL), Label(said, Role.BODY, Tone.INK2, wrap=True))
        card = Card(
            row(Put(tile, Qt.AlignmentFlag.AlignTop), 16, Grow(told)),
            16, Rule(), 16,
            *_figures(taken, key, left),
            8,
            row(self.go_button, 12, again, 12, rest, 12, undo, Grow()),
            margins=(24, 22, 24, 22),
        )  # fmt: skip
        layout.addWidget(card)
        rest.setVisible(bool(left))  # not before it has a parent: it would be a window of its own
        layout.addItem(column(Grow()))
        self._put(self._done)

    def focus_first(self) -> None:
        """Put the focus on what is to be done now."""
        if self._done.isVisible():
            self.go_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._asking.isVisible():
            self.consent.how.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, shown: QWidget) -> None:
        self._refusal.hide()
        for part in (self._asking, self.progress, self._done):
            part.setVisible(part is shown)


class _Line(QWidget):
    """A number and what it counts."""

    def __init__(self, icon: str, tone: Tone, n: Count, said: Text) -> None:
        super().__init__()
        middle = Qt.AlignmentFlag.AlignVCenter
        figure = Label(str(n), Role.PANEL)
        figure.setMinimumWidth(48)
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | middle)
        told = Label(said, Role.BODY, Tone.INK, wrap=True)
        self.setLayout(row(Put(Icon(icon, tone, 20), middle), 10, figure, 12, Grow(told)))
        self.setAccessibleName(f"{n} {said}")


def _into(looked: Looked, classes: Mapping[ClassKey, ClassRow]) -> Text:
    if not isinstance(looked.where, ClassKey):
        return words("import-into-none")
    known = classes.get(looked.where)
    return words("import-into-class", code=looked.where.code, title="" if known is None else known.title)


def _figures(taken: Taken, key: ClassKey | None, left: int) -> Sequence[Item]:
    new, enrolled = taken.total(lambda done: done.new), taken.total(lambda done: done.enrolled)
    lines: list[Item] = [_Line("users", Tone.GREEN, Count(new), words("import-done-new")), 10]
    if key is not None:
        joined = words("import-done-enrolled", code=key.code)
        lines += [_Line("school", Tone.GREEN, Count(enrolled), joined), 10]
    changed, consents = taken.total(lambda done: done.changed), taken.total(lambda done: done.consents)
    if changed:
        lines += [_Line("pencil", Tone.AMBER, Count(changed), words("import-done-changed")), 10]
    if consents:
        lines += [_Line("file-text", Tone.GREEN, Count(consents), words("import-done-consents")), 10]
    if left:
        lines += [_Line("circle-alert", Tone.RED, Count(left), words("import-sum-refused")), 10]
    return lines
