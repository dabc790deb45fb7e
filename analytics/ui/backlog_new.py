"""New initiatives that do not start from an empty form: from a dear cause, or from a front-line idea."""

from secrets import token_hex
from typing import Any

import streamlit as st

from analytics.questions.initiatives import NAME_LENGTH, read_initiative
from analytics.questions.next_steps import NextStep
from analytics.ui import backlog_data, backlog_edit, backlog_form, messages
from analytics.ui.page import Page
from analytics.ui.text import short


def from_cause(page: Page, one: NextStep, name: str) -> None:
    """Keep an initiative that ends one cause of one reason; its effect is the default, graded D."""
    scope: dict[str, Any] = {"reasons": [one.reason]}
    scope |= {"repeats": True} if one.cause == "repeat" else {"causes": [one.cause]}
    lever = "first_contact" if one.cause == "repeat" else "cause"
    with messages.net("new initiative"):
        create(page, {"name": short(name, NAME_LENGTH), "owner": one.owner, "scope": scope, "lever": lever})


def create(page: Page, body: dict[str, Any]) -> str:
    """Keep a new initiative, open it in the editor and return its key."""
    key = token_hex(5)
    made = read_initiative(key, backlog_form.DEFAULTS | body)
    page.store.put(page.workspace_id, backlog_data.KIND, key, made.body(), page.author, None)
    st.session_state[backlog_edit.CHOICE] = key
    return key
