"""What closing a channel rests on: where its customers switch today, and who has used no other (features 45, 46)."""

from dataclasses import dataclass

import pandas as pd

from analytics.engine import Reader
from analytics.errors import CannotTellError
from analytics.questions.selection import Selection
from analytics.statistics.estimate import GREY_BELOW


@dataclass(frozen=True, slots=True)
class Exit:
    """What is known about leaving one channel."""

    channel: str
    routes: dict[str, int]
    """Issues of the period that went on in another channel, by channel, most first."""
    customers: int
    """Customers who used it; 0 where contacts have no customer."""
    only_here: int
    """Of these, customers who used no other."""
    only_here_often: int
    """Of those, customers who came more than once."""
    by_segment: tuple[tuple[str, int, int], ...]
    """Segment, customers, customers who used no other; segments with enough customers to tell, most shut out first."""


def channel_moves(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return from_channel, to_channel and issues, all pairs of different channels; shared filters do not apply."""
    return reader.frame("questions/channel_moves", _months(selection))


def channel_loyals(reader: Reader, channel: str) -> pd.DataFrame:
    """Return segment, customers, only_here and only_here_often of those who used `channel` in the default period."""
    return reader.frame("questions/channel_loyals", {"channel": channel})


def channel_exit(reader: Reader, selection: Selection, channel: str) -> Exit:
    """Return where demand of `channel` goes, and who had no observed other way in the last twelve whole months.

    Raises CannotTellError where fewer than 30 issues ever went on in another channel.
    """
    moves = channel_moves(reader, selection)
    held = moves[moves["from_channel"] == channel].sort_values("issues", ascending=False, kind="stable")
    routes = dict(zip(held["to_channel"].astype(str), held["issues"].astype(int), strict=True))
    if sum(routes.values()) < GREY_BELOW:
        raise CannotTellError(
            f"Only {sum(routes.values())} issues went from {channel} to another channel; {GREY_BELOW} are needed to "
            "see where its demand would go.", do="Choose another channel, or import customers and a longer history.",
        )  # fmt: skip
    rows = channel_loyals(reader, channel)
    customers, alone, often = (int(rows[name].sum()) for name in ("customers", "only_here", "only_here_often"))
    return Exit(channel, routes, customers, alone, often, _segments(rows))


def self_service_completion(reader: Reader, selection: Selection) -> pd.DataFrame:
    """Return reason, sessions and completed: self-service sessions with a known outcome."""
    return reader.frame("questions/self_service_completion", _months(selection))


def completed_shares(reader: Reader, selection: Selection) -> dict[str, float]:
    """Return the completed share by reason, of reasons with 30 sessions or more."""
    rows = self_service_completion(reader, selection)
    held = rows[rows["sessions"] >= GREY_BELOW]
    shares = held["completed"].astype(float) / held["sessions"].astype(float)
    return dict(zip(held["reason"].astype(str), shares.tolist(), strict=True))


def _segments(rows: pd.DataFrame) -> tuple[tuple[str, int, int], ...]:
    told = rows[(rows["customers"] >= GREY_BELOW) & (rows["segment"] != "not given")]
    found = zip(told["segment"].astype(str), told["customers"].astype(int), told["only_here"].astype(int), strict=True)
    return tuple(sorted(found, key=lambda row: -row[2] / row[1]))


def _months(selection: Selection) -> dict[str, object]:
    return {"first_month": selection.first_month, "last_month": selection.last_month}
