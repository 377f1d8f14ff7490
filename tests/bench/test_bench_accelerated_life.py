"""Fits of life-stress relations beside reliability: as high, and how many times as fast."""

import time
import warnings
from collections.abc import Callable
from math import inf
from statistics import median
from typing import Any

import numpy as np
import pytest

from ops.lifetime.accelerated.catalog import ARRHENIUS
from ops.lifetime.accelerated.fit import fit_accelerated
from ops.lifetime.data import LifeData
from ops.lifetime.location_scale import Family
from tests.ops.lifetime.accelerated.samples import arrhenius_lives, hot

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(600)]


def _seconds(work: Callable[[], object], rounds: int) -> float:
    """Median processor seconds; the first call, which compiles or loads, is not counted."""
    work()
    spent: list[float] = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return median(spent)


def _sets(count: int) -> list[LifeData]:
    """Tests at three temperatures, the mildest with few failures or none."""
    found: list[LifeData] = []
    for seed in range(count):
        rng = np.random.default_rng(seed)
        degrees = np.repeat([125.0, 150.0, 175.0], 20)
        lives = arrhenius_lives(rng, degrees)
        found.append(hot(lives, degrees, end=float(np.quantile(lives, 0.6))))
    return found


def _peer(data: LifeData, family: Family) -> float:
    """Log-likelihood that the peer arrives at."""
    fitters: Any = pytest.importorskip("reliability.ALT_fitters")
    kelvin = data.stresses["temperature"] + 273.15
    names = {"weibull": "Fit_Weibull_Exponential", "lognormal": "Fit_Lognormal_Exponential"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = getattr(fitters, names[family])(
            failures=data.lower[data.exact],
            failure_stress=kelvin[data.exact],
            right_censored=data.lower[data.right],
            right_censored_stress=kelvin[data.right],
            show_probability_plot=False,
            show_life_stress_plot=False,
            print_results=False,
        )
    return float(found.loglik)


@pytest.mark.parametrize("family", ["weibull", "lognormal"])
def test_arrhenius_beside_reliability(family: Family) -> None:
    sets = _sets(12)
    gaps = [
        (fit_accelerated(data, ARRHENIUS, family).loglik - peer) / abs(peer)
        for data, peer in ((data, _peer(data, family)) for data in sets)
        if np.isfinite(peer)
    ]
    one = sets[0]
    ours = _seconds(lambda: fit_accelerated(one, ARRHENIUS, family), 20)
    theirs = _seconds(lambda: _peer(one, family), 3)
    print(
        f"\nArrhenius {family}, 3 x 20 units: {1e3 * ours:.2f} ms, reliability"
        f" {1e3 * theirs:.0f} ms, {theirs / ours:.0f} times; log-likelihood above it by"
        f" {min(gaps, default=inf):.1e} to {max(gaps, default=-inf):.1e} relative"
    )
    assert min(gaps) > -1e-8
