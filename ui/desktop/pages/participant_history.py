"""One person's story: data, classes with what came of them, and everything that was ever written."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from app.domain.ids import ParticipantId
from app.errors import Trouble
from app.queries import participant_story
from app.queries.participant_story import Story, Written
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages import participant_history_words as said_of
from ui.desktop.pages.participant_history_cards import StayCard, data_card
from ui.desktop.pages.participant_history_words import Entry
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cells import TwoLines
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.widgets.labels import Label, heading
from ui.desktop.widgets.layouts import Grow, Item, clear, column, fill, row, scrolled, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.pagehead import PageHead
from ui.desktop.widgets.rows import Column, RowsModel
from ui.desktop.widgets.switches import Option, Switch
from ui.desktop.widgets.table import TableView
from ui.desktop.widgets.waiting import Skeleton
from ui.desktop.wording import told, words

KEYS = (
    KeyHelp(("↑", "↓"), words("story-key-choose")),
    KeyHelp(("U",), words("participants-key-edit")),
)
_ROW = 52
_ALL, _CORRECTIONS = "all", "corrections"


class ParticipantHistoryPage(Page):
    """go("participant_history", id)."""

    place = "participants"
    watches = frozenset(
        {"participant", "consent", "enrolment", "training_class", "mark", "result", "decision"}
        | {"certificate", "revocation", "setting"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._who: ParticipantId | None = None
        self._entries: list[Entry] = []
        self.edit = Button(words("participants-key-edit-button"), Kind.PRIMARY, icon="pencil")
        self.edit.clicked.connect(self._on_edit_clicked)
        self.head = PageHead("…", self.edit)
        self.head.crumb.connect(lambda _: desk.go("participants"))
        self.cards = column(space=12)
        options = [Option(one, words(f"story-{one}"), count=0) for one in (_ALL, _CORRECTIONS)]
        self.switch = Switch(options)
        self.switch.chosen.connect(lambda _: self._show_entries())
        columns: list[Column[Entry]] = [
            Column(words("story-when"), lambda one: TwoLines(*said_of.when(one.at))),
            Column(words("story-what"), lambda one: TwoLines(one.what, one.values), share=1, least=200),
            Column(words("story-who"), _who),
        ]
        self.rows = RowsModel(columns, lambda one: one.key)
        self.table = TableView(self.rows, str(words("story-changes")), row_height=_ROW)
        self.table.chosen.connect(self._on_table_chosen)
        self.whole = Label("", Role.SMALL, Tone.INK2, wrap=True)
        self.nothing = Label(words("story-no-corrections"), Role.BODY, Tone.INK2, wrap=True)
        self.waiting = Skeleton(8, _ROW)
        above = row(heading(words("story-changes")), Grow(), self.switch, space=12)
        right = column(above, 12, self.nothing, self.waiting, self.table, 8, self.whole, Grow())
        self.strip = Strip("", Hue.RED, "circle-alert")
        left = scrolled(widget(column(self.cards, Grow())))
        self._body = QStackedWidget()
        self._body.addWidget(widget(row(Grow(left, 40), 20, Grow(right, 60))))
        self._body.addWidget(widget(column(self.strip, Grow())))
        self.setLayout(column(self.head, 14, Grow(self._body), margins=(28, 20, 28, 14)))

    def shown(self, *arguments: object) -> None:
        (who,) = (*arguments, None)[:1]
        assert isinstance(who, bytes)
        if who != self._who:
            self._who = ParticipantId(who)
            self.head.say("…", (words("place-participants"),))
            self._show_cards([])
            self.rows.show([])
            for part, seen in ((self.waiting, True), (self.table, False), (self.nothing, False)):
                part.setVisible(seen)
            self._stale = True

    def refresh(self) -> None:
        if self._who is not None:
            read, who = self.desk.runner.read, self._who
            then = functools.partial(self._on_story_read, who)
            read(participant_story.of, who, then=then, refused=self._on_refused)
            written = functools.partial(self._on_written_read, who)
            read(participant_story.written, who, then=written, aside=True)

    def keys(self) -> Sequence[KeyHelp]:
        return KEYS

    def focus_first(self) -> None:
        (self.table if self.rows.rowCount() else self.edit).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().casefold() == "u" and self.edit.isEnabled():
            self._on_edit_clicked()
        else:
            super().keyPressEvent(event)

    def _on_story_read(self, who: ParticipantId, story: Story) -> None:
        if who != self._who:
            return
        self._body.setCurrentIndex(0)
        self.edit.setEnabled(True)
        self.head.say(story.person.name, (words("place-participants"),))
        cards: list[Item] = [data_card(story.person)]
        for stay in story.stays:
            card = StayCard(stay)
            card.opened.connect(functools.partial(self.desk.go, "class_participants", stay.participation.key))
            cards.append(card)
        if not story.stays:
            cards.append(Label(words("story-no-class"), Role.BODY, Tone.INK2, wrap=True))
        self._show_cards(cards)

    def _on_written_read(self, who: ParticipantId, found: Written) -> None:
        if who != self._who:
            return
        first = self.waiting.isVisibleTo(self)
        self.waiting.hide()
        self._entries = said_of.entries(found.lines, found.shown, self.desk.now().tzinfo)
        self.switch.count(_ALL, len(self._entries))
        self.switch.count(_CORRECTIONS, sum(one.correction for one in self._entries))
        self._show_entries()
        if first and self.isVisible():
            self.focus_first()

    def _show_entries(self) -> None:
        wanted = [one for one in self._entries if one.correction or self.switch.value() == _ALL]
        self.rows.show(list(wanted))
        self.table.setVisible(bool(wanted))
        self.nothing.setVisible(not wanted)
        self._on_table_chosen(self.table.key())

    def _on_table_chosen(self, key: object) -> None:
        """The chosen entry in full: in the table a long one is cut."""
        one = next((one for one in self._entries if one.key == key), None)
        self.whole.say("" if one is None else words("story-whole", what=one.what, values=one.values))

    def _show_cards(self, cards: Sequence[Item]) -> None:
        clear(self.cards)
        fill(self.cards, cards)

    def _on_refused(self, trouble: Trouble) -> None:
        self.strip.say(told(trouble))
        self._body.setCurrentIndex(1)
        self.edit.setEnabled(False)

    def _on_edit_clicked(self) -> None:
        self.desk.go("participant", self._who)


def _who(one: Entry) -> TwoLines:
    return TwoLines(one.author or words("roll-history-nobody"), one.machine)


PAGE = ParticipantHistoryPage
