"""What the import's page is made of: head, the four steps of which one is in front, and the foot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.actions.rosters import Fate
from app.domain.keys import ClassKey
from ui.desktop.pages.roster_import_columns import ColumnsStep
from ui.desktop.pages.roster_import_file import FileStep
from ui.desktop.pages.roster_import_foot import Foot
from ui.desktop.pages.roster_import_mending import RowsStep
from ui.desktop.pages.roster_import_summary import SummaryStep
from ui.desktop.pages.roster_import_words import Bucket
from ui.desktop.pages.roster_import_work import Looked
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.widgets.layouts import Grow, column, widget
from ui.desktop.widgets.pagehead import PageHead, Steps
from ui.desktop.widgets.progress import Progress
from ui.desktop.wording import Text, words

FILE, COLUMNS, ROWS, FINISH, DONE = range(5)
"""Where one is; the last two are on one page."""

KEYS = (
    KeyHelp(("Enter",), words("import-key-next")),
    KeyHelp(("↑", "↓"), words("import-key-move")),
    KeyHelp(("Tab",), words("import-key-field")),
    KeyHelp(("Del",), words("import-key-out")),
    KeyHelp(("Ctrl Z",), words("import-key-undo")),
    KeyHelp(("Ctrl Enter",), words("import-key-on")),
)


class Parts(QWidget):
    """The parts by their names; the page connects them and says which is in front."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = Steps([words(f"import-step-{name}") for name in ("file", "columns", "rows", "done")])
        self.head = PageHead(words("import-title"), self.steps)
        self.file, self.columns, self.rows = FileStep(), ColumnsStep(), RowsStep()
        self.summary = SummaryStep()
        self.reading = Progress("file-spreadsheet", words("import-stop-reading"))
        self._busy = widget(column(self.reading, Grow()))
        self.foot = Foot()
        self._steps: tuple[QWidget, ...] = (self.file, self.columns, self.rows, self.summary)
        grown = tuple(Grow(part) for part in (*self._steps, self._busy))
        self.setLayout(column(self.head, 12, *grown, 10, self.foot))

    def put(self, at: int) -> None:
        """Have this step in front."""
        self.steps.go(at)
        self._show(self._steps[min(at, FINISH)])

    def busy(self, at: int) -> None:
        """A job has begun at this step."""
        if at in (FINISH, DONE):
            self.summary.busy()
        else:
            self.reading.begin()
            self.reading.show_step(0, 0, words("import-opening"))
            self._show(self._busy)

    def focus(self, at: int, has_file: bool) -> None:
        """Put the focus where work begins at this step."""
        if at == ROWS:
            self.rows.focus_first()
        elif at in (FINISH, DONE):
            self.summary.focus_first()
        else:
            at_file = self.file.classes if has_file else self.file.choose
            first = self.foot.on if at == COLUMNS else at_file
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_class(self, key: ClassKey | None) -> None:
        """Say above the title whose people these will be."""
        crumbs: tuple[Text, ...] = (words("place-participants"),)
        if key is not None:
            crumbs = (words("place-classes"), key.code, words("place-participants"))
        self.head.say(words("import-title"), crumbs)

    def show_foot(self, at: int, has_file: bool, looked: Looked | None) -> None:
        """Offer at the foot what this step needs."""
        if at == FILE:
            self.foot.file(has_file)
        elif at == COLUMNS:
            self.foot.columns()
        elif at == DONE or looked is None or looked.mending is None:
            self.foot.nothing()
        elif at == ROWS:
            fates = looked.sorted.fates
            self.foot.rows(fates.total() - fates[Fate.REFUSED], looked.sorted.counts[Bucket.FIX])
        else:
            left = (Fate.REFUSED,) if self.summary.also_elsewhere else (Fate.REFUSED, Fate.ELSEWHERE)
            fates = looked.sorted.fates
            self.foot.finish(fates.total() - sum(fates[fate] for fate in left))

    def _show(self, shown: QWidget) -> None:
        for part in (*self._steps, self._busy):
            part.setVisible(part is shown)
