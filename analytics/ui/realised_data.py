"""What started initiatives did, one row per initiative and reason, with the sentence each may say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from analytics.errors import AnalyticsError
from analytics.questions.backlog import Scope, addressable
from analytics.questions.initiatives import Initiative, reached_share
from analytics.questions.realised import realised_effect
from analytics.questions.selection import Selection, add_months, months_between
from analytics.questions.words import percent, signed
from analytics.statistics.did import Realised, comparison_months
from analytics.ui import backlog_data
from analytics.ui.page import Page

VERDICTS = {
    "as promised": "as promised", "less than promised": "less than promised",
    "more than promised": "more than promised", "a fall": "a fall", "a rise": "a rise",
    "no effect told apart": "no effect we can separate", "cannot tell": "cannot tell",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """One initiative on one reason."""

    initiative: Initiative
    reason: str
    launched: date
    promised: float | None
    """Relative change of the reason's contacts over the months compared; ramp and decay counted."""
    found: Realised | None
    """None where it cannot be judged."""
    why: str = ""
    """Why not."""


def judged(page: Page, started: Sequence[Initiative]) -> tuple[Judged, ...]:
    """Return every started initiative on each reason of its scope, against reasons that none of them touched."""
    touched = tuple(sorted({reason for one in started for reason in one.scope.reasons}))
    return tuple(found for one in started for found in _each(page, one, touched))


def selection_of(page: Page, one: Initiative) -> Selection:
    """Return the months and customers an initiative is judged on: the filters, narrowed by its scope."""
    scope = one.scope
    return replace(
        page.filters, segments=scope.segments or page.filters.segments, products=scope.products or page.filters.products
    )


def _each(page: Page, one: Initiative, touched: tuple[str, ...]) -> list[Judged]:
    launched = one.started or page.period.first_month
    if not one.scope.reasons:
        why = "Its scope names no reason, so no untouched reason is left to compare with."
        return [Judged(one, "", launched, None, None, why)]
    return [_judge(page, one, reason, launched, touched) for reason in one.scope.reasons]


def _judge(page: Page, one: Initiative, reason: str, launched: date, touched: tuple[str, ...]) -> Judged:
    try:
        selection, promised = selection_of(page, one), promise(page, one, reason, launched)
        found = page.ask_for(selection, realised_effect, reason, launched, promised=promised, touched=touched)
    except AnalyticsError as error:
        return Judged(one, reason, launched, None, None, str(error))
    return Judged(one, reason, launched, promised, found)


def promise(page: Page, one: Initiative, reason: str, launched: date) -> float:
    """Return the promised relative change of all contacts about `reason` over the months that are compared."""
    months = months_between(page.period.first_month, page.filters.last_month) + 1
    launch = months_between(page.period.first_month, launched)
    ages = [month - launch for month in comparison_months(launch, months)]
    return -one.likely * reached_share(one, ages) * _part(page, one.scope, reason)


def _part(page: Page, scope: Scope, reason: str) -> float:
    """Return which part of the reason's contacts the scope reaches; segments and products are compared as they are."""
    narrow = replace(scope, reasons=(reason,))
    cells = backlog_data.scope_of(page, scope)
    of = Scope(reasons=(reason,), segments=scope.segments, products=scope.products)
    whole = addressable(cells, of, page.taxonomy)
    total = whole.contacts + sum(count for *_, count in whole.guarded)
    return addressable(cells, narrow, page.taxonomy).contacts / total if total else 1.0


def verdict(one: Judged) -> str:
    """Return the verdict in a few words."""
    return VERDICTS[one.found.verdict] if one.found else "cannot tell"


def sentence(one: Judged) -> str:
    """Return what may be said about one initiative; the estimate picks the variant."""
    name = f"“{one.initiative.name}”"
    if one.found is None or one.found.effect.value is None or one.found.effect.low is None:
        return f"{name}: cannot tell. {one.why or (one.found.effect.why if one.found else '')}"
    found, range_ = one.found, _range(one.found)
    if found.verdict == "no effect told apart":
        peak = "; it started at a peak, so before-and-after flatters it" if found.peak.warned else ""
        unseen = f" A fall under {percent(found.detectable)} could not have been seen." if found.detectable else ""
        return f"{name} shows no effect we can separate from normal movement ({range_}){peak}.{unseen}"
    value = found.effect.value or 0.0
    fell = "fell" if value < 0 else "rose"
    promised = f"; promised {percent(abs(one.promised))}" if one.promised is not None else ""
    return (
        f"Contacts about {one.reason} {fell} {percent(abs(value))} after {name} against comparable reasons "
        f"({range_}){promised}."
    )


def brief(one: Judged) -> str:
    """Return found and promised change in a few words, for a cell."""
    if one.found is None or one.found.effect.value is None or one.found.effect.low is None:
        return "cannot tell"
    promised = f", promised {percent(one.promised)}" if one.promised is not None else ""
    return f"{percent(one.found.effect.value)} ({_range(one.found)}){promised}: {verdict(one)}"


def _range(found: Realised) -> str:
    low, high = found.effect.low or 0.0, found.effect.high or 0.0
    return f"{signed(100 * low)} to {'+' if high > 0 else ''}{signed(100 * high)} %"


def table(page: Page, found: Sequence[Judged]) -> pd.DataFrame:
    """Return one row per initiative and reason, in percent, for figure, screen and file."""
    return pd.DataFrame([_row(page, one) for one in found])


def _row(page: Page, one: Judged) -> dict[str, object]:
    blank, held = float("nan"), one.found
    effect = held.effect if held else None

    def share(value: float | None) -> float:
        return blank if value is None else 100.0 * value

    months = held.months_after if held else ()
    first = page.period.first_month
    return {
        "initiative": one.initiative.name, "reason": one.reason, "began": f"{one.launched:%Y-%m}",
        "verdict": verdict(one), "effect": share(effect.value if effect else None),
        "low": share(effect.low if effect else None), "high": share(effect.high if effect else None),
        "promised": share(one.promised), "naive": share(held.naive if held else None),
        "could_see_from": share(held.detectable if held else None),
        "months_compared": f"{add_months(first, months[0]):%Y-%m} to {add_months(first, months[-1]):%Y-%m}"
        if months else "",
        "controls": len(held.controls) if held else 0,
        "before": _trend_words(held), "peak": held.peak.why if held else "",
        "why": one.why or (effect.why if effect else ""),
    }  # fmt: skip


def _trend_words(found: Realised | None) -> str:
    if found is None:
        return ""
    if found.pre_trend.differs is None:
        return found.pre_trend.why
    return found.pre_trend.why or "Moved like the others before the launch."
