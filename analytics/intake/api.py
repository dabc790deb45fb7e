"""The door to the intake for the command line and the page Sources."""

from analytics.intake.check import CheckReport, check
from analytics.intake.preview import Preview, preview
from analytics.intake.report import ImportReport
from analytics.intake.run import run_import
from analytics.intake.suggest import SuggestedColumn, SuggestedTable, Suggestion, suggest, suggest_column

__all__ = [
    "CheckReport", "ImportReport", "Preview", "SuggestedColumn", "SuggestedTable", "Suggestion", "check", "preview",
    "run_import", "suggest", "suggest_column",
]  # fmt: skip
