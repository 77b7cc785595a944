"""The third step: every line of the roster with its verdict, those first that have to be mended."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.desktop.pages import roster_import_rows as rows
from ui.desktop.pages.roster_import_table import MendingTable
from ui.desktop.pages.roster_import_words import Bucket
from ui.desktop.pages.roster_import_work import Looked
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.buttons import Button, Size
from ui.desktop.widgets.icon import Icon
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, Put, column, row, widget
from ui.desktop.widgets.switches import Option, Switch
from ui.desktop.wording import Count, Text, words


class RowsStep(QWidget):
    """The switch between views, the table, and the way through many rows.

    Signals: those of its table.
    """

    typed = Signal(object, object, str)
    left_out = Signal(object)
    undone = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._looked: Looked | None = None
        self._first = 0
        offered: list[Option[Bucket | None]] = [
            Option(None, words("import-all"), count=0),
            Option(Bucket.FIX, words("import-fix"), "circle-alert", Hue.RED, 0),
            Option(Bucket.LOOK, words("import-look"), "triangle-alert", Hue.AMBER, 0),
            Option(Bucket.READY, words("import-ready"), "circle-check", Hue.GREEN, 0),
        ]
        self.views = Switch(offered)
        self.views.chosen.connect(self._on_views_chosen)
        self.about = Label("", Role.SMALL, Tone.INK2)
        self.mending = MendingTable()
        self.mending.typed.connect(self.typed)
        self.mending.left_out.connect(self.left_out)
        self.mending.undone.connect(self.undone)
        self.nothing = Label("", Role.LEAD, Tone.INK2)
        middle = Qt.AlignmentFlag.AlignVCenter
        told = row(Put(Icon("circle-check", Tone.GREEN, 20), middle), 10, self.nothing, Grow())
        self._empty = widget(column(18, told))
        self._pager = self._made_pager()
        head = row(self.views, Grow(), Put(Icon("file-spreadsheet", Tone.INK2, 18), middle), 8, self.about)
        self.setLayout(column(head, 12, self.mending, self._empty, 8, self._pager, Grow()))

    @property
    def shown(self) -> Bucket | None:
        """The view in front; None: all lines."""
        value = self.views.value()
        return value if isinstance(value, Bucket) else None

    def begin(self, looked: Looked) -> None:
        """Show what was read, in the view in which there is something to do."""
        counted = looked.sorted.counts
        first = next((b for b in (Bucket.FIX, Bucket.LOOK) if counted[b]), None)
        self.views.choose(first)
        self._first = 0
        self.show_looked(looked)
        self.mending.begin()

    def show_looked(self, looked: Looked) -> None:
        """Show the lines as they are now, in the same view."""
        assert looked.mending is not None
        self._looked = looked
        counted = looked.sorted.counts
        self.views.count(None, len(looked.mending.rows))
        for bucket in Bucket:
            self.views.count(bucket, counted[bucket])
        self.about.say(_about(looked))
        view = rows.view(looked, self.shown, self._first)
        self._first = view.first
        self.mending.show_view(looked, view)
        self.mending.setVisible(bool(view.entries))
        self._empty.setVisible(not view.entries)
        self.nothing.say(words("import-all-well" if self.shown is Bucket.FIX else "import-none-here"))
        self._show_pager(view.total)

    def commit(self) -> bool:
        """Take down what is being typed; whether that changed anything."""
        return self.mending.commit()

    def focus_first(self) -> None:
        """Put the focus where one mends, or on the views where there is nothing to."""
        if self.mending.field.isVisible():
            self.mending.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.mending.isVisible():
            self.mending.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.views.focusNextChild()

    def escaped(self) -> bool:
        """Stop typing; whether one was."""
        was = self.mending.field.isVisible()
        self.mending.close_field()
        return was

    def _made_pager(self) -> QWidget:
        self.which = Label("", Role.SMALL, Tone.INK2)
        self.before = Button(words("import-page-before"), size=Size.SMALL)
        self.after = Button(words("import-page-after"), size=Size.SMALL)
        self.before.clicked.connect(lambda: self._turn(-rows.PAGE))
        self.after.clicked.connect(lambda: self._turn(rows.PAGE))
        return widget(row(self.which, 14, self.before, 8, self.after, Grow()))

    def _show_pager(self, total: int) -> None:
        self._pager.setVisible(total > rows.PAGE)
        last = min(self._first + rows.PAGE, total)
        self.which.say(
            words("import-some-shown", first=Count(self._first + 1), last=Count(last), n=Count(total))
        )
        self.before.setEnabled(self._first > 0)
        self.after.setEnabled(last < total)

    def _turn(self, by: int) -> None:
        self.commit()
        self.mending.close_field()
        self._first += by
        self._show_anew()

    def _on_views_chosen(self, _: object) -> None:
        self.commit()
        self.mending.close_field()
        self._first = 0
        self._show_anew()

    def _show_anew(self) -> None:
        if self._looked is not None:
            self.show_looked(self._looked)
            self.mending.table.scrollToTop()
            self.mending.begin()


def _about(looked: Looked) -> Text:
    read = [sheet for sheet in looked.sheets if sheet.found is not None]
    name, n = looked.opened.path.name, Count(sum(sheet.people for sheet in read))
    if len(read) == 1:
        return words("import-about", name=name, sheet=read[0].name, n=n)
    return words("import-about-sheets", name=name, sheets=len(read), n=n)
