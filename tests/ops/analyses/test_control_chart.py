"""The report of control charts: designs, stages, marks, streams, size."""

from dataclasses import replace
from typing import Any, get_args

import numpy as np
import pytest

from ops.analyses.control_chart import CONTROL_CHART, ControlChartParams
from ops.analyses.control_chart_result import ControlChartResult
from ops.analyses.phase_one import PHASE_ONE, PhaseOneParams
from ops.analysis import silent
from ops.errors import NotEnoughData
from ops.page_chart import Chart
from ops.query import ProcessData
from ops.spc.design import ChartDesign, ChartKind, StreamLimits
from ops.values import FloatArray, Measurements, PlantEvent, PointMark, Series
from tests.ops.spc.charted import MINUTE_US, series_of

DESIGN = ChartDesign(limits=(StreamLimits(center=150.0, sigma=2.0, n=100),)).model_dump(mode="json")


def _computed(*series: Series, params: dict[str, Any], **data: Any) -> ControlChartResult:
    found = ProcessData(Measurements(series), **data)
    return CONTROL_CHART.compute(found, ControlChartParams(**params), silent)


def _normal(n: int, seed: int = 2) -> FloatArray:
    return np.random.default_rng(seed).normal(150.0, 2.0, n)


def test_an_approved_design_judges_by_its_frozen_limits() -> None:
    series = series_of(_normal(50) + 8.0)
    own = _computed(series, params={}).characteristics[0]
    frozen = _computed(series, params={"design": "main"}, designs={1: {"main": DESIGN}})
    one = frozen.characteristics[0]
    assert own.beyond <= 1
    assert one.beyond > 20
    assert one.source == "the design main"
    assert one.verdict.level == "bad"
    assert "the limits of the design main" in one.verdict.sentence
    assert (one.streams[0].lower, one.streams[0].upper) == (144.0, 156.0)


def test_a_design_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(NotEnoughData, match=r"no approved chart design 'other', only \['main'\]"):
        _computed(series_of(_normal(9)), params={"design": "other"}, designs={1: {"main": DESIGN}})


def test_a_stage_begins_with_an_event_of_its_tool_only() -> None:
    value = np.concatenate([_normal(40), _normal(40, 3) + 20.0])
    series = series_of(np.repeat(value, 2), tool=["A", "B"] * 80)
    change = PlantEvent(1, "PG1", "capillary-change", 80 * MINUTE_US, None, "A", "", "new")
    result = _computed(series, params={"stages": "event:capillary-change"}, events=(change,))
    one = result.characteristics[0]
    assert one.stages == 1
    by_level = {row.level: row for row in one.streams}
    assert by_level["A"].beyond <= 2
    assert by_level["B"].beyond + one.left_out > 5
    drawn = {chart.level: chart for chart in one.charts}
    assert drawn["A"].stages == (80 * MINUTE_US,)
    assert drawn["B"].stages == ()


def test_stages_by_a_factor_restart_the_patterns_of_a_frozen_design() -> None:
    series = series_of(np.full(12, 151.0), lot=["L1"] * 6 + ["L2"] * 6)
    params = {"design": "main", "stages": "factor:lot"}
    staged = _computed(series, params=params, designs={1: {"main": DESIGN}}).characteristics[0]
    plain = _computed(series, params={"design": "main"}, designs={1: {"main": DESIGN}})
    assert staged.flagged == ()
    assert len(plain.characteristics[0].flagged) == 4
    assert plain.characteristics[0].flagged[0].rules == ("2",)


def test_too_many_stages_and_unknown_factors_are_refused() -> None:
    series = series_of(_normal(200), lot=[f"L{i:03d}" for i in range(200)])
    with pytest.raises(NotEnoughData, match="at most 60"):
        _computed(series, params={"stages": "factor:lot"})
    with pytest.raises(NotEnoughData, match="no such factor"):
        _computed(series, params={"stages": "factor:shift"})


