"""The frame around every page: settings of the page, sign-in, menu, shared filters, what data this is.

`open_page` is the first call of every page. It returns what the page works with, or says what is missing and stops.
"""

import gc
import time
from dataclasses import replace
from functools import partial
from itertools import groupby

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.errors import AnalyticsError, StoreError
from analytics.questions.period import DataPeriod, data_period, filter_choices
from analytics.questions.selection import add_months
from analytics.settings import settings
from analytics.store import Store
from analytics.ui import cached, cards, filters, look, menu, messages, numbers, pace, people
from analytics.ui.page import UNREAD, Data, Page
from analytics.ui.scenarios import draft_address
from analytics.ui.text import md, short
from analytics.ui.workspaces import address, chosen_workspace
from analytics.workspace import Workspace, WorkspaceInfo

Head = list[DeltaGenerator]
PAINT_SECONDS = 0.06
"""Head start of the main picture: what arrives sooner is painted together with it, and keeps it waiting."""
_SEEN_GENERATION = "_seen_generation"


def open_page(name: str, *, picture_first: bool = False) -> Page:
    """Open the page called `name` in the menu: first call of every page.

    Draws the frame and returns what the page works with. Where the data is missing or cannot be opened, says so with
    the next step and stops the page. With `picture_first` the filters, notices and menu only keep their places; the
    page draws its main picture and then them, by `page.draw_rest()`.
    """
    pace.send_promptly()
    entry = menu.entry(name)
    st.set_page_config(page_title=f"{name} · Ebb", page_icon=look.icon(), layout="wide")
    people.gate()
    head = st.columns([5, 4], vertical_alignment="center")
    workspace, store = chosen_workspace(), cached.store(settings().store_url)
    data, error = _data(entry, workspace)
    page = Page(name, workspace, _info(workspace, data), store, people.author(), data, _revision(store, workspace))
    above = st.container()
    if picture_first and error is None:
        return replace(page, draw_rest=partial(_draw_later, head, above, entry, page))
    _menu(page)
    _head(head, entry, page)
    if error is not None:
        _without_data(page, entry, error)
    with above:
        _notices(page)
    return page


def _draw_later(head: Head, above: DeltaGenerator, entry: menu.Entry, page: Page) -> None:
    time.sleep(PAINT_SECONDS)
    _head(head, entry, page)
    with above:
        _notices(page)
    _menu(page)


def _data(entry: menu.Entry, workspace: Workspace) -> tuple[Data | None, AnalyticsError | None]:
    try:
        reader = cached.reader(workspace)
        facts = cached.answer(f"facts {reader.generation}", lambda: (data_period(reader), filter_choices(reader)))
        return Data(reader, *facts, filters.read(entry.name, *facts)), None
    except AnalyticsError as error:
        return None, error


def _info(workspace: Workspace, data: Data | None) -> WorkspaceInfo:
    if data is not None:
        found = data.period
        return WorkspaceInfo(
            name=found.name or workspace.folder.name, timezone=found.timezone, currency=found.currency,
            issue_window_days=found.window_days, invented=found.invented,
        )  # fmt: skip
    try:
        return workspace.info()
    except AnalyticsError:
        return WorkspaceInfo(workspace.folder.name)


def _revision(store: Store, workspace: Workspace) -> int:
    try:
        return store.revision(address(workspace.folder))
    except StoreError:
        return UNREAD


def _menu(page: Page) -> None:
    look.logo()
    with st.sidebar:
        invented = " · invented data" if page.info.invented else ""
        st.caption(f"{md(short(page.info.name, 60))}{invented}")
        for section, entries in groupby(menu.built(), key=lambda entry: entry.section):
            if section:
                st.caption(section)
            for entry in entries:
                st.page_link(
                    entry.file, label=entry.name, icon=f":material/{entry.icon}:", width="stretch",
                    query_params=page.query | (draft_address(page.workspace_id) if entry.name == "What-if" else {}),
                )  # fmt: skip
        people.name_field()


def _head(head: Head, entry: menu.Entry, page: Page) -> None:
    as_of = md(_as_of(page.data.period)) if page.data else ""
    invented = " :orange-badge[Invented data]" if page.info.invented else ""
    unused = "" if entry.filters_apply else menu.QUEUES_ARE_SHARED
    shared = f" · {menu.NO_FILTERS}" if unused and page.data else ""
    head[0].markdown(f":small[:gray[{entry.question} {as_of}{shared}]{invented}]")
    if page.data:
        with head[1].container(horizontal=True, horizontal_alignment="right", gap="small"):
            filters.chips(page.data.filters, page.data.period, page.data.choices, unused)


def _as_of(period: DataPeriod) -> str:
    if period.last_at is None:
        return f"· data to {numbers.month(period.last_full_month)}"
    partial = add_months(period.last_full_month, 1)
    is_partial = period.last_at.date() >= partial
    left_out = f"; {partial:%B} is incomplete and left out" if is_partial else ""
    return f"· data to {numbers.day(period.last_at)}{left_out}"


def _without_data(page: Page, entry: menu.Entry, error: AnalyticsError) -> None:
    """Say what is missing; pages that make sense without data go on, the others end here."""
    if entry.opens_empty:
        if page.workspace.has_result:
            messages.problem(error)
        return
    if page.workspace.has_result:
        cards.finding("The data cannot be shown")
        messages.problem(error)
    else:
        cards.finding(
            "There is no data yet",
            "Load a file of contacts: when each began, by which channel, and why. Three columns are enough to start.",
        )
    page.link("Sources", "Open Sources")
    st.stop()


def _notices(page: Page) -> None:
    if page.revision == UNREAD:
        st.warning(
            "**Edits cannot be read.** The figures below use proposals and defaults only. Reload to try again.",
            icon=":material/error:",
        )
    if page.data is None:
        return
    for words in page.data.filters.refused:
        st.info(md(words), icon=":material/filter_alt_off:")
    _changed(page)


def _changed(page: Page) -> None:
    """Tell an open session that an import has replaced the data under it."""
    seen = st.session_state.setdefault(_SEEN_GENERATION, {})
    known = seen.setdefault(page.workspace_id, page.reader.generation)
    if known == page.reader.generation:
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown("**The data changed** since you opened the app; this page shows the new data.", width="stretch")
        st.button("Reload", on_click=seen.update, args=({page.workspace_id: page.reader.generation},))


gc.freeze()  # what imports leave behind lives for ever; otherwise every collection after a run walks all of it
