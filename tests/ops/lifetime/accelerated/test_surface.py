"""The surface: every kind of row against quadrature of the density, derivatives by differences."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import logistic, norm

from ops.lifetime.accelerated.surface import Surface, climb, rows_of
from ops.lifetime.data import LifeData, life_data
from ops.lifetime.location_scale import Family

FAMILIES: tuple[Family, ...] = ("weibull", "lognormal", "loglogistic")
MU, SIGMA = 1.2, 0.7


def density(family: Family, t: float) -> float:
    z = (np.log(t) - MU) / SIGMA
    if family == "weibull":
        return float(np.exp(z - np.exp(z)) / (SIGMA * t))
    return float((norm if family == "lognormal" else logistic).pdf(z) / (SIGMA * t))


def rows() -> LifeData:
    return life_data(
        [2.0, 3.0, 0.0, 1.0, 4.0, 0.01],
        [2.0, np.inf, 1.5, 5.0, 4.0, 0.02],
        weight=[1.0, 2.0, 1.0, 3.0, 1.0, 1.0],
        entry=[0.0, 0.0, 0.0, 0.0, 2.5, 0.0],
        exit=[np.inf, np.inf, np.inf, np.inf, 9.0, np.inf],
    )


def surface_of(family: Family) -> Surface:
    n = rows().lower.size
    x = np.column_stack([np.ones(n), np.linspace(-1.0, 1.0, n)])
    return Surface(rows_of(rows(), family), x, np.zeros(n), np.zeros(n))


@pytest.mark.parametrize("family", FAMILIES)
def test_every_kind_of_row_counts_by_its_probability(family: Family) -> None:
    def mass(a: float, b: float) -> float:
        return float(quad(lambda t: density(family, t), a, b, epsabs=1e-13)[0])

    expected = (
        np.log(density(family, 2.0))
        + 2.0 * np.log(mass(3.0, np.inf))
        + np.log(mass(0.0, 1.5))
        + 3.0 * np.log(mass(1.0, 5.0))
        + np.log(density(family, 4.0) / mass(2.5, 9.0))
        + np.log(mass(0.01, 0.02))
    )
    at = np.array([MU, 0.0, np.log(SIGMA)])
    assert surface_of(family).value(at) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("family", FAMILIES)
def test_derivatives_are_those_of_differences(family: Family) -> None:
    surface, at, h = surface_of(family), np.array([1.0, 0.2, -0.3]), 1e-5
    gradient, hessian = surface.derivatives(at)
    steps = h * np.eye(3)
    numeric = [(surface.value(at + s) - surface.value(at - s)) / (2 * h) for s in steps]
    assert gradient == pytest.approx(numeric, rel=1e-6, abs=1e-6)
    slopes = [
        (surface.derivatives(at + s)[0] - surface.derivatives(at - s)[0]) / (2 * h) for s in steps
    ]
    assert hessian == pytest.approx(np.array(slopes), rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_climb_ends_where_it_is_flat(family: Family) -> None:
    surface = surface_of(family)
    top, height = climb(surface, np.array([0.0, 0.0, 1.0]))
    assert np.abs(surface.derivatives(top)[0]).max() < 1e-3
    assert height == pytest.approx(surface.value(top))


def test_far_tails_keep_their_digits() -> None:
    data = life_data([1e-6, 1e6], [2e-6, 2e6])
    n = data.lower.size
    surface = Surface(rows_of(data, "lognormal"), np.ones((n, 1)), np.zeros(n), np.zeros(n))
    assert np.isfinite(surface.value(np.array([0.0, 0.0])))
