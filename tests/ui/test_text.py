"""Text from data stays text."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from analytics.ui.text import csv_bytes, md, plain, short

HOSTILE = ["<b>x</b>", "=1+1", "**a**", ":red[x]", "$a$", "[x](http://x.example)", "- a", "1. a", "# a", "a\nb", "`a`"]


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_it_letter_by_letter(text: str) -> None:
    html = MarkdownIt().render(md(text)).strip()
    assert html.startswith("<p>")
    assert html.removeprefix("<p>").removesuffix("</p>").count("<") == 0


def test_colour_emoji_and_formula_codes_are_broken() -> None:
    assert md(":red[x] $a$ :smile:") == r"\:red\[x\] \$a\$ \:smile\:"


def test_addresses_do_not_become_links() -> None:
    # Markdown looks for addresses after it has undone escapes, so something invisible has to part them.
    shown = md("http://a.example HTTPS://b.example www.c.example d@e.example 3 @ 4")
    assert shown.replace("\\", "").split() == [
        "http://\u2060a.example", "HTTPS://\u2060b.example", "www\u2060.c.example", "d@\u2060e.example", "3", "@", "4",
    ]  # fmt: skip


@given(st.text(max_size=60))
def test_plain_is_one_line_without_overrides(text: str) -> None:
    assert not set(plain(text)) & set("\n\r\t\u202e\u202d\u2066")


def test_short_says_that_it_cut() -> None:
    assert short("abcdef", 4) == "abc…"
    assert short("abcd", 4) == "abcd"


def read(data: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(data), encoding="utf-8-sig")


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_download_is_exactly_the_frame() -> None:
    frame = pd.DataFrame({"reason": ["שלום", "🎉", 'a "b", c'], "contacts": [1, -2, 3], "share": [0.5, -0.25, None]})
    pd.testing.assert_frame_equal(read(csv_bytes(frame)), frame, check_dtype=False)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_is_never_a_formula(start: str) -> None:
    rows = cells(csv_bytes(pd.DataFrame({f"{start}head": [f"{start}1+1"], "n": [-1.5]})))
    assert rows == [[f"'{start}head", "n"], [f"'{start}1+1", "-1.5"]]


def test_categories_and_missing_values_are_kept() -> None:
    frame = pd.DataFrame({"owner": pd.Categorical(["=a", "b", None])})
    assert read(csv_bytes(frame))["owner"].fillna("").tolist() == ["'=a", "b", ""]
