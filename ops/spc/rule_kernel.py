"""All run rules of many streams in one pass, in machine code; the same flags as `rules.signals`.

A rule is broken into lines: one per side that it looks at. A line asks of each point whether it
takes part (a byte), and counts those that do among the last n of its stream: a run is k = n. In a
time-major block the counters of all streams move on together, one row at a time; in a long array
of segments a stretch of points is counted at once by adding shifted copies. Both are loops over
neighbours in memory that the compiler turns into vector instructions.
"""

import numpy as np
from numpy.typing import NDArray

from ops.compiled import compiled, overwrite
from ops.spc.rules import Flags, Rule
from ops.values import FloatArray, IntArray

Bytes = NDArray[np.uint8]
ABOVE, BELOW, OUTSIDE, INSIDE, RISING, FALLING, TURNING = range(7)
TILE = 512  # streams whose rows and counters stay in the nearest cache
STRETCH = 2048  # points of a segment that are counted at once
REACH = 128  # flags kept of the points before; no pattern spans more than 100
FINITE = float(np.finfo(np.float64).max)


def lines_of(rules: tuple[Rule, ...]) -> tuple[IntArray, FloatArray]:
    """Encode rules for the kernels.

    Returns
    -------
    whole : shape (lines, 4)
        What a point is asked, the span n, the count k that completes it, the bit of its rule.
    bounds : shape (lines, 2)
        Zone and outer limit, in sigmas.
    """
    whole: list[tuple[int, int, int, int]] = []
    bounds: list[tuple[float, float]] = []
    for bit, rule in enumerate(rules):
        outer = rule.limit if rule.pattern == "hugging" else np.inf
        zone = 0.0 if rule.pattern == "same-side" else rule.zone
        for question in _questions(rule):
            span = rule.n - {RISING: 1, FALLING: 1, TURNING: 2}.get(question, 0)
            count = rule.k if rule.pattern in ("beyond", "hugging") else span
            whole.append((question, span, count, 1 << bit))
            bounds.append((zone, outer))
    return (
        np.array(whole, dtype=np.int64).reshape(-1, 4),
        np.array(bounds, dtype=np.float64).reshape(-1, 2),
    )


def _questions(rule: Rule) -> tuple[int, ...]:
    if rule.pattern in ("beyond", "hugging"):
        both = rule.either_side or rule.n == 1
        return (OUTSIDE,) if both else (ABOVE, BELOW)
    if rule.pattern == "same-side":
        return (ABOVE, BELOW)
    if rule.pattern == "within":
        return (INSIDE,)
    return (RISING, FALLING) if rule.pattern == "trend" else (TURNING,)


@compiled
def _ask_place(question: int, zone: float, outer: float, z: FloatArray, flag: Bytes) -> None:
    """Ask where each point lies."""
    if question == ABOVE:
        for i in range(z.size):
            flag[i] = (z[i] > zone) & (z[i] <= outer)
    elif question == BELOW:
        for i in range(z.size):
            flag[i] = (z[i] < -zone) & (z[i] >= -outer)
    elif question == OUTSIDE:
        for i in range(z.size):
            flag[i] = (abs(z[i]) > zone) & (abs(z[i]) <= outer)
    else:
        for i in range(z.size):
            flag[i] = abs(z[i]) < zone


@compiled
def _ask_step(
    question: int, z: FloatArray, before: FloatArray, earlier: FloatArray, flag: Bytes
) -> None:
    """Ask how each point lies to the two before it; NaN where there are none."""
    if question == RISING:
        for i in range(z.size):
            flag[i] = z[i] - before[i] > 0
    elif question == FALLING:
        for i in range(z.size):
            flag[i] = z[i] - before[i] < 0
    else:
        for i in range(z.size):
            flag[i] = (z[i] - before[i]) * (before[i] - earlier[i]) < 0


@compiled
def _count_run(flag: Bytes, run: Bytes, span: np.uint8, bit: np.uint16, out: Flags) -> None:
    """Move runs on by one row: all of the last `span` take part."""
    for i in range(flag.size):
        longer = np.uint8((min(run[i], np.uint8(span - 1)) + 1) * flag[i])
        run[i] = longer
        out[i] |= bit if longer >= span else np.uint16(0)


@compiled
def _count_window(
    flag: Bytes, oldest: Bytes, count: Bytes, k: np.uint8, bit: np.uint16, out: Flags
) -> None:
    """Move windows on by one row: k of the last n take part, the newest among them."""
    for i in range(flag.size):
        now = np.uint8(count[i] + flag[i] - oldest[i])
        count[i] = now
        oldest[i] = flag[i]
        out[i] |= bit if (now >= k) & (flag[i] > 0) else np.uint16(0)


