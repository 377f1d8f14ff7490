"""Joint regions: their edge has one likelihood, and holds the profile intervals inside."""

import numpy as np
import pytest

from ops.errors import BadData
from ops.lifetime.bounds.contour import contour
from ops.lifetime.bounds.parameter_bound import parameter_bound
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.fit import fit
from ops.lifetime.likelihood import derivatives_at
from ops.lifetime.location_scale import FAMILIES, Family
from tests.ops.lifetime.bounds import published

ONE_FAILURE = failures_and_suspensions([50.0], [100.0] * 9)
TRUNCATED = life_data([60.0, 80.0, 120.0, 90.0], [60.0, 80.0, np.inf, 90.0], entry=[0, 50, 20, 0])


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "data",
    [published.TIME_ENDED, published.READOUTS, ONE_FAILURE, TRUNCATED],
    ids=["time-ended", "readouts", "one failure", "truncated"],
)
def test_the_edge_has_the_likelihood_of_its_confidence(data: LifeData, family: Family) -> None:
    best = fit(data, family)
    edge = contour(data, best, 0.9, points=24)
    falls = [
        2.0 * (best.loglik - derivatives_at(data, family, mu, float(np.exp(log_sigma))).loglik)
        for mu, log_sigma in edge
    ]
    assert falls == pytest.approx([-2.0 * np.log(0.1)] * 25, abs=1e-6)


def test_the_edge_goes_once_around_and_closes() -> None:
    best = fit(published.TIME_ENDED)
    edge = contour(published.TIME_ENDED, best)
    assert edge.shape == (121, 2)
    assert np.array_equal(edge[0], edge[-1])
    about = np.unwrap(np.arctan2(edge[:, 1] - np.log(best.sigma), edge[:, 0] - best.mu))
    assert abs(about[-1] - about[0]) == pytest.approx(2 * np.pi)


def test_the_region_reaches_beyond_the_interval_of_each_parameter() -> None:
    best = fit(published.TIME_ENDED)
    edge = contour(published.TIME_ENDED, best, 0.95)
    eta = parameter_bound(published.TIME_ENDED, best, "mu")
    assert edge[:, 0].min() < (eta.lower or 0.0)
    assert edge[:, 0].max() > (eta.upper or 0.0)


def test_what_has_no_region_is_refused() -> None:
    with pytest.raises(BadData, match="confidence is 1"):
        contour(published.TIME_ENDED, fit(published.TIME_ENDED), 1.0)
    with pytest.raises(BadData, match="no joint region"):
        contour(published.TIME_ENDED, fit(published.TIME_ENDED, sigma=0.5))
