"""Trends beside scipy and pymannkendall: the same answers, and how many times as fast."""

import importlib
import time
from collections.abc import Callable
from statistics import median

import numpy as np
import pytest
from scipy.stats import kendalltau, theilslopes

from ops.drift.ar_trends import ar_trends
from ops.drift.mann_kendall import Variant, mann_kendall, seasonal_mann_kendall
from ops.drift.theil_sen import theil_sen

pytestmark = pytest.mark.benchmark

PEERS: dict[Variant, str] = {
    "original": "original_test",
    "hamed-rao": "hamed_rao_modification_test",
    "yue-wang": "yue_wang_modification_test",
    "pre-whitening": "pre_whitening_modification_test",
    "trend-free-pre-whitening": "trend_free_pre_whitening_modification_test",
}


def _seconds(work: Callable[[], object], rounds: int) -> float:
    """Median processor seconds; the first call, which compiles or loads, is not counted."""
    work()
    spent: list[float] = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return median(spent)


def _ratio(name: str, theirs: Callable[[], object], ours: Callable[[], object]) -> float:
    slow, fast = _seconds(theirs, 3), _seconds(ours, 15)
    print(f"\n{name}: {1e3 * slow:.2f} ms against {1e3 * fast:.3f} ms, {slow / fast:.1f} times")
    return slow / fast


def test_theil_sen_of_5000_points_beside_scipy() -> None:
    rng = np.random.default_rng(1)
    t = np.sort(rng.uniform(0.0, 100.0, 5000))
    y = 0.01 * t + rng.normal(size=5000)
    ours, theirs = theil_sen(t, y), theilslopes(y, t)
    assert (ours.slope, ours.intercept, ours.lower, ours.upper) == pytest.approx(
        (theirs.slope, theirs.intercept, theirs.low_slope, theirs.high_slope), rel=1e-12
    )
    assert _ratio("Theil-Sen", lambda: theilslopes(y, t), lambda: theil_sen(t, y)) >= 50


def test_theil_sen_grows_little_faster_than_its_points() -> None:
    rng = np.random.default_rng(2)
    spent: list[float] = []
    for n in (100_000, 1_000_000):
        t, y = np.sort(rng.uniform(0.0, 100.0, n)), rng.normal(size=n)
        spent.append(_seconds(lambda t=t, y=y: theil_sen(t, y), 1))
    print(f"\nTheil-Sen of 1e5 and 1e6 points: {spent[0]:.2f} s and {spent[1]:.2f} s")
    assert spent[1] < 40 * spent[0]


def test_mann_kendall_of_10000_values_beside_scipy() -> None:
    y, order = np.random.default_rng(3).normal(size=10_000), np.arange(10_000)
    assert mann_kendall(y).tau == pytest.approx(kendalltau(order, y).statistic, rel=1e-12)
    assert _ratio("Mann-Kendall", lambda: kendalltau(order, y), lambda: mann_kendall(y)) >= 5


def test_variants_of_mann_kendall_beside_pymannkendall() -> None:
    peer = importlib.import_module("pymannkendall")
    y = np.convolve(np.random.default_rng(4).normal(size=1019), 0.6 ** np.arange(20), "valid")
    for variant, name in PEERS.items():
        theirs, ours = getattr(peer, name)(y), mann_kendall(y, variant=variant)
        assert (ours.s, ours.z) == pytest.approx((theirs.s, theirs.z), rel=1e-9)
        _ratio(
            f"Mann-Kendall, {variant}, 1000 values",
            lambda name=name: getattr(peer, name)(y),
            lambda variant=variant: mann_kendall(y, variant=variant),
        )
    months, season = y[:996], np.arange(996) % 12
    found, other = seasonal_mann_kendall(months, season), peer.seasonal_test(months)
    assert (found.s, found.z) == pytest.approx((other.s, other.z), rel=1e-9)


def test_trends_of_a_thousand_streams_beside_one_read() -> None:
    y, t = np.random.default_rng(5).normal(size=(1000, 1000)), np.arange(1000.0)
    share = np.mean(ar_trends(t, y).exceeds() <= 0.05)
    assert share < 0.07
    _ratio("one read beside trends of 1e6 values", y.sum, lambda: ar_trends(t, y))
