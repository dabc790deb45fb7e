"""The repeat section at all windows of 1 to 30 days in one answer, so that a slider only has to look it up."""

import pandas as pd

from analytics.engine import Reader
from analytics.questions.demand import demand_groups
from analytics.questions.identified import too_few_identified
from analytics.questions.period import DataPeriod, data_period
from analytics.questions.rates import Rates
from analytics.questions.repeats import Repeats, curve_of, immature_from, rates_of, repeat_costs, untold
from analytics.questions.selection import Selection
from analytics.questions.spread import by_group
from analytics.questions.windows import Windows, excess, excess_part, recurrence, windows_by_channel, windows_of
from analytics.statistics.groups import design_effect
from analytics.statistics.repeats import WINDOWS, WindowRates, contacts_per_issue


def every_window(reader: Reader, selection: Selection, rates: Rates) -> tuple[Repeats, ...]:
    """Return what `repeats` returns for windows of 1, 2, … 30 days; all share one curve."""
    windows = windows_of(windows_by_channel(reader, selection), "channel")
    deff = design_effect(by_group(demand_groups(reader, selection), ["has_repeat", "eligible_mature"]))
    found = rates_of(windows, deff)
    costs, curve = repeat_costs(windows, rates), curve_of(windows, found)
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
