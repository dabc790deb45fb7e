"""How all cost divides: known avoidable cause, locked, no negative cause, cause not known."""

import pandas as pd

from analytics.charts import generators as charts
from analytics.questions.catalogue import metric
from analytics.questions.removable import Removable
from analytics.questions.words import MOSTLY_PROXY, percent, signed
from analytics.ui import cards, figure, remove
from analytics.ui.look import is_dark
from analytics.ui.page import Page

SMALL = 0.1
"""Below this share a digit more is shown."""
PROXY = "repeats beyond natural recurrence"
"""What counts as avoidable where no cause is coded."""


def avoidable(page: Page) -> None:
    """Show how all cost divides: known avoidable, locked, no negative cause, not known."""
    held = remove.found(page)
    states = held.states[held.states["cost"] > 0]
    if states.empty:
        return
    if held.proxy_share > MOSTLY_PROXY:
        states = states.assign(label=states["label"].where(states["cause_state"] != "negative", PROXY))
    cards.section(
        title(held),
        "Locked is what must keep its door open. What has no known cause is its own part and never spread.",
    )
    rows = states.assign(share_percent=100.0 * states["share"])
    figure.show(
        charts.state_bar(rows, is_dark()), rows, "avoidable_share", _states_alt(rows),
        metric("removable_share").definition, looked_at=f"{page.looked_at} · {held.contacts:,} contacts",
        invented=page.info.invented, height=92, names=charts.state_names(rows),
    )  # fmt: skip


def title(held: Removable) -> str:
    """Return how much is avoidable: by causes that were coded, by repeats alone, or not to be told."""
    share, states = held.share, held.states
    if not share.value and float(states.loc[states["cause_state"] == "unknown", "share"].sum()) > 0.5:
        return "What is avoidable cannot be told: the cause of most cost is not known"
    known = share.low is not None and share.high is not None and share.value
    range_ = f" ({signed(100 * (share.low or 0.0), 1)} to {percent(share.high, 1)})" if known else ""
    part = percent(share.value, 1 if (share.value or 0.0) < SMALL else 0)
    if held.proxy_share > MOSTLY_PROXY:
        return f"{part} of the cost lies in {PROXY}{range_}; hardly any cause is coded"
    return f"{part} of the cost has a known avoidable cause{range_}"


def _states_alt(rows: pd.DataFrame) -> str:
    parts = [f"{row['label']} {percent(row['share'])}" for row in rows.to_dict("records")]
    return f"One bar of all cost: {', '.join(parts)}."
