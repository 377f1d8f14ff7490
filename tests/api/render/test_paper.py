"""Probability paper: places of probabilities, ticks, both renderers."""

import io
import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from api.render.echarts import option
from api.render.figure import draw
from api.render.paper import PAPERS, height, probability, sheet
from api.render.words import words_for
from ops.page_chart import Axis, Chart, Layer

ENGLISH = words_for("en")


def paper(*layers: Layer, scale: str = "weibull") -> Chart:
    x = Axis(label="Time", unit="h", scale="log")
    return Chart(title="c", x=x, y=Axis(label="Failed", scale=scale), layers=layers)  # type: ignore[arg-type]  # one of PAPERS


LINE = Layer(mark="line", label="fit", role="fit", x=(100.0, 1000.0), y=(0.01, 0.9))
BAND = Layer(mark="band", label="", role="fit", x=(100.0, 1000.0), y=(0.0, 0.8), y2=(0.3, 1.0))


@given(st.floats(1e-9, 1 - 1e-9), st.sampled_from((*PAPERS, "log")))
def test_a_probability_comes_back_from_its_place(p: float, scale: str) -> None:
    assert probability(scale, height(scale, p)) == pytest.approx(p, rel=1e-6)


def test_ticks_are_percentages_in_the_readers_language() -> None:
    ticks = [text for _, text in sheet(paper(LINE), words_for("de")).y_ticks]
    assert {"1\N{NO-BREAK SPACE}%", "50\N{NO-BREAK SPACE}%"} <= set(ticks)
    assert ticks[0].startswith("1")


def test_ticks_keep_apart_and_lie_within_the_sheet() -> None:
    tails = Layer(mark="line", label="", x=(1.0, 1e7), y=(1e-9, 0.999999))
    for scale in PAPERS:
        laid = sheet(paper(tails, scale=scale), ENGLISH)
        places = [place for place, _ in laid.y_ticks]
        assert places == sorted(places)
        low, high = laid.y_range
        assert min(b - a for a, b in itertools.pairwise(places)) >= (high - low) / 15
        assert low <= places[0]
        assert places[-1] <= high


def test_bounds_may_leave_the_sheet_and_do_not_widen_it() -> None:
    assert sheet(paper(LINE, BAND), ENGLISH).y_range == sheet(paper(LINE), ENGLISH).y_range
    band = sheet(paper(LINE, BAND), ENGLISH).chart.layers[1]
    assert None not in band.y + band.y2


def test_what_has_no_place_on_paper_is_absent() -> None:
    odd = Layer(mark="points", label="p", x=(0.0, 10.0, 20.0), y=(0.1, 0.0, 1.0))
    laid = sheet(paper(LINE, odd), ENGLISH).chart.layers[1]
    assert laid.x[0] is None
    assert laid.y[1:] == (None, None)


def test_a_point_in_the_browser_carries_its_time_and_probability() -> None:
    made = option(paper(LINE, BAND), ENGLISH)
    x, y, time, share = made["series"][0]["data"][0]
    assert (x, time, share) == (2.0, 100.0, 0.01)
    assert y == height("weibull", 0.01)
    assert made["paper"] == {"unit": "h", "share": True}
    assert next(text for _, text in made["yAxis"]["ticks"]) == "1%"
    json.dumps(made, allow_nan=False)


def test_censoring_marks_have_a_symbol_of_their_own() -> None:
    marks = Layer(mark="points", label="m", x=(5.0,), y=(0.1,), symbol="arrow")
    assert option(paper(LINE, marks), ENGLISH)["series"][1]["symbol"].startswith("path://")
    stored = marks.model_dump_json()
    assert Layer.model_validate_json(stored) == marks
    assert "symbol" not in LINE.model_dump_json(), "the plain dot is not stored"


def test_an_empty_chart_and_a_single_point_can_be_drawn() -> None:
    one = Layer(mark="points", label="p", x=(5.0,), y=(0.1,))
    for chart in (paper(), paper(one)):
        json.dumps(option(chart, ENGLISH), allow_nan=False)
        assert draw(chart, ENGLISH).startswith(b"<?xml")


def test_log_log_charts_are_ruled_with_what_fits() -> None:
    hazard = Chart(
        title="c",
        x=Axis(label="Time", scale="log"),
        y=Axis(label="Hazard", scale="log"),
        layers=(Layer(mark="line", label="h", x=(7e3, 3e4), y=(5e-6, 1e-4)),),
    )
    made = option(hazard, ENGLISH)
    assert made["paper"]["share"] is False
    assert made["yAxis"]["max"] < -3.9


@pytest.mark.parametrize("scale", PAPERS)
def test_a_report_draws_paper_taller_than_other_charts(scale: str) -> None:
    picture = Image.open(io.BytesIO(draw(paper(LINE, BAND, scale=scale), ENGLISH, "png")))
    assert picture.height / picture.width > 0.6
