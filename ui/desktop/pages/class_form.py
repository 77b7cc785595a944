"""Opening a class and changing one: programme, code, title, days, room, and who teaches it."""

from __future__ import annotations

import contextlib
import functools

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.actions import classes as actions
from app.domain import typed_days
from app.domain.keys import ClassKey
from app.domain.programme import Programme
from app.errors import Refused, Trouble
from app.queries import class_choices
from app.queries.class_choices import ClassChoices
from app.queries.classes import ClassRow
from ui.desktop import places
from ui.desktop.desk import Desk
from ui.desktop.page import Page
from ui.desktop.pages.class_form_parts import Made, People, ProgrammeCard, named, no_programme, written
from ui.desktop.tokens import Hue
from ui.desktop.widgets.buttons import Button, Kind
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.form import Form
from ui.desktop.widgets.inputs import ChoiceInput, Field, TextInput
from ui.desktop.widgets.layouts import Grow, Item, Put, clear, column, fill, row, scrolled, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.pagehead import PageHead
from ui.desktop.widgets.waiting import Skeleton
from ui.desktop.wording import Text, long_day, told, words


class ClassFormPage(Page):
    """go("class_form") for a new class, go("class_form", class key) to change one. What was typed stays
    until it is saved, also when one goes elsewhere meanwhile."""

    place = "classes"
    watches = frozenset({"programme", "module", "person"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._key: ClassKey | None = None
        self._head: ClassRow | None = None
        self._made: ClassKey | None = None
        self._filled = False
        self._programmes: dict[tuple[str, int], Programme] = {}
        self._titled = ""  # the title that came with the programme, for as long as nobody has changed it
        self.programme: ChoiceInput[tuple[str, int]] = ChoiceInput()
        self.programme.picked.connect(self._on_programme_picked)
        self.code, self.intake = TextInput("KWU-09/2026", 12), TextInput("IX", 8)
        self.title, self.room = TextInput("", 24), TextInput("", 8)
        self.first, self.last = TextInput(words("schedule-day-hint")), TextInput(words("schedule-day-hint"))
        self.people, self.card = People(), ProgrammeCard()
        self.form = self._fields()
        self.save_button = Button(words("class-form-save-new"), Kind.PRIMARY, key="Enter")
        self.save_button.clicked.connect(self.save)
        self.drop_button = Button(words("schedule-drop"), key="Esc")
        self.drop_button.clicked.connect(self.desk.back)
        self.head = PageHead("")
        self.head.crumb.connect(self._on_head_crumb)
        self._other = column()
        self._body = QStackedWidget()
        self._body.addWidget(self._full())
        self._body.addWidget(widget(self._other))
        self.setLayout(column(self.head, 18, Grow(self._body), margins=(28, 20, 28, 14)))

    def shown(self, *arguments: object) -> None:
        key = arguments[0] if arguments else None
        assert key is None or isinstance(key, ClassKey)
        if key != self._key or not self._filled or self._as_it_is():
            self._begin(key)

    def refresh(self) -> None:
        read = self.desk.runner.read
        read(class_choices.of, self._key, then=self._on_read, refused=self._on_read_refused)

    def focus_first(self) -> None:
        if self._body.currentIndex():
            super().focus_first()
        else:
            (self.code if self._key is None else self.title).setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Open the class, or change it; what cannot be read is said at its field."""
        try:
            today = self.desk.now().date()
            first = typed_days.parse(self.first.text(), today, "first_day")
            last = typed_days.parse(self.last.text(), today, "last_day")
        except Refused as refusal:
            self._on_refused(refusal)
            return
        self.form.accept()
        said = {
            "title": self.title.text(), "first_day": first, "last_day": last, "intake": self.intake.text(),
            "room": self.room.text(), "instructors": self.people.value(),
        }  # fmt: skip
        write, chosen = self.desk.runner.write, self.programme.value()
        if self._key is not None:
            then = functools.partial(self._on_changed, self._head)
            write(actions.edit, self._key, **said, then=then, refused=self._on_refused)
        elif chosen is not None:
            code, version = chosen
            said |= {"code": self.code.text(), "programme": code, "version": version}
            write(actions.create, **said, then=self._on_made, refused=self._on_refused)

    def _fields(self) -> Form:
        made = Form(3)
        made.add("programme", Field(words("class-form-programme"), self.programme), wide=True)
        made.add("code", Field(words("class-form-code"), self.code, words("class-form-code-help")))
        made.add("intake", Field(words("classes-intake"), self.intake))
        made.add("room", Field(words("class-form-room"), self.room))
        made.add("title", Field(words("class-form-title"), self.title), wide=True)
        made.add("first_day", Field(words("class-form-first"), self.first))
        made.add("last_day", Field(words("class-form-last"), self.last))
        made.add("instructors", Field(words("class-form-instructors"), self.people), wide=True)
        for field in (self.code, self.intake, self.title, self.first, self.last, self.room):
            field.returnPressed.connect(self.save)
        for name, field in (("first_day", self.first), ("last_day", self.last)):
            field.textChanged.connect(functools.partial(self._explain, name))
        return made

    def _full(self) -> QWidget:
        verbs = row(self.save_button, self.drop_button, Grow(), space=10)
        typed = Card(self.form, 18, verbs, margins=(24, 20, 24, 22))
        top = Qt.AlignmentFlag.AlignTop
        return scrolled(widget(column(row(Put(typed, top), 20, Put(self.card, top)), Grow())))

    def _begin(self, key: ClassKey | None) -> None:
        """Begin with an empty form, or with what a class is now."""
        self._key, self._head, self._filled, self._made = key, None, False, None
        self._titled = ""
        for field in (self.code, self.intake, self.title, self.room, self.first, self.last):
            field.clear()
        self.form.accept()
        for fixed in (self.code, self.programme):
            fixed.setEnabled(key is None)
        help = "class-form-code-help" if key is None else "class-form-code-fixed"
        self.form.fields["code"].explain(words(help))
        self.save_button.say(words("class-form-save-new" if key is None else "schedule-keep"))
        if key is None:
            self.head.say(words("class-form-new"), (words("place-classes"),))
        else:
            self.head.say(words("class-form-change", code=key.code), (words("place-classes"), key.code))
        self._put(Skeleton(8, 56), Grow())
        self._stale = True

    def _on_read(self, choices: ClassChoices) -> None:
        head = choices.head
        if (None if head is None else head.key) != self._key:
            return
        self._programmes = {(p.code, p.version): p for p in choices.programmes}
        if not self._programmes:
            fetch = Button(words("class-form-fetch"), Kind.PRIMARY, icon="refresh-cw")
            fetch.clicked.connect(lambda: self.desk.go("sync"))
            self._put(Grow(no_programme(fetch)))
            fetch.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        first, self._head = not self._filled, head
        self.programme.offer([(at, named(p)) for at, p in self._programmes.items()])
        chosen = self.people.value() if self._filled else self._teaching(head)
        self.people.offer(choices.people, chosen)
        self.people.stand_after(self.last)
        if first:
            self._fill(head)
        self._show_programme()
        if first:
            self._body.setCurrentIndex(0)
            if self.isVisible():
                self.focus_first()

    def _as_it_is(self) -> bool:
        """Whether the form shows a class with nothing changed, so that nothing is lost by reading it anew."""
        head = self._head
        if head is None:
            return False
        typed = (self.title.text(), self.intake.text(), self.room.text(), self.people.value())
        days = (self.first.text(), self.last.text())
        of_class = (head.title, head.intake, head.room, head.instructors)
        return typed == of_class and days == (written(head.first_day), written(head.last_day))

    def _teaching(self, head: ClassRow | None) -> tuple[bytes, ...]:
        """Who teaches the class; a new one whoever is at work."""
        if head is not None:
            return head.instructors
        author = self.desk.runner.author
        return () if author is None else (author,)

    def _fill(self, head: ClassRow | None) -> None:
        self._filled = True
        if head is None:
            self._on_programme_picked()
            return
        self.programme.choose((head.programme, head.version))
        self.code.setText(head.key.code)
        self.intake.setText(head.intake)
        self.title.setText(head.title)
        self.room.setText(head.room)
        self.first.setText(written(head.first_day))
        self.last.setText(written(head.last_day))

    def _on_read_refused(self, trouble: Trouble) -> None:
        self._put(Strip(told(trouble), Hue.RED, "circle-alert"), Grow())

    def _on_programme_picked(self, _: object = None) -> None:
        """A class is called as its programme, until somebody calls it otherwise."""
        chosen = self._programmes.get(self.programme.value() or ("", 0))
        if chosen is not None and self.title.text() == self._titled and self._key is None:
            self._titled = chosen.title
            self.title.setText(chosen.title)
        self._show_programme()

    def _show_programme(self) -> None:
        chosen = self._programmes.get(self.programme.value() or ("", 0))
        self.card.setVisible(chosen is not None)
        if chosen is not None:
            self.card.show_programme(chosen)

    def _explain(self, name: str, typed: str) -> None:
        """Say under a day which day of the week is meant."""
        said: Text | None = None
        with contextlib.suppress(Refused):
            said = long_day(typed_days.parse(typed, self.desk.now().date()))
        self.form.fields[name].explain(None if said is None or str(said) == typed else said)

    def _on_made(self, key: ClassKey) -> None:
        """It is there: what comes next. The form is empty for the next one, unless this is taken back."""
        importing = places.exists("roster_import")
        made = Made(key, importing)
        made.wanted.connect(lambda what: self._on_next_wanted(key, what))
        made.linked.connect(lambda what: self._on_next_wanted(key, what))
        self._put(Grow(made))
        self._filled, self._made = False, key
        if self.isVisible():
            made.plan.setFocus(Qt.FocusReason.OtherFocusReason)
        undo = functools.partial(self._take_back, key)
        self.desk.tell(words("class-form-told-made", code=key.code), undo)

    def _take_back(self, key: ClassKey) -> None:
        then = functools.partial(self._on_taken_back, key)
        self.desk.runner.write(actions.remove, key, then=then, refused=self.desk.tell_trouble)

    def _on_taken_back(self, key: ClassKey, _: None) -> None:
        """Everything stands as it was typed, unless another class has been begun."""
        if self._made == key:
            self._filled, self._made = True, None
            self._body.setCurrentIndex(0)
            self.focus_first()

    def _on_next_wanted(self, key: ClassKey, what: str) -> None:
        if what == "schedule":
            self.desk.go("class_schedule", key, "plan")
        elif what == "open":
            self.desk.go("class_schedule", key)
        elif what == "another":
            self._begin(None)
            self.catch_up()
        elif places.exists("roster_import"):
            self.desk.go("roster_import", None, key)
        else:
            self.desk.go("class_participants", key)

    def _on_changed(self, before: ClassRow | None, key: ClassKey) -> None:
        self._filled = False
        self.desk.back()
        undo = None if before is None else functools.partial(self._change_back, before)
        self.desk.tell(words("class-form-told-changed", code=key.code), undo)

    def _change_back(self, before: ClassRow) -> None:
        values = {
            "title": before.title, "first_day": before.first_day, "last_day": before.last_day,
            "intake": before.intake, "room": before.room, "instructors": before.instructors,
        }  # fmt: skip
        action = functools.partial(actions.edit, **values)  # type: ignore[arg-type]  # as they were read
        self.desk.runner.write(action, before.key, refused=self.desk.tell_trouble)

    def _on_refused(self, trouble: Trouble) -> None:
        missing = trouble.code == "text-missing"
        self.form.refuse(trouble.field, words("class-form-untitled") if missing else told(trouble))

    def _on_head_crumb(self, at: int) -> None:
        self.desk.go("classes") if at == 0 else self.desk.go("class_schedule", self._key)

    def _put(self, *items: Item) -> None:
        """Show something else in the place of the form."""
        clear(self._other)
        fill(self._other, items)
        self._body.setCurrentIndex(1)


PAGE = ClassFormPage
