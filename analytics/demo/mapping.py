"""`workspace.toml` of the demo company: its files, columns and words mapped to the contract."""

from collections.abc import Mapping
from typing import Final

from analytics.demo.late import FILE
from analytics.demo.words import ACTIVITY_COLUMNS, CAUSE_WORDS, CHANNEL_WORDS, SEGMENT_WORDS, STARTED_WORDS

COMPANY: Final = "Tidewater Home"
TIMEZONE: Final = "America/New_York"
_ACTIVITIES: Final = ("educated", "advised_new_use", "helped_goal", "validated_purchase", "anticipated_need")


def workspace_document() -> dict[str, object]:
    """Return the mapping as nested tables; the targets are columns of the contract."""
    return {
        "workspace": {
            "name": COMPANY,
            "timezone": TIMEZONE,
            "currency": "USD",
            "first_weekday": "monday",
            "issue_window_days": 7,
            "invented": True,
        },
        "contacts": [_contacts(), _late()],
        **{name: {"files": [f"{file}.parquet"], "columns": columns} for name, file, columns in _TABLES},
    }


def _words(column: str, values: Mapping[str, str]) -> dict[str, object]:
    return {"column": column, "values": dict(values)}


def _contacts() -> dict[str, object]:
    return {
        "files": ["contacts_*.parquet"],
        "columns": {
            "contact_id": "ref",
            "started_at": "opened",
            "closed_at": "closed",
            "channel": _words("via", CHANNEL_WORDS),
            "reason": "topic",
            "product": "product",
            "segment": _words("customer_type", SEGMENT_WORDS),
            "customer_id": "customer_no",
            "session_id": "web_session",
            "handle_seconds": "work_seconds",
            "wait_seconds": "queue_seconds",
            "abandoned": "gave_up",
            "resolved": "solved",
            "transfers": "handovers",
            "is_transfer_leg": "is_later_leg",
            "repeated_information": "asked_again",
            "planned_follow_up": "planned",
            "cause": _words("root", CAUSE_WORDS),
            "secondary_cause": _words("second_root", CAUSE_WORDS),
            "team": "team",
            "agent_id": "agent",
            "policy": "rule",
            "authorisation_wait_seconds": "approval_wait_seconds",
            "amount": "amount",
            "guided": "followed_guide",
            "initiated_by": _words("started_by", STARTED_WORDS),
            **dict(zip(_ACTIVITIES, ACTIVITY_COLUMNS, strict=True)),
            "text": "note",
        },
    }


def _late() -> dict[str, object]:
    return {
        "files": [FILE],
        "format": "csv",
        "delimiter": ";",
        "decimal_comma": True,
        "columns": {
            "contact_id": "No",
            "started_at": {"column": "Date", "format": "%d.%m.%Y %H:%M"},
            "channel": _words("Channel", CHANNEL_WORDS),
            "reason": "Topic",
            "customer_id": "Customer",
            "handle_seconds": {"column": "Minutes", "unit": "minutes"},
            "resolved": {"column": "Solved", "yes": ["yes"], "no": ["no"]},
            "cause": _words("Cause", CAUSE_WORDS),
            "segment": _words("Type", SEGMENT_WORDS),
        },
    }


_SEGMENT: Final = _words("customer_type", SEGMENT_WORDS)
_TABLES: Final = (
    (
        "surveys",
        "surveys_*",
        {
            "contact_id": "ref",
            "customer_id": "customer_no",
            "answered_at": "answered",
            "effort": {"column": "made_it_easy", "scale": [1, 7], "high": "easy"},
            "csat": "satisfaction",
            "nps": "recommend",
            "value_ability": "can_do_more",
            "value_confidence": "right_choice",
            "repeated_information": "had_to_repeat",
            "channel_preference": "would_prefer",
        },
    ),
    (
        "customers",
        "customers_*",
        {
            "customer_id": "customer_no",
            "segment": _SEGMENT,
            "joined_at": "since",
            "acquisition_channel": "won_by",
            "margin_per_year": "margin",
            "spend": "spend",
            "renewal_at": "renews",
            "left_at": "until",
        },
    ),
    (
        "active_customers",
        "active_customers",
        {"month": "month", "segment": _SEGMENT, "product": "product", "count": "customers"},
    ),
    (
        "self_service",
        "sessions_*",
        {
            "session_id": "session",
            "customer_id": "customer_no",
            "started_at": "began",
            "surface": "place",
            "reason": "topic",
            "outcome": "ended",
        },
    ),
    (
        "outreach",
        "messages_*",
        {
            "sent_at": "sent",
            "customer_id": "customer_no",
            "kind": "kind",
            "template": "template",
            "reason": "topic",
            "holdout": "held_back",
            "opted_out": "opted_out",
        },
    ),
    (
        "agents",
        "agents",
        {name: name for name in ("agent_id", "team", "role", "skills", "started_at", "left_at", "cost")},
    ),
    (
        "policies",
        "policies",
        {name: name for name in ("policy", "owner", "last_review", "approval_limit", "loss_probability")},
    ),
    ("events", "events", {name: name for name in ("at", "until", "kind", "name", "product")}),
    ("reasons", "reasons", {name: name for name in ("reason", "label", "group", "sensitive", "owner")}),
    ("budget", "budget", {name: name for name in ("month", "line", "amount")}),
)
