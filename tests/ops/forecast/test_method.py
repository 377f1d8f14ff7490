"""Methods: against their own formulas, quiet, never negative, the same twice."""

import numpy as np
import pytest

from ops.forecast.method import METHODS, MethodName, candidates, predict
from ops.values import FloatArray

SMOOTH = 50.0 + 10.0 * np.sin(np.arange(60) * np.pi / 6) + np.arange(60) * 0.2
RARE = np.array([0, 3, 0, 0, 5, 0, 0, 0, 4, 0, 2, 0, 0, 6, 0, 0, 0, 0, 3, 0], dtype=np.float64)


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("y", [SMOOTH, RARE, np.full(30, 7.0), np.array([5.0, 1.0]), np.zeros(9)])
def test_every_method_is_quiet_repeatable_and_not_negative(name: MethodName, y: FloatArray) -> None:
    asked = {"horizon": 5, "season": 12, "probabilities": (0.1, 0.9)}
    first, second = (predict(name, y, **asked) for _ in range(2))
    if first is None or second is None:
        assert first is second
        return
    assert first.mean.tolist() == second.mean.tolist()
    for values in (first.mean, *first.quantiles.values()):
        assert values.shape == (5,)
        assert np.all(values >= 0)


def croston(y: FloatArray, alpha: float = 0.1) -> float:
    """Croston (1972): demands and intervals smoothed apart, both from their first value."""
    at = np.flatnonzero(y)
    intervals = np.diff(np.concatenate([[-1], at]))
    size, interval = y[at[0]], float(intervals[0])
    for demand, gap in zip(y[at[1:]], intervals[1:], strict=True):
        size += alpha * (demand - size)
        interval += alpha * (gap - interval)
    return float(size / interval)


def test_croston_and_its_correction_are_those_of_the_papers() -> None:
    """Syntetos and Boylan (2005): times 1 - alpha / 2."""
    found = {name: predict(name, RARE, horizon=2) for name in ("croston", "sba")}
    assert found["croston"].mean == pytest.approx([croston(RARE)] * 2)
    assert found["sba"].mean == pytest.approx([0.95 * croston(RARE)] * 2)


def test_plain_methods_by_hand() -> None:
    y = np.array([1.0, 2.0, 3.0, 6.0])
    assert predict("naive", y, horizon=2).mean.tolist() == [6, 6]
    assert predict("mean", y, horizon=2).mean.tolist() == [3, 3]
    assert predict("seasonal-naive", y, horizon=3, season=2).mean.tolist() == [3, 6, 3]
    assert predict("seasonal-naive", y, horizon=3, season=5) is None


def test_a_seasonal_method_follows_a_season() -> None:
    came = 50.0 + 10.0 * np.sin(np.arange(60, 72) * np.pi / 6) + np.arange(60, 72) * 0.2
    for name in ("ets", "theta"):
        assert predict(name, SMOOTH, horizon=12, season=12).mean == pytest.approx(came, abs=2.0)


def test_candidates_suit_the_pattern() -> None:
    assert "ets" not in candidates(n=50, season=12, rare=True)
    assert "tsb" not in candidates(n=50, season=12, rare=False)
    assert "seasonal-naive" not in candidates(n=10, season=12, rare=False)
