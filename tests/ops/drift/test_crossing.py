"""When limits are crossed: one-sided and absent limits, crossed already, never, and their order."""

import json
from dataclasses import asdict
from itertools import pairwise
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.drift.crossing import crossing_forecast
from ops.drift.limit_crossing import BEFORE, Target, first_beyond
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray, SpecLimits


def series(slope: float, *, seed: int = 1, sigma: float = 1.0) -> tuple[FloatArray, FloatArray]:
    rng = np.random.default_rng(seed)
    t = np.sort(rng.uniform(0.0, 40.0, 800))
    return t, slope * (t - 40.0) + rng.normal(0.0, sigma, t.size)


def chance() -> np.random.Generator:
    return np.random.default_rng(7)


def test_a_rising_line_meets_its_limits_when_arithmetic_says() -> None:
    t, y = series(0.2)
    found = crossing_forecast(t, y, SpecLimits(-20.0, 10.0), horizon_days=365.0, rng=chance())
    before: dict[Target, float] = {"mean": 0.0, "p99": 2.3263, "cpk-1.33": 4.0, "cpk-1.00": 3.0}
    for target, sigmas in before.items():
        crossing = found.of(target)
        assert crossing is not None
        due = (10.0 - sigmas) / 0.2
        assert crossing.median == pytest.approx(due, rel=0.15)
        assert crossing.lower80 is not None
        assert crossing.lower80 < due
        assert crossing.upper80 is None or due < crossing.upper80
    assert found.drifting > 0.99
    down = found.of("mean", "lower")
    assert down is not None
    assert down.probability < 0.05


def test_a_quiet_process_is_not_said_to_cross() -> None:
    t, y = series(0.0)
    found = crossing_forecast(t, y, SpecLimits(-9.0, 9.0), horizon_days=30.0, rng=chance())
    crossing = found.of("mean")
    assert crossing is not None
    assert crossing.median is crossing.upper80 is crossing.upper95 is None
    assert crossing.probability < 0.1
    assert found.slope_lower < 0 < found.slope_upper
    assert not crossing.is_crossed


def test_what_is_crossed_already_is_crossed_in_no_days() -> None:
    t, y = series(0.2)
    found = crossing_forecast(t, y, SpecLimits(-20.0, -2.0), horizon_days=30.0, rng=chance())
    for target in set(BEFORE) - {"p1"}:
        crossing = found.of(target)
        assert crossing is not None
        assert crossing.is_crossed
        assert crossing.median == crossing.upper95 == 0.0
        assert set(crossing.by) == {1.0}


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (SpecLimits(), set()),
        (SpecLimits(upper=5.0), {"mean/upper", "p99/upper", "cpk-1.33/either", "cpk-1.00/either"}),
        (SpecLimits(lower=-5.0), {"mean/lower", "p1/lower", "cpk-1.33/either", "cpk-1.00/either"}),
    ],
)
def test_only_limits_that_exist_are_crossed(spec: SpecLimits, expected: set[str]) -> None:
    t, y = series(0.1)
    found = crossing_forecast(t, y, spec, horizon_days=60.0, rng=chance())
    assert {f"{c.target}/{c.side}" for c in found.crossings} == expected
    assert found.of("mean", "either") is None
    json.dumps(asdict(found), allow_nan=False)


@given(slope=st.floats(-0.5, 0.5), upper=st.floats(-2.0, 30.0), seed=st.integers(0, 9))
@settings(max_examples=15)
def test_intervals_are_nested_and_targets_in_order(slope: float, upper: float, seed: int) -> None:
    t, y = series(slope, seed=seed)
    spec = SpecLimits(-40.0, upper)
    found = crossing_forecast(t, y, spec, horizon_days=60.0, rng=chance(), draws=300)
    for c in found.crossings:
        days = [inf if d is None else d for d in (c.lower95, c.lower80, c.median, c.upper80)]
        assert all(a <= b for a, b in pairwise(days))
        assert all(a <= b for a, b in pairwise(c.by))
        assert c.by[0] == pytest.approx(c.now)
        assert c.by[-1] == pytest.approx(c.probability)
    by = [np.array(c.by) for c in map(found.of, ("cpk-1.33", "cpk-1.00", "mean")) if c]
    assert all(np.all(a >= b) for a, b in pairwise(by))
    assert np.all(np.array(found.mean.lower95) <= np.array(found.mean.upper80))
    assert np.all(np.array(found.values.upper95) >= np.array(found.mean.upper80))


