"""Likelihood of latent classes: its value row by row, its derivatives by differences."""

import numpy as np
import pytest
from scipy import stats

from ops.lifetime.data import LifeData, life_data
from ops.lifetime.families.latent_class import (
    Classes,
    class_landscape,
    responsibilities,
    rows_of,
)

DATA = life_data(
    [1.0, 2.0, 3.0, 0.0, 2.0, 5.0, 1.5, 4.0],
    [1.0, 2.0, 3.0, 2.5, 4.0, np.inf, np.inf, 4.0],
    weight=[1, 2, 1, 3, 1, 2, 1, 1],
    entry=[0, 0.5, 0, 0, 0, 1, 1, 0],
    exit=[np.inf] * 7 + [9.0],
)
EVERY = (
    Classes("weibull", 2),
    Classes("lognormal", 1, immortal=True),
    Classes("loglogistic", 3),
    Classes("weibull", 2, dead=True, immortal=True),
    Classes("lognormal", 1, dead=True),
)


def _at(classes: Classes) -> np.ndarray:
    return np.random.default_rng(7).normal(0.3, 0.4, classes.size)


@pytest.mark.parametrize("classes", EVERY, ids=str)
def test_derivatives_are_those_by_differences(classes: Classes) -> None:
    landscape = class_landscape(rows_of(DATA, dead=2.0 * classes.dead), classes)
    at, steps = _at(classes), np.eye(classes.size) * 1e-5
    _, gradient, hessian = landscape(at)
    slopes = [(landscape(at + s)[0] - landscape(at - s)[0]) / 2e-5 for s in steps]
    bends = [(landscape(at + s)[1] - landscape(at - s)[1]) / 2e-5 for s in steps]
    np.testing.assert_allclose(gradient, slopes, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(hessian, bends, rtol=1e-6, atol=1e-6)
    assert len(classes.names()) == classes.size


def _by_hand(data: LifeData, at: np.ndarray) -> float:
    """Two Weibull components and units that never fail, straight from the definition."""
    eta, beta = np.exp(at[:2]), np.exp(-at[2:4])
    share = np.exp([0.0, at[4], at[5]])
    share /= share.sum()
    w = [stats.weibull_min(b, scale=e) for b, e in zip(beta, eta, strict=True)]

    def cdf(t: float) -> float:
        return sum(s * d.cdf(t) for s, d in zip(share, w, strict=False))

    total = 0.0
    for lo, hi, u, entry, end in zip(
        data.lower, data.upper, data.weight, data.entry, data.exit, strict=True
    ):
        if lo == hi:
            row = sum(s * d.pdf(lo) for s, d in zip(share, w, strict=False))
        else:
            row = (1.0 if np.isinf(hi) else cdf(hi)) - cdf(lo)
        total += u * np.log(row / ((1.0 if np.isinf(end) else cdf(end)) - cdf(entry)))
    return total


def test_the_value_is_the_sum_over_rows() -> None:
    classes = Classes("weibull", 2, immortal=True)
    at = _at(classes)
    found = class_landscape(rows_of(DATA), classes)(at)[0]
    assert found == pytest.approx(_by_hand(DATA, at), rel=1e-12)


def test_every_row_belongs_to_some_class() -> None:
    classes = Classes("weibull", 3)
    belongs = responsibilities(rows_of(DATA), classes, _at(classes))
    np.testing.assert_allclose(belongs.sum(axis=0), 1.0)


def test_a_row_that_no_class_explains_rules_the_parameters_out() -> None:
    classes = Classes("weibull", 1)
    assert class_landscape(rows_of(DATA, dead=1.0), classes)(np.zeros(2))[0] == -np.inf
