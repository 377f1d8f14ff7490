"""Real drift with the truth known: gas sensors over three years, engines run to failure.

What is asserted is known of the data, or shown by all of it; figures are in the methods document.
"""

import gzip
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from ops.drift.ar_trend import ar_trend
from ops.drift.baseline import BaselineComparison, compare_to_baseline
from ops.drift.change_interval import changes
from ops.drift.changepoints import changepoints
from ops.drift.crossing import crossing_forecast
from ops.drift.equivalence import Compared
from ops.drift.group_drift import group_drift
from ops.drift.monitor import monitor
from ops.values import FloatArray, IntArray, SpecLimits

DATA = Path(__file__).parents[3].parent / "shared" / "data" / "spc_drift"
pytestmark = pytest.mark.skipif(
    not (DATA / "cmapss").is_dir(), reason="the real drift data are not beside the repository"
)

SENSORS = 16
FADING = (0, 1, 8, 9)  # four of one model, by their response; the other twelve gain
MARGIN = 0.05  # of the response: what counts as nothing
ACETONE, ACETALDEHYDE = 5, 4


@cache
def batch(number: int) -> FloatArray:
    """Gas, concentration, and steady response of each sensor, one row a measurement."""
    wanted = [0, *range(1, 8 * SENSORS + 1, 8)]
    with gzip.open(DATA / "gas_drift" / f"batch{number}.dat.gz", "rt") as lines:
        cells = [line.split() for line in lines]
    kept = [[row[i].replace(";", ":").split(":") for i in wanted] for row in cells]
    return np.array(
        [[float(row[0][0]), float(row[0][1]), *(float(c[1]) for c in row[1:])] for row in kept]
    )


@cache
def responses(gas: int, number: int) -> tuple[FloatArray, IntArray]:
    """Log of each response over that of batch 1 at its concentration, and which that is."""
    first, now = (b[b[:, 0] == gas] for b in (batch(1), batch(number)))
    levels = np.unique(first[:, 1])
    now = now[(now[:, 1] >= levels[0]) & (now[:, 1] <= levels[-1])]
    reference = [_log(first[first[:, 1] == c, 2:]).mean(axis=0) for c in levels]
    at = np.log(now[:, 1])
    middle = [np.interp(at, np.log(levels), line) for line in np.array(reference).T]
    return _log(now[:, 2:]) - np.array(middle).T, np.unique(now[:, 1], return_inverse=True)[1]


def _log(response: FloatArray) -> FloatArray:
    """A sensor that falls silent has no logarithm."""
    return np.log(np.where(response > 0, response, np.nan))


@cache
def compared(gas: int, number: int) -> tuple[BaselineComparison, ...]:
    (x0, lot0), (x1, lot1) = responses(gas, 1), responses(gas, number)
    return tuple(
        compare_to_baseline(
            x0[:, s], x1[:, s], margin=MARGIN, rng=np.random.default_rng(s), lots=(lot0, lot1),
            draws=99,
        )
        for s in range(SENSORS)
    )  # fmt: skip


def surely(of: Compared) -> bool:
    return of.exceeds_p is not None and of.exceeds_p < 0.01


@pytest.mark.parametrize("gas", [ACETONE, ACETALDEHYDE])
@pytest.mark.parametrize("number", [2, 3])
def test_four_gas_sensors_lose_their_response_and_the_others_gain(gas: int, number: int) -> None:
    found = compared(gas, number)
    fading = [found[s].shift for s in FADING]
    others = [found[s].shift for s in range(SENSORS) if s not in FADING]
    assert all(surely(of) and of.estimate < 0 for of in fading)
    assert sum(surely(of) for of in others) >= 8
    assert not any(surely(of) and of.estimate < 0 for of in others)


@pytest.mark.parametrize("gas", [ACETONE, ACETALDEHYDE])
def test_no_gas_sensor_is_shown_to_have_stayed_and_all_distributions_moved(gas: int) -> None:
    for number in (2, 3):
        for one in compared(gas, number):
            p = one.shift.equivalent_p
            assert p is None or p > 0.05
            assert one.psi is not None
            assert one.psi.value > 0.25


@pytest.mark.parametrize("gas", [ACETONE, ACETALDEHYDE])
def test_the_loss_of_the_fading_sensors_grows_with_the_months(gas: int) -> None:
    by_batch = [[one.shift.estimate for one in compared(gas, n)] for n in (2, 3, 6)]
    for s in FADING:
        two, three, six = (shift[s] for shift in by_batch)
        assert 0 > two > three > six


def test_halves_of_the_first_batch_differ_by_no_drift() -> None:
    x, lot = responses(ACETONE, 1)
    even, odd = slice(0, None, 2), slice(1, None, 2)
    for s in range(SENSORS):
        found = compare_to_baseline(
            x[even, s], x[odd, s], margin=MARGIN, rng=np.random.default_rng(s),
            lots=(lot[even], lot[odd]), draws=99,
        )  # fmt: skip
        assert not surely(found.shift)


