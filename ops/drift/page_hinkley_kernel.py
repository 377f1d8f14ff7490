"""The Page-Hinkley test as one loop over the values, both sides at once."""

from math import isnan

import numpy as np

from ops.compiled import compiled
from ops.values import FloatArray, IntArray

FIRST = 16  # alarms that there is room for at first


@compiled
def next_alarm(
    y: FloatArray,
    start: int,
    least: int,
    delta: float,
    limits: tuple[float, float],
    alpha: float,
    headstart: float,
) -> tuple[int, int, int]:
    """Index of the first alarm from `start` on (-1: none), 1 up or -1 down, index since which.

    A value that is not a number leaves everything as it is. The arithmetic is in the order of the
    recursion as published, so that alarms agree to the last bit.
    """
    up, down = limits
    count, low_at, high_at = 0.0, start - 1, start - 1
    mean, increase, decrease, lowest, highest = 0.0, 0.0, 0.0, -headstart, headstart
    for i in range(start, y.size):
        if isnan(y[i]):
            continue
        count += 1.0
        mean += (1.0 / count) * (y[i] - mean)
        deviation = y[i] - mean
        increase = alpha * increase + deviation - delta
        decrease = alpha * decrease + deviation + delta
        if increase <= lowest:
            lowest, low_at = increase, i
        if decrease >= highest:
            highest, high_at = decrease, i
        if (increase - lowest > up or highest - decrease > down) and count >= least:
            if increase - lowest > up:
                return i, 1, low_at + 1
            return i, -1, high_at + 1
    return -1, 0, 0


@compiled
def page_hinkley_runs(
    y: FloatArray,
    least: int,
    delta: float,
    limits: tuple[float, float],
    alpha: float,
    headstart: float,
) -> IntArray:
    """Rows (index, side, since) of all alarms; all starts anew after each one."""
    alarms, found, start = np.empty((FIRST, 3), np.int64), 0, 0
    while start < y.size:
        at, side, since = next_alarm(y, start, least, delta, limits, alpha, headstart)
        if at < 0:
            break
        if found == alarms.shape[0]:
            alarms = np.concatenate((alarms, np.empty_like(alarms)))
        alarms[found, 0], alarms[found, 1], alarms[found, 2] = at, side, since
        found, start = found + 1, at + 1
    return alarms[:found]


@compiled
def _advance(
    now: FloatArray,
    count: FloatArray,
    mean: FloatArray,
    increase: FloatArray,
    decrease: FloatArray,
    lowest: FloatArray,
    highest: FloatArray,
    rest: tuple[float, float, float, float, float],
) -> int:
    """One value of each stream, as `next_alarm` has it; the number of streams with an alarm.

    There is no branch, and the state lies in arrays of their own, so that several streams go
    through the arithmetic at once.
    """
    up, down, least, delta, alpha = rest
    alarms = 0
    for s in range(count.size):
        v = now[s]
        n = count[s] + 1.0
        m = mean[s] + np.true_divide(1.0, n) * (v - mean[s])
        d = v - m
        u = alpha * increase[s] + d - delta
        w = alpha * decrease[s] + d + delta
        low = u if u <= lowest[s] else lowest[s]
        high = w if w >= highest[s] else highest[s]
        count[s] = n
        mean[s] = m
        increase[s] = u
        decrease[s] = w
        lowest[s] = low
        highest[s] = high
        alarms += ((u - low > up) | (high - w > down)) & (n >= least)
    return alarms


@compiled
def _note(reached: FloatArray, value: FloatArray, extreme: FloatArray, at: float) -> None:
    """Keep where each sum was last at its extreme."""
    for s in range(reached.size):
        reached[s] = at if value[s] == extreme[s] else reached[s]


@compiled
def page_hinkley_block(
    y: FloatArray,
    least: int,
    delta: float,
    limits: tuple[float, float],
    alpha: float,
    headstart: float,
) -> IntArray:
    """Rows (stream, index, side, since) of all alarms of the columns of `y`, which has no NaN."""
    alarms, found = np.empty((FIRST, 4), np.int64), 0
    zero = np.zeros(y.shape[1])
    count, mean, increase, decrease = zero.copy(), zero.copy(), zero.copy(), zero.copy()
    lowest, highest, low_at, high_at = zero - headstart, zero + headstart, zero - 1.0, zero - 1.0
    up, down = limits
    enough = float(least)
    rest = (up, down, enough, delta, alpha)
    for i in range(y.shape[0]):
        alarm = _advance(y[i], count, mean, increase, decrease, lowest, highest, rest)
        _note(low_at, increase, lowest, float(i))
        _note(high_at, decrease, highest, float(i))
        if not alarm:
            continue
        for s in range(zero.size):
            rise, fall = increase[s] - lowest[s], highest[s] - decrease[s]
            if count[s] < enough or (rise <= up and fall <= down):
                continue
            if found == alarms.shape[0]:
                alarms = np.concatenate((alarms, np.empty_like(alarms)))
            alarms[found, 0], alarms[found, 1] = s, i
            alarms[found, 2] = 1 if rise > up else -1
            alarms[found, 3] = int(low_at[s] if rise > up else high_at[s]) + 1
            found += 1
            count[s] = mean[s] = increase[s] = decrease[s] = 0.0
            lowest[s], highest[s] = -headstart, headstart
            low_at[s] = high_at[s] = float(i)
    return alarms[:found]
