"""Search: the best of a family is better than its neighbours."""

import pytest

from ops.spc.run_length.chain import arl, steady_arl
from ops.spc.run_length.cusum import CusumScheme, cusum_h
from ops.spc.run_length.ewma import EwmaScheme, ewma_width
from ops.spc.run_length.profile import QUANTILES, profile
from ops.spc.run_length.search import best, rivals


def test_the_best_ewma_beats_its_neighbours() -> None:
    found = best("ewma", 500.0, 0.5, state="zero")
    assert found.arl0 == pytest.approx(500.0, rel=1e-5)
    assert 0.03 < found.scheme.lambda_ < 0.07
    for lambda_ in (0.02, 0.1, 0.2):
        other = EwmaScheme(lambda_, ewma_width(500.0, lambda_=lambda_))
        assert found.arl1 < arl(other, 0.5)


def test_the_best_cusum_has_half_the_shift_from_the_start() -> None:
    found = best("cusum", 370.0, 1.0, state="zero")
    assert found.scheme.k == pytest.approx(0.5, abs=0.05)
    for k in (0.25, 0.75):
        assert found.arl1 < arl(CusumScheme(k, cusum_h(370.0, k=k)), 1.0)


@pytest.mark.parametrize("arl0", [5.0, 100.0, 1e5])
@pytest.mark.parametrize("shift", [-0.3, 1.0, 6.0])
def test_rivals_keep_the_distance_that_was_asked_for(arl0: float, shift: float) -> None:
    ewma, cusum, shewhart, rules = rivals(arl0, shift)
    for candidate in (ewma, cusum, shewhart):
        assert candidate.arl0 == pytest.approx(arl0, rel=1e-4)
    assert min(ewma.arl1, cusum.arl1) <= shewhart.arl1 * 1.001
    assert rules.arl0 == pytest.approx(91.75, abs=0.01)


def test_a_profile_falls_with_the_shift() -> None:
    scheme = EwmaScheme()
    points = profile(scheme, (0.0, 0.5, 1.0, 2.0))
    assert [p.zero_state for p in points] == sorted((p.zero_state for p in points), reverse=True)
    assert points[2].steady_state == pytest.approx(steady_arl(scheme, 1.0))
    assert all(list(p.quantiles) == sorted(p.quantiles) for p in points)
    assert len(points[0].quantiles) == len(QUANTILES)
