"""How well a record's own past would have been forecast: rolling origins, no look ahead.

The level is never seen; what is forecast and scored is the mean of the values of one day, some days
ahead, against no change. Days that overlap are one piece of evidence, not two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from scipy.special import betaincinv

from ops.drift.drift_model import fit_drift
from ops.errors import NotEnoughData
from ops.values import FloatArray

HORIZONS = (1.0, 7.0, 14.0, 30.0)
ORIGINS = 12
LEAST_HISTORY = 0.4  # share of the record before the first origin
LEAST_INDEPENDENT = 8.0  # days apart enough, without which the fan is left as it is
MOST_SPREAD, LEAST_SPREAD = 3.0, 0.5


@dataclass(frozen=True, slots=True)
class HorizonScore:
    """Forecasts so many days ahead against what came.

    Parameters
    ----------
    horizon_days
        Days ahead.
    origins, independent
        Forecasts scored, and how many of them do not overlap.
    covered80, covered80_lower, covered80_upper, covered95
        Share within the interval; the share of the 80 % one with a 95 % interval on `independent`.
    crps, naive_crps
        Continuous ranked probability score, in the unit of the values, and that of no change.
    pinball, naive_pinball
        Mean loss of the five quantiles 2.5, 10, 50, 90, 97.5 %.
    """

    horizon_days: float
    origins: int
    independent: float
    covered80: float
    covered80_lower: float
    covered80_upper: float
    covered95: float
    crps: float
    naive_crps: float
    pinball: float
    naive_pinball: float


@dataclass(frozen=True, slots=True)
class CrossingBacktest:
    """Scores of all horizons, and the factor for the width of the fan that follows.

    Parameters
    ----------
    scores
        One for each horizon that the record is long enough for.
    spread
        1 unless the 80 % interval is off by more than chance; then the factor that would have
        covered 80 %, at least 0.5 and at most 3.
    covered80, independent
        Of all horizons together, each forecast weighed by its share of independent ones.
    """

    scores: tuple[HorizonScore, ...]
    spread: float
    covered80: float
    independent: float


@dataclass(frozen=True, slots=True)
class ScoredForecast:
    """One forecast against what came; `width`: its error over the half-width of the 80 %."""

    horizon: float
    width: float
    covered80: bool
    covered95: bool
    crps: float
    naive_crps: float
    pinball: float
    naive_pinball: float


def crossing_backtest(
    t: FloatArray,
    y: FloatArray,
    *,
    rng: np.random.Generator,
    horizons: Sequence[float] = HORIZONS,
    origins: int = ORIGINS,
    draws: int = 500,
) -> CrossingBacktest:
    """Forecast a record from earlier origins and score what came.

    Parameters
    ----------
    t, y : shape (n,)
        Days, not decreasing, and values since the last known change of the process.
    horizons
        Days ahead.
    origins
        How many, evenly over the record from 40 % of it on.

    Raises
    ------
    NotEnoughData
        Where no origin leaves a horizon with values in it.

    References
    ----------
    Gneiting and Raftery (2007), JASA 102, 359-378 (scores); Tashman (2000), International Journal
    of Forecasting 16, 437-450 (rolling origins); Lei et al. (2018), JASA 113, 1094-1111 (the
    quantile of scaled errors that sets the width).
    """
    scored: list[ScoredForecast] = []
    span = float(t[-1] - t[0]) if t.size else 0.0
    first = float(t[0]) + LEAST_HISTORY * span if t.size else 0.0
    at = np.linspace(first, first + (1 - LEAST_HISTORY) * span - min(horizons, default=0), origins)
    for origin, chance in zip(at.tolist(), rng.spawn(origins), strict=True):
        scored += forecast_from(t, y, origin, horizons, draws, chance)
    if not scored:
        raise NotEnoughData(
            f"a back-test needs values at least {min(horizons, default=0):g} days after 8 distinct "
            f"times; {t.size} values in {span:g} days have none"
        )
    width = (1 - LEAST_HISTORY) * span
    by = [[s for s in scored if s.horizon == h] for h in horizons]
    found = tuple(_score(group, width) for group in by if group)
    return CrossingBacktest(found, *fan_factor(scored, found))


def forecast_from(
    t: FloatArray,
    y: FloatArray,
    origin: float,
    horizons: Sequence[float],
    draws: int,
    rng: np.random.Generator,
) -> list[ScoredForecast]:
    """Score all horizons from one origin; only values up to it are known."""
    known = int(np.searchsorted(t, origin, side="right"))
    try:
        posterior = fit_drift(t[:known], y[:known], rng=rng, draws=draws)
    except NotEnoughData:
        return []
    ahead = np.array(sorted(horizons))
    last = float(t[known - 1])
    level = posterior.paths(ahead, rng)
    found: list[ScoredForecast] = []
    for i, h in enumerate(ahead.tolist()):
        low, high = np.searchsorted(t, (last + h - 0.5, last + h + 0.5))
        low = max(int(low), known)
        if high > low:
            forecast = posterior.day_mean(level[:, i], h, int(high - low), rng)
            naive = _naive(t[:known], y[:known], h)
            found.append(_judged(h, forecast, naive, float(np.mean(y[low:high]))))
    return found


def _naive(t: FloatArray, y: FloatArray, h: float) -> FloatArray:
    """No change: the last day's mean, and the changes over `h` days that were seen so far."""
    day = np.floor(t[-1] - t).astype(np.int64)
    count = np.bincount(day)
    with np.errstate(invalid="ignore"):
        mean = np.bincount(day, y) / count  # newest first
    lag = max(round(h), 1)
    change = mean[:-lag] - mean[lag:] if mean.size > lag else np.zeros(0)
    change = change[np.isfinite(change)]
    if change.size < 2:
        change = np.array([-1.0, 1.0]) * float(np.nanstd(mean))
    sample: FloatArray = mean[0] + np.concatenate([change, -change])
    return sample


