"""People of the change team by quarter: entered once, used by Portfolio and by the backlog alike."""

from typing import Any, Final

import streamlit as st

QUARTERS: Final = 4
TEAM: Final = "team"
"""Name under which Portfolio keeps the limit on the set: people of the change team; None = not said."""


def quarters(held: dict[str, Any], place: str, usual: float | None, months: int) -> list[float | None]:
    """Draw people of the team by quarter; return what stands for each: entered, else `usual`, else None.

    `place` names the page in the keys of the fields.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{place}_quarters"):
        return [_quarter(held, place, number, usual) for number in range(min(QUARTERS, -(-months // 3)))]


def _quarter(held: dict[str, Any], place: str, number: int, usual: float | None) -> float | None:
    name = f"quarter_{number}"
    value = st.number_input(
        f"Change team, months {3 * number + 1} to {3 * number + 3}", 0.0, None, held.get(name), 1.0, format="%g",
        key=f"{place}_{name}", placeholder="not known" if usual is None else f"{usual:g} people",
    )  # fmt: skip
    held[name] = value
    return usual if value is None else float(value)
