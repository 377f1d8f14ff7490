"""The analysis of phase I: design, marks, effect, correlation, and what it refuses."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from ops.analyses.phase_one import PHASE_ONE, PhaseOneParams
from ops.analyses.phase_one_result import PhaseOneResult
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.page_chart import Chart
from ops.query import ProcessData
from ops.spc.design import ChartDesign
from ops.values import FloatArray, Measurements, PointMark, Series, SpecLimits
from tests.ops.spc.charted import judged, series_of


def _computed(*series: Series, marks: tuple[PointMark, ...] = (), **params: Any) -> PhaseOneResult:
    data = ProcessData(Measurements(series), marks=marks)
    return PHASE_ONE.compute(data, PhaseOneParams(**params), silent)


def _normal(n: int, seed: int = 2) -> FloatArray:
    return np.random.default_rng(seed).normal(150.0, 2.0, n)


def _mark(series: Series, row: int, kind: Any, at: int = 0) -> PointMark:
    return PointMark(1, int(series.ts[row]), row, kind, "NOISE", "", "gauge bumped", "ada", at)


def test_the_design_of_the_result_judges_new_points() -> None:
    result = _computed(series_of(_normal(100)), kind="individuals")
    design = ChartDesign.model_validate(result.design)
    later = series_of(np.append(_normal(20, 5), 175.0))
    assert judged(later, design).flags[-1] & 1
    assert result.verdict.level in ("good", "warn")
    assert result.streams[0].judged == 100


def test_marks_of_exclusion_are_honoured_until_they_are_taken_back() -> None:
    value = _normal(60)
    value[[10, 11]] = 400.0
    series = series_of(value)
    out = tuple(_mark(series, row, "exclude") for row in (10, 11))
    result = _computed(series, marks=out, iterate=False)
    assert result.design["limits"][0]["center"] == pytest.approx(np.delete(value, [10, 11]).mean())
    assert [one["reason"] for one in result.design["phase_one"]["excluded"]] == [
        "marked to be left out"
    ] * 2
    assert result.beyond == 0
    assert {row.kind for row in result.marks} == {"left out of limits"}
    back = (*out, _mark(series, 10, "include", at=1), _mark(series, 11, "include", at=1))
    assert _computed(series, marks=back, iterate=False).design["limits"][0]["n"] == 60


def test_a_short_window_is_told_with_its_numbers() -> None:
    result = _computed(series_of(_normal(25)))
    assert result.short is not None
    assert result.short.median == pytest.approx(187, rel=0.1)
    assert "with only 25 points" in result.verdict.sentence
    assert result.verdict.level == "warn"
    assert "with only" not in _computed(series_of(_normal(2000))).verdict.sentence


def test_correlated_points_are_told() -> None:
    rng, value = np.random.default_rng(1), np.zeros(600)
    for i in range(1, 600):
        value[i] = 0.7 * value[i - 1] + rng.normal()
    result = _computed(series_of(value), estimator="overall")
    assert result.autocorrelation is not None
    assert result.autocorrelation.lower < 0.7 < result.autocorrelation.upper + 0.1
    assert "take the overall sigma" in result.verdict.sentence
    assert _computed(series_of(_normal(600))).autocorrelation is not None


def test_an_unstable_window_is_bad_with_the_count_and_chance() -> None:
    value = _normal(200)
    value[100:] += 15.0
    result = _computed(series_of(value))
    assert result.verdict.level == "bad"
    assert "is not stable" in result.verdict.sentence


def test_no_chart_shows_a_specification_limit() -> None:
    series = replace(series_of(_normal(60)), spec=SpecLimits(140.0, 160.0))
    page = PHASE_ONE.view(_computed(series, kind="xbar-s", subgroup="count:4"))
    charts = [b for section in page.sections for b in section.blocks if isinstance(b, Chart)]
    assert len(charts) == 2
    assert {layer.role for chart in charts for layer in chart.layers} <= {
        "data", "limit", "center", "signal", "event",
    }  # fmt: skip


def test_two_characteristics_and_none_are_refused() -> None:
    one = series_of(_normal(9))
    two = replace(one, characteristic=replace(one.characteristic, id=2, code="PULL"))
    with pytest.raises(BadData, match="1 characteristic, got 2"):
        _computed(one, two)
    with pytest.raises(NotEnoughData, match="widen the window"):
        _computed()


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"kind": "xbar-r"}, "needs a subgroup such as column"),
        ({"kind": "short-run-nominal"}, "needs part"),
        ({"kind": "g", "subgroup": "unit"}, "plots single values"),
        ({"rules": "house"}, "take one of"),
        ({"estimator": "rbar"}, "needs subgroups"),
        ({"headstart": 9.0}, "not below h"),
        ({"subgroup": "weekly"}, "pattern"),
    ],
)
def test_parameters_that_do_not_go_together_are_named(params: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        PhaseOneParams(**params)
