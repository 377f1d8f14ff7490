"""Calibration of programs against an oracle and by simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.regression.linear_model import OLS

from ops.errors import NotEnoughData
from ops.loop.program import ProgramLine, calibrate, shrink
from ops.values import FloatArray, IntArray


def lots(
    n: int = 20, wires: int = 6, *, levels: tuple[float, ...] = (150.0, 180.0, 220.0), seed: int = 1
) -> tuple[FloatArray, FloatArray, IntArray]:
    """Set-points, heights with offset 2 and scale 1.01 at 180, and lots."""
    rng = np.random.default_rng(seed)
    lot = np.repeat(np.arange(n), wires)
    x = np.array(levels)[lot % len(levels)]
    y = x + 2.0 + 0.01 * (x - 180.0) + rng.normal(0, 0.8, n)[lot] + rng.normal(0, 1.6, lot.size)
    return x, y, lot


def test_estimates_and_errors_are_those_of_least_squares_with_clusters() -> None:
    x, y, lot = lots()
    found = calibrate(x, y, lot)
    fit = OLS(y, np.column_stack([np.ones_like(x), x - x.mean()])).fit(
        cov_type="cluster", cov_kwds={"groups": lot, "use_correction": False}
    )
    factor = np.sqrt(20 / 19)
    assert found.offset.value == pytest.approx(fit.params[0] - x.mean(), rel=1e-9)
    assert found.error_offset == pytest.approx(fit.bse[0] * factor, rel=1e-9)
    assert found.scale is not None
    assert found.scale.value == pytest.approx(fit.params[1], rel=1e-12)
    assert found.error_scale == pytest.approx(fit.bse[1] * factor, rel=1e-9)


def test_intervals_and_the_band_cover() -> None:
    hits = np.zeros(3)
    for seed in range(200):
        x, y, lot = lots(seed=seed)
        found = calibrate(x, y, lot)
        truth = 2.0 + 0.01 * (found.centre - 180.0)
        assert found.scale is not None
        new = np.random.default_rng(10_000 + seed).normal(0, np.hypot(0.8, 1.6), 50)
        hits += (
            found.offset.lower <= truth <= found.offset.upper,
            found.scale.lower <= 1.01 <= found.scale.upper,
            float(np.mean(np.abs(truth + new - found.offset.value) <= found.band)),
        )
    assert np.all((hits / 200 > 0.90) & (hits / 200 < 0.985))


def test_one_set_point_has_an_offset_only() -> None:
    x, y, lot = lots(levels=(150.0,))
    found = calibrate(x, y, lot)
    assert (found.scale, found.p_lack, found.set_points) == (None, None, 1)
    near = calibrate(*lots(levels=(150.0, 150.5)), least_spread=2.0)
    assert near.scale is None
    assert near.set_points == 2


def test_a_bend_is_a_lack_of_fit_and_a_line_is_none() -> None:
    x, y, lot = lots(40)
    straight, bent = calibrate(x, y, lot), calibrate(x, y + 2e-3 * (x - 185.0) ** 2, lot)
    assert straight.p_lack is not None
    assert bent.p_lack is not None
    assert bent.p_lack < 1e-3 < straight.p_lack


@given(a=st.floats(0.1, 50), shift=st.floats(-50, 50))
def test_a_change_of_unit_moves_offset_and_leaves_scale(a: float, shift: float) -> None:
    x, y, lot = lots()
    one, other = calibrate(x, y, lot), calibrate(a * x, a * (y + shift), lot)
    assert one.scale is not None
    assert other.scale is not None
    assert other.offset.value == pytest.approx(a * (one.offset.value + shift), abs=1e-6 * a)
    assert other.scale.value == pytest.approx(one.scale.value)


def test_too_few_lots_are_told_and_no_scatter_is_no_failure() -> None:
    with pytest.raises(NotEnoughData, match="needs 4 lots, got 3"):
        calibrate(*lots(3))
    x, _, lot = lots()
    exact: ProgramLine = calibrate(x, x + 1.0, lot)
    assert exact.offset.value == pytest.approx(1.0)
    assert exact.sigma == pytest.approx(0.0, abs=1e-9)


def test_like_groups_are_drawn_together_and_unlike_ones_are_not() -> None:
    other, like = shrink([(1.0, 0.5), (1.2, 0.5), (0.8, 0.5), (1.1, 0.5)])
    assert other is not None
    assert all(s.weight == 0.0 for s in like)
    assert other.found.value == pytest.approx(1.025)
    _, unlike = shrink([(-5.0, 0.5), (0.0, 0.5), (5.0, 0.5)])
    assert all(s.weight > 0.95 for s in unlike)
    none, two = shrink([(1.0, 0.5), (2.0, 0.5)])
    assert none is None
    assert [s.found.value for s in two] == [1.0, 2.0]


def test_shrinking_is_nearer_the_truth() -> None:
    rng = np.random.default_rng(3)
    plain = drawn = 0.0
    for _ in range(200):
        truth = rng.normal(2.0, 0.4, 8)
        seen = truth + rng.normal(0.0, 0.6, 8)
        _, found = shrink([(float(b), 0.6) for b in seen])
        plain += float(((seen - truth) ** 2).sum())
        drawn += sum((s.found.value - t) ** 2 for s, t in zip(found, truth, strict=True))
    assert drawn < 0.6 * plain
