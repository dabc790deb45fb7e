"""What came after a message: contacts per 1,000 sent by template, the effect where a group was held out (METHODS j)."""

from dataclasses import dataclass, replace

import pandas as pd

from analytics.engine import Reader
from analytics.questions.selection import Selection
from analytics.statistics.effects import PER, Reached, template_effect
from analytics.statistics.estimate import SUPPRESS_BELOW, Estimate
from analytics.statistics.multiplicity import clear_differences


@dataclass(frozen=True, slots=True)
class Template:
    """One template."""

    template: str
    kind: str
    sent: int
    observed: int
    """Messages to known customers with 14 days of contacts seen after them."""
    contacted_per_1000: Estimate
    """Customers per 1,000 sent who got in touch within 14 days, any reason."""
    contacts_per_1000: float | None
    """Contacts per 1,000 sent; None below ten messages."""
    same_reason_per_1000: float | None
    """Contacts about the reason of the message."""
    net_per_1000: Estimate
    """Against the holdout: below 0 prevented, above 0 induced; says why where there is no holdout."""
    opted_out: int
    is_clear: bool = False
    """The effect stands although every template was looked at (false discoveries held at 10 %)."""


def outreach_templates(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return messages and contacts within 14 days by template, kind and holdout; segments and products do not apply."""
    months = {"first_month": selection.first_month, "last_month": selection.last_month}
    return reader.frame("questions/outreach_templates", months)


def templates(reader: Reader, selection: Selection) -> tuple[Template, ...]:
    """Return every template sent in the period, most contacts per 1,000 sent first."""
    rows = outreach_templates(reader, selection)
    found = [_template(str(name), str(kind), part) for (name, kind), part in rows.groupby(["template", "kind"])]
    clear = clear_differences([one.net_per_1000 for one in found])
    judged = (replace(one, is_clear=stands) for one, stands in zip(found, clear, strict=True))
    return tuple(sorted(judged, key=lambda one: -(one.contacts_per_1000 or 0.0)))


def _template(name: str, kind: str, rows: pd.DataFrame) -> Template:
    sent, held = _arm(rows[~rows["holdout"]]), _arm(rows[rows["holdout"]])
    effect = template_effect(_reached(sent), _reached(held) if held["observed"] else None)
    return Template(
        template=name,
        kind=kind,
        sent=sent["sent"],
        observed=sent["observed"],
        contacted_per_1000=effect.contacted,
        contacts_per_1000=_per_1000(sent, "contacts_14d"),
        same_reason_per_1000=_per_1000(sent, "same_reason_14d"),
        net_per_1000=effect.net,
        opted_out=sent["opted_out"],
    )


_MEASURES = ("sent", "observed", "contacted_14d", "contacts_14d", "same_reason_14d", "opted_out")


def _arm(rows: pd.DataFrame) -> dict[str, int]:
    return {name: int(rows[name].sum()) for name in _MEASURES}


def _reached(arm: dict[str, int]) -> Reached:
    """Return the arm; the cube does not tell customers with contacts on the topic apart, so all count as topic."""
    return Reached(arm["observed"], arm["contacted_14d"], arm["contacted_14d"], 0)


def _per_1000(arm: dict[str, int], measure: str) -> float | None:
    return PER * arm[measure] / arm["observed"] if arm["observed"] >= SUPPRESS_BELOW else None
