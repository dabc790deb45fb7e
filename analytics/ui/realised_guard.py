"""Guardrails of initiatives that have begun: held, worse, or cannot tell, in words, with the figures behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from analytics.charts import guardrails as charts
from analytics.errors import AnalyticsError
from analytics.questions.assumptions import assumed
from analytics.questions.catalogue import metric
from analytics.questions.guardrails import GUARDRAILS, Guarded, guarded
from analytics.questions.initiatives import Initiative
from analytics.questions.words import percent, signed
from analytics.ui import cards, figure, messages, numbers
from analytics.ui.look import is_dark
from analytics.ui.page import Page
from analytics.ui.realised_data import selection_of
from analytics.ui.text import NOT_KNOWN, md, short

CHOSEN = "The chosen guardrail of each"


@dataclass(frozen=True, slots=True)
class Watch:
    """One guardrail of one initiative."""

    initiative: Initiative
    metric: str
    found: Guarded | None
    """None where nothing can be compared."""
    why: str = ""

    @property
    def verdict(self) -> str:
        """Held, worse or cannot tell."""
        return self.found.found.verdict if self.found else "cannot tell"


def section(page: Page, begun: Sequence[Initiative]) -> None:
    """Draw the verdict on the guardrail of each initiative, and on all guardrails of one."""
    found = chosen(page, begun)
    cards.section(title(found), "What must not get worse while demand goes away: compared as the effect is.")
    st.markdown("\n".join(f"- {md(sentence(one, tolerated(page)))}" for one in found))
    _picture(page, tuple(begun))


def chosen(page: Page, begun: Sequence[Initiative]) -> tuple[Watch, ...]:
    """Return the guardrail people chose for each initiative, watched."""
    touched = _touched(begun)
    return tuple(watch(page, one, one.guardrail, touched) for one in begun)


def watch(page: Page, one: Initiative, name: str, touched: tuple[str, ...]) -> Watch:
    """Return guardrail `name` of one initiative; what cannot be compared says why."""
    if not one.scope.reasons or one.started is None:
        return Watch(one, name, None, "Its scope names no reason, so no untouched reason is left to compare with.")
    try:
        found = page.ask_for(
            selection_of(page, one), guarded, name, one.scope.reasons, one.started,
            touched=touched, tolerated=tolerated(page),
        )  # fmt: skip
    except AnalyticsError as error:
        return Watch(one, name, None, str(error))
    return Watch(one, name, found, found.found.change.why)


def tolerated(page: Page) -> float:
    """Return the relative worsening that still counts as held (Assumptions)."""
    return assumed(page.entered, "guardrail_margin")


def title(found: Sequence[Watch]) -> str:
    """Return how many guardrails held, got worse, or cannot be told."""
    counts = {verdict: sum(one.verdict == verdict for one in found) for verdict in ("worse", "held", "cannot tell")}
    if counts["worse"]:
        return (
            f"{counts['worse']} of {len(found)} guardrails got worse" if len(found) > 1 else "The guardrail got worse"
        )
    if counts["held"] == len(found):
        return "The guardrail held" if len(found) == 1 else f"All {len(found)} guardrails held"
    if counts["held"]:
        return f"{counts['held']} of {len(found)} guardrails held; of the others it cannot be told"
    return "Whether the guardrail held cannot be told" if len(found) == 1 else "Whether guardrails held cannot be told"


def sentence(one: Watch, margin: float) -> str:
    """Return what may be said about one guardrail; the verdict picks the variant."""
    name, label = f"“{one.initiative.name}”", metric(one.metric).label.lower()
    if one.found is None or one.found.found.change.value is None:
        return f"{name}: cannot tell whether {label} held. {one.why}"
    levels = _levels(one.found)
    if one.verdict == "worse":
        return f"{name}: {label} got worse, {levels}."
    if one.verdict == "held":
        return f"{name}: {label} held, {levels}; a worsening over {percent(margin)} can be excluded."
    most = percent(max(one.found.found.worsening.high or 0.0, 0.0))
    return f"{name}: cannot tell whether {label} held, {levels}; a worsening of up to {most} cannot be excluded."


def _levels(found: Guarded) -> str:
    named, held = metric(found.metric), found.found
    after, change = held.after or 0.0, held.change
    expected = after - (change.value or 0.0)
    unit = "points" if named.unit.startswith("%") else named.unit
    factor = 100.0 if named.unit.startswith("%") else 1.0
    low, high = (signed(factor * (end or 0.0), 1) for end in (change.low, change.high))
    plus = "+" if (change.high or 0.0) > 0 else ""
    of = "" if named.unit.startswith("%") else f" {named.unit}"
    return (
        f"{numbers.shown(named, after)}{of} where untouched reasons lead to expect {numbers.shown(named, expected)}"
        f" (difference {low} to {plus}{high} {unit})"
    )


@st.fragment
@messages.netted
def _picture(page: Page, begun: tuple[Initiative, ...]) -> None:
    names = [CHOSEN, *(short(one.name, 70) for one in begun)]
    place = st.selectbox("Guardrails", range(len(names)), key="guardrail_choice", width=480,
                         format_func=lambda row: names[row])  # fmt: skip
    one, touched = (begun[place - 1] if place else None), _touched(begun)
    found = [watch(page, one, name, touched) for name in GUARDRAILS] if one else list(chosen(page, begun))
    if one:
        st.caption("Of several guardrails looked at, one may be called worse by chance; the chosen one decides.")
    rows = pd.DataFrame([_row(held) for held in found])
    drawn = rows[rows["worsening"].notna()]
    if len(drawn):
        figure.show(
            charts.worsening(drawn, 100.0 * tolerated(page), is_dark()), drawn, "guardrails",
            "Worsening with interval by guardrail: " + "; ".join(sentence(held, tolerated(page)) for held in found),
            _definition(page), looked_at=page.looked_at, invented=page.info.invented, height=charts.height(drawn),
            names=[("held", "value"), ("worse", "remove"), ("cannot tell", "unknown")],
        )  # fmt: skip
    st.dataframe(rows, hide_index=True, placeholder=NOT_KNOWN, key="guardrail_table", column_config=_columns(),
                 alt="Guardrails with levels, difference, interval and verdict")  # fmt: skip


def _touched(begun: Sequence[Initiative]) -> tuple[str, ...]:
    return tuple(sorted({reason for one in begun for reason in one.scope.reasons}))


def _row(one: Watch) -> dict[str, object]:
    named, held = metric(one.metric), one.found.found if one.found else None
    factor, blank = 100.0 if named.unit.startswith("%") else 1.0, float("nan")

    def level(value: float | None, times: float = factor) -> float:
        return blank if value is None else times * value

    change, worse = (held.change, held.worsening) if held else (None, None)
    return {
        "initiative": one.initiative.name, "guardrail": named.label, "verdict": one.verdict, "unit": named.unit,
        "before": level(held.before if held else None), "since": level(held.after if held else None),
        "difference": level(change.value if change else None), "low": level(change.low if change else None),
        "high": level(change.high if change else None), "worsening": level(worse.value if worse else None, 100.0),
        "worsening_low": level(worse.low if worse else None, 100.0),
        "worsening_high": level(worse.high if worse else None, 100.0),
        "n": change.n if change else 0, "controls": held.controls if held else 0,
        "all_before": level(one.found.all_before if one.found else None),
        "all_since": level(one.found.all_after if one.found else None),
        "months_compared": f"{one.found.months_after[0]:%Y-%m} to {one.found.months_after[-1]:%Y-%m}"
        if one.found else "",
        "why": one.why,
    }  # fmt: skip


def _columns() -> dict[str, Any]:
    text, number = st.column_config.TextColumn, st.column_config.NumberColumn
    levels = {
        "before": "A year before", "since": "Since the launch", "difference": "Against untouched reasons",
        "low": "Low", "high": "High", "all_before": "All demand, a year before", "all_since": "All demand, since",
    }  # fmt: skip
    shares = {"worsening": "Worse by", "worsening_low": "Worse, low", "worsening_high": "Worse, high"}
    return (
        {"initiative": text("Initiative", pinned=True), "guardrail": text("Guardrail"), "verdict": text("Verdict")}
        | {"unit": text("Unit"), "months_compared": text("Months compared"), "why": text("Why not")}
        | {"n": number("n", format="localized"), "controls": number("Reasons compared with")}
        | {name: number(words, format="%.1f") for name, words in levels.items()}
        | {name: number(words, format="%.0f %%") for name, words in shares.items()}
    )


def _definition(page: Page) -> str:
    return (
        "Level in the months since the launch less the level it would have had, had it moved from the same months a "
        "year before as untouched reasons did; as a share of that level (first-contact resolution: of the issues "
        "that took more than one contact). Interval: placebo runs on the untouched reasons. Held: a worsening beyond "
        f"{percent(tolerated(page))} (Assumptions) can be excluded. Worse: the whole interval lies above zero. "
        "Measured on all contacts about the reasons of the scope."
    )
