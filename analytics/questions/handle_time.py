"""What would change if the handle-time target were relaxed: mean, repeat rate and their association, by reason."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.engine import Reader
from analytics.errors import CannotTellError
from analytics.questions.identified import too_few_identified
from analytics.questions.period import data_period
from analytics.questions.selection import Selection
from analytics.questions.spread import Floats, by_group
from analytics.statistics.estimate import GREY_BELOW, Estimate
from analytics.statistics.groups import rate
from analytics.statistics.handle_time import break_even, fall_of_repeats, net_change, slope
from analytics.statistics.jackknife import GROUPS

_MEASURES = ["contacts", "has_repeat", "log_sum", "log_squares", "log_repeats"]


@dataclass(frozen=True, slots=True)
class HandleTime:
    """Handle time and repeats of contacts that are followed to the end of the window."""

    mean_seconds: float
    repeat_rate: Estimate
    slope: Estimate
    """Change of the repeat probability per unit of log handle time, within reason and channel: an association."""
    contacts: int


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What goes with a handle time that is `seconds` longer."""

    seconds: float
    break_even: float
    """Relative fall of repeats at which no minute is lost; above 1 there is none."""
    fall: Estimate
    """Relative fall of repeats that the data associates with it; above 0 is fewer repeats."""
    net: Estimate
    """Relative change of handled minutes at that fall."""

    @property
    def verdict(self) -> str:
        """Whether the association reaches the break-even: reaches, misses, longer (comes back more) or unclear."""
        low, high = self.fall.low, self.fall.high
        if low is None or high is None:
            return "unclear"
        if high < 0:
            return "longer"
        if low > self.break_even:
            return "reaches"
        return "misses" if high < self.break_even else "unclear"


def handle_repeats(reader: Reader) -> pd.DataFrame:
    """Return sums of handle time and repeats by reason, channel and replicate group, over all months."""
    return reader.frame("questions/handle_repeats")


def handle_time(reader: Reader, selection: Selection, reason: str = "") -> HandleTime:  # noqa: ARG001 - as all questions
    """Return handle time, repeat rate and their association over all months, of one reason or of all (empty).

    The filters do not apply: an association needs every contact there is. Raises CannotTellError without customers,
    handle times or enough repeats.
    """
    period = data_period(reader)
    if why := too_few_identified(reader, Selection(period.first_month, period.last_full_month)):
        raise CannotTellError(why)
    rows = handle_repeats(reader)
    rows = rows[rows["reason"] == reason] if reason else rows
    contacts, again = int(rows["contacts"].sum()), int(rows["has_repeat"].sum())
    other = ", or choose all reasons" if reason else ""
    if not contacts:
        raise CannotTellError("No contact has a handle time.", do=f"Map handle_seconds on Sources{other}.")
    if min(again, contacts - again) < GREY_BELOW:
        raise CannotTellError(
            f"Only {again} of {contacts:,} contacts with a handle time came back; {GREY_BELOW} are needed.",
            do=f"Map handle_seconds and customer_id{other}.",
        )
    return HandleTime(
        float(rows["handle_seconds"].sum()) / contacts, rate(by_group(rows, ["has_repeat", "contacts"])),
        slope(_cells(rows)), contacts,
    )  # fmt: skip


def relaxed(found: HandleTime, seconds: float) -> Relaxed:
    """Return what goes with `seconds` more per contact; only what the data associates, nothing is assumed."""
    mean, share, per_log = found.mean_seconds, found.repeat_rate.value or 0.0, found.slope
    if per_log.value is None or per_log.low is None or per_log.high is None:
        return Relaxed(seconds, break_even(seconds, mean, share), per_log, per_log)
    fall, least, most = (
        fall_of_repeats(end, seconds, mean, share) for end in (per_log.value, per_log.high, per_log.low)
    )
    net, worst, best = net_change(np.minimum([fall, least, most], 1.0), seconds, mean, share).tolist()
    return Relaxed(
        seconds, break_even(seconds, mean, share), replace(per_log, value=fall, low=least, high=most),
        replace(per_log, value=net, low=best, high=worst),
    )  # fmt: skip


def net_curve(found: HandleTime, seconds: float, minutes: float, most: float) -> pd.DataFrame:
    """Return fall_percent (0 to `most`) and net_minutes a year of `minutes` handled, for the figure."""
    falls = np.linspace(0.0, most, 41)
    net = net_change(falls, seconds, found.mean_seconds, found.repeat_rate.value or 0.0)
    return pd.DataFrame({"fall_percent": 100.0 * falls, "net_minutes": net * minutes})


def _cells(rows: pd.DataFrame) -> Floats:
    cells = pd.factorize(rows["reason"].astype(str) + "\n" + rows["channel"].astype(str))[0]
    sums = np.zeros((GROUPS, cells.max() + 1, len(_MEASURES)))
    np.add.at(sums, (rows["replicate_group"].to_numpy(dtype=int), cells), rows[_MEASURES].to_numpy(dtype=np.float64))
    return sums
