"""What an import tells when it is done."""

import dataclasses
import json
from dataclasses import dataclass

from analytics.intake.source import Problem


@dataclass(frozen=True, slots=True)
class FileReport:
    """Counts of one file; loaded + rejected + superseded + excluded = read."""

    table: str
    file: str
    rows_read: int
    rows_loaded: int
    rows_rejected: int
    rows_superseded: int
    rows_excluded: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Counts over all files, what it cost, and what was wrong."""

    files: tuple[FileReport, ...]
    problems: tuple[tuple[str, Problem], ...]
    """File and problem, the first hundred: rejected rows first, then emptied values and flagged rows."""
    emptied: int
    """Values emptied, exact."""
    flagged: int
    """Rows flagged, exact."""
    seconds: float
    peak_memory_mb: float

    @property
    def has_problems(self) -> bool:
        """Whether a row was rejected, a value emptied or a row flagged."""
        return bool(self.rows("rejected") or self.emptied or self.flagged)

    def rows(self, what: str) -> int:
        """Return rows `read`, `loaded`, `rejected`, `superseded` or `excluded` over all files."""
        return sum(int(getattr(file, f"rows_{what}")) for file in self.files)

    def to_json(self) -> str:
        """Return the report as one JSON object."""
        totals = {f"rows_{what}": self.rows(what) for what in ("read", "loaded", "rejected", "superseded", "excluded")}
        return json.dumps(
            {
                **totals,
                "values_emptied": self.emptied,
                "rows_flagged": self.flagged,
                "seconds": round(self.seconds, 3),
                "peak_memory_mb": round(self.peak_memory_mb, 1),
                "files": [dataclasses.asdict(file) for file in self.files],
                "problems": [{"file": file, **dataclasses.asdict(problem)} for file, problem in self.problems],
            },
            ensure_ascii=False,
        )
