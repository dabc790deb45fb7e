"""The one list of pages: section, name, file, icon and the question each answers. Only files that exist are drawn."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analytics.errors import WorkspaceError, nearest

NO_FILTERS = "all segments and products, because queues are shared"
"""Said beside greyed filters: on a phone nobody can hover over them."""
ROOT = Path(__file__).resolve().parents[2]
QUEUES_ARE_SHARED = "Queues are shared: this page always looks at everything. Choose its scope in the levers."


@dataclass(frozen=True, slots=True)
class Entry:
    """One page."""

    section: str
    name: str
    file: str
    icon: str
    question: str
    filters_apply: bool = True
    """False where the shared filters are greyed, because queues are shared."""
    opens_empty: bool = False
    """True for pages that make sense before any data is there."""

    @property
    def exists(self) -> bool:
        """Whether the page has been built."""
        return (ROOT / self.file).is_file()


MENU = (
    Entry("", "Overview", "streamlit_app.py", "monitoring", "Is service demand falling while customer value rises?"),
    Entry("Strategy", "Remove", "pages/remove.py", "do_not_disturb_on", "What demand should not exist?"),
    Entry("Strategy", "Redistribute", "pages/redistribute.py", "alt_route", "What should be solved somewhere else?"),
    Entry("Strategy", "Restructure", "pages/restructure.py", "groups", "Who do we need for what remains?", False),
    Entry("Customer", "Channels and effort", "pages/channels.py", "forum",
          "Which channel resolves with the least effort?"),
    Entry("Customer", "Value and loyalty", "pages/value.py", "favorite",
          "Do customers who experienced value enhancement stay?"),
    Entry("Customer", "Metrics", "pages/metrics.py", "speed", "Which survey score tells who will stay?"),
    Entry("Customer", "Engagement", "pages/engagement.py", "campaign", "Are we reactive, proactive or predictive?"),
    Entry("Plan", "What-if", "pages/what_if.py", "tune", "What happens if we remove this demand?", False),
    Entry("Plan", "Portfolio", "pages/portfolio.py", "inventory_2", "What should we fund first?", False),
    Entry("Plan", "Briefs", "pages/briefs.py", "description", "What does each function cause, what is asked of it?"),
    Entry("Plan", "Decisions", "pages/decisions.py", "task_alt", "What was decided, and what came of it?", False),
    Entry("Data", "Sources", "pages/sources.py", "database", "What is loaded, and what can it be trusted with?",
          True, True),
    Entry("Data", "Taxonomy", "pages/taxonomy.py", "category", "What is each reason, whose is it, how sure are we?"),
    Entry("Data", "Assumptions", "pages/assumptions.py", "rule", "What do the figures assume?"),
)  # fmt: skip


@cache
def built() -> tuple[Entry, ...]:
    """Return the pages that exist, in menu order."""
    return tuple(entry for entry in MENU if entry.exists)


def entry(name: str) -> Entry:
    """Return the page called `name`. Raises WorkspaceError with the nearest name when there is none."""
    known = {found.name: found for found in MENU}
    if name not in known:
        raise WorkspaceError(f"There is no page “{name}”.", do=nearest(name, known))
    return known[name]
