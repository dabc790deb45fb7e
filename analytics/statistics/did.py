"""Realised against promised: what an initiative on one reason did, against reasons it did not touch (METHODS b).

Owns the year-on-year difference-in-differences. The three months next to the launch and the same months a year later
are left out, because launches follow peaks; the interval comes from placebo runs on the control reasons, because
reasons drift by more than counting noise (Poisson intervals cover 40 %, these 95 %).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import t

from analytics.errors import AnalyticsError
from analytics.statistics import did_checks
from analytics.statistics.did_checks import NEXT_TO_LAUNCH, YEAR, Peak, PreTrend
from analytics.statistics.estimate import GREY_BELOW, Estimate, cannot
from analytics.statistics.placebo import against_controls

Floats = NDArray[np.float64]
Verdict = Literal[
    "as promised", "less than promised", "more than promised", "a fall", "a rise", "no effect told apart", "cannot tell"
]
LEAST_MONTHS = 3
LEAST_CONTROLS = 5
POWER = 0.80
METHOD = "year-on-year difference-in-differences, placebo interval over the control reasons"


@dataclass(frozen=True, slots=True)
class Realised:
    """The measured effect of one initiative, what it may be compared with and what speaks against it."""

    effect: Estimate
    """Relative change of the reason's contacts against the controls: −0.3 is 30 % fewer. n: contacts compared."""
    naive: float | None
    """Three months after against three before, as a warning of what not to read; None without both."""
    promised: float | None
    verdict: Verdict
    detectable: float | None
    """Smallest fall that would have been seen 4 times in 5; smaller ones could not be told from nothing."""
    pre_trend: PreTrend
    peak: Peak
    months_after: tuple[int, ...]
    """Months compared, each with the one twelve earlier."""
    controls: tuple[int, ...]


def comparison_months(launch: int, months: int) -> tuple[int, ...]:
    """Return the months from the launch on that have a same-season partner well before it, out of 0..months−1."""
    last = min(launch + YEAR - NEXT_TO_LAUNCH, months)
    return tuple(month for month in range(launch, last) if month >= YEAR)


def realised(
    contacts: ArrayLike,
    treated: int,
    launch: int,
    *,
    controls: Sequence[int] | None = None,
    promised: float | None = None,
) -> Realised:
    """Return the effect on reason `treated` from contacts by reason and month, shape (R, M).

    `launch` is the first month (index) the initiative could act in; `controls` are reasons no initiative touched
    (default: all others). Growth of the customer base cancels against the controls. `promised` is the promised
    relative change, e.g. −0.3. What the data cannot carry comes back as an effect that says why.
    """
    counts = _counts(contacts, treated, launch)
    after = comparison_months(launch, counts.shape[1])
    before = tuple(month - YEAR for month in after)
    now, then = counts[:, after].sum(axis=1), counts[:, before].sum(axis=1)
    used = _usable(now, then, treated, controls)
    n = int(now[treated] + then[treated])
    why = _refusal(len(after), n, len(used))
    effect, detectable = (cannot(n, METHOD, why), None) if why else _effect(now, then, treated, used)
    return Realised(
        effect, _naive(counts[treated], launch), promised, _verdict(effect, promised), detectable,
        did_checks.pre_trend(counts, treated, used, launch - NEXT_TO_LAUNCH),
        did_checks.launched_at_peak(counts, treated, used, launch, after), after, used,
    )  # fmt: skip


def _effect(now: Floats, then: Floats, treated: int, controls: tuple[int, ...]) -> tuple[Estimate, float]:
    """Return the effect and the smallest detectable fall; the centre of the controls is DerSimonian and Laird's."""
    change, noise = np.log(now / then, where=then > 0, out=np.zeros_like(now)), np.zeros_like(now)
    rows = np.array([treated, *controls])
    noise[rows] = 1 / now[rows] + 1 / then[rows]
    found = against_controls(change, noise, treated, controls)
    n = int(now[treated] + then[treated])
    low, middle, high = np.expm1([found.value - found.half, found.value, found.value + found.half])
    detectable = -float(np.expm1(-(found.reach + float(t.ppf(POWER, found.freedom))) * found.error))
    return Estimate(float(middle), float(low), float(high), n, METHOD), detectable


def _usable(now: Floats, then: Floats, treated: int, controls: Sequence[int] | None) -> tuple[int, ...]:
    wanted = range(len(now)) if controls is None else controls
    return tuple(j for j in wanted if j != treated and min(now[j], then[j]) >= GREY_BELOW)


def _refusal(months: int, n: int, controls: int) -> str:
    if months < LEAST_MONTHS:
        return (
            f"Only {months} months since the launch have a same-season partner a year before; "
            f"{LEAST_MONTHS} are needed."
        )
    if n < 2 * GREY_BELOW:
        return f"Only {n} contacts in the months compared."
    if controls < LEAST_CONTROLS:
        return f"Only {controls} reasons without an initiative to compare with; {LEAST_CONTROLS} are needed."
    return ""


def _naive(row: Floats, launch: int) -> float | None:
    before, after = row[max(launch - NEXT_TO_LAUNCH, 0) : launch], row[launch : launch + NEXT_TO_LAUNCH]
    if len(before) < NEXT_TO_LAUNCH or len(after) < NEXT_TO_LAUNCH or before.sum() == 0:
        return None
    return float(after.sum() / before.sum() - 1)


def _verdict(effect: Estimate, promised: float | None) -> Verdict:
    if effect.low is None or effect.high is None:
        return "cannot tell"
    if effect.low <= 0 <= effect.high:
        return "no effect told apart"
    if promised is None:
        return "a fall" if effect.high < 0 else "a rise"
    if effect.covers(promised):
        return "as promised"
    return "less than promised" if effect.low > promised else "more than promised"


def _counts(contacts: ArrayLike, treated: int, launch: int) -> Floats:
    counts = np.asarray(contacts, dtype=np.float64)
    if counts.ndim != 2 or np.any(~np.isfinite(counts) | (counts < 0)):
        raise AnalyticsError("Contacts must be given by reason and month and not be negative.")
    if not 0 <= treated < counts.shape[0] or not 0 <= launch < counts.shape[1]:
        raise AnalyticsError("The reason or the launch month lies outside the data.")
    return counts
