"""When to change a capillary: the count at which the capability index falls below what is asked.

With `t` touch-downs the mean is ``level + slope (t - middle)`` and the variance of a wire that of
capillaries, devices and wires, that of the wires growing by ``exp(growth (t - middle))``. The index
is that of the nearer limit: ``min(USL - mean, mean - LSL) / (3 sigma)``. The interval is a
bootstrap over capillaries: all is a ratio of sums over them, so a replicate is a few products.

References
----------
Field and Welsh (2007), J. Royal Statistical Society B 69, 369-390 (bootstrap of clusters);
Davison and Hinkley (1997), Bootstrap Methods and their Application, 5.3 (percentiles).
"""

from dataclasses import dataclass
from math import floor, inf, isfinite, isinf

import numpy as np

from ops.errors import BadData
from ops.loop.capillary import Bonded, log_variance
from ops.values import FloatArray, IntArray, SpecLimits

SEEN = 1.5  # times the longest life seen: what lies beyond is not answered
_STEPS, _DRAWN = 240, 40
_STEEPEST = 3.0  # bound of a log variance's move, against replicates of few capillaries


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """Count at which the index falls below the requirement.

    Parameters
    ----------
    touch_downs, lower, upper
        Estimate and bounds; None where it lies beyond 1.5 times the longest count seen.
    within_seen
        Whether the estimate lies there.
    from_start
        Whether the index is below already where the break-in ends: no change mends that.
    index_fresh, index_worn
        Index where the break-in ends, and at the longest count seen.
    t, index : shape (k,)
        The estimated curve of the index.
    """

    touch_downs: float | None
    lower: float | None
    upper: float | None
    within_seen: bool
    from_start: bool
    index_fresh: float
    index_worn: float
    t: FloatArray
    index: FloatArray


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums of each capillary, every array of shape (capillaries,); centred within it."""

    n: FloatArray
    t: FloatArray
    y: FloatArray
    tt: FloatArray
    ty: FloatArray
    yy: FloatArray
    df: FloatArray
    squares: FloatArray
    ltt: FloatArray
    lty: FloatArray
    per_wire: float
    middle: float


def change_point(
    devices: Bonded,
    limits: SpecLimits,
    requirement: float,
    *,
    rng: np.random.Generator,
    first: float = 0.0,
    other_variance: float = 0.0,
    confidence: float = 0.95,
    replicates: int = 500,
) -> ChangePoint:
    """Find when the index of a wire falls below the requirement.

    Parameters
    ----------
    devices
        Of one characteristic, break-in left out.
    limits
        At least one side finite.
    first
        Count where the break-in ends.
    other_variance
        Variance of a wire that is in neither: that of the positions of a unit.

    Raises
    ------
    BadData
        If there is no limit.
    """
    if isinf(limits.lower) and isinf(limits.upper):
        raise BadData("a change point needs a lower or an upper specification limit; there is none")
    sums, longest = _sums(devices), float(devices.t.max())
    grid = np.linspace(min(first, longest), SEEN * longest, _STEPS)
    g = sums.n.size
    once = _index(sums, np.ones((1, g)), grid, limits, other_variance)
    weights = rng.multinomial(g, np.full(g, 1.0 / g), replicates).astype(np.float64)
    drawn = _index(sums, weights, grid, limits, other_variance)
    falls = np.sort(_falls(drawn[np.isfinite(drawn).all(axis=1)], grid, requirement))
    found = float(_falls(once, grid, requirement)[0])
    tail = (1.0 - confidence) / 2.0
    step = max(1, _STEPS // _DRAWN)
    return ChangePoint(
        touch_downs=_told(found),
        lower=_told(min(found, float(falls[floor(tail * (falls.size - 1))]))),
        upper=_told(max(found, float(falls[-1 - floor(tail * (falls.size - 1))]))),
        within_seen=isfinite(found),
        from_start=found <= grid[0],
        index_fresh=float(once[0, 0]),
        index_worn=float(np.interp(longest, grid, once[0])),
        t=grid[::step],
        index=once[0, ::step],
    )


def _sums(devices: Bonded) -> _Sums:
    codes, t, y = devices.capillary, devices.t, devices.mean
    n = _by(codes, np.ones(codes.size))
    of_t, of_y = _by(codes, t) / n, _by(codes, y) / n
    x, moved = t - of_t[codes], y - of_y[codes]
    known = np.isfinite(devices.variance)
    df = np.where(known, devices.wires - 1.0, 0.0)
    logs = log_variance(devices)
    positive = np.isfinite(logs).astype(np.float64)
    count = np.maximum(_by(codes, positive), 1.0)
    lt = (t - (_by(codes, positive * t) / count)[codes]) * positive
    return _Sums(
        n=n,
        t=of_t,
        y=of_y,
        tt=_by(codes, x * x),
        ty=_by(codes, x * moved),
        yy=_by(codes, moved * moved),
        df=_by(codes, df),
        squares=_by(codes, df * np.where(known, devices.variance, 0.0)),
        ltt=_by(codes, lt * lt),
        lty=_by(codes, lt * np.where(positive > 0, logs, 0.0)),
        per_wire=float(np.mean(1.0 / devices.wires)),
        middle=float(t.mean()),
    )


def _by(codes: IntArray, values: FloatArray) -> FloatArray:
    summed: FloatArray = np.bincount(codes, values).astype(np.float64)
    return summed


def _index(
    s: _Sums, w: FloatArray, grid: FloatArray, limits: SpecLimits, other: float
) -> FloatArray:
    """Index on the grid for each row of weights of the capillaries, shape (replicates, grid)."""
    with np.errstate(divide="ignore", invalid="ignore"):  # replicates of one capillary: left out
        n, g = w @ s.n, w.sum(axis=1)
        slope = (w @ s.ty) / (w @ s.tt)
        of_device = ((w @ s.yy) - slope * (w @ s.ty)) / (n - g - 1.0)
        level = s.y - slope[:, None] * (s.t - s.middle)
        mean = (w * s.n * level).sum(axis=1) / n
        apart = (w * s.n * (level - mean[:, None]) ** 2).sum(axis=1)
        capillary = np.maximum(0.0, (apart - (g - 1.0) * of_device) / (n - (w @ s.n**2) / n))
        df = w @ s.df
        wire = np.where(df > 0, (w @ s.squares) / np.maximum(df, 1.0), 0.0)
        told = w @ s.ltt
        growth = np.where(told > 0, (w @ s.lty) / np.where(told > 0, told, 1.0), 0.0)
    device = np.maximum(0.0, of_device - wire * s.per_wire) if s.df.any() else of_device
    since = grid - s.middle
    grown = np.exp(np.clip(growth[:, None] * since, -_STEEPEST, _STEEPEST))
    sigma = np.sqrt((capillary + device + other)[:, None] + wire[:, None] * grown)
    at = mean[:, None] + slope[:, None] * since
    room = np.minimum(limits.upper - at, at - limits.lower)
    index: FloatArray = room / (3.0 * np.maximum(sigma, 1e-300))
    return index


def _falls(index: FloatArray, grid: FloatArray, requirement: float) -> FloatArray:
    """First count below the requirement in each row, between grid points; infinite if none is."""
    below = index < requirement
    at = below.argmax(axis=1)
    rows = np.arange(at.size)
    before = np.maximum(at - 1, 0)
    high, low = index[rows, before], index[rows, at]
    part = np.where(high > low, (high - requirement) / np.where(high > low, high - low, 1.0), 0.0)
    found = grid[before] + np.clip(part, 0.0, 1.0) * (grid[at] - grid[before])
    falls: FloatArray = np.where(below.any(axis=1), found, inf)
    return falls


def _told(count: float) -> float | None:
    return count if isfinite(count) else None
