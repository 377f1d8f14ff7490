from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.ingest.zone import to_utc

EPOCH = datetime.fromisoformat("1970-01-01T00:00")
ZONES = ["Europe/Berlin", "America/New_York", "America/St_Johns", "Asia/Kolkata"]
ZONES += ["Australia/Lord_Howe", "Africa/Casablanca", "UTC"]


def micros(wall: datetime) -> int:
    return (wall - EPOCH) // timedelta(microseconds=1)


def wall_clocks() -> st.SearchStrategy[datetime]:
    return st.datetimes(
        datetime.fromisoformat("1972-01-01T00:00"), datetime.fromisoformat("2037-12-31T00:00")
    )


@given(walls=st.lists(wall_clocks(), min_size=1, max_size=30), zone=st.sampled_from(ZONES))
def test_agrees_with_datetime(walls: list[datetime], zone: str) -> None:
    found = to_utc(np.array([micros(w) for w in walls]), zone)
    region = ZoneInfo(zone)
    for i, wall in enumerate(walls):
        first, later = (wall.replace(tzinfo=region, fold=f).astimezone(UTC) for f in (0, 1))
        assert found.micros[i] == micros(first.replace(tzinfo=None))
        assert found.later[i] == micros(later.replace(tzinfo=None))
        back = first.astimezone(region).replace(tzinfo=None)
        assert found.missing[i] == (back != wall)
        assert found.twice[i] == (first != later and back == wall)


@pytest.mark.parametrize("zone", ZONES)
def test_every_hour_of_a_year_agrees(zone: str) -> None:
    walls = [
        datetime.fromisoformat("2011-01-01T00:00") + timedelta(minutes=30 * i)
        for i in range(365 * 48)
    ]
    found = to_utc(np.array([micros(w) for w in walls]), zone)
    expected = [
        w.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None) for w in walls
    ]
    assert found.micros.tolist() == [micros(e) for e in expected]
