"""What a programme is: its modules, its rule of completion, the template of its official numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.attendance import Policy
from app.domain.ids import ModuleCode, ProgrammeCode


@dataclass(frozen=True, slots=True)
class Module:
    """A part of the programme. `jp` in training hours, `pass_mark` in hundredths (None: the rule's).

    `unit_code` is the SKKNI competency unit, where there is one; `order` counts from 1.
    """

    code: ModuleCode
    title: str
    jp: int
    pass_mark: int | None
    required: bool
    unit_code: str | None
    order: int


@dataclass(frozen=True, slots=True)
class Grade:
    """A label (predikat) for averages from `minimum` (hundredths) up."""

    minimum: int
    label: str


@dataclass(frozen=True, slots=True)
class Rule:
    """When a person has completed: settings of the programme, there being no national rule.

    `min_attendance` in hundredths of a percent, scores in hundredths, `jp_minutes` minutes in one JP,
    `grades` with the highest first.
    """

    min_attendance: int = 8_000
    policy: Policy = field(default_factory=Policy)
    pass_mark: int = 7_000
    grades: tuple[Grade, ...] = ()
    needs_pre: bool = False
    needs_post: bool = True
    jp_minutes: int = 45

    def grade(self, average: int) -> str | None:
        """The label this average earns, None below the lowest."""
        return next((g.label for g in self.grades if average >= g.minimum), None)


@dataclass(frozen=True, slots=True)
class Programme:
    """One version of a programme; a class keeps the version it started with. Modules in their order."""

    code: ProgrammeCode
    version: int
    title: str
    modules: tuple[Module, ...]
    rule: Rule
    number_template: str

    @property
    def jp(self) -> int:
        """Training hours of all modules together."""
        return sum(m.jp for m in self.modules)

    def module(self, code: str) -> Module | None:
        """The module with this code."""
        return next((m for m in self.modules if m.code == code), None)

    def pass_mark(self, module: Module) -> int:
        """The score (hundredths) that passes this module."""
        return self.rule.pass_mark if module.pass_mark is None else module.pass_mark
