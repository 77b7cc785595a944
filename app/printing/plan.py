"""In which order the sides of certificates go to a printer, so that front and back meet on one sheet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import Serial
from app.errors import Refused


class Sides(StrEnum):
    """How the two sides of a sheet are printed; stored by value."""

    DUPLEX = "duplex"
    FRONTS_THEN_BACKS = "fronts-then-backs"


class Stack(StrEnum):
    """In which order backs must come after the printed stack was turned over and laid in again.

    FIRST_UP: the first front is fed first again. LAST_UP: the last is. Which it is depends on the printer;
    the calibration sheets tell.
    """

    FIRST_UP = "first-up"
    LAST_UP = "last-up"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A certificate to be printed: its serial, 0 or n for SALINAN ke-n, and how many pages it has."""

    serial: Serial
    copy: int
    pages: int

    @property
    def sheets(self) -> int:
        """Sheets of paper it takes."""
        return (self.pages + 1) // 2


@dataclass(frozen=True, slots=True)
class Job:
    """What is sent at once: pages of one certificate by number from 0, None for an empty side."""

    leaf: Leaf
    pages: tuple[int | None, ...]

    @property
    def sheets(self) -> int:
        """Sheets that come out with it: pages of one side each, or all sides of the certificate."""
        return self.leaf.sheets


@dataclass(frozen=True, slots=True)
class Plan:
    """Jobs in order, in one pass or, with the stack turned over between them, in two."""

    sides: Sides
    passes: tuple[tuple[Job, ...], ...]

    @property
    def sheets(self) -> int:
        """Sheets of paper in all."""
        return sum(job.sheets for job in self.passes[0])


def plan(leaves: Sequence[Leaf], sides: Sides, stack: Stack = Stack.LAST_UP) -> Plan:
    """The jobs for these certificates. Raises Refused("certificate-nothing-to-print")."""
    if not leaves:
        raise Refused("certificate-nothing-to-print")
    if sides is Sides.DUPLEX:
        return Plan(sides, (tuple(Job(leaf, tuple(range(leaf.pages))) for leaf in leaves),))
    fronts = tuple(Job(leaf, tuple(range(0, leaf.pages, 2))) for leaf in leaves)
    backs = tuple(Job(leaf, _backs(leaf)) for leaf in leaves)
    if stack is Stack.LAST_UP:
        backs = tuple(Job(job.leaf, job.pages[::-1]) for job in reversed(backs))
    return Plan(sides, (fronts, backs))


def only(leaves: Sequence[Leaf], serials: Collection[Serial]) -> list[Leaf]:
    """Those that are to be printed again, each once, in the old order: the spoiled ones of a class.

    Raises Refused("print-serial-unknown") for a serial that is not among them.
    """
    known = {leaf.serial for leaf in leaves}
    if unknown := set(serials) - known:
        raise Refused("print-serial-unknown", field="serial", serial=min(unknown))
    return list({leaf.serial: leaf for leaf in leaves if leaf.serial in serials}.values())


def _backs(leaf: Leaf) -> tuple[int | None, ...]:
    """The backs of its sheets; the last is empty where the number of pages is odd."""
    return tuple(page if page < leaf.pages else None for page in range(1, leaf.pages + 1, 2))
