"""Filter and smoother of a level and a slope that wander in continuous time, in machine code.

Over a time h the slope gains variance ``s h``, the level ``l h + s h^3 / 3``, and both have the
covariance ``s h^2 / 2``; a value has the variance 1 about the level, the mean of k values at one
time 1/k. Nothing is known of level and slope before: the first two times fix them.

References
----------
Harvey (1989), Forecasting, Structural Time Series Models and the Kalman Filter, ch. 9;
Durbin and Koopman (2012), Time Series Analysis by State Space Methods, 2nd ed., ch. 5 (diffuse);
Rauch, Tung and Striebel (1965), AIAA Journal 3(8), 1445-1450 (smoother).
"""

import numpy as np

from ops.compiled import compiled, overwrite
from ops.values import FloatArray

MEAN, MEAN_SLOPE, VAR, COV, VAR_SLOPE = range(5)
LARGEST, SMALLEST = 8.0, -9.0  # powers of ten between which the ratios of variances are sought
FINE = 1e-5
DIRECTIONS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1))


@compiled
def forward(
    gap: FloatArray, y: FloatArray, size: FloatArray, level: float, slope: float
) -> tuple[FloatArray, FloatArray, float, float]:
    """Filter means of values at two or more times.

    Parameters
    ----------
    gap : shape (n,)
        Time since the one before, above 0 but for the first.
    y, size : shape (n,)
        Mean of the values of each time, and how many they are.
    level, slope
        Variance that level and slope gain in a unit of time, in that of one value.

    Returns
    -------
    shape (n, 5) each: predicted and filtered mean of level and slope, variance of the level,
    covariance, variance of the slope, from the second time on; sums of the squared innovations
    over their variances and of the logarithms of these, the diffuse part included.
    """
    n = y.size
    guess, state = np.zeros((n, 5)), np.zeros((n, 5))
    h = gap[1]
    gained = level * h + slope * h**3 / 3.0
    noise = 1.0 / size[1]
    state[1, MEAN], state[1, MEAN_SLOPE] = y[1], (y[1] - y[0]) / h
    state[1, VAR], state[1, COV] = noise, noise / h
    state[1, VAR_SLOPE] = (1.0 / size[0] + noise + gained) / h**2  # the rest cancels
    squares, logs = 0.0, 2.0 * np.log(h)
    for i in range(2, n):
        h, before, now, after = gap[i], state[i - 1], guess[i], state[i]
        now[MEAN] = before[MEAN] + h * before[MEAN_SLOPE]
        now[MEAN_SLOPE] = before[MEAN_SLOPE]
        now[VAR] = before[VAR] + h * (2.0 * before[COV] + h * before[VAR_SLOPE])
        now[VAR] += level * h + slope * h**3 / 3.0
        now[COV] = before[COV] + h * before[VAR_SLOPE] + slope * h**2 / 2.0
        now[VAR_SLOPE] = before[VAR_SLOPE] + slope * h
        total = now[VAR] + 1.0 / size[i]
        error = y[i] - now[MEAN]
        gain, gain_slope = now[VAR] / total, now[COV] / total
        after[MEAN] = now[MEAN] + gain * error
        after[MEAN_SLOPE] = now[MEAN_SLOPE] + gain_slope * error
        after[VAR], after[COV] = gain / size[i], gain_slope / size[i]
        after[VAR_SLOPE] = now[VAR_SLOPE] - gain_slope * now[COV]
        squares += error * error / total
        logs += np.log(total)
    return guess, state, squares, logs


@compiled
def _first(
    y: float, noise: float, h: float, level: float, slope: float, later: FloatArray
) -> FloatArray:
    """Smooth the first time, whose slope no value before it tells, from the second one."""
    q = level * h + slope * h**3 / 3.0
    c, s = slope * h**2 / 2.0, slope * h
    back_var = q - 2.0 * h * c + h * h * s  # of what the state did on its way, seen from its start
    back_cov = c - h * s
    gain, gain_slope = back_var / (back_var + noise), back_cov / (back_var + noise)
    mean = later[MEAN] - h * later[MEAN_SLOPE]
    out = np.empty(5)
    out[MEAN] = mean + gain * (y - mean)
    out[MEAN_SLOPE] = later[MEAN_SLOPE] + gain_slope * (y - mean)
    a, b = 1.0 - gain, -(1.0 - gain) * h
    d, e = -gain_slope, 1.0 + gain_slope * h
    v, w, u = later[VAR], later[COV], later[VAR_SLOPE]
    out[VAR] = a * a * v + 2.0 * a * b * w + b * b * u + gain * noise
    out[COV] = a * d * v + (a * e + b * d) * w + b * e * u + gain_slope * noise
    out[VAR_SLOPE] = d * d * v + 2.0 * d * e * w + e * e * u + s - gain_slope * back_cov
    return out