@compiled
def flag_block(
    x: FloatArray, center: FloatArray, sigma: FloatArray, whole: IntArray, bounds: FloatArray
) -> Flags:
    """Rules that each point of a time-major block breaks.

    Parameters
    ----------
    x : shape (times, streams)
        One stream in each column; NaN breaks nothing and ends every run.
    center, sigma : shape (streams,)
        What each stream is standardized by.
    whole, bounds
        Of `lines_of`.

    Returns
    -------
    shape (times, streams)
    """
    times, streams = x.shape
    out = np.zeros((times, streams), dtype=np.uint16)
    lines = whole.shape[0]
    for left in range(0, streams, TILE):
        width = min(TILE, streams - left)
        recent = np.full((3, width), np.nan)
        flag = np.zeros(width, dtype=np.uint8)
        count = np.zeros((lines, width), dtype=np.uint8)
        ring = np.zeros((lines, REACH, width), dtype=np.uint8)
        middle, scale = center[left : left + width], sigma[left : left + width]
        for t in range(times):
            z, before, earlier = recent[t % 3], recent[(t + 2) % 3], recent[(t + 1) % 3]
            row, flags = x[t, left : left + width], out[t, left : left + width]
            for i in range(width):
                z[i] = (row[i] - middle[i]) / scale[i]
            for line in range(lines):
                question, span, k = whole[line, 0], whole[line, 1], np.uint8(whole[line, 2])
                bit = np.uint16(whole[line, 3])
                if question >= RISING:
                    _ask_step(question, z, before, earlier, flag)
                else:
                    _ask_place(question, bounds[line, 0], bounds[line, 1], z, flag)
                if k == span:
                    _count_run(flag, count[line], k, bit, flags)
                else:
                    _count_window(flag, ring[line, t % span], count[line], k, bit, flags)
    return out


@compiled
def _add(more: Bytes, total: Bytes) -> None:
    for i in range(more.size):
        total[i] += more[i]


@compiled
def _copy(more: Bytes, total: Bytes) -> None:
    for i in range(more.size):
        total[i] = more[i]


@compiled
def _sum_of_last(flag: Bytes, span: int, power: Bytes, spare: Bytes, total: Bytes) -> None:
    """Sum each byte with the span - 1 before it, by doubling; right from index span - 1 on."""
    _copy(flag, power)
    for i in range(total.size):
        total[i] = 0
    shift, size = 0, 1
    while span:
        if span & 1:
            _add(power[: power.size - shift], total[shift:])
            shift += size
        span >>= 1
        if span:
            _copy(power, spare)
            _add(spare[: spare.size - size], power[size:])
            size *= 2


@compiled
def _complete(flag: Bytes, total: Bytes, k: np.uint8, bit: np.uint16, out: Flags) -> None:
    for i in range(flag.size):
        out[i] |= bit if (total[i] >= k) & (flag[i] > 0) else np.uint16(0)


@compiled
def flag_segments(
    x: FloatArray,
    starts: IntArray,
    center: FloatArray,
    sigma: FloatArray,
    whole: IntArray,
    bounds: FloatArray,
) -> Flags:
    """Rules that each point of segments one after the other breaks.

    Parameters
    ----------
    x : shape (n,)
        The streams, each in time order; NaN breaks nothing and ends every run.
    starts : shape (streams + 1,)
        Where each stream begins, and n.
    center, sigma : shape (streams,)
        What each stream is standardized by.
    whole, bounds
        Of `lines_of`.

    Returns
    -------
    shape (n,)
    """
    out = np.zeros(x.size, dtype=np.uint16)
    lines = whole.shape[0]
    room = REACH + STRETCH
    flag, power = np.zeros(room, dtype=np.uint8), np.zeros(room, dtype=np.uint8)
    spare, total = np.zeros(room, dtype=np.uint8), np.zeros(room, dtype=np.uint8)
    past = np.zeros((lines, REACH), dtype=np.uint8)
    z = np.empty(STRETCH + 2)
    for stream in range(starts.size - 1):
        past[:] = 0
        z[:2] = np.nan
        end, middle, scale = starts[stream + 1], center[stream], sigma[stream]
        for first in range(starts[stream], end, STRETCH):
            m = min(STRETCH, end - first)
            here = x[first : first + m]
            place, flags = z[2 : m + 2], out[first : first + m]
            for i in range(m):
                place[i] = (here[i] - middle) / scale
            now = flag[REACH : REACH + m]
            for line in range(lines):
                question, span, k = whole[line, 0], whole[line, 1], np.uint8(whole[line, 2])
                overwrite(flag[:REACH], past[line])
                if question >= RISING:
                    _ask_step(question, place, z[1 : m + 1], z[:m], now)
                else:
                    _ask_place(question, bounds[line, 0], bounds[line, 1], place, now)
                overwrite(past[line], flag[m : m + REACH])
                used = REACH + m
                _sum_of_last(flag[:used], span, power[:used], spare[:used], total[:used])
                _complete(now, total[REACH:used], k, np.uint16(whole[line, 3]), flags)
            overwrite(z[:2], z[m : m + 2])
    return out
