"""Samples of a fitted life are seen as the units of the test were."""

import numpy as np
import pytest

from ops.lifetime.data import failures_and_suspensions, life_data
from ops.lifetime.families.resample import readouts, resample
from ops.lifetime.fit import fit


def test_one_end_of_test_stays_the_end_of_all() -> None:
    t = 500.0 * np.random.default_rng(1).weibull(1.5, 200)
    data = failures_and_suspensions(t[t < 400], np.full(int((t >= 400).sum()), 400.0))
    model = fit(data)
    drawn = resample(data, model, np.random.default_rng(2))
    assert drawn.units == 200
    assert drawn.lower[drawn.right].tolist() == [400.0]
    assert drawn.failures == pytest.approx(200 * model.cdf(np.array([400.0]))[0], abs=25)


def test_units_are_taken_off_as_they_were() -> None:
    rng = np.random.default_rng(3)
    t, end = 500.0 * rng.weibull(1.5, 400), rng.choice([200.0, 300.0, 600.0], 400)
    data = failures_and_suspensions(t[t <= end], end[t > end])
    drawn = resample(data, fit(data), rng)
    assert set(drawn.lower[drawn.right]) <= {200.0, 300.0, 600.0}
    assert drawn.failures == pytest.approx(data.failures, abs=45)


def test_complete_data_stay_complete() -> None:
    data = life_data(500.0 * np.random.default_rng(4).weibull(1.5, 50))
    assert resample(data, fit(data), np.random.default_rng(5)).failures == 50


def test_readouts_and_truncation_are_kept() -> None:
    data = life_data(
        [100.0, 200.0, 300.0, 400.0], [200.0, 300.0, 400.0, np.inf], weight=[20, 30, 20, 30],
        entry=[50.0, 50.0, 50.0, 50.0],
    )  # fmt: skip
    assert readouts(data).tolist() == [100.0, 200.0, 300.0, 400.0]
    drawn = resample(data, fit(data), np.random.default_rng(6))
    assert set(drawn.lower) <= {50.0, 100.0, 200.0, 300.0, 400.0}
    assert drawn.entry.tolist() == [50.0] * drawn.lower.size
    assert drawn.units == 100
