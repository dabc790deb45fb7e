"""Do customers who found it easy recommend more? From surveys alone, with or without contacts."""

from typing import Final

import pandas as pd

from analytics.engine import Reader
from analytics.questions.selection import Selection
from analytics.questions.words import percent
from analytics.statistics.proportions import proportion

EASIEST: Final = 1
HARDEST: Final = 7


def recommendation(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return answers, promoters (9 or 10 of 10) and detractors (6 or less) by effort 1 to 7, easiest first."""
    return reader.frame("questions/recommendation", selection.parameters())


def recommended(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return by effort: answers, share of promoters with Wilson's low and high, and the net promoter score.

    Columns effort, answers, promoters, detractors, share, low, high (in [0, 1]), score (−100 to 100), greyed (fewer
    than 30 answers). Levels with fewer than 10 are left out. One answer per customer is assumed.
    """
    rows = recommendation(reader, selection)
    found = [proportion(int(k), int(n)) for k, n in zip(rows["promoters"], rows["answers"], strict=True)]
    told = pd.DataFrame([(one.value, one.low, one.high, one.state) for one in found],
                        columns=["share", "low", "high", "state"])  # fmt: skip
    score = 100 * (rows["promoters"] - rows["detractors"]) / rows["answers"]
    rows = pd.concat([rows, told], axis=1).assign(score=score, greyed=told["state"] == "grey")
    return rows.loc[rows["state"] != "suppressed"].drop(columns="state").reset_index(drop=True)


def recommended_finding(rows: pd.DataFrame) -> str:
    """Return the finding as a title: how many recommend where it was easy, and where it was hard.

    Only levels with enough answers speak.
    """
    heard = rows[~rows["greyed"]]
    if len(heard) < 2:
        return "Too few answers to set easy against hard"
    first, last = heard.iloc[0], heard.iloc[-1]
    if first["low"] <= last["high"] and first["high"] >= last["low"]:
        return "Whether it was easy or hard makes no clear difference to recommending"
    return (
        f"{percent(first['share'])} recommend us where it was {_felt(first)}, {percent(last['share'])} where it was "
        f"{_felt(last)}"
    )


def _felt(row: "pd.Series[float]") -> str:
    """Return how a level of effort feels, in a word."""
    effort = int(row["effort"])
    return {EASIEST: "easiest", HARDEST: "hardest"}.get(effort, "easy" if effort < 4 else "hard")
