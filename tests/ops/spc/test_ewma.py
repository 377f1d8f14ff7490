"""EWMA: published charts and run lengths; the limits widen to their asymptote."""

from math import sqrt

import numpy as np
import pytest

from ops.errors import NotEnoughData
from ops.spc.ewma import ewma_arl, ewma_chart
from tests.reference import case


def test_nists_example() -> None:
    found = case("spc", "nist_ewma")
    given_, expected = found["inputs"], found["expected"]
    x = np.array(given_["x"])
    chart = ewma_chart(x, target=50.0, sigma=given_["s"], lambda_=0.3, width=3.0)
    assert chart.statistic == pytest.approx(np.array(expected["ewma"][1:]), abs=0.006)
    assert chart.upper[-1] == pytest.approx(expected["UCL"], abs=0.001)
    assert chart.lower[-1] == pytest.approx(expected["LCL"], abs=0.001)
    assert chart.outside == ()


def test_limits_widen_to_their_asymptote() -> None:
    found = case("spc", "ewma_qcc3")
    chart = ewma_chart(np.array([11.0, 13, 12]), target=10, sigma=2, lambda_=0.5, width=2.0)
    assert chart.statistic == pytest.approx(found["expected"]["ewma"])
    assert (chart.upper - 10) / 2 == pytest.approx(found["expected"]["sigma_z"])
    long = ewma_chart(np.zeros(200), target=0.0, sigma=1.0, lambda_=0.2, width=3.0)
    assert long.upper[-1] == pytest.approx(3.0 * sqrt(0.2 / 1.8))


@pytest.mark.parametrize("name", ["lucas_saccucci", "crowder"])
def test_run_lengths_are_those_published(name: str) -> None:
    found = case("spc", f"arl_ewma_{name}_lam0.5")
    given_ = found["inputs"]
    arl = [ewma_arl(lambda_=0.5, width=given_["L"], shift=s) for s in given_["shift_sigma"]]
    assert arl == pytest.approx(found["expected"]["high_precision"], rel=1e-6)
    assert arl == pytest.approx(found["expected"]["published"], rel=0.006)


def test_the_default_design_has_one_false_alarm_in_370() -> None:
    assert ewma_arl(lambda_=0.2, width=2.859) == pytest.approx(370, rel=0.005)
    published = case("spc", "arl_ewma_sasqc")
    assert ewma_arl(lambda_=0.25, width=3.0, shift=1.0) == pytest.approx(published["expected"])


def test_no_value_is_refused() -> None:
    with pytest.raises(NotEnoughData):
        ewma_chart(np.array([]), target=0.0, sigma=1.0)
