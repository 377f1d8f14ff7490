"""Machine code that draws a life test anew: the same scheme, lives from a given distribution.

Each sample has a stream of chance of its own, so that it stays the same sample when the parameters
move a little: what is found from the samples then moves smoothly too.

References
----------
Steele, Lea and Flood (2014), OOPSLA (SplitMix64, the stream);
Devroye (1986), Non-Uniform Random Variate Generation, ch. V (order statistics one by one).
"""

from math import erfc, exp, expm1, inf, isinf, isnan, log, log1p, sqrt

import numpy as np
from numpy.typing import NDArray

from ops.compiled import compiled
from ops.lifetime.bounds.normal_quantile import normal_quantile
from ops.lifetime.kernel import LOGISTIC, SEV
from ops.values import FloatArray, IntArray

GAMMA = np.uint64(0x9E3779B97F4A7C15)
MIX_1, MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
S30, S27, S31, S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)

EXACT, READOUTS, OWN = range(3)  # how a failure is seen
FIRST, SECOND, END, BEYOND, ENTRY, EXIT = range(6)  # of what is told of a group

State = NDArray[np.uint64]
Place = tuple[float, float]
Grid = tuple[FloatArray, FloatArray, FloatArray]


@compiled
def uniform(state: State) -> float:
    """Draw from the open (0, 1); `state` of shape (1,), uint64, moves on."""
    state[0] += GAMMA
    z = state[0]
    z = (z ^ (z >> S30)) * MIX_1
    z = (z ^ (z >> S27)) * MIX_2
    z = z ^ (z >> S31)
    return (float(z >> S11) + 0.5) * 1.1102230246251565e-16


@compiled
def cumulative_hazard(standard: int, z: float) -> float:
    """Return -log of the share of the standard W above `z`."""
    if standard == SEV:
        return exp(min(z, 700.0))
    if standard == LOGISTIC:
        return log1p(exp(z)) if z < 30.0 else z
    if z > 30.0:
        return 0.5 * z * z + log(z) + 0.9189385332046727
    return -log(0.5 * erfc(z * 0.7071067811865476))


@compiled
def of_hazard(standard: int, hazard: float) -> float:
    """Return the value of the standard W at a cumulative hazard > 0."""
    if standard == SEV:
        return log(hazard)
    if standard == LOGISTIC:
        return log(expm1(hazard)) if hazard < 30.0 else hazard
    if hazard > 700.0:
        return sqrt(2.0 * hazard)
    above = hazard > 0.6931471805599453
    return normal_quantile(exp(-hazard) if above else -expm1(-hazard), above)


@compiled
def _see(
    y: float,
    seen: int,
    looks: tuple[float, float, float],
    readouts: FloatArray,
) -> Place:
    """Return between what a life that ended at `y` is seen to have ended."""
    first, second, end = looks
    if y > end:
        return end, inf
    if seen == EXACT:
        return (-inf, first) if y <= first else (y, y)
    if seen == OWN:
        if y <= first:
            return -inf, first
        return (first, second) if y <= second else (second, inf)
    i = np.searchsorted(readouts, y)
    low = readouts[i - 1] if i > 0 else -inf
    high = readouts[i] if i < readouts.size else inf
    return low, min(high, end)


@compiled
def _begun(standard: int, place: Place, entry: float) -> float:
    """Return the cumulative hazard that a unit had passed when it came in."""
    mu, sigma = place
    return 0.0 if isinf(entry) else cumulative_hazard(standard, (entry - mu) / sigma)


@compiled
def _failing(
    standard: int,
    place: Place,
    looks: FloatArray,
    begun: float,
    state: State,
) -> float:
    """Return the cumulative hazard at which one unit fails, within its truncation."""
    mu, sigma = place
    if isinf(looks[EXIT]):
        return begun - log(uniform(state))
    least = exp(-cumulative_hazard(standard, (looks[EXIT] - mu) / sigma))
    return -log(exp(-begun) - uniform(state) * (exp(-begun) - least))


@compiled
def _until(looks: FloatArray, grid: Grid, state: State) -> float:
    """Return until when a unit is watched."""
    _, ends, shares = grid
    if not isnan(looks[END]):
        return float(looks[END])
    share = looks[BEYOND] + uniform(state) * (1.0 - looks[BEYOND])
    return float(ends[min(np.searchsorted(shares, share), ends.size - 1)])


@compiled
def _keep(out: FloatArray, row: int, low: float, high: float, units: float) -> None:
    if row < out.shape[1]:
        out[0, row], out[1, row], out[2, row] = low, high, units


@compiled
def _draw_group(
    standard: int,
    place: Place,
    group: tuple[int, int, FloatArray],
    grid: Grid,
    state: State,
    out: FloatArray,
    row: int,
) -> int:
    """Draw the units of one group into rows from `row` on; return the next free row."""
    left, seen, looks = group
    begun = _begun(standard, place, looks[ENTRY])
    alike = not isnan(looks[END]) and isinf(looks[EXIT])
    hazard, first_row = begun, row
    while left > 0:
        if alike:  # the next failure among those that are left
            hazard -= log(uniform(state)) / left
        else:
            hazard = _failing(standard, place, looks, begun, state)
        y = place[0] + place[1] * of_hazard(standard, hazard)
        end = _until(looks, grid, state)
        low, high = _see(y, seen, (looks[FIRST], looks[SECOND], end), grid[0])
        units = left if alike and isinf(high) else 1
        _keep(out, row, low, high, float(units))
        left -= units
        row += 1
    out[3, first_row:row], out[4, first_row:row] = looks[ENTRY], looks[EXIT]
    return row


@compiled
def draw_watched(
    standard: int,
    place: Place,
    seeds: State,
    groups: tuple[IntArray, IntArray, FloatArray],
    grid: Grid,
    out: FloatArray,
) -> int:
    """Draw tests whose units are watched until times; return the rows that the largest takes.

    Parameters
    ----------
    place
        (mu, sigma) of the lives.
    seeds : shape (b,)
        One for each sample, uint64.
    groups
        Count (g,), seen (g,) and looks (g, 6): first, second, end, beyond, entry, exit.
    grid
        Common readouts, times of withdrawal and their shares.
    out : shape (5, b, m)
        Filled with lower, upper, weight, entry, exit; weight 0 where there is no row. Rows that
        find no place are counted but not kept.
    """
    count, seen, looks = groups
    state = np.empty(1, dtype=np.uint64)
    most = 0
    for b in range(seeds.size):
        state[0] = seeds[b]
        row = 0
        for g in range(count.size):
            group = (count[g], seen[g], looks[g])
            row = _draw_group(standard, place, group, grid, state, out[:, b], row)
        out[2, b, row:] = 0.0
        most = max(most, row)
    return most


@compiled
def draw_ended(
    standard: int,
    place: Place,
    seeds: State,
    units: int,
    out: FloatArray,
) -> None:
    """Draw tests that end at a failure; the first m - 1 rows fail, the last is censored.

    Parameters
    ----------
    out : shape (3, b, m)
        Filled with lower, upper, weight; the weight of the last row is 0 if all have failed.
    """
    state = np.empty(1, dtype=np.uint64)
    failures = out.shape[2] - 1
    for b in range(seeds.size):
        state[0] = seeds[b]
        hazard, y = 0.0, -inf
        for i in range(failures):
            hazard += -log(uniform(state)) / (units - i)
            y = place[0] + place[1] * of_hazard(standard, hazard)
            out[0, b, i], out[1, b, i], out[2, b, i] = y, y, 1.0
        out[0, b, failures], out[1, b, failures] = y, inf
        out[2, b, failures] = units - failures
