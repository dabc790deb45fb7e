"""A scenario in an address: base64url of compact JSON, nothing that can run; and what differs between two.

A link holds the whole scenario, or only its difference to a base the receiver also has (`encode_difference`).
"""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any, Final

from analytics.errors import ScenarioError
from analytics.scenarios.levers import KINDS
from analytics.scenarios.scenario import Scenario
from analytics.scenarios.serialise import Plain, Read, from_plain, to_plain
from analytics.scenarios.words import number_words, scope_words

LONGEST: Final = 20_000
"""Characters of a link that are read, and the limit of its text is 50 times that."""
_GONE: Final = None


def encode(scenario: Scenario) -> str:
    """Return the whole scenario as link text."""
    return _pack({"s": to_plain(scenario)})


def encode_difference(scenario: Scenario, base: Scenario) -> str:
    """Return only what differs from `base`; it can be read only beside the same base."""
    return _pack({"d": _difference(_keyed(to_plain(scenario)), _keyed(to_plain(base)))})


def decode(text: str, base: Scenario | None = None) -> Read:
    """Return the scenario in a link and what could not be taken over, in words.

    Raises ScenarioError if the text is no link of this app, or needs a base that is not given.
    """
    plain = _unpack(text)
    if isinstance(plain, dict) and set(plain) == {"s"}:
        return from_plain(plain["s"])
    if isinstance(plain, dict) and set(plain) == {"d"} and isinstance(plain["d"], dict):
        if base is None:
            raise ScenarioError("The link changes a scenario that is not here.", do="Open the saved scenario first.")
        return from_plain(_listed(_apply(_keyed(to_plain(base)), plain["d"])))
    raise ScenarioError("The link is not a scenario of this app.", do="Ask the sender for a new link.")


def _pack(plain: Plain) -> str:
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    return urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")


def _unpack(text: str) -> Any:
    try:
        if len(text) > LONGEST:
            raise ValueError
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        unpacker = zlib.decompressobj()
        plain = unpacker.decompress(raw, 50 * LONGEST)
        if unpacker.unconsumed_tail or not unpacker.eof:
            raise ValueError
        return json.loads(plain.decode())
    except (ValueError, zlib.error, RecursionError) as cause:
        raise ScenarioError("The link is damaged or cut off.", do="Copy the whole address again.") from cause


def _keyed(plain: Plain) -> Plain:
    """Return levers by key with their order, so that a difference names them."""
    levers = {item["key"]: item | {"at": i} for i, item in enumerate(plain["levers"])}
    return plain | {"levers": levers}


def _listed(plain: Plain) -> Plain:
    levers = plain.get("levers", {})
    items = [x for x in levers.values() if isinstance(x, dict)] if isinstance(levers, dict) else []
    ordered = sorted(items, key=_place)
    return plain | {"levers": [{n: v for n, v in item.items() if n != "at"} for item in ordered]}


def _place(item: Plain) -> int:
    at = item.get("at")
    return at if isinstance(at, int) else 10**6


def _difference(new: Any, old: Any) -> Any:
    changed = {k: v for k, v in new.items() if k not in old or old[k] != v}
    nested = {
        k: _difference(v, old[k]) if isinstance(v, dict) and isinstance(old.get(k), dict) else v
        for k, v in changed.items()
    }
    return nested | {k: _GONE for k in old if k not in new}


def _apply(old: Any, change: Any) -> Any:
    merged = dict(old)
    for key, value in change.items():
        if value is _GONE:
            merged.pop(key, None)
        elif isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = _apply(merged[key], value)
        else:
            merged[key] = value
    return merged


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs between two scenarios."""

    where: str
    """Lever key, or “settings”."""
    field: str
    words: str
    first: Any
    """Plain value in the first; None = not there."""
    second: Any


def differences(first: Scenario, second: Scenario) -> tuple[Difference, ...]:
    """Return everything that differs, as sentences and plain values; names of scenarios are not compared."""
    one, two = (_keyed(to_plain(s)) for s in (first, second))
    found = [*_levers_differ(first, second, one["levers"], two["levers"])]
    for name in sorted({*one["settings"], *two["settings"]}):
        values = [getattr(s.settings, name) for s in (first, second)]
        if values[0] != values[1]:
            found.append(Difference("settings", name, f"Setting {name}: {values[0]} → {values[1]}.", *values))
    if first.seed != second.seed:
        found.append(Difference("settings", "seed", f"Seed: {first.seed} → {second.seed}.", first.seed, second.seed))
    return tuple(found)


def _levers_differ(first: Scenario, second: Scenario, one: Plain, two: Plain) -> list[Difference]:
    found = []
    for key in dict.fromkeys((*one, *two)):
        if key not in two:
            found.append(Difference(key, "", f"“{first.lever(key).name}” is only in “{first.name}”.", one[key], None))
        elif key not in one:
            found.append(Difference(key, "", f"“{second.lever(key).name}” is only in “{second.name}”.", None, two[key]))
        else:
            found.extend(_fields_differ(first, second, key, one[key], two[key]))
    return found


def _fields_differ(first: Scenario, second: Scenario, key: str, one: Plain, two: Plain) -> list[Difference]:
    name, found = second.lever(key).name, []
    for field in sorted({*one, *two} - {"key", "at", "ranges"}):
        if one.get(field) != two.get(field):
            values = [_plain_words(s, key, field) for s in (first, second)]
            found.append(Difference(key, field, f"{name}, {field.replace('_', ' ')}: {values[0]} → {values[1]}.",
                                    one.get(field), two.get(field)))  # fmt: skip
    old, new = one.get("ranges", {}), two.get("ranges", {})
    for field in sorted({*old, *new}):
        if old.get(field) != new.get(field):
            values = [_range_words(s, key, field) for s in (first, second)]
            found.append(
                Difference(key, field, f"{name}, {field}: {values[0]} → {values[1]}.", old.get(field), new.get(field))
            )
    return found


def _plain_words(scenario: Scenario, key: str, field: str) -> str:
    value = getattr(scenario.lever(key), field)
    if field == "scope":
        return scope_words(value)
    if field == "facts":
        return ", ".join(f"{name} {number:.3g}" for name, number in value) or "none"
    return f"{value.likely:g}" if hasattr(value, "likely") else str(value)


def _range_words(scenario: Scenario, key: str, field: str) -> str:
    item = scenario.lever(key)
    if field not in KINDS[item.kind].parameters:
        return "not there"
    r, unit = item.range(field), KINDS[item.kind].parameters[field].unit
    return number_words(r.likely, unit) if r.is_constant else "–".join(number_words(x, unit) for x in (r.low, r.high))
