"""The second step: which column of a sheet is what, as it was found, and as a person would have it."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QWidget

from app.roster.fields import Field
from app.roster.offered import OfferedColumn
from ui.desktop.pages.roster_import_words import field_words, masked, masked_phone
from ui.desktop.pages.roster_import_work import Choices, Looked, OfferedSheet
from ui.desktop.tokens import Hue, Role, Tone
from ui.desktop.widgets.cards import Card
from ui.desktop.widgets.inputs import ChoiceInput
from ui.desktop.widgets.labels import Label
from ui.desktop.widgets.layouts import Grow, column, row, scrolled, widget
from ui.desktop.widgets.notices import Strip
from ui.desktop.widgets.toggles import TickBox
from ui.desktop.wording import Count, Text, told, words

_ALWAYS = (
    Field.NAME,
    Field.NIK,
    Field.BIRTH_PLACE,
    Field.BIRTH_DATE,
    Field.BIRTH_PLACE_DATE,
    Field.SEX,
    Field.PHONE,
    Field.ADDRESS,
    Field.BUSINESS_NAME,
    Field.NIB,
    Field.CAPITAL,
    Field.SALES,
    Field.REMARK,
)
_WHERE_FOUND = (Field.BIRTH_MONTH, Field.BIRTH_YEAR, Field.SEX_MALE, Field.SEX_FEMALE)
_LONGEST_SAMPLE, _LONGEST_HEADING = 22, 28
_ROOM = 180  # of a choice, in pixels


class ColumnsStep(QWidget):
    """The columns of one sheet at a time, each with the field it fills and a little of what it holds."""

    def __init__(self) -> None:
        super().__init__()
        self._looked: Looked | None = None
        self._columns: dict[str, dict[Field, str | None]] = {}
        self._read: set[str] = set()
        self._touched = False
        self.strip = Strip("", Hue.AMBER)
        self._trouble = widget(column(self.strip, 12))
        self.sheets: ChoiceInput[str] = ChoiceInput()
        self.sheets.setAccessibleName(str(words("import-sheets")))
        self.sheets.picked.connect(lambda _: self._show_sheet())
        self.reads = TickBox(words("import-sheet-read"))
        self.reads.clicked.connect(self._on_reads_clicked)
        self.about_sheet = Label("", Role.SMALL, Tone.INK2)
        sheet_line = row(self.sheets, 14, self.reads, 14, self.about_sheet, Grow())
        self._sheet_line = widget(column(sheet_line, 12))
        self._lines = {field: _Line(field) for field in (*_ALWAYS, *_WHERE_FOUND)}
        self.chosen = {field: line.choice for field, line in self._lines.items()}
        for field, line in self._lines.items():
            line.choice.picked.connect(functools.partial(self.choose, field))
        self._unused = Label("", Role.SMALL, Tone.INK2, wrap=True)
        self._passed = Label("", Role.SMALL, Tone.INK2, wrap=True)
        said = Label(words("import-columns-said"), Role.BODY, Tone.INK2, wrap=True)
        card = Card(said, 12, self._grid(), 12, self._unused, self._passed, Grow())
        self.setLayout(column(self._trouble, self._sheet_line, Grow(scrolled(card))))

    def show_looked(self, looked: Looked) -> None:
        """Show what was found in a file; where nothing was, say so, and offer all its columns."""
        first = self._looked is None or self._looked.opened is not looked.opened
        self._looked = looked
        if first:
            self._columns, self._touched = {}, False
            self._read = {sheet.name for sheet in looked.sheets if sheet.found is not None}
            if not self._read and len(looked.sheets) == 1:
                self._read = {looked.sheets[0].name}
        self.sheets.offer([(sheet.name, _sheet_title(sheet)) for sheet in looked.sheets])
        if first:
            self.sheets.choose(next((s.name for s in looked.sheets if s.found), looked.sheets[0].name))
        self._sheet_line.setVisible(len(looked.sheets) > 1)
        self._trouble.setVisible(looked.trouble is not None)
        if looked.trouble is not None:
            nobody = looked.trouble.code == "roster-no-rows" and bool(looked.choices.columns)
            code = "import-columns-nobody" if nobody else "import-columns-none"
            known = looked.trouble.code in ("roster-no-heading", "roster-no-rows")
            self.strip.say(words(code, name=looked.opened.path.name) if known else told(looked.trouble))
        self._show_sheet()

    def choices(self) -> Choices:
        """What is chosen now."""
        columns = {name: dict(chosen) for name, chosen in self._columns.items() if chosen}
        return Choices(columns, frozenset(self._read) if self._touched else None)

    def refusal(self) -> Text | None:
        """Why one cannot go on with these choices."""
        return None if self._read else words("import-columns-no-sheet")

    def changed(self) -> bool:
        """Whether the file has to be read again for what is chosen."""
        return self._looked is not None and self.choices() != self._looked.choices

    def choose(self, field: Field, letter: str | None) -> None:
        """Take a field from another column; the field that had this column goes without."""
        sheet = self._sheet()
        if sheet is None:
            return
        chosen = self._columns.setdefault(sheet.name, {})
        for other, had in self._mapping(sheet).items():
            if had == letter and other is not field and letter is not None:
                chosen[other] = None
        chosen[field] = letter
        found = {} if sheet.found is None else {f: c.letter for f, c in sheet.found.columns.items()}
        self._columns[sheet.name] = {f: at for f, at in chosen.items() if at != found.get(f)}
        if sheet.name not in self._read:
            self._read.add(sheet.name)
            self._touched = True
        self._show_sheet()
        self.chosen[field].setFocus()

    def _sheet(self) -> OfferedSheet | None:
        sheets = () if self._looked is None else self._looked.sheets
        return next((sheet for sheet in sheets if sheet.name == self.sheets.value()), None)

    def _mapping(self, sheet: OfferedSheet) -> dict[Field, str | None]:
        found = {} if sheet.found is None else {f: c.letter for f, c in sheet.found.columns.items()}
        return {**found, **self._columns.get(sheet.name, {})}

    def _on_reads_clicked(self) -> None:
        name = self.sheets.value()
        if name is not None:
            (self._read.add if self.reads.isChecked() else self._read.discard)(name)
            self._touched = True

    def _show_sheet(self) -> None:
        sheet = self._sheet()
        if sheet is None:
            return
        self.reads.setChecked(sheet.name in self._read)
        self.about_sheet.say(_about(sheet))
        mapping = self._mapping(sheet)
        for field, line in self._lines.items():
            line.show_sheet(sheet, mapping.get(field))
        self._say_rest(sheet, mapping)

    def _grid(self) -> QGridLayout:
        """The lines in two columns, those that few sheets have at the end."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        for side in (0, 4):
            for at, head in enumerate(("item", "of", "samples")):
                grid.addWidget(Label(words(f"import-column-{head}"), Role.HEAD, Tone.INK2), 0, side + at)
        half = -(-len(_ALWAYS) // 2)
        spots = [(n % half + 1, 4 * (n // half)) for n in range(len(_ALWAYS))]
        spots += [(half + 1 + n // 2, 4 * (n % 2)) for n in range(len(_WHERE_FOUND))]
        for line, (down, side) in zip(self._lines.values(), spots, strict=True):
            for at, part in enumerate((line.label, line.choice, line.samples)):
                grid.addWidget(part, down, side + at)
        for at, stretch in enumerate((3, 4, 3, 0, 3, 4, 3)):
            grid.setColumnStretch(at, stretch)
        grid.setColumnMinimumWidth(3, 14)
        return grid

    def _say_rest(self, sheet: OfferedSheet, mapping: Mapping[Field, str | None]) -> None:
        taken = set(mapping.values())
        unused = [_column_title(c) for c in sheet.columns if c.letter not in taken]
        listed = ", ".join(str(title) for title in unused)
        self._unused.say(
            words("import-column-unused", columns=listed) if unused else words("import-column-all-used")
        )
        passed = 0 if sheet.found is None else len(sheet.found.ignored)
        self._passed.setVisible(bool(passed))
        self._passed.say(words("import-left-lines", n=passed))


class _Line:
    """A field with the column it takes and a little of what that holds; made once, for any sheet."""

    def __init__(self, field: Field) -> None:
        self._field = field
        needed = field in (Field.NAME, Field.NIK)
        self.label = Label(field_words(field), Role.STRONG if needed else Role.BODY, wrap=True)
        self.choice: ChoiceInput[str | None] = ChoiceInput()
        self.choice.setSizeAdjustPolicy(self.choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumWidth(_ROOM)
        self.choice.setAccessibleName(str(words("import-column-for", field=field_words(field))))
        self.samples = Label("", Role.SMALL, Tone.INK2, wrap=True)

    def show_sheet(self, sheet: OfferedSheet, letter: str | None) -> None:
        """Offer the columns of a sheet, of which this one is chosen."""
        self.choice.offer(_options(sheet))
        self.choice.choose(letter)
        self.samples.say(_samples(self._field, letter, sheet))
        shown = self._field in _ALWAYS or letter is not None
        for part in (self.label, self.choice, self.samples):
            part.setVisible(shown)


def _options(sheet: OfferedSheet) -> list[tuple[str | None, Text]]:
    options: list[tuple[str | None, Text]] = [(None, words("import-column-none"))]
    return options + [(offered.letter, _column_title(offered)) for offered in sheet.columns]


def _column_title(offered: OfferedColumn) -> Text:
    if not offered.heading:
        return words("import-column-bare", letter=offered.letter)
    return words(
        "import-column-one", letter=offered.letter, heading=_short(offered.heading, _LONGEST_HEADING)
    )


def _samples(field: Field, letter: str | None, sheet: OfferedSheet) -> str:
    """A little of what the column holds; numbers of people only by their last digits."""
    held = next((offered.samples for offered in sheet.columns if offered.letter == letter), ())
    if field is Field.NIK:
        return ", ".join(f"…{masked(text, whole=False)[-4:]}" for text in held[:2])
    if field is Field.PHONE:
        return _short(masked_phone(held[0]).replace("▪", "."), _LONGEST_SAMPLE) if held else ""
    both = ", ".join(held[:2])
    return both if len(both) <= _LONGEST_SAMPLE else _short("".join(held[:1]), _LONGEST_SAMPLE)


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _sheet_title(sheet: OfferedSheet) -> Text:
    return words("import-sheet-hidden", name=sheet.name) if sheet.hidden else sheet.name


def _about(sheet: OfferedSheet) -> Text:
    if sheet.found is None:
        return words("import-sheet-not")
    if sheet.found.heading_rows is None:
        return words("import-sheet-rows-bare", n=Count(sheet.people))
    return words("import-sheet-rows", n=Count(sheet.people), first=sheet.found.heading_rows[0])
