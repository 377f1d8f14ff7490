"""Fits: the published maximum, one that no optimiser tops, and the same whatever the unit."""

from math import inf, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import norm

from ops.errors import BadData
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.existence import NoMaximum, Reason
from ops.lifetime.fit import LifeFit, fit, fit_many, fit_samples
from ops.lifetime.likelihood import derivatives_at
from ops.lifetime.location_scale import FAMILIES, Family, standard_cdf, standard_quantile
from tests.reference import case
from tests.strategies import few

families = st.sampled_from(FAMILIES)
PUBLISHED = (
    "nist_8_4_1_2_weibull",
    "meeker_escobar_bearing_cage",
    "shock_absorber",
    "ball_bearing_model_selection",
    "cracks_interval",
    "ic_data_no_lfp",
)


def mixed(seed: int, n: int = 30, *, scale: float = 1.0, truncated: bool = False) -> LifeData:
    """Rows of every kind, with weights."""
    rng = np.random.default_rng(seed)
    t = scale * (0.05 + rng.weibull(1.0 + 2.0 * rng.random(), n))
    kind = rng.integers(0, 4, n)
    kind[:4] = 0, 1, 2, 3
    lower, upper = np.where(kind == 2, 0.0, t), np.where(kind == 1, inf, t)
    upper = np.where(kind == 3, t * (1.0 + 10.0 ** rng.uniform(-9.0, 1.0)), upper)
    entry = lower * rng.choice([0.0, 0.3], n) if truncated else np.zeros(n)
    leave = np.where(rng.random(n) < 0.3, 4.0 * t + upper, inf) if truncated else np.full(n, inf)
    weight = rng.integers(1, 4, n).astype(np.float64)
    return life_data(lower, upper, weight=weight, entry=entry, exit=leave)


def published(name: str) -> LifeData:
    rows = case("lifetime_fit", name)["inputs"]
    upper = [inf if time is None else time for time in rows["upper"]]
    return life_data(rows["lower"], upper, weight=rows["weight"])


@pytest.mark.parametrize("family", ["weibull", "lognormal"])
@pytest.mark.parametrize("name", PUBLISHED)
def test_published_data_give_the_estimate_of_survreg(name: str, family: Family) -> None:
    found, said = fit(published(name), family), case("lifetime_fit", name)
    expected, rel = said["reference"][family], said["tolerance"]
    assert (found.mu, found.sigma) == pytest.approx((expected["mu"], expected["sigma"]), rel=rel)
    assert found.loglik == pytest.approx(expected["loglik"], abs=1e-6)
    variances = [expected[key] for key in ("var_mu", "cov_mu_logsigma", "var_logsigma")]
    assert found.covariance[np.triu_indices(2)] == pytest.approx(variances, rel=1e-5, abs=1e-9)


def test_the_maximum_that_a_known_program_misses_is_found() -> None:
    said = case("lifetime_fit", "false_optimum_weibull")
    found = fit(failures_and_suspensions(said["inputs"]["failures"], said["inputs"]["suspensions"]))
    assert found.loglik == pytest.approx(said["expected"]["loglik"], abs=1e-6)
    assert found.loglik > said["short_of_it"]["loglik"] + 0.4
    assert found.parameters["eta"] == pytest.approx(said["expected"]["eta"], rel=1e-5)
    assert found.parameters["beta"] == pytest.approx(said["expected"]["beta"], abs=1e-6)


def test_a_published_right_censored_weibull_to_its_digits() -> None:
    said = case("lifetime_fit", "right_censored_weibull")
    found = fit(failures_and_suspensions(said["inputs"]["failures"], said["inputs"]["suspensions"]))
    assert found.parameters["beta"] == pytest.approx(said["published"]["beta"], abs=5e-4)
    assert found.parameters["eta"] == pytest.approx(said["published"]["eta"], abs=5e-5)


def test_complete_normal_data_have_the_closed_form() -> None:
    t = np.random.default_rng(1).normal(50.0, 4.0, 25)
    found = fit(life_data(t), "normal")
    assert (found.mu, found.sigma) == pytest.approx((t.mean(), t.std()), rel=1e-12)
    assert found.loglik == pytest.approx(norm(t.mean(), t.std()).logpdf(t).sum(), rel=1e-12)
    assert found.covariance == pytest.approx(np.diag([t.var() / 25, 1 / 50]), rel=1e-9, abs=1e-15)


