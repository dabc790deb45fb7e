"""Which levers the panel offers: the dearest avoidable causes first, then what fits another channel, from the data.

Pure: a baseline and the words for its reasons in, levers out. Every effect starts at nothing; how far a lever moves is
a judgement until somebody measures it, and its range says so.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.contract import CAUSES, NEGATIVE_CAUSES
from analytics.errors import ScenarioError, nearest
from analytics.questions.taxonomy import Taxonomy
from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import GROUPS, KINDS, Lever, Scope, lever
from analytics.scenarios.ranges import Range
from analytics.scenarios.scenario import Scenario, with_likely

TOP_CAUSES: Final = 5
TOP_MOVES: Final = 3
LEAST_CONTACTS_A_YEAR: Final = 30
FIRST_SHARE: Final = 0.30
"""Where a lever stands when a page or a first proposal sets it: a judgement, said to be one."""
FIRST_LEVERS: Final = 3
FIRST_RAMP: Final = 3
DECIDED: Final = ("close", "approval")
"""Kinds whose main input is a decision, not an effect: how far it goes is known, what comes of it is not."""
WIDTHS: Final = {"A": (0.9, 1.1), "B": (0.8, 1.2), "C": (0.6, 1.25), "D": (0.5, 1.3)}
"""Low and high as parts of the likely value, by evidence grade, until somebody sets them."""
WIDEST: Final = {"attrition": (0.0, 1.5)}
"""The same, judged, for kinds of lever that much else decides: whether people stay is the widest of all."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One lever of the panel with what it could reach."""

    lever: Lever
    contacts: float
    """A year, in scope."""
    cost: float
    """A year, in scope."""
    owner: str = ""


def offers(ledger: Ledger, taxonomy: Taxonomy, scenario: Scenario) -> tuple[Offer, ...]:
    """Return the levers of the panel by group: those of the data, and those the scenario has besides."""
    proposed = [*_causes(ledger, taxonomy), *_repeats(ledger), *_moves(ledger, taxonomy), *_people(ledger)]
    own = {item.key: item for item in scenario.levers}
    found = [replace(offer, lever=own.pop(offer.lever.key, offer.lever)) for offer in proposed]
    found += [_offer(ledger, item) for item in own.values()]
    return tuple(sorted(found, key=lambda offer: GROUPS.index(KINDS[offer.lever.kind].group)))


def first_proposal(panel: tuple[Offer, ...]) -> Scenario:
    """Return the scenario a new reader sees: the dearest avoidable causes at a first, judged share."""
    chosen = [offer.lever for offer in panel if offer.lever.kind == "remove" and offer.lever.scope.reasons]
    levers = [set_to(item, FIRST_SHARE) for item in chosen[:FIRST_LEVERS]]
    return Scenario("First proposal", tuple(levers))


def asked_lever(panel: tuple[Offer, ...], ledger: Ledger, taxonomy: Taxonomy, text: str) -> Lever:
    """Return the lever another page asked for, “kind:reason:cause”, set to a first share.

    Raises ScenarioError naming the nearest reason or cause when the data has none of that name.
    """
    known = {offer.lever.key: offer.lever for offer in panel}
    if text in known:
        return set_to(known[text], FIRST_SHARE)
    kind, reason, cause = (*text.split(":", 2), "", "")[:3]
    if kind not in ("remove", "redistribute"):
        raise ScenarioError(f"The link asks for the lever “{text}”, which does not exist.", do=nearest(kind, KINDS))
    if reason not in ledger.reasons:
        raise ScenarioError(f"The link asks for the reason “{reason}”, which the data do not have.",
                            do=nearest(reason, ledger.reasons))  # fmt: skip
    if cause and cause not in ledger.causes:
        raise ScenarioError(f"The link asks for the cause “{cause}”, which the data do not have.",
                            do=nearest(cause, ledger.causes))  # fmt: skip
    if kind == "redistribute":
        return set_to(_move(ledger, taxonomy, reason), FIRST_SHARE)
    return set_to(_cause_lever(taxonomy, reason, cause), FIRST_SHARE)


def set_to(item: Lever, likely: float) -> Lever:
    """Return the lever with its main input at `likely`, its range along; 0 switches it off and keeps its range."""
    if likely == 0:
        return replace(item, on=False)
    main, awake = KINDS[item.kind].main, replace(item, on=True)
    if item.range(main).likely == 0:
        return awake.with_range(main, judged_range(item, likely))
    return with_likely(Scenario("", (awake,)), item.key, likely).lever(item.key)


def judged_range(item: Lever, likely: float) -> Range:
    """Return low–likely–high of the main input by the lever's evidence grade."""
    if item.kind in DECIDED:
        return Range.constant(likely)
    spec = KINDS[item.kind].parameters[KINDS[item.kind].main]
    usual = WIDTHS[item.grade]
    ends = sorted(likely * part for part in (WIDEST.get(item.kind, usual) if item.grade in {"C", "D"} else usual))
    return Range(max(ends[0], spec.least), min(max(likely, spec.least), spec.most), min(ends[1], spec.most))


