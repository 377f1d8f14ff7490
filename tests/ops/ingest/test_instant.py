from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ops.ingest.instant import parse_instants
from ops.ingest.mapping import TimeColumn


def read(values: list[Any], **spec: Any) -> list[str]:
    """Each value as ISO text in UTC, or the reason against it."""
    parsed = parse_instants(pa.array(values), TimeColumn(**spec))
    texts = [str(t) for t in parsed.micros.astype("datetime64[us]")]
    for wrong, reason in parsed.faults:
        for i in np.flatnonzero(wrong):
            texts[i] = reason
    return texts


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2024-03-01T10:00:00Z", "2024-03-01T10:00:00.000000"),
        ("2024-03-01 10:00:00.5+05:30", "2024-03-01T04:30:00.500000"),
        ("2024-03-01T10:00-0130", "2024-03-01T11:30:00.000000"),
        ("2024-03-01T10:00:00.1234567Z", "2024-03-01T10:00:00.123456"),
        (" 2024-03-01T10:00:00,25 Z ", "2024-03-01T10:00:00.250000"),
        ("2024-02-30T10:00:00Z", "is not an ISO 8601 time"),
        ("2024-03-01T24:00:00Z", "is not an ISO 8601 time"),
        (
            "2016-12-31T23:59:60Z",
            "is a leap second, which no clock of a database has: write second 59",
        ),
        ("yesterday", "is not an ISO 8601 time"),
        ("", "is empty"),
    ],
)
def test_iso_times(text: str, utc: str) -> None:
    assert read([text]) == [utc]
    assert read([text, "nonsense"])[0] == utc  # the careful way agrees with the quick one


@given(
    at=st.datetimes(
        datetime.fromisoformat("1971-01-01T00:00"),
        datetime.fromisoformat("2200-01-01T00:00"),
        timezones=st.just(UTC),
    )
)
def test_what_python_writes_is_read(at: datetime) -> None:
    utc = at.replace(tzinfo=None).isoformat(timespec="microseconds")
    assert read([at.isoformat()]) == [utc]
    assert read([at.isoformat(), "x"])[0] == utc
    written = at.strftime("%d/%m/%Y %I.%M.%S,%f %p").replace(at.strftime("%Y"), f"{at.year:04}")
    assert read([written], formats=("%d/%m/%Y %I.%M.%S,%f %p",), zone="UTC") == [utc]


def test_formats_are_tried_in_turn() -> None:
    formats = ("%d.%m.%Y %H:%M", "%d-%b-%y", "epoch_s")
    assert read(["03.02.2024 11:12", "4-Mar-24", "1700000000"], formats=formats, zone="UTC") == [
        "2024-02-03T11:12:00.000000",
        "2024-03-04T00:00:00.000000",
        "2023-11-14T22:13:20.000000",
    ]
    assert read(["1 o'clock"], formats=formats) == ["is not %d.%m.%Y %H:%M or %d-%b-%y or epoch_s"]


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        (1700000000.123456, "epoch_s"),
        ("1700000000.123456", "epoch_s"),
        (1700000000123.456, "epoch_ms"),
        (1700000000123456, "epoch_us"),
        ("1700000000123456", "epoch_us"),
        (1700000000123456000, "epoch_ns"),
    ],
)
def test_epoch_times_are_exact(value: Any, unit: str) -> None:
    assert read([value], formats=(unit,)) == ["2023-11-14T22:13:20.123456"]


def test_a_time_without_offset_needs_a_zone() -> None:
    reason = "has no offset: write one such as +00:00, or set time.zone in the mapping"
    assert read(["2024-06-01T12:00:00", "2024-06-01T12:00:00Z"])[0] == reason
    assert read([datetime.fromisoformat("2024-06-01T12:00")]) == [reason]
    summer = ["2024-06-01T10:00:00.000000"]
    assert read(["2024-06-01T12:00:00"], zone="Europe/Berlin") == summer
    assert read([datetime.fromisoformat("2024-06-01T12:00")], zone="Europe/Berlin") == summer
    assert read([date(2024, 6, 1)], zone="UTC") == ["2024-06-01T00:00:00.000000"]


def test_an_offset_in_the_text_outranks_the_zone() -> None:
    assert read(["2024-06-01T12:00:00+00:00"], zone="Asia/Kolkata") == [
        "2024-06-01T12:00:00.000000"
    ]


def test_an_hour_that_is_skipped_is_refused() -> None:
    reason = "does not exist in Europe/Berlin: clocks go forward over it"
    assert read(["2024-03-31T02:30:00"], zone="Europe/Berlin") == [reason]


@pytest.mark.parametrize(
    ("ambiguous", "utc"),
    [
        ("reject", "occurs twice in America/New_York: give an offset, or set time.ambiguous"),
        ("first", "2024-11-03T05:30:00.000000"),
        ("second", "2024-11-03T06:30:00.000000"),
    ],
)
def test_an_hour_that_comes_twice_follows_the_mapping(ambiguous: str, utc: str) -> None:
    assert read(["2024-11-03T01:30:00"], zone="America/New_York", ambiguous=ambiguous) == [utc]


@pytest.mark.parametrize("written", ["%Q", "%H:%H", "%T %H", "tomorrow", "%"])
def test_a_format_we_cannot_read_is_refused_at_the_door(written: str) -> None:
    with pytest.raises(ValidationError, match="is not a time format"):
        TimeColumn(formats=(written,))


def test_an_unknown_zone_is_refused_at_the_door() -> None:
    with pytest.raises(ValidationError, match="is no IANA zone"):
        TimeColumn(zone="Europe/Bärlin")
