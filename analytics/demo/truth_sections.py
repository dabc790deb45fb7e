"""The sections of `truth.toml` about demand: avoidable share, causes, repeats, reasons."""

from analytics.demo.chains import RECURRENCE_PER_DAY
from analytics.demo.reasons import CAUSE_CODES, NONE, REASONS
from analytics.demo.tally import Tally
from analytics.demo.truth_demand import COST_PER_MINUTE, WINDOWS
from analytics.demo.world import World

Section = dict[str, object]


def avoidable(sums: Tally) -> Section:
    """Return shares with a negative true cause by contacts, minutes and cost, and what coding did to them."""
    total: Section = {"cost_per_minute": dict(COST_PER_MINUTE)}
    for name in ("contacts", "minutes", "cost"):
        weight = sums[f"weight.{name}"]
        total[f"share_{name}"] = round(sums[f"negative.{name}"] / weight, 6)
        total[f"share_{name}_without_sensitive"] = round(
            (sums[f"negative.{name}"] - sums[f"open_door.{name}"]) / weight, 6
        )
    contacts = sums["weight.contacts"]
    total["coded_wrong"] = round(sums["coded.wrong"] / contacts, 6)
    total["coded_missing"] = round(sums["coded.missing"] / contacts, 6)
    total["share_contacts_as_coded"] = round(sums["coded.negative"] / contacts, 6)
    return total


def causes(sums: Tally) -> Section:
    """Return the share of each true cause by contacts, minutes and cost; `recorded` counts only coded contacts."""
    shares: Section = {name: _shares(sums, "cause", name) for name in ("contacts", "minutes", "cost")}
    return {**shares, "recorded": _shares(sums, "cause", "recorded", of="contacts")}


def _shares(sums: Tally, what: str, name: str, of: str = "", more: tuple[str, ...] = ()) -> Section:
    whole = sums[f"weight.{of or name}"]
    return {cause: round(sums[f"{what}.{name}.{cause}"] / whole, 6) for cause in (*CAUSE_CODES, *more)}


def root_causes(sums: Tally) -> Section:
    """Return shares by the true cause of an issue's first contact; `excess` are true repeats in issues without cause.

    `avoidable_*` are all contacts of issues with a negative cause, and the excess repeats of the others.
    """
    contacts = sums["weight.contacts"]
    avoidable = {
        name: round((_negative_roots(sums, name) + sums[f"root.{name}.excess"]) / contacts, 6)
        for name in ("contacts", "recorded")
    }
    return {
        "avoidable_contacts": avoidable["contacts"],
        "avoidable_recorded": avoidable["recorded"],
        "contacts": _shares(sums, "root", "contacts", more=("excess",)),
        "minutes": _shares(sums, "root", "minutes", more=("excess",)),
        "recorded": _shares(sums, "root", "recorded", of="contacts", more=("excess", "unknown")),
    }


def _negative_roots(sums: Tally, name: str) -> float:
    return sum(sums[f"root.{name}.{cause}"] for cause in CAUSE_CODES if cause != CAUSE_CODES[NONE])


def repeats(sums: Tally, name: str) -> Section:
    """Return rates by window, on `recorded` rows or on the `complete` truth."""
    columns = {"repeat_rate": "forward", "repeat_share": "backward", "first_contact_resolution": "single"}
    rates: Section = {
        column: {str(window): sums.mean(f"repeat.{name}.{window}.{key}") for window in WINDOWS}
        for column, key in columns.items()
    }
    return {**rates, "natural_recurrence_per_day": RECURRENCE_PER_DAY}


def reasons(world: World, sums: Tally) -> list[Section]:
    """Return one row a reason: difficulty, size and true negative share."""
    rows: list[Section] = []
    for code, reason in enumerate(REASONS):
        found = {name: int(sums[f"reason.{code}.{name}"]) for name in ("contacts", "negative", "issues", "caused")}
        rows.append(
            {
                "reason": reason.name,
                "difficulty": round(float(world.difficulty[code]), 6),
                "issue_share": round(float(world.volume[code]), 6),
                "contacts": found["contacts"],
                "negative_share": round(found["negative"] / max(1, found["contacts"]), 6),
                "negative_share_of_issues": round(found["caused"] / max(1, found["issues"]), 6),
                "sensitive": reason.sensitive,
            }
        )
    return rows
