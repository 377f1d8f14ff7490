"""Estimated limits: published medians and spreads, and what known parameters give."""

import numpy as np
import pytest
from scipy.special import ndtr

from ops.spc.run_length.chain import arl
from ops.spc.run_length.cusum import CusumScheme
from ops.spc.run_length.estimated import Baseline, estimated_run_length, moving_range_variance
from ops.spc.run_length.ewma import EwmaScheme
from ops.spc.run_length.quantile import run_length
from ops.spc.run_length.shewhart import ShewhartScheme


def test_twenty_five_individuals_promise_little() -> None:
    found = estimated_run_length(ShewhartScheme(), Baseline(25))
    assert found.quantile(0.5) == pytest.approx(187, rel=0.02)  # 257 with known parameters
    assert found.conditional(0.1) == pytest.approx(45, rel=0.08)
    assert found.conditional(0.9) == pytest.approx(3800, rel=0.10)
    assert found.mean == np.inf  # a few baselines with wide limits decide it


def test_conditional_run_lengths_are_those_of_simulated_baselines() -> None:
    x = np.random.default_rng(1).standard_normal((200_000, 25))
    r = np.abs(np.diff(x)).mean(axis=1) / (2 / np.pi**0.5)
    d = x.mean(axis=1)
    simulated = 1 / (ndtr(-3 * r - d) + ndtr(-3 * r + d))
    found = estimated_run_length(ShewhartScheme(), Baseline(25))
    for p in (0.05, 0.25, 0.5, 0.75, 0.95):
        assert found.conditional(p) == pytest.approx(np.quantile(simulated, p), rel=0.03)
    assert r.var() == pytest.approx(moving_range_variance(25), rel=0.02)


@pytest.mark.parametrize(
    "scheme", [ShewhartScheme(), EwmaScheme(), CusumScheme()], ids=lambda s: type(s).__name__
)
def test_a_long_baseline_is_as_good_as_knowing(scheme: EwmaScheme) -> None:
    found = estimated_run_length(scheme, Baseline(100_000, 5))
    assert found.mean == pytest.approx(arl(scheme), rel=0.001)
    assert found.quantile(0.5) == pytest.approx(run_length(scheme).quantile(0.5), rel=0.005)
    assert found.conditional(0.05) < arl(scheme) < found.conditional(0.95)


def test_estimation_hurts_small_weights_most() -> None:
    heavy = estimated_run_length(EwmaScheme(0.05, 2.491), Baseline(30, 5)).quantile(0.5)
    light = estimated_run_length(EwmaScheme(0.5, 2.978), Baseline(30, 5)).quantile(0.5)
    assert heavy < light


def test_a_baseline_of_two_points_is_refused() -> None:
    with pytest.raises(ValueError, match="3 points"):
        Baseline(2)