def test_marks_are_drawn_and_listed() -> None:
    series = series_of(_normal(50))
    mark = PointMark(1, int(series.ts[7]), 7, "annotate", "", "", "checked", "ada", 0)
    one = _computed(series, params={}, marks=(mark,)).characteristics[0]
    assert one.marks[0].note == "checked"
    (chart,) = one.charts
    assert [chart.ts[i] for i in chart.marked] == [mark.ts]


def test_each_stream_has_its_own_chart_and_the_worst_comes_first() -> None:
    value = _normal(90)
    value[1::3] = np.round(value[1::3])
    value[31::30] += 30.0
    series = series_of(value, tool=["A", "B", "C"] * 30)
    one = _computed(series, params={}).characteristics[0]
    assert one.charts[0].level == "B"
    assert {chart.level for chart in one.charts} == {"A", "B", "C"}
    assert all(chart.sides[0].name == "moving range" for chart in one.charts)


@pytest.mark.parametrize("kind", ["individuals", "three-way"])
def test_a_hundred_characteristics_fit_in_a_result(kind: str) -> None:
    plain = series_of(np.random.default_rng(1).standard_t(2, 400), tool=["WB-01", "WB-02"] * 200)
    many = [
        replace(plain, characteristic=replace(plain.characteristic, id=i, code=f"C-{i:03d}"))
        for i in range(100)
    ]
    subgroup = "individuals" if kind == "individuals" else "count:2"
    result = _computed(*many, params={"kind": kind, "subgroup": subgroup})
    assert len(result.model_dump_json()) < 256 * 1024
    page = CONTROL_CHART.view(result)
    charts = [b for section in page.sections for b in section.blocks if isinstance(b, Chart)]
    assert charts
    single = _computed(plain, params={"kind": kind, "subgroup": subgroup})
    assert len(single.model_dump_json()) < 256 * 1024


def test_a_characteristic_without_limits_is_left_out_with_the_reason() -> None:
    flat = series_of(np.full(30, 5.0))
    fine = series_of(_normal(30))
    fine = replace(fine, characteristic=replace(fine.characteristic, id=2, code="PULL"))
    result = _computed(flat, fine, params={"characteristics": ("PULL", "LOOP-H", "NONE")})
    assert [one.code for one in result.characteristics] == ["PULL"]
    assert {left.code: left.reason.split(" ")[0] for left in result.not_charted} == {
        "LOOP-H": "no", "NONE": "no",
    }  # fmt: skip
    assert "no variation" in result.not_charted[0].reason


@pytest.mark.parametrize("kind", get_args(ChartKind))
def test_every_kind_is_charted_and_its_limits_judge_alike(kind: str) -> None:
    rng = np.random.default_rng(4)
    counts = kind in ("p", "np", "c", "u", "laney-p", "laney-u", "g")
    value = rng.poisson(6.0, 120).astype(float) if counts else rng.gamma(9.0, 2.0, 120)
    series = series_of(value, n=[60.0] * 120, part=["P", "Q"] * 60, tool=["A"] * 60 + ["B"] * 60)
    params: dict[str, Any] = {"kind": kind, "part": "part" if kind.startswith("short") else ""}
    params["subgroup"] = "count:3" if kind in ("xbar-r", "xbar-s", "three-way") else "individuals"
    own = _computed(series, params=params)
    page = CONTROL_CHART.view(own)
    assert ControlChartResult.model_validate_json(own.model_dump_json()) == own
    assert any(isinstance(block, Chart) for part in page.sections for block in part.blocks)
    phase = PHASE_ONE.compute(
        ProcessData(Measurements((series,))), PhaseOneParams.model_validate(params), silent
    )
    approved = _computed(series, params={"design": "main"}, designs={1: {"main": phase.design}})
    assert approved.characteristics[0].flagged == own.characteristics[0].flagged
    assert PHASE_ONE.view(phase).verdicts
