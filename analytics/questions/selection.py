"""What is looked at: the period and the filters shared by every page, and how SQL gets them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from analytics.errors import CannotTellError


@dataclass(frozen=True, slots=True)
class Selection:
    """Whole months, both ends included, and the segments and products looked at."""

    first_month: date
    """First day of the first month."""
    last_month: date
    """First day of the last month."""
    segments: tuple[str, ...] = ()
    """Empty means all."""
    products: tuple[str, ...] = ()
    """Empty means all."""

    def __post_init__(self) -> None:
        if self.first_month > self.last_month:
            raise CannotTellError("The period ends before it begins.", do="Choose a later last month.")

    @property
    def months(self) -> int:
        """Number of months."""
        return months_between(self.first_month, self.last_month) + 1

    @property
    def year_before(self) -> "Selection":
        """The same months one year earlier."""
        return self.shifted(-12)

    def shifted(self, months: int) -> "Selection":
        """Return the same selection, `months` later."""
        return replace(
            self, first_month=add_months(self.first_month, months), last_month=add_months(self.last_month, months)
        )

    def since(self, first_month: date) -> "Selection":
        """Return the selection with another first month, never later than its last one."""
        return replace(self, first_month=min(first_month, self.last_month))

    def parameters(self) -> dict[str, Any]:
        """Return what SQL binds as $first_month, $last_month, $segments and $products."""
        return {
            "first_month": self.first_month,
            "last_month": self.last_month,
            "segments": list(self.segments),
            "products": list(self.products),
        }


def add_months(month: date, months: int) -> date:
    """Return the first day of the month `months` after the one `month` lies in."""
    years, zero_based = divmod(month.year * 12 + month.month - 1 + months, 12)
    return date(years, zero_based + 1, 1)


def months_between(first: date, last: date) -> int:
    """Return how many months `last` lies after `first`."""
    return (last.year - first.year) * 12 + last.month - first.month
