"""Chart values as ECharts options."""

import json

from api.render.echarts import option
from api.render.words import words_for
from ops.page import Axis, Chart, Layer

WORDS = words_for("en")


def _chart(*layers: Layer, x: Axis | None = None) -> Chart:
    return Chart(title="c", x=x or Axis(label="x"), y=Axis(label="y", unit="um"), layers=layers)


def test_a_line_keeps_its_points_in_order() -> None:
    made = option(_chart(Layer(mark="line", label="a", x=(1.0, 2.0), y=(3.0, None))), WORDS)
    assert made["series"][0]["data"] == [[1.0, 3.0], [2.0, None]]
    assert made["yAxis"]["name"] == "y (um)"
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
