"""Named sums that add up over blocks."""

from analytics.demo.frame import Array, Flags


class Tally(dict[str, float]):
    """Key → sum; an absent key counts 0."""

    def __missing__(self, key: str) -> float:
        return 0.0

    def absorb(self, *others: "Tally") -> "Tally":
        """Add the sums of `others` to this one and return it."""
        for other in others:
            for key, value in other.items():
                self[key] += float(value)
        return self

    def mean(self, key: str) -> float | None:
        """Return `key.sum` / `key.n` to six digits; None without rows."""
        count = self[f"{key}.n"]
        return round(self[f"{key}.sum"] / count, 6) if count else None


def sums(name: str, values: Array, where: Flags | None = None) -> Tally:
    """Return `name.sum` and `name.n` of the values, or of those picked by `where`."""
    chosen = values if where is None else values[where]
    return Tally({f"{name}.sum": float(chosen.sum()), f"{name}.n": float(len(chosen))})
