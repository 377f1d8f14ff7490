"""Bounds of lives beside peers: the same fits of drawn tests, and how many times as fast."""

import time
from collections.abc import Callable
from statistics import median

import numpy as np
import pytest
from scipy.optimize import minimize

from ops.lifetime.bounds.bayes import weibull_posterior
from ops.lifetime.bounds.life_bound import life_bound
from ops.lifetime.bounds.resampling import Resampling, resampling
from ops.lifetime.bounds.scheme import scheme_of
from ops.lifetime.bounds.shape_prior import ShapePrior
from ops.lifetime.data import failures_and_suspensions
from ops.lifetime.fit import fit
from ops.values import FloatArray

pytestmark = pytest.mark.benchmark

TEST = failures_and_suspensions(
    [54.0, 187.0, 216.0, 240.0, 244.0, 335.0, 361.0, 373.0, 375.0, 386.0], [500.0] * 10
)
SAMPLES, FEW = 2000, 20  # drawn tests of ours, and of the peers, which are slow
MU, SIGMA = 6.4, 0.58


def _seconds(work: Callable[[], object], rounds: int) -> float:
    """Median processor seconds; the first call, which compiles or loads, is not counted."""
    work()
    spent: list[float] = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return median(spent)


def _tests(samples: int) -> Resampling:
    rng = np.random.default_rng(1)
    return resampling(scheme_of(TEST), "weibull", samples=samples, rng=rng)


def _times(drawn: FloatArray, i: int) -> tuple[FloatArray, FloatArray]:
    """Failures and suspensions of a drawn test."""
    low, high, weight = drawn[:3, i]
    failed = np.exp(low[(weight > 0) & (low == high)])
    lasted = (weight > 0) & (low < high)
    return failed, np.repeat(np.exp(low[lasted]), weight[lasted].astype(int))


def _by_optimizer(failed: FloatArray, lasted: FloatArray) -> tuple[float, float]:
    def fall(at: FloatArray) -> float:
        z, censored = ((np.log(t) - at[0]) / np.exp(at[1]) for t in (failed, lasted))
        return float(at[1] * failed.size - (z - np.exp(z)).sum() + np.exp(censored).sum())

    found = minimize(fall, np.array([MU, np.log(SIGMA)]), method="BFGS").x
    return float(found[0]), float(np.exp(found[1]))


def test_2000_drawn_tests_of_20_units_are_refitted_beside_an_optimizer() -> None:
    ours, peer = _tests(SAMPLES), _tests(FEW).draw(MU, SIGMA)
    found = ours.refit(MU, SIGMA)
    theirs = np.array([_by_optimizer(*_times(peer, i)) for i in range(FEW)])
    assert found[:FEW, :2] == pytest.approx(theirs, rel=1e-3)
    fast = _seconds(lambda: ours.refit(MU, SIGMA), 9)
    slow = _seconds(lambda: [_by_optimizer(*_times(peer, i)) for i in range(FEW)], 3)
    ratio = slow / FEW * SAMPLES / fast
    print(f"\n{SAMPLES} refits of n = 20: {1e3 * fast:.1f} ms; BFGS of scipy {ratio:.0f} times")
    assert ratio >= 100


def test_2000_drawn_tests_are_refitted_beside_surpyval() -> None:
    surpyval = pytest.importorskip("surpyval")
    ours, peer = _tests(SAMPLES), _tests(FEW).draw(MU, SIGMA)
    found = ours.refit(MU, SIGMA)

    def theirs(i: int) -> tuple[float, float]:
        failed, lasted = _times(peer, i)
        censored = np.concatenate([np.zeros(failed.size), np.ones(lasted.size)])
        model = surpyval.Weibull.fit(x=np.concatenate([failed, lasted]), c=censored)
        return float(np.log(model.params[0])), 1.0 / float(model.params[1])

    assert found[:FEW, :2] == pytest.approx(np.array([theirs(i) for i in range(FEW)]), rel=1e-2)
    fast = _seconds(lambda: ours.refit(MU, SIGMA), 9)
    slow = _seconds(lambda: [theirs(i) for i in range(FEW)], 1)
    ratio = slow / FEW * SAMPLES / fast
    print(f"\n{SAMPLES} refits of n = 20: {1e3 * fast:.1f} ms; surpyval {ratio:.0f} times")
    assert ratio >= 400


@pytest.mark.parametrize("family", ["weibull", "lognormal"])
def test_a_calibrated_bound_costs_few_passes_over_its_samples(family: str) -> None:
    found = fit(TEST, family)  # type: ignore[arg-type]  # one of the two
    tests = resampling(scheme_of(TEST), found.family, samples=SAMPLES, rng=np.random.default_rng(1))
    one = _seconds(lambda: tests.refit(found.mu, found.sigma, found.mu, 0.0), 9)

    def whole() -> float | None:
        return life_bound(TEST, found, 0.1, rng=np.random.default_rng(1)).lower_one_sided

    bound = whole()
    assert bound is not None
    assert 60.0 < bound < 85.0
    all_of_it = _seconds(whole, 5)
    print(f"\n{family}: {1e3 * all_of_it:.0f} ms a calibrated bound, {1e3 * one:.1f} ms a pass")
    assert all_of_it <= 16 * one


def test_a_posterior_costs_less_than_a_second_of_chains_would() -> None:
    """Beside 20,000 evaluations of the likelihood, the least that chains would take."""
    prior = ShapePrior.between(1.2, 3.0)
    ours = _seconds(lambda: weibull_posterior(TEST, prior).life(0.1), 9)
    log_t, failed = np.log(TEST.lower), TEST.failed

    def one(mu: float) -> float:
        z = (log_t - mu) / SIGMA
        return float(z[failed].sum() - np.exp(z).sum())

    chains = _seconds(lambda: [one(MU + 1e-5 * i) for i in range(20_000)], 3)
    print(f"\nposterior {1e3 * ours:.1f} ms, 20,000 likelihoods {1e3 * chains:.0f} ms")
    assert ours < chains
