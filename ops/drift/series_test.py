"""Tests that the mean of a series stayed within a band, in batch, that hold under autocorrelation.

The null is |drift| <= delta: over the whole series the mean stays within a band of width `delta`,
wherever it goes in it. A weighted sum of the series moves by ``delta / 2 * sum |w|`` at most under
it: that is the margin of the estimate, and nothing is filtered after the fact. Three movements are
looked for, each by the regression of the low frequencies (`ops.drift.low_frequency`):

- *trend*: the mean is still, then moves steadily to the end; the begin is looked for;
- *step*: it moves at once; the place is looked for;
- *level*: it differs between a baseline and what follows it, at a place that is known.

Where a place is looked for, the p-value is that of the largest |t| along a curve of unit vectors on
a sphere: by the length L of the curve, ``P <= L / pi (1 + t^2/v)^(-(v-1)/2) + P(|T_v| > t)``.

References
----------
Hotelling (1939), American J. Mathematics 61(2), 440-460; Naiman (1986), Annals of Statistics 14(3),
896-906 (the bound holds for every curve);
Simes (1986), Biometrika 73(3), 751-754 (one p-value of three).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import stdtr, stdtrit

from ops.drift.low_frequency import PHIS, PLACES, Coordinates, band
from ops.values import FloatArray, IntArray

MOVES = ("trend", "step", "level")
TREND, STEP, LEVEL = range(3)
LATEST = 0.8  # of the series: a trend that begins later is a step
SURER = 100.0  # times smaller is the p-value of a level that is named before a step
EDGE = 0.05  # of the series: a step nearer to an end is not looked for


@dataclass(frozen=True, slots=True)
class SeriesTests:
    """What was found of each series and movement.

    Parameters
    ----------
    p_value : shape (series, 3)
        Of the null that the mean stayed within the band, in the order of `MOVES`; NaN where a
        movement was not tested.
    size, lower, upper : shape (series, 3)
        How far the mean went, with its 95 % interval, in the unit of the series: a trend from its
        begin to the end. The interval is that of the place that was found.
    half_90 : shape (series, 3)
        Half of its 90 % interval: two one-sided tests at 5 % of "no more than".
    begin : shape (series, 3)
        First point that has moved.
    combined : shape (series,)
        p-value over the movements (Simes).
    memory : shape (series,)
        First-order autocorrelation that was reckoned with.
    """

    p_value: FloatArray
    size: FloatArray
    lower: FloatArray
    upper: FloatArray
    half_90: FloatArray
    begin: IntArray
    combined: FloatArray
    memory: FloatArray

    def strongest(self) -> IntArray:
        """Which of `MOVES` has the smallest p-value, of each series.

        A level is named only where it is surer by far: a begin that was looked for says more.
        """
        surer = np.where(np.isnan(self.p_value), np.inf, self.p_value)
        best = np.argmin(surer * np.array([1.0, 1.0, SURER]), axis=1)
        return np.asarray(best, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Curve:
    """Movements that begin at several places, for one memory: all in low frequencies.

    `unit` (places, B): whitened, of length 1; `scale`: its length; `reach`: sum |w| / 2 of each
    estimate; `length`: of the curve of the units.
    """

    begin: IntArray
    unit: FloatArray
    scale: FloatArray
    reach: FloatArray
    length: float


def series_tests(at: Coordinates, *, margin: FloatArray, split: int | None = None) -> SeriesTests:
    """Test series of one length for the three movements.

    Parameters
    ----------
    at
        The series in low frequencies.
    margin : shape (series,)
        Width of the band in which the mean may wander, in the unit of the series; 0 or more.
    split
        First point after the baseline; None: levels are not compared.
    """
    count = at.c.shape[0]
    p, size, half = (np.full((count, 3), np.nan) for _ in range(3))
    begin = np.zeros((count, 3), dtype=np.int64)
    for memory in np.unique(at.memory):
        rows = np.flatnonzero(at.memory == memory)
        white = at.c[rows] * np.sqrt(band(at.n).weights[memory])
        for move in range(3 if split is not None else 2):
            curve = _curve(at.n, int(memory), move, split if move == LEVEL else None)
            found = _largest(white, curve, margin[rows])
            p[rows, move], size[rows, move], half[rows, move], begin[rows, move] = found
    freedom = at.c.shape[1] - 1
    narrow = half * float(stdtrit(freedom, 0.95) / stdtrit(freedom, 0.975))
    return SeriesTests(p, size, size - half, size + half, narrow, begin, simes(p), PHIS[at.memory])


def level_difference(at: Coordinates, split: int) -> tuple[FloatArray, FloatArray]:
    """Level after `split` less that before, of each series, and half of its 90 % interval."""
    size, half = np.empty(at.c.shape[0]), np.empty(at.c.shape[0])
    for memory in np.unique(at.memory):
        rows = np.flatnonzero(at.memory == memory)
        white = at.c[rows] * np.sqrt(band(at.n).weights[memory])
        curve = _curve(at.n, int(memory), LEVEL, split)
        _, size[rows], half[rows], _ = _largest(white, curve, np.zeros(rows.size))
    freedom = at.c.shape[1] - 1
    return size, half * float(stdtrit(freedom, 0.95) / stdtrit(freedom, 0.975))


def _largest(
    white: FloatArray, curve: _Curve, margin: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, IntArray]:
    """p-value, size, half interval and begin of the movement that stands out most."""
    freedom = white.shape[1] - 1
    along = white @ curve.unit.T  # (series, places)
    rest = np.einsum("ij,ij->i", white, white)[:, None] - along**2
    error = np.sqrt(np.maximum(rest, 1e-300) / freedom)
    beyond = np.abs(along) - margin[:, None] * (curve.reach * curve.scale)
    t = beyond / error
    best = np.argmax(t, axis=1)
    rows = np.arange(white.shape[0])
    t_best = t[rows, best]
    p = 2 * stdtr(freedom, -np.maximum(t_best, 0.0))
    p += curve.length / np.pi * (1 + t_best**2 / freedom) ** (-(freedom - 1) / 2)
    p = np.where(t_best > 0, np.minimum(p, 1.0), 1.0)
    scale = curve.scale[best]
    half = float(stdtrit(freedom, 0.975)) * error[rows, best] / scale
    return p, along[rows, best] / scale, half, curve.begin[best]


@lru_cache(maxsize=512)
def _curve(n: int, memory: int, move: int, split: int | None) -> _Curve:
    low = band(n)
    begin, shapes = _shapes(n, move, split)
    root = np.sqrt(low.weights[memory])
    white = (shapes @ low.cosines) * root
    scale = np.sqrt(np.einsum("ij,ij->i", white, white))
    unit = white / scale[:, None]
    weight = (unit * root / scale[:, None]) @ low.cosines.T  # estimate = weight @ y
    turn = np.einsum("ij,ij->i", unit[1:], unit[:-1])
    length = float(np.sum(np.arccos(np.clip(turn, -1, 1))))
    return _Curve(begin, unit, scale, 0.5 * np.abs(weight).sum(axis=1), length)


def _shapes(n: int, move: int, split: int | None) -> tuple[IntArray, FloatArray]:
    """Begin and course of each movement, from 0 to 1; shapes (places,) and (places, n)."""
    point = np.arange(n)
    if move == TREND:
        begin = np.unique(np.rint(np.linspace(0, LATEST * n, PLACES)).astype(np.int64))
        return begin, np.maximum(point - begin[:, None], 0) / (n - 1.0 - begin)[:, None]
    if move == STEP:
        edge = max(2, round(EDGE * n))
        begin = np.unique(np.rint(np.linspace(edge, n - edge, PLACES)).astype(np.int64))
    else:
        assert split is not None, "a level is compared at a place that is known"
        begin = np.array([min(max(split, 1), n - 1)], dtype=np.int64)
    return begin, (point >= begin[:, None]).astype(np.float64)


def simes(p: FloatArray) -> FloatArray:
    """One p-value for each row, by Simes; NaN counts as not tested, a row of them gives 1.

    Examples
    --------
    >>> simes(np.array([[0.04, 0.01, np.nan]])).tolist()
    [0.02]
    """
    tested = np.maximum(np.sum(~np.isnan(p), axis=1, keepdims=True), 1)
    ranked = np.sort(np.where(np.isnan(p), np.inf, p), axis=1)
    scaled = ranked * tested / np.arange(1, p.shape[1] + 1)
    least = np.min(scaled, axis=1, initial=np.inf)
    return np.asarray(np.minimum(1.0, least), dtype=np.float64)
