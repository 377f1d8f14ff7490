import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import expit, logit

from ops.lifetime.choice.anderson_darling import anderson_darling, points_of
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.fit import fit

COMPLETE = life_data([17.88, 28.92, 33.0, 41.52, 42.12, 45.6, 48.48, 51.84, 84.12, 173.4])
CENSORED = failures_and_suspensions([54, 187, 216, 240, 244, 335, 361, 373, 375, 386], [500] * 10)


@pytest.mark.parametrize("data", [COMPLETE, CENSORED], ids=["complete", "censored"])
def test_it_is_the_integral_that_defines_it(data: LifeData) -> None:
    model = fit(data, "weibull")
    times, positions = points_of(data)
    edges = np.concatenate([[-60.0], logit(model.cdf(times)), [logit(1.0 - 1e-12)]])
    levels = np.concatenate([[0.0], positions])
    area = sum(  # over x = logit F, where dF = F (1 - F) dx
        quad(lambda x, level=level: (level - expit(x)) ** 2, low, high, limit=200)[0]
        for low, high, level in zip(edges[:-1], edges[1:], levels, strict=True)
    )
    found = anderson_darling(model, (times, positions), data.failures)
    assert found == pytest.approx(data.failures * area, rel=1e-6)


def test_a_distribution_that_does_not_fit_lies_further_away() -> None:
    points = points_of(COMPLETE)
    near, far = fit(COMPLETE, "lognormal"), fit(COMPLETE, "weibull", sigma=1.0)
    distances = [anderson_darling(m, points, COMPLETE.failures) for m in (near, far)]
    assert distances[0] is not None
    assert distances[1] is not None
    assert distances[0] < distances[1]


def test_intervals_are_plotted_by_the_nonparametric_estimate() -> None:
    data = life_data([0.0, 10.0, 20.0], [10.0, 20.0, np.inf], weight=[5, 7, 8])
    found = anderson_darling(fit(data, "weibull"), points_of(data), data.failures)
    assert found is not None
    assert found > 0
