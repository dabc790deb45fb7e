"""When the data begins and ends, and what can be filtered on: read first by every page."""

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from analytics.engine import Reader
from analytics.errors import CannotTellError
from analytics.questions.selection import Selection, add_months


@dataclass(frozen=True, slots=True)
class DataPeriod:
    """What the built result says about itself."""

    name: str
    first_month: date
    """First month that is complete, or the first month there is."""
    last_full_month: date
    """Last complete month; the one after it, if any, is partial and left out of comparisons."""
    last_at: datetime | None
    """Time of the latest contact: the data is as of then."""
    built_at: str
    window_days: int
    """The locked issue window."""
    currency: str
    timezone: str
    invented: bool

    @property
    def default(self) -> Selection:
        """The last twelve complete months, or as many as there are."""
        return Selection(
            max(self.first_month, add_months(self.last_full_month, -11)), max(self.last_full_month, self.first_month)
        )

    def covers(self, selection: Selection) -> bool:
        """True when every month of the selection is complete in the data."""
        return self.first_month <= selection.first_month and selection.last_month <= self.last_full_month


@dataclass(frozen=True, slots=True)
class Choices:
    """What people can filter on, most contacts first."""

    segments: tuple[str, ...]
    products: tuple[str, ...]
    reasons: tuple[str, ...]
    channels: tuple[str, ...]
    months: tuple[date, ...]


def data_facts(reader: Reader) -> pd.DataFrame:
    """Return the keys and values the import wrote about the result as a whole."""
    return reader.frame("questions/data_facts")


def data_period(reader: Reader) -> DataPeriod:
    """Return when the data begins and ends. Raises CannotTellError when there is no month in it at all."""
    frame = data_facts(reader)
    facts = {str(key): text for key, text in zip(frame["key"], frame["value"], strict=True) if isinstance(text, str)}
    first = _day(facts.get("first_full_month")) or _day(facts.get("first_month"))
    last = _day(facts.get("last_full_month"))
    if first is None:
        raise CannotTellError("There are no dated contacts or surveys.", do="Map started_at on Sources.")
    last_at = facts.get("last_at")
    return DataPeriod(
        name=facts.get("name") or "",
        first_month=first,
        last_full_month=last if last is not None and last >= first else first,
        last_at=datetime.fromisoformat(last_at) if last_at else None,
        built_at=facts.get("built_at") or "",
        window_days=int(facts.get("window_days") or 7),
        currency=facts.get("currency") or "EUR",
        timezone=facts.get("timezone") or "UTC",
        invented=str(facts.get("invented")).lower() in {"true", "1"},
    )


def filter_choices(reader: Reader) -> Choices:
    """Return the values the shared filters offer."""
    frame = reader.frame("questions/filter_choices")
    by_kind = {str(kind): tuple(group["value"]) for kind, group in frame.groupby("kind", sort=False)}
    return Choices(
        segments=by_kind.get("segment", ()),
        products=by_kind.get("product", ()),
        reasons=by_kind.get("reason", ()),
        channels=by_kind.get("channel", ()),
        months=tuple(sorted(date.fromisoformat(month) for month in by_kind.get("month", ()))),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
