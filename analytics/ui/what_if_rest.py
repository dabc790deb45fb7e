"""What of a what-if may come a moment later: months, people, cash, what moves the result, what it assumes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from analytics.charts import what_if_paths, what_if_tornado
from analytics.questions.words import money, percent, signed, thousands
from analytics.scenarios.evaluate import evaluate
from analytics.scenarios.levers import KINDS
from analytics.scenarios.outcome import Outcome
from analytics.scenarios.overlap import lever_credits, share_by_grade
from analytics.scenarios.sampling import at_quantiles
from analytics.scenarios.sensitivity import Swing, Worth, measure_first, tornado
from analytics.scenarios.uncertainty import Draws, band, month_bands, simulate
from analytics.ui import cards, figure
from analytics.ui.look import is_dark
from analytics.ui.page import Page
from analytics.ui.what_if_basis import Baseline
from analytics.ui.what_if_numbers import heads, more_or_less
from analytics.ui.what_if_risk import people_risk
from analytics.ui.what_if_state import Work

LONGEST_TORNADO = 8
PAST_MONTHS = 12


@dataclass(frozen=True, eq=False, slots=True)
class Full:
    """One scenario on all draws, with its central result."""

    outcome: Outcome
    draws: Draws
    swings: tuple[Swing, ...]
    first: tuple[Worth, ...]
    grades: dict[str, float]


def full(base: Baseline, work: Work) -> Full:
    """Return the full run of the scenario shown."""
    draws = simulate(base.ledger, work.scenario)
    grades = share_by_grade(lever_credits(base.ledger, work.scenario), work.scenario) if work.scenario.active else {}
    return Full(evaluate(base.ledger, work.scenario), draws, tornado(draws), measure_first(draws), grades)


def months(page: Page, base: Baseline, found: Full) -> None:
    """Contacts by month with the band, beside people and who leaves."""
    left, right = st.columns(2, gap="medium")
    with left:
        _contacts(page, base, found)
    with right:
        _people(page, base, found)


def _when(base: Baseline) -> pd.DatetimeIndex:
    return pd.DatetimeIndex([f"{month}-01" for month in base.ledger.months])


def _looked(page: Page, base: Baseline, found: Full) -> str:
    months, draws = base.ledger.months, found.draws
    return (
        f"{months[0]} to {months[-1]} · everything, filters do not apply · {draws.net.size:,} draws, "
        f"seed {draws.seed} · baseline {base.fingerprint} · {page.info.name}"
    )


def _contacts(page: Page, base: Baseline, found: Full) -> None:
    before, after = found.draws.paths.contacts_before, found.draws.paths.contacts_after
    low, middle, high = month_bands(after)
    rows = pd.DataFrame({"month": _when(base), "without": np.median(before, axis=0).astype(float), "low": low,
                         "contacts": middle, "high": high})  # fmt: skip
    past = pd.DataFrame(base.history[-PAST_MONTHS:], columns=["month", "contacts"])
    past["month"] = pd.to_datetime(past["month"] + "-01")
    change = rows["contacts"].iloc[-1] / max(rows["without"].iloc[-1], 1e-9) - 1
    cards.section(f"Contacts a month: {signed(100 * change, 0)} % by {rows['month'].iloc[-1]:%b %Y}", _accuracy(base))
    figure.show(
        what_if_paths.contacts(rows, past, is_dark()),
        pd.concat([past.assign(part="past"), rows.assign(part="to come")], ignore_index=True),
        "what_if_months", f"Lines of contacts a month: past, expected {thousands(rows['without'].sum())} without any "
        f"change and {thousands(middle.sum())} with the scenario over {len(rows)} months.",
        "Contacts with people, by month. Expected = forecast from the past months; band = P10 to P90 of draws, "
        "forecast error included.", looked_at=_looked(page, base, found), invented=page.info.invented, height=260,
    )  # fmt: skip


def _accuracy(base: Baseline) -> str:
    """Say how good the forecast is, beside last year's values on the same months."""
    own, naive = base.forecast.accuracy, base.forecast.last_year
    model = base.forecast.model_words
    if own is None:
        return f"Expected by {model}; the history is too short to test it. {' '.join(base.forecast.notes)}"
    said = f"Expected by {model}: off by {percent(own.wape)} of contacts on past months"
    if naive is None:
        return f"{said}; too short a history to set last year's values beside it."
    if base.forecast.model == "seasonal_naive":
        return f"{said}. No method was clearly closer than last year's values."
    return f"{said}, last year's values by {percent(naive.wape)}" + (
        "." if base.forecast.beats_last_year else "; no better than last year."
    )


