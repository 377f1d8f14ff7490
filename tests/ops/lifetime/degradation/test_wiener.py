"""Wiener process of damage: its likelihood, its life, its bounds against independent ones."""

import numpy as np
import pytest
from scipy.stats import invgauss, multivariate_normal

from ops.errors import BadData, NotEnoughData
from ops.lifetime.degradation.data import DegradationData, degradation_data
from ops.lifetime.degradation.increments import increments
from ops.lifetime.degradation.process import process_life
from ops.lifetime.degradation.wiener import fit_wiener

AGES = np.arange(0.0, 1001.0, 100.0)


def _drawn(
    rng: np.random.Generator, units: int, *, between: float = 0.0, power: float = 1.0
) -> DegradationData:
    step = np.diff(AGES**power)
    readings = {}
    for at in range(units):
        gained = rng.normal((0.01 + between * rng.normal()) * step, 0.02 * np.sqrt(step))
        readings[f"U{at}"] = (AGES.tolist(), np.concatenate([[0.0], np.cumsum(gained)]).tolist())
    return degradation_data(readings)


def test_the_likelihood_with_drifts_of_units_is_that_of_a_normal_vector() -> None:
    grown = increments(_drawn(np.random.default_rng(1), 6, between=0.004), 20.0)
    found = fit_wiener(grown, by_unit=True)
    step = np.diff(AGES)
    cov = np.diag(found.diffusion * step) + found.between * np.outer(step, step)
    direct = sum(
        multivariate_normal(found.drift * step, cov).logpdf(grown.growth[grown.item == at])
        for at in range(6)
    )
    assert found.loglik == pytest.approx(direct, rel=1e-9)
    for moved in (0.9, 1.1):
        other = np.diag(found.diffusion * step) + moved * found.between * np.outer(step, step)
        assert found.loglik > sum(
            multivariate_normal(found.drift * step, other).logpdf(grown.growth[grown.item == at])
            for at in range(6)
        )


def test_the_life_is_inverse_gaussian_where_units_are_alike() -> None:
    found = fit_wiener(increments(_drawn(np.random.default_rng(2), 8), 20.0))
    t = np.array([1200.0, 1900.0, 2500.0])
    mean, shape = 20.0 / found.drift, 20.0**2 / found.diffusion
    assert found.cdf(t) == pytest.approx(invgauss(mean / shape, scale=shape).cdf(t), rel=1e-9)


def test_the_power_of_time_is_found() -> None:
    found = fit_wiener(
        increments(_drawn(np.random.default_rng(3), 30, power=1.5), 400.0), power=None
    )
    assert found.power == pytest.approx(1.5, abs=0.05)
    assert process_life(found, 0.1).estimate > 0


def test_alike_units_lose_the_variance_between_them() -> None:
    wiggle = np.array([[0.1, -0.1] * 5, [-0.1, 0.1] * 5, [0.1, -0.1] * 5])
    read = np.cumsum(0.01 * np.diff(AGES) + wiggle, axis=1)
    alike = {f"U{k}": (AGES.tolist(), [0.0, *row.tolist()]) for k, row in enumerate(read)}
    assert fit_wiener(increments(degradation_data(alike), 20.0), by_unit=True).between == 0.0


def test_the_lower_bound_of_a_quantile_covers_about_as_often_as_it_says() -> None:
    rng, tries, covered = np.random.default_rng(5), 150, 0
    truth = invgauss((20 / 0.01) / (20**2 / 0.02**2), scale=20**2 / 0.02**2).ppf(0.1)
    for _ in range(tries):
        life = process_life(fit_wiener(increments(_drawn(rng, 10), 20.0)), 0.1)
        assert life.lower_one_sided is not None
        covered += life.lower_one_sided <= truth
    assert abs(covered / tries - 0.95) < 0.07  # Wald, 4 standard errors of the simulation


def test_limits_on_the_wrong_side_and_lines_without_noise_are_refused() -> None:
    data = _drawn(np.random.default_rng(6), 3)
    with pytest.raises(BadData, match="does not lie ahead"):
        increments(data, 0.0)
    straight = degradation_data({"a": ([0.0, 1, 2, 3], [0.0, 1, 2, 3])})
    with pytest.raises(NotEnoughData, match="do not vary"):
        fit_wiener(increments(straight, 9.0))
    with pytest.raises(NotEnoughData, match="need 3 of them"):
        fit_wiener(increments(straight, 9.0), by_unit=True)
    with pytest.raises(BadData, match="read twice"):
        degradation_data({"a": ([1.0, 1.0], [0.0, 1.0])})
