"""Completion of a class: who may pass, what stands between the others and LULUS, and the decision."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.actions import decisions
from app.actions.decisions import Decided
from app.domain.completion import Outcome
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.errors import Trouble
from app.queries import completion_board, participants
from app.queries.completion import CompletionLine
from app.queries.completion_board import CompletionBoard
from app.queries.participants import ParticipantDetail
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages import completion_rows
from ui.desktop.pages.class_head import ClassHead
from ui.desktop.pages.completion_panel import PersonPanel
from ui.desktop.pages.completion_rows import MORE, Fate, ListRow
from ui.desktop.tokens import Hue
from ui.desktop.widgets.buttons import Button, Kind, Size
from ui.desktop.widgets.empty import EmptyState, Step
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.widgets.layouts import Grow, Item, Put, column, row, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.rows import Column, Group, RowsModel
from ui.desktop.widgets.table import TableView
from ui.desktop.widgets.waiting import Skeleton
from ui.desktop.wording import told, words

_KEYS = (
    KeyHelp(("↑", "↓"), words("completion-key-choose")),
    KeyHelp(("Enter",), words("completion-key-unfold")),
)
_ROW = 36


class CompletionPage(Page):
    """go("completion", class key, participant): the last only to begin with somebody."""

    place = "classes"
    watches = frozenset(
        {"result", "mark", "session", "enrolment", "participant", "decision", "certificate", "consent"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._key: ClassKey | None = None
        self._board: CompletionBoard | None = None
        self._wanted: ParticipantId | None = None
        self._unfolded = False
        self.head = ClassHead(desk, "completion")
        columns: list[Column[ListRow]] = [
            Column(words("progress-name"), lambda r: r.who, least=200, share=1),
            Column("", lambda r: r.told, least=120, share=4),
        ]
        self.model = RowsModel(columns, lambda r: r.key)
        self.table = TableView(self.model, str(words("class-tab-completion")), row_height=_ROW, head_height=0)
        self.table.chosen.connect(self._on_table_chosen)
        self.table.opened.connect(self._on_table_opened)
        self.table.clicked.connect(lambda _: self._unfold_if_chosen())
        self.panel = PersonPanel()
        self.panel.decided.connect(self._on_panel_decided)
        self.panel.score_wanted.connect(self._on_panel_score_wanted)
        self.panel.certificate_wanted.connect(self._on_certificates_wanted)
        left = widget(column(self.table, Grow()))
        self._shown = widget(row(Grow(left, 52), 20, Grow(self.panel, 50)))
        self._room = column()
        self._other: QWidget | None = None
        self.setLayout(column(self.head, 15, Grow(self._room), margins=(28, 20, 28, 14)))
        self._room.addWidget(self._shown)

    def shown(self, *arguments: object) -> None:
        key, who = (*arguments, None)[:2]
        assert isinstance(key, ClassKey)
        self._wanted = who if isinstance(who, bytes) else None  # type: ignore[assignment]  # ids are bytes
        if key != self._key:
            self._key, self._board, self._unfolded = key, None, False
            self.head.open(key)
            self.model.show([])
            self._put(Skeleton(12, _ROW), Grow())
            self._stale = True
        elif self._wanted is not None:
            self._select(self._wanted)

    def refresh(self) -> None:
        if self._key is not None:
            read = self.desk.runner.read
            read(completion_board.of, self._key, then=self._on_read, refused=self._on_read_refused)

    def keys(self) -> Sequence[KeyHelp]:
        return _KEYS

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def escaped(self) -> bool:
        closed = self.panel.close_reason()
        if closed:
            self.focus_first()
        return closed

    def decide_group(self, group: Fate) -> None:
        """Decide by the rule on everybody of a group on whom nothing is decided yet."""
        if self._board is not None:
            people = [line.person.participant for line in completion_rows.undecided(self._board.lines, group)]
            self._decide(people, None, None)

    def _on_read(self, board: CompletionBoard) -> None:
        if board.head.key != self._key:
            return
        first = self._board is None
        self._board = board
        self.head.show_class(board.head)
        if not board.lines:
            self._put(Grow(self._empty()))
            return
        self._put()
        self._fill()
        if self._wanted is not None:
            self._select(self._wanted)
        elif first or self.table.key() is None:
            self._select_first()
        self._show_person()
        if first and self.isVisible():
            self.focus_first()

    def _on_read_refused(self, trouble: Trouble) -> None:
        self._put(Strip(told(trouble), Hue.RED, "circle-alert"), Grow())

    def _fill(self) -> None:
        """The list, with a button in the head of each group that can be decided by the rule."""
        assert self._board is not None
        self.model.show(completion_rows.entries(self._board.lines, self._unfolded))
        for at, entry in enumerate(self.model.entries()):
            if isinstance(entry, Group):
                self.table.setIndexWidget(self.model.index(at, 0), self._group_button(Fate(entry.key)))

    def _group_button(self, group: Fate) -> QWidget:
        assert self._board is not None
        n = len(completion_rows.undecided(self._board.lines, group))
        parts: list[Item] = [Grow()]
        if n and group is not Fate.POSSIBLE:
            outcome = Outcome.PASSED if group is Fate.MET else Outcome.NOT_PASSED
            kind = Kind.PRIMARY if group is Fate.MET else Kind.NORMAL
            button = Button(
                words("completion-decide-group", n=n, outcome=outcome.value), kind, size=Size.SMALL
            )
            button.clicked.connect(lambda: self.decide_group(group))
            parts.append(Put(button, Qt.AlignmentFlag.AlignVCenter))
        return widget(row(*parts, margins=(0, 0, 12, 1)))

    def _select(self, who: ParticipantId) -> None:
        """Choose somebody, unfolding the list where they are folded away."""
        if not self.table.select(who) and self._board is not None and not self._unfolded:
            self._unfolded = True
            self._fill()
            self.table.select(who)

    def _select_first(self) -> None:
        """Begin with who still can: that is where work is; else with the first."""
        assert self._board is not None
        lines = sorted(self._board.lines, key=lambda line: completion_rows.fate(line) is not Fate.POSSIBLE)
        self._select(lines[0].person.participant)

    def _line(self) -> CompletionLine | None:
        """The person shown at the right."""
        key = self.table.key()
        lines = self._board.lines if self._board is not None else ()
        return next((line for line in lines if line.person.participant == key), None)

    def _show_person(self) -> None:
        line = self._line()
        if line is not None:
            who = line.person.participant
            read, unknown = self.desk.runner.read, functools.partial(self._on_person, who, None)
            read(participants.one, who, then=functools.partial(self._on_person_read, who), refused=unknown)

    def _on_person_read(self, who: ParticipantId, person: ParticipantDetail) -> None:
        self._on_person(who, person, None)

    def _on_person(self, who: ParticipantId, person: ParticipantDetail | None, _: object) -> None:
        """Show the person, unless somebody else has been chosen meanwhile."""
        line = self._line()
        if line is None or line.person.participant != who or self._board is None:
            return
        self.panel.show_person(line, self._board.programme, person, who in self._board.certified)

    def _on_table_chosen(self, key: object) -> None:
        if key is not None and key != MORE:
            self._show_person()

    def _on_table_opened(self, _: object) -> None:
        self._unfold_if_chosen()

    def _unfold_if_chosen(self) -> None:
        if self.table.key() == MORE and self._board is not None:
            folded = [line for line in self._board.lines if completion_rows.fate(line) is Fate.MET]
            self._unfolded = True
            self._fill()
            self.table.select(folded[completion_rows.FOLDED].person.participant)

    def _on_panel_decided(self, outcome: Outcome, reason: str | None) -> None:
        line = self._line()
        if line is not None:
            self._decide([line.person.participant], outcome, reason)

    def _decide(self, people: Sequence[ParticipantId], outcome: Outcome | None, reason: str | None) -> None:
        if self._key is None or self._board is None or not people:
            return
        before = [line for line in self._board.lines if line.person.participant in people]
        self.desk.runner.write(
            decisions.decide,
            self._key,
            self.desk.now().date(),
            list(people),
            outcome,
            reason,
            then=functools.partial(self._on_decided, self._key, before),
            refused=self._on_decide_refused,
        )

    def _on_decided(self, key: ClassKey, before: Sequence[CompletionLine], made: Decided) -> None:
        self.panel.close_reason()
        self.focus_first()
        if not made.changes:
            return
        undo = functools.partial(self._undo, key, before)
        if len(before) == 1:
            outcome = Outcome.PASSED if made.passed else Outcome.NOT_PASSED
            said = words("completion-told-one", name=before[0].person.name, outcome=outcome.value)
        else:
            outcome = Outcome.PASSED if made.passed else Outcome.NOT_PASSED
            said = words("completion-told", n=len(before), outcome=outcome.value)
        self.desk.tell(said, undo)

    def _on_decide_refused(self, trouble: Trouble) -> None:
        if trouble.field == "reason":
            self.panel.refuse(told(trouble))
        else:
            self.desk.tell_trouble(trouble)

    def _undo(self, key: ClassKey, before: Sequence[CompletionLine]) -> None:
        """Bring back what was decided before; nothing, for those on whom nothing was."""
        reason = str(words("completion-undone"))
        write, refused = self.desk.runner.write, self.desk.tell_trouble
        fresh = [line.person.participant for line in before if line.decision is None]
        if fresh:
            write(decisions.take_back, key, fresh, reason, refused=refused)
        for line in before:
            if line.decision is not None:
                said = line.decision.reason or reason
                people = [line.person.participant]
                today = self.desk.now().date()
                write(decisions.decide, key, today, people, line.decision.outcome, said, refused=refused)

    def _on_panel_score_wanted(self, module: str) -> None:
        line = self._line()
        if line is not None:
            self.desk.go("progress", self._key, line.person.participant, module)

    def _on_certificates_wanted(self) -> None:
        self.desk.go("class_certificates", self._key)

    def _put(self, *other: Item) -> None:
        """Show something else in the place of list and panel; with nothing, show those."""
        if self._other is not None:
            self._other.hide()
            self._other.deleteLater()
            self._other = None
        self._shown.setVisible(not other)
        if other:
            self._other = widget(column(*other))
            self._room.addWidget(self._other)

    def _empty(self) -> EmptyState:
        add = Button(words("progress-empty-button"), icon="users")
        add.clicked.connect(lambda: self.desk.go("class_participants", self._key))
        steps = [Step(words("progress-empty-step"), words("progress-empty-how"), add)]
        return EmptyState(words("progress-empty"), words("completion-empty-said"), steps)


PAGE = CompletionPage
