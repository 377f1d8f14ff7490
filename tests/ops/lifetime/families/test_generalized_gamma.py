import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import gamma as gamma_law
from scipy.stats import gengamma

from ops.errors import NotEnoughData
from ops.lifetime.data import LifeData, life_data
from ops.lifetime.families.generalized_gamma import fit_gamma, fit_generalized_gamma
from ops.lifetime.fit import fit


def censored(seed: int, n: int = 60, share: float = 0.7) -> LifeData:
    times = 100 * np.random.default_rng(seed).gamma(2.5, size=n)
    end = float(np.quantile(times, share))
    return life_data(np.minimum(times, end), np.where(times > end, np.inf, times))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("share", [1.0, 0.5])
def test_a_gamma_fit_is_at_the_maximum(seed: int, share: float) -> None:
    data = censored(seed, 20, share)

    def negative(x: np.ndarray) -> float:
        law = (np.exp(x[0]), 0, np.exp(x[1]))
        failed = np.sum(gamma_law.logpdf(data.lower[data.exact], *law))
        return -float(failed + data.right.sum() * gamma_law.logsf(data.lower.max(), *law))

    best = min(
        minimize(negative, x, method="Nelder-Mead", options={"fatol": 1e-11}).fun
        for x in ((0.0, 5.0), (1.0, 4.0))
    )
    found = fit_gamma(data)
    assert found.loglik >= -best - 1e-9
    assert found.parameters["mean"] == pytest.approx(
        found.parameters["shape"] * found.parameters["scale"]
    )


def test_a_complete_gamma_sample_keeps_its_mean() -> None:
    data = life_data([17.9, 28.9, 33.0, 41.5, 42.1, 45.6, 48.5, 98.6])
    assert fit_gamma(data).parameters["mean"] == pytest.approx(data.lower.mean(), rel=1e-6)


@pytest.mark.parametrize("seed", [0, 2])
def test_a_generalized_gamma_fit_is_at_the_maximum(seed: int) -> None:
    data = censored(seed)

    def negative(x: np.ndarray) -> float:
        sigma, shape = np.exp(x[1]), x[2]
        if abs(shape) < 1e-3 or abs(shape) > 5:
            return 1e9
        scale = np.exp(x[0]) * (shape * shape) ** (sigma / shape)
        law = (shape**-2, shape / sigma, 0, scale)
        failed = np.sum(gengamma.logpdf(data.lower[data.exact], *law))
        return -float(failed + data.right.sum() * gengamma.logsf(data.lower.max(), *law))

    starts = [(5.0, -0.5, shape) for shape in (0.2, 1.5)]
    ends = [
        minimize(negative, x, method="Nelder-Mead", options={"maxiter": 1000, "fatol": 1e-10}).fun
        for x in starts
    ]
    assert fit_generalized_gamma(data).loglik >= -min(ends) - 1e-8


@pytest.mark.parametrize("seed", range(5))
def test_it_explains_at_least_as_much_as_its_members(seed: int) -> None:
    data = censored(seed + 10)
    found = fit_generalized_gamma(data).loglik
    members = (fit(data, "weibull").loglik, fit(data, "lognormal").loglik, fit_gamma(data).loglik)
    assert found >= max(members) - 1e-9


def test_lives_that_ask_for_a_limit_are_told() -> None:
    early = 10.0 * np.random.default_rng(1).uniform(size=25) ** 0.4
    with pytest.raises(NotEnoughData, match=r"limit|maximum"):
        fit_generalized_gamma(life_data(np.append(early, 10.0)))


def test_two_failures_are_too_few() -> None:
    with pytest.raises(NotEnoughData, match="3 failures"):
        fit_generalized_gamma(life_data([1.0, 2.0, 3.0], [1.0, 2.0, np.inf]))
