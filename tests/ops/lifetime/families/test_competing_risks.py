"""Competing risks: parted and tied likelihoods, hazards, incidence, and what a removal gains."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.stats import lognorm, weibull_min

from ops.errors import BadData, NotEnoughData
from ops.lifetime.data import LifeData, life_data
from ops.lifetime.families.competing_fit import fit_competing_risks, fit_latent_risks
from ops.lifetime.families.failure_path import path_landscape, paths_of
from ops.lifetime.fit import fit
from ops.lifetime.likelihood import loglik

WEAR, EARLY = weibull_min(4.0, scale=900.0), lognorm(1.2, scale=1500.0)


def two_modes(seed: int, n: int = 80, end: float = 800.0) -> LifeData:
    rng = np.random.default_rng(seed)
    each = np.stack([WEAR.rvs(n, random_state=rng), EARLY.rvs(n, random_state=rng)])
    t, mode = each.min(axis=0), each.argmin(axis=0)
    alive = t > end
    data = life_data(np.where(alive, end, t), np.where(alive, np.inf, t))
    return replace(data, mode=np.where(alive, -1, mode), modes=("wear", "early"))


FAMILIES = {"wear": "weibull", "early": "lognormal"}


def test_known_exact_modes_are_fitted_each_with_the_other_censored() -> None:
    data = two_modes(1)
    model = fit_competing_risks(data, FAMILIES)
    alone = [fit(data.of_mode("wear")), fit(data.of_mode("early"), "lognormal")]
    assert model.joint_loglik == pytest.approx(sum(f.loglik for f in alone), rel=1e-12)
    assert model.loglik == pytest.approx(loglik(data, model), rel=1e-12)
    assert model.loglik > model.joint_loglik  # not to know the mode is the likelier event
    assert model.parameters["beta (wear)"] == pytest.approx(alone[0].parameters["beta"])
    assert (model.family, model.k) == ("competing lognormal and weibull", 4)
    together = path_landscape(paths_of(data, 2), ("weibull", "lognormal"))
    at = np.array([f.mu for f in alone] + [np.log(f.sigma) for f in alone])
    height, slope, bend = together(at)
    assert height == pytest.approx(model.joint_loglik, rel=1e-12)
    np.testing.assert_allclose(slope, 0.0, atol=1e-5)
    np.testing.assert_allclose(np.linalg.inv(-bend), model.covariance, rtol=1e-6, atol=1e-9)


MIXED = replace(
    life_data(
        [100.0, 0.0, 300.0, 200.0, 500.0, 0.0, 300.0, 450.0, 600.0, 250.0],
        [100.0, 50.0, 400.0, 200.0, np.inf, 80.0, 350.0, 450.0, np.inf, 260.0],
        weight=[1, 2, 1, 3, 5, 1, 2, 1, 1, 1],
        entry=[0.0, 0.0, 40.0, 0.0, 0.0, 0.0, 0.0, 20.0, 0.0, 30.0],
        exit=[np.inf, np.inf, np.inf, 900.0, np.inf, np.inf, 500.0, np.inf, 900.0, np.inf],
    ),
    mode=np.array([0, 1, 0, 1, -1, -1, -1, -1, -1, 1]),
    modes=("a", "b"),
)


def _row(i: int, w: tuple) -> float:
    """Probability of a row of `MIXED` from the definition, the integral by scipy."""
    lo, hi, mode = MIXED.lower[i], min(MIXED.upper[i], MIXED.exit[i]), MIXED.mode[i]

    def alive(t: float) -> float:
        return float(np.prod([d.sf(t) for d in w])) if np.isfinite(t) else 0.0

    def ends(m: int, t: float) -> float:
        return float(w[m].pdf(t) * w[1 - m].sf(t))

    seen = alive(MIXED.entry[i]) - alive(MIXED.exit[i])
    if lo == hi:
        return (ends(mode, lo) if mode >= 0 else ends(0, lo) + ends(1, lo)) / seen
    if mode < 0:
        return (alive(lo) - alive(hi)) / seen
    return quad(lambda t: ends(mode, t), lo, hi, epsabs=1e-13, epsrel=1e-11)[0] / seen


@pytest.mark.parametrize("at", [(6.0, 6.8, -1.0, 0.2), (5.5, 6.0, -0.5, -0.7)])
def test_every_kind_of_row_counts_by_its_probability(at: tuple[float, ...]) -> None:
    w = (
        weibull_min(np.exp(-at[2]), scale=np.exp(at[0])),
        lognorm(np.exp(at[3]), scale=np.exp(at[1])),
    )
    expected = sum(u * np.log(_row(i, w)) for i, u in enumerate(MIXED.weight))
    landscape = path_landscape(paths_of(MIXED, 2), ("weibull", "lognormal"))
    height, gradient, hessian = landscape(np.array(at))
    assert height == pytest.approx(expected, rel=1e-7)
    steps = np.eye(4) * 1e-5
    slopes = [(landscape(at + s)[0] - landscape(at - s)[0]) / 2e-5 for s in steps]
    bends = [(landscape(at + s)[1] - landscape(at - s)[1]) / 2e-5 for s in steps]
    np.testing.assert_allclose(gradient, slopes, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(hessian, bends, rtol=1e-5, atol=1e-4)


def test_readouts_and_unknown_modes_tie_the_modes_together() -> None:
    data = two_modes(2, 120)
    edges = np.arange(0.0, 801.0, 100.0)
    place = np.searchsorted(edges, data.lower)
    rows = replace(
        data,
        lower=np.where(data.failed, edges[place - 1], data.lower),
        upper=np.where(data.failed, edges[np.minimum(place, edges.size - 1)], np.inf),
        mode=np.where(np.arange(120) % 10 == 0, -1, data.mode),
    )
    model = fit_competing_risks(rows, FAMILIES)
    landscape = path_landscape(paths_of(rows, 2), ("weibull", "lognormal"))
    for start in ([6.0, 6.0, 0.0, 0.0], [7.0, 8.0, -1.0, 0.5]):
        end = minimize(lambda a: -landscape(a)[0], start, jac=lambda a: -landscape(a)[1])
        assert model.joint_loglik >= -end.fun - 1e-7
    assert model.loglik == pytest.approx(loglik(rows, model), rel=1e-12)


def test_unknown_modes_are_found_from_the_times() -> None:
    rng = np.random.default_rng(3)
    t = np.minimum(1500 * rng.weibull(0.6, 120), 900 * rng.weibull(6.0, 120))
    data = life_data(t)
    model = fit_latent_risks(data)
    landscape = path_landscape(
        paths_of(replace(data, mode=np.full(120, -1), modes=("1", "2")), 2), ("weibull",) * 2
    )
    for start in ([7.0, 6.5, 0.5, -1.5], [8.0, 6.8, 0.0, -1.0], [6.8, 6.8, 0.6, -0.6]):
        end = minimize(lambda a: -landscape(a)[0], start, jac=lambda a: -landscape(a)[1])
        assert model.loglik >= -end.fun - 1e-6
    assert model.loglik > fit(data).loglik
    assert not model.told


def test_incidences_add_up_and_hazards_too() -> None:
    model = fit_competing_risks(two_modes(4), FAMILIES)
    t = np.array([50.0, 400.0, 1200.0])
    np.testing.assert_allclose(model.incidence(t).sum(axis=0), model.cdf(t), rtol=1e-8)
    np.testing.assert_allclose(model.hazard(t), model.density(t) / model.survival(t), rtol=1e-10)
    p = np.array([1e-6, 0.1, 0.9])
    np.testing.assert_allclose(model.cdf(model.quantile(p)), p, rtol=1e-9)
    lives, which = model.simulate_modes(np.random.default_rng(1), 20_000)
    assert np.mean(which[lives < 400] == 0) == pytest.approx(
        (model.incidence(t)[0] / model.cdf(t))[1], abs=0.03
    )


def test_a_removal_gains_life_and_takes_the_mode_away() -> None:
    model = fit_competing_risks(two_modes(5), FAMILIES)
    gained = model.removal("early", 0.1)
    assert gained.then == pytest.approx(model.risks[0].quantile(np.array([0.1]))[0], rel=1e-9)
    assert gained.then > gained.now
    assert 0 < gained.first < 0.1
    left = model.without("early")
    assert (left.modes, left.names, left.covariance.shape) == (
        ("wear",), ("mu (wear)", "log_sigma (wear)"), (2, 2),
    )  # fmt: skip
    with pytest.raises(BadData, match="only failure mode"):
        left.without("wear")
    with pytest.raises(BadData, match="rust is not a failure mode; there are wear, early"):
        model.without("rust")


def test_a_mode_that_nothing_failed_by_is_named_and_left_out() -> None:
    data = replace(two_modes(6), modes=("wear", "early", "rust"))
    model = fit_competing_risks(data, "weibull")
    assert model.unseen == ("rust",)
    assert model.modes == ("wear", "early")


def test_one_mode_is_one_distribution() -> None:
    rows = life_data([10.0, 20.0, 30.0, 40.0], [10.0, 25.0, 30.0, np.inf])
    one = replace(rows, mode=np.array([0, 0, -1, -1]), modes=("wear",))
    model = fit_competing_risks(one)
    assert model.loglik == pytest.approx(fit(rows).loglik, rel=1e-10)
    assert model.quantile(np.array([0.5]))[0] == pytest.approx(
        fit(rows).quantile(np.array([0.5]))[0], rel=1e-9
    )


def test_what_cannot_be_fitted_is_said() -> None:
    plain = life_data([1.0, 2.0, 3.0])
    with pytest.raises(BadData, match="no failure mode is named"):
        fit_competing_risks(plain)
    with pytest.raises(NotEnoughData, match="no failure has a known mode"):
        fit_competing_risks(replace(plain, modes=("a",)))
    last = replace(plain, mode=np.array([0, 0, 1]), modes=("a", "b"))
    with pytest.raises(NotEnoughData, match="failure mode b: no maximum"):
        fit_competing_risks(last)
    with pytest.raises(BadData, match="no distribution is given for the mode b"):
        fit_competing_risks(last, {"a": "weibull"})
    with pytest.raises(NotEnoughData, match="2 modes need 6 failures, got 3"):
        fit_latent_risks(plain)
    with pytest.raises(BadData, match="2 to 5 modes"):
        fit_latent_risks(plain, modes=9)