def test_a_known_sigma_has_the_closed_form_of_weibayes() -> None:
    failed, lasted = np.array([400.0, 700.0]), np.array([500.0, 900.0, 1200.0])
    data, beta = failures_and_suspensions(failed, lasted), 2.5
    found = fit(data, sigma=1 / beta)
    eta = ((np.concatenate([failed, lasted]) ** beta).sum() / 2) ** (1 / beta)
    assert found.parameters == pytest.approx({"eta": eta, "beta": beta}, rel=1e-12)
    assert found.covariance == pytest.approx(np.array([[0.4**2 / 2, 0], [0, 0]]), rel=1e-9)
    with pytest.raises(BadData, match="sigma 0 is not"):
        fit(data, sigma=0.0)


def test_an_exponential_is_a_weibull_of_sigma_one() -> None:
    found = fit(failures_and_suspensions([10.0, 30.0], [60.0]), sigma=1.0)
    assert found.parameters["eta"] == pytest.approx(50.0)
    assert found.loglik == pytest.approx(-2 * log(50.0) - 2.0)


@few(60)
@given(seed=st.integers(0, 10**6), family=families, truncated=st.booleans())
def test_no_optimiser_tops_the_estimate(seed: int, family: Family, truncated: bool) -> None:
    data = mixed(seed, n=5 + seed % 30, truncated=truncated)
    try:
        found = fit(data, family)
    except NoMaximum:
        return

    def fall(x: np.ndarray) -> tuple[float, np.ndarray]:
        sigma = found.sigma * np.exp(np.clip(x[1], -20, 20))
        here = derivatives_at(data, family, found.mu + found.sigma * x[0], float(sigma))
        return -here.loglik, -here.gradient * [found.sigma, 1.0]

    assert np.abs(fall(np.zeros(2))[1]).max() < 1e-7 * data.units
    with np.errstate(all="ignore"):
        best = min(minimize(fall, x, jac=True).fun for x in ([0.7, 0.4], [-0.7, 0.2]))
    assert found.loglik >= -best - 1e-8 * abs(best)


@few(40)
@given(seed=st.integers(0, 10**6), family=families, unit=st.floats(-9.0, 12.0))
def test_the_unit_of_time_changes_nothing(seed: int, family: Family, unit: float) -> None:
    scale = 10.0**unit
    try:
        one, other = fit(mixed(seed), family), fit(mixed(seed, scale=scale), family)
    except NoMaximum:
        return
    p = np.array([0.01, 0.5, 0.9])
    assert other.quantile(p) == pytest.approx(scale * one.quantile(p), rel=1e-6, abs=1e-7 * scale)
    exact = data_weight_of_exact(mixed(seed))
    assert other.loglik == pytest.approx(one.loglik - exact * log(scale), rel=1e-7, abs=1e-6)


def data_weight_of_exact(data: LifeData) -> float:
    return float(data.weight[data.exact].sum())


@few(40)
@given(seed=st.integers(0, 10**6), family=families, truncated=st.booleans())
def test_a_weight_is_a_repetition_and_order_is_nothing(
    seed: int, family: Family, truncated: bool
) -> None:
    data = mixed(seed, truncated=truncated)
    rows = np.random.default_rng(seed).permutation(
        np.repeat(np.arange(data.lower.size), data.weight.astype(int))
    )
    many = life_data(
        data.lower[rows], data.upper[rows], entry=data.entry[rows], exit=data.exit[rows]
    )
    try:
        one, other = fit(data, family), fit(many, family)
    except NoMaximum:
        return
    assert (other.mu, other.sigma) == pytest.approx((one.mu, one.sigma), rel=1e-8, abs=1e-9)
    assert other.loglik == pytest.approx(one.loglik, rel=1e-11)
    assert other.covariance == pytest.approx(one.covariance, rel=1e-6)


@few(30)
@given(seed=st.integers(0, 10**6), family=families)
def test_an_exact_time_is_the_limit_of_a_narrow_interval(seed: int, family: Family) -> None:
    t = np.random.default_rng(seed).weibull(2.0, 12) + 0.1
    late = np.append(t, [1.0, 2.0])
    one = fit(life_data(late, np.append(t, [inf, inf])), family)
    width = 1e-8 * t
    other = fit(life_data(late, np.append(t + width, [inf, inf])), family)
    assert (other.mu, other.sigma) == pytest.approx((one.mu, one.sigma), rel=1e-6, abs=1e-6)
    assert other.loglik - np.log(width).sum() == pytest.approx(one.loglik, rel=1e-6)
    assert other.covariance == pytest.approx(one.covariance, rel=1e-4)


@few(30)
@given(seed=st.integers(0, 10**6), family=families)
def test_a_window_so_wide_that_all_fail_in_it_changes_nothing(seed: int, family: Family) -> None:
    data = mixed(seed)
    wide = life_data(
        data.lower, data.upper, weight=data.weight, exit=np.full(data.lower.size, 1e30)
    )
    one, other = fit(data, family), fit(wide, family)
    assert (other.mu, other.sigma) == pytest.approx((one.mu, one.sigma), rel=1e-6, abs=1e-8)
    assert other.loglik == pytest.approx(one.loglik, rel=1e-8)
    assert (other.units, other.failures) == (one.units, one.failures)


