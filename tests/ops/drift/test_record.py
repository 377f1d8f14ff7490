"""A record of drift takes bad input and says what was wrong with it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.drift.evidence import MICROS_PER_DAY
from ops.drift.record import DriftRecord, record_of
from ops.drift.unit_change import unit_change
from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray

HOUR = 3_600_000_000
START = 1_767_225_600_000_000  # 2026-01-01T00:00Z


def hourly(n: int) -> IntArray:
    return START + HOUR * np.arange(n)


def noise(n: int, seed: int = 1) -> FloatArray:
    return np.random.default_rng(seed).normal(150.0, 2.0, n)


def kinds(record: DriftRecord) -> list[str]:
    return [flaw.kind for flaw in record.flaws]


def test_a_sound_record_has_no_flaw() -> None:
    record = record_of(hourly(100), noise(100), zone=ZoneInfo("Europe/Berlin"))
    assert record.flaws == ()
    assert record.t[-1] == pytest.approx(99 / 24)
    np.testing.assert_array_equal(record.weight, 1.0)


@given(seed=st.integers(0, 2**32 - 1), n=st.integers(3, 60))
def test_the_order_of_rows_does_not_matter(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    ts, y = START + rng.integers(0, 20, n) * HOUR, rng.normal(size=n)
    if np.unique(ts).size < 3:
        return
    shuffled = rng.permutation(n)
    one, other = record_of(ts, y), record_of(ts[shuffled], y[shuffled])
    np.testing.assert_array_equal(one.ts, other.ts)
    np.testing.assert_allclose(one.y, other.y, rtol=1e-12, atol=1e-12)
    assert one.weight.sum() == n
    assert (np.diff(one.ts) > 0).all()
    np.testing.assert_allclose(np.sum(one.y * one.weight), y.sum(), atol=1e-9)


def test_values_of_one_instant_are_one_point() -> None:
    record = record_of(np.repeat(hourly(10), 3), np.tile([1.0, 2.0, 6.0], 10))
    flaw = record.flaw("duplicate-stamps")
    assert flaw is not None
    assert flaw.count == 20
    np.testing.assert_array_equal(record.y, 3.0)
    np.testing.assert_array_equal(record.weight, 3.0)


def test_a_gap_is_told_with_its_length() -> None:
    ts = hourly(100)
    ts[50:] += 9 * MICROS_PER_DAY
    flaw = record_of(ts, noise(100)).flaw("gaps")
    assert flaw is not None
    assert (flaw.count, flaw.at) == (1, int(ts[49]))
    assert flaw.amount == pytest.approx(9 + 1 / 24)


def test_nights_without_a_shift_are_no_gap() -> None:
    ts = np.concatenate([START + day * MICROS_PER_DAY + HOUR * np.arange(8) for day in range(9)])
    assert record_of(ts, noise(ts.size)).flaw("gaps") is None


def test_what_is_no_number_is_left_out_and_counted() -> None:
    y = noise(20)
    y[[3, 7]] = np.nan, np.inf
    record = record_of(hourly(20), y)
    flaw = record.flaw("not-finite")
    assert flaw is not None
    assert flaw.count == 2
    assert record.y.size == 18


@pytest.mark.parametrize("least", [3, 12])
def test_too_few_points_are_refused_with_their_number(least: int) -> None:
    with pytest.raises(NotEnoughData, match=f"needs {least} points in time, got 2"):
        record_of(np.repeat(hourly(2), 9), noise(18), least=least)


def test_a_single_distinct_value_is_told() -> None:
    record = record_of(hourly(30), np.full(30, 7.5))
    assert record.is_constant
    assert kinds(record) == ["single-value"]
    assert record.flaws[0].amount == 7.5


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_sensor_at_its_stop_is_told(sign: float) -> None:
    y = sign * np.minimum(noise(400), 152.0)
    record = record_of(hourly(400), y)
    flaw = record.flaw("saturation")
    assert flaw is not None
    assert flaw.amount == sign * 152.0
    assert flaw.count == int(record.saturated.sum()) == int(np.sum(y == sign * 152.0))


@pytest.mark.parametrize("resolution", [0.1, 1.0, 2.0])
def test_coarse_readings_are_not_saturated(resolution: float) -> None:
    y = np.round(noise(2000) / resolution) * resolution
    assert record_of(hourly(2000), y).flaw("saturation") is None


@pytest.mark.parametrize(
    ("factor", "constant"), [(1000.0, 0.0), (1 / 25.4, 0.0), (1.8, 32.0), (1.0, 273.15), (1e-6, 0)]
)
def test_a_change_of_unit_keeps_the_later_stretch(factor: float, constant: float) -> None:
    y = noise(300)
    y[120:] = factor * y[120:] + constant
    record = record_of(hourly(300), y)
    flaw = record.flaw("unit-change")
    assert flaw is not None
    assert (flaw.count, flaw.at) == (120, int(hourly(300)[120]))
    assert flaw.amount == pytest.approx(factor if factor != 1.0 else constant)
    assert record.y.size == 180


@pytest.mark.parametrize("step", [0.0, 5.0, 30.0, 60.0, 150.0])
def test_a_step_of_the_process_is_no_change_of_unit(step: float) -> None:
    y = noise(300)
    y[120:] += step
    assert unit_change(y) is None


@given(seed=st.integers(0, 2**32 - 1), size=st.floats(0.0, 8.0))
def test_a_drift_is_no_change_of_unit(seed: int, size: float) -> None:
    y = np.random.default_rng(seed).normal(0.0, 1.0, 200) + size * np.linspace(0.0, 1.0, 200)
    assert unit_change(y + 20.0) is None


def test_a_local_clock_that_was_put_back_is_told() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    back = datetime(2026, 10, 25, 1, tzinfo=UTC)  # 03:00 local becomes 02:00
    stamps = np.arange(-2880, 2880) * 10 * 60_000_000 + int(back.timestamp() * 1e6)
    local = stamps.copy()
    again = (stamps >= stamps[2880]) & (stamps < stamps[2880] + HOUR)
    local[again] -= HOUR  # the second pass of the hour, written as the first
    record = record_of(local, noise(local.size), zone=berlin)
    flaw = record.flaw("repeated-hour")
    assert flaw is not None
    assert flaw.at == int(back.timestamp() * 1e6)
    assert record_of(stamps, noise(stamps.size), zone=berlin).flaw("repeated-hour") is None
    assert record_of(local, noise(local.size), zone=ZoneInfo("UTC")).flaw("repeated-hour") is None


def test_a_record_through_a_change_of_the_clock_is_as_long_as_it_is() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    begin = datetime(2026, 3, 27, tzinfo=berlin)
    ts = np.array([int((begin + timedelta(days=d)).timestamp() * 1e6) for d in range(8)])
    record = record_of(ts, noise(8), zone=berlin)
    assert record.t[-1] == pytest.approx(7 - 1 / 24)  # the night without an hour in it
