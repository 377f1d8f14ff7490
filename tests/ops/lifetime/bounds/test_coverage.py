"""One-sided 95 % lower bounds of B10 and B1 cover the truth as often as they say."""

import numpy as np
import pytest

from ops.lifetime.bounds.life_bound import life_bound
from ops.lifetime.existence import NoMaximum
from ops.lifetime.fit import fit
from ops.lifetime.location_scale import Family, standard_quantile
from tests.ops.lifetime.bounds.coverage import SIGMA, Ended, drawn_test, levels

LEVEL = 0.95
SHORT, LONG, WHOLE = 250, 6000, 2500


def tolerance(tests: int) -> float:
    """Three and a half standard errors of a share of 95 % among so many tests."""
    return 3.5 * (LEVEL * (1.0 - LEVEL) / tests) ** 0.5


@pytest.mark.parametrize("ended", ["time", "failure", "readouts"])
def test_bounds_cover_within_the_error_of_a_short_simulation(ended: Ended) -> None:
    found = levels("weibull", 20, 10, ended, tests=SHORT, samples=99)
    assert (found <= LEVEL).mean(axis=1) == pytest.approx(LEVEL, abs=tolerance(SHORT))
    assert found.mean(axis=1) == pytest.approx(0.5, abs=3.5 * (1.0 / 12.0 / SHORT) ** 0.5)


@pytest.mark.long
@pytest.mark.parametrize("family", ["weibull", "lognormal"])
@pytest.mark.parametrize("units", [20, 50])
@pytest.mark.parametrize("ended", ["time", "failure", "readouts", "withdrawals"])
def test_bounds_cover_within_a_point_and_a_half(family: Family, units: int, ended: Ended) -> None:
    found = levels(family, units, 10, ended, tests=LONG, samples=999)
    assert (found <= LEVEL).mean(axis=1) == pytest.approx(LEVEL, abs=0.015)


@pytest.mark.long
@pytest.mark.parametrize("family", ["weibull", "lognormal"])
@pytest.mark.parametrize("ended", ["time", "failure"])
def test_whole_bounds_cover_within_a_point_and_a_half(family: Family, ended: Ended) -> None:
    """The bound as it is reported, found by the method that is chosen for the data."""
    rng, covered, done = np.random.default_rng(2), np.zeros(2), 0
    while done < WHOLE:
        data = drawn_test(rng, family, 20, 10, ended)
        try:
            fitted = fit(data, family)
        except NoMaximum:
            continue
        done += 1
        for i, p in enumerate((0.1, 0.01)):
            truth = float(np.exp(SIGMA * standard_quantile(family, np.array(p))))
            lower = life_bound(data, fitted, p, rng=rng).lower_one_sided
            covered[i] += lower is None or lower <= truth
    assert covered / done == pytest.approx(LEVEL, abs=0.015)
