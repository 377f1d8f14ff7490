"""Gamma process of damage: a maximum by its likelihood, its life, and damage that goes back."""

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import gamma

from ops.errors import BadData, NotEnoughData
from ops.lifetime.degradation.data import DegradationData, degradation_data
from ops.lifetime.degradation.gamma_process import fit_gamma_process
from ops.lifetime.degradation.increments import increments
from ops.lifetime.degradation.process import process_life

AGES = np.arange(0.0, 1001.0, 100.0)


def _drawn(rng: np.random.Generator, units: int, sign: float = 1.0) -> DegradationData:
    gained = np.cumsum(rng.gamma(2.0, 0.5, (units, 10)), axis=1)
    return _read(sign * np.concatenate([np.zeros((units, 1)), gained], axis=1))


def _read(values: np.ndarray) -> DegradationData:
    return degradation_data(
        {f"U{k}": (AGES.tolist(), row.tolist()) for k, row in enumerate(values)}
    )


def test_the_fit_meets_an_independent_maximum() -> None:
    grown = increments(_drawn(np.random.default_rng(1), 12), 20.0)
    found = fit_gamma_process(grown)

    def minus(theta: np.ndarray) -> float:
        rate, scale = np.exp(theta)
        return -float(
            gamma(rate * (grown.end - grown.start), scale=scale).logpdf(grown.growth).sum()
        )

    best = minimize(minus, np.log([0.03, 0.4]), method="Nelder-Mead",
                    options={"xatol": 1e-10, "fatol": 1e-12})  # fmt: skip
    assert found.loglik == pytest.approx(-best.fun, rel=1e-9)
    assert (found.rate, found.scale) == pytest.approx(np.exp(best.x), rel=1e-4)


def test_the_life_is_when_the_damage_passes_the_limit() -> None:
    found = fit_gamma_process(increments(_drawn(np.random.default_rng(2), 12), 20.0), power=None)
    life = process_life(found, 0.1)
    law = gamma(found.rate * life.estimate**found.power, scale=found.scale)
    assert law.sf(20.0) == pytest.approx(0.1, rel=1e-6)
    assert life.lower is not None
    assert life.upper is not None
    assert life.lower < life.estimate < life.upper


def test_damage_that_falls_to_a_lower_limit_is_the_same() -> None:
    up = fit_gamma_process(increments(_drawn(np.random.default_rng(3), 6), 20.0))
    down = fit_gamma_process(increments(_drawn(np.random.default_rng(3), 6, -1.0), -20.0))
    assert down.rate == pytest.approx(up.rate)


def test_readings_without_growth_count_as_below_the_resolution() -> None:
    rng = np.random.default_rng(4)
    gained = np.cumsum(rng.gamma(0.5, 0.5, (10, 10)), axis=1)
    coarse = _read(np.round(np.concatenate([np.zeros((10, 1)), gained], axis=1), 1))
    found = fit_gamma_process(increments(coarse, 20.0), resolution=0.05)
    assert found.rate * found.scale == pytest.approx(0.0025, rel=0.3)


def test_damage_that_goes_back_is_refused() -> None:
    back = degradation_data({"a": ([0.0, 1, 2, 3, 4], [0.0, 1, 0.5, 2, 3])})
    with pytest.raises(BadData, match="go back"):
        fit_gamma_process(increments(back, 9.0))
    with pytest.raises(NotEnoughData, match="in proportion"):
        fit_gamma_process(
            increments(degradation_data({"a": ([0.0, 1, 2, 3], [0.0, 1, 2, 3])}), 9.0)
        )
