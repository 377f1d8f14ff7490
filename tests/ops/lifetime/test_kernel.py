"""Terms of a row: right against quadrature far out, and slopes that are those of the value."""

from itertools import pairwise
from math import exp, inf, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import log_ndtr

from ops.lifetime.kernel import EXACT, LEFT, RIGHT, interval_terms, normal_tail, point_terms
from ops.lifetime.location_scale import STANDARDS, Family, standard_log_pdf
from tests.strategies import few

FAMILY_OF: dict[str, Family] = {"sev": "weibull", "normal": "lognormal", "logistic": "loglogistic"}
standards = st.sampled_from(range(3))


def _density(standard: int, z: float) -> float:
    return float(standard_log_pdf(FAMILY_OF[STANDARDS[standard]], np.array(z)))


def _log_integral(standard: int, a: float, b: float) -> float:
    """Integrate the density relative to its height at the end or in the middle."""
    at = min(max(0.0, a), b)
    top = _density(standard, at)
    width = max(1.0, abs(at)) if standard == 1 else 1.0
    low, high = max(a, at - 60.0 / min(width, 1.0)), min(b, at + 60.0)
    points = sorted(
        {low, *(p for p in (at - 1 / width, at, at + 1 / width) if low < p < high), high}
    )
    total = sum(
        quad(lambda z: exp(_density(standard, z) - top), u, v, epsabs=0, epsrel=1e-13, limit=200)[0]
        for u, v in pairwise(points)
    )
    return top + log(total)


@pytest.mark.parametrize("standard", range(3))
@pytest.mark.parametrize("z", [-9.0, -2.0, -0.3, 0.0, 0.4, 1.5, 3.0])
def test_tails_are_integrals_of_the_density(standard: int, z: float) -> None:
    right, left = point_terms(standard, RIGHT, z)[0], point_terms(standard, LEFT, z)[0]
    assert right == pytest.approx(_log_integral(standard, z, inf), rel=1e-10, abs=1e-12)
    assert left == pytest.approx(_log_integral(standard, -inf, z), rel=1e-10, abs=1e-12)


@pytest.mark.parametrize("standard", range(3))
@pytest.mark.parametrize("a", [-20.0, -3.0, -0.5, 0.2, 2.0])
@pytest.mark.parametrize("d", [1e-5, 1e-3, 0.0299, 0.031, 0.5, 4.0, 30.0])
def test_intervals_are_integrals_of_the_density(standard: int, a: float, d: float) -> None:
    found = interval_terms(standard, a, d)[0]
    assert found == pytest.approx(_log_integral(standard, a, a + d), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("z", [-30.0, -3.0, 0.0, 3.0, 5.999, 6.0, 9.0, 37.0, 1e3])
def test_the_normal_tail_is_right_however_far_out(z: float) -> None:
    value, hazard, rest = normal_tail(z)
    assert value == pytest.approx(float(log_ndtr(-z)), rel=1e-13)
    assert hazard == pytest.approx(z + rest, rel=1e-12, abs=1e-15)
    if z >= 9.0:  # asymptotic series of the hazard less z, Abramowitz and Stegun 26.2.12
        assert rest == pytest.approx(1 / z - 2 / z**3 + 10 / z**5 - 74 / z**7, rel=2000 / z**8)


@few(60)
@given(
    standard=standards,
    kind=st.sampled_from([EXACT, RIGHT, LEFT]),
    z=st.floats(-30.0, 4.0),
)
def test_slope_and_curvature_of_a_point_are_those_of_its_value(
    standard: int, kind: int, z: float
) -> None:
    _, g, h = point_terms(standard, kind, z)
    up, down = point_terms(standard, kind, z + 1e-4), point_terms(standard, kind, z - 1e-4)
    assert g == pytest.approx((up[0] - down[0]) / 2e-4, rel=1e-5, abs=1e-7)
    assert h == pytest.approx((up[1] - down[1]) / 2e-4, rel=1e-5, abs=1e-9)


@few(60)
@given(standard=standards, a=st.floats(-20.0, 3.0), width=st.floats(-8.0, 1.0))
def test_slopes_of_an_interval_are_those_of_its_value(
    standard: int, a: float, width: float
) -> None:
    d, e = 10.0**width, 1e-4

    def moved(shift: float, stretch: float) -> tuple[float, ...]:
        return interval_terms(standard, a * (1 + stretch) + shift, d * (1 + stretch))

    _, p, q, pp, pq, qq = interval_terms(standard, a, d)
    by_p, by_q = (moved(e, 0.0), moved(-e, 0.0)), (moved(0.0, e), moved(0.0, -e))
    numerical = [(up[i] - down[i]) / (2 * e) for up, down, i in ((*by_p, 0), (*by_q, 0))]
    assert [p, q] == pytest.approx(numerical, rel=1e-4, abs=1e-5)
    assert pp == pytest.approx((by_p[0][1] - by_p[1][1]) / (2 * e), rel=1e-4, abs=1e-6)
    curved = (by_q[0][2] - by_q[1][2]) / (2 * e)  # q is taken at the stretched place
    assert qq + q == pytest.approx(curved, rel=1e-4, abs=1e-5)
    assert pq == pytest.approx((by_q[0][1] - by_q[1][1]) / (2 * e), rel=1e-3, abs=1e-5)


@pytest.mark.parametrize("standard", range(3))
@pytest.mark.parametrize("z", [-8.0, -1.0, 0.0, 2.0])
def test_an_interval_narrows_to_an_exact_time(standard: int, z: float) -> None:
    v, g, h = point_terms(standard, EXACT, z)
    value, p, q, pp, pq, qq = interval_terms(standard, z - 5e-7, 1e-6)
    assert value - log(1e-6) == pytest.approx(v, rel=1e-9, abs=1e-9)
    expected = [g, z * g + 1.0, h, z * h, z * z * h - 1.0]
    assert [p, q, pp, pq, qq] == pytest.approx(expected, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("standard", range(3))
@pytest.mark.parametrize("a", [-800.0, -40.0, 5.0, 9.0])
@pytest.mark.parametrize("d", [1e-12, 1.0, 900.0])
def test_the_far_tails_hold_no_nan(standard: int, a: float, d: float) -> None:
    assert np.isfinite(interval_terms(standard, a, d)).all()
    assert np.isfinite([point_terms(standard, kind, a) for kind in (RIGHT, LEFT)]).all()
