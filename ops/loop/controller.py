"""Corrections that never chase noise: an exponentially weighted mean of errors, and a dead band.

The error of a program (measured less set-point) of each lot enters a weighted mean whose weights
``lambda (1 - lambda)^j`` are made to sum to 1. A correction, minus that mean, is advised only where
the mean lies beyond ``width`` of its standard errors, the uncertainty of the gauge's bias included;
after it the mean starts anew, and no correction is advised before 5 lots. This is Box and Luceño's
bounded adjustment with the exact weights of a short record.

References
----------
Box and Luceño (1997), Statistical Control by Monitoring and Feedback Adjustment, ch. 6-7;
von Neumann (1941), Annals of Mathematical Statistics 12, 367-395 (successive differences);
Newey and West (1987), Econometrica 55, 703-708 (errors of a trend).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, sqrt

import numpy as np
from scipy.special import stdtr, stdtrit

from ops.errors import NotEnoughData
from ops.loop.agreement import Bounded
from ops.values import FloatArray

LEAST_RUNS = 5
STEP, DRIFT = 2.0, 0.1  # of sigma, and of sigma a lot: what the effect is told for
_RUNS, _REPLICATES = 300, 400


@dataclass(frozen=True, slots=True)
class Controller:
    """How corrections are made.

    Parameters
    ----------
    lambda_
        Weight of the newest lot, in (0, 1].
    width
        Half-width of the dead band in standard errors.
    """

    lambda_: float = 0.2
    width: float = 3.0


@dataclass(frozen=True, slots=True)
class Weighted:
    """Weighted mean of errors, its standard error without the gauge's bias, and the lots."""

    mean: float
    error: float
    runs: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What a controller does, errors in units of their sigma.

    Parameters
    ----------
    inflation
        Relative growth of the variance of independent errors about 0: what chasing costs.
    per_hundred
        Corrections in a hundred lots of such errors.
    lots_to_remove
        Median lots until 90 % of a step of 2 sigma is taken out.
    lag
        Mean error under a drift of 0.1 sigma a lot, in sigma.
    """

    inflation: float
    per_hundred: float
    lots_to_remove: float
    lag: float


def successive_sigma(series: Sequence[FloatArray]) -> float:
    """Sigma of errors about a level that may move slowly: from successive differences.

    Raises
    ------
    NotEnoughData
        If no series has two errors.
    """
    squares = sum(float((np.diff(s) ** 2).sum()) for s in series)
    count = sum(max(0, s.size - 1) for s in series)
    if count == 0:
        raise NotEnoughData("a controller needs a bonder with 2 lots to know their scatter")
    return sqrt(squares / (2.0 * count))


def weighted(errors: FloatArray, sigma: float, lambda_: float) -> Weighted:
    """Weigh the errors of lots, the newest most.

    Parameters
    ----------
    errors : shape (n,)
        In time order, n > 0.

    Examples
    --------
    >>> weighted(np.array([1.0, 1.0, 1.0]), 1.0, 0.2).mean
    1.0
    """
    w = (1.0 - lambda_) ** np.arange(errors.size - 1, -1, -1.0)
    w = w / w.sum()
    return Weighted(float(w @ errors), sigma * sqrt(float(w @ w)), errors.size)


def dead_band(found: Weighted, controller: Controller, *, bias_uncertainty: float = 0.0) -> float:
    """Half-width within which a mean is left alone, in its unit."""
    return controller.width * sqrt(found.error**2 + bias_uncertainty**2)


def controlled(noise: FloatArray, controller: Controller) -> tuple[FloatArray, FloatArray]:
    """Run a controller on disturbances of sigma 1.

    Parameters
    ----------
    noise : shape (replicates, runs)
        Disturbances: what the errors would be without corrections.

    Returns
    -------
    Errors, and corrections made after each run, both of the shape of `noise`.
    """
    lam = controller.lambda_
    errors, made = np.empty_like(noise), np.zeros_like(noise)
    total, weight, square, count, applied = np.zeros((5, noise.shape[0]))
    for k in range(noise.shape[1]):
        errors[:, k] = noise[:, k] + applied
        total = (1 - lam) * total + errors[:, k]
        weight = (1 - lam) * weight + 1.0
        square = (1 - lam) ** 2 * square + 1.0
        count = count + 1
        mean, band = total / weight, controller.width * np.sqrt(square) / weight
        act = (np.abs(mean) > band) & (count >= LEAST_RUNS)
        made[act, k] = -mean[act]
        applied = applied + made[:, k]
        total, weight, square, count = (
            np.where(act, 0.0, v) for v in (total, weight, square, count)
        )
    return errors, made


def effect_of(controller: Controller, *, rng: np.random.Generator) -> Effect:
    """Simulate what a controller does to noise, to a step and to a drift."""
    noise = rng.normal(0.0, 1.0, (_REPLICATES, _RUNS))
    errors, made = controlled(noise, controller)
    stepped, by_step = controlled(noise + STEP, controller)
    del stepped
    left = STEP + np.cumsum(by_step, axis=1)
    gone = left <= 0.1 * STEP
    lots = np.where(gone.any(axis=1), gone.argmax(axis=1) + 1.0, float(_RUNS))
    drifting, _ = controlled(noise + DRIFT * np.arange(_RUNS), controller)
    return Effect(
        inflation=float((errors**2).mean() / (noise**2).mean()) - 1.0,
        per_hundred=100.0 * float(np.count_nonzero(made)) / made.size,
        lots_to_remove=float(np.median(lots)),
        lag=float(drifting[:, _RUNS // 2 :].mean()),
    )


@dataclass(frozen=True, slots=True)
class Trend:
    """Slope of a series in time, with serial correlation allowed for; for each unit of time."""

    slope: Bounded
    p: float
    n: int


def trend(t: FloatArray, y: FloatArray, *, confidence: float = 0.95) -> Trend:
    """Least squares slope with errors of Newey and West, ``floor(4 (n / 100)^(2/9))`` lags.

    The error is that of independent values where that is larger.

    Parameters
    ----------
    t, y : shape (n,)
        Times in order, and values.

    Raises
    ------
    NotEnoughData
        With fewer than 6 values, or all at one time.
    """
    n = t.size
    if n < 6 or float(np.ptp(t)) <= 0:
        raise NotEnoughData(f"a trend needs 6 values at several times, got {n}")
    x = t - t.mean()
    square = float(x @ x)
    slope = float(x @ y) / square
    scores = x * (y - y.mean() - slope * x)
    lags = min(n - 2, floor(4.0 * (n / 100.0) ** (2.0 / 9.0)))
    long_run = float(scores @ scores) + sum(
        2.0 * (1.0 - k / (lags + 1.0)) * float(scores[k:] @ scores[:-k]) for k in range(1, lags + 1)
    )
    rest = y - y.mean() - slope * x
    plain = float(rest @ rest) * square / n  # never less: few values make Newey and West too sure
    error = sqrt(max(plain, long_run) * n / (n - 2)) / square
    half = float(stdtrit(n - 2, 0.5 + confidence / 2)) * error
    p = 2.0 * float(stdtr(n - 2, -abs(slope) / error)) if error > 0 else float(slope == 0.0)
    return Trend(Bounded(slope, slope - half, slope + half), p, n)
