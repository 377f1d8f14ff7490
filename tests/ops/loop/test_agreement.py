import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.errors import BadData, NotEnoughData
from ops.loop.agreement import agreement, deming

PUBLISHED = json.loads(
    (Path(__file__).parents[2] / "reference" / "agreement.json").read_text(encoding="utf-8")
)


def test_the_peak_flow_meters_agree_as_published() -> None:
    p = PUBLISHED["peak_flow"]
    x, y = np.array(p["mini"], float), np.array(p["wright"], float)
    found = agreement(x, y, np.arange(x.size))
    assert found.bias.value == pytest.approx(p["bias"], abs=0.05)
    assert found.sd == pytest.approx(p["sd"], abs=0.05)
    two = [found.bias.value - 2 * found.sd, found.bias.value + 2 * found.sd]
    assert two == pytest.approx(p["limits_two_sd"], abs=0.1)


@given(seed=st.integers(0, 200), k=st.integers(5, 30))
def test_with_equal_errors_the_line_is_the_first_principal_axis(seed: int, k: int) -> None:
    rng = np.random.default_rng(seed)
    truth = rng.normal(0, 10, k)
    x, y = truth + rng.normal(size=k), 5 + 1.3 * truth + rng.normal(size=k)
    vector = np.linalg.svd(np.column_stack([x - x.mean(), y - y.mean()]))[2][0]
    line = deming(x, y, np.arange(k))
    assert line.slope.value == pytest.approx(vector[1] / vector[0], rel=1e-6)
    assert line.slope.value * x.mean() + line.intercept.value == pytest.approx(y.mean())


def test_a_sure_reference_gives_the_least_squares_line() -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(size=50)
    y = 2 + 3 * x + rng.normal(size=50)
    line = deming(x, y, np.arange(50), ratio=1e12)
    assert [line.slope.value, line.intercept.value] == pytest.approx(
        np.polyfit(x, y, 1).tolist(), rel=1e-6
    )


def test_intervals_hold_when_the_wires_of_a_unit_go_together() -> None:
    rng = np.random.default_rng(3)
    unit, covered, lines = np.repeat(np.arange(25), 6), 0, 0
    for _ in range(300):
        truth = np.repeat(rng.normal(150, 4, 25), 6) + rng.normal(0, 2, 150)
        x = truth + rng.normal(0, 0.3, 150)
        y = truth - 1.0 + np.repeat(rng.normal(0, 1.0, 25), 6) + rng.normal(0, 0.8, 150)
        bias = agreement(x, y, unit).bias
        covered += bias.lower <= -1.0 <= bias.upper
        slope = deming(x, y, unit, ratio=(1.0 + 0.8**2) / 0.3**2).slope
        lines += slope.lower <= 1.0 <= slope.upper
    assert covered / 300 == pytest.approx(0.95, abs=0.035)
    assert lines / 300 == pytest.approx(0.94, abs=0.045)


def test_the_components_of_a_difference_are_told_apart() -> None:
    rng = np.random.default_rng(4)
    unit = np.repeat(np.arange(2000), 5)
    x = rng.normal(150, 3, 10_000)
    y = x + 0.5 + np.repeat(rng.normal(0, 2.0, 2000), 5) + rng.normal(0, 1.0, 10_000)
    found = agreement(x, y, unit)
    assert [found.sd_between, found.sd_within] == pytest.approx([2.0, 1.0], rel=0.05)
    assert found.sd == pytest.approx(5.0**0.5, rel=0.04)
    assert found.limits[0].value < found.bias.value < found.limits[1].value


def test_a_proportional_bias_shows_as_a_trend() -> None:
    x = np.random.default_rng(5).normal(150, 10, 200)
    grown = agreement(x, 1.05 * x + np.random.default_rng(6).normal(0, 0.5, 200), np.arange(200))
    assert grown.trend.value == pytest.approx(0.05 / 1.025, abs=0.01)
    assert grown.p_trend < 1e-6


def test_too_few_units_and_no_spread_are_refused() -> None:
    one = np.ones(8)
    with pytest.raises(NotEnoughData, match="5 units measured by both, got 2"):
        agreement(one, one, np.arange(8) % 2)
    with pytest.raises(BadData, match="no line"):
        deming(one, np.arange(8.0), np.arange(8))
    same = agreement(one, one, np.arange(8))
    assert (same.bias.value, same.sd, same.p_trend) == (0.0, 0.0, 1.0)
