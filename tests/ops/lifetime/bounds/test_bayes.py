"""Bayesian Weibull: against adaptive quadrature, and against Weibayes where it must agree."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.integrate import dblquad, quad
from scipy.special import gammaincc

from ops.errors import BadData, NotEnoughData
from ops.lifetime.bounds.bayes import weibull_posterior
from ops.lifetime.bounds.shape_prior import ShapePrior
from ops.lifetime.bounds.weibayes import weibayes
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data

FEW = failures_and_suspensions([54.0, 187.0, 216.0], [500.0] * 7)
NONE = failures_and_suspensions([], [300.0, 400.0, 500.0, 500.0])
PRIORS = (
    ShapePrior.between(1.2, 3.0),
    ShapePrior("gamma", 4.0, 2.0),
    ShapePrior("uniform", 1.0, 4.0),
)


def earlier(x: float, p: float, data: LifeData, prior: ShapePrior) -> float:
    """Posterior probability that the life is below `x`: the hazard integrated out by hand."""
    r = data.failures
    power = r if r else 1.0

    def log_weight(log_shape: float) -> float:
        b = np.exp(log_shape)
        events = r * log_shape + (b - 1) * np.log(data.lower[data.exact]).sum()
        flat = -log_shape if r else b * np.log(data.lower.max())
        prior_density = float(prior.log_density(np.array(b)))
        return events + flat - power * np.log((data.lower**b).sum()) + prior_density + log_shape

    ends = prior.ends()
    top = max(log_weight(s) for s in np.linspace(*ends, 200))

    def below(log_shape: float) -> float:
        b = np.exp(log_shape)
        hazard = -np.log1p(-p) / x**b * (data.lower**b).sum()
        return np.exp(log_weight(log_shape) - top) * gammaincc(power, hazard)

    def all_of_it(log_shape: float) -> float:
        return np.exp(log_weight(log_shape) - top)

    return _integral(below, ends) / _integral(all_of_it, ends)


def _integral(f: Callable[[float], float], ends: tuple[float, float]) -> float:
    return quad(f, *ends, epsabs=0, epsrel=1e-9, limit=200)[0]


@pytest.mark.parametrize("prior", PRIORS, ids=lambda prior: prior.kind)
@pytest.mark.parametrize("data", [FEW, NONE], ids=["three failures", "none"])
def test_credible_lives_are_those_of_adaptive_quadrature(data: LifeData, prior: ShapePrior) -> None:
    life = weibull_posterior(data, prior).life(0.1)
    levels = (0.5, 0.05, 0.025, 0.975)
    found = (life.median, life.lower_one_sided, life.lower, life.upper)
    assert [earlier(x, 0.1, data, prior) for x in found] == pytest.approx(levels, abs=2e-6)


def test_interval_and_truncated_rows_count_as_in_two_dimensional_quadrature() -> None:
    data = life_data([0.0, 100.0, 150.0], [80.0, 200.0, np.inf], entry=[0.0, 50.0, 0.0])
    prior = ShapePrior.between(1.0, 3.0)

    def weight(log_scale: float, log_shape: float) -> float:
        b, eta = np.exp(log_shape), np.exp(log_scale)
        h = [(t / eta) ** b for t in (50.0, 80.0, 100.0, 150.0, 200.0)]
        between = np.exp(h[0] - h[2]) - np.exp(h[0] - h[4])
        like = -np.expm1(-h[1]) * between * np.exp(-h[3])
        return like * np.exp(float(prior.log_density(np.array(b))) + log_shape)

    posterior = weibull_posterior(data, prior)
    eta = posterior.life(-np.expm1(-1.0))
    low, high = prior.ends()
    area = [
        dblquad(weight, low, high, end[0], end[1], epsabs=0, epsrel=1e-6)[0]
        for end in ((2.0, np.log(eta.lower_one_sided)), (np.log(eta.lower_one_sided), 25.0))
    ]
    assert area[0] / sum(area) == pytest.approx(0.05, abs=2e-4)


def test_a_shape_known_beforehand_leads_to_the_weibayes_bound() -> None:
    known = ShapePrior("uniform", 2.0 - 1e-6, 2.0 + 1e-6)
    life = weibull_posterior(NONE, known).life(0.01)
    assert life.lower_one_sided == pytest.approx(
        weibayes(NONE, 2.0).life(0.01).lower_one_sided, rel=1e-5
    )
    flat = weibull_posterior(FEW, known, scale_prior="hazard").life(0.01)
    assert flat.lower_one_sided == pytest.approx(
        weibayes(FEW, 2.0, ended="time").life(0.01).lower_one_sided, rel=1e-5
    )


def test_equal_times_without_a_failure_say_nothing_of_the_shape() -> None:
    prior = ShapePrior("lognormal", 2.0, 0.3)
    beta = weibull_posterior(failures_and_suspensions([], [500.0] * 10), prior).beta()
    assert beta.median == pytest.approx(2.0, rel=1e-4)
    assert beta.lower == pytest.approx(2.0 * np.exp(-1.959964 * 0.3), rel=1e-3)


def test_reliability_and_life_are_one_posterior_read_two_ways() -> None:
    posterior = weibull_posterior(FEW, PRIORS[0])
    life = posterior.life(0.1, confidence=0.9)
    assert posterior.reliability(life.lower_one_sided, confidence=0.9).lower_one_sided == (
        pytest.approx(0.9, abs=1e-8)
    )


def test_a_change_of_unit_changes_nothing_else() -> None:
    days = failures_and_suspensions([54.0 / 24, 187.0 / 24, 216.0 / 24], [500.0 / 24] * 7)
    for a, b in ((FEW, days),):
        hours, other = (weibull_posterior(d, PRIORS[0]).life(0.01) for d in (a, b))
        assert other.lower == pytest.approx(hours.lower / 24, rel=1e-7)


def test_many_failures_are_narrowed_to() -> None:
    rng = np.random.default_rng(1)
    data = life_data(100.0 * rng.weibull(2.0, 4000))
    posterior = weibull_posterior(data, ShapePrior("lognormal", 1.0, 2.0))
    beta = posterior.beta()
    assert 1.9 < beta.lower < 2.0 < beta.upper < 2.1
    assert beta.upper - beta.lower == pytest.approx(2 * 1.96 * 0.78 * 2.0 / 4000**0.5, rel=0.05)


def test_what_has_no_posterior_is_refused() -> None:
    with pytest.raises(BadData, match="no posterior"):
        weibull_posterior(NONE, PRIORS[0], scale_prior="log-scale")
    with pytest.raises(NotEnoughData, match="no unit has lasted"):
        weibull_posterior(life_data([0.0], [10.0]), PRIORS[0])
    with pytest.raises(NotEnoughData, match="no units"):
        weibull_posterior(life_data([]), PRIORS[0])
    with pytest.raises(BadData, match="is empty"):
        ShapePrior("uniform", 3.0, 2.0)
    with pytest.raises(BadData, match="above 0"):
        ShapePrior("gamma", 0.0, 2.0)
    with pytest.raises(BadData, match="0 < low < high"):
        ShapePrior.between(3.0, 2.0)
