"""The right of a roll call: its side, or in its place the panel by which it comes to an end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.desktop.pages.roll_call_panels import WIDE as PANEL_WIDE
from ui.desktop.pages.roll_call_panels import CancelPanel, FinalPanel, Panel
from ui.desktop.pages.roll_call_presenter import RollCall
from ui.desktop.pages.roll_call_side import WIDE as SIDE_WIDE
from ui.desktop.pages.roll_call_side import Side
from ui.desktop.widgets.layouts import row, scrolled


class Right(QWidget):
    """Signals:
    closed: the panel has gone and the side is back.
    """

    closed = Signal()

    def __init__(self, roll: RollCall) -> None:
        super().__init__()
        self._roll = roll
        self.side, self.final, self.cancel = Side(), FinalPanel(), CancelPanel()
        self._area = scrolled(self.side)
        self._area.setFixedWidth(SIDE_WIDE)
        for panel in (self.final, self.cancel):
            panel.setFixedWidth(PANEL_WIDE)
            panel.closed.connect(self.close_panel)
        self.final.agreed.connect(roll.finalise)
        self.final.rest.connect(roll.fill)
        self.final.anyway.connect(roll.finalise)
        self.cancel.agreed.connect(roll.did_not_happen)
        roll.foreseen.connect(self.final.foresee)
        self.setLayout(row(self._area, self.final, self.cancel))

    @property
    def panel(self) -> Panel | None:
        """The panel that is open."""
        return next((panel for panel in (self.final, self.cancel) if not panel.isHidden()), None)

    def ask_final(self) -> None:
        """Open what will be finalised."""
        self._area.hide()
        self.cancel.hide()
        self.final.ask(self._roll)
        self._roll.foresee()

    def ask_cancel(self) -> None:
        """Open that the session did not happen."""
        self._area.hide()
        self.final.hide()
        self.cancel.ask()

    def show_roll(self) -> None:
        """Show how the roll call stands, in whatever is in front."""
        self.side.show_roll(self._roll)
        if self.panel is self.final:
            self.final.show_roll(self._roll)
            self._roll.foresee()

    def fit(self) -> None:
        """Be as wide as the words of the language in force need, and leave the keys to F1 where those words
        need the height as well."""
        self.side.fit()
        wide = max(SIDE_WIDE, self.side.minimumSizeHint().width())
        self.side.shorten(wide, self._area.height())
        bar = self._area.verticalScrollBar()
        self._area.setFixedWidth(wide + (bar.sizeHint().width() if bar.isVisible() else 0))
        for panel in (self.final, self.cancel):
            panel.setFixedWidth(max(PANEL_WIDE, panel.minimumSizeHint().width()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            QTimer.singleShot(0, self, self.fit)  # when the words are there

    def close_panel(self) -> bool:
        """Give the place back to the side; whether a panel was open."""
        if self.panel is None:
            return False
        self.final.hide()
        self.cancel.hide()
        self._area.show()
        self.closed.emit()
        return True
