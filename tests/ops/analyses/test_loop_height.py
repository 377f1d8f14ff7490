"""The loop height chart names the guilty capillary and bonder, and says what chance gives."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from ops.analyses.loop_height import LOOP_HEIGHT, LoopHeightParams, compute, needs
from ops.analyses.loop_height_page import view
from ops.analyses.loop_height_result import LoopHeightResult
from ops.analyses.loop_height_sample import sample_heights
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.page_chart import Chart
from ops.query import ProcessData
from ops.spc.design import ChartDesign, StreamLimits
from ops.values import Factor, Measurements

PARAMS = LOOP_HEIGHT.example.params


@cache
def charted() -> LoopHeightResult:
    """The chart of the sample: many tests look at it, none changes it."""
    return compute(sample_heights(), PARAMS, silent)


def without_capillary(data: ProcessData) -> ProcessData:
    series = data.measurements.series[0]
    factors = {name: of for name, of in series.factors.items() if name != "capillary"}
    return replace(data, measurements=Measurements((replace(series, factors=factors),)))


def test_the_capillary_that_moved_is_named_with_its_shift() -> None:
    found = charted()
    worst = found.strata[0]
    assert (worst.tool, worst.capillary) == ("WB-02", "C-0006")
    assert worst.lower is not None
    assert worst.upper is not None
    assert worst.lower < 6.0 < worst.upper
    assert found.verdict.subject is not None
    assert found.verdict.subject.factors == {"tool": "WB-02", "capillary": "C-0006"}
    assert found.verdict.level == "bad"
    assert worst.violations == worst.judged == 30


def test_the_bonder_that_stands_high_shifts_and_does_not_break_rules() -> None:
    found = charted()
    third = next(s for s in found.strata if s.tool == "WB-03" and not s.capillary)
    assert third.lower is not None
    assert third.lower > 0
    assert third.chance is not None
    assert third.chance > 0.01


def test_a_quiet_process_blames_nobody() -> None:
    data = sample_heights()
    series = data.measurements.series[0]
    rng = np.random.default_rng(8)
    value = np.repeat(rng.normal(150.0, 1.5, series.ts.size // 4), 4)
    quiet = replace(series, value=value + rng.normal(0.0, 1.0, value.size))
    found = compute(replace(data, measurements=Measurements((quiet,))), PARAMS, silent)
    assert found.verdict.level == "good"


def test_capillaries_come_from_the_changes_where_rows_name_none() -> None:
    found = compute(without_capillary(sample_heights()), PARAMS, silent)
    names = {s.capillary for s in found.strata if s.tool == "WB-02"}
    assert names == {"", "WB-02 #1", "WB-02 #2", "WB-02 #3"}
    assert (found.strata[0].tool, found.strata[0].capillary) == ("WB-02", "WB-02 #3")


def test_touch_downs_since_change_stand_beside_violations() -> None:
    found = charted()
    drawn = next(chart for chart in found.charts if chart.tool == "WB-02")
    last = drawn.points[-1]
    # 29 h and a minute after the change, at 870,000 in 30 h
    assert last.touch_downs == pytest.approx(870_000 / 30 * (29 + 2 / 60), rel=1e-4)
    assert [event.kind for event in drawn.events] == ["capillary-change"] * 2


def test_types_of_loop_have_charts_of_their_own() -> None:
    data = sample_heights()
    series = data.measurements.series[0]
    wire = Factor((series.factors["tool"].codes == 2).astype(np.int64), ("AU25", "CU20"))
    two = replace(series, factors={**series.factors, "wire": wire})
    found = compute(replace(data, measurements=Measurements((two,))), PARAMS, silent)
    assert [(t.type, t.tools) for t in found.types] == [("AU25", 2), ("CU20", 1)]
    alone = next(s for s in found.strata if s.type == "CU20" and not s.capillary)
    assert alone.shift is None  # there is no other bonder of its type


def test_an_approved_design_is_used_by_name() -> None:
    data = sample_heights()
    limits = StreamLimits(center=150.0, sigma=2.0, n=100, within=2.5)
    design = ChartDesign(kind="three-way", subgroup="unit", limits=(limits,))
    named = replace(data, designs={1: {"line": design.model_dump(mode="json")}})
    params = PARAMS.model_copy(update={"design": "line"})
    assert needs(params).designs
    found = compute(named, params, silent)
    assert all(s.center == 150.0 for s in found.strata)
    with pytest.raises(BadData, match="no approved chart design 'line'"):
        compute(data, params, silent)


def test_rise_and_descent_are_charted_when_given() -> None:
    data = sample_heights()
    apex = data.measurements.series[0]
    about = replace(apex.characteristic, id=2, code="RISE-H")
    rise = replace(apex, characteristic=about, value=0.4 * apex.value)
    both = replace(data, measurements=Measurements((apex, rise)))
    params = LoopHeightParams(apex="LOOP-H", rise="RISE-H")
    found = compute(both, params, silent)
    assert {t.part for t in found.types} == {"apex", "rise"}
    assert found.characteristics == {"apex": "LOOP-H", "rise": "RISE-H"}
    with pytest.raises(NotEnoughData, match="RISE-H"):
        compute(data, params, silent)


def test_charts_of_means_draw_no_spec_limits() -> None:
    page = view(charted())
    charts = [b for section in page.sections for b in section.blocks if isinstance(b, Chart)]
    assert charts
    assert not [layer for chart in charts for layer in chart.layers if layer.role == "spec"]


def test_too_few_units_are_told() -> None:
    with pytest.raises(NotEnoughData, match="10 units"):
        compute(sample_heights(3), PARAMS, silent)
