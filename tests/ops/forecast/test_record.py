"""The record: a forecast meets exactly its own periods."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from ops.forecast.record import accuracy, meet

MONDAY = date(2026, 1, 5)


def weeks(first: int, n: int) -> list[date]:
    return [MONDAY + timedelta(weeks=first + i) for i in range(n + 1)]


def night(first: int, mean: list[float], name: str = "A") -> dict[str, Any]:
    n = len(mean)
    said = {"mean": mean, "sd": [1.0] * n, "lower": [m - 2 for m in mean]}
    said |= {"upper": [m + 2 for m in mean], "stock": [m + 3 for m in mean]}
    bounds = [day.isoformat() for day in weeks(first, n)]
    return {"bounds": bounds, "series": [{"name": name, "last": 9.0, **said}]}


def test_what_has_come_is_matched_by_its_days() -> None:
    results = [night(2, [10, 11, 12]), night(1, [20, 21]), night(1, [1.0], "gone")]
    total = np.array([[5.0, 6.0, 7.0, 8.0]])
    met = meet(results, names=["A"], bounds=weeks(0, 4), total=total)
    assert met.lead.tolist() == [1, 2, 1, 2]  # week 4 has not come
    assert met.actual.tolist() == [7, 8, 6, 7]
    assert met.mean.tolist() == [10, 11, 20, 21]


def test_other_periods_do_not_meet() -> None:
    odd = night(0, [10.0]) | {"bounds": ["2026-01-06", "2026-01-13"]}
    met = meet([odd, {}], names=["A"], bounds=weeks(0, 4), total=np.ones((1, 4)))
    assert met.actual.size == 0
    assert np.isnan(accuracy(met, 0.95).wape)


def test_figures_by_hand() -> None:
    total = np.array([[10.0, 15.0]])
    met = meet([night(0, [12, 12])], names=["A"], bounds=weeks(0, 2), total=total)
    found = accuracy(met, 0.9)  # errors -2, 3; naive 9: 1, 6; shelf 15
    assert (found.n, found.wape, found.bias, found.coverage) == (2, 5 / 25, -1 / 25, 0.5)
    assert found.rmse == pytest.approx(np.sqrt(13 / 2))
    assert found.fva == pytest.approx(1 - np.sqrt(13 / 37))
    assert (found.service.cycle, found.service.fill) == (1.0, 1.0)
    assert found.pinball == pytest.approx((0.1 * 5 / 2) / 12.5)
