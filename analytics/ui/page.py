"""What a page gets from the frame: filter, data, edits, author; and the one way to ask, show and link."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Concatenate, ParamSpec, TypeVar

import streamlit as st

from analytics.engine import Reader
from analytics.errors import WorkspaceError
from analytics.questions.period import Choices, DataPeriod
from analytics.questions.rates import Rates
from analytics.questions.selection import Selection
from analytics.questions.taxonomy import Taxonomy
from analytics.store import Author, Record, Store
from analytics.ui import cached, edits, menu
from analytics.ui.filters import Filters
from analytics.ui.messages import net
from analytics.ui.text import md
from analytics.ui.workspaces import PARAMETER, address
from analytics.workspace import Workspace, WorkspaceInfo

UNREAD = -1
"""Revision of a store that cannot be read: proposals and defaults hold."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Data:
    """What one built result says about itself, and the filters applied to it."""

    reader: Reader
    period: DataPeriod
    choices: Choices
    filters: Filters


def _nothing() -> None:
    """Draw nothing: the frame is complete."""


@dataclass(frozen=True)
class Page:
    """One open page."""

    name: str
    workspace: Workspace
    info: WorkspaceInfo
    store: Store
    author: Author
    data: Data | None
    """None on pages that open without data when there is none."""
    revision: int
    """Grows with every edit in the workspace; part of every cache key."""
    draw_rest: Callable[[], None] = _nothing
    """Draws what a page that puts its picture first left of the frame: filters, notices, menu."""

    @property
    def has_data(self) -> bool:
        """Whether there is a built result."""
        return self.data is not None

    @property
    def filters(self) -> Selection:
        """Period, segments and products looked at."""
        return self._data.filters.selection

    @property
    def reader(self) -> Reader:
        """The result."""
        return self._data.reader

    @property
    def period(self) -> DataPeriod:
        """When the data begins and ends."""
        return self._data.period

    @property
    def choices(self) -> Choices:
        """What can be filtered on."""
        return self._data.choices

    @property
    def holds_contacts(self) -> bool:
        """Whether the data has any contact at all, whatever the filters; surveys alone are data too."""
        return bool(self.choices.channels)

    @property
    def query(self) -> dict[str, str | list[str]]:
        """The filters as query parameters, for links."""
        found = dict(self._data.filters.query) if self.data else {}
        return found | ({PARAMETER: self.workspace_id} if PARAMETER in st.query_params else {})

    @property
    def edits_readable(self) -> bool:
        """Whether the store could be read."""
        return self.revision != UNREAD

    @property
    def workspace_id(self) -> str:
        """Under which the store keeps this workspace's edits."""
        return address(self.workspace.folder)

    @cached_property
    def entered(self) -> Mapping[str, float]:
        """Assumptions people entered, by key or key.channel."""
        if self.revision == UNREAD:
            return {}
        return edits.entered(self.store, self.workspace_id, self.revision)

    @cached_property
    def rates(self) -> Rates:
        """Cost rates: entered, completed with the file's own handle times, scaled to the payroll line."""
        return self._kept("rates", lambda: edits.reconciled(self.reader, self.entered, self.info.currency)).rates

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """Every reason with class and owner: proposed from evidence, people's edits on top."""
        return self._kept("taxonomy", lambda: edits.taxonomy(self.reader, self.entered, self._written()))

    @cached_property
    def assumptions_key(self) -> str:
        """What tells apart data, rates and classes: part of the key of everything built on all of them."""
        read = repr((self.rates, sorted(self.entered.items()), self.taxonomy.classes))
        return f"{self.workspace.folder} {self.reader.generation} {blake2b(read.encode(), digest_size=16).hexdigest()}"

    @property
    def looked_at(self) -> str:
        """The filter in words, for drawers and exports."""
        chosen = self.filters
        parts = [
            f"{chosen.first_month:%b %Y} to {chosen.last_month:%b %Y}",
            ", ".join(chosen.segments) or "all segments",
            ", ".join(chosen.products) or "all products",
        ]
        return " · ".join(parts)

    def ask(self, question: Callable[Concatenate[Reader, Selection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer `question(reader, filters, …)`, computed once per data, edits, filter and arguments."""
        return self.ask_for(self.filters, question, *args, **kwargs)

    def ask_for(
        self,
        selection: Selection,
        question: Callable[Concatenate[Reader, Selection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Answer `question` for another selection than the shared filters."""
        named = f"{question.__module__}.{question.__qualname__}"
        given = [_key(argument) for argument in (*args, *sorted(kwargs.items()))]
        return self._kept(f"{named} {selection!r} {given}", lambda: question(self.reader, selection, *args, **kwargs))

    def kept(self, what: str, call: Callable[[], T]) -> T:
        """Return `call()`, something made from answers, computed once per data, edits, filters and `what`.

        All sessions share it: nobody may change it.
        """
        return self._kept(f"{self.filters!r} {what}", call)

    def show(self, section: Callable[Concatenate["Page", P], None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Draw one section; what goes wrong in it is said there and harms no other."""
        with net(f"{self.name}: {section.__name__}"):
            section(self, *args, **kwargs)

    def link(self, name: str, label: str = "", **query: str) -> None:
        """Draw a link to another page with the same filters; nothing when that page does not exist."""
        target = menu.entry(name)
        if target.exists:
            st.page_link(
                target.file, label=md(label or name), icon=f":material/{target.icon}:",
                query_params={**self.query, **query},
            )  # fmt: skip

    def _written(self) -> list[Record]:
        return [] if self.revision == UNREAD else self.store.list(self.workspace_id, "taxonomy")

    @property
    def _data(self) -> Data:
        if self.data is None:
            raise WorkspaceError("There is no data yet.", do="Open Sources to load your files.")
        return self.data

    def _kept(self, key: str, call: Callable[[], T]) -> T:
        whose = f"{id(self.store)} {self.workspace.folder} {self.reader.generation} {self.revision}"
        return cached.answer(f"{whose} {key}", call)


def _key(argument: object) -> str:
    """Return what tells arguments apart; rates and taxonomy follow from data and edits, which the key has."""
    return "taxonomy" if isinstance(argument, Taxonomy) else repr(argument)