def main_likely(item: Lever) -> float:
    """Return where the slider of a lever stands; 0 when it is off."""
    return item.range(KINDS[item.kind].main).likely if item.on else 0.0


def _lever(kind: str, key: str, name: str, scope: Scope, **more: object) -> Lever:
    return replace(lever(kind, key, name, scope=scope, grade="D", ramp=FIRST_RAMP, likely=None, **more), on=False)


def _causes(ledger: Ledger, taxonomy: Taxonomy) -> list[Offer]:
    cost, contacts = _yearly(ledger, ledger.cost), _yearly(ledger, ledger.contacts)
    found = []
    for place in np.argsort(-cost, axis=None, kind="stable"):
        k, u = (int(i) for i in np.unravel_index(int(place), cost.shape))
        reason, cause = ledger.reasons[k], ledger.causes[u]
        fits = cause in NEGATIVE_CAUSES and cause != "repeat" and ledger.reason_class[k] != "locked"
        if fits and contacts[k, u] >= LEAST_CONTACTS_A_YEAR:
            item = _cause_lever(taxonomy, reason, cause)
            found.append(Offer(item, float(contacts[k, u]), float(cost[k, u]), taxonomy.of(reason).owner))
        if len(found) == TOP_CAUSES:
            break
    return found


def _yearly(ledger: Ledger, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return sums by reason and cause over the first twelve months, or a year's worth of a shorter horizon."""
    months = min(ledger.horizon, 12)
    return np.asarray(values[..., :months].sum(axis=(2, 3)) * 12 / months)


def _cause_lever(taxonomy: Taxonomy, reason: str, cause: str) -> Lever:
    words = f": {CAUSES[cause].lower()}" if cause else ""
    scope = Scope((reason,), (cause,) if cause else ())
    return _lever("remove", f"remove:{reason}:{cause}", f"{taxonomy.of(reason).name}{words}", scope)


def _repeats(ledger: Ledger) -> list[Offer]:
    if "repeat" not in ledger.causes:
        return []
    free = tuple(r for r, c in zip(ledger.reasons, ledger.reason_class, strict=True) if c != "locked")
    item = _lever("remove", "remove::repeat", "Repeat contacts beyond natural recurrence", Scope(free, ("repeat",)))
    return [_offer(ledger, item)]


def _moves(ledger: Ledger, taxonomy: Taxonomy) -> list[Offer]:
    """Return the dearest reasons that are better solved elsewhere, into the first self-service channel there is."""
    if not ledger.session_fee:
        return []
    fits = [r for r, c in zip(ledger.reasons, ledger.reason_class, strict=True) if c == "redistribute"]
    found = [_offer(ledger, _move(ledger, taxonomy, reason)) for reason in fits]
    return sorted(found, key=lambda offer: -offer.cost)[:TOP_MOVES]


def _move(ledger: Ledger, taxonomy: Taxonomy, reason: str) -> Lever:
    if not ledger.session_fee:
        raise ScenarioError("There is no other channel to move this demand to.", do="Enter its cost on Assumptions.")
    target = next(iter(ledger.session_fee))
    causes = ("none",) if "none" in ledger.causes else ()
    name = f"{taxonomy.of(reason).name} to the {target}"
    return _lever("redistribute", f"redistribute:{reason}:", name, Scope((reason,), causes), to_channel=target)


def _people(ledger: Ledger) -> list[Offer]:
    items = [_lever("handle_time", "handle_time", "Handle time of everything that stays", Scope())]
    if np.isfinite(ledger.high_effort_share).any():
        items.append(_lever("effort", "effort", "High effort turned into low effort", Scope()))
    if ledger.workforce is not None:
        items.append(_lever("attrition", "attrition", "People leaving a month", Scope()))
    if ledger.staffing is not None:
        items.append(_lever("shrinkage", "shrinkage", "Shrinkage", Scope()))
    items.append(_lever("value", "value", "Low-effort contacts that add value", Scope(), extra_minutes=1.0))
    return [_offer(ledger, item) for item in items]


def _offer(ledger: Ledger, item: Lever) -> Offer:
    axes = ((ledger.reasons, item.scope.reasons), (ledger.causes, item.scope.causes),
            (ledger.channels, item.scope.channels))  # fmt: skip
    places = [[i for i, name in enumerate(axis) if not chosen or name in chosen] for axis, chosen in axes]
    months = min(ledger.horizon, 12)
    contacts, cost = (
        float(values[np.ix_(*places, range(months))].sum()) * 12 / months for values in (ledger.contacts, ledger.cost)
    )
    return Offer(item, contacts, cost)
