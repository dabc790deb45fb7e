"""Keeps the books of an import: what became of each row, and what was wrong. The four outcomes must add up."""

from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from analytics.errors import SourceError, WorkspaceError
from analytics.intake import statements
from analytics.intake.decide import File
from analytics.intake.delimited import MOST_LISTED
from analytics.intake.doubts import Count
from analytics.intake.report import FileReport, ImportReport
from analytics.intake.session import Session
from analytics.intake.source import Problem

_SHOWN = 100
_REASONS = 3
_FACTS = ("contacts", "surveys")
"""Tables without which there is nothing to show."""
_BY_WEIGHT = ("rejected", "emptied", "flagged", "excluded", "superseded")


@dataclass(slots=True)
class _Account:
    file: File
    outcomes: dict[str, int] = field(default_factory=lambda: {"rejected": 0, "superseded": 0, "excluded": 0})

    @property
    def read(self) -> int:
        return self.file.source.rows + self.file.source.unreadable

    @property
    def loaded(self) -> int:
        return self.read - sum(self.outcomes.values())


class Ledger:
    """Running accounts of one import."""

    def __init__(self) -> None:
        self._accounts: dict[int, _Account] = {}
        self._problems: list[tuple[File, Problem]] = []
        self._counts: list[tuple[File, Count]] = []

    @property
    def room(self) -> int:
        """How many more problems are listed one by one."""
        return max(MOST_LISTED - len(self._problems), 0)

    def open(self, file: File) -> None:
        """Open the account of a file with the rows that could not be read at all."""
        self._accounts[file.source.number] = _Account(file)
        self.count(file, "rejected", file.source.unreadable)
        self.add(file, list(file.source.problems))

    def count(self, file: File, outcome: str, rows: int) -> None:
        """Book `rows` of a file under an outcome."""
        self._accounts[file.source.number].outcomes[outcome] += rows

    def add(self, file: File, problems: list[Problem]) -> None:
        """List problems, as far as there is room."""
        self._problems.extend((file, problem) for problem in problems[: self.room])

    def doubt(self, file: File, counts: list[Count]) -> None:
        """Book emptied values and flagged rows, which change no outcome."""
        self._counts.extend((file, count) for count in counts)

    def superseded_by_key(self, number: int, rows: int) -> None:
        """Book the older rows of a key."""
        file = self._accounts[number].file
        self.count(file, "superseded", rows)
        reason = f"{rows:,} rows are older than another row of the same {' + '.join(file.group.key)}"
        self.add(file, [Problem(None, ", ".join(file.group.key), "", reason, "superseded", rows)])

    def repeated(self, files: list[File], problems: dict[int, list[Problem]], rows: dict[int, tuple[int, int]]) -> None:
        """Book rows with repeated ids: `rows` holds rejected and superseded by file number."""
        for file in files:
            rejected, superseded = rows.get(file.source.number, (0, 0))
            self.count(file, "rejected", rejected)
            self.count(file, "superseded", superseded)
            self.add(file, problems.get(file.source.number, []))

    def has_drops(self, number: int) -> bool:
        """Whether some readable row of the file is not loaded."""
        account = self._accounts[number]
        return account.loaded < account.file.source.rows

    def refuse_nothing(self) -> None:
        """Raise SourceError when no contact and no survey is left: an empty result must not replace a full one."""
        counted = [account for account in self._accounts.values() if account.file.parsed.table in _FACTS]
        if not counted or any(account.loaded for account in counted):
            return
        rows = sum(account.read for account in counted)
        label, why = counted[0].file.source.label, "; ".join(self._first_reasons())
        raise SourceError(
            f"None of the {rows:,} rows could be loaded: {why}. The earlier result stays as it was.",
            where=label,
            do="Correct the mapping or the rules of this file, then import again.",
        )

    def _first_reasons(self) -> list[str]:
        """Return the first different reasons, each with its line where it has one."""
        said: dict[str, str] = {}
        for _, problem in self._problems:
            line = "" if problem.line is None else f"line {problem.line:,}, "
            column = f"column {problem.column}, " if problem.column else ""
            said.setdefault(f"{problem.column}{problem.outcome}", f"{line}{column}{problem.reason}")
        return list(said.values())[:_REASONS]

    def reconcile(self, session: Session) -> None:
        """Check against the built tables that every row met one outcome. Raises WorkspaceError when not."""
        for account in self._accounts.values():
            parsed = account.file.parsed
            counted = session.execute(statements.count_loaded(parsed.table, parsed.number))[0][0]
            if counted != account.loaded:
                raise WorkspaceError(
                    f"The rows of “{account.file.source.label}” do not add up: {account.loaded:,} should be loaded, "
                    f"{counted:,} are.",
                    do="The earlier result stays as it was; import again with an unchanged file.",
                )

    def write(self, session: Session) -> None:
        """Write the tables `files`, `rejects` and `emptied_counts`."""
        _insert(session, "files", [self._file_row(account) for account in self._accounts.values()])
        _insert(session, "rejects", [_problem_row(file, problem) for file, problem in self._problems])
        counts = [(f.parsed.table, f.source.label, c.column, c.outcome, c.rows) for f, c in self._counts]
        _insert(session, "emptied_counts", counts)

    def _file_row(self, account: _Account) -> tuple[Any, ...]:
        source, outcomes = account.file.source, account.outcomes
        return (
            source.number, account.file.parsed.table, source.label, account.read, account.loaded,
            outcomes["rejected"], outcomes["superseded"], outcomes["excluded"], source.path.stat().st_size,
        )  # fmt: skip

    def report(self, seconds: float, peak_memory_mb: float) -> ImportReport:
        """Return what to tell."""
        return ImportReport(
            tuple(self._file_report(account) for account in self._accounts.values()),
            tuple((file.source.label, problem) for file, problem in sorted(self._problems, key=_weight)[:_SHOWN]),
            sum(count.rows for _, count in self._counts if count.outcome == "emptied"),
            sum(count.rows for _, count in self._counts if count.outcome == "flagged"),
            seconds,
            peak_memory_mb,
        )

    def _file_report(self, account: _Account) -> FileReport:
        source, outcomes = account.file.source, account.outcomes
        return FileReport(
            account.file.parsed.table, source.label, account.read, account.loaded, outcomes["rejected"],
            outcomes["superseded"], outcomes["excluded"], source.notes,
        )  # fmt: skip


def _weight(listed: tuple[File, Problem]) -> int:
    return _BY_WEIGHT.index(listed[1].outcome)


def _problem_row(file: File, problem: Problem) -> tuple[Any, ...]:
    return (
        file.parsed.table, file.source.label, problem.line, problem.column, problem.value, problem.reason,
        problem.outcome, problem.rows,
    )  # fmt: skip


def _insert(session: Session, table: str, rows: list[tuple[Any, ...]]) -> None:
    """Append rows to one of the import's own tables."""
    if not rows:
        return
    names = [f"v{place}" for place in range(len(rows[0]))]
    arrays = [pa.array(list(values)) for values in zip(*rows, strict=True)]
    session.insert(table, pa.table(arrays, names=names))
