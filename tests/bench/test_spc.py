"""Charts of 1e7 values beside one read of the array, and run rules beside `manufacturing`."""

import importlib
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np
import pytest

from ops.spc.ewma import ewma_chart
from ops.spc.rule_kernel import flag_block, flag_segments, lines_of
from ops.spc.rules import NELSON, signals
from ops.spc.screen import screen_streams
from ops.spc.screen_kernel import MEAN, SLOPE, SQUARES, screen_block, screen_segments
from ops.values import BoolArray, FloatArray

pytestmark = pytest.mark.benchmark

TIMES, STREAMS, ROUNDS = 10_000, 1_000, 5
VALUES = TIMES * STREAMS
LINES = lines_of(NELSON)


def _block() -> FloatArray:
    """1e7 standard normal values, time-major."""
    return np.random.default_rng(11).normal(size=(TIMES, STREAMS))


def _seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median processor seconds; the first call, which compiles or loads, is not counted."""
    work()
    spent: list[float] = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return median(spent)


def _ratios(name: str, read: Callable[[], object], works: dict[str, Callable[[], object]]) -> None:
    floor = _seconds(read)
    print(f"\n{name}: one read of {VALUES} values {1e3 * floor:.2f} ms")
    for label, work in works.items():
        spent = _seconds(work)
        print(f"  {label}: {1e3 * spent:.1f} ms, {spent / floor:.1f} reads")


def _one_begin(n: int) -> BoolArray:
    begins = np.zeros(n, dtype=np.bool_)
    begins[0] = True
    return begins


def test_eight_rules_beside_one_read() -> None:
    x = _block()
    zero, one = np.zeros(STREAMS), np.ones(STREAMS)
    bounds = np.array([0, VALUES])
    column = np.ascontiguousarray(x[:, 5])
    expected = signals(column, _one_begin(TIMES))
    assert np.array_equal(flag_block(x, zero, one, *LINES)[:, 5], expected)
    long = flag_segments(x.ravel(), bounds, zero[:1], one[:1], *LINES)
    assert np.array_equal(long, signals(x.ravel(), _one_begin(VALUES)))
    _ratios(
        "eight Nelson rules",
        x.sum,
        {
            "time-major block": lambda: flag_block(x, zero, one, *LINES),
            "one long stream": lambda: flag_segments(x.ravel(), bounds, zero[:1], one[:1], *LINES),
        },
    )


def test_ewma_cusum_and_moments_beside_one_read() -> None:
    x = _block()
    zero, one = np.zeros(STREAMS), np.ones(STREAMS)
    found = screen_block(x, zero, one, zero, 0.2, 0.5)
    assert found[:, MEAN] == pytest.approx(x.mean(axis=0), abs=1e-12)
    assert found[:, SQUARES] / (TIMES - 1) == pytest.approx(x.var(axis=0, ddof=1), rel=1e-12)
    t = np.arange(TIMES) - (TIMES - 1) / 2
    assert found[:, SLOPE] == pytest.approx(t @ x / (t @ t), abs=1e-15)
    bounds, scale = np.array([0, VALUES]), np.array([[0.0, 1.0, 0.0]])
    _ratios(
        "EWMA, CUSUM, mean, variance, slope",
        x.sum,
        {
            "time-major block": lambda: screen_block(x, zero, one, zero, 0.2, 0.5),
            "one long stream": lambda: screen_segments(x.ravel(), bounds, scale, 0.2, 0.5),
        },
    )


def test_all_charts_of_a_thousand_streams_beside_one_read() -> None:
    x = _block()
    judged = {"center": np.zeros(STREAMS), "sigma": np.ones(STREAMS)}
    found = screen_streams(x, **judged)
    one = ewma_chart(x[:, 0].copy(), target=0.0, sigma=1.0, lambda_=0.2, width=1.0)
    assert found.ewma[0] == pytest.approx(np.abs(one.statistic / one.upper).max(), rel=1e-9)
    assert found.count.sum() == VALUES
    _ratios("all charts", x.sum, {"1000 streams": lambda: screen_streams(x, **judged)})


def _theirs(analysis: Any, x: FloatArray, pandas: Any) -> list[Any]:
    """Run the rules of `manufacturing`, each by its own function, on limits of 3 sigma."""
    data = pandas.Series(x)
    zones = [analysis.control_beyond_limits, analysis.control_zone_a, analysis.control_zone_b,
             analysis.control_zone_c, analysis.control_zone_stratification,
             analysis.control_zone_mixture]  # fmt: skip
    bounded = [rule(data, upper_control_limit=3.0, lower_control_limit=-3.0) for rule in zones]
    return [*bounded, analysis.control_zone_trend(data), analysis.control_zone_overcontrol(
        data, upper_control_limit=3.0, lower_control_limit=-3.0)]  # fmt: skip


def test_rules_beside_those_of_manufacturing() -> None:
    analysis = pytest.importorskip("manufacturing.analysis", reason="of the bench group")
    pandas = importlib.import_module("pandas")
    n = 2_000
    x = np.random.default_rng(3).normal(size=n)
    beyond = _theirs(analysis, x, pandas)[0]
    flags = signals(x, _one_begin(n))
    assert list(beyond.index) == np.flatnonzero(flags & 1).tolist()
    per_value = _seconds(lambda: _theirs(analysis, x, pandas), 3) / n
    block = _block()
    zero, one = np.zeros(STREAMS), np.ones(STREAMS)
    ours = _seconds(lambda: flag_block(block, zero, one, *LINES)) / VALUES
    print(
        f"\nrules: manufacturing {1e6 * per_value:.1f} us a value ({n} values),"
        f" ours {1e9 * ours:.2f} ns, {per_value / ours:.0f} times"
    )
