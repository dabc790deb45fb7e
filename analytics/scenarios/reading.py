"""Reading a scenario from values somebody else wrote: each is checked, and what is wrong is said and left out."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from analytics.errors import ScenarioError, nearest
from analytics.scenarios.check import lever_problems
from analytics.scenarios.levers import COMMON, GRADES, KINDS, Lever, Scope
from analytics.scenarios.ranges import READINGS, SHAPES, Range, range_problem
from analytics.scenarios.scenario import Scenario, Settings

Plain = dict[str, Any]


class Reader:
    """Reads values one by one and keeps what was wrong in `said`."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def scenario(self, plain: Plain) -> Scenario:
        """Return what could be read of a scenario of the current version."""
        self._unknown("The scenario", plain, ("version", "name", "seed", "settings", "levers"))
        name, seed = plain.get("name", "Scenario"), plain.get("seed", Scenario().seed)
        if not isinstance(name, str):
            self.said.append("The scenario's name is not text; it is called “Scenario”.")
            name = "Scenario"
        if not isinstance(seed, int) or isinstance(seed, bool):
            self.said.append(f"The seed {seed!r} is not a whole number; the usual seed is used, so ranges may differ.")
            seed = Scenario().seed
        levers: dict[str, Lever] = {}
        for i, entry in enumerate(plain.get("levers", []), 1):
            item = self._lever(entry, i)
            if item is not None and item.key in levers:
                self.said.append(f"Lever {i} repeats the key “{item.key}” and is left out.")
            elif item is not None:
                levers[item.key] = item
        return Scenario(name[:200], tuple(levers.values()), self._settings(plain.get("settings", {})), seed)

    def _unknown(self, where: str, plain: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for name in plain:
            if name not in known:
                self.said.append(f"{where} has “{name}”, which is not known and is left out. {nearest(name, known)}")

    def _settings(self, plain: Any) -> Settings:
        if not isinstance(plain, dict):
            self.said.append("The settings could not be read; the usual ones are used.")
            return Settings()
        names = tuple(f.name for f in fields(Settings))
        self._unknown("Settings", plain, names)
        kept: Plain = {}
        for name in names:
            if name in plain and self._setting_fits(name, plain[name]):
                kept[name] = plain[name]
        return Settings(**kept)

    def _setting_fits(self, name: str, value: Any) -> bool:
        usual = getattr(Settings(), name)
        numeric = not isinstance(usual, str)
        right = (value is None and name == "target") or (_number(value) if numeric else isinstance(value, str))
        try:
            if right:
                Settings(**{name: value})
                right = name != "one_off_at" or value in ("month0", "start")
        except ScenarioError:
            right = False
        if not right:
            self.said.append(f"The setting “{name}” cannot be {value!r}; {usual!r} is used.")
        return bool(right)

    def _lever(self, plain: Any, number: int) -> Lever | None:
        if not isinstance(plain, dict) or plain.get("kind") not in KINDS or not isinstance(plain.get("key"), str):
            kind = plain.get("kind") if isinstance(plain, dict) else plain
            self.said.append(
                f"Lever {number} is of the unknown kind {kind!r} and is left out. {nearest(str(kind), KINDS)}"
            )
            return None
        name = plain.get("name") if isinstance(plain.get("name"), str) else KINDS[plain["kind"]].words
        known = ("key", "kind", "name", "scope", "facts", "ranges", *_PLAIN_TYPES, *COMMON)
        self._unknown(f"“{name}”", plain, known)
        values: Plain = {
            n: plain[n] for n, kind in _PLAIN_TYPES.items() if n in plain and self._typed(name, n, plain[n], kind)
        }
        ranges = {n: r for n in COMMON if n in plain and (r := self._range(name, n, plain[n])) is not None}
        scope, parameters = self._scope(str(name), plain.get("scope", {})), self._parameters(str(name), plain)
        values["facts"] = self._facts(str(name), plain.get("facts", []))
        item = Lever(plain["key"], plain["kind"], str(name), scope, parameters, **(values | ranges))
        return self._sound(item)

    def _sound(self, item: Lever) -> Lever:
        """Take out what is possible in type but not in value, and say so."""
        found = lever_problems(item)
        if not found:
            return item
        blank, keep = Lever("", item.kind, ""), {f.name: getattr(item, f.name) for f in fields(Lever)}
        for problem in found:
            self.said.append(f"{problem.words} It is left out.")
            if problem.field in dict(item.parameters):
                keep["parameters"] = tuple(p for p in keep["parameters"] if p[0] != problem.field)
            else:
                keep[problem.field] = getattr(blank, problem.field)
        if any(p.field == "decay" for p in found):
            keep["dip"] = blank.dip
        if any(p.field == "ramp" for p in found):
            keep["dip_months"] = blank.dip_months
        return Lever(**keep)

    def _typed(self, lever: Any, name: str, value: Any, kind: type) -> bool:
        fits = _number(value) if kind is float else type(value) is kind
        if name == "grade" and value not in GRADES:
            fits = False
        if not fits:
            self.said.append(f"“{lever}”: “{name}” cannot be {value!r} and is left out.")
        return fits

    def _scope(self, lever: str, plain: Any) -> Scope:
        if not isinstance(plain, dict):
            self.said.append(f"“{lever}”: its scope could not be read; it reaches all demand.")
            return Scope()
        names = tuple(f.name for f in fields(Scope))
        self._unknown(f"The scope of “{lever}”", plain, names)
        kept = {
            n: plain[n] for n in names if isinstance(plain.get(n), list) and all(isinstance(x, str) for x in plain[n])
        }
        for n in names:
            if n in plain and n not in kept:
                self.said.append(f"“{lever}”: the {n} in its scope could not be read; it reaches all {n}.")
        return Scope(**{n: tuple(v) for n, v in kept.items()})

    def _facts(self, lever: str, plain: Any) -> tuple[tuple[str, float], ...]:
        """Return measured figures; one that is no name with a number ≥ 0 is left out and said."""
        entries = plain if isinstance(plain, list) else [plain]
        fits = [isinstance(one, (list, tuple)) and len(one) == 2 and isinstance(one[0], str) and _number(one[1])
                and one[1] >= 0 for one in entries]  # fmt: skip
        if not all(fits):
            self.said.append(f"“{lever}”: some of the measured figures it rests on could not be read and are left out.")
        return tuple((str(one[0]), float(one[1])) for one, right in zip(entries, fits, strict=True) if right)

    def _parameters(self, lever: str, plain: Plain) -> tuple[tuple[str, Range], ...]:
        given = plain.get("ranges", {})
        if not isinstance(given, dict):
            self.said.append(f"“{lever}”: its ranges could not be read and are left out.")
            return ()
        specs = KINDS[plain["kind"]].parameters
        self._unknown(f"“{lever}”", given, tuple(specs))
        read = ((name, self._range(lever, name, given[name])) for name in specs if name in given)
        return tuple((name, r) for name, r in read if r is not None)

    def _range(self, lever: Any, name: str, value: Any) -> Range | None:
        shape = value if isinstance(value, dict) else {}
        numbers = shape.get("values") if shape else ([value] * 3 if _number(value) else value)
        if not isinstance(numbers, list) or len(numbers) != 3 or not all(_number(x) for x in numbers):
            self.said.append(f"“{lever}”: “{name}” is not a low, likely and high number and is left out.")
            return None
        problem = range_problem(*numbers)
        more = {n: shape[n] for n in ("shape", "reading", "least", "most", "spike") if n in shape}
        wrong = problem or _shape_problem(more)
        try:
            low, likely, high = (float(x) for x in numbers)
            made = None if wrong else Range(low, likely, high, **more)
        except ScenarioError as error:
            wrong, made = error.happened, None
        if made is None:
            self.said.append(f"“{lever}”: “{name}” is left out. {wrong}")
        return made


_PLAIN_TYPES: Final[dict[str, type]] = {
    "grade": str, "start": int, "ramp": int, "decay": float, "dip": float, "dip_months": int,
    "to_channel": str, "published": bool, "on": bool,
}  # fmt: skip


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e15


def _shape_problem(more: Plain) -> str:
    if more.get("shape", "pert") not in SHAPES:
        return f"The curve “{more['shape']}” is not known. {nearest(str(more['shape']), SHAPES)}"
    if more.get("reading", "limits") not in READINGS:
        return f"The reading “{more['reading']}” is not known."
    numbers = [more[n] for n in ("least", "most", "spike") if n in more]
    if not all(_number(x) for x in numbers) or not 0 <= more.get("spike", 0) < 1:
        return "Its limits are not numbers."
    return ""
