"""Loop of the cost curve: what a sampled future costs when the drift is acted on at a day."""

from math import erfc

import numpy as np

from ops.compiled import compiled
from ops.values import FloatArray, IntArray

ROOT_HALF = 0.7071067811865476
FAR = 8.0  # sigmas beyond a limit where every unit is out, or none
FINE = 64  # places of the table in a sigma: shares are off by less than 1e-5


@compiled
def outside_table(lower: float, upper: float, sigma: float, places: int) -> FloatArray:
    """Share of normal units out of specification, at levels evenly over all that matters.

    Parameters
    ----------
    lower, upper
        Limits; an absent one is infinite.

    Returns
    -------
    shape (places,)
        From `FAR` sigmas below the lowest finite limit to `FAR` above the highest.
    """
    low = (lower if np.isfinite(lower) else upper) - FAR * sigma
    high = (upper if np.isfinite(upper) else lower) + FAR * sigma
    table = np.zeros(places)
    for i in range(places):
        level = low + (high - low) * i / (places - 1)
        if np.isfinite(upper):
            table[i] += 0.5 * erfc((upper - level) / sigma * ROOT_HALF)
        if np.isfinite(lower):
            table[i] += 0.5 * erfc((level - lower) / sigma * ROOT_HALF)
    return table


@compiled
def outside(level: float, low: float, per_step: float, table: FloatArray) -> float:
    """Share of units out about a level, from the table that begins at `low`."""
    place = min(max((level - low) * per_step, 0.0), table.size - 1.000001)
    i = int(place)
    return float(table[i] + (place - i) * (table[i + 1] - table[i]))


@compiled
def futures(
    level: FloatArray,
    home: float,
    removed: FloatArray,
    days: IntArray,
    limits: tuple[float, float, float, float],
    lasts: float,
) -> FloatArray:
    """Units out of specification (as days' shares) and days below a Cpk, by acting day and path.

    Parameters
    ----------
    level : shape (paths, horizon)
        Mean of each day if nothing is done.
    home
        Level that an action brings it back to.
    removed : shape (paths, 2)
        Shares of the offset and of the slope that the action removes on each path.
    days : shape (k,)
        Days on which it is acted, increasing; the horizon itself is never.
    limits
        Lower and upper limit, sigma of units, and least Cpk.
    lasts
        Days after which it is done again: the offset is removed anew.

    Returns
    -------
    shape (k, paths, 2)
    """
    lower, upper, sigma, least = limits
    paths, horizon = level.shape
    found = np.zeros((days.size, paths, 2))
    near = 3.0 * least * sigma
    low = (lower if np.isfinite(lower) else upper) - FAR * sigma
    high = (upper if np.isfinite(upper) else lower) + FAR * sigma
    table = outside_table(lower, upper, sigma, min(int((high - low) / sigma * FINE) + 2, 65_536))
    per_step = (table.size - 1) / (high - low)
    for p in range(paths):
        out, poor = 0.0, 0.0
        day = 0
        for i in range(days.size):
            while day < days[i]:
                m = level[p, day]
                out += outside(m, low, per_step, table)
                poor += 1.0 if min(upper - m, m - lower) < near else 0.0
                day += 1
            after, under = 0.0, 0.0
            if day < horizon:
                here, raw = level[p, day], level[p, day]
                here -= removed[p, 0] * (here - home)
                again = day + lasts
                for later in range(day, horizon):
                    m = here + (1.0 - removed[p, 1]) * (level[p, later] - raw)
                    if later >= again:
                        here, raw = m - removed[p, 0] * (m - home), level[p, later]
                        again += lasts
                        m = here
                    after += outside(m, low, per_step, table)
                    under += 1.0 if min(upper - m, m - lower) < near else 0.0
            found[i, p, 0] = out + after
            found[i, p, 1] = poor + under
    return found
