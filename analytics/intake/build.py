"""Builds the model inside the result file: contacts with their issues, and every cube the questions read.

One `.sql` file of `analytics/queries/models` is one table of the same name; this module only orders and runs them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

import duckdb

from analytics.contract import RESULT_FORMAT, TABLES
from analytics.engine import first_line, sql
from analytics.errors import QueryError
from analytics.intake.typed import TypedSource, typed_columns
from analytics.workspace import WorkspaceInfo

Progress = Callable[[str, float], None]

TYPES: Final = (
    "channel_name", "reason_name", "reason_group", "product_name", "segment_name", "team_name", "policy_name",
    "cause_code", "initiator",
)  # fmt: skip
"""Enumerations made from the values that occur; `models/types/<name>.sql` lists each one's values."""


PART_ROWS: Final = 30_000_000
"""Contacts sorted at a time: more do not fit into the memory an import is given."""


@dataclass(frozen=True, slots=True)
class Step:
    """One table of the model."""

    name: str
    """Name of the table and of its `.sql` file."""
    weight: int = 1
    """Share of the time it takes, against the other steps."""
    kept: bool = True
    """False for a table that only later steps read."""
    parted: bool = False
    """True for a table that can be built one part of the customers at a time."""


STEPS: Final = (
    Step("reason_groups", kept=False), Step("issue_places", 25, kept=False, parted=True),
    Step("contacts", 45),
    Step("demand", 5), Step("demand_reason_channel"), Step("demand_reason_cause"),
    Step("groups_cause", 6), Step("groups_reason"), Step("groups_total"), Step("groups_channel", 3),
    Step("window_changes", 10, kept=False),
    Step("windows_reason"), Step("windows_channel"), Step("windows_team"),
    Step("daily", 2), Step("arrivals", 2), Step("arrival_weeks"),
    Step("customer_numbers", 2, kept=False), Step("customer_reasons", 6),
    Step("customer_months"), Step("customer_returns"),
    Step("survey_contacts", kept=False), Step("effort"), Step("effort_total"), Step("survey_answers"),
    Step("loyalty_people", kept=False), Step("loyalty_cells"), Step("loyalty_index"),
    Step("active"), Step("outreach_after"), Step("policies_cube"), Step("policy_cells"), Step("self_service_months"),
    Step("teams", 2), Step("handle_hist"),
    Step("handle_repeats"), Step("switches"), Step("audit_pool", 2), Step("acquisition"), Step("coverage", 2),
    Step("meta"), Step("channel_users", 2),
)  # fmt: skip
"""Every table of the model in the order they are built; a step may read the tables before it."""


def build_model(
    connection: duckdb.DuckDBPyConnection,
    info: WorkspaceInfo,
    progress: Progress,
    typed: TypedSource | None = None,
    facts: Mapping[str, str] | None = None,
) -> None:
    """Build every table of the model in `connection`.

    The typed tables of `analytics.intake.typed` that exist are used, absent ones are made empty; contacts come from
    `typed`, else from a relation `typed_contacts`, else there are none. `facts` are further rows of `meta`
    (generation, built_at, app_version). `progress` is told what is being built and the share done, 0 to 1.
    Raises QueryError naming the table that could not be built.
    """
    model = _Model(connection, _parameters(info, facts or {}), typed)
    model.add_missing_tables()
    model.measure_dimensions()
    done, total = 0, sum(step.weight for step in STEPS)
    for step in STEPS:
        progress(step.name.replace("_", " "), done / total)
        model.build(step)
        done += step.weight
    model.drop_helpers()
    progress("model built", 1.0)


def _parameters(info: WorkspaceInfo, facts: Mapping[str, str]) -> dict[str, Any]:
    known = {
        "format": str(RESULT_FORMAT),
        "name": info.name,
        "timezone": info.timezone,
        "currency": info.currency,
        "first_weekday": info.first_weekday,
        "window_days": str(info.issue_window_days),
        "invented": str(info.invented).lower(),
        **facts,
    }
    return {
        "keys": list(known),
        "facts": list(known.values()),
        "timezone": info.timezone,
        "window_days": info.issue_window_days,
    }


@dataclass(frozen=True, slots=True)
class _Model:
    """Runs the files on one connection; table names come from this module, values are bound."""

    connection: duckdb.DuckDBPyConnection
    parameters: Mapping[str, Any]
    typed: TypedSource | None

    def add_missing_tables(self) -> None:
        """Make each typed table that no file provides, empty."""
        present = {row[0] for row in self.connection.execute("show tables").fetchall()}
        needed = {name: name for name in TABLES if name != "contacts"}
        if self.typed is None:
            needed["typed_contacts"] = "contacts"
        for name, contract in needed.items():
            if name not in present:
                columns = ", ".join(f'"{column}" {kind}' for column, kind in typed_columns(contract).items())
                self.connection.execute(f"create table {name} ({columns})")

    def measure_dimensions(self) -> None:
        """Read which values occur and over which time, and make the enumerations of the dimensions."""
        self._create("temp table", "dimension_values")
        self._create("temp table", "extent")
        for name in TYPES:
            self._run(name, f"create type {name} as enum (\n{sql(f'models/types/{name}')})")

    def build(self, step: Step) -> None:
        """Build the table of one step."""
        kind = "table" if step.kept else "temp table"
        if not step.parted:
            self._create(kind, step.name)
            return
        total = "select contacts from dimension_values where dimension = ''"
        parts = max(ceil(self.connection.execute(total).fetchall()[0][0] / PART_ROWS), 1)
        for part in range(parts):
            self._create(kind if part == 0 else "", step.name, {"parts": parts, "part": part})

    def drop_helpers(self) -> None:
        """Drop what only the building needed."""
        helpers = ["dimension_values", "extent", *(step.name for step in STEPS if not step.kept)]
        for name in helpers:
            self.connection.execute(f"drop table {name}")

    def _create(self, kind: str, name: str, more: Mapping[str, Any] | None = None) -> None:
        """Create the table of a file; without a `kind`, add to it."""
        text = sql(f"models/{name}")
        if self.typed and "typed_contacts" in text:
            source = self.typed.query if "customer" in text else self.typed.nameless or self.typed.query
            text = f"with typed_contacts as (\n{source}\n)\nselect * from (\n{text})"
        self._run(name, f"create {kind} {name} as\n{text}" if kind else f"insert into {name}\n{text}", more)

    def _run(self, name: str, statement: str, more: Mapping[str, Any] | None = None) -> None:
        available = {**self.parameters, **(self.typed.parameters if self.typed else {}), **(more or {})}
        used = {key: available[key] for key in set(re.findall(r"\$([a-z_]\w*)", statement)) if key in available}
        try:
            self.connection.execute(statement, used).fetchall()
        except (duckdb.OutOfMemoryException, duckdb.IOException, duckdb.InterruptException):
            raise  # of the machine, not of the table
        except duckdb.Error as error:
            raise QueryError(
                f"The table “{name}” could not be built: {first_line(error)}",
                do="Check the mapping with “python -m analytics check”, then import again.",
            ) from error
