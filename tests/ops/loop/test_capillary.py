"""Wear within capillaries against an oracle, by simulation, and on the demo plant."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.regression.linear_model import OLS

from ops.errors import NotEnoughData
from ops.loop.capillary import Bonded, departures, slope_within, variance_growth, wear

LIFE = 2e6


def bonded(
    capillaries: int = 30,
    each: int = 20,
    *,
    slope: float = 1e-6,
    growth: float = 0.0,
    level_sd: float = 2.0,
    slope_sd: float = 0.0,
    wires: int = 6,
    seed: int = 1,
) -> Bonded:
    rng = np.random.default_rng(seed)
    code = np.repeat(np.arange(capillaries), each)
    t = rng.uniform(0, LIFE, code.size)
    level, own = rng.normal(150, level_sd, capillaries), rng.normal(slope, slope_sd, capillaries)
    sigma = 1.6 * np.exp(growth * t / 2)
    heights = (level[code] + own[code] * t + rng.normal(0, 1, code.size))[:, None]
    heights = heights + sigma[:, None] * rng.normal(0, 1, (code.size, wires))
    spread = heights.var(axis=1, ddof=1) if wires > 1 else np.full(code.size, np.nan)
    return Bonded(t, heights.mean(axis=1), spread, np.full(code.size, float(wires)), code)


def test_slope_and_error_are_those_of_dummies_with_errors_by_cluster() -> None:
    some = bonded(12, 9, slope_sd=5e-7)
    dummies = np.eye(12)[some.capillary]
    design = np.column_stack([some.t / LIFE, dummies])
    fit = OLS(some.mean, design).fit(
        cov_type="cluster", cov_kwds={"groups": some.capillary, "use_correction": False}
    )
    found = wear(some)
    assert found.found.value * LIFE == pytest.approx(fit.params[0], rel=1e-9)
    assert found.error * LIFE == pytest.approx(fit.bse[0] * np.sqrt(12 / 11), rel=1e-9)
    assert (found.capillaries, found.devices) == (12, 108)


def test_levels_that_rise_with_the_lives_of_bonders_are_no_wear() -> None:
    rng = np.random.default_rng(3)
    code = np.repeat(np.arange(20), 15)
    t = rng.uniform(0, 1, code.size) * np.linspace(0.5, 2.0, 20)[code]  # longer lives ...
    y = 3.0 * code + rng.normal(0, 0.5, code.size)  # ... on higher bonders
    found = slope_within(t, y, code)
    assert found.found.lower < 0 < found.found.upper
    assert np.polyfit(t, y, 1)[0] > 5


@pytest.mark.parametrize("capillaries", [8, 25])
def test_intervals_of_the_slope_cover_when_slopes_differ(capillaries: int) -> None:
    hits = 0
    for seed in range(200):
        found = wear(bonded(capillaries, 12, slope_sd=1e-6, seed=seed)).found
        hits += found.lower <= 1e-6 <= found.upper
    assert 0.90 <= hits / 200 <= 0.985


def test_growth_of_the_variance_is_found_and_absent_growth_is_not() -> None:
    grown = variance_growth(bonded(40, 40, growth=4e-7))
    assert grown is not None
    assert grown.found.lower < 4e-7 < grown.found.upper
    assert grown.p < 1e-6
    flat = variance_growth(bonded(40, 40))
    assert flat is not None
    assert flat.found.lower < 0 < flat.found.upper
    assert variance_growth(bonded(5, 5, wires=2).take(np.array([], dtype=np.int64))) is None


@given(a=st.floats(0.01, 100), b=st.floats(-1e3, 1e3), stretch=st.floats(0.1, 10))
def test_a_change_of_units_changes_the_slope_by_their_ratio(
    a: float, b: float, stretch: float
) -> None:
    some = bonded(6, 6)
    found = slope_within(some.t, some.mean, some.capillary)
    moved = slope_within(some.t * stretch, a * some.mean + b, some.capillary)
    assert moved.found.value == pytest.approx(found.found.value * a / stretch, rel=1e-6, abs=1e-15)
    assert moved.p == pytest.approx(found.p, abs=1e-6)


def test_too_few_capillaries_or_one_count_alone_are_no_slope() -> None:
    with pytest.raises(NotEnoughData, match=r"needs 3 capillaries .* got 2"):
        wear(bonded(2, 9))
    with pytest.raises(NotEnoughData, match="got 0"):
        slope_within(np.ones(9), np.arange(9.0), np.repeat([0, 1, 2], 3))
    exact = slope_within(np.tile([0.0, 1.0], 3), np.zeros(6), np.repeat([0, 1, 2], 2))
    assert (exact.error, exact.p) == (0.0, 1.0)


def test_a_capillary_of_another_level_or_slope_stands_out_and_others_do_not() -> None:
    some = bonded(30, 20, level_sd=0.5)
    peer = np.zeros(30, dtype=np.int64)
    assert departures(some, peer) == []
    mean = some.mean.copy()
    mean[some.capillary == 4] += 6.0
    mean[some.capillary == 9] += 12e-6 * (some.t[some.capillary == 9] - LIFE / 2)
    found = departures(Bonded(some.t, mean, some.variance, some.wires, some.capillary), peer)
    assert {(d.capillary, d.what) for d in found} == {(4, "level"), (9, "slope")}
    level = next(d for d in found if d.what == "level")
    assert 3.0 < level.departure < 6.5  # shrunken: 0.5 between capillaries, 0.3 by chance
    assert level.z > 6


def test_false_departures_are_rare() -> None:
    peer = np.repeat([0, 1, 2], 10).astype(np.int64)
    false = sum(bool(departures(bonded(30, 20, seed=s), peer)) for s in range(100))
    assert false <= 22
