import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import log_ndtr

from ops.errors import NotEnoughData
from ops.lifetime.data import LifeData, life_data
from ops.lifetime.families.threshold import Base, fit_threshold
from ops.lifetime.fit import fit
from ops.validation.published import entry
from tests.strategies import few

FIBRES = entry("lifetime_families", "glass_fibre_threshold")


def test_glass_fibres_ask_for_a_negative_threshold() -> None:
    found = fit_threshold(life_data(FIBRES["inputs"]["x"]), admissible="any")
    expected = FIBRES["expected"]["three"]
    assert found.loglik == pytest.approx(expected["loglik"], abs=FIBRES["tolerance"]["loglik"])
    assert found.parameters["gamma"] == pytest.approx(expected["gamma"], abs=1e-3)
    assert found.parameters["beta"] == pytest.approx(expected["beta"], abs=5e-3)


def test_where_no_threshold_may_be_negative_glass_fibres_have_none() -> None:
    found = fit_threshold(life_data(FIBRES["inputs"]["x"]))
    expected = FIBRES["expected"]["two"]
    assert found.parameters["gamma"] == 0.0
    assert found.loglik == pytest.approx(expected["loglik"], abs=1e-9)
    assert found.parameters["eta"] == pytest.approx(expected["eta"], rel=1e-7)
    assert "boundary 0" in found.notes[0]
    assert found.interval(0.1)[0] > 0


@pytest.mark.parametrize("base", ["weibull", "lognormal"])
@pytest.mark.parametrize("seed", range(3))
def test_it_is_at_the_highest_regular_maximum(base: Base, seed: int) -> None:
    rng = np.random.default_rng(seed)
    times = np.round(60 + 100 * rng.weibull(2.5, 40), 1)
    end = float(np.quantile(times, 0.8))
    data = life_data(np.minimum(times, end), np.where(times > end, np.inf, times))
    found = fit_threshold(data, base)
    failed, first = data.lower[data.exact], data.lower[data.exact].min()

    def negative(x: np.ndarray) -> float:
        if not 0 <= x[2] < first - 0.5:
            return 1e9
        y, late = np.log(failed - x[2]), np.log(data.lower[data.right] - x[2])
        z, z_late = (y - x[1]) / np.exp(x[0]), (late - x[1]) / np.exp(x[0])
        if base == "weibull":
            inner, alive = z - np.exp(z), -np.exp(z_late)
        else:
            inner, alive = -0.5 * z * z - 0.5 * np.log(2 * np.pi), log_ndtr(-z_late)
        return -float((inner - x[0] - y).sum() + alive.sum())

    starts = [(s, 4.5, g) for s in (0.0, -1.0) for g in (0.0, 0.5 * first)]
    ends = [
        minimize(negative, x, method="Nelder-Mead", options={"maxiter": 1500, "fatol": 1e-10})
        for x in starts
    ]
    assert found.notes == () or "boundary 0" in found.notes[0]
    assert found.loglik >= max(-e.fun for e in ends) - 1e-7


def test_a_shape_below_one_is_fitted_by_readings() -> None:
    """Its density grows without bound at the first failure; the likelihood of readings does not."""
    rng = np.random.default_rng(2)
    data = life_data(np.round(50 + 100 * rng.weibull(0.6, 40), 1))
    found = fit_threshold(data)
    assert np.isfinite(found.loglik)
    assert found.parameters["gamma"] < data.lower.min()
    assert found.parameters["gamma"] == pytest.approx(50.0, abs=2.0)
    assert found.parameters["beta"] < 1.0
    assert "readings" in found.notes[0]


def test_a_coarser_reading_gives_nearly_the_same_fit() -> None:
    rng = np.random.default_rng(4)
    data = life_data(np.round(80 + 100 * rng.weibull(2.5, 60)))
    fine, coarse = (fit_threshold(data, resolution=r) for r in (0.01, 1.0))
    assert fine.loglik == pytest.approx(coarse.loglik, abs=1e-7)
    assert fine.parameters["gamma"] == pytest.approx(coarse.parameters["gamma"], rel=1e-3)


def test_data_of_an_unbounded_shape_ask_for_the_limit() -> None:
    share = (np.arange(100) + 0.5) / 100
    data = life_data(np.round(1000 - 40 * share**-0.25, 2))  # a lower tail without an end
    with pytest.raises(NotEnoughData, match="smallest extreme value"):
        fit_threshold(data, admissible="any")


def test_survivors_before_the_threshold_and_readouts_are_borne() -> None:
    lower = [10.0, 20.0, 100.0, 110.0, 125.0, 140.0, 150.0, 170.0, 180.0, 240.0]
    upper = [np.inf, np.inf, 110.0, 125.0, 140.0, 150.0, 170.0, 180.0, 240.0, np.inf]
    found = fit_threshold(life_data(lower, upper))
    assert np.isfinite(found.loglik)
    assert 0.0 <= found.parameters["gamma"] < 110.0


@pytest.mark.parametrize("lower", [[5.0, 6.0], [5.0, 6.0, 6.0]])
def test_two_failures_are_too_few(lower: list[float]) -> None:
    upper = [5.0, 6.0, *[np.inf] * (len(lower) - 2)]
    with pytest.raises(NotEnoughData, match="3 failures"):
        fit_threshold(life_data(lower, upper))


def test_failures_at_one_instant_are_told() -> None:
    with pytest.raises(NotEnoughData):
        fit_threshold(life_data([7.0, 7.0, 7.0, 7.0]), admissible="any")


@few(25)
@given(st.integers(0, 1000), st.sampled_from(["weibull", "lognormal"]))
def test_it_explains_at_least_as_much_as_without_a_threshold(seed: int, base: Base) -> None:
    data = sample(seed)
    found = fit_threshold(data, base)
    assert 0.0 <= found.parameters["gamma"] < data.upper[data.failed].min()
    if not any("readings" in note for note in found.notes):
        assert found.loglik >= fit(data, base).loglik - 1e-7


def sample(seed: int) -> LifeData:
    rng = np.random.default_rng(seed)
    times = np.round(20 + 100 * rng.weibull(rng.uniform(0.8, 4.0), 25), 1)
    end = rng.uniform(60.0, 200.0)
    data = life_data(np.minimum(times, end), np.where(times > end, np.inf, times))
    return data if data.failures >= 5 else sample(seed + 100_000)
