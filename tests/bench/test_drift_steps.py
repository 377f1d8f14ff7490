"""Exact change points beside `ruptures`, same optimum checked; 1e6 values beside their sum."""
# pyright: reportUnknownLambdaType=false

import time
from collections.abc import Callable
from math import inf, log
from statistics import median
from typing import Any

import numpy as np
import pytest

from ops.drift.changepoints import changepoints
from ops.drift.fpop_kernel import partition
from ops.drift.innovation_kernel import partition_innovations
from ops.values import FloatArray

ruptures: Any = pytest.importorskip("ruptures", reason="make bench installs the peers")

pytestmark = pytest.mark.benchmark

N = 10_000
PENALTY = 3.0 * log(N)
RATES = [("no change", 0.0), ("few changes", 3e-4), ("many changes", 2e-2)]


def _seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """Median processor seconds; the first call, which compiles or loads, is not counted."""
    work()
    spent: list[float] = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return median(spent)


def _once(work: Callable[[], Any]) -> tuple[float, list[int]]:
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


def _series(n: int, rate: float) -> FloatArray:
    rng = np.random.default_rng(12)
    y = rng.normal(size=n) + 3.0 * (np.cumsum(rng.random(n) < rate) % 4)
    return y - y.mean()


def _squares(y: FloatArray, ends: list[int]) -> float:
    return sum(
        float(np.sum((part - part.mean()) ** 2)) for part in np.split(y, ends[:-1]) if part.size
    )


@pytest.mark.parametrize(("name", "rate"), RATES)
def test_exact_changes_beside_ruptures(name: str, rate: float) -> None:
    y = _series(N, rate)
    ours = _seconds(lambda: partition(y, PENALTY, 1, inf))
    total = float(partition(y, PENALTY, 1, inf)[0][-1])
    whole = _seconds(lambda: changepoints(y, penalty=PENALTY))
    kernel, ends = _once(
        lambda: ruptures.KernelCPD("linear", min_size=1, jump=1).fit(y).predict(pen=PENALTY)
    )
    assert total == pytest.approx(_squares(y, ends) + PENALTY * (len(ends) - 1), rel=1e-9)
    print(f"\n{name}, n = {N}, {len(ends) - 1} changes: {1e3 * ours:.2f} ms")
    print(f"  with noise, penalty and moments: {1e3 * whole:.2f} ms")
    print(f"  ruptures KernelCPD(linear): {kernel:.2f} s, {kernel / ours:.0f} x")
    if rate == 0.0:  # its inequality pruning drops a beginning only after a change
        assert kernel >= 100.0 * ours


@pytest.mark.parametrize(("name", "rate"), RATES)
def test_exact_changes_beside_pelt(name: str, rate: float) -> None:
    y = _series(N, rate)[:2000]
    ours = _seconds(lambda: partition(y, PENALTY, 2, inf))
    pelt, ends = _once(lambda: ruptures.Pelt("l2", min_size=2, jump=1).fit(y).predict(pen=PENALTY))
    total = float(partition(y, PENALTY, 2, inf)[0][-1])
    assert total <= _squares(y, ends) + PENALTY * (len(ends) - 1) + 1e-6
    print(f"\n{name}, n = {y.size}: {1e3 * ours:.2f} ms")
    print(f"  ruptures Pelt(l2): {pelt:.2f} s, {pelt / ours:.0f} x")
    assert pelt >= 100.0 * ours


@pytest.mark.parametrize(("name", "rate"), [("no change", 0.0), ("many changes", 1e-2)])
def test_a_million_values_beside_their_sum(name: str, rate: float) -> None:
    y = _series(1_000_000, rate)
    total = partition(y, 3.0 * log(y.size), 1, inf)[0][-1]
    found = changepoints(y, penalty=3.0 * log(y.size))
    ends = [*found.changes.tolist(), y.size]
    assert total == pytest.approx(_squares(y, ends) + found.penalty.value * (len(ends) - 1))
    floor = _seconds(y.sum)
    ours = _seconds(lambda: partition(y, 3.0 * log(y.size), 1, inf), 3)
    whole = _seconds(lambda: changepoints(y), 3)
    print(f"\n{name}, n = 1e6: {ours:.3f} s, {ours / floor:.0f} sums; in all {whole:.3f} s")


def test_other_costs_at_ten_thousand_values() -> None:
    y = _series(N, 2e-3)
    bounded = _seconds(lambda: partition(y, PENALTY, 1, 3.0))
    correlated = _seconds(lambda: partition_innovations(y, 0.5, PENALTY, 1))
    print(f"\nn = {N}: bounded loss {1e3 * bounded:.1f} ms, innovations {1e3 * correlated:.1f} ms")
