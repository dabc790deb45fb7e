"""A ledger and a scenario compiled for speed: cells that every lever treats alike become one group.

Owns the compression that keeps 4,096 draws fast: survivors are computed per group, never per cell, and a group's
share multiplies its sums. With `detail` every touched cell is its own group, for results by reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.scenarios.ledger import Ledger
from analytics.scenarios.levers import Lever, Scope
from analytics.scenarios.scenario import Scenario

Floats = NDArray[np.float64]
Array = NDArray[np.floating]


@dataclass(frozen=True, eq=False, slots=True)
class Frame:
    """Groups with their sums. Arrays by month are (months, groups, …); totals are over all cells of the ledger."""

    ledger: Ledger
    scenario: Scenario
    levers: tuple[Lever, ...]
    cells: NDArray[np.intp]
    """Flat index reason × cause × channel of every touched cell."""
    group: NDArray[np.intp]
    """Group of each touched cell."""
    weights: Floats
    """How strongly each lever acts on each group, (levers, groups): 0 outside its scope."""
    spread: Floats
    """σ of log handle time per group, NaN where unknown."""
    contacts: Array
    """(months, groups, channels)."""
    minutes: Array
    effort: Array
    """(months, groups, 3): contacts with known effort, Σ effort, high-effort contacts."""
    total_contacts: Floats
    """(months, channels)."""
    total_minutes: Floats
    total_effort: Floats
    """(months, 3)."""

    masks: tuple[tuple[tuple[float, Array], ...], ...]
    """Per lever: each strength above 0 and the groups it acts on with that strength, as 0 and 1."""

    @property
    def groups(self) -> int:
        """Number of groups."""
        return int(self.weights.shape[1])


def compile_frame(ledger: Ledger, scenario: Scenario, *, detail: bool, dtype: type = np.float64) -> Frame:
    """Return the frame; `detail` keeps cells apart, `dtype` is that of the sums the draws multiply.

    Its arrays are read-only: scenarios whose levers reach the same cells, like those of one moving slider, share them.
    """
    levers = scenario.demand_levers
    reached = tuple((item.kind if item.kind == "repeat" else "", item.scope) for item in levers)
    return replace(_compiled(ledger, reached, detail, dtype), scenario=scenario, levers=levers)


@lru_cache(maxsize=8)
def _compiled(ledger: Ledger, reached: tuple[tuple[str, Scope], ...], detail: bool, dtype: type) -> Frame:
    """Return the frame of levers by kind, where it matters, and scope; without scenario and levers."""
    reasons, causes, channels, months = ledger.shape
    weights = np.array([_weights(ledger, *one).ravel() for one in reached]).reshape(
        len(reached), reasons * causes * channels
    )
    contacts = ledger.contacts.reshape(-1, months)
    minutes = ledger.minutes.reshape(-1, months)
    cells = np.flatnonzero(weights.any(axis=0) & (contacts.any(axis=1) | minutes.any(axis=1)))
    spread = np.repeat(_or_unknown(ledger.handle_spread, reasons), causes * channels)
    known = effort_sums(ledger).reshape(-1, months, 3)
    group = _group(weights[:, cells], spread[cells], detail=detail)
    first = _first_of(group)
    channel = cells % channels
    strength = weights[:, cells[first]]
    return _frozen(Frame(
        ledger, Scenario(), (), cells, group, strength, spread[cells[first]],
        _by_channel(contacts[cells], group, channel, channels).astype(dtype),
        _by_channel(minutes[cells], group, channel, channels).astype(dtype),
        _sum(known[cells], group).transpose(1, 0, 2).astype(dtype),
        ledger.contacts.sum(axis=(0, 1)).T, ledger.minutes.sum(axis=(0, 1)).T, known.sum(axis=0),
        tuple(_masks(row, dtype) for row in strength),
    ))  # fmt: skip


def _frozen(frame: Frame) -> Frame:
    """Make every array of a shared frame read-only."""
    held = [getattr(frame, one.name) for one in fields(frame)]
    for values in [*held, *(mask for masks in frame.masks for _, mask in masks)]:
        if isinstance(values, np.ndarray):
            values.setflags(write=False)
    return frame


def _masks(row: Floats, dtype: type) -> tuple[tuple[float, Array], ...]:
    return tuple((float(level), (row == level).astype(dtype)) for level in np.unique(row[row > 0]))


def lever_weights(ledger: Ledger, item: Lever) -> Floats:
    """Return how strongly a lever acts on each cell, (reasons, causes, channels)."""
    return _weights(ledger, item.kind, item.scope)


def _weights(ledger: Ledger, kind: str, scope: Scope) -> Floats:
    mask = scope_mask(ledger, scope).astype(float)
    if kind != "repeat":
        return mask
    return np.asarray(mask * excess_repeats(ledger)[:, :, None], float)


def excess_repeats(ledger: Ledger) -> Floats:
    """Return the share of each cell's contacts that are repeats beyond natural recurrence, (reasons, causes).

    The excess share of the measured repeats could end (METHODS a, h); where none are measured, (m − 1)/m of the
    contacts of a reason are repeats. Cells of cause `repeat` are such repeats already, so the cells they were taken
    from hold none any more (METHODS b).
    """
    size = len(ledger.reasons)
    m = _or_unknown(ledger.contacts_per_issue, size)
    excess = np.nan_to_num(_or_unknown(ledger.excess_share, size), nan=1.0)
    by_issue = np.nan_to_num(np.maximum(m - 1, 0) / m)[:, None]
    shape = (size, len(ledger.causes))
    measured = ledger.repeat_share if ledger.repeat_share.shape == shape else np.full(shape, np.nan)
    found = np.where(np.isnan(measured), by_issue, measured) * excess[:, None]
    found[_taken_from(ledger)] = 0.0
    found[:, [cause == "repeat" for cause in ledger.causes]] = 1.0
    return found


def _taken_from(ledger: Ledger) -> NDArray[np.bool_]:
    """Return the cells (reasons, causes) whose excess repeats stand under `repeat`: no cause, or none ever coded."""
    held = ledger.contacts.sum(axis=(2, 3)) > 0
    named = {cause: np.array([name == cause for name in ledger.causes]) for cause in ("repeat", "none", "unknown")}
    apart = held[:, named["repeat"]].any(axis=1)
    uncoded = ~held[:, ~(named["repeat"] | named["unknown"])].any(axis=1)
    return np.asarray(np.outer(apart, named["none"]) | np.outer(apart & uncoded, named["unknown"]))


def scope_mask(ledger: Ledger, scope: Scope) -> NDArray[np.bool_]:
    """Return the cells in scope, (reasons, causes, channels)."""
    parts = [_chosen(axis, names) for axis, names in (
        (ledger.reasons, scope.reasons), (ledger.causes, scope.causes), (ledger.channels, scope.channels),
    )]  # fmt: skip
    return np.asarray(parts[0][:, None, None] & parts[1][None, :, None] & parts[2][None, None, :])


def _chosen(axis: Sequence[str], names: Sequence[str]) -> NDArray[np.bool_]:
    return np.array([not names or name in names for name in axis], dtype=bool)


def _or_unknown(values: Floats, size: int) -> Floats:
    return values if values.size == size else np.full(size, np.nan)


def effort_sums(ledger: Ledger) -> Floats:
    """Return contacts with known effort, Σ effort and high-effort contacts, (reasons, causes, channels, months, 3)."""
    reasons, _, channels, _ = ledger.shape
    shape = (reasons, channels)
    mean = ledger.effort_mean if ledger.effort_mean.shape == shape else np.full(shape, np.nan)
    high = ledger.high_effort_share if ledger.high_effort_share.shape == shape else np.full(shape, np.nan)
    known = np.isfinite(mean)[:, None, :, None] * ledger.contacts
    return np.stack(
        [known, known * np.nan_to_num(mean)[:, None, :, None], known * np.nan_to_num(high)[:, None, :, None]], axis=-1
    )


def _group(weights: Floats, spread: Floats, *, detail: bool) -> NDArray[np.intp]:
    count = weights.shape[1]
    if detail or not count:
        return np.arange(count)
    keys = np.vstack([weights, np.nan_to_num(spread, nan=-1.0)])
    return np.asarray(np.unique(keys, axis=1, return_inverse=True)[1].ravel(), dtype=np.intp)


def _first_of(group: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.asarray(np.unique(group, return_index=True)[1], dtype=np.intp)


def _sum(values: Floats, group: NDArray[np.intp]) -> Floats:
    out = np.zeros((int(group.max(initial=-1)) + 1, *values.shape[1:]))
    np.add.at(out, group, values)
    return out


def _by_channel(values: Floats, group: NDArray[np.intp], channel: NDArray[np.intp], channels: int) -> Floats:
    """Return (months, groups, channels) from (cells, months)."""
    out = np.zeros((int(group.max(initial=-1)) + 1, channels, values.shape[1]))
    np.add.at(out, (group, channel), values)
    return np.ascontiguousarray(out.transpose(2, 0, 1))