def _people(page: Page, base: Baseline, found: Full) -> None:
    people, force = found.draws.paths.people, base.ledger.workforce
    if people is None:
        cards.section("People", "Cannot tell: paid hours and shrinkage are not given.")
        return
    low, middle, high = month_bands(people.after)
    leaving = force.without_hiring(base.ledger.horizon) if force is not None else np.full(base.ledger.horizon, np.nan)
    rows = pd.DataFrame({"month": _when(base), "before": np.median(people.before, axis=0).astype(float), "low": low,
                         "after": middle, "high": high, "without_hiring": leaving,
                         "released": np.median(people.released, axis=0).astype(float),
                         "cashable": np.median(people.cashable, axis=0).astype(float)})  # fmt: skip
    cards.section(_people_title(rows), _people_words(base, found))
    figure.show(
        what_if_paths.people(rows, is_dark()), rows, "what_if_people",
        f"Lines of people needed by month: {heads(rows['before'].iloc[-1])} without and "
        f"{heads(rows['after'].iloc[-1])} with the scenario at the end.",
        "People needed by queue and half-hour for live channels, by workload for the rest; shrinkage divides once. All "
        "that people handle counts, also contacts the company started. "
        "Released = needed without − with. Cashable = released, but at most those who leave or are not hired.",
        looked_at=_looked(page, base, found), invented=page.info.invented, height=260,
    )  # fmt: skip


def _people_title(rows: pd.DataFrame) -> str:
    end = rows.iloc[-1]
    if round(end["released"], 1) == 0:
        return f"People needed stay at {heads(end['before'])}"
    verb = "frees" if end["released"] > 0 else "needs"
    more = "" if end["released"] > 0 else " more"
    return f"It {verb} {heads(abs(end['released']))}{more} people; {_cashable(end['cashable'])} of them cashable"


def _cashable(people: float) -> str:
    return heads(people) if people >= 0.05 else "none"


def _people_words(base: Baseline, found: Full) -> str:
    seen, force = base.headcount, base.ledger.workforce
    if seen is None or force is None:
        return "Who leaves is not known (no agents in the data, none entered), so nothing is cashable yet."
    yearly = 1 - (1 - force.monthly_attrition[0]) ** 12
    need = float(found.outcome.paths.people.before[0, 0]) if found.outcome.paths.people is not None else 0.0
    gap = f", {heads(need)} needed for this demand as modelled" if seen.total > 1.2 * need else ""
    return (f"{heads(seen.total)} people in the data today{gap}; {percent(yearly)} leave a year "
            f"({seen.leavers} of {seen.person_years:.0f} person-years). Nobody is assumed to be laid off. "
            f"{' '.join(people_risk(base.ledger, found.draws.paths.people))}")  # fmt: skip


def money_and_inputs(page: Page, base: Baseline, found: Full) -> None:
    """Cash with its lowest point, beside what moves the result most."""
    left, right = st.columns(2, gap="medium")
    with left:
        _cash(page, base, found)
    with right:
        _tornado(page, base, found)


def _cash(page: Page, base: Baseline, found: Full) -> None:
    low, middle, high = month_bands(found.draws.paths.cash)
    start = pd.DatetimeIndex([_when(base)[0] - pd.offsets.MonthBegin(1)]).append(_when(base))
    rows = pd.DataFrame({"month": start, "low": low, "cash": middle, "high": high})
    trough = int(np.argmin(middle))
    currency = page.info.currency
    cards.section(_cash_title(rows, found, currency), _cash_words(found, currency))
    figure.show(
        what_if_paths.cash(rows, trough, currency, is_dark()), rows, "what_if_cash",
        f"Line of cumulative cash by month, lowest {money(middle.min(), currency)}, at the end "
        f"{money(middle[-1], currency)}.",
        "Cumulative net cash: labour of cashable people (or all freed minutes where leavers are not known), fees, "
        "retained margin, minus sessions, running and one-off cost.",
        looked_at=_looked(page, base, found), invented=page.info.invented, height=260,
    )  # fmt: skip


