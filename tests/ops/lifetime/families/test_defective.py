"""Defective subpopulations: integrated circuits, the bound p = 1, and where p cannot be known."""

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import chi2, weibull_min

from ops.errors import NotEnoughData
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.families.defective import Defective, fit_defective
from ops.lifetime.families.defective_share import boundary_test, share_interval
from ops.lifetime.families.row_term import LogFamily
from ops.lifetime.fit import NoMaximum, fit
from ops.lifetime.likelihood import loglik
from tests.reference import case


def circuits() -> LifeData:
    rows = case("lifetime_latent", "ic_defective")["inputs"]
    failures = rows["failures"]
    return life_data(
        [*failures, rows["censored_at"]],
        [*failures, np.inf],
        weight=[1] * len(failures) + [rows["censored"]],
    )


def _defects(seed: int, p: float, n: int = 100, end: float = 2000.0) -> LifeData:
    rng = np.random.default_rng(seed)
    t = np.where(rng.uniform(size=n) < p, 500.0 * rng.weibull(1.5, n), np.inf)
    return failures_and_suspensions(t[t <= end], np.full(int((t > end).sum()), end))


def _oracle(t: np.ndarray, end: float, censored: int) -> tuple[float, np.ndarray]:
    """Weibull with a share of defects by scipy's simplex, from several starts."""

    def loss(a: np.ndarray) -> float:
        if not (0 < a[2] < 1 and abs(a[1]) < 4):
            return np.inf
        k = np.exp(a[1])
        of = a[1] - np.log(t) + k * (np.log(t) - a[0])  # log of the hazard; by hand, as the
        density = of.sum() - np.exp(k * (np.log(t) - a[0])).sum()  # simplex asks thousands of times
        alive = np.log1p(a[2] * np.expm1(-np.exp(k * (np.log(end) - a[0]))))
        return -(t.size * np.log(a[2]) + density + censored * alive)

    ends = [
        minimize(loss, [m, 0.0, p], method="Nelder-Mead",
                 options={"xatol": 1e-10, "fatol": 1e-11, "maxiter": 4000, "maxfev": 4000})
        for m, p in ((np.log(np.median(t)), 0.5), (np.log(t.max()), 0.05))
    ]  # fmt: skip
    best = min(ends, key=lambda e: e.fun)
    return -best.fun, best.x


def test_circuits_are_a_small_share_of_defects() -> None:
    data = circuits()
    model = fit_defective(data)
    failures = np.array(case("lifetime_latent", "ic_defective")["inputs"]["failures"])
    height, at = _oracle(failures, 1370.0, 4128)
    assert model.loglik == pytest.approx(height, abs=1e-7)
    assert model.parameters["p"] == pytest.approx(at[2], rel=1e-4)
    assert model.parameters["eta"] == pytest.approx(np.exp(at[0]), rel=1e-3)
    assert model.parameters["beta"] == pytest.approx(np.exp(at[1]), rel=1e-3)
    assert model.parameters["p"] == pytest.approx(0.0067, abs=1e-4)


@pytest.mark.parametrize("family", ["weibull", "lognormal"])
def test_the_gain_over_one_population_is_against_the_published_fit(family: LogFamily) -> None:
    model = fit_defective(circuits(), family)
    plain = case("lifetime_latent", "ic_defective")["expected"][f"plain_{family}_loglik"]
    assert model.statistic == pytest.approx(2 * (model.loglik - plain), abs=1e-6)
    assert model.statistic > 18.0
    assert model.loglik == pytest.approx(loglik(circuits(), model), rel=1e-12)
    assert model.k == 3 == len(model.names)


def test_the_profile_interval_ends_where_the_likelihood_has_fallen_enough() -> None:
    data = circuits()
    model = fit_defective(data)
    interval = share_interval(data, model)
    assert interval.lower < model.share < interval.upper < 0.02
    t = data.lower[:-1]
    for p in (interval.lower, interval.upper):

        def loss(a: np.ndarray, p: float = p) -> float:
            w = weibull_min(np.exp(a[1]), scale=np.exp(a[0]))
            alive = np.log1p(-p * w.cdf(1370.0))
            return -(t.size * np.log(p) + w.logpdf(t).sum() + 4128 * alive)

        end = minimize(loss, [3.0, -0.7], method="Nelder-Mead",
                       options={"xatol": 1e-9, "fatol": 1e-10})  # fmt: skip
        assert 2 * (model.loglik + end.fun) == pytest.approx(chi2.ppf(0.95, 1), abs=1e-6)
    assert interval.seen > 0.99
    assert "are defective" in interval.words


