"""Periods: only complete ones, in the time of their zone, and every value in exactly one."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.forecast.period import PeriodKind, complete_periods

HOUR = 3_600_000_000


@pytest.mark.parametrize(
    ("kind", "bounds"),
    [
        ("day", [date(2026, 1, 30), date(2026, 1, 31), date(2026, 2, 1)]),
        ("week", []),
        ("month", []),
    ],
)
def test_partial_periods_are_left_out(kind: PeriodKind, bounds: list[date]) -> None:
    start = datetime(2026, 1, 29, 1, tzinfo=UTC)
    found = complete_periods(start, datetime(2026, 2, 1, 23, tzinfo=UTC), kind, "UTC")
    assert len(found) == max(len(bounds) - 1, 0)
    assert list(found.bounds) == bounds or not bounds


def test_days_of_a_zone_have_23_and_25_hours() -> None:
    zone = ZoneInfo("Europe/Berlin")
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25)):
        start = datetime(day.year, day.month, day.day, tzinfo=zone)
        found = complete_periods(start, start + timedelta(days=1), "day", "Europe/Berlin")
        assert np.diff(found.micros()).tolist() == [hours * HOUR]


@given(
    kind=st.sampled_from(["day", "week", "month"]),
    n=st.integers(1, 40),
    first=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_following_periods_go_on_where_these_end(kind: PeriodKind, n: int, first: date) -> None:
    start = datetime(first.year, first.month, first.day, tzinfo=UTC)
    found = complete_periods(start, start + timedelta(days=70), kind, "UTC")
    ahead = found.following(n)
    assert len(ahead) == n
    assert ahead.bounds[0] == found.bounds[-1]
    enough = timedelta(days=70 + {"day": 1, "week": 7, "month": 31}[kind] * (n + 1))
    whole = complete_periods(start, start + enough, kind, "UTC")
    assert whole.bounds[: len(found) + n + 1] == found.bounds + ahead.bounds[1:]


@given(st.lists(st.tuples(st.integers(-5, 35), st.floats(0, 100)), max_size=30))
def test_every_value_within_is_counted_once(rows: list[tuple[int, float]]) -> None:
    start = datetime(2026, 1, 5, tzinfo=UTC)
    found = complete_periods(start, start + timedelta(days=28), "week", "UTC")
    ts = np.array([found.micros()[0] + d * 24 * HOUR for d, _ in rows], dtype=np.int64)
    value = np.array([v for _, v in rows], dtype=np.float64)
    within = sum(v for d, v in rows if 0 <= d < 28)
    assert found.totals(ts, value).sum() == pytest.approx(within)
