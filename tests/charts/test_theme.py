"""The one look: what every figure gets, what stays, and that words are readable."""

import json

import plotly.graph_objects as go
import pytest
from plotly.io import to_json

from analytics.charts.drawn import Drawn
from analytics.charts.names import labels
from analytics.charts.theme import (
    INK,
    PAPER,
    PILLARS,
    apply,
    assumed_pattern,
    ink_on,
    label,
    published_line,
    word_colour,
)


def test_names_that_would_read_alike_lose_their_middle_and_equal_ones_stay_equal() -> None:
    names = ["Category 42 · Subcategory 223", "Category 42 · Subcategory 9", "Category 42 · Subcategory 223", "short"]
    assert labels(names, 20) == ["Category 4…egory 223", "Category 4…ategory 9", "Category 4…egory 223", "short"]
    assert labels(["a" * 30, "b" * 30], 20) == ["a" * 19 + "…", "b" * 19 + "…"]
    alike = ["x" * 40, "x" * 41, "<b>" * 9]
    assert labels(alike, 20) == ["x" * 10 + "…" + "x" * 9, "x" * 10 + "…" + "x" * 9 + " (2)",
                                 "&lt;b&gt;&lt;b&gt;&lt;b&gt;&lt;…&lt;b&gt;&lt;b&gt;&lt;b&gt;"]  # fmt: skip


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("mark", sorted(set(PILLARS.values())))
def test_words_in_pillar_colours_are_readable(mark: str, dark: bool) -> None:
    assert contrast(word_colour(mark, dark), PAPER[dark]) >= 4.5
    assert contrast(INK[dark], PAPER[dark]) >= 7


@pytest.mark.parametrize("mark", sorted(set(PILLARS.values())))
def test_values_inside_a_bar_are_readable(mark: str) -> None:
    assert contrast(ink_on(mark), mark) >= 4.5


def test_the_look_keeps_what_the_figure_says() -> None:
    fig = go.Figure(go.Bar(x=[1, 2], y=["a", "b"], orientation="h"))
    fig.update_xaxes(title_text="contacts", range=[0, 3])
    drawn = apply(fig, False, height=200).to_dict()
    assert drawn["data"][0]["y"] == ("a", "b") or list(drawn["data"][0]["y"]) == ["a", "b"]
    axis = drawn["layout"]["xaxis"]
    assert (axis["title"]["text"], list(axis["range"])) == ("contacts", [0, 3])
    assert (drawn["layout"]["height"], drawn["layout"]["showlegend"]) == (200, False)


def test_the_look_is_valid_for_plotly() -> None:
    go.Figure(apply(go.Figure(go.Scatter(x=[1], y=[2])), True).to_dict())


def test_only_what_is_used_of_a_template_is_sent() -> None:
    template = {"data": {kind: [{"type": kind}] for kind in ("bar", "heatmap")}, "layout": {"colorway": ["#111111"]}}
    drawn = apply(go.Figure(go.Bar(x=[1], y=[2]), {"template": template}), dark=False).to_dict()["layout"]["template"]
    assert set(drawn["data"]) == {"bar"}
    assert tuple(drawn["layout"]["colorway"]) == ("#111111",)


def test_a_figure_of_plain_values_is_sent_as_it_is() -> None:
    values = {"data": [{"type": "bar", "x": [1.0], "y": [2]}], "layout": {"height": 90}}
    assert json.loads(to_json(Drawn(values), validate=False)) == values


def test_the_figure_given_is_not_changed() -> None:
    fig = go.Figure(go.Bar(x=[1], y=[1]))
    before = fig.to_dict()
    apply(fig, True)
    assert fig.to_dict() == before


def test_text_from_data_is_shown_letter_by_letter() -> None:
    assert label("<b>x</b> & y") == "&lt;b&gt;x&lt;/b&gt; &amp; y"
    assert label("a" * 50, 10) == "a" * 9 + "…"


def test_assumed_is_hatched_and_published_is_dashed() -> None:
    assert assumed_pattern("#0072B2")["pattern"]["shape"] == "/"
    fig = published_line(go.Figure(), 15, "Repeating adds effort", False)
    assert fig.layout.shapes[0].line.dash == "dash"
    assert "published claim" in fig.layout.annotations[0].text
