"""Turnbull on inspections at random times, one thread, beside lifelines' EM; and its asymptote."""
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false

import importlib
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from ops.lifetime.data import LifeData, life_data
from ops.lifetime.nonparametric.turnbull import Turnbull, turnbull

npmle: Any = pytest.importorskip("lifelines.fitters.npmle", reason="make bench installs the peers")

pytestmark = pytest.mark.benchmark


def inspected(n: int) -> LifeData:
    """Units that fail by a Weibull, each looked at twice at random times."""
    rng = np.random.default_rng(7)
    t, first = rng.weibull(1.5, n) * 100.0, rng.uniform(0.0, 100.0, n)
    second = first + rng.uniform(1.0, 80.0, n)
    lower = np.where(t <= first, 0.0, np.where(t <= second, first, second))
    upper = np.where(t <= first, first, np.where(t <= second, second, np.inf))
    return life_data(lower, upper)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


def _peer(data: LifeData) -> dict[Any, float]:
    fitted = importlib.import_module("lifelines.fitters.npmle")
    masses, intervals = fitted.npmle(data.lower, data.upper, tol=1e-9, max_iter=100_000)
    return dict(zip(intervals, masses, strict=True))


def _loglik(data: LifeData, masses: dict[Any, float]) -> float:
    ends = np.array([[i.left, i.right] for i in masses])
    share = np.array(list(masses.values()))
    inside = (ends[:, 0] >= data.lower[:, None]) & (ends[:, 1] <= data.upper[:, None])
    return float(np.log(inside @ share).sum())


@pytest.mark.parametrize("n", [100, 300])
def test_the_climb_beside_the_em_of_lifelines(n: int, record_property: Any) -> None:
    data = inspected(n)
    turnbull(data)
    ours, found = _timed(lambda: turnbull(data))
    theirs, masses = _timed(lambda: _peer(data))
    record_property("ratio", theirs / ours)
    print(f"n = {n}: {1e3 * ours:.1f} ms, lifelines {theirs:.2f} s, ratio {theirs / ours:.0f}")
    assert found.gap <= 1e-9
    assert found.loglik >= _loglik(data, masses) - 1e-8


def test_ten_times_the_rows_take_less_than_twenty_times_as_long(record_property: Any) -> None:
    small, large = inspected(2_000), inspected(20_000)
    turnbull(small)
    some, _ = _timed(lambda: [turnbull(small) for _ in range(5)])
    many, found = _timed(lambda: turnbull(large))
    record_property("ratio", 5.0 * many / some)
    assert isinstance(found, Turnbull)
    assert found.gap <= 1e-9
