"""The seven assisted channels of the demo company: how customers choose and what each channel changes."""

from typing import Final

import numpy as np

from analytics.demo.frame import Array, Flags, Floats

CHANNELS: Final = ("phone", "chat", "email", "messaging", "social", "store", "webform")
PHONE, CHAT = 0, 1
_BASE: Final = np.array([0.30, 0.30, 0.10, -0.5, -1.4, -1.2, -0.9])
_SLOPE: Final = np.array([1.25, -0.65, 0.0, -0.70, -0.3, 0.6, -0.4])
_B2B: Final = np.array([0.35, 0.0, 0.35, -0.35, -0.35, 0.0, 0.0])
RESOLVED: Final = np.array([0.35, 0.0, -0.2, -0.1, -0.6, 0.3, -0.3])
EFFORT: Final = np.array([-0.25, 0.10, 0.25, 0.0, 0.45, -0.20, 0.30])
REPEATED: Final = np.array([0.22, 0.16, 0.18, 0.17, 0.24, 0.15, 0.19])
"""Added effort, as a share, when information had to be repeated."""
VALUE: Final = np.array([0.35, 0.1, -0.3, -0.1, -0.5, 0.6, -0.7])
ANSWERS: Final = np.array([-0.2, 0.25, 0.1, 0.3, -0.4, -0.6, 0.2])
HANDLE_SECONDS: Final = np.array([350.0, 460.0, 310.0, 400.0, 230.0, 520.0, 260.0])
"""Median handle time of a reason of average difficulty."""
LIVE: Final = np.array([True, True, False, False, False, True, False])
"""Channels where the customer waits in a queue."""


def channel_draw(rng: np.random.Generator, difficulty: Floats, b2b: Flags) -> Array:
    """Return the channel each customer chooses: a softmax whose weights move with the difficulty of the issue."""
    logits = _BASE + difficulty[:, None] * _SLOPE + b2b[:, None] * _B2B
    return np.asarray(np.argmax(logits + rng.gumbel(size=logits.shape), axis=1))


def next_channel(rng: np.random.Generator, channel: Array, difficulty: Floats, b2b: Flags) -> Array:
    """Return the channel of a repeat: 70 % the same, else 60 % phone, else a new choice."""
    u, v = rng.random(len(channel)), rng.random(len(channel))
    fresh = channel_draw(rng, difficulty, b2b)
    return np.where(u < 0.70, channel, np.where(v < 0.60, PHONE, fresh))
