"""Stability: a steady master passes, a drifting one is found, subgroups are means."""

import numpy as np
import pytest
from scipy import stats

from ops.errors import NotEnoughData
from ops.gauge.stability import DAY_US, stability_study

RNG = np.random.default_rng(4)
Y = RNG.normal(5.0, 0.1, 60)
TS = np.arange(60, dtype=np.int64) * DAY_US
ALONE = np.full(60, -1)


def test_drift_is_the_slope_of_a_regression_over_days() -> None:
    found = stability_study(Y + 0.01 * np.arange(60), TS, ALONE, reference=5.0)
    other = stats.linregress(np.arange(60.0), Y + 0.01 * np.arange(60))
    assert found.drift_per_day.value == pytest.approx(other.slope)
    assert found.p == pytest.approx(other.pvalue)
    assert found.broken > 0
    assert found.bias is not None
    assert found.bias.lower > 0


def test_a_steady_master_breaks_few_rules() -> None:
    found = stability_study(Y, TS, ALONE)
    assert found.bias is None
    assert found.p > 0.05
    assert not np.any(found.chart.flags & 1)  # none beyond 3 sigma


def test_subgroups_are_plotted_as_means() -> None:
    found = stability_study(Y, TS, np.arange(60) // 5)
    assert found.chart.value == pytest.approx(Y.reshape(12, 5).mean(axis=1))
    assert found.ts.tolist() == TS[::5].tolist()


def test_equal_instants_have_no_drift_and_equal_values_no_limits() -> None:
    found = stability_study(np.ones(5), np.zeros(5, dtype=np.int64), np.full(5, -1))
    assert np.isnan(found.drift_per_day.value)
    assert found.chart.stages[0].sigma is None


def test_two_points_are_not_enough() -> None:
    with pytest.raises(NotEnoughData, match="got 2"):
        stability_study(Y[:2], TS[:2], ALONE[:2])
