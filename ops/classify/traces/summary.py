"""Summaries of traces: of the whole, and of stretches of equal length."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from ops.classify.traces.lengths import filled, lengths_of
from ops.values import FloatArray

WHOLE = (
    "mean", "sd", "min", "max", "10 % quantile", "median", "90 % quantile", "slope", "area",
    "autocorrelation 1", "autocorrelation 5", "mean step", "largest step", "crossings",
    "place of the maximum", "points",
)  # fmt: skip
STRETCH = ("mean", "sd", "min", "max", "slope")


def summary_names(
    column: str, channels: int, stretches: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name of each feature, and which part of which trace it is of.

    Examples
    --------
    >>> names, parts = summary_names("force", 1, 2)
    >>> names[0], parts[0], parts[-1]
    ('force: mean', 'force, whole', 'force, stretch 2 of 2')
    """
    names: list[str] = []
    parts: list[str] = []
    for channel in range(channels):
        trace = column if channels == 1 else f"{column} {channel + 1}"
        names += [f"{trace}: {name}" for name in WHOLE]
        parts += [f"{trace}, whole"] * len(WHOLE)
        for at in range(stretches):
            names += [f"{trace}, stretch {at + 1} of {stretches}: {name}" for name in STRETCH]
            parts += [f"{trace}, stretch {at + 1} of {stretches}"] * len(STRETCH)
    return tuple(names), tuple(parts)


def summary(trace: FloatArray, stretches: int) -> FloatArray:
    """Summaries of each trace, those of one channel after the other.

    Slopes are least-squares lines against the place, from 0 to 1 over the whole trace; the area is
    the integral by trapezoids over the points; autocorrelations are about the mean, 0 of a
    constant; crossings are the share of steps that cross the mean.

    Parameters
    ----------
    trace : shape (n, channels, points)
        Traces may be of unequal length: each is cut by its own.

    Returns
    -------
    shape (n, channels * (16 + 5 * stretches))
        NaN for a trace without any point.
    """
    n, channels, _ = trace.shape
    out = np.full((n, channels * (len(WHOLE) + stretches * len(STRETCH))), np.nan)
    lengths = lengths_of(trace)
    for length in np.unique(lengths[lengths > 0]).tolist():
        rows = np.flatnonzero(lengths == length)
        own = filled(trace[rows, :, :length])
        columns = [c for channel in range(channels) for c in _of_one(own[:, channel], stretches)]
        out[rows] = np.column_stack(columns)
    return out


def edges(points: int, stretches: int) -> tuple[tuple[int, int], ...]:
    """First point of each stretch and the one after its last; each has a point at least.

    Examples
    --------
    >>> edges(10, 3)
    ((0, 3), (3, 6), (6, 10))
    >>> edges(1, 2)
    ((0, 1), (0, 1))
    """
    cuts = [points * at // stretches for at in range(stretches + 1)]
    found: list[tuple[int, int]] = []
    for a, b in pairwise(cuts):
        start = min(a, points - 1)
        found.append((start, max(b, start + 1)))
    return tuple(found)


def _of_one(x: FloatArray, stretches: int) -> Iterator[Any]:
    """Features of one channel, shape (n,) each."""
    mean, low, high = x.mean(axis=1), x.min(axis=1), x.max(axis=1)
    shares: FloatArray = np.quantile(x, (0.1, 0.5, 0.9), axis=1)
    step = np.abs(np.diff(x, axis=1)) if x.shape[1] > 1 else np.zeros((len(x), 1))
    above = x > mean[:, None]
    crossed = above[:, 1:] != above[:, :-1] if x.shape[1] > 1 else np.zeros((len(x), 1))
    last = max(x.shape[1] - 1, 1)
    yield from (mean, x.std(axis=1), low, high, *shares)
    yield from (_slope(x, x.shape[1]), np.trapezoid(x, axis=1))
    yield from (_autocorrelation(x, 1), _autocorrelation(x, 5))
    yield from (step.mean(axis=1), step.max(axis=1), crossed.mean(axis=1))
    yield from (x.argmax(axis=1) / last, np.full(len(x), float(x.shape[1])))
    for start, end in edges(x.shape[1], stretches):
        part = x[:, start:end]
        yield from (part.mean(axis=1), part.std(axis=1), part.min(axis=1), part.max(axis=1))
        yield _slope(part, x.shape[1])


def _slope(x: FloatArray, whole: int) -> FloatArray:
    """Slope against the place in the whole trace, per whole length."""
    place = np.arange(x.shape[1]) / max(whole - 1, 1)
    place = place - place.mean()
    square = float(place @ place)
    return np.asarray(x @ place / square) if square > 0 else np.zeros(len(x))


def _autocorrelation(x: FloatArray, lag: int) -> FloatArray:
    """Autocorrelation at a lag; 0 of a constant, and of a trace that is not longer."""
    if x.shape[1] <= lag:
        return np.zeros(len(x))
    away = x - x.mean(axis=1, keepdims=True)
    square = np.square(away).sum(axis=1)
    product = (away[:, lag:] * away[:, :-lag]).sum(axis=1)
    varies = square > 1e-18 * np.maximum(np.square(x).sum(axis=1), 1e-300)
    return np.where(varies, product / np.where(varies, square, 1.0), 0.0)
