"""Futures in which nobody acts, from truths that the forecast does not know, and how it is scored.

Noise is that of the demo plant: device AR(1) 1.0, lot 0.8 anew each 12 hours, spool 0.5 anew every
6 days, wire 1.6, gauge 0.8.
"""

from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter

from ops.drift.crossing import crossing_forecast
from ops.drift.limit_crossing import BEFORE, Target
from ops.values import FloatArray, SpecLimits

TRUTHS = ("linear-0", "linear-.3", "linear-.6", "walk", "wear", "step-drift", "slopes", "quiet")
TARGETS: tuple[Target, ...] = ("mean", "p99", "cpk-1.33", "cpk-1.00")
HORIZON, STEP = 90.0, 0.05
SIGMA = float(np.sqrt(1.0 + 0.64 + 0.25 + 2.56 + 0.64))
PHI = {"linear-0": 0.0, "linear-.3": 0.3, "linear-.6": 0.6, "walk": 0.3, "quiet": 0.6}


@dataclass(frozen=True)
class Future:
    """A record, the level that follows it, and one target with its limits."""

    t: FloatArray
    y: FloatArray
    days: FloatArray
    level: FloatArray
    target: Target
    spec: SpecLimits
    rise: float
    fall: float

    @property
    def crossed(self) -> float:
        """Day of the true crossing, infinite beyond the horizon."""
        moved = self.level - self.level[0]
        at = np.flatnonzero((moved >= self.rise) | (moved <= -self.fall))
        return float(self.days[at[0]]) if at.size else np.inf


@dataclass(frozen=True)
class Score:
    """Rank of the truth in the forecast, its interval's width, and scores beside naive ones."""

    rank: float
    width: float
    crps: float
    line_rank: float
    line_width: float
    line_crps: float
    still_crps: float


def level_of(truth: str, span: float, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Days and level of a truth over its record and its future."""
    days = np.arange(0.0, span + HORIZON + STEP, STEP)
    sign = rng.choice([-1.0, 1.0])
    if truth == "quiet":
        return days, np.zeros(days.size)
    if truth == "walk":
        return days, rng.normal(0.0, rng.uniform(0.2, 0.6) * STEP**0.5, days.size).cumsum()
    if truth == "wear":
        return days, sign * rng.uniform(6, 16) * (1 - np.exp(-days / rng.uniform(0.4, 2) / span))
    if truth == "slopes":
        part = np.searchsorted(rng.exponential(25.0, 40).cumsum(), days)
        return days, STEP * rng.normal(0.0, 0.25, 41)[part].cumsum()
    return days, sign * rng.uniform(0.05, 0.35) * days


def future(truth: str, seed: int) -> Future:
    """Draw a record of 28 to 90 days with 6 to 40 values a day, and what follows it."""
    rng = np.random.default_rng([seed, TRUTHS.index(truth)])
    span, rate = rng.uniform(28, 90), rng.uniform(6, 40)
    days, level = level_of(truth, span, rng)
    t = np.sort(rng.uniform(0.0, span, int(rate * span)))
    phi = PHI[truth] if truth in PHI else float(rng.choice([0.0, 0.3, 0.6]))
    fresh = rng.normal(size=t.size)
    fresh[1:] *= np.sqrt(1 - phi**2)
    device: FloatArray = lfilter([1.0], [1.0, -phi], fresh)
    lot = rng.normal(0.0, 0.8, 200)[(2 * t).astype(int)]
    spool = rng.normal(0.0, 0.5, 20)[((t + rng.uniform(0, 6)) / 6).astype(int)]
    y = np.interp(t, days, level) + device + lot + spool
    y += rng.normal(0.0, np.sqrt(2.56 + 0.64), t.size)
    if truth == "step-drift":  # the segment since the step is what the caller gives
        since = t >= rng.uniform(0.1, 0.6) * span
        t, y = t[since], y[since]
    ahead = days >= t[-1]
    target = TARGETS[seed % len(TARGETS)]
    rise, fall = rng.uniform(1.0, 14.0, 2)
    start, before = float(level[ahead][0]), BEFORE[target] * SIGMA
    fall = np.inf if target == "p99" else float(fall)
    spec = SpecLimits(start - fall - before, start + float(rise) + before)
    return Future(t, y, days[ahead] - t[-1], level[ahead], target, spec, float(rise), fall)


def scored(case: Future, rng: np.random.Generator) -> Score:
    """Forecast a record, and score the forecast and a straight line with independent errors."""
    forecast = crossing_forecast(case.t, case.y, case.spec, horizon_days=HORIZON, rng=rng)
    days = np.array(forecast.days)
    found = forecast.of(case.target)
    assert found is not None
    by, line = np.array(found.by), straight_line(case, days, rng)
    still = np.zeros(days.size)
    u = rng.random()
    return Score(
        rank(by, days, case.crossed, u),
        width(by, days),
        crps(by, days, case.crossed),
        rank(line, days, case.crossed, u),
        width(line, days),
        crps(line, days, case.crossed),
        crps(still, days, case.crossed),
    )


def rank(by: FloatArray, days: FloatArray, crossed: float, u: float) -> float:
    """Probability that the forecast gave to an earlier crossing; at random within what is lumped.

    Never within the horizon, and now, are lumps of probability: an interval that holds the whole
    lump covers too often, so the truth's place in it is drawn (Czado, Gneiting and Held 2009).
    """
    if crossed <= 0:
        return u * float(by[0])
    if crossed <= HORIZON:
        return float(np.interp(crossed, days, by))
    return float(by[-1]) + u * float(1 - by[-1])


def width(by: FloatArray, days: FloatArray) -> float:
    """Days of the 80 % interval within the horizon."""
    low, high = (int(np.searchsorted(by, q)) for q in (0.1, 0.9))
    last = days.size - 1
    return float(days[min(high, last)] - days[min(low, last)])


def crps(by: FloatArray, days: FloatArray, crossed: float) -> float:
    """Ranked probability score of the day of crossing, up to the horizon, in days."""
    return float(np.trapezoid((by - (crossed <= days)) ** 2, days))


def straight_line(case: Future, days: FloatArray, rng: np.random.Generator) -> FloatArray:
    """What most sheets do: least squares, its standard errors, and the line drawn on."""
    x = np.column_stack([np.ones(case.t.size), case.t - case.t[-1]])
    beta, *_ = np.linalg.lstsq(x, case.y, rcond=None)
    rest = case.y - x @ beta
    variance = float(rest @ rest) / (case.t.size - 2)
    drawn = rng.multivariate_normal(beta, variance * np.linalg.inv(x.T @ x), 1000)
    paths = drawn[:, :1] + drawn[:, 1:] * days
    before = BEFORE[case.target] * variance**0.5
    beyond = (paths >= case.spec.upper - before) | (paths <= case.spec.lower + before)
    share: FloatArray = np.mean(np.maximum.accumulate(beyond, axis=1), axis=0)
    return share


def covers(ranks: FloatArray, confidence: float) -> float:
    """Share of the truths within the central interval."""
    return float(np.mean(np.abs(ranks - 0.5) <= confidence / 2))
