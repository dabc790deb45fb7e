"""What two people typed about one initiative, field by field, in words."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from analytics.questions.initiatives import read_scope
from analytics.store import Record
from analytics.ui import backlog_form
from analytics.ui.text import md


def warn(record: Record, body: Mapping[str, Any]) -> None:
    """Say who was first and when, and what differs; nothing typed is lost."""
    lines = [
        f"- {md(backlog_form.FIELD_WORDS[name])}: theirs **{md(shown(name, record.body.get(name)))}**, "
        f"yours **{md(shown(name, body.get(name)))}**"
        for name in differences(record.body, body)
    ]
    st.warning(
        f"**{md(record.author.shown)} changed this at {md(record.at[:16].replace('T', ' '))} UTC.** What you typed is "
        "still in the fields and not saved.\n" + "\n".join(lines),
        icon=":material/group:",
    )


def differences(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """Return the names of the fields in which two bodies differ, defaults filled in."""
    one, two = (backlog_form.DEFAULTS | dict(body) for body in (first, second))
    return [name for name in backlog_form.FIELD_WORDS if one[name] != two.get(name)]


def shown(name: str, value: object) -> str:
    """Return the value of a field in words."""
    if name == "scope" and isinstance(value, Mapping):
        return read_scope(value).words()
    if name in {"low", "likely", "high", "decay"} and isinstance(value, float):
        return f"{value:.0%}"
    return str(value) if value not in ("", None) else "empty"
