"""The loaded rows of a file as the model takes them; what is dear to convert is written into the staging file."""

from typing import Literal, NamedTuple

from analytics.intake.compose import Parsed, remaining, select
from analytics.intake.conversion import Conversion
from analytics.intake.convert import GIVEN_SCALE
from analytics.intake.mapping import GroupMapping
from analytics.intake.typed import typed_columns

Customers = Literal["hashed", "people", "none"]
HASHED = {"customer_id": "customer", "agent_id": "agent"}


class Select(NamedTuple):
    """A select of loaded rows, and the same without customers, where looking them up costs."""

    query: str
    nameless: str


def typed_select(conversion: Conversion, parsed: Parsed, has_drops: bool, customers: Customers = "hashed") -> str:
    """Return a select of one file's loaded rows with every column of the typed table.

    The customer of a row is hashed there, looked up in the table that `create_people` makes, or left out.
    """
    known = {"hashed": {}, "people": {"customer": "people.customer"}, "none": {"customer": "null"}}[customers]
    items = [
        f'cast({known.get(name) or _typed_item(conversion, parsed, name)} as {kind}) as "{name}"'
        for name, kind in typed_columns(parsed.table).items()
    ]
    listed = ",\n    ".join(items)
    people = f'left join {_people(parsed)} as people on parsed."customer_id_word" = people.word '
    return f"select\n    {listed}\n{remaining(parsed, has_drops, people if customers == 'people' else '')}"


def stage_typed(conversion: Conversion, parsed: Parsed, has_drops: bool) -> str:
    """Write the loaded rows of one file into the staging file, typed; return the select of what was written."""
    table = f"staging.typed_{parsed.number:d}"
    conversion.reading.session.execute(f"create table {table} as\n{typed_select(conversion, parsed, has_drops)}")
    return select(["*"], table)


def create_people(conversion: Conversion, parsed: Parsed) -> None:
    """Hash each customer of a file once: customers are many times fewer than rows, and a SHA-256 is dear."""
    salt = conversion.bind(conversion.salt)
    words = select(['distinct "customer_id_word" as word'], f'{parsed.view}\nwhere "customer_id_word" is not null')
    hashed = select(["word", f"hashed(word, {salt}) as customer"], f"(\n{words}\n)")
    conversion.reading.session.execute(f"create or replace table {_people(parsed)} as\n{hashed}")


def _people(parsed: Parsed) -> str:
    return f"staging.people_{parsed.number:d}"


def _typed_item(conversion: Conversion, parsed: Parsed, name: str) -> str:
    source = {typed: own for own, typed in HASHED.items()}.get(name, name)
    if name in {"file_no", "source_line"} or (name == "local_at" and parsed.time):
        return f"parsed.{name}"
    if parsed.table == "contacts" and name == "contact_id":
        own = 'parsed."contact_id"' if "contact_id" in parsed.columns else "null"
        return f"coalesce({own}, {conversion.bind(conversion.reading.source.label + ':')} || parsed.source_line)"
    if name == "csat_scale" and "csat" in parsed.columns:
        return conversion.bind(_csat_scale(conversion.reading.group))
    return f'parsed."{source}"' if source in parsed.columns else "null"


def _csat_scale(group: GroupMapping) -> float:
    mapping = next((column for column in group.columns if column.target == "csat"), None)
    return (mapping.scale if mapping and mapping.scale else GIVEN_SCALE["csat"])[1]
