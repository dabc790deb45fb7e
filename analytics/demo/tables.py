"""Each table of the company as it stands in its files: columns renamed, codes in the company's words."""

import numpy as np
import pyarrow as pa

from analytics.demo.block import IDS_PER_BLOCK, Block
from analytics.demo.customers import ACQUISITION, PRODUCTS
from analytics.demo.details import LEG, NOTES
from analytics.demo.dirt import with_duplicates
from analytics.demo.files import day, moment, number, word
from analytics.demo.frame import Array, Flags, Frame, take
from analytics.demo.issues import OUTCOMES
from analytics.demo.outreach import KINDS, TEMPLATES
from analytics.demo.plan import Plan
from analytics.demo.policies import POLICIES
from analytics.demo.reasons import CAUSE_CODES
from analytics.demo.words import (
    ACTIVITY_COLUMNS,
    CAUSE_WORDS,
    CHANNEL_WORDS,
    NOTE_TEXTS,
    REASON_NAMES,
    SEGMENT_WORDS,
    STARTED_WORDS,
    SURFACES,
)
from analytics.demo.workforce import TEAMS


def customer_numbers(block: Block, who: Array) -> Array:
    """Return the company's customer numbers."""
    return np.asarray(block.customers["customer_no"][who])


def session_numbers(block: Block, session: Array) -> Array:
    """Return the company's session numbers."""
    return np.asarray((block.number + 1) * IDS_PER_BLOCK + session)


def contact_table(plan: Plan, block: Block, rows: Frame) -> pa.Table:
    """Return contacts as the contact system exports them."""
    return pa.table({**_what(plan, block, rows), **_how(rows), **_why(rows)})


def contact_rows(plan: Plan, block: Block) -> Frame:
    """Return the contacts of a block with a few rows twice."""
    return with_duplicates(plan.stream(12, block.number), block.contacts)


def _what(plan: Plan, block: Block, rows: Frame) -> dict[str, pa.Array]:
    who = rows["who"]
    return {
        "ref": number(rows["contact_no"]),
        "opened": moment(plan, rows["t"]),
        "closed": moment(plan, rows["closed"], rows["closed"] > plan.days),
        "via": word(list(CHANNEL_WORDS), rows["channel"]),
        "topic": word(REASON_NAMES, rows["reason"]),
        "product": word(PRODUCTS, block.customers["product"][who], rows["no_product"]),
        "customer_type": word(list(SEGMENT_WORDS), rows["b2b"].astype(np.int64)),
        "customer_no": number(customer_numbers(block, who), rows["no_customer"]),
        "web_session": number(session_numbers(block, rows["session"]), ~rows["shows_session"]),
    }


def _how(rows: Frame) -> dict[str, pa.Array]:
    from_rule = rows["policy"] >= 0
    return {
        "work_seconds": number(rows["handle"], rows["no_handle"]),
        "queue_seconds": number(rows["wait"], ~np.isin(rows["channel"], (0, 1, 5))),
        "gave_up": number(rows["abandoned"]),
        "solved": number(rows["resolved"] & ~rows["abandoned"], rows["no_resolved"]),
        "handovers": number(rows["transfers"]),
        "is_later_leg": number(rows["extra"] == LEG),
        "asked_again": number(rows["repeated"]),
        "team": word(TEAMS, rows["team"], rows["no_team"]),
        "agent": pa.array(np.char.add("A", np.char.zfill(rows["agent"].astype("U"), 5)), pa.string()),
        "rule": word(POLICIES, rows["policy"]),
        "approval_wait_seconds": number(rows["approval_wait"].astype(np.int64), rows["approval_wait"] == 0),
        "amount": number(rows["amount"], ~from_rule | (rows["policy"] != 0)),
        "followed_guide": number(rows["guided"]),
    }


def _why(rows: Frame) -> dict[str, pa.Array]:
    planned = rows["extra"] == 1
    texts = pa.array(rows["reason"] * NOTES + rows["text"], pa.int32())
    return {
        "planned": number(planned),
        "started_by": word(list(STARTED_WORDS), planned.astype(np.int64)),
        "root": word(list(CAUSE_WORDS), rows["coded"], rows["cause_missing"]),
        "second_root": word(list(CAUSE_WORDS), rows["second_cause"]),
        **{name: number(activity(rows, code)) for code, name in enumerate(ACTIVITY_COLUMNS)},
        "note": pa.DictionaryArray.from_arrays(texts, pa.array(NOTE_TEXTS)),
    }


