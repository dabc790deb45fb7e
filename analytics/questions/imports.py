"""Where the rows came from and what became of the others: files, problems and rejects, as Sources shows them."""

import pandas as pd

from analytics.engine import Reader


def import_files(reader: Reader) -> pd.DataFrame:
    """Return the imported files with rows read, loaded, rejected, superseded and excluded."""
    return reader.frame("questions/import_files")


def import_problems(reader: Reader) -> pd.DataFrame:
    """Return exact counts of emptied and flagged values by file and column."""
    return reader.frame("questions/import_problems")


def import_rejects(reader: Reader, outcomes: tuple[str, ...] = (), limit: int = 100, offset: int = 0) -> pd.DataFrame:
    """Return a page of problems with file, line, column, value and reason; no outcomes means all."""
    page = {"outcomes": list(outcomes), "row_limit": limit, "row_offset": offset}
    return reader.frame("questions/import_rejects", page)
