"""Shifts over midnight, holidays and clock changes."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from ops.errors import BadData
from ops.timing.resolve import resolve
from ops.timing.shift import (
    ShiftCalendar,
    ShiftPattern,
    shift_day_factor,
    shift_factor,
    shift_factor_of_versions,
)
from ops.timing.window import Between, LastDuration, ShiftWindow, SinceSuccess

DAY = ShiftPattern("day", 7 * 60, 19 * 60)
NIGHT = ShiftPattern("night", 19 * 60, 7 * 60)
BERLIN = ShiftCalendar("Europe/Berlin", (DAY, NIGHT))
NESTED = ShiftCalendar(  # a service shift within the day, nobody at night or at Easter
    "Europe/Berlin",
    (DAY, ShiftPattern("service", 12 * 60, 14 * 60, frozenset({2, 5}))),
    frozenset({date(2026, 4, 5), date(2026, 4, 6)}),
)
LORD_HOWE = ShiftCalendar(  # both changes, of half an hour, lie at a bound
    "Australia/Lord_Howe",
    (ShiftPattern("late", 14 * 60, 105), ShiftPattern("early", 105, 14 * 60)),
)
NOW = datetime(2026, 6, 10, 4, 0, tzinfo=UTC)  # 06:00 in Berlin: the night shift of the 9th


def micros(instant: datetime) -> int:
    return int(instant.timestamp()) * 1_000_000


def test_a_night_shift_belongs_to_the_day_it_starts() -> None:
    span = BERLIN.current(NOW)
    assert span is not None
    assert span.label == "2026-06-09 night"
    assert span.end - span.start == timedelta(hours=12)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 28), 11), (date(2026, 10, 24), 13), (date(2026, 7, 1), 12)]
)
def test_the_clock_change_shortens_or_lengthens_the_night(day: date, hours: int) -> None:
    (night,) = [s for s in BERLIN.spans(day, day) if s.name == "night"]
    assert night.end - night.start == timedelta(hours=hours)


def test_last_complete_skips_holidays_and_weekends() -> None:
    weekdays = frozenset(range(5))
    calendar = ShiftCalendar(
        "Europe/Berlin",
        (ShiftPattern("day", 420, 1140, weekdays),),
        frozenset({date(2026, 6, 8)}),
    )
    monday_evening = datetime(2026, 6, 8, 20, tzinfo=UTC)
    span = calendar.last_complete(monday_evening)
    assert span is not None
    assert span.label == "2026-06-05 day"


def test_without_shifts_there_is_none() -> None:
    empty = ShiftCalendar("UTC", ())
    assert empty.current(NOW) is None
    assert empty.last_complete(NOW) is None
    assert shift_factor(np.array([micros(NOW)]), empty).codes.tolist() == [-1]


@settings(max_examples=60)
@given(
    calendar=st.sampled_from([BERLIN, NESTED, LORD_HOWE]),
    seconds=st.lists(st.integers(0, 400 * 24 * 3600), min_size=1, max_size=50),
)
def test_the_factor_equals_asking_for_each_instant(
    calendar: ShiftCalendar, seconds: list[int]
) -> None:
    instants = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=s) for s in seconds]
    ts = np.array([micros(i) for i in instants], dtype=np.int64)
    names, days = shift_factor(ts, calendar), shift_day_factor(ts, calendar)
    for instant, name, day in zip(instants, names.codes, days.codes, strict=True):
        span = calendar.current(instant)
        assert (name == -1) == (day == -1) == (span is None)
        if span is not None:
            assert names.levels[name] == span.name
            assert days.levels[day] == span.label


def test_a_shift_within_a_shift_ends_and_the_outer_one_goes_on() -> None:
    at = [datetime(2026, 6, 10, hour, tzinfo=UTC) for hour in (6, 11, 15, 20)]  # 8, 13, 17, 22 h
    factor = shift_factor(np.array([micros(i) for i in at]), NESTED)
    assert [factor.levels[c] if c >= 0 else None for c in factor.codes] == [
        "day",
        "service",
        "day",
        None,
    ]


def test_bounds_belong_to_the_shift_that_starts() -> None:
    start = micros(datetime(2026, 6, 10, 5, tzinfo=UTC))  # 07:00 in Berlin
    factor = shift_factor(np.array([start - 1, start]), BERLIN)
    assert [factor.levels[c] for c in factor.codes] == ["night", "day"]


def test_a_minute_of_the_day_is_checked() -> None:
    with pytest.raises(ValueError, match="1440"):
        ShiftPattern("late", 0, 1440)


def test_windows_are_seen_from_the_fire_time() -> None:
    day_ago = NOW - timedelta(days=1)
    assert resolve(LastDuration(last="24h"), now=NOW).start == day_ago
    between = Between(start=day_ago, end=NOW)
    assert resolve(between, now=NOW).end == NOW
    last = resolve(ShiftWindow(shift="last"), now=NOW, calendar=BERLIN)
    assert (last.start, last.end) == (
        datetime(2026, 6, 9, 5, tzinfo=UTC),
        datetime(2026, 6, 9, 17, tzinfo=UTC),
    )
    current = resolve(ShiftWindow(shift="current"), now=NOW, calendar=BERLIN)
    assert (current.start, current.end) == (datetime(2026, 6, 9, 17, tzinfo=UTC), NOW)


def test_since_success_has_a_longest_window() -> None:
    since = SinceSuccess(since="last-success", at_most="7d")
    assert resolve(since, now=NOW).start == NOW - timedelta(days=7)
    recent, old = NOW - timedelta(hours=5), NOW - timedelta(days=90)
    assert resolve(since, now=NOW, last_success=recent).start == recent
    assert resolve(since, now=NOW, last_success=old).start == NOW - timedelta(days=7)


def test_a_shift_needs_a_calendar() -> None:
    with pytest.raises(BadData, match="calendar") as caught:
        resolve(ShiftWindow(shift="last"), now=NOW)
    assert caught.value.problems[0].pointer == "/window/shift"


def test_each_instant_has_the_shift_of_the_calendar_in_force_then() -> None:
    two = ShiftCalendar("UTC", (ShiftPattern("day", 360, 1080), ShiftPattern("night", 1080, 360)))
    three = ShiftCalendar(
        "UTC",
        (
            ShiftPattern("early", 360, 840),
            ShiftPattern("late", 840, 1320),
            ShiftPattern("night", 1320, 360),
        ),
    )
    hour, change = 3_600_000_000, 10 * 86_400_000_000
    at = change + np.array([-3, -1, 0, 7, 15, 23, -11 * 24]) * hour
    found = shift_factor_of_versions(at, ((change - 5 * 24 * hour, two), (change, three)))
    said = [found.levels[code] if code >= 0 else None for code in found.codes]
    assert said == ["night", "night", "night", "early", "late", "night", None]
    assert found.levels == tuple(sorted(found.levels))


@given(st.lists(st.integers(0, 60 * 86_400_000_000), max_size=30), st.integers(0, 60))
def test_a_version_that_changes_nothing_changes_nothing(ts: list[int], day: int) -> None:
    at = np.array(ts, dtype=np.int64)
    plain = shift_factor(at, BERLIN)
    split = shift_factor_of_versions(at, ((0, BERLIN), (day * 86_400_000_000, BERLIN)))
    assert [plain.levels[c] if c >= 0 else None for c in plain.codes] == [
        split.levels[c] if c >= 0 else None for c in split.codes
    ]


@pytest.mark.parametrize("text", ["0h", "36526d", "999999w", "2 years", ""])
def test_a_duration_that_no_clock_can_go_back_by_is_refused_with_the_mend(text: str) -> None:
    with pytest.raises(ValidationError, match=r"write a number|at most a century"):
        LastDuration(last=text)
    with pytest.raises(ValidationError, match=r"write a number|at most a century"):
        SinceSuccess.model_validate({"since": "last-success", "at_most": text})


def test_the_longest_duration_can_be_taken_from_any_instant() -> None:
    assert resolve(LastDuration(last="36525d"), now=NOW).start.year == 1926


@pytest.mark.parametrize("start", ["0001-01-01T00:00:00+14:00", "1899-12-31T00:00:00Z"])
def test_a_window_outside_of_what_calendars_hold_is_refused(start: str) -> None:
    with pytest.raises(ValidationError, match="the year must be 1900 to 2199"):
        Between.model_validate({"start": start, "end": "2026-01-01T00:00:00Z"})
    with pytest.raises(ValidationError, match="the year must be 1900 to 2199"):
        Between.model_validate(
            {"start": "2026-01-01T00:00:00Z", "end": "9999-12-31T23:59:59-12:00"}
        )