def activity(rows: Frame, code: int) -> Flags:
    """Return whether the contact held this value-enhancing activity."""
    return np.asarray(rows["enhanced"] & ((rows["first"] == code) | (rows["second"] == code)))


def label_table(block: Block) -> pa.Table:
    """Return true labels, kept apart: no column of this is in any file the app reads."""
    rows = block.contacts
    return pa.table(
        {
            "ref": number(rows["contact_no"]),
            "true_cause": word(CAUSE_CODES, rows["true_cause"]),
            "issue": number(session_numbers(block, rows["issue"])),
            "attempt": number(rows["attempt"]),
            "kind": word(("own need", "natural recurrence", "induced by a message"), rows["kind"]),
            "session": number(session_numbers(block, rows["session"]), ~rows["leaked"]),
            "effort": number(rows["effort"]),
            "customer": number(customer_numbers(block, rows["who"])),
        }
    )


def survey_table(plan: Plan, block: Block) -> pa.Table:
    """Return answered surveys; effort is asked as agreement that it was easy, 1–7, high = easy."""
    rows = take(block.surveys, block.surveys["t"] + block.surveys["delay"] < plan.days)
    preferred = (*(list(CHANNEL_WORDS)[:3]), "Self-service")
    return pa.table(
        {
            "ref": number(rows["contact_no"]),
            "customer_no": number(customer_numbers(block, rows["who"]), rows["no_customer"]),
            "answered": moment(plan, rows["t"] + rows["delay"]),
            "made_it_easy": number(8 - rows["effort"]),
            "satisfaction": number(rows["csat"]),
            "recommend": number(rows["nps"], rows["nps_missing"]),
            "can_do_more": number(rows["value_ability"], rows["value_missing"]),
            "right_choice": number(rows["value_confidence"], rows["value_missing"]),
            "had_to_repeat": number(rows["repeated"]),
            "would_prefer": word(preferred, np.where(rows["preference"] > 3, -1, rows["preference"])),
        }
    )


def session_table(plan: Plan, block: Block) -> pa.Table:
    """Return self-service sessions."""
    rows = block.sessions
    return pa.table(
        {
            "session": number(session_numbers(block, rows["session"])),
            "customer_no": number(customer_numbers(block, rows["who"]), ~rows["identified"]),
            "began": moment(plan, rows["t"]),
            "place": word(SURFACES, rows["surface"]),
            "topic": word(REASON_NAMES, rows["reason"]),
            "ended": word(OUTCOMES, rows["outcome"]),
        }
    )


def customer_table(plan: Plan, block: Block) -> pa.Table:
    """Return customers ever."""
    rows, left = block.customers, block.left
    age = plan.days - rows["joined"]
    stays = ~np.isfinite(left) | (left > plan.days)
    return pa.table(
        {
            "customer_no": number(rows["customer_no"]),
            "customer_type": word(list(SEGMENT_WORDS), rows["b2b"].astype(np.int64)),
            "since": day(plan, rows["joined"]),
            "won_by": word(ACQUISITION, rows["acquisition"]),
            "margin": number(rows["margin"]),
            "spend": number(np.round(rows["margin"] / 0.35, 2)),
            "renews": day(plan, rows["joined"] + np.ceil(age / 365) * 365, ~stays),
            "until": day(plan, left, stays),
        }
    )


def message_table(plan: Plan, block: Block) -> pa.Table:
    """Return messages sent, held-back ones included, to customers still there."""
    sends = block.outreach.sends
    rows = take(sends, block.left[sends["who"]] > sends["t"])
    return pa.table(
        {
            "sent": moment(plan, rows["t"]),
            "customer_no": number(customer_numbers(block, rows["who"])),
            "kind": word(KINDS, np.array([KINDS.index(row[1]) for row in TEMPLATES])[rows["template"]]),
            "template": word([row[0] for row in TEMPLATES], rows["template"]),
            "topic": word(REASON_NAMES, rows["reason"]),
            "held_back": number(rows["holdout"]),
            "opted_out": number(rows["opted_out"] & ~rows["holdout"]),
        }
    )
