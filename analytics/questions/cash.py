"""Cash realised against promised: what begun initiatives ended, in money, at most what people who left cost."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.questions import words
from analytics.questions.words import Finding
from analytics.statistics.estimate import Estimate, cannot

NO_INITIATIVES = "No initiative has started: add one on Remove, and promised is held against realised."
NO_PEOPLE = "People are not in the data, so this is capacity, not yet cash."
METHOD = "year-on-year difference-in-differences by initiative, intervals added as independent"
LEAVING_PART: int = 2
"""People who leave evenly over a year save half of it: their yearly cost is divided by this."""


@dataclass(frozen=True, slots=True)
class Begun:
    """One initiative on one reason, over the months that are compared."""

    name: str
    effect: Estimate
    """Relative change of the reason's contacts: −0.3 is 30 % fewer."""
    promised: float | None
    """The same as promised, ramp and decay counted."""
    contacts: float
    """Contacts about the reason in these months, after the effect."""
    cost_per_contact: float


@dataclass(frozen=True, slots=True)
class Cash:
    """Cash realised in the months compared, against what was promised for them."""

    realised: Estimate
    promised: float | None
    note: str = ""
    """What limits the figure, as a sentence."""


def no_cash(why: str = NO_INITIATIVES) -> Cash:
    """Return the number that says why there is none."""
    return Cash(cannot(0, "initiatives", why), None)


def realised_cash(begun: Sequence[Begun], people_left: float | None) -> Cash:
    """Return the cost to serve that begun initiatives ended, in the workspace's currency.

    Every initiative that can be judged counts, also those without an effect: leaving these out would keep only the
    lucky ones. `people_left` is what people who left in a year cost a year, None where people are not known: freed
    time is cash only where somebody left and was not replaced.
    """
    judged = [one for one in begun if one.effect.low is not None and one.effect.high is not None]
    if not judged:
        return no_cash("No initiative that has started can be judged yet: see Promised and realised on Remove.")
    saved = np.array([_saved(one) for one in judged]).sum(axis=0)
    reach = np.sqrt((np.array([_saved(one) - _saved(one)[1] for one in judged]) ** 2).sum(axis=0))
    low, middle, high = saved[1] - reach[0], saved[1], saved[1] + reach[2]
    promised = sum(_promised(one) for one in judged)
    found = Estimate(float(middle), float(low), float(high), len(judged), METHOD)
    return _capped(found, promised, people_left)


def _capped(found: Estimate, promised: float, people_left: float | None) -> Cash:
    if people_left is None:
        return Cash(found, promised, NO_PEOPLE)
    most = people_left / LEAVING_PART
    if found.value is None or found.value <= most:
        return Cash(found, promised)
    low, high = (min(end or 0.0, most) for end in (found.low, found.high))
    note = "More time was freed than people left: the rest is capacity, not cash."
    return Cash(Estimate(most, low, high, found.n, found.method), promised, note)


def _saved(one: Begun) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return cost ended at the high, likely and low end of the change: contacts there would have been, less these."""
    changes = np.array([one.effect.high, one.effect.value, one.effect.low], dtype=np.float64)
    return np.asarray(one.contacts * one.cost_per_contact * (1 / (1 + np.maximum(changes, -0.99)) - 1))


def _promised(one: Begun) -> float:
    without = one.contacts / (1 + max(one.effect.value or 0.0, -0.99))
    return -(one.promised or 0.0) * without * one.cost_per_contact


def cash_finding(cash: Cash, currency: str) -> Finding:
    """Say what was realised against promised, or why that cannot be told."""
    if cash.realised.value is None:
        return Finding(f"Cannot tell what was realised. {cash.realised.why}", "cannot")
    promised = f", promised {words.money(cash.promised, currency)}" if cash.promised is not None else ""
    note = f" {cash.note}" if cash.note else ""
    return Finding(f"{words.money(cash.realised.value, currency)} realised by initiatives{promised}.{note}", "fact")
