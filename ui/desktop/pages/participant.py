"""The form of one participant: person, enterprise and consent, checked while one types."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from app.actions import disclosures
from app.domain import enterprise, nik
from app.domain.ids import ParticipantId
from app.domain.keys import ClassKey
from app.domain.nik import Nik
from app.errors import Refused, Trouble
from app.queries import consents, participant_record
from app.queries import participants as people
from app.queries.participant_record import ParticipantRecord
from app.queries.participants import ConsentRow, ParticipantDetail, ParticipantRow
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages.participant_fields import PersonFields
from ui.desktop.pages.participant_keeping import Keeper
from ui.desktop.pages.participant_nik import NikCard, said_of, so_far
from ui.desktop.pages.participant_side import ConsentCard, ScaleCard
from ui.desktop.tokens import Hue
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.keys import KeyHelp
from ui.desktop.widgets.layouts import Grow, column, row, scrolled, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.pagehead import PageHead
from ui.desktop.wording import told, words

KEYS = (
    KeyHelp(("Ctrl Enter",), words("participant-key-save")),
    KeyHelp(("Esc",), words("participant-key-leave")),
)
_SIDE = 360


class ParticipantPage(Page):
    """go("participant", id | None, class key | None): None begins somebody new; with a class they join it."""

    place = "participants"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._who: ParticipantId | None = None
        self._key: ClassKey | None = None
        self.record: ParticipantRecord | None = None
        self._holder: ParticipantRow | None = None
        self._clean: tuple[object, ...] = ()
        self._leaving, self._busy, self._more = False, False, False
        self._keeper = Keeper(desk, self)
        self._keeper.saved.connect(self._on_keeper_saved)
        self._keeper.consented.connect(self._on_keeper_consented)
        self._keeper.refused.connect(self._on_refused)
        self.fields, self.nik_card = PersonFields(), NikCard()
        self.scale, self.consent = ScaleCard(self.fields.existing), ConsentCard()
        self.fields.changed.connect(self._on_fields_changed)
        self.fields.nik.show_wanted.connect(self._on_show_wanted)
        self.nik_card.opened.connect(self._open_holder)
        self.consent.withdraw_wanted.connect(self._on_withdraw_wanted)
        self.trouble = Strip("", Hue.RED, "circle-alert")
        self.unsaved = Strip(words("participant-unsaved"), Hue.AMBER)
        self.head = PageHead("")
        self.head.crumb.connect(self._on_head_crumb)
        self.save = self._button("participant-save", Kind.PRIMARY, self.save_now, "Ctrl Enter")
        self.save_more = self._button("participant-save-more", Kind.NORMAL, self._on_save_more_clicked)
        self.drop = self._button("participant-leave", Kind.NORMAL, self._on_drop_clicked)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(
                QKeySequence(keys), self, self.save_now, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
        side = scrolled(widget(column(self.nik_card, 12, self.scale, 12, self.consent, Grow())))
        side.setMinimumWidth(_SIDE)
        self._left = scrolled(widget(column(Card(self.fields, margins=(22, 18, 22, 20)), Grow())))
        foot = row(self.unsaved, Grow(), self.drop, self.save_more, self.save, space=10)
        middle = row(Grow(self._left, 66), 20, Grow(side, 34))
        self.setLayout(
            column(self.head, 14, self.trouble, 4, Grow(middle), 12, foot, margins=(28, 20, 28, 14))
        )
        self.unsaved.hide()
        self.trouble.hide()

    def shown(self, *arguments: object) -> None:
        who, key = (*arguments, None, None)[:2]
        self._who = ParticipantId(who) if isinstance(who, bytes) else None
        self._key = key if isinstance(key, ClassKey) else None
        self._begin(None)
        read = self.desk.runner.read
        read(consents.current_version, then=self._on_version_read)
        if self._who is not None:
            asked = self._who, self._key
            read(participant_record.of, *asked, then=self._begin, refused=self._on_unknown)

    def left(self) -> bool:
        """What is typed is not lost by leaving: the first time the page stays and says so."""
        if self._leaving or not self.dirty:
            self.fields.nik.hide_digits()
            return True
        self._leaving = True
        self.unsaved.show()
        return False

    def keys(self) -> Sequence[KeyHelp]:
        return KEYS

    def focus_first(self) -> None:
        self.fields.text("name").setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def dirty(self) -> bool:
        """Whether something stands in the form that is not on record."""
        return (*self.fields.typed(), *self.consent.typed()) != self._clean

    def save_now(self) -> None:
        """Save what is typed, or open whoever has this NIK already."""
        if self._busy or not self.save.isEnabled():
            return
        if self._holder is not None:
            self._open_holder()
            return
        today = self.desk.now().date()
        self.fields.accept()
        self.consent.form.accept()
        self.trouble.hide()
        try:
            form, consent = self.fields.read(today), self.consent.read(today)
        except Refused as fault:
            self._on_refused(fault)
            return
        self._busy = True
        if self.record is None:
            self._keeper.take_in(form, consent, self._key)
        else:
            self._keeper.correct(self.record, form, consent, self._key)

    def _button(self, code: str, kind: Kind, pressed: Callable[[], None], key: str | None = None) -> Button:
        made = Button(words(code), kind, key=key)
        made.clicked.connect(pressed)
        return made

    def _begin(self, record: ParticipantRecord | None) -> None:
        """Show the person as on record, or an empty form."""
        self.record, self._holder = record, None
        person = None if record is None else record.person
        self._busy, self._more = False, False
        self.save.setEnabled(True)
        self.trouble.hide()
        self.fields.fill(person)
        version = self.consent.version.text()
        self.consent.begin(person, version, self.desk.now().date())
        self._say_head()
        self._keep_clean()
        self._look_at_nik()
        self._look_at_scale()

    def _keep_clean(self) -> None:
        self._clean = (*self.fields.typed(), *self.consent.typed())
        self._leaving = False
        self.unsaved.hide()

    def _say_head(self) -> None:
        new = self._who is None
        title = words("participant-new-title") if new else (self.record.person.name if self.record else "…")
        crumbs = [words("place-participants")]
        if self._key is not None:
            crumbs = [words("place-classes"), self._key.code, words("class-tab-class-participants")]  # type: ignore[list-item]  # texts of both kinds
        self.head.say(title, crumbs)
        code = "participant-save" if self._key is None else "participant-save-class"
        self.save.say(words(code, code="" if self._key is None else self._key.code))
        self.save_more.setVisible(new)

    def _on_version_read(self, version: str) -> None:
        self.consent.version.setText(version)

    def _on_unknown(self, trouble: Trouble) -> None:
        """Nobody of this id is here: nothing can be saved."""
        self._on_refused(trouble)
        self.save.setEnabled(False)

    def _on_fields_changed(self, name: str) -> None:
        self._leaving = False
        self.unsaved.hide()
        if name in self.fields.fields and self.fields.fields[name].refused:
            self.fields.fields[name].accept()
        if name in ("nik", "sex", "birth_date"):
            self._look_at_nik()
        if name in ("capital", "sales", "existing"):
            self._look_at_scale()

    def _look_at_nik(self) -> None:
        """Say what the digits mean so far; whole ones are looked up, and fill what is empty."""
        today, field = self.desk.now().date(), self.fields.nik
        found = so_far(field.value(), today)
        self._holder = None
        warnings: tuple[str, ...] = ()
        if isinstance(found, Nik):
            if field.typing and field.input.hasFocus():
                self.fields.fill_from(found)
            warnings = nik.differences(found, self.fields.sex.value(), self._birth_date(today))
            if field.typing:
                then = functools.partial(self._on_holder_read, found.value)
                self.desk.runner.read(people.holder, found.value, then=then)
        self.nik_card.tell(*said_of(found, warnings))

    def _on_holder_read(self, number: str, holder: ParticipantRow | None) -> None:
        same = nik.clean(self.fields.nik.value()) == number
        if holder is not None and same and holder.id != self._who:
            self._holder = holder
            self.nik_card.show_holder(holder.name)

    def _open_holder(self) -> None:
        """Instead of a second person of this NIK, the one there is, for the same class."""
        if self._holder is not None:
            name = self._holder.name
            self.shown(self._holder.id, self._key)
            self.focus_first()
            self.desk.tell(words("participant-opened-known", name=name))

    def _look_at_scale(self) -> None:
        try:
            capital, sales = self.fields.amount("capital"), self.fields.amount("sales")
        except Refused:
            self.scale.tell(None)
            return
        existing = self.fields.existing.value()
        known = enterprise.is_existing(sales) if existing is None else existing
        self.scale.tell(enterprise.classify(capital, sales, known))

    def _birth_date(self, today: date) -> date | None:
        try:
            return self.fields.birth_date(today)
        except Refused:
            return None

    def _on_show_wanted(self) -> None:
        if self._who is not None:
            show = self.fields.nik.show_whole
            self.desk.runner.write(disclosures.show_nik, self._who, then=show, refused=self._on_refused)

    def _on_keeper_saved(self, who: ParticipantId) -> None:
        """Somebody new is begun where that was asked for; else one goes back to where one came from."""
        self._keep_clean()
        if self._more:
            self.shown(None, self._key)
            self.focus_first()
        else:
            self._who = who
            self.desk.back()

    def _on_withdraw_wanted(self, given: ConsentRow) -> None:
        if self._who is not None:
            self._keeper.withdraw(self._who, given)

    def _on_keeper_consented(self, who: ParticipantId) -> None:
        """Show the consents anew; what is being typed stays."""
        if who == self._who:
            self.desk.runner.read(people.one, who, then=self._show_consents)

    def _show_consents(self, person: ParticipantDetail) -> None:
        self.consent.begin(person, self.consent.version.text(), self.desk.now().date())

    def _on_refused(self, trouble: Trouble) -> None:
        """Say it at the field it speaks of, brought into sight, or above the form."""
        self._busy, self._more = False, False
        for form in (self.consent.form, self.fields):
            if trouble.field in form.fields:
                form.refuse(trouble.field, told(trouble))
                show = functools.partial(self._left.ensureWidgetVisible, form.fields[trouble.field])
                QTimer.singleShot(0, self._left, show)  # once the words beside it have their place
                return
        self.trouble.say(told(trouble))
        self.trouble.show()

    def _on_save_more_clicked(self) -> None:
        self._more = True
        self.save_now()

    def _on_drop_clicked(self) -> None:
        self._leaving = True
        self.desk.back()

    def _on_head_crumb(self, at: int) -> None:
        if self._key is None:
            self.desk.go("participants")
        elif at == 0:
            self.desk.go("classes")
        else:
            self.desk.go("class_participants", self._key)


PAGE = ParticipantPage
