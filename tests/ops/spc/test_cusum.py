"""CUSUM: the recursion, the run lengths of the published tables, the design."""

import numpy as np
import pytest
from hypothesis import given

from ops.errors import NotEnoughData
from ops.spc.cusum import cusum_arl, cusum_chart, cusum_h
from ops.values import FloatArray
from tests.reference import case
from tests.strategies import series


def test_montgomerys_example_signals_where_he_says() -> None:
    found = case("spc", "montgomery_cusum")
    given_, expected = found["inputs"], found["expected"]
    chart = cusum_chart(np.array(given_["x"]), target=10.0, sigma=1.0, k=0.5, h=5.0)
    assert chart.upper == pytest.approx(np.array(expected["C_plus"]), abs=1e-9)
    assert chart.lower == pytest.approx(np.array(expected["C_minus"]), abs=1e-9)
    assert chart.outside[0] + 1 == expected["first_signal"]
    assert chart.since_upper[28] == expected["N_plus_29"]
    assert chart.began == 22


def test_a_sum_at_the_limit_does_not_signal() -> None:
    found = case("spc", "cusum_qcc3")
    chart = cusum_chart(np.array(found["inputs"]["x"]), target=0.0, sigma=1.0, k=0.5, h=1.0)
    assert chart.upper == pytest.approx(found["expected"]["pos"])
    assert -chart.lower == pytest.approx(found["expected"]["neg"])
    assert chart.outside == (2, 5)


@pytest.mark.parametrize(("headstart", "name"), [(0.0, "hp_hs0"), (2.0, "hp_hs2")])
def test_run_lengths_are_those_of_lucas_and_crosier(headstart: float, name: str) -> None:
    found = case("spc", "arl_cusum_lucas_crosier")
    shifts, expected = found["inputs"]["shift_sigma"], found["expected"]
    arl = [cusum_arl(k=0.5, h=4.0, shift=s, headstart=headstart) for s in shifts]
    assert arl == pytest.approx(expected[name], rel=1e-6)
    assert arl == pytest.approx(expected[name.replace("hp", "published")], rel=0.006)


def test_the_design_is_that_of_hawkins() -> None:
    table = case("spc", "arl_cusum_hawkins_370")["expected"]["table"]
    designed = [cusum_h(370.0, k=k) for k in table["k"]]
    assert designed == pytest.approx(table["h"], abs=0.02)


@given(x=series(min_size=1))
def test_the_sides_are_mirrors(x: FloatArray) -> None:
    one = cusum_chart(x, target=1.0, sigma=2.0)
    other = cusum_chart(2.0 - x, target=1.0, sigma=2.0)
    assert one.upper == pytest.approx(other.lower, rel=1e-9, abs=1e-9)


def test_a_calm_series_has_no_beginning_and_none_is_refused() -> None:
    assert cusum_chart(np.zeros(5), target=0.0, sigma=1.0).began is None
    with pytest.raises(NotEnoughData):
        cusum_chart(np.array([]), target=0.0, sigma=1.0)
