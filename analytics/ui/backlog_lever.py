"""An initiative as a lever of the what-if: the same effect, ramp, decay and cost, as a link that opens it there."""

from dataclasses import replace

from analytics.questions.backlog import addressable
from analytics.questions.initiatives import Initiative
from analytics.scenarios.levers import Lever, Scope, lever
from analytics.scenarios.links import encode
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario
from analytics.ui import backlog_data
from analytics.ui.page import Page
from analytics.ui.text import short

MOST = 0.9999


def link(page: Page, one: Initiative) -> None:
    """Draw the link that opens the what-if with this initiative as its only lever."""
    words = f"Try “{short(one.name, 40)}” in What-if"
    page.link("What-if", words, change=encode(Scenario(short(one.name, 60), (lever_of(page, one),))))


def lever_of(page: Page, one: Initiative) -> Lever:
    """Return the lever. The what-if narrows by reason, cause and channel only: other limits scale the share."""
    proposed, part = one.proposed(), _part(page, one)
    low, likely, high = (min(part * share, MOST) for share in (proposed.low, proposed.likely, proposed.high))
    scope = Scope(_reasons(page, one), one.scope.causes, one.scope.channels)
    return lever(
        "remove", f"initiative:{one.key}", one.name, scope=scope, share=Range(low, likely, high), grade=one.grade,
        start=1, ramp=one.ramp, decay=one.monthly_decay, one_off=one.one_off, running=one.running,
    )  # fmt: skip


def _reasons(page: Page, one: Initiative) -> tuple[str, ...]:
    """Return the reasons in scope without locked ones; empty, meaning all, only where none is locked."""
    locked = {found.reason for found in page.taxonomy.classes if found.locked}
    if one.scope.reasons or not locked:
        return tuple(reason for reason in one.scope.reasons if reason not in locked)
    return tuple(reason for reason in backlog_data.values(page)["reasons"] if reason not in locked)


def _part(page: Page, one: Initiative) -> float:
    """Return the part of the contacts of these reasons, causes and channels that the whole scope reaches."""
    cells = backlog_data.scope_of(page, one.scope)
    wide = replace(one.scope, reasons=_reasons(page, one), segments=(), products=(), policies=(), repeats=None)
    of, inside = (addressable(cells, scope, page.taxonomy) for scope in (wide, one.scope))
    whole = of.contacts + sum(count for *_, count in of.guarded)
    return min(inside.contacts / whole, 1.0) if whole > 0 else 0.0
