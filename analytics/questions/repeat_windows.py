"""The repeat section at all windows of 1 to 30 days in one answer, so that a slider only has to look it up."""

import numpy as np
import pandas as pd

from analytics.engine import Reader
from analytics.questions.costs import price
from analytics.questions.demand import demand_groups
from analytics.questions.identified import too_few_identified
from analytics.questions.period import DataPeriod, data_period
from analytics.questions.rates import Rates
from analytics.questions.removable import channel_months
from analytics.questions.repeats import KNOWN, Repeats, curve_of, immature_from, rates_of, untold
from analytics.questions.selection import Selection
from analytics.questions.spread import Floats, by_group
from analytics.questions.windows import Windows, excess, excess_part, recurrence, windows_by_channel, windows_of
from analytics.statistics.groups import design_effect
from analytics.statistics.repeats import WINDOWS, WindowRates, contacts_per_issue


def every_window(reader: Reader, selection: Selection, rates: Rates) -> tuple[Repeats, ...]:
    """Return what `repeats` returns for windows of 1, 2, … 30 days; all share one curve."""
    windows = windows_of(windows_by_channel(reader, selection), "channel")
    deff = design_effect(by_group(demand_groups(reader, selection), ["has_repeat", "eligible_mature"]))
    found = rates_of(windows, deff)
    costs, curve = _costs(reader, selection, rates, windows), curve_of(windows, found)
    period = data_period(reader)
    every = (_at(days, windows, found, float(costs[days - 1]), curve, period) for days in range(1, WINDOWS + 1))
    why = too_few_identified(reader, selection)
    return tuple(untold(one, why) if why else one for one in every)


def _at(  # noqa: PLR0917
    days: int, windows: Windows, found: WindowRates, cost: float, curve: pd.DataFrame, period: DataPeriod
) -> Repeats:
    mature, again, at = windows.counts("mature"), windows.counts("has_repeat"), days - 1
    part = excess_part(mature, again, days)
    return Repeats(
        window_days=days,
        repeat_rate=found.repeat_rate[at],
        repeat_share=found.repeat_share[at],
        first_contact_resolution=found.first_contact_resolution[at],
        natural=recurrence(mature, again, days),
        excess=excess(mature, again, days),
        contacts_per_issue=contacts_per_issue(round(mature[at]), round(windows.counts("issues")[at])),
        cost=cost,
        excess_cost=None if part is None else cost * part,
        repeats=round(windows.counts("is_repeat")[at]),
        curve=curve,
        immature_from=immature_from(period, days),
    )


def _costs(reader: Reader, selection: Selection, rates: Rates, windows: Windows) -> Floats:
    """Return the cost of the repeats at each window, shape (30,), priced by channel."""
    held = channel_months(reader, selection).groupby("channel")[KNOWN].sum()
    known = held.reindex(list(windows.labels)).fillna(0.0).astype(float).to_numpy()
    part = np.divide(known, known[:, :1], out=np.zeros_like(known), where=known[:, :1] > 0)
    count = np.stack([windows.at("is_repeat", days) for days in range(1, WINDOWS + 1)], axis=1)
    seconds = np.stack([windows.at("repeat_seconds", days) for days in range(1, WINDOWS + 1)], axis=1)
    cells = pd.DataFrame(
        {
            "channel": np.repeat(np.array(windows.labels, dtype=np.object_), WINDOWS), "contacts": count.ravel(),
            "handle_seconds": seconds.ravel(), "handle_known": (count * part[:, 1:2]).ravel(),
            "not_handled": (count * part[:, 2:3]).ravel(), "given_cost": (count * part[:, 3:4]).ravel(),
        }
    )  # fmt: skip
    cost = price(cells, rates)["cost"].to_numpy(dtype=np.float64)
    return np.asarray(cost.reshape(len(windows.labels), WINDOWS).sum(axis=0), dtype=np.float64)