def test_without_a_plateau_every_unit_fails_and_p_has_no_upper_limit() -> None:
    t = 500.0 * np.random.default_rng(2).weibull(1.5, 60)
    data = failures_and_suspensions(t[t < 400], np.full(int((t >= 400).sum()), 400.0))
    model = fit_defective(data)
    interval = share_interval(data, model)
    assert interval.upper == 1.0
    assert "do not exclude that every unit will fail" in interval.words


def test_the_bound_is_the_plain_fit() -> None:
    data = life_data(500.0 * np.random.default_rng(3).weibull(2.0, 50))
    model = fit_defective(data)
    assert model.bounded
    assert model.statistic == 0.0
    assert model.loglik == pytest.approx(fit(data).loglik, rel=1e-12)
    assert share_interval(data, model).upper == 1.0
    assert model.quantile(np.array([0.999999]))[0] < np.inf


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_planted_share_is_found(seed: int) -> None:
    data = _defects(seed, 0.4)
    model = fit_defective(data)
    interval = share_interval(data, model, confidence=0.999)
    assert interval.lower < 0.4 < interval.upper
    assert model.quantile(np.array([0.9]))[0] == np.inf
    t = data.lower[data.failed]
    height, _ = _oracle(t, 2000.0, int(data.right.sum()))
    assert model.loglik >= height - 1e-7


def test_readouts_and_weights_give_the_same_as_their_units() -> None:
    rows = life_data(
        [0.0, 100.0, 300.0, 1000.0], [100.0, 300.0, 700.0, np.inf], weight=[6, 9, 4, 80]
    )
    each = rows.take(np.repeat(np.arange(4), [6, 9, 4, 80]))
    each = life_data(each.lower, each.upper)
    assert fit_defective(rows).share == pytest.approx(fit_defective(each).share, rel=1e-6)
    assert fit_defective(rows).loglik == pytest.approx(loglik(rows, fit_defective(rows)), rel=1e-10)


def test_failures_at_one_instant_have_no_maximum() -> None:
    with pytest.raises(NoMaximum):
        fit_defective(failures_and_suspensions([10.0, 10.0, 10.0], [20.0] * 5))
    with pytest.raises(NoMaximum):
        fit_defective(failures_and_suspensions([], [20.0] * 5))


def test_samples_of_one_population_rarely_gain_as_much() -> None:
    rng = np.random.default_rng(4)
    clear = fit_defective(_defects(1, 0.4))
    test = boundary_test(_defects(1, 0.4), clear, rng=rng, resamples=19)
    assert test.p_value == pytest.approx(0.05)
    assert test.asymptotic < 0.01
    one = life_data(500.0 * rng.weibull(2.0, 40))
    assert boundary_test(one, fit_defective(one), rng=rng, resamples=9).p_value > 0.5


def test_draws_follow_the_model() -> None:
    model: Defective = fit_defective(_defects(5, 0.4))
    lives = model.simulate(np.random.default_rng(1), 20_000)
    assert np.mean(np.isinf(lives)) == pytest.approx(model.immortal, abs=0.011)
    assert np.mean(lives < 400.0) == pytest.approx(model.cdf(np.array([400.0]))[0], abs=0.011)


def test_nothing_can_be_drawn_where_one_population_has_no_maximum() -> None:
    data = _defects(1, 0.4)
    model = fit_defective(data)
    lone = Defective(
        **{**{f: getattr(model, f) for f in model.__dataclass_fields__}, "plain": None}
    )
    with pytest.raises(NotEnoughData, match="nothing can be drawn"):
        boundary_test(data, lone, rng=np.random.default_rng(0))