def test_the_group_of_gas_sensors_is_found_changed() -> None:
    (x0, lot0), (x1, lot1) = responses(ACETONE, 1), responses(ACETONE, 3)
    found = group_drift(
        x0, x1, [str(s + 1) for s in range(SENSORS)], margin=MARGIN,
        rng=np.random.default_rng(1), lots=(lot0, lot1), draws=199,
    )  # fmt: skip
    shift = {member.name: member.shift for member in found.members}
    lowest = sorted(shift, key=lambda name: shift[name])[:4]
    assert set(lowest) == {str(s + 1) for s in FADING}


CONSTANT = (1, 5, 10, 16, 18, 19)  # of FD001: they never change
NEARLY = 6  # two values, a hundredth apart
RISING = (2, 3, 4, 8, 11, 13, 15, 17)
FALLING = (7, 12, 20, 21)
ENGINES = range(2, 101, 4)  # judged; the odd ones set the levels that these are held to


@cache
def engines() -> dict[int, FloatArray]:
    """Cycle and the 21 sensors of each engine until it failed."""
    with gzip.open(DATA / "cmapss" / "train_FD001.txt.gz", "rt") as lines:
        table = np.loadtxt(lines)
    return {number: table[table[:, 0] == number][:, [1, *range(5, 26)]] for number in range(1, 101)}


@cache
def slopes(sensor: int) -> tuple[int, int]:
    """Engines in which a sensor surely rises, and in which it surely falls."""
    found = [ar_trend(engines()[e][:, 0], engines()[e][:, sensor]) for e in ENGINES]
    sure = [one.slope for one in found if one.p_value < 0.01]
    return sum(slope > 0 for slope in sure), sum(slope < 0 for slope in sure)


@pytest.mark.parametrize("sensor", CONSTANT)
def test_a_sensor_that_never_changes_has_no_trend(sensor: int) -> None:
    assert slopes(sensor) == (0, 0)


@pytest.mark.parametrize("sensor", RISING + FALLING)
def test_a_sensor_that_wear_moves_has_a_trend_of_its_sign(sensor: int) -> None:
    rising, falling = slopes(sensor)
    right, wrong = (rising, falling) if sensor in RISING else (falling, rising)
    assert wrong == 0
    assert 3 * right >= 2 * len(ENGINES)


def test_the_speeds_of_the_core_go_either_way() -> None:
    for sensor in (9, 14):
        rising, falling = slopes(sensor)
        assert rising > 0
        assert falling > 0


def test_the_sensor_of_two_values_has_few_trends() -> None:
    assert sum(slopes(NEARLY)) < 0.25 * len(ENGINES)


@pytest.mark.parametrize("sensor", [4, 11, 12])
def test_wear_is_found_long_before_the_engine_fails(sensor: int) -> None:
    leads = []
    for e in ENGINES:
        y = engines()[e][:, sensor]
        start = y[:50]
        found = monitor(
            y[50:], target=float(start.mean()), sigma=float(start.std(ddof=1)), arl0=5000.0
        ).alarms
        assert found, f"engine {e} failed unseen"
        assert found[0].direction == (1 if sensor in RISING else -1)
        leads.append(y.size - 50 - found[0].index)
    assert np.median(leads) > 50  # cycles


@pytest.mark.parametrize("sensor", [4, 11, 12])
def test_the_last_step_of_a_worn_engine_has_the_sign_of_wear(sensor: int) -> None:
    for e in ENGINES:
        t, y = engines()[e][:, 0], engines()[e][:, sensor]
        found = changes(t, y, changepoints(y, cost="autocorrelated"))
        assert found
        assert (found[-1].size > 0) == (sensor in RISING)


@cache
def health() -> tuple[dict[int, FloatArray], float]:
    """Mean of the sensors in standard deviations of new engines, and its value at failure."""
    of = engines()
    odd = range(1, 101, 2)
    new = np.concatenate([of[e][:30, 1:] for e in odd])
    sign = np.array([(s in RISING) - (s in FALLING) for s in range(1, 22)], dtype=np.float64)
    used = sign != 0
    mean, sd = new.mean(axis=0)[used], new.std(axis=0)[used]
    index = {e: ((x[:, 1:][:, used] - mean) / sd) @ sign[used] / used.sum() for e, x in of.items()}
    return index, float(np.mean([index[e][-5:].mean() for e in odd]))


def test_the_forecast_of_a_failure_comes_nearer_to_it() -> None:
    index, limit = health()
    error = {}
    for left in (60, 20):
        off = []
        for e in ENGINES:
            y = index[e][:-left]
            found = crossing_forecast(
                np.arange(y.size, dtype=np.float64), y, SpecLimits(upper=limit),
                horizon_days=150.0, rng=np.random.default_rng(e), draws=200,
            )  # fmt: skip
            (one,) = (c for c in found.crossings if c.target == "mean" and c.side == "upper")
            off.append(abs((150.0 if one.median is None else one.median) - left))
        error[left] = float(np.median(off))
    assert error[20] < error[60]
