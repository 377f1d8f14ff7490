"""Fires through daylight saving, against an oracle that walks minute by minute."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.errors import BadData
from ops.timing.cron import fires_between, next_fires, parse

ZONES = ["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]
CHANGES = {  # the days around both changes of 2026
    "America/New_York": ("2026-03-08", "2026-11-01"),
    "Europe/Berlin": ("2026-03-29", "2026-10-25"),
    "Asia/Kolkata": ("2026-03-29", "2026-10-25"),
    "Australia/Lord_Howe": ("2026-04-05", "2026-10-04"),
    "UTC": ("2026-03-29", "2026-10-25"),
}

INSTANTS = st.integers(0, 4 * 365 * 24 * 3600).map(
    lambda seconds: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


def _around(day: str, zone: str) -> tuple[datetime, datetime]:
    noon = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return noon - timedelta(hours=36), noon + timedelta(hours=36)


def _minutes(start: datetime, end: datetime) -> list[datetime]:
    first = start.astimezone(UTC).replace(second=0, microsecond=0)
    count = int((end - start).total_seconds() // 60)
    return [first + timedelta(minutes=i) for i in range(1, count + 1)]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("change", [0, 1], ids=["first", "second"])
@pytest.mark.parametrize("hour", range(4))
def test_a_fixed_hour_fires_once_a_local_day(zone: str, change: int, hour: int) -> None:
    midnight = datetime.fromisoformat(CHANGES[zone][change]).replace(tzinfo=ZoneInfo(zone))
    start, end = midnight - timedelta(days=1), midnight + timedelta(days=2)  # in wall time
    fires = fires_between(parse(f"30 {hour} * * *", zone), start, end, 100)
    days = [f.key.split("T")[0] for f in fires]
    assert len(days) == len(set(days)) == 3
    local = [f.at.astimezone(ZoneInfo(zone)) for f in fires]
    normal = [at for at in local if (at.hour, at.minute) == (hour, 30)]
    assert len(normal) >= 2  # at most the day of the gap differs


def test_the_skipped_hour_fires_at_the_next_valid_instant() -> None:
    (fire,) = next_fires(
        parse("30 2 * * *", "America/New_York"), datetime(2026, 3, 8, 5, tzinfo=UTC), 1
    )
    assert fire.at == datetime(2026, 3, 8, 7, tzinfo=UTC)  # 03:00 EDT, the end of the gap
    assert fire.key == "2026-03-08T02:30 America/New_York"


def test_the_repeated_hour_fires_at_its_first_occurrence() -> None:
    fires = fires_between(
        parse("30 1 * * *", "America/New_York"),
        datetime(2026, 11, 1, 4, tzinfo=UTC),
        datetime(2026, 11, 1, 12, tzinfo=UTC),
        10,
    )
    assert [f.at for f in fires] == [datetime(2026, 11, 1, 5, 30, tzinfo=UTC)]


def test_several_times_in_one_gap_are_one_fire() -> None:
    start, end = _around("2026-03-29", "Europe/Berlin")
    fires = fires_between(parse("*/15 2 * * *", "Europe/Berlin"), start, end, 100)
    on_the_day = [f for f in fires if f.key.startswith("2026-03-29")]
    assert [f.at for f in on_the_day] == [datetime(2026, 3, 29, 1, tzinfo=UTC)]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("change", [0, 1], ids=["first", "second"])
def test_every_quarter_is_kept(zone: str, change: int) -> None:
    start, end = _around(CHANGES[zone][change], zone)
    fires = fires_between(parse("*/15 * * * *", zone), start, end, 1000)
    assert len(fires) == 72 * 4
    gaps = {b.at - a.at for a, b in pairwise(fires)}
    assert gaps == {timedelta(minutes=15)}


@settings(max_examples=60)
@given(
    zone=st.sampled_from(ZONES),
    change=st.integers(0, 1),
    minute=st.sampled_from(["0", "*/20", "7,37", "10-12"]),
    hour=st.sampled_from(["*", "*/2", "*/3"]),
)
def test_running_fires_equal_a_walk_over_the_minutes(
    zone: str, change: int, minute: str, hour: str
) -> None:
    start, end = _around(CHANGES[zone][change], zone)
    fires = fires_between(parse(f"{minute} {hour} * * *", zone), start, end, 5000)
    wanted_minutes = {"0": {0}, "*/20": {0, 20, 40}, "7,37": {7, 37}, "10-12": {10, 11, 12}}[minute]
    step = {"*": 1, "*/2": 2, "*/3": 3}[hour]
    oracle = [
        at
        for at in _minutes(start, end)
        if (local := at.astimezone(ZoneInfo(zone))).minute in wanted_minutes
        and local.hour % step == 0
    ]
    assert [f.at for f in fires] == oracle


@settings(max_examples=100)
@given(
    zone=st.sampled_from(ZONES),
    after=INSTANTS,
    expression=st.sampled_from(
        ["30 2 * * *", "0 0 * * 1-5", "15 1,2,3 * * *", "*/15 * * * *", "0 */6 1 * *", "5 4 29 2 *"]
    ),
)
def test_fires_are_later_in_order_and_unique(zone: str, after: datetime, expression: str) -> None:
    fires = next_fires(parse(expression, zone), after, 6)
    instants = [f.at for f in fires]
    assert instants == sorted(set(instants))
    assert instants[0] > after
    assert len({f.key for f in fires}) == 6


@settings(max_examples=50)
@given(
    zone=st.sampled_from(ZONES),
    after=INSTANTS,
    expression=st.sampled_from(["30 2 * * *", "*/15 * * * *", "0 1 * * *"]),
)
def test_going_on_from_a_fire_changes_nothing(zone: str, after: datetime, expression: str) -> None:
    cron = parse(expression, zone)
    whole = next_fires(cron, after, 5)
    stepped = []
    for _ in range(5):
        (fire,) = next_fires(cron, stepped[-1].at if stepped else after, 1)
        stepped.append(fire)
    assert [f.at for f in stepped] == [f.at for f in whole]


@pytest.mark.parametrize(
    ("expression", "zone", "pointer"),
    [
        ("61 5 * * *", "UTC", "/cron"),
        ("5 * * *", "UTC", "/cron"),
        ("0 0 5 * * *", "UTC", "/cron"),
        ("0 0 30 2 *", "UTC", "/cron"),
        ("@daily", "UTC", "/cron"),
        ("0 5 * * *", "Mars/Base", "/zone"),
        ("0 5 * * *", "", "/zone"),
    ],
)
def test_wrong_input_names_its_field(expression: str, zone: str, pointer: str) -> None:
    with pytest.raises(BadData) as caught:
        parse(expression, zone)
    assert [p.pointer for p in caught.value.problems] == [pointer]


def test_only_the_last_fires_are_kept() -> None:
    end = datetime(2026, 1, 2, tzinfo=UTC)
    fires = fires_between(parse("0 * * * *", "UTC"), datetime(2026, 1, 1, tzinfo=UTC), end, 3)
    assert [f.at.hour for f in fires] == [22, 23, 0]


@settings(max_examples=60)
@given(
    zone=st.sampled_from(ZONES),
    after=INSTANTS,
    hours=st.integers(0, 24 * 40),
    limit=st.integers(1, 30),
    fires=st.sampled_from(
        [("30 2 * * *", 1), ("*/15 2 * * *", 4), ("20 * * * *", 24), ("0 4 1 * *", 1)]
    ),
)
def test_looking_back_finds_the_same_fires_as_walking(
    zone: str, after: datetime, hours: int, limit: int, fires: tuple[str, int]
) -> None:
    expression, a_day = fires
    cron, until = parse(expression, zone), after + timedelta(hours=hours)
    walked = next_fires(cron, after, a_day * (hours // 24 + 3))
    assert walked[-1].at > until, "the walk ends too soon"
    there = [f for f in walked if f.at <= until]
    assert fires_between(cron, after, until, limit) == there[-limit:]
