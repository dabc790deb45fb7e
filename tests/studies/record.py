"""The record of a study: one row per seed, and the figures that the documentation shows of it."""

from pathlib import Path
from typing import Final

import pandas as pd

from tests.studies.back_test import outcomes

RECORD: Final = Path(__file__).parent / "back_test.csv"
PAGE: Final = Path(__file__).parents[2] / "docs" / "studies.md"
BEGIN, END = "<!-- back-test: begin -->", "<!-- back-test: end -->"


def recorded() -> pd.DataFrame:
    return pd.read_csv(RECORD)


def covered(table: pd.DataFrame) -> float:
    """Return the share of seeds whose twelve months lie in the band."""
    return sum(found.inside for found in outcomes(table)) / len(table)


def figures(table: pd.DataFrame) -> str:
    """Return the figures of the study as a table in Markdown."""
    found, seeds = outcomes(table), len(table)
    rows = [
        ("seeds", str(seeds), str(seeds)),
        ("inside the 80% band", _of([x.inside for x in found]), _of([x.reason_inside for x in found])),
        ("mean width of the band ÷ what came", *_both(table, "({0}p90 - {0}p10) / {0}actual", "")),
        ("bias: mean of median ÷ what came − 1", *_both(table, "{0}p50 / {0}actual - 1", "+")),
        ("spread of the bias between seeds (sd)", *(f"{_ratio(table, name).std():.1%}" for name in ("", "reason_"))),
        ("place in the band, 0 = P10, 1 = P90: mean (range)", *(_place(table, name) for name in ("", "reason_"))),
    ]
    lines = ["| twelve months, months 25 to 36 | all contacts | the reason itself |", "| --- | --- | --- |"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    lines += ["", "| mean absolute scaled error (MASE), mean of the seeds | forecast | last year's values |"]
    lines += ["| --- | --- | --- |", _errors(table, "past", "rolling origins inside months 1 to 24")]
    lines += [_errors(table, "coming", "months 25 to 36, the removal at its likely value")]
    return "\n".join(lines).replace("%", " %")


def _of(flags: list[bool]) -> str:
    return f"{sum(flags)} ({sum(flags) / len(flags):.0%})"


def _both(table: pd.DataFrame, formula: str, sign: str) -> tuple[str, str]:
    all_contacts, reason = (float(table.eval(formula.format(name)).mean()) for name in ("", "reason_"))
    return f"{all_contacts:{sign}.1%}", f"{reason:{sign}.1%}"


def _ratio(table: pd.DataFrame, name: str) -> "pd.Series[float]":
    return table[f"{name}p50"] / table[f"{name}actual"]


def _place(table: pd.DataFrame, name: str) -> str:
    low, high = table[f"{name}p10"], table[f"{name}p90"]
    places = (table[f"{name}actual"] - low) / (high - low)
    return f"{places.mean():.2f} ({places.min():.2f} to {places.max():.2f})"


def _errors(table: pd.DataFrame, which: str, words: str) -> str:
    own, naive = table[f"{which}_mase"].mean(), table[f"{which}_mase_last_year"].mean()
    return f"| {words} | {own:.2f} | {naive:.2f} |"


def shown() -> str:
    """Return the figures as they stand in the documentation."""
    return PAGE.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0].strip()


def write(table: pd.DataFrame) -> None:
    """Keep the rows, and put their figures into the documentation."""
    table.to_csv(RECORD, index=False, float_format="%.6g")
    page = PAGE.read_text(encoding="utf-8")
    head, rest = page.split(BEGIN)
    text = f"{head}{BEGIN}\n{figures(recorded())}\n{END}{rest.split(END)[1]}"
    PAGE.write_text(text, encoding="utf-8")
