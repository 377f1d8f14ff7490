"""Distribution of the run length: it sums to one and to its mean."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.spc.rules import WESTERN_ELECTRIC
from ops.spc.run_length.cusum import CusumScheme
from ops.spc.run_length.drift import drift_run_length
from ops.spc.run_length.ewma import EwmaScheme
from ops.spc.run_length.quantile import run_length
from ops.spc.run_length.rules import RuleScheme
from ops.spc.run_length.shewhart import ShewhartScheme

SCHEMES = [
    ShewhartScheme(),
    EwmaScheme(0.1, 2.5),
    EwmaScheme(0.1, 2.5, limits="exact"),
    CusumScheme(0.5, 3.0, 1.5),
    RuleScheme(WESTERN_ELECTRIC),
]


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda s: type(s).__name__)
def test_probabilities_sum_to_one_and_to_the_mean(scheme: EwmaScheme) -> None:
    length = run_length(scheme, 0.75)
    t = np.arange(1, 3000)
    pmf = np.array([length.pmf(int(i)) for i in t])
    assert pmf.min() >= 0
    assert pmf.sum() == pytest.approx(1.0, abs=1e-9)
    assert (pmf * t).sum() == pytest.approx(length.mean, rel=1e-6)


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda s: type(s).__name__)
@settings(max_examples=40)
@given(p=st.floats(0.001, 0.999))
def test_a_quantile_is_the_first_value_that_reaches_it(scheme: EwmaScheme, p: float) -> None:
    length = run_length(scheme, 0.5)
    t = int(length.quantile(p))
    assert length.cdf(t) >= p - 1e-9
    assert t <= 1 or length.cdf(t - 1) < p + 1e-9


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda s: type(s).__name__)
def test_a_slow_drift_is_found_later_than_its_end(scheme: EwmaScheme) -> None:
    slow, fast = drift_run_length(scheme, 0.01).mean, drift_run_length(scheme, 0.1).mean
    assert fast < slow < run_length(scheme).mean
    assert drift_run_length(scheme, -0.1).mean == pytest.approx(fast, rel=1e-6)
    with pytest.raises(ValueError, match="slope 0"):
        drift_run_length(scheme, 0.0)


@pytest.mark.parametrize("scheme", SCHEMES[1:4:2], ids=lambda s: type(s).__name__)
def test_drift_is_what_simulation_finds(scheme: EwmaScheme | CusumScheme) -> None:
    rng, n, slope = np.random.default_rng(23), 20_000, 0.02
    up = down = np.full(n, getattr(scheme, "headstart", 0.0))
    lengths, open_, t = np.zeros(n), np.ones(n, dtype=bool), 0
    while open_.any():
        t += 1
        x = rng.normal(slope * t, 1.0, n)
        if isinstance(scheme, EwmaScheme):
            up = 0.9 * up + 0.1 * x
            calm = np.abs(up) <= scheme.half
        else:
            up, down = np.maximum(0, up + x - 0.5), np.maximum(0, down - x - 0.5)
            calm = (up <= scheme.h) & (down <= scheme.h)
        lengths[open_] += 1
        open_ &= calm
    error = lengths.std() / n**0.5
    assert drift_run_length(scheme, slope).mean == pytest.approx(lengths.mean(), abs=4 * error)
