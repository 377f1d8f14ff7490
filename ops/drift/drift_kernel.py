"""Kalman filter of a drifting level under noise with memory, and the walk over its parameters.

Imported lazily: numba loads in half a second. Time is in units of the record's span; every variance
is relative to that of the white noise of a bin's mean, which is integrated out (Harvey 1989, 3.4).

State: level L, slope S, noise with memory U. ``dL = S dt + sqrt(q1) dW``, ``dS = -k S dt + sqrt(q2)
dW'``, U an Ornstein-Uhlenbeck process; a bin's mean is L + U + white.
"""

from math import exp, expm1, inf, log

import numpy as np

from ops.compiled import compiled, overwrite, overwrite_rows
from ops.values import FloatArray

DIFFUSE = 1e8  # prior variance of level and slope: all but flat


@compiled
def moved(d: float, q1: float, q2: float, k: float) -> tuple[float, float, float, float, float]:
    """Return what slope adds to level and keeps of itself over `d`, and the covariance added."""
    kd = k * d
    if kd < 1e-3:
        cube = d * d * d
        return d - kd * d / 2, 1 - kd, q1 * d + q2 * cube / 3, q2 * d * d / 2, q2 * d
    lost = -expm1(-kd)
    left = 1 - lost
    twice = -expm1(-2 * kd)
    reach = lost / k
    level = q1 * d + q2 / (k * k) * (d - 2 * reach + twice / (2 * k))
    return reach, left, level, q2 * reach * reach / 2, q2 * twice / (2 * k)


@compiled
def natural(theta: FloatArray) -> tuple[float, float, float, float, float, float]:
    """Share of common noise, variance and time constant of U, q1, q2 and k of one point."""
    return (
        theta[0],
        10.0 ** (2 * theta[1]),
        10.0 ** theta[2],
        10.0 ** (2 * theta[3]),
        3 * 10.0 ** (2 * theta[4]),
        10.0 ** theta[5],
    )


@compiled
def filtered(  # noqa: PLR0915  (one recursion, written out: 3 x 3 by hand is ten times faster)
    theta: FloatArray, t: FloatArray, y: FloatArray, scarce: FloatArray, out: FloatArray
) -> float:
    """Log-likelihood of one point, its scale integrated out.

    Parameters
    ----------
    theta : shape (6,)
        See `natural`.
    t, y, scarce : shape (n,)
        Time and mean of the bins, and the usual count over the count of each.
    out : shape (10,)
        Filled: L, S, U, their covariance (LL, LS, SS, LU, SU, UU), and the sum of squares.
    """
    common, u, tau, q1, q2, k = natural(theta)
    level, slope, noise = y[0], 0.0, 0.0
    ll, ls, ss, lu, su, uu = DIFFUSE, 0.0, DIFFUSE, 0.0, 0.0, u
    total, logs = 0.0, 0.0
    for i in range(t.size):
        if i > 0 and t[i] > t[i - 1]:
            d = t[i] - t[i - 1]
            g, f, vll, vls, vss = moved(d, q1, q2, k)
            e = exp(-d / tau)
            level += g * slope
            slope *= f
            noise *= e
            ll += 2 * g * ls + g * g * ss + vll
            ls = f * (ls + g * ss) + vls
            lu = e * (lu + g * su)
            ss = f * f * ss + vss
            su *= e * f
            uu = e * e * uu + u * (1 - e * e)
        a, b, c = ll + lu, ls + su, lu + uu
        variance = a + c + (1 - common) * scarce[i] + common
        error = y[i] - level - noise
        total += error * error / variance
        logs += log(variance)
        a1, b1, c1 = a / variance, b / variance, c / variance
        level += a1 * error
        slope += b1 * error
        noise += c1 * error
        ll -= a1 * a
        ls -= a1 * b
        ss -= b1 * b
        lu -= a1 * c
        su -= b1 * c
        uu -= c1 * c
    out[:] = (level, slope, noise, ll, ls, ss, lu, su, uu, total)
    return -0.5 * logs - 0.5 * (t.size - 2) * log(max(total, 1e-300))


@compiled
def likelihoods(
    theta: FloatArray, t: FloatArray, y: FloatArray, scarce: FloatArray, out: FloatArray
) -> FloatArray:
    """Log-likelihood of each row of `theta`; its state goes to the row of `out`."""
    found = np.empty(theta.shape[0])
    for i in range(theta.shape[0]):
        found[i] = filtered(theta[i], t, y, scarce, out[i])
    return found


@compiled
def walked(
    start: FloatArray,
    box: FloatArray,
    chance: FloatArray,
    jitter: FloatArray,
    t: FloatArray,
    y: FloatArray,
    scarce: FloatArray,
    kept: int,
) -> tuple[FloatArray, FloatArray]:
    """Move a population of points by a differential evolution chain (ter Braak 2006).

    Parameters
    ----------
    start : shape (m, 6)
        Points to begin with.
    box : shape (6, 2)
        Bounds of the uniform prior.
    chance : shape (sweeps, m, 4)
        Uniform numbers: two partners, acceptance, long jump.
    jitter : shape (sweeps, m, 6)
        Standard normal numbers.
    kept
        Sweeps at the end that are returned.
    """
    now = start.copy()
    m, width = now.shape
    sweeps = chance.shape[0]
    states = np.empty((m, 10))
    value = likelihoods(now, t, y, scarce, states)
    points = np.empty((kept * m, width))
    ends = np.empty((kept * m, 10))
    proposal, state = np.empty(width), np.empty(10)
    for sweep in range(sweeps):
        for i in range(m):
            one = int(chance[sweep, i, 0] * m)
            two = int(chance[sweep, i, 1] * m)
            stride = 1.0 if chance[sweep, i, 3] < 0.1 else 0.6
            inside = True
            for j in range(width):
                reach = box[j, 1] - box[j, 0]
                wide = 0.3 if chance[sweep, i, 3] > 0.8 else 0.02
                proposal[j] = (
                    now[i, j]
                    + stride * (now[one, j] - now[two, j])
                    + wide * reach * jitter[sweep, i, j]
                )
                inside = inside and box[j, 0] <= proposal[j] <= box[j, 1]
            new = filtered(proposal, t, y, scarce, state) if inside else -inf
            if log(chance[sweep, i, 2] + 1e-300) < new - value[i]:
                overwrite(now[i], proposal)
                overwrite(states[i], state)
                value[i] = new
        if sweep >= sweeps - kept:
            at = (sweep - sweeps + kept) * m
            overwrite_rows(points[at : at + m], now)
            overwrite_rows(ends[at : at + m], states)
    return points, ends
