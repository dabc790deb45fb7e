"""Scenarios as plain JSON and back: schema version, migration, every problem said in words, nothing reset silently.

Reading never raises for a bad value: it returns the scenario it could read and the list of what was wrong, and a
value that is wrong is left out, named, and not replaced by a guess. Links are in `links`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from analytics.errors import ScenarioError
from analytics.scenarios.levers import COMMON, KINDS, Lever
from analytics.scenarios.ranges import Range
from analytics.scenarios.reading import Reader
from analytics.scenarios.scenario import Scenario, Settings

VERSION: Final = 2
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """What came out of stored text."""

    scenario: Scenario
    problems: tuple[str, ...]
    """Sentences; empty if everything was taken over."""
    migrated_from: int | None = None
    """Older schema version the text had."""


def to_plain(scenario: Scenario) -> Plain:
    """Return the scenario as JSON-ready values; defaults are left out."""
    return {
        "version": VERSION, "name": scenario.name, "seed": scenario.seed,
        "settings": _differing(asdict(scenario.settings), asdict(Settings())),
        "levers": [_lever_plain(item) for item in scenario.levers],
    }  # fmt: skip


def to_json(scenario: Scenario) -> str:
    """Return compact JSON text; equal scenarios give equal text."""
    return json.dumps(to_plain(scenario), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _differing(values: Mapping[str, Any], default: Mapping[str, Any]) -> Plain:
    return {name: value for name, value in values.items() if value != default[name]}


def _lever_plain(item: Lever) -> Plain:
    blank = Lever("", item.kind, "")
    plain: Plain = {"key": item.key, "kind": item.kind, "name": item.name}
    scope = {name: list(values) for name, values in asdict(item.scope).items() if values}
    plain |= {"scope": scope} if scope else {}
    plain |= {"facts": [list(fact) for fact in item.facts]} if item.facts else {}
    ranges = {name: _range_plain(r) for name, r in item.parameters}
    plain |= {"ranges": ranges} if ranges else {}
    for name in ("grade", "start", "ramp", "decay", "dip", "dip_months", "to_channel", "published", "on"):
        if getattr(item, name) != getattr(blank, name):
            plain[name] = getattr(item, name)
    return plain | {
        name: _range_plain(getattr(item, name)) for name in COMMON if getattr(item, name) != getattr(blank, name)
    }


def _range_plain(r: Range) -> Any:
    if r == Range.constant(r.likely):
        return r.likely
    short = [r.low, r.likely, r.high]
    default = Range(r.low, r.likely, r.high)
    more = {
        n: getattr(r, n) for n in ("shape", "reading", "least", "most", "spike") if getattr(r, n) != getattr(default, n)
    }
    finite = {n: v for n, v in more.items() if v not in (float("inf"), float("-inf"))}
    return {"values": short, **finite} if finite else short


def _keep_version_1(plain: Plain) -> Plain:
    """Version 1 held one number per lever under “effect” and the overlap beside the levers."""
    levers = []
    for old in plain.get("levers", ()):
        new = {name: value for name, value in old.items() if name != "effect"}
        main = KINDS[old["kind"]].main if old.get("kind") in KINDS else "share"
        levers.append(new | ({"ranges": {main: old["effect"]}} if "effect" in old else {}))
    settings = dict(plain.get("settings", {})) | ({"overlap": plain["overlap"]} if "overlap" in plain else {})
    return {**{n: v for n, v in plain.items() if n != "overlap"}, "levers": levers, "settings": settings, "version": 2}


MIGRATIONS: Final[dict[int, Callable[[Plain], Plain]]] = {1: _keep_version_1}
"""Version → function to the next version."""


def from_json(text: str) -> Read:
    """Return the scenario in stored text. Raises ScenarioError only if the text is not a scenario at all."""
    try:
        plain = json.loads(text)
    except (ValueError, RecursionError) as cause:
        raise ScenarioError("The stored text is not a scenario.", do="Ask the sender for a new copy.") from cause
    return from_plain(plain)


def from_plain(plain: Any) -> Read:
    """Return the scenario in JSON-like values, and in words what could not be taken over."""
    if not isinstance(plain, dict) or not isinstance(plain.get("levers", []), list):
        raise ScenarioError("The stored text is not a scenario.", do="Ask the sender for a new copy.")
    version = plain.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= VERSION:
        raise ScenarioError(f"The scenario has version {version}; this app reads 1 to {VERSION}.", do="Update the app.")
    current = plain
    for step in range(version, VERSION):
        current = MIGRATIONS[step]({**current, "levers": [x for x in current.get("levers", []) if isinstance(x, dict)]})
    reader = Reader()
    scenario = reader.scenario(current)
    return Read(scenario, tuple(reader.said), version if version < VERSION else None)
