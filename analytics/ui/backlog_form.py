"""The fields of an initiative on screen: from what is in the store to what somebody typed."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from analytics.contract import CAUSES
from analytics.questions.catalogue import metric
from analytics.questions.guardrails import GUARDRAILS
from analytics.questions.initiatives import GRADES, LEVERS, MOST_RAMP, MOST_SHARE, NAME_LENGTH, STAGES
from analytics.questions.selection import add_months
from analytics.ui import backlog_data
from analytics.ui.page import Page
from analytics.ui.text import short

Body = dict[str, Any]
REPEATS = {"both": None, "repeats only": True, "first contacts only": False}
_SCOPE = {"reasons": "Reasons", "causes": "Causes", "channels": "Channels", "segments": "Segments",
          "products": "Products", "policies": "Policies"}  # fmt: skip
LIKELY = 0.2
DEFAULTS: Body = {
    "name": "", "owner": "", "person": "", "lever": "cause", "low": 0.1, "likely": LIKELY, "high": 0.3, "ramp": 3,
    "one_off": 0.0, "running": 0.0, "decay": 0.0, "grade": "D", "stage": "idea", "guardrail": "repeat_rate",
    "start": "", "idea": "", "people": None, "work_months": None, "scope": {},
}  # fmt: skip
FIELD_WORDS = {
    "name": "name", "owner": "owner", "person": "person", "lever": "lever", "low": "effect, low",
    "likely": "effect, likely", "high": "effect, high", "ramp": "ramp", "one_off": "one-off cost",
    "running": "running cost", "decay": "decay", "grade": "evidence", "stage": "stage", "guardrail": "guardrail",
    "start": "began in", "idea": "idea", "people": "people of the change team",
    "work_months": "months of work", "scope": "scope",
}  # fmt: skip


def typed(page: Page, start: Mapping[str, Any], serial: int) -> Body:
    """Draw every field, filled from `start`, and return what is in them now."""
    held = DEFAULTS | dict(start)
    body: Body = {"idea": held["idea"]}
    body |= _who(page, held, serial)
    body["scope"] = _scope(page, held["scope"], serial)
    body |= _effect(held, serial)
    body |= _cost(page, held, serial)
    body |= _team(held, serial)
    return body | _evidence(page, held, serial)


def _key(name: str, serial: int) -> str:
    return f"initiative_{name}_{serial}"


def _who(page: Page, held: Body, serial: int) -> Body:
    name, lever, owner, person = st.columns([3, 2, 2, 2])
    owners = _with(page.taxonomy.owners, held["owner"])
    return {
        "name": name.text_input("Name", held["name"], max_chars=NAME_LENGTH, key=_key("name", serial)).strip(),
        "lever": lever.selectbox(
            "Lever", list(LEVERS), _place(list(LEVERS), held["lever"]), format_func=lambda one: LEVERS[one],
            key=_key("lever", serial),
        ),
        "owner": owner.selectbox(
            "Owner function", owners, _place(owners, held["owner"]), key=_key("owner", serial),
            format_func=lambda one: short(one) or "not said yet",
        ),
        "person": person.text_input("Person", held["person"], max_chars=80, key=_key("person", serial)).strip(),
    }  # fmt: skip


def _scope(page: Page, held: Mapping[str, Any], serial: int) -> Body:
    offered, found = backlog_data.values(page), {}
    offered["reasons"] = [one for one in offered["reasons"] if not page.taxonomy.of(one).locked]
    columns = st.columns(3) + st.columns(3)
    for place, (name, label) in enumerate(_SCOPE.items()):
        options = _with(offered[name], *held.get(name, []))
        found[name] = columns[place].multiselect(
            label, options, held.get(name, []), key=_key(name, serial), placeholder="all", disabled=not options,
            format_func=lambda one: CAUSES.get(one, one) if one in CAUSES else short(one, 60),
            help="Locked reasons are not on offer; see “Do not remove”." if name == "reasons" else None,
        )  # fmt: skip
    words = next(word for word, flag in REPEATS.items() if flag == held.get("repeats"))
    repeats = REPEATS[st.segmented_control("Contacts", list(REPEATS), default=words, required=True,
                                           key=_key("repeats", serial))]  # fmt: skip
    narrowed = {name: chosen for name, chosen in found.items() if chosen}
    return narrowed if repeats is None else narrowed | {"repeats": repeats}


def _effect(held: Body, serial: int) -> Body:
    columns, most = st.columns(5), 100.0 * MOST_SHARE
    names = {"low": "Effect low, %", "likely": "Effect likely, %", "high": "Effect high, %"}
    found: Body = {
        name: round(column.number_input(words, 0.0, most, 100.0 * held[name], 5.0, format="%.0f",
                                        key=_key(name, serial)) / 100.0, 4)
        for column, (name, words) in zip(columns, names.items(), strict=False)
    }  # fmt: skip
    found["ramp"] = int(columns[3].number_input("Ramp, months", 0, MOST_RAMP, int(held["ramp"]),
                                                key=_key("ramp", serial)))  # fmt: skip
    decay = columns[4].number_input(
        "Decay, % a year", 0.0, 100.0, 100.0 * held["decay"], 5.0, format="%.0f", key=_key("decay", serial),
        help="Share of the effect that grows back a year; 0 is lasting.",
    )  # fmt: skip
    return found | {"decay": round(decay / 100.0, 4)}


def _cost(page: Page, held: Body, serial: int) -> Body:
    one_off, running, start, guardrail = st.columns(4)
    currency, months = page.info.currency, _months(page, held["start"])
    return {
        "one_off": one_off.number_input(f"One-off cost, {currency}", 0.0, None, float(held["one_off"]), 1000.0,
                                        format="%.0f", key=_key("one_off", serial)),
        "running": running.number_input(f"Running cost a month, {currency}", 0.0, None, float(held["running"]), 100.0,
                                        format="%.0f", key=_key("running", serial)),
        "start": start.selectbox("Began in", months, _place(months, held["start"]), key=_key("start", serial),
                                 format_func=lambda one: one or "not yet"),
        "guardrail": guardrail.selectbox("Must not get worse", GUARDRAILS, _place(GUARDRAILS, held["guardrail"]),
                                         format_func=lambda one: metric(one).label, key=_key("guardrail", serial)),
    }  # fmt: skip


def _team(held: Body, serial: int) -> Body:
    people, work = st.columns(2)
    count = people.number_input(
        "Change team, people", 0.0, None, held["people"], 1.0, format="%g", key=_key("people", serial),
        placeholder="not known", help="People it keeps while it is worked on; for the load of the team and Portfolio.",
    )  # fmt: skip
    months = work.number_input("Months of work", 1, MOST_RAMP, held["work_months"], key=_key("work_months", serial),
                               placeholder="as long as its ramp")  # fmt: skip
    return {"people": count, "work_months": months}


def _evidence(page: Page, held: Body, serial: int) -> Body:  # noqa: ARG001 - the same shape as its sisters
    grade, stage = st.columns(2)
    return {
        "grade": grade.segmented_control(
            "Evidence", list(GRADES), default=held["grade"], required=True, key=_key("grade", serial),
            help="; ".join(f"{code}: {words}" for code, words in GRADES.items()),
        ),
        "stage": stage.segmented_control(
            "Stage", list(STAGES), default=held["stage"], required=True, key=_key("stage", serial),
            format_func=lambda one: STAGES[one], help="Until scaled the range of the effect is widened.",
        ),
    }  # fmt: skip


def _months(page: Page, held: str) -> list[str]:
    last = page.period.last_full_month
    count = len(page.choices.months) + 6
    return ["", *_with([f"{add_months(last, 6 - step):%Y-%m}" for step in range(count)], *([held] if held else []))]


def _with(options: "tuple[str, ...] | list[str]", *held: str) -> list[str]:
    """Return the options with what is chosen but no longer among them."""
    return [*options, *(one for one in held if one not in options)]


def _place(options: "tuple[str, ...] | list[str]", held: str) -> int:
    return list(options).index(held) if held in options else 0