def test_truncation_is_undone() -> None:
    """Left-truncated lives tell of the lives that were never seen."""
    rng = np.random.default_rng(4)
    t = 100.0 * rng.weibull(2.0, 40_000)
    entry = rng.uniform(0.0, 150.0, t.size)
    seen = (t > entry) & (t < 300.0)
    leave = 300.0 * np.ones(int(seen.sum()))
    found = fit(life_data(t[seen], entry=entry[seen], exit=leave))
    assert found.parameters["eta"] == pytest.approx(100.0, rel=0.02)
    assert found.parameters["beta"] == pytest.approx(2.0, rel=0.03)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_model_answers_by_its_family(family: Family) -> None:
    found = fit(mixed(3), family)
    p = np.array([1e-6, 0.1, 0.5, 0.99])
    t = found.quantile(p)
    assert found.cdf(t) == pytest.approx(p, rel=1e-9)
    assert found.survival(t) == pytest.approx(1 - p, rel=1e-9)
    assert found.hazard(t) == pytest.approx(found.density(t) / found.survival(t), rel=1e-9)
    h = 1e-6 * t
    slope = (found.cdf(t + h) - found.cdf(t - h)) / (2 * h)
    assert found.density(t)[1:] == pytest.approx(slope[1:], rel=1e-5)
    assert standard_cdf(family, standard_quantile(family, p)) == pytest.approx(p)
    assert len(found.parameters) == 2


@pytest.mark.parametrize("family", ["weibull", "lognormal", "loglogistic"])
def test_nothing_fails_before_it_begins(family: Family) -> None:
    found = fit(mixed(3), family)
    early = np.array([-1.0, 0.0])
    assert found.survival(early).tolist() == [1.0, 1.0]
    assert found.cdf(early).tolist() == [0.0, 0.0]
    assert found.density(early).tolist() == [0.0, 0.0]


def test_many_populations_are_many_single_fits() -> None:
    parts = [mixed(seed, n=5 + seed) for seed in range(12)]
    parts.append(life_data([5.0], [inf]))
    offsets = np.concatenate([[0], np.cumsum([part.lower.size for part in parts])])
    columns = [np.concatenate([getattr(p, c) for p in parts]) for c in ("lower", "upper", "weight")]
    found = fit_many(life_data(columns[0], columns[1], weight=columns[2]), offsets, "lognormal")
    for i, part in enumerate(parts[:-1]):
        _assert_same(found.one(i), fit(part, "lognormal"))
    assert found.exists.tolist() == [True] * 12 + [False]
    assert Reason(int(found.reason[-1])) is Reason.NO_FAILURES
    assert np.isnan(found.mu[-1])
    with pytest.raises(NoMaximum, match="no unit has failed"):
        found.one(12)


def _assert_same(one: LifeFit, other: LifeFit) -> None:
    for name in ("mu", "sigma", "loglik", "units", "failures", "censored_share", "iterations"):
        assert getattr(one, name) == getattr(other, name), name
    assert (one.covariance == other.covariance).all()


def test_samples_are_fitted_row_by_row_and_a_weight_of_zero_is_no_row() -> None:
    t = np.random.default_rng(2).weibull(2.0, (5, 8))
    upper = np.where(t > 1.0, inf, t)
    lower = np.minimum(t, 1.0)
    found = fit_samples(lower, upper)
    first = fit(life_data(lower[0], upper[0]))
    assert (found.mu[0], found.sigma[0]) == (first.mu, first.sigma)
    weight = np.ones_like(t)
    weight[:, 3] = 0.0
    left_out = fit_samples(np.delete(lower, 3, 1), np.delete(upper, 3, 1))
    assert fit_samples(lower, upper, weight=weight).mu == pytest.approx(left_out.mu, nan_ok=True)


def test_nothing_given_is_changed_and_frozen_columns_are_taken() -> None:
    data = mixed(1)
    before = data.fingerprint()
    for column in (data.lower, data.upper, data.weight):
        column.flags.writeable = False
    fit(data)
    assert data.fingerprint() == before


def test_twenty_thousand_rows_come_to_rest_whatever_their_sum_rounds_to() -> None:
    rng = np.random.default_rng(0)
    n = 20_000
    for _ in range(12):  # one in fifteen used to go round and round
        t = 1000 * rng.weibull(1.7, n) * rng.gamma(10, 0.1, n)
        data = life_data(np.minimum(t, 500.0), np.where(t < 500.0, t, np.inf))
        assert abs(fit(data).gradient) < 1e-6
