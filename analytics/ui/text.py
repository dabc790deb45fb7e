"""Text from data stays text: escaped for markdown, cut to a length, neutralised for spreadsheets."""

import re
import unicodedata
from typing import Final

import pandas as pd

NOT_KNOWN: Final = "–"
"""What a cell of a table shows where a value is not known."""
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#~|$:&@!])")
_ADDRESS: Final = re.compile(r"(https?://|www(?=\.)|(?<=[\w.+-])@(?=\w))", re.IGNORECASE)
_LATE: Final = re.compile(r":(?=material/|streamlit)|[<>~-](?=[->=])", re.IGNORECASE)
_JOINER: Final = "\u2060"
"""Invisible and without width: addresses, icons and arrows are made after escapes are undone, so it parts them."""
_LIST: Final = re.compile(r"^(\d*)([-+=.)])")
_SPACE: Final = re.compile(r"\s+")
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")
"""First characters with which a spreadsheet takes a cell for a formula."""


def plain(value: object) -> str:
    """Return `value` on one line, without control characters or overrides of the writing direction."""
    flat = _SPACE.sub(" ", str(value)).strip()
    return "".join(mark for mark in flat if unicodedata.category(mark) not in {"Cc", "Cf"} or mark == "\u200d")


def md(value: object) -> str:
    """Return `value` so that markdown shows it letter by letter: no HTML, link, colour, formula or emoji code."""
    parted = _LATE.sub(rf"\g<0>{_JOINER}", _ADDRESS.sub(rf"\1{_JOINER}", plain(value)))
    return _LIST.sub(r"\1\\\2", _MARKS.sub(r"\\\1", parted))


def short(value: object, length: int = 40) -> str:
    """Return at most `length` characters, with an ellipsis where something was cut."""
    text = plain(value)
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Return exactly the frame as CSV: UTF-8 with mark (so that Excel reads it), formulas made harmless by a quote."""
    safe = frame.copy()
    for place, name in enumerate(frame.columns):
        if not pd.api.types.is_numeric_dtype(frame[name]) and not pd.api.types.is_datetime64_any_dtype(frame[name]):
            safe.isetitem(place, list(frame[name].map(_harmless, na_action="ignore")))
    safe.columns = pd.Index([_harmless(str(name)) for name in frame.columns])
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _harmless(value: object) -> object:
    text = str(value) if not isinstance(value, (bool, int, float)) else value
    return f"'{text}" if isinstance(text, str) and text.startswith(_DANGEROUS) else value
