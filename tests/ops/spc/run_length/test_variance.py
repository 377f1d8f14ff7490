"""EWMA of variances: published run lengths."""

import pytest

from ops.spc.run_length.variance import variance_ewma_arl
from tests.reference import case


def test_ewma_of_variances_as_in_knoths_table() -> None:
    found = case("run_length", "arl_sewma_knoth")
    lengths = [
        variance_ewma_arl(lambda_=0.15, width=2.4831, df=4, ratio=s)
        for s in found["inputs"]["sigma"]
    ]
    assert lengths == pytest.approx(found["expected"], rel=0.005)