@compiled
def backward(
    gap: FloatArray, y: FloatArray, size: FloatArray, level: float, slope: float
) -> FloatArray:
    """Smooth: level and slope of each time given all values, shape (n, 5) as in `forward`."""
    guess, state, _, _ = forward(gap, y, size, level, slope)
    for i in range(y.size - 2, 0, -1):
        h, now, ahead, later = gap[i + 1], state[i], guess[i + 1], state[i + 1]
        det = ahead[VAR] * ahead[VAR_SLOPE] - ahead[COV] ** 2
        top = now[VAR] + h * now[COV], now[COV]
        low = now[COV] + h * now[VAR_SLOPE], now[VAR_SLOPE]
        a = (top[0] * ahead[VAR_SLOPE] - top[1] * ahead[COV]) / det
        b = (top[1] * ahead[VAR] - top[0] * ahead[COV]) / det
        d = (low[0] * ahead[VAR_SLOPE] - low[1] * ahead[COV]) / det
        e = (low[1] * ahead[VAR] - low[0] * ahead[COV]) / det
        off = later - ahead
        now[MEAN] += a * off[MEAN] + b * off[MEAN_SLOPE]
        now[MEAN_SLOPE] += d * off[MEAN] + e * off[MEAN_SLOPE]
        v, w, u = off[VAR], off[COV], off[VAR_SLOPE]
        now[VAR] += a * a * v + 2.0 * a * b * w + b * b * u
        now[COV] += a * d * v + (a * e + b * d) * w + b * e * u
        now[VAR_SLOPE] += d * d * v + 2.0 * d * e * w + e * e * u
    overwrite(state[0], _first(y[0], 1.0 / size[0], gap[1], level, slope, state[1]))
    return state


@compiled
def _gain(power: float) -> float:
    gain: float = 10.0**power if power > SMALLEST else 0.0
    return gain


@compiled
def deviance(
    gap: FloatArray, y: FloatArray, size: FloatArray, within: float, power: FloatArray
) -> float:
    """Minus twice the log likelihood, but for a constant, with the noise at its best."""
    count = size.sum()
    _, _, squares, logs = forward(gap, y, size, _gain(power[0]), _gain(power[1]))
    found: float = (count - 2.0) * np.log(max(squares + within, 1e-300)) + logs
    return found


@compiled
def _coarse(
    gap: FloatArray, y: FloatArray, size: FloatArray, within: float
) -> tuple[FloatArray, float]:
    """Best of a grid of powers of ten, and its deviance."""
    best, at, trial = np.inf, np.zeros(2), np.zeros(2)
    for i in np.arange(SMALLEST, 4.0):
        for j in np.arange(SMALLEST, 4.0):
            trial[0], trial[1] = i, j
            found = deviance(gap, y, size, within, trial)
            if found < best:
                best, at[0], at[1] = found, i, j
    return at, best


@compiled
def likeliest(
    gap: FloatArray, y: FloatArray, size: FloatArray, within: float
) -> tuple[float, float]:
    """Find the variances of level and slope that fit best, 0 where that fits no worse.

    A coarse grid of their powers of ten, then a search in eight directions by ever shorter steps.
    """
    at, best = _coarse(gap, y, size, within)
    trial, step = at.copy(), 0.5
    while step > FINE:
        moved = False
        for right, up in DIRECTIONS:
            trial[0] = min(max(at[0] + step * right, SMALLEST), LARGEST)
            trial[1] = min(max(at[1] + step * up, SMALLEST), LARGEST)
            found = deviance(gap, y, size, within, trial)
            if found < best - 1e-12:
                best, moved = found, True
                overwrite(at, trial)
        step = step if moved else step / 2.0
    for k in range(2):
        overwrite(trial, at)
        trial[k] = SMALLEST
        if deviance(gap, y, size, within, trial) <= best + 1e-6:
            at[k] = SMALLEST
    return _gain(at[0]), _gain(at[1])
