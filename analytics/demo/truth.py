"""What was planted, measured on the generated rows by forcing: same customers, same random numbers, one thing changed.

Each function returns sums; they add up over blocks, and `truth_file` turns them into rates.
"""

import numpy as np

from analytics.demo.block import Block
from analytics.demo.chains import outcomes
from analytics.demo.channels import CHANNELS
from analytics.demo.customers import ACQUISITION, DOOR_TO_DOOR
from analytics.demo.experience import gain
from analytics.demo.frame import Flags, Floats, Frame, size, take
from analytics.demo.issues import CONTAINED, LEAKED
from analytics.demo.leaving import burden, leaving_days
from analytics.demo.outreach import in_window
from analytics.demo.plan import Plan
from analytics.demo.tally import Tally, sums
from analytics.demo.truth_demand import measure_demand

YEAR = 365.0


def measure(plan: Plan, block: Block) -> Tally:
    """Return every sum `truth.toml` is made of, for one block."""
    parts = (
        measure_demand(plan, block),
        _effort(block.contacts),
        _self_service(block),
        _staying(plan, block),
        _outreach(block),
        _acquisition(plan, block),
    )
    return Tally().absorb(*parts)


def _effort(contacts: Frame) -> Tally:
    rows = take(contacts, contacts["extra"] == 0)
    answered = rows["answered"]
    total = sums("effort.all", rows["effort"])
    total.absorb(sums("effort.answered", rows["effort"], answered), sums("answered", answered))
    total.absorb(sums("resolved", rows["resolved"]), sums("enhanced", rows["enhanced"]))
    for code, channel in enumerate(CHANNELS):
        here = rows["channel"] == code
        forced = np.full(size(rows), code)
        resolved, _, effort = outcomes(rows, channel=forced)
        total.absorb(sums(f"effort.forced.{channel}", effort), sums(f"resolved.forced.{channel}", resolved))
        total.absorb(sums(f"effort.naive.{channel}", rows["effort"], here & answered))
        total.absorb(_repetition(channel, take(rows, here)))
    return total


def _repetition(channel: str, rows: Frame) -> Tally:
    always, never = np.ones(size(rows), bool), np.zeros(size(rows), bool)
    told, untold = outcomes(rows, repeated=always)[2], outcomes(rows, repeated=never)[2]
    return sums(f"repetition.on.{channel}", told).absorb(sums(f"repetition.off.{channel}", untold))


def _self_service(block: Block) -> Tally:
    """Count sessions by what truly happened, and contacts that followed within 7 days with the links known."""
    sessions, contacts = block.sessions, block.contacts
    followed = np.zeros(int(sessions["session"].max(initial=-1)) + 1, bool)
    first = (contacts["session"] >= 0) & (contacts["attempt"] == 1) & (contacts["extra"] == 0)
    began: Floats = np.full(len(followed) + 1, np.inf)
    began[sessions["session"]] = sessions["t"]
    links = np.minimum(contacts["session"][first], len(followed))
    soon = contacts["t"][first] - began[links] <= 7
    followed[links[soon]] = True
    completed, leaked = sessions["outcome"] == 0, followed[sessions["session"]]
    flags = {
        "solved": sessions["fate"] == CONTAINED,
        "leaked": sessions["fate"] == LEAKED,
        "completed": completed,
        "quiet": ~leaked,
        "verified": completed & ~leaked,
        "induced": sessions["induced"],
        "identified": sessions["identified"],
    }
    return Tally().absorb(*(sums(f"session.{name}", flag) for name, flag in flags.items()))


def _staying(plan: Plan, block: Block) -> Tally:
    """Force value enhancement on and off at the index contact: the first of each customer with a full year after it."""
    rows = take(block.contacts, block.contacts["extra"] == 0)
    _, first = np.unique(rows["who"], return_index=True)
    index = take(rows, first[rows["t"][first] + YEAR <= plan.whole_days])
    total = _leaving_rate(plan, block)
    if not size(index):
        return total
    stays = {forced: _stays(plan, block, index, forced) for forced in (True, False)}
    real = block.left[index["who"]] > index["t"] + YEAR
    ever = _ever_enhanced(rows, index, size(block.customers))
    total.absorb(sums("stay.on", stays[True]), sums("stay.off", stays[False]), sums("stay.real", real))
    for name, flag in (("index", index["enhanced"]), ("ever", ever)):
        total.absorb(sums(f"stay.{name}.yes", real, flag), sums(f"stay.{name}.no", real, ~flag))
    return total


def _ever_enhanced(rows: Frame, index: Frame, count: int) -> Flags:
    """Return whether any contact of the year was enhanced: those who stay have more time for it (immortal time)."""
    start: Floats = np.full(count, np.inf)
    start[index["who"]] = index["t"]
    since = rows["t"] - start[rows["who"]]
    within = rows["enhanced"] & (since >= 0) & (since <= YEAR)
    return np.asarray(np.bincount(rows["who"][within], minlength=count)[index["who"]] > 0)


def _stays(plan: Plan, block: Block, index: Frame, forced: bool) -> Flags:
    wanted = gain(plan, index, np.full(size(index), forced))
    change = burden(plan, index["who"], index["t"], wanted - index["gain"], size(block.customers))
    left = leaving_days(plan, block.customers, block.weights + change, block.fate)
    return np.asarray(left[index["who"]] > index["t"] + YEAR)


def _leaving_rate(plan: Plan, block: Block) -> Tally:
    end = np.minimum(block.left, plan.days)
    years = np.maximum(0, end - np.maximum(0, block.customers["joined"])) / YEAR
    return Tally({"leave.sum": float((block.left <= plan.days).sum()), "leave.n": float(years.sum())})


def _outreach(block: Block) -> Tally:
    """Compare sent with held back for the same messages: any contact in the fourteen days after."""
    sends, base = block.outreach.sends, block.before_outreach
    sent_at: Floats = np.full(size(block.customers), np.inf)
    sent_at[sends["who"]] = sends["t"]
    window = in_window(base, sent_at)
    count = size(block.customers)
    held = np.bincount(base["who"][window], minlength=count)[sends["who"]] > 0
    kept = np.bincount(base["who"][window & ~block.outreach.prevented], minlength=count)[sends["who"]] > 0
    here = block.left[sends["who"]] > sends["t"]
    total = sums("outreach.held", held, here).absorb(sums("outreach.kept", kept, here))
    return total.absorb(
        sums("outreach.sent", kept | sends["induces"], here), sums("outreach.holdout", sends["holdout"], here)
    )


def _acquisition(plan: Plan, block: Block) -> Tally:
    """Count contacts and years as a customer by how the customer was won."""
    customers = block.customers
    years = np.minimum(block.left, plan.days) - np.maximum(0, customers["joined"])
    contacts = np.bincount(block.contacts["who"], minlength=size(customers))
    total = Tally()
    for code in range(len(ACQUISITION)):
        mine = customers["acquisition"] == code
        name = "door" if code == DOOR_TO_DOOR else "other"
        total[f"won.{name}.sum"] += float(contacts[mine].sum())
        total[f"won.{name}.n"] += float(np.maximum(0, years[mine]).sum()) / YEAR
    return total
