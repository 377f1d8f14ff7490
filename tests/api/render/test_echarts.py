"""Chart values as ECharts options."""

import json
from typing import Literal

import pytest

from api.render.echarts import option
from api.render.words import words_for
from ops.page_chart import Axis, Chart, Layer

WORDS = words_for("en")


def _chart(*layers: Layer, x: Axis | None = None) -> Chart:
    return Chart(title="c", x=x or Axis(label="x"), y=Axis(label="y", unit="um"), layers=layers)


def test_a_line_keeps_its_points_in_order() -> None:
    made = option(_chart(Layer(mark="line", label="a", x=(1.0, 2.0), y=(3.0, None))), WORDS)
    assert made["series"][0]["data"] == [[1.0, 3.0], [2.0, None]]
    assert made["yAxis"]["name"] == "y (µm)"
    json.dumps(made, allow_nan=False)


def test_time_is_drawn_in_milliseconds() -> None:
    timed = _chart(
        Layer(mark="points", label="a", x=(1_000_000.0,), y=(1.0,)), x=Axis(label="t", scale="time")
    )
    assert option(timed, WORDS)["series"][0]["data"] == [[1000.0, 1.0]]


def test_a_rule_crosses_the_chart_where_it_stands() -> None:
    rules = option(_chart(Layer(mark="rule", label="USL", role="spec", x=(5.0,), y=(2.0,))), WORDS)
    assert rules["series"][0]["markLine"]["data"] == [{"yAxis": 2.0}, {"xAxis": 5.0}]
    assert rules["legend"]["data"] == [], "a rule is labelled where it stands"


def test_a_band_is_its_foot_and_its_height() -> None:
    band = option(
        _chart(Layer(mark="band", label="b", x=(1.0, 2.0), y=(1.0, None), y2=(4.0, 2.0))), WORDS
    )
    foot, height = band["series"]
    assert foot["stack"] == height["stack"]
    assert height["data"] == [[1.0, 3.0], [2.0, None]]


def test_several_lines_of_data_are_told_apart() -> None:
    layers = tuple(Layer(mark="line", label=name, x=(0, 1), y=(0, 1)) for name in "abc")
    made = option(_chart(*layers), WORDS)["series"]
    assert [s["role"] for s in made] == ["data", "data-2", "data-3"]
    assert "lineStyle" not in made[0]
    assert made[1]["lineStyle"] != made[2]["lineStyle"]


@pytest.mark.parametrize("mark", ["band", "spans"])
def test_what_begins_below_zero_stands_on_its_foot(mark: Literal["band", "spans"]) -> None:
    drawn = option(_chart(Layer(mark=mark, label="b", x=(1.0,), y=(-2.0,), y2=(1.0,))), WORDS)
    assert [part["data"] for part in drawn["series"]] == [[[1.0, -2.0]], [[1.0, 3.0]]]
    assert {part["stackStrategy"] for part in drawn["series"]} == {"all"}


def test_bars_of_several_layers_stand_above_their_names() -> None:
    names, x = ("was", "a", "b"), Axis(label="x", scale="category")
    whole = Layer(mark="spans", label="w", x=names, y=(0, None, None), y2=(9, None, None))
    step = Layer(mark="spans", label="s", x=names, y=(None, 9, 7), y2=(None, 7, 5))
    made = option(_chart(whole, step).model_copy(update={"x": x}), WORDS)
    assert {part["barGap"] for part in made["series"]} == {"-100%"}
    assert made["xAxis"]["data"] == ["was", "a", "b"]
    assert [part["name"] for part in made["series"]] == ["", "w", "", "s"]  # spans, not their feet
    beside = option(_chart(step, step).model_copy(update={"x": x}), WORDS)
    assert not any("barGap" in part for part in beside["series"])


def test_axes_reach_a_limit_beside_the_data_but_none_far_away() -> None:
    data = Layer(mark="points", label="d", x=(5.0, 6.0), y=(0.0, 1.0))
    limits = Layer(mark="rule", label="limit", role="limit", y=(2.5, 90.0))
    made = option(_chart(data, limits), WORDS)["series"][1]
    assert made["data"] == [[5.0, 2.5]]
    assert made["markLine"]["data"] == [{"yAxis": 2.5}, {"yAxis": 90.0}]
    upright = Layer(mark="rule", label="spec", role="spec", x=(7.0,))
    assert option(_chart(data, upright), WORDS)["series"][1]["data"] == [[7.0, 0.0]]
    assert option(_chart(limits), WORDS)["series"][0]["data"] == []
