"""One block of customers from first need to last contact, with everything written about them."""

from dataclasses import dataclass

import numpy as np

from analytics.demo.chains import open_chain, recurrences, run_chains
from analytics.demo.customers import PRODUCTS, make_customers
from analytics.demo.details import add_details
from analytics.demo.dirt import add_dirt
from analytics.demo.experience import add_experience, survey_rows
from analytics.demo.frame import Flags, Floats, Frame, Ints, size, stack, take
from analytics.demo.issues import leaks, make_demand
from analytics.demo.leaving import Fate, active_counts, burden, draw_fate, leaving_days
from analytics.demo.outreach import Outreach, make_outreach
from analytics.demo.plan import Plan
from analytics.demo.workforce import Workforce
from analytics.demo.world import World

IDS_PER_BLOCK = 10_000_000
RECURRING_GENERATIONS = 2


@dataclass(frozen=True, slots=True)
class Block:
    """All rows of one block; `contacts` in order of time, with draws and truth still attached."""

    number: int
    customers: Frame
    left: Floats
    contacts: Frame
    sessions: Frame
    surveys: Frame
    outreach: Outreach
    before_outreach: Frame
    """Contacts as they would be if no message were sent."""
    fate: Fate
    weights: Floats
    active: Ints


def make_block(plan: Plan, world: World, force: Workforce, number: int, at_start: int) -> Block:
    """Generate block `number`. Its rows depend on the plan and this number only."""
    customers = make_customers(plan, number, at_start)
    demand = make_demand(plan, world, number, customers)
    rng = plan.stream(4, number)
    base = _contacts(plan, force, rng, demand.direct, leaks(plan, number, demand.sessions))
    outreach = make_outreach(plan, world, plan.stream(5, number), base, customers)
    told = _after_outreach(plan, force, plan.stream(6, number), base, outreach)
    lived = add_experience(plan, plan.stream(7, number), told, customers)
    fate = draw_fate(plan, plan.stream(8, number), size(customers))
    weights = burden(plan, lived["who"], lived["t"], lived["gain"], size(customers))
    left = leaving_days(plan, customers, weights, fate)
    contacts = add_details(plan, world, plan.stream(9, number), take(lived, _before_leaving(lived, left)))
    contacts = take(contacts, _before_leaving(contacts, left))
    contacts = {**contacts, "contact_no": (number + 1) * IDS_PER_BLOCK + np.arange(size(contacts))}
    contacts = add_dirt(plan.stream(10, number), contacts, demand.sessions)
    return Block(
        number=number,
        customers=customers,
        left=left,
        contacts=contacts,
        sessions=take(demand.sessions, _before_leaving(demand.sessions, left)),
        surveys=survey_rows(plan.stream(11, number), contacts),
        outreach=outreach,
        before_outreach=base,
        fate=fate,
        weights=weights,
        active=active_counts(plan, customers, left, len(PRODUCTS)),
    )


def _before_leaving(rows: Frame, left: Floats) -> Flags:
    return np.asarray(rows["t"] < left[rows["who"]])


def _contacts(plan: Plan, force: Workforce, rng: np.random.Generator, direct: Frame, leaked: Frame) -> Frame:
    opened = stack([open_chain(direct, leaked=False, kind=0), open_chain(leaked, leaked=True, kind=0)])
    made = [run_chains(plan, force, rng, opened, 0)]
    following = size(opened)
    for _ in range(RECURRING_GENERATIONS):
        again = open_chain(recurrences(plan, rng, made[-1]), leaked=False, kind=1)
        made.append(run_chains(plan, force, rng, again, following))
        following += size(again)
    return stack(made)


def _after_outreach(plan: Plan, force: Workforce, rng: np.random.Generator, base: Frame, outreach: Outreach) -> Frame:
    """Return contacts as they are: messages that were sent have prevented some and induced others."""
    held: Flags = np.ones(base["who"].max(initial=0) + 1, bool)
    sends = outreach.sends
    held[sends["who"]] = sends["holdout"]
    kept = take(base, ~outreach.prevented | held[base["who"]])
    opened = {name: values for name, values in outreach.induced.items() if name != "holdout"}
    opened = take(opened, ~outreach.induced["holdout"])
    return stack([kept, run_chains(plan, force, rng, opened, int(base["issue"].max(initial=0)) + 1)])
