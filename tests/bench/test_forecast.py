"""Speed of the demand forecast: 100 weekly series of two years, six origins each."""

import time

import numpy as np
import pytest

from ops.forecast.choice import Rules, forecast
from ops.forecast.method import predict
from ops.values import FloatArray

pytestmark = pytest.mark.benchmark
SERIES, WEEKS, HORIZON, SEASON = 100, 104, 13, 52


def _series() -> list[FloatArray]:
    """A third of them rare, the rest seasonal."""
    rng = np.random.default_rng(20260105)
    week = np.arange(WEEKS)
    made: list[FloatArray] = []
    for i in range(SERIES):
        rare = np.where(rng.random(WEEKS) < 0.3, rng.poisson(4.0, WEEKS) + 1.0, 0.0)
        mean = (50.0 + i) * (1.0 + 0.3 * np.sin(2.0 * np.pi * (week + i) / SEASON))
        made.append(np.trim_zeros(rare, "f") if i % 3 == 0 else rng.poisson(mean).astype(float))
    return made


def test_the_choice_beside_one_fit_of_the_dearest_method() -> None:
    """The whole choice (all methods, 6 origins) against fitting only ETS once from each origin."""
    series, rules = _series(), Rules(HORIZON, SEASON)
    predict("ets", series[1], horizon=HORIZON)  # loads and compiles
    began = time.process_time()
    found = [forecast(y, rules) for y in series]
    chosen_s = time.process_time() - began
    began = time.process_time()
    for y in series:
        for _ in range(rules.origins + 1):
            predict("ets", y, horizon=HORIZON, season=SEASON, probabilities=rules.probabilities)
    ets_s = time.process_time() - began
    errors = [{s.method: s.rmsse for s in one.scores} for one in found]
    worse = sum(
        e[one.method] > 1.01 * min(e.values()) for e, one in zip(errors, found, strict=True)
    )
    saved = np.median([s.fva for one in found for s in one.scores if s.method == one.method])
    print(
        f"\n{SERIES} x {WEEKS} weeks, {rules.origins} origins: {chosen_s:.1f} s CPU,"
        f" {chosen_s / ets_s:.2f} of {rules.origins + 1} ETS fits of each;"
        f" median value added {saved:.0%}"
    )
    assert worse == 0  # within the tie of the best
    assert saved > 0.1
    assert chosen_s < 5.0 * ets_s