def _judged(h: float, forecast: FloatArray, naive: FloatArray, seen: float) -> ScoredForecast:
    low95, low80, middle, up80, up95 = np.quantile(forecast, LEVELS)
    reach = up80 - middle if seen >= middle else middle - low80
    return ScoredForecast(
        h,
        abs(seen - middle) / max(reach, 1e-300),
        bool(low80 <= seen <= up80),
        bool(low95 <= seen <= up95),
        crps(forecast, seen),
        crps(naive, seen),
        pinball(forecast, seen),
        pinball(naive, seen),
    )


LEVELS = np.array([0.025, 0.10, 0.50, 0.90, 0.975])


def crps(sample: FloatArray, seen: float) -> float:
    """Continuous ranked probability score of an empirical distribution, by its sorted form.

    Examples
    --------
    >>> crps(np.array([1.0, 1.0]), 3.0)
    2.0
    """
    ordered = np.sort(sample)
    n = ordered.size
    weight = 2 * np.arange(1, n + 1) - n - 1
    spread = 2.0 * float(weight @ ordered) / n**2
    return float(np.mean(np.abs(ordered - seen))) - spread / 2


def pinball(sample: FloatArray, seen: float) -> float:
    """Mean quantile loss of the five quantiles of the fan."""
    miss = seen - np.quantile(sample, LEVELS)
    return float(np.mean(np.maximum(LEVELS * miss, (LEVELS - 1) * miss)))


def _independent(group: Sequence[ScoredForecast], width: float) -> float:
    """Forecasts that do not overlap: no more than horizons fit into the time forecast."""
    return min(float(len(group)), max(width / max(group[0].horizon, 1.0), 1.0))


def _score(group: Sequence[ScoredForecast], width: float) -> HorizonScore:
    n = _independent(group, width)
    covered = float(np.mean([s.covered80 for s in group]))
    lower, upper = _share(covered, n)
    return HorizonScore(
        group[0].horizon,
        len(group),
        n,
        covered,
        lower,
        upper,
        float(np.mean([s.covered95 for s in group])),
        *(
            float(np.mean([getattr(s, name) for s in group]))
            for name in ("crps", "naive_crps", "pinball", "naive_pinball")
        ),
    )


def _share(share: float, n: float) -> tuple[float, float]:
    """Interval of a share of `n` trials, whole or not (Clopper and Pearson 1934)."""
    hits = share * n
    lower = float(betaincinv(hits, n - hits + 1, 0.025)) if hits > 0 else 0.0
    upper = float(betaincinv(hits + 1, n - hits, 0.975)) if hits < n else 1.0
    return lower, upper


def fan_factor(
    scored: Sequence[ScoredForecast], scores: Sequence[HorizonScore]
) -> tuple[float, float, float]:
    """Find the factor on the width; coverage and independent forecasts of all horizons together.

    Horizons of one origin share their error: the one with most evidence says how many forecasts are
    independent, not their sum.
    """
    weight = {s.horizon_days: s.independent / s.origins for s in scores}
    of = np.array([weight[s.horizon] for s in scored])
    n = max(s.independent for s in scores)
    covered = float(of @ np.array([s.covered80 for s in scored])) / float(of.sum())
    lower, upper = _share(covered, n)
    if n < LEAST_INDEPENDENT or lower <= 0.8 <= upper:
        return 1.0, covered, n
    order = np.argsort([s.width for s in scored])
    reached = np.cumsum(of[order]) / float(of.sum())
    level = min(ceil((n + 1) * 0.8) / n, 1.0)
    at = min(int(np.searchsorted(reached, level - 1e-12)), order.size - 1)
    factor = scored[int(order[at])].width
    return min(max(factor, LEAST_SPREAD), MOST_SPREAD), covered, n
