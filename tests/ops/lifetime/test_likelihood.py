"""The likelihood of any model: the definition, row by row, and the same for everybody."""

from dataclasses import dataclass
from math import inf, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import expon, lognorm

from ops.lifetime.data import life_data
from ops.lifetime.fit import LifeFit, fit
from ops.lifetime.likelihood import derivatives_at, loglik, slopes
from ops.lifetime.location_scale import FAMILIES, Family
from ops.values import FloatArray
from tests.ops.lifetime.test_fit import mixed
from tests.strategies import few


@dataclass(frozen=True)
class Foreign:
    """A model that tells survival, density and quantile only."""

    law: object
    family: str = "foreign"
    loglik: float = 0.0

    @property
    def parameters(self) -> dict[str, float]:
        return {}

    def survival(self, t: FloatArray) -> FloatArray:
        return self.law.sf(t)

    def density(self, t: FloatArray) -> FloatArray:
        return self.law.pdf(t)

    def quantile(self, p: FloatArray) -> FloatArray:
        return self.law.ppf(p)


def test_rows_count_as_defined() -> None:
    data = life_data(
        [2.0, 3.0, 0.0, 1.0, 4.0, 2.0], [2.0, inf, 1.5, 2.5, 4.0, inf],
        weight=[1, 2, 1, 3, 1, 1], entry=[0, 0, 0, 0, 3.5, 1.0], exit=[inf] * 5 + [6.0],
    )  # fmt: skip
    x = expon(scale=2.0)
    expected = (
        x.logpdf(2.0) + 2 * x.logsf(3.0) + log(x.cdf(1.5)) + 3 * log(x.cdf(2.5) - x.cdf(1.0))
        + x.logpdf(4.0) - x.logsf(3.5)
        + log(x.cdf(6.0) - x.cdf(2.0)) - log(x.cdf(6.0) - x.cdf(1.0))
    )  # fmt: skip
    assert loglik(data, Foreign(x)) == pytest.approx(expected, rel=1e-12)
    ours = LifeFit("weibull", log(2.0), 1.0, np.zeros((2, 2)), 0.0, 9, 6, 1 / 3)
    assert loglik(data, ours) == pytest.approx(expected, rel=1e-12)


def test_a_row_that_cannot_be_rules_the_model_out() -> None:
    assert loglik(life_data([2.0, -0.0 + 9.0]), Foreign(expon(loc=5.0))) == -inf


@few(40)
@given(seed=st.integers(0, 10**6), family=st.sampled_from(FAMILIES), truncated=st.booleans())
def test_a_model_that_tells_only_survival_scores_alike(
    seed: int, family: Family, truncated: bool
) -> None:
    data = mixed(seed, truncated=truncated)
    model = LifeFit(family, 0.1, 0.8, np.zeros((2, 2)), 0.0, 1, 1, 0.0)

    class Bare:
        survival = staticmethod(model.survival)
        density = staticmethod(model.density)

    assert loglik(data, Bare()) == pytest.approx(loglik(data, model), rel=1e-9)


@few(40)
@given(
    seed=st.integers(0, 10**6),
    family=st.sampled_from(FAMILIES),
    mu=st.floats(-1.0, 2.0),
    log_sigma=st.floats(-1.0, 1.5),
)
def test_derivatives_are_those_of_the_likelihood(
    seed: int, family: Family, mu: float, log_sigma: float
) -> None:
    data, h = mixed(seed, truncated=seed % 2 == 0), 1e-4

    def at(a: float, b: float) -> tuple[float, FloatArray, FloatArray]:
        found = derivatives_at(data, family, a, float(np.exp(b)))
        return found.loglik, found.gradient, found.hessian

    _, gradient, hessian = at(mu, log_sigma)
    sides = [(at(mu + h, log_sigma), at(mu - h, log_sigma)),
             (at(mu, log_sigma + h), at(mu, log_sigma - h))]  # fmt: skip
    tiny = 1e-6 * max(1.0, np.abs(hessian).max())
    assert gradient == pytest.approx([(u[0] - v[0]) / (2 * h) for u, v in sides], 1e-5, tiny)
    numerical = np.array([(u[1] - v[1]) / (2 * h) for u, v in sides])
    assert hessian == pytest.approx(numerical, rel=1e-4, abs=10 * tiny)


def test_slopes_are_zero_at_the_maximum_and_not_beside_it() -> None:
    data = life_data(lognorm(0.5, scale=10.0).ppf(np.linspace(0.05, 0.95, 15)))
    found = fit(data, "lognormal")

    def model_of(x: FloatArray) -> Foreign:
        return Foreign(lognorm(x[1], scale=np.exp(x[0])))

    assert slopes(data, model_of, np.array([found.mu, found.sigma])) == pytest.approx(
        [0, 0], abs=1e-6
    )
    assert np.abs(slopes(data, model_of, np.array([found.mu + 0.1, found.sigma]))).max() > 1.0
