"""Charts of an AR(1) series: published run lengths, and simulation."""

import numpy as np
import pytest

from ops.spc.run_length.autocorrelated import Ar1Ewma, Ar1Shewhart, ar1_ewma_width
from ops.spc.run_length.chain import arl
from ops.spc.run_length.ewma import EwmaScheme, ewma_arl
from ops.spc.run_length.shewhart import ShewhartScheme


def test_autocorrelation_spoils_limits_from_moving_ranges() -> None:
    assert arl(Ar1Shewhart(3.0, 0.5, "moving-range")) == pytest.approx(35, rel=0.03)
    assert arl(Ar1Shewhart(3.0, 0.5)) == pytest.approx(394, rel=0.01)
    assert arl(Ar1Shewhart(3.0, 0.0, "moving-range")) == pytest.approx(arl(ShewhartScheme()))


@pytest.mark.parametrize(("lambda_", "phi"), [(0.2, 0.0), (0.2, 0.5), (0.1, -0.4), (1.0, 0.5)])
def test_an_ewma_of_an_autocorrelated_series(lambda_: float, phi: float) -> None:
    scheme = Ar1Ewma(lambda_, 2.5, phi)
    rng, n = np.random.default_rng(6), 8000
    x, z = rng.normal(size=n), np.zeros(n)
    z = lambda_ * x
    lengths, open_ = np.ones(n), np.abs(z) <= scheme.half
    while open_.any():
        x = phi * x + (1 - phi**2) ** 0.5 * rng.normal(size=n)
        z = (1 - lambda_) * z + lambda_ * x
        lengths[open_] += 1
        open_ &= np.abs(z) <= scheme.half
    assert arl(scheme) == pytest.approx(lengths.mean(), abs=4 * lengths.std() / n**0.5)


def test_an_ewma_of_an_autocorrelated_series_has_its_two_limits() -> None:
    assert arl(Ar1Ewma(0.2, 2.859, 0.0)) == pytest.approx(ewma_arl(lambda_=0.2, width=2.859))
    assert arl(Ar1Ewma(1.0, 3.0, 0.5)) == pytest.approx(arl(Ar1Shewhart(3.0, 0.5)), rel=1e-5)
    width = ar1_ewma_width(370.0, lambda_=0.2, phi=0.5)
    assert arl(Ar1Ewma(0.2, width, 0.5)) == pytest.approx(370.0, rel=0.001)
    assert width < EwmaScheme().width
