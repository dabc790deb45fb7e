"""Small results made by hand: each test writes the few cube rows it counts on; every other table is there and empty."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from analytics.contract import RESULT_FORMAT
from analytics.engine import Reader

Row = Mapping[str, Any]
JAN, FEB, MAR = date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)
DEMAND = dict.fromkeys((
        "contacts", "made_by_customers", "identified", "handle_seconds", "handle_seconds_squared", "handle_known",
        "not_handled", "wait_seconds", "wait_known", "abandoned", "abandoned_known", "resolved", "resolved_known",
        "transfers", "transfers_known", "transferred", "repeated_information", "repeated_known",
        "value_enhanced", "value_known",
    ), "bigint") | {"given_cost": "double", "cost_known": "bigint"}  # fmt: skip
GROUPS = dict.fromkeys((
        "contacts", "made_by_customers", "handle_seconds", "resolved", "resolved_known", "eligible_mature",
        "has_repeat", "eligible_observed", "is_repeat", "issues", "single_issues", "transferred", "transfers_known",
        "value_enhanced", "value_known",
    ), "bigint")  # fmt: skip
WINDOWS = dict.fromkeys(
    ("d_mature", "d_observed", "d_has_repeat", "d_is_repeat", "d_repeat_seconds", "d_issues", "d_single"), "bigint"
)
PLACE = {"month": "date", "segment": "varchar", "product": "varchar"}
TEXT = "varchar"
TABLES: dict[str, dict[str, str]] = {
    "meta": {"key": TEXT, "value": TEXT},
    "files": {"table_name": TEXT, "file": TEXT} | dict.fromkeys(
        ("rows_read", "rows_loaded", "rows_rejected", "rows_superseded", "rows_excluded", "bytes"), "bigint"),
    "rejects": {"table_name": TEXT, "file": TEXT, "line": "bigint", "column_name": TEXT, "value": TEXT,
                "reason": TEXT, "outcome": TEXT, "row_count": "bigint"},
    "emptied_counts": {"table_name": TEXT, "file": TEXT, "column_name": TEXT, "outcome": TEXT, "row_count": "bigint"},
    "coverage": {"table_name": TEXT, "column_name": TEXT, "month": "date", "rows": "bigint", "filled": "bigint"},
    "demand": PLACE | {"reason": TEXT, "cause": TEXT, "channel": TEXT, "is_repeat": "boolean",
                       "initiated_by": TEXT} | DEMAND,
    "demand_reason_channel": PLACE | {"reason": TEXT, "channel": TEXT} | DEMAND,
    "demand_reason_cause": PLACE | {"reason": TEXT, "cause": TEXT} | DEMAND,
    "groups_total": PLACE | {"replicate_group": "utinyint"} | GROUPS,
    "groups_channel": PLACE | {"channel": TEXT, "replicate_group": "utinyint"} | GROUPS,
    "groups_reason": PLACE | {"reason": TEXT, "replicate_group": "utinyint"} | GROUPS,
    "groups_cause": PLACE | {"reason": TEXT, "cause": TEXT, "replicate_group": "utinyint"} | GROUPS,
    "windows_reason": PLACE | {"reason": TEXT, "window_days": "utinyint"} | WINDOWS,
    "windows_channel": PLACE | {"channel": TEXT, "window_days": "utinyint", "d_repeat_missing": "bigint",
                               "d_repeat_cost": "double"} | WINDOWS,
    "windows_team": PLACE | {"team": TEXT, "window_days": "utinyint"} | WINDOWS,
    "active": PLACE | {"customers": "bigint"},
    "effort": PLACE | {"reason": TEXT, "channel": TEXT, "is_repeat": "boolean", "resolved": "boolean",
                       "repeated_information": "boolean", "value_enhanced": "boolean", "effort": "tinyint",
                       "replicate_group": "utinyint", "answers": "bigint"},
    "effort_total": PLACE | {"effort": "tinyint", "replicate_group": "utinyint", "answers": "bigint"},
    "daily": {"day": "date", "segment": TEXT, "product": TEXT, "reason": TEXT, "contacts": "bigint",
              "made_by_customers": "bigint", "defects": "bigint", "handle_seconds": "bigint", "has_repeat": "bigint",
              "eligible_mature": "bigint"},
    "teams": PLACE | {"team": TEXT, "reason": TEXT, "contacts": "bigint", "eligible_mature": "bigint",
                      "has_repeat": "bigint", "resolved": "bigint", "resolved_known": "bigint",
                      "transferred": "bigint", "transfers_known": "bigint"},
    "customer_reasons": {"customer": "ubigint", "reason": TEXT, "segment": TEXT, "product": TEXT,
                         "months": "ubigint"},
    "customer_returns": {"reason": TEXT, "month_number": "smallint", "seen_before": "smallint",
                         "customers": "bigint"},
    "outreach_after": {"template": TEXT, "kind": TEXT, "holdout": "boolean", "month": "date", "sent": "bigint",
                       "observed": "bigint", "contacted_14d": "bigint", "contacts_14d": "bigint",
                       "same_reason_14d": "bigint", "opted_out": "bigint"},
    "policies_cube": {"policy": TEXT, "reason": TEXT, "month": "date", "amount_band": "smallint",
                      "contacts": "bigint", "blocked": "bigint", "authorisation_wait_seconds": "bigint",
                      "repeats": "bigint", "eligible_mature": "bigint", "handle_seconds": "bigint",
                      "amount": "double"},
    "policy_cells": PLACE | {"reason": TEXT, "cause": TEXT, "channel": TEXT, "is_repeat": "boolean", "policy": TEXT}
    | dict.fromkeys(("contacts", "handle_seconds", "handle_known", "not_handled", "cost_known"), "bigint")
    | {"given_cost": "double"},
    "channel_users": {"channel": TEXT, "segment": TEXT} | dict.fromkeys(
        ("customers", "only_here", "only_here_often"), "bigint"),
    "self_service_months": {"month": "date", "reason": TEXT, "sessions": "bigint", "completed": "bigint"},
    "policies": {"policy": TEXT, "owner": TEXT, "last_review": "date", "approval_limit": "double",
                 "loss_probability": "double"},
    "events": {"at": "date", "until": "date", "kind": TEXT, "name": TEXT, "product": TEXT},
    "reasons": {"reason": TEXT, "label": TEXT, "group": TEXT, "sensitive": "boolean", "class": TEXT, "owner": TEXT},
    "surveys": {"contact_id": TEXT},
    "customers": {"customer": "ubigint"},
    "active_customers": {"month": "date"},
    "self_service": {"session_id": TEXT, "reason": TEXT, "outcome": TEXT, "local_at": "timestamp"},
    "outreach": {"template": TEXT},
    "agents": {"agent": "ubigint"},
    "budget": {"line": TEXT},
    "acquisition": {"acquisition_channel": TEXT, "segment": TEXT, "replicate_group": "utinyint",
                    "customers": "bigint", "contacts": "bigint", "months_active": "bigint"},
    "handle_repeats": {"reason": TEXT, "channel": TEXT, "replicate_group": "utinyint"} | dict.fromkeys(
        ("contacts", "has_repeat", "handle_seconds"), "bigint") | dict.fromkeys(
        ("log_sum", "log_squares", "log_repeats"), "double"),
    "handle_hist": {"reason": TEXT, "channel": TEXT, "bucket": "smallint", "contacts": "bigint"},
    "arrivals": {"channel": TEXT, "reason": TEXT, "half_hour": "smallint", "contacts": "bigint",
                 "handle_seconds": "bigint"},
    "loyalty_cells": {"cell": "integer", "segment": TEXT, "channel": TEXT, "effort": "tinyint", "resolved": "boolean",
                      "repeated_information": "boolean", "tenure_band": "tinyint", "value_enhanced": "boolean"},
    "loyalty_index": {"cell": "integer", "product": TEXT, "replicate_group": "utinyint", "customers": "bigint",
                      "stayed": "bigint"},
    "survey_answers": PLACE | {"channel": TEXT, "effort": "tinyint", "csat": "double", "nps": "tinyint",
                               "repeated_information": "boolean", "problem": "boolean",
                               "problem_reason": TEXT, "answers": "bigint"},
}  # fmt: skip
"""Columns of every cube the questions read, as the model writes them."""

DEFAULTS = {"segment": "all", "product": "all", "reason": "billing", "channel": "phone", "cause": "none",
            "is_repeat": False, "initiated_by": "customer", "holdout": False}  # fmt: skip
FACTS = {"generation": "g1", "format": str(RESULT_FORMAT), "built_at": "2025-04-02T00:00:00", "name": "Hand-made",
         "timezone": "UTC", "currency": "EUR", "first_weekday": "monday", "window_days": "7", "invented": "false",
         "first_at": "2025-01-01T00:00:00", "last_at": "2025-03-31T23:00:00", "first_month": "2025-01-01",
         "last_month": "2025-03-01", "first_full_month": "2025-01-01",
         "last_full_month": "2025-03-01", "app_version": "0"}  # fmt: skip


def reader_of(folder: Path, facts: Mapping[str, str] | None = None, **tables: Iterable[Row]) -> Reader:
    """Return a reader of a result that holds the given rows; columns left out get their default, measures 0."""
    path = folder / "result.duckdb"
    meta = [{"key": key, "value": text} for key, text in {**FACTS, **(facts or {})}.items()]
    with duckdb.connect(str(path)) as connection:
        for name, columns in TABLES.items():
            spelled = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
            connection.execute(f"create table {name} ({spelled})")
            rows = meta if name == "meta" else list(tables.get(name, ()))
            assert not rows or not {key for row in rows for key in row} - set(columns), f"unknown column in {name}"
            if rows:
                marks = ", ".join("?" * len(columns))
                values = [[_value(row, column, kind) for column, kind in columns.items()] for row in rows]
                connection.executemany(f"insert into {name} values ({marks})", values)
    return Reader(path)


def _value(row: Row, column: str, kind: str) -> Any:
    if column in row:
        return row[column]
    if column in {"identified", "made_by_customers"}:
        return row.get("contacts", 0)
    return DEFAULTS.get(column, 0 if kind in {"bigint", "double"} else JAN if column == "month" else None)


def in_groups(row: Row, measures: tuple[str, ...] = ("contacts",), groups: int = 32) -> list[Row]:
    """Return `row` once per replicate group, its measures shared out evenly."""
    return [{**row, "replicate_group": group, **{m: row[m] // groups for m in measures}} for group in range(groups)]