def test_sides_are_mirrored() -> None:
    t, y = series(0.15)
    up = crossing_forecast(t, y, SpecLimits(upper=6.0), horizon_days=90.0, rng=chance())
    down = crossing_forecast(t, -y, SpecLimits(lower=-6.0), horizon_days=90.0, rng=chance())
    one, two = up.of("p99"), down.of("p1")
    assert one is not None
    assert two is not None
    assert one.median == pytest.approx(two.median, rel=0.15)


def test_spread_widens_the_fan_about_its_median() -> None:
    t, y = series(0.1)
    one, two = (
        crossing_forecast(t, y, SpecLimits(), horizon_days=60.0, rng=chance(), spread=s)
        for s in (1.0, 2.0)
    )
    assert two.mean.median == pytest.approx(one.mean.median)
    wide, narrow = (f.mean.upper80[-1] - f.mean.median[-1] for f in (two, one))
    assert wide == pytest.approx(2 * narrow)


def test_equal_chance_gives_equal_forecasts_and_data_stay_as_they_are() -> None:
    t, y = series(0.1)
    before = t.copy(), y.copy()
    spec = SpecLimits(-9.0, 9.0)
    one, two = (crossing_forecast(t, y, spec, horizon_days=60.0, rng=chance()) for _ in range(2))
    assert one == two
    assert np.array_equal(t, before[0])
    assert np.array_equal(y, before[1])


def test_first_beyond_reads_between_the_days() -> None:
    paths = np.array([[0.0, 1.0, 3.0], [0.0, 0.0, 0.0], [5.0, 0.0, 0.0]])
    found = first_beyond(paths, np.array([0.0, 1.0, 2.0]), np.full(3, 2.0))
    assert found.tolist() == [1.5, inf, 0.0]


@pytest.mark.parametrize(
    ("t", "y", "horizon", "error", "says"),
    [
        ([0.0, 1.0], [1.0, nan], 9.0, BadData, r"y\[1\] is nan"),
        ([0.0, inf], [1.0, 2.0], 9.0, BadData, r"t\[1\] is inf"),
        ([1.0, 0.0], [1.0, 2.0], 9.0, BadData, r"t\[1\] is before"),
        ([0.0, 1.0], [1.0], 9.0, BadData, "one length"),
        ([0.0, 1.0], [1.0, 2.0], 0.0, BadData, "horizon_days"),
        ([0.0, 1.0], [1.0, 2.0], 9.0, NotEnoughData, "8 distinct times, got 2"),
        ([], [], 9.0, NotEnoughData, "different times"),
    ],
)
def test_bad_input_is_named(
    t: list[float], y: list[float], horizon: float, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        crossing_forecast(
            np.array(t), np.array(y), SpecLimits(0.0, 1.0), horizon_days=horizon, rng=chance()
        )


@pytest.mark.parametrize("kind", ["ties", "two values", "gap", "clean line"])
def test_odd_records_are_forecast(kind: str) -> None:
    t, y = series(0.1)
    if kind == "ties":
        t = np.floor(t)
    if kind == "two values":
        y = (y > 0).astype(np.float64)
    if kind == "gap":
        t = np.where(t > 20, t + 100, t)
    if kind == "clean line":
        y = 0.5 * t
    found = crossing_forecast(t, y, SpecLimits(-99.0, 99.0), horizon_days=90.0, rng=chance())
    json.dumps(asdict(found), allow_nan=False)
    assert found.level_lower <= found.level <= found.level_upper
    assert found.slope_lower <= found.slope <= found.slope_upper
    if kind == "clean line":
        assert found.slope == pytest.approx(0.5, abs=0.05)
