"""The back-test of a level: no look ahead, proper scores, and when the fan is widened."""

import numpy as np
import pytest
from scipy.stats import norm

from ops.drift import crossing_backtest as module
from ops.drift.crossing_backtest import (
    HorizonScore,
    ScoredForecast,
    crossing_backtest,
    crps,
    fan_factor,
    pinball,
)
from ops.errors import NotEnoughData
from ops.values import FloatArray


def series(slope: float, days: float = 60.0, seed: int = 2) -> tuple[FloatArray, FloatArray]:
    rng = np.random.default_rng(seed)
    t = np.sort(rng.uniform(0.0, days, int(15 * days)))
    return t, slope * t + rng.normal(0.0, 1.0, t.size)


def test_a_drift_is_forecast_better_than_no_change() -> None:
    t, y = series(0.3)
    found = crossing_backtest(t, y, rng=np.random.default_rng(1))
    assert [s.horizon_days for s in found.scores] == [1.0, 7.0, 14.0, 30.0]
    late = found.scores[-1]
    assert late.crps < 0.3 * late.naive_crps
    assert late.pinball < 0.3 * late.naive_pinball
    assert late.independent < 2 < late.origins
    for s in found.scores:
        assert s.covered80_lower <= s.covered80 <= s.covered80_upper
        assert s.covered95 >= s.covered80


def test_what_came_later_changes_no_forecast_made_before() -> None:
    t, y = series(0.1)
    origin = 30.0
    changed = np.where(t > origin + 1.6, y + 50.0, y)
    one, two = (
        module.forecast_from(t, z, origin, (1.0,), 200, np.random.default_rng(3))
        for z in (y, changed)
    )
    assert one == two
    far = module.forecast_from(t, changed, origin, (7.0,), 200, np.random.default_rng(3))
    assert not far[0].covered95


@pytest.mark.parametrize(("true", "expected"), [(1.0, 1.0), (2.0, 2.0), (0.3, 0.5), (9.0, 3.0)])
def test_fan_is_scaled_only_where_it_is_off_by_more_than_chance(
    true: float, expected: float
) -> None:
    # errors of the quantiles of a normal, `true` times wider than the forecast said
    errors = true * np.abs(norm.ppf((np.arange(60) + 0.5) / 60)) / norm.ppf(0.9)
    found = [ScoredForecast(1.0, e, bool(e <= 1), bool(e <= 1.5), 1, 1, 1, 1) for e in errors]
    score = HorizonScore(1.0, 60, 60.0, 0, 0, 0, 0, 1, 1, 1, 1)
    spread, covered, independent = fan_factor(found, [score])
    assert spread == pytest.approx(expected, rel=0.12)
    assert covered == pytest.approx(float(np.mean(errors <= 1)))
    assert independent == 60
    few = HorizonScore(1.0, 60, 7.0, 0, 0, 0, 0, 1, 1, 1, 1)
    assert fan_factor(found, [few])[0] == 1.0


def test_a_quiet_process_leaves_the_fan_as_it_is() -> None:
    found = crossing_backtest(*series(0.0), rng=np.random.default_rng(1), horizons=(1.0,))
    assert found.spread == 1.0


def test_crps_of_normal_draws_is_the_closed_form() -> None:
    sample = norm.ppf((np.arange(4000) + 0.5) / 4000)
    for seen in (-1.0, 0.0, 2.5):
        # Gneiting and Raftery (2007), equation 21 with sign turned
        exact = seen * (2 * norm.cdf(seen) - 1) + 2 * norm.pdf(seen) - 1 / np.sqrt(np.pi)
        assert crps(sample, seen) == pytest.approx(exact, abs=1e-3)
    assert pinball(np.array([1.0, 1.0]), 3.0) == pytest.approx(2 * np.mean(module.LEVELS))


def test_a_record_too_short_says_so() -> None:
    with pytest.raises(NotEnoughData, match="values at least 1 days after"):
        crossing_backtest(np.arange(5.0), np.arange(5.0), rng=np.random.default_rng(1))
    with pytest.raises(NotEnoughData):
        crossing_backtest(np.zeros(0), np.zeros(0), rng=np.random.default_rng(1))
