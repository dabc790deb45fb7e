"""Saved scenarios: what is written to the store, how it is read back, and what its link says.

A saved scenario keeps its levers, its basis and a snapshot of the baseline it was made on. Nothing read from the
store or from an address raises: what cannot be taken over is said in words.
"""

import json
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final

from analytics.errors import ScenarioError, StoreError, nearest
from analytics.scenarios.links import decode, encode, encode_difference
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.serialise import from_plain, to_plain
from analytics.store import Author, Record, Store
from analytics.ui.what_if_basis import HORIZONS, LONGEST_RAMP, Baseline, Basis
from analytics.ui.what_if_state import State, Work, current

KIND: Final = "scenario"
NAME_LENGTH: Final = 80
_MOST: Final = {"attrition": 0.99, "ramp": LONGEST_RAMP}
_SLUG: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Opened:
    """A scenario read from the store or an address."""

    state: State
    said: tuple[str, ...]
    """What could not be taken over, in words."""


def body(state: State, base: Baseline) -> dict[str, Any]:
    """Return what is stored: levers, basis, and the baseline they were set on."""
    ledger = base.ledger
    return {
        "scenario": to_plain(state.scenario), "basis": basis_plain(state.basis),
        "baseline": {
            "fingerprint": base.fingerprint, "generation": base.generation, "last_month": base.last_month,
            "contacts": float(ledger.contacts.sum()), "cost": float(ledger.cost.sum()), "months": ledger.horizon,
        },
    }  # fmt: skip


def opened(record: Record) -> Opened:
    """Return the scenario of a record; a record that is no scenario gives the baseline and says so."""
    try:
        read = from_plain(record.body.get("scenario"))
    except ScenarioError as error:
        return Opened(State(Scenario(name_of(record)), Basis()), (f"{name_of(record)}: {error}",))
    basis, said = read_basis(record.body.get("basis", {}))
    older = (f"It was saved by an older version ({read.migrated_from}) and has been taken over.",)
    return Opened(
        State(read.scenario, basis), (*read.problems, *said, *(older if read.migrated_from is not None else ()))
    )


def name_of(record: Record) -> str:
    """Return the name of a saved scenario."""
    held = record.body.get("scenario")
    return str(held.get("name") or record.key) if isinstance(held, dict) else record.key


def save(store: Store, workspace_id: str, work: Work, base: Baseline, author: Author) -> Record:
    """Write the work over the version it began from, or as a new scenario.

    Raises ConflictError naming who was faster, StoreError when the store refuses; the work stays as it is.
    """
    key = work.record.key if work.record else new_key(work.scenario.name)
    version = work.record.version if work.record else None
    return store.put(workspace_id, KIND, key, body(work.state, base), author, version)


def save_as(store: Store, workspace_id: str, work: Work, base: Baseline, author: Author) -> Record:
    """Write the work as another scenario, whoever changed the first one."""
    return store.put(workspace_id, KIND, new_key(work.scenario.name), body(work.state, base), author, None)


def new_key(name: str) -> str:
    """Return an id for a new scenario: its name, made short, and six random characters."""
    return f"{_SLUG.sub('-', name.casefold()).strip('-')[:40] or 'scenario'}-{secrets.token_hex(3)}"


def named(state: State, name: str) -> State:
    """Return the state with another name. Raises StoreError without one."""
    clean = " ".join(name.split())[:NAME_LENGTH]
    if not clean:
        raise StoreError("A scenario needs a name.", do="Type one and save again.")
    return replace(state, scenario=replace(state.scenario, name=clean))


def drift(record: Record, base: Baseline) -> str:
    """Say that the data changed since the scenario was saved; empty while its baseline is the one shown."""
    locked = record.body.get("baseline")
    if not isinstance(locked, dict) or locked.get("fingerprint") == base.fingerprint:
        return ""
    then = locked.get("contacts")
    now = float(base.ledger.contacts.sum())
    same = locked.get("months") == base.ledger.horizon and isinstance(then, (int, float))
    size = f" Expected then {then:,.0f} contacts, now {now:,.0f}." if same else ""
    what = "The data" if locked.get("generation") != base.generation else "Rates, classes or the basis"
    return f"{what} changed since this was saved (data to {locked.get('last_month', '?')}).{size}"


def basis_plain(basis: Basis) -> dict[str, Any]:
    """Return the basis as JSON-ready values; defaults are left out."""
    usual = asdict(Basis())
    return {name: value for name, value in asdict(basis).items() if value != usual[name]}


def read_basis(plain: Any) -> tuple[Basis, tuple[str, ...]]:
    """Return the basis in JSON-like values, and in words what could not be taken over."""
    if not isinstance(plain, dict):
        return Basis(), ("The basis could not be read; the usual one is used.",)
    known, said = {field.name for field in fields(Basis)}, []
    kept: dict[str, Any] = {}
    for name, value in plain.items():
        if name not in known:
            said.append(f"The basis has “{name}”, which is not known and is left out. {nearest(str(name), known)}")
        elif not _fits(name, value):
            said.append(f"The basis cannot have {name} = {value!r}; the usual value is used.")
        else:
            kept[name] = tuple(value) if isinstance(value, list) else value
    return Basis(**kept), tuple(said)


def _fits(name: str, value: Any) -> bool:
    if name == "months":
        return value in HORIZONS and type(value) is int
    if name == "published":
        return isinstance(value, bool)
    if name == "retention":
        return value is None or (isinstance(value, (list, tuple)) and len(value) == 3 and all(map(_number, value))
                                 and 0 < value[0] < 1 and 0 <= value[1] < value[0] and value[2] >= 0)  # fmt: skip
    if value is None:
        return name == "attrition"
    return _number(value) and 0 <= value <= _MOST.get(name, 1e9)


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def address(work: Work) -> dict[str, str]:
    """Return the query parameters that restore exactly this work: scenario id and a compact difference."""
    found: dict[str, str] = {}
    if work.record is not None and work.saved is not None:
        found["scenario"] = work.record.key
        if work.saved.scenario != work.scenario:
            found["change"] = encode_difference(work.scenario, work.saved.scenario)
    else:
        found["change"] = encode(work.scenario)
    kept = basis_plain(work.basis)
    saved = basis_plain(work.saved.basis) if work.saved and work.record else {}
    if kept != saved:
        found["basis"] = _packed(kept)
    return found


def draft_address(workspace_id: str) -> dict[str, str | list[str]]:
    """Return what a link to the what-if needs so that a reload there loses nothing; empty while nothing was set."""
    work = current()
    if work is None or work.workspace_id != workspace_id or (work.record is None and len(work.past) == 1):
        return {}
    return {**address(work)}


def from_address(asked: Mapping[str, str], record: Record | None) -> Opened:
    """Return the state an address asks for, on top of the saved scenario it names.

    Raises ScenarioError where the address cannot be read at all.
    """
    begun = opened(record) if record is not None else Opened(State(Scenario("Shared scenario"), Basis()), ())
    state, said = begun.state, list(begun.said)
    if asked.get("change"):
        read = decode(asked["change"], state.scenario if record is not None else None)
        state, said = replace(state, scenario=read.scenario), [*said, *read.problems]
    if asked.get("basis"):
        basis, more = read_basis(_unpacked(asked["basis"]))
        state, said = replace(state, basis=basis), [*said, *more]
    return Opened(state, tuple(said))


def _packed(plain: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def _unpacked(text: str) -> Any:
    try:
        return json.loads(urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))
    except (ValueError, RecursionError):
        return None
