"""Columns side by side: the small table type the demo computes with."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Frame = dict[str, Array]
"""Column name → values; all columns are equally long."""


def take(frame: Frame, rows: Array) -> Frame:
    """Return the rows picked by a mask or by positions."""
    return {name: values[rows] for name, values in frame.items()}


def stack(frames: Sequence[Frame]) -> Frame:
    """Return the frames one below the other; they have the same columns."""
    return {name: np.concatenate([frame[name] for frame in frames]) for name in frames[0]}


def size(frame: Frame) -> int:
    """Return the number of rows."""
    return len(next(iter(frame.values())))


def expit(x: Floats) -> Floats:
    """Return the probability whose log-odds are x."""
    return np.asarray(1.0 / (1.0 + np.exp(-x)))
