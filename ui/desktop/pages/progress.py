"""Progress of a class: people by modules, typed down a column or pasted; a refused cell says why in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication

from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.domain.programme import Programme
from app.domain.results import ResultEntry
from app.errors import Trouble
from app.queries import progress_sheet, typed_tables
from app.queries.progress_sheet import Place, ProgressSheet
from app.queries.typed_tables import ResultTable
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages import progress_parts, progress_paste, progress_rows
from ui.desktop.pages.class_head import ClassHead
from ui.desktop.pages.progress_bubbles import Bubbles
from ui.desktop.pages.progress_parts import FIRST, KEYS, MORE_KEYS, Legend
from ui.desktop.pages.progress_paste import PasteCard, Pasted
from ui.desktop.pages.progress_rows import GridRow, View
from ui.desktop.pages.progress_typing import Typing
from ui.desktop.tokens import Hue
from ui.desktop.widgets.buttons import Button
from ui.desktop.widgets.grid import Grid, GridTable
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.widgets.layouts import Grow, Item, clear, column, fill
from ui.desktop.widgets.notices import Notice, Strip
from ui.desktop.widgets.rows import RowsModel
from ui.desktop.widgets.waiting import Skeleton
from ui.desktop.wording import told, words


class ProgressPage(Page):
    """go("progress", class key, participant, module code): the last two only to begin at a cell."""

    place = "classes"
    watches = frozenset({"result", "enrolment", "participant", "training_class", "programme", "module"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._key: ClassKey | None = None
        self._sheet: ProgressSheet | None = None
        self._wanted: Place | None = None
        self._made_for: Programme | None = None
        self._pasted = Pasted([])
        self.grid: Grid | None = None
        self.model: RowsModel[GridRow] | None = None
        self.typing = Typing(desk)
        self.typing.changed.connect(self._draw)
        self.paste_button = Button(words("progress-paste"), icon="clipboard-list")
        self.paste_button.clicked.connect(self.paste)
        self.print_button = Button(words("progress-print"), icon="printer")
        self.print_button.clicked.connect(lambda: self.desk.go("reports", self._key, "score-recap"))
        self.head = ClassHead(desk, "progress", self.paste_button, self.print_button)
        self._legend = Legend()
        self.switch = self._legend.switch
        self.switch.chosen.connect(self._on_switch_chosen)
        self.card = PasteCard()
        self.card.kept.connect(self._on_card_kept)
        self.card.dropped.connect(self._drop_card)
        self.notice = Notice()
        self._room = column()
        parts = (self.head, 11, self._legend, 10, self.card, Grow(self._room), self.notice)
        self.setLayout(column(*parts, margins=(28, 20, 28, 6)))
        self.bubbles = Bubbles(self)
        self.typing.reason_refused.connect(lambda trouble: self.bubbles.refuse_reason(told(trouble)))
        self.bubbles.used.connect(self._on_bubbles_used)
        self.bubbles.dropped.connect(self.escaped)
        self.bubbles.reasoned.connect(self.typing.give_reason)
        self.bubbles.looked.connect(lambda: self.desk.go("sync"))

    @property
    def view(self) -> View:
        """What the grid shows."""
        return View(str(self.switch.value()))

    def shown(self, *arguments: object) -> None:
        key, who, module = (*arguments, None, None)[:3]
        assert isinstance(key, ClassKey)
        self._wanted = (who, module) if who is not None and module is not None else None  # type: ignore[assignment]  # as the docstring says
        if key != self._key:
            self._key, self._sheet, self._made_for = key, None, None
            self.typing.forget()
            self.head.open(key)
            self.card.hide()
            self._put(Skeleton(16, 24), Grow())
            self._stale = True

    def refresh(self) -> None:
        if self._key is not None:
            self.desk.runner.read(
                progress_sheet.of, self._key, then=self._on_read, refused=self._on_read_refused
            )

    def keys(self) -> Sequence[KeyHelp]:
        return (*KEYS, *MORE_KEYS)

    def focus_first(self) -> None:
        if self.grid is not None:
            self.grid.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def escaped(self) -> bool:
        """Esc drops what is open: the pasted table, the correction, or what was refused in this cell."""
        here = self._here()
        if self.card.isVisible():
            self._drop_card()
        elif self.typing.asked is not None:
            self.typing.drop()
            self.focus_first()
        elif here is not None and here in self.typing.refused:
            self.typing.drop_refused(here)
        else:
            return False
        return True

    def paste(self) -> None:
        """Read the clipboard as scores, from the chosen cell on where it names nobody."""
        table = progress_paste.cells(QGuiApplication.clipboard().text())
        here = self._here()
        if self._sheet is None or self._key is None or self.view not in (View.PRE, View.POST):
            self.desk.tell(words("progress-paste-view"))
            return
        if not table or here is None:
            self.desk.tell(words("progress-paste-nothing"))
            return
        grid = self._sheet.grid
        people = [person.participant for person in grid.people]
        codes = [module.code for module in grid.programme.modules]
        at = people.index(here[0]), codes.index(here[1])
        self._pasted = progress_paste.pasted(table, people[at[0] :], codes[at[1] :], self.view)
        self.desk.runner.read(
            typed_tables.read_results, self._key, self._pasted.table, then=self._on_table_read
        )

    def _on_read(self, sheet: ProgressSheet) -> None:
        if sheet.head.key != self._key:
            return
        self._sheet = sheet
        self.typing.read(sheet)
        self.head.show_class(sheet.head)
        self._legend.say_pass_mark(sheet.grid.programme)
        if not sheet.grid.people:
            self._made_for = None
            add = Button(words("progress-empty-button"), icon="users")
            add.clicked.connect(lambda: self.desk.go("class_participants", self._key))
            self._put(Grow(progress_parts.empty(add)))
            return
        if sheet.grid.programme != self._made_for:
            self._make_grid(sheet)
        self._draw()
        self._begin()

    def _on_read_refused(self, trouble: Trouble) -> None:
        self._made_for = None
        self._put(Strip(told(trouble), Hue.RED, "circle-alert"), Grow())

    def _make_grid(self, sheet: ProgressSheet) -> None:
        """A table with a column for each module of this programme."""
        self._made_for = sheet.grid.programme
        self.model = RowsModel(progress_parts.columns(sheet.grid.programme), lambda r: r.participant)
        table = GridTable(self.model, str(words("class-tab-progress")))
        table.edited.connect(self._on_table_edited)
        table.emptied.connect(lambda who, at: self._on_table_edited(who, at, ""))
        table.pasted.connect(self.paste)
        table.undone.connect(self.undo)
        table.chosen.connect(lambda _: self._point())
        table.opened.connect(self._on_table_opened)
        self.grid = Grid(table, 1)
        self._put(self.grid, Grow())

    def _draw(self) -> None:
        """Show what is on record, over it what is on its way, over it what was refused."""
        sheet, grid = self._sheet, self.grid
        if sheet is None or grid is None or self.model is None or self._made_for is None:
            return
        refused = {place: typed for place, (typed, _) in self.typing.refused.items()}
        self.model.show(progress_rows.rows(sheet, self.view, self.typing.entered, refused))
        figures = progress_rows.averages(sheet, self.view, self.typing.entered)
        title = words("progress-finished" if self.view is View.STATE else "progress-average")
        grid.foot.show_figures(title, ["", "", *figures, ""])
        self._point()

    def _begin(self) -> None:
        """Go to the cell that was asked for, else to the first one."""
        if self.grid is None or self._sheet is None:
            return
        table = self.grid.table
        codes = [module.code for module in self._sheet.grid.programme.modules]
        if self._wanted is not None and self._wanted[1] in codes:
            table.select(self._wanted[0], FIRST + codes.index(self._wanted[1]))
        elif table.currentIndex().column() < FIRST:
            table.select(self._sheet.grid.people[0].participant, FIRST)
        if self.isVisible() and not self.card.isVisible() and self.typing.asked is None:
            self.focus_first()
        self._wanted = None

    def _here(self) -> Place | None:
        """The place of the current cell."""
        if self.grid is None or self._sheet is None or self._made_for is None:
            return None
        at, who = self.grid.table.currentIndex().column() - FIRST, self.grid.table.key()
        modules = self._sheet.grid.programme.modules
        return (ParticipantId(who), modules[at].code) if who is not None and 0 <= at < len(modules) else None  # type: ignore[arg-type]  # rows are named so

    def _point(self) -> None:
        """Say at the current cell what there is to say of it."""
        here, asked = self._here(), self.typing.asked
        if asked is not None:
            if not self.bubbles.asking:
                title = progress_parts.changing(asked.before, asked.after, self.view)
                self.bubbles.ask(self._rect(asked.place), title)
            return
        if self.bubbles.asking:
            self.bubbles.hide()
            self.focus_first()
        if here is not None and here in self.typing.refused:
            self.bubbles.refuse(self._rect(here), *self.typing.refused[here])
        elif here is not None and self._sheet is not None and here in self._sheet.disputed:
            self.bubbles.dispute(self._rect(here))
        else:
            self.bubbles.hide()

    def _rect(self, place: Place) -> QRect:
        """Where a cell is on the page."""
        assert self.grid is not None and self._sheet is not None
        at = [module.code for module in self._sheet.grid.programme.modules].index(place[1])
        table = self.grid.table
        found = table.place_of(place[0], FIRST + at).toRect()
        return QRect(table.mapTo(self, found.topLeft()), found.size())

    def undo(self) -> None:
        """Take back the last entry."""
        self.notice.dismiss()
        self.typing.undo()

    def _put(self, *shown: Item) -> None:
        """Show this where the grid is."""
        if self.grid not in shown:
            self.grid = self.model = None
        self.bubbles.hide()
        clear(self._room)
        fill(self._room, shown)

    def _on_switch_chosen(self, _: object) -> None:
        self.typing.drop()
        self._draw()
        self.focus_first()

    def _on_table_edited(self, who: object, at: int, text: str) -> None:
        if self._sheet is None or self.grid is None or self.view is View.GAIN:
            return
        modules = self._sheet.grid.programme.modules
        if not 0 <= at - FIRST < len(modules):
            return
        place = (ParticipantId(who), modules[at - FIRST].code)  # type: ignore[arg-type]  # rows are named so
        self.notice.dismiss()
        self.typing.type(place, self.view, text)
        if place in self.typing.refused or (self.typing.asked and self.typing.asked.place == place):
            self.grid.table.stay(who, at)

    def _on_table_opened(self, _: object) -> None:
        """Enter: take the guess where there is one, else go down the column."""
        here = self._here()
        trouble = self.typing.refused[here][1] if here in self.typing.refused else None
        if trouble is not None and trouble.facts.get("guess"):
            self._on_bubbles_used(str(trouble.facts["guess"]))
        elif self.grid is not None:
            self.grid.table.walk(1)

    def _on_bubbles_used(self, guess: str) -> None:
        here = self._here()
        if here is not None and self.grid is not None:
            self.typing.type(here, self.view, guess)
            if here not in self.typing.refused and self.typing.asked is None:
                self.grid.table.walk(1)
            self.focus_first()

    def _on_table_read(self, found: ResultTable) -> None:
        if self._sheet is not None:
            self.card.show_pasted(progress_paste.sort(found, self._sheet), self._pasted)

    def _on_card_kept(self, entries: Sequence[ResultEntry], reason: str | None) -> None:
        self.card.hide()
        self.typing.paste(list(entries), reason)
        self.notice.tell(words("progress-pasted", n=len(entries)), self.undo)
        self.focus_first()

    def _drop_card(self) -> None:
        self.card.hide()
        self.focus_first()


PAGE = ProgressPage