def _cash_title(rows: pd.DataFrame, found: Full, currency: str) -> str:
    end = float(rows["cash"].iloc[-1])
    total = band(found.draws.net)
    span = f"({more_or_less(total.p10)} to {more_or_less(total.p90)})"
    return f"Cash after {len(rows) - 1} months: {more_or_less(end, currency)} {span}"


def _cash_words(found: Full, currency: str) -> str:
    one, net = found.outcome, found.draws.paths.net
    view = "only people who really leave count" if one.money_view == "cashable" else "all freed minutes count as money"
    first, rest_ = (float(np.median(part.sum(axis=1))) for part in (net[:, :13], net[:, 13:]))
    later = f", later {more_or_less(rest_)}" if one.ledger.horizon > 12 else ""
    return f"First year {more_or_less(first, currency)}{later}; {_payback(found)}; {view}."


def _payback(found: Full) -> str:
    """Say when cash is back, and how likely that is; an honest “not” where it is not."""
    one, horizon = found.outcome, found.outcome.ledger.horizon
    if not found.draws.paths.one_off.any() and one.trough >= 0:
        return "nothing to pay back"
    chance = percent(found.draws.chance_of_payback(horizon).share)
    month = f"paid back in month {one.payback}" if one.payback is not None else "not paid back within the horizon"
    return f"{month} at likely values, within {horizon} months in {chance} of draws"


def _tornado(page: Page, base: Baseline, found: Full) -> None:
    swings = found.swings[:LONGEST_TORNADO]
    if not swings:
        cards.section("What moves the result most", "Nothing is uncertain yet: no lever is set.")
        return
    rows = pd.DataFrame([(input_name(found, s.key, s.words), s.at_p10, s.at_p90, s.rank_correlation) for s in swings],
                        columns=["words", "at_p10", "at_p90", "rank_correlation"])  # fmt: skip
    middle = _middle(found)
    rows = rows.assign(**{f"change_{end}": rows[end] - middle for end in ("at_p10", "at_p90")})
    cards.section(f"Moves the result most: {rows['words'].iloc[0]}", _tornado_words(found, swings))
    figure.show(
        what_if_tornado.tornado(rows, middle, is_dark()), rows, "what_if_tornado",
        "Bars of net value with one input alone at its low and high end. "
        + "; ".join(f"{s.words}: {money(s.at_p10)} to {money(s.at_p90)}" for s in swings[:4]),
        "Net value over the horizon with one input alone at its P10 (grey) and its P90 (blue), all others at their "
        "medians; ρ is Spearman's rank correlation over all draws. Where both disagree, inputs work on each other.",
        looked_at=_looked(page, base, found), invented=page.info.invented, height=what_if_tornado.height(len(rows)),
        names=[("input at its low end", "unknown"), ("input at its high end", "redistribute")],
    )  # fmt: skip


def _middle(found: Full) -> float:
    """Return net value with every input at its median: where all bars begin."""
    inputs = at_quantiles(found.draws.ranges)
    return evaluate(found.outcome.ledger, found.outcome.scenario, inputs).net


def input_name(found: Full, key: str, words: str) -> str:
    """Return an input as short as it can be told: the lever alone where its slider is meant."""
    owner, _, name = key.rpartition(".")
    item = {one.key: one for one in found.outcome.scenario.levers}.get(owner)
    return item.name if item is not None and KINDS[item.kind].main == name else words


def _tornado_words(found: Full, swings: tuple[Swing, ...]) -> str:
    by_rank = max(swings, key=lambda s: abs(s.rank_correlation))
    if by_rank.key == swings[0].key:
        return "Alone and over all draws alike."
    name = input_name(found, by_rank.key, by_rank.words)
    return f"Over all draws together, “{name}” goes with the result most: inputs work on each other."
