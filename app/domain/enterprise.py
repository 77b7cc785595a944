"""The scale of an enterprise under PP 7/2021, Article 35, and whether the programme may take it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scale(StrEnum):
    """Smallest first. The programme is for the first two."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Criterion(StrEnum):
    """Which of the two figures decided."""

    CAPITAL = "capital"
    SALES = "sales"


# Upper bounds in rupiah, inclusive: capital without land and buildings (par. 3), annual sales (par. 5).
_BOUNDS = {
    Criterion.CAPITAL: (1_000_000_000, 5_000_000_000, 10_000_000_000),
    Criterion.SALES: (2_000_000_000, 15_000_000_000, 50_000_000_000),
}


@dataclass(frozen=True, slots=True)
class Classification:
    """A scale, and the figure it was read from."""

    scale: Scale
    criterion: Criterion

    @property
    def refusal(self) -> str | None:
        """The code that keeps the enterprise out (scale-medium, scale-large), or None."""
        excluded = self.scale in (Scale.MEDIUM, Scale.LARGE)
        return f"scale-{self.scale}" if excluded else None


def classify(capital: int | None, sales: int | None, existing: bool) -> Classification | None:
    """The scale by annual sales for an existing enterprise, by capital for a new one (PP 7/2021 art. 35).

    Both figures are rupiah. Where the figure the law asks for is unknown (None) the other one decides, and
    the criterion says so; None when neither is known.
    """
    order = [(Criterion.SALES, sales), (Criterion.CAPITAL, capital)]
    for criterion, amount in order if existing else reversed(order):
        if amount is not None:
            return Classification(_scale(amount, criterion), criterion)
    return None


def is_existing(sales: int | None) -> bool:
    """Whether an enterprise of which only figures are known is taken as existing: it has sold something."""
    return sales is not None and sales > 0


def _scale(amount: int, criterion: Criterion) -> Scale:
    for scale, bound in zip(Scale, _BOUNDS[criterion], strict=False):
        if amount <= bound:
            return scale
    return Scale.LARGE
