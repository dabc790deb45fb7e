"""The filters every page shares: period, segment and product. The address bar holds them, so a link shows the same.

The address is the one truth: widgets write it, each run reads it. A widget's kept value is set again whenever the
page or the address changed, because after a page change Streamlit starts the widget at its default.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from analytics.questions.period import Choices, DataPeriod
from analytics.questions.selection import Selection, add_months, months_between
from analytics.ui.numbers import month
from analytics.ui.text import md, short

PRESETS = (3, 6, 12, 24)
_KEYS = ("from", "to", "segment", "product")
_KEPT, _SEEN = "_filters_kept", "_filters_seen"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asked for, made possible."""

    selection: Selection
    default: Selection
    refused: tuple[str, ...] = ()
    """Parts of the address that this data does not have, in words."""

    @property
    def query(self) -> dict[str, str | list[str]]:
        """The selection as query parameters; the default needs none."""
        return as_query(self.selection, self.default)


def read(page: str, period: DataPeriod, choices: Choices) -> Filters:
    """Return the filters of the address, or those kept from the last page when a link forgot them."""
    asked = {key: st.query_params.get_all(key) for key in _KEYS if key in st.query_params}
    kept = st.session_state.get(_KEPT, {})
    came_from = st.session_state.get(_SEEN, (page,))[0]
    if not asked and kept and came_from != page:
        asked = kept
        _write(asked)
    filters = parse(asked, period, choices)
    st.session_state[_KEPT] = {
        key: value if isinstance(value, list) else [value] for key, value in filters.query.items()
    }
    if st.session_state.get(_SEEN) != (page, filters.selection):
        _set_widgets(filters.selection)
        st.session_state[_SEEN] = (page, filters.selection)
    return filters


def parse(asked: dict[str, list[str]], period: DataPeriod, choices: Choices) -> Filters:
    """Return the selection asked for; what the data does not have is left out and said."""
    default, refused = period.default, []
    first, last = _month(asked.get("from")) or default.first_month, _month(asked.get("to")) or default.last_month
    clipped = max(first, period.first_month), min(last, period.last_full_month)
    if clipped[0] > clipped[1]:
        clipped = default.first_month, default.last_month
    if asked.keys() & {"from", "to"} and clipped != (first, last):
        refused.append(
            f"The link asked for months outside the data; shown is {month(clipped[0])} to {month(clipped[1])}."
        )
    segments = _known(asked.get("segment", []), choices.segments, "segment", refused)
    products = _known(asked.get("product", []), choices.products, "product", refused)
    return Filters(Selection(*clipped, segments, products), default, tuple(refused))


def as_query(selection: Selection, default: Selection) -> dict[str, str | list[str]]:
    """Return the query parameters of a selection."""
    query: dict[str, str | list[str]] = {}
    if (selection.first_month, selection.last_month) != (default.first_month, default.last_month):
        query |= {"from": f"{selection.first_month:%Y-%m}", "to": f"{selection.last_month:%Y-%m}"}
    if selection.segments:
        query["segment"] = list(selection.segments)
    if selection.products:
        query["product"] = list(selection.products)
    return query


def chips(filters: Filters, period: DataPeriod, choices: Choices, disabled_because: str = "") -> None:
    """Draw the filters as chips; greyed with the reason where a page does not use them."""
    months = _months(period)
    off = bool(disabled_because)
    with st.popover(
        _period_words(filters), icon=":material/calendar_month:", disabled=off, help=disabled_because or None
    ):
        presets = [count for count in PRESETS if count < len(months)] + [len(months)]
        st.pills(
            "Months", presets, key="filter_preset", on_change=_preset_chosen, args=(filters, period),
            format_func=lambda count: "All" if count == len(months) else f"Last {count}",
        )  # fmt: skip
        for key, words in (("from", "From"), ("to", "To")):
            st.selectbox(
                words, months, key=f"filter_{key}", format_func=month, on_change=_months_chosen, args=(filters,)
            )
    selection = filters.selection
    _choice("segment", choices.segments, selection.segments, filters, disabled_because)
    _choice("product", choices.products, selection.products, filters, disabled_because)


def clear() -> None:
    """Go back to the default filters."""
    _write({})


def _choice(key: str, options: Sequence[str], chosen: tuple[str, ...], filters: Filters, disabled_because: str) -> None:
    if len(options) < 2:
        return
    many = f"{key}s"
    words = f"All {many}" if not chosen else short(chosen[0], 18) if len(chosen) == 1 else f"{len(chosen)} {many}"
    off = bool(disabled_because)
    with st.popover(md(words), disabled=off, help=disabled_because or None):
        st.multiselect(
            many.capitalize(), options, key=f"filter_{key}", on_change=_values_chosen, args=(key, filters),
            placeholder=f"All {many}",
        )  # fmt: skip


def _preset_chosen(filters: Filters, period: DataPeriod) -> None:
    count = st.session_state.get("filter_preset")
    if count:
        first = max(period.first_month, add_months(period.last_full_month, 1 - int(count)))
        _write(_merged(filters, first, period.last_full_month))


def _months_chosen(filters: Filters) -> None:
    first, last = sorted((st.session_state["filter_from"], st.session_state["filter_to"]))
    _write(_merged(filters, first, last))


def _values_chosen(key: str, filters: Filters) -> None:
    query = {name: value for name, value in filters.query.items() if name != key}
    chosen = list(st.session_state[f"filter_{key}"])
    _write(query | ({key: chosen} if chosen else {}))


def _merged(filters: Filters, first: date, last: date) -> dict[str, str | list[str]]:
    now = filters.selection
    return as_query(Selection(first, last, now.segments, now.products), filters.default)


def _write(query: "dict[str, list[str]] | dict[str, str | list[str]]") -> None:
    for key in _KEYS:
        if key in query:
            st.query_params[key] = query[key]
        elif key in st.query_params:
            del st.query_params[key]
    if not query:
        st.session_state[_KEPT] = {}


def _set_widgets(selection: Selection) -> None:
    st.session_state["filter_from"], st.session_state["filter_to"] = selection.first_month, selection.last_month
    st.session_state["filter_preset"] = None
    st.session_state["filter_segment"] = list(selection.segments)
    st.session_state["filter_product"] = list(selection.products)


def _period_words(filters: Filters) -> str:
    selection, default = filters.selection, filters.default
    if selection.last_month == default.last_month:
        return f"{selection.months} months" if selection.months > 1 else month(selection.last_month)
    return f"{month(selection.first_month)} – {month(selection.last_month)}"


def _months(period: DataPeriod) -> list[date]:
    count = months_between(period.first_month, period.last_full_month) + 1
    return [add_months(period.first_month, step) for step in range(count)]


def _month(values: list[str] | None) -> date | None:
    try:
        return date.fromisoformat(f"{values[0][:7]}-01") if values else None
    except ValueError:
        return None


def _known(asked: list[str], options: Sequence[str], what: str, refused: list[str]) -> tuple[str, ...]:
    unknown = [value for value in asked if value not in options]
    if unknown:
        refused.append(f"The link asked for a {what} this data does not have: “{short(unknown[0])}”.")
    return tuple(value for value in asked if value in options)
