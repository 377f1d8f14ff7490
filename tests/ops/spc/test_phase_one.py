"""Phase I: what is left out and why; streams; estimators; the published effect of a short one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.errors import NotEnoughData
from ops.spc.design import ChartDesign, ChartSettings
from ops.spc.phase_effect import phase_effect
from ops.spc.phase_one import estimate
from tests.ops.spc.charted import judged, series_of, trial
from tests.reference import case


def _normal(n: int, seed: int = 0) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.random.default_rng(seed).normal(100.0, 2.0, n)


def test_a_point_beyond_is_left_out_with_its_key_and_the_reason() -> None:
    value = _normal(60, 2)
    value[20] = 130.0
    series = series_of(value)
    kept, out = trial(series), trial(series, iterate=True)
    assert out.limits[0].sigma < kept.limits[0].sigma
    assert out.limits[0].n == 59
    assert out.phase_one is not None
    (one,) = out.phase_one.excluded
    assert (one.ts, one.seq, one.value) == (int(series.ts[20]), 20, 130.0)
    assert one.reason.startswith("beyond 3 sigma: 130 is not within")
    assert out.phase_one.points == 60
    without = np.delete(value, 20)
    ranges = np.abs(np.diff(without))
    ranges = np.delete(ranges, 19)  # none reaches across the gap
    assert out.limits[0].sigma == pytest.approx(ranges.mean() / 1.128379, rel=1e-6)


def test_the_share_left_out_is_capped_and_the_farthest_go_first() -> None:
    value = _normal(100)
    value[10:40:2] += 40.0
    design = estimate(series_of(value), ChartSettings(), estimator="median-moving-range", most=0.05)
    assert design.phase_one is not None
    assert len(design.phase_one.excluded) <= 5
    assert all(one.value > 120 for one in design.phase_one.excluded)


def test_what_was_excluded_before_never_enters() -> None:
    value = _normal(50)
    value[[5, 6]] = 1e6
    excluded = np.isin(np.arange(50), [5, 6])
    design = estimate(series_of(value), ChartSettings(), excluded=excluded, iterate=False)
    assert design.limits[0].center == pytest.approx(value[~excluded].mean())
    assert design.phase_one is not None
    assert {one.reason for one in design.phase_one.excluded} == {"marked to be left out"}


def test_each_stream_has_its_own_limits_and_one_without_variation_has_none() -> None:
    value = np.concatenate([_normal(30), _normal(30, 1) + 50, np.full(5, 7.0)])
    series = series_of(value, tool=["A"] * 30 + ["B"] * 30 + ["C"] * 5)
    design = trial(series)
    assert [limits.level for limits in design.limits] == ["A", "B"]
    assert design.limits[1].center - design.limits[0].center == pytest.approx(50, abs=2)


@pytest.mark.parametrize(
    "estimator", ["moving-range", "median-moving-range", "pooled", "rbar", "sbar", "overall"]
)
def test_every_estimator_finds_sigma(estimator: str) -> None:
    series = series_of(_normal(4000, 3))
    settings = ChartSettings(kind="xbar-s", subgroup="count:4")
    design = estimate(series, settings, estimator=estimator, iterate=False)  # type: ignore[arg-type]
    assert design.limits[0].sigma == pytest.approx(2.0, rel=0.06)
    assert design.phase_one is not None
    assert design.phase_one.estimator


def test_limits_do_not_depend_on_the_order_of_streams() -> None:
    value = _normal(40)
    one = trial(series_of(value, tool=["A", "B"] * 20))
    two = trial(series_of(value, tool=["B", "A"] * 20))
    assert [x.center for x in one.limits] == [x.center for x in two.limits][::-1]


@given(
    value=st.lists(st.floats(-50, 50).map(lambda v: round(v, 2)), min_size=2, max_size=40),
    kind=st.sampled_from(["individuals", "xbar-r", "three-way", "ewma", "cusum"]),
)
def test_a_design_survives_json_and_judges_its_own_window(value: list[float], kind: str) -> None:
    series = series_of(value)
    try:
        design = trial(series, iterate=True, kind=kind,
                       subgroup="individuals" if kind == "individuals" else "count:2")  # fmt: skip
    except NotEnoughData:
        return
    assert ChartDesign.model_validate_json(design.model_dump_json()) == design
    assert judged(series, design).judged.any()


@pytest.mark.parametrize("value", [[], [1.0], [5.0] * 30])
def test_too_few_or_equal_values_set_no_limits(value: list[float]) -> None:
    with pytest.raises(NotEnoughData):
        trial(series_of(value))


def test_individuals_have_no_variation_within_subgroups() -> None:
    with pytest.raises(NotEnoughData, match="use individuals"):
        trial(series_of(_normal(20)), kind="xbar-r", subgroup="individuals")


def test_the_effect_of_a_short_phase_one_is_the_published_one() -> None:
    reference = case("control_charts", "short_phase_one_individuals")
    expected, rel = reference["expected"], reference["tolerance"]["rel"]
    design = trial(series_of(_normal(25)))
    df = design.limits[0].df
    assert df is not None
    found = phase_effect(25, df)
    assert found.median_known == pytest.approx(expected["median_run_length_known"], abs=0.5)
    assert found.median == pytest.approx(expected["median_run_length"], rel=rel)
    assert found.arl_lower == pytest.approx(expected["arl0_lower_of_80_percent"], rel=rel)
    assert found.arl_upper == pytest.approx(expected["arl0_upper_of_80_percent"], rel=rel)


@pytest.mark.parametrize("points", [25, 100])
def test_the_effect_is_that_of_simulated_baselines(points: int) -> None:
    x = np.random.default_rng(4).normal(size=(60_000, points))
    mean, sigma = x.mean(axis=1), np.abs(np.diff(x, axis=1)).mean(axis=1) / 1.1283791671
    from scipy.stats import norm  # noqa: PLC0415  (the oracle)

    arl = 1.0 / (norm.sf(3 * sigma - mean) + norm.sf(3 * sigma + mean))
    df = trial(series_of(_normal(points))).limits[0].df
    assert df is not None
    found = phase_effect(points, df)
    expected = np.quantile(arl, [0.1, 0.5, 0.9])
    assert (found.arl_lower, found.arl_median, found.arl_upper) == pytest.approx(expected, rel=0.04)
    longer = np.mean(np.exp(found.median * np.log1p(-1.0 / arl)))
    assert longer == pytest.approx(0.5, abs=0.005)


def test_a_long_phase_one_comes_to_the_known_run_length() -> None:
    found = phase_effect(100_000, 60_000.0)
    assert found.arl_median == pytest.approx(found.arl_known, rel=0.01)
    with pytest.raises(NotEnoughData):
        phase_effect(1, 1.0)
