"""When a limit will be crossed: by the mean, by the 99th percentile, by a capability index.

Paths of the level are simulated from the posterior of `drift_model`; every target is a threshold
for the level: the mean crosses the limit itself, the 99th percentile a line 2.33 sigma before it,
Cpk = c a line 3 c sigma before it. What crosses is the level, not the noise about it.
"""

from dataclasses import dataclass
from math import isfinite

import numpy as np
from scipy.special import ndtr

from ops.drift.drift_model import DriftPosterior, fit_drift
from ops.drift.limit_crossing import FAN, Crossing, Side, Target, limit_crossings
from ops.errors import BadData
from ops.values import FloatArray, SpecLimits

METHOD = "state space: level, slope that may wander or fade, noise with memory; weighed by evidence"
STEPS = 120


@dataclass(frozen=True, slots=True)
class Fan:
    """Quantiles over days ahead: 2.5, 10, 50, 90 and 97.5 %."""

    lower95: tuple[float, ...]
    lower80: tuple[float, ...]
    median: tuple[float, ...]
    upper80: tuple[float, ...]
    upper95: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class CrossingForecast:
    """Where a level goes, and when it meets the limits.

    Parameters
    ----------
    crossings
        One for each target that the limits allow.
    days
        Days ahead of `mean`, `values`, `outside` and of the crossings' `by`; the first is 0.
    mean, values
        Fan of the level, and of single values.
    outside
        Expected share of values beyond the limits, each day.
    level, slope, sigma
        Now: median of each, with the 95 % interval of the first two; `slope` is per day.
    drifting
        Probability that the slope now is beyond +- `margin`, on the side of its median.
    weights
        Weight of the evidence for each way of moving (linear, damped, local-trend, random-walk).
    spread
        Factor by which the fan was widened after a back-test.
    """

    crossings: tuple[Crossing, ...]
    days: tuple[float, ...]
    mean: Fan
    values: Fan
    outside: tuple[float, ...]
    level: float
    level_lower: float
    level_upper: float
    slope: float
    slope_lower: float
    slope_upper: float
    sigma: float
    drifting: float
    margin: float
    weights: dict[str, float]
    horizon_days: float
    spread: float
    n: int
    bins: int
    method: str = METHOD

    def of(self, target: Target, side: Side | None = None) -> Crossing | None:
        """Return the crossing of `target`, of both sides the first; None where no limit is."""
        found = [c for c in self.crossings if c.target == target and side in (None, c.side)]
        either = [c for c in found if c.side == "either"]
        return next(iter(either or found), None)


def crossing_forecast(
    t: FloatArray,
    y: FloatArray,
    spec: SpecLimits,
    *,
    horizon_days: float,
    rng: np.random.Generator,
    margin: float = 0.0,
    spread: float = 1.0,
    draws: int = 2000,
) -> CrossingForecast:
    """Forecast when the limits will be crossed if nobody acts.

    Parameters
    ----------
    t, y : shape (n,)
        Days, not decreasing, and values since the last known change of the process.
    spec
        Limits; an absent side is infinite.
    horizon_days
        How far to look.
    margin
        Slope per day that counts as nothing.
    spread
        Factor on the width of the fan, from `crossing_backtest`.
    draws
        Simulated futures.

    Raises
    ------
    BadData
        Where a value or a time is not finite, time runs backwards or the horizon is not positive.
    NotEnoughData
        With fewer than 8 distinct times, or where all values are equal.
    """
    _check(t, y, horizon_days)
    posterior = fit_drift(t, y, rng=rng, draws=draws)
    days = np.linspace(0.0, horizon_days, STEPS + 1)
    ahead = posterior.paths(days[1:], rng)
    paths = np.concatenate([posterior.level[:, None], ahead], axis=1)
    if spread != 1.0:
        middle = np.median(paths, axis=0)
        paths = middle + spread * (paths - middle)
    return _forecast(posterior, paths, days, spec, rng, margin, spread)


def _check(t: FloatArray, y: FloatArray, horizon_days: float) -> None:
    if t.shape != y.shape or t.ndim != 1:
        raise BadData(f"t and y must be series of one length, got {t.shape} and {y.shape}")
    for name, values in (("t", t), ("y", y)):
        bad = np.flatnonzero(~np.isfinite(values))
        if bad.size:
            raise BadData(f"{name}[{bad[0]}] is {values[bad[0]]}: leave out what is not finite")
    back = np.flatnonzero(np.diff(t) < 0)
    if back.size:
        raise BadData(f"t[{back[0] + 1}] is before t[{back[0]}]: sort by time")
    if not (isfinite(horizon_days) and horizon_days > 0):
        raise BadData(f"horizon_days must be positive, got {horizon_days}")


def _forecast(
    posterior: DriftPosterior,
    paths: FloatArray,
    days: FloatArray,
    spec: SpecLimits,
    rng: np.random.Generator,
    margin: float,
    spread: float,
) -> CrossingForecast:
    sigma = posterior.sigma
    values = paths + sigma[:, None] * rng.standard_normal(paths.shape)
    upper = ndtr((paths - spec.upper) / sigma[:, None])
    outside = upper + ndtr((spec.lower - paths) / sigma[:, None])
    level = np.quantile(paths[:, 0], (0.025, 0.5, 0.975))
    slope = np.quantile(posterior.slope, (0.025, 0.5, 0.975))
    sign = 1.0 if slope[1] >= 0 else -1.0
    return CrossingForecast(
        crossings=limit_crossings(paths, sigma, days, spec),
        days=tuple(days.tolist()),
        mean=_fan(paths),
        values=_fan(values),
        outside=tuple(np.mean(outside, axis=0).tolist()),
        level=float(level[1]),
        level_lower=float(level[0]),
        level_upper=float(level[2]),
        slope=float(slope[1]),
        slope_lower=float(slope[0]),
        slope_upper=float(slope[2]),
        sigma=float(np.median(sigma)),
        drifting=float(np.mean(sign * posterior.slope > margin)),
        margin=margin,
        weights=posterior.weights,
        horizon_days=float(days[-1]),
        spread=spread,
        n=posterior.n,
        bins=posterior.bins,
    )


def _fan(paths: FloatArray) -> Fan:
    return Fan(*(tuple(q.tolist()) for q in np.quantile(paths, FAN, axis=0)))
