"""The numbers of one characteristic: variance components, effective sizes, indices by period."""

from dataclasses import dataclass
from math import isfinite, sqrt

import numpy as np
from scipy.special import ndtri, stdtrit

from ops.analyses.long_term_capability_result import (
    LongTermComponent,
    LongTermEstimate,
    LongTermPeriod,
)
from ops.analyses.long_term_capability_stretch import EPOCH, Stretch, fixed_columns, periods
from ops.capability.attribution import fixed_variance
from ops.capability.index import indices
from ops.values import Factor, FloatArray, IntArray, SpecLimits
from ops.variance.bounds import Bounded
from ops.variance.effective import Worth, crowding_of, worth
from ops.variance.frame import RESIDUAL
from ops.variance.reml import Components, variance_components
from ops.variance.tree import nested_nodes

PLANT = ("site", "tool")  # their levels are the plant, no sample of it
INSIDE = ("unit", "position")  # never a stretch of time
SHORT = ("lot", "capillary", EPOCH, "month", "week", "tool", "site")  # short term: within one
MOST_PERIODS = 120


@dataclass(frozen=True, slots=True)
class Fitted:
    """Variance components of a stretch, and what the fixed effects add."""

    found: Components
    period: Factor
    within: str
    subgroup: IntArray
    fixed: dict[str, float]

    @property
    def total(self) -> float:
        """Variance of all sources."""
        return self.found.total.value + sum(self.fixed.values())

    def short(self) -> tuple[float, dict[str, float]]:
        """Short-term variance, and what each source of the long term adds to that of the values.

        A factor of few levels adds less to the values at hand than it would to more of them.
        """
        names = [c.name for c in self.found.components]
        last = names.index(self.within) if self.within in names else -1
        inner = sum(self.found.variance(name) for name in names[last + 1 :])
        one = np.zeros(self.subgroup.size, dtype=np.int64)
        size = np.array([float(one.size)])
        outer = {
            name: self.found.variance(name)
            * (1.0 - float(crowding_of(one, self.found.nodes[name], size)[0]))
            for name in names[: last + 1]
            if name in self.found.effects
        } | self.fixed
        return inner, outer

    def worth(self, group: IntArray, groups: int) -> Worth:
        """Independent values that groups of values are worth."""
        names = [c.name for c in self.found.components if c.name in self.found.effects]
        random = [0.0 if name in PLANT else self.found.variance(name) for name in names]
        residual = self.found.variance(RESIDUAL)
        nodes = [self.found.nodes[name] for name in names]
        return worth(group, nodes, [*random, residual], groups=groups)


def fit(stretch: Stretch, nesting: tuple[str, ...], period: str, confidence: float) -> Fitted:
    """Fit the components: nested factors random, drift and few-levelled factors fixed."""
    by_time = periods(stretch.ts, period)
    steps = EPOCH if EPOCH in stretch.factors else period
    factors = dict(stretch.factors) | ({} if steps == EPOCH else {period: by_time})
    order = [name if name != EPOCH else steps for name in nesting]
    names = [n for n in dict.fromkeys(order) if n in factors and len(factors[n].levels) > 1]
    codes = [factors[name].codes for name in names]
    columns, at = fixed_columns(stretch)
    found = variance_components(
        stretch.value, codes, names=names, fixed=columns, confidence=confidence
    )
    fixed: dict[str, float] = {}
    if columns is not None:
        for source, place in at.items():
            covariance = found.slopes_covariance[np.ix_(place, place)]
            fixed[source] = fixed_variance(columns[:, place], found.slopes[place], covariance)
    usable = [n for n in names if n not in INSIDE]
    within = next((n for n in SHORT if n in usable), "")
    subgroup = nested_nodes(codes[: names.index(within) + 1])[-1] if within else by_time.codes
    return Fitted(found, by_time, within, subgroup, fixed)


def components(fitted: Fitted) -> tuple[LongTermComponent, ...]:
    """Every source with its interval; shares are of the total with the fixed sources."""
    whole = fitted.found.total.value / fitted.total
    rows: list[LongTermComponent] = []
    for of in fitted.found.components:
        rows.append(
            LongTermComponent(
                source=of.name,
                kind="residual" if of.name == RESIDUAL else "random",
                levels=of.levels,
                sigma=None if of.variance is None else _root(of.variance),
                share=None if of.share is None else _estimate(of.share.times(whole)),
                interval=of.interval,
                note=of.note,
            )
        )
    for source, variance in fitted.fixed.items():
        share, sigma = variance / fitted.total, sqrt(variance)
        rows.append(
            LongTermComponent(
                source=source,
                kind="fixed",
                levels=1,
                sigma=LongTermEstimate(value=sigma, lower=None, upper=None),
                share=LongTermEstimate(value=share, lower=None, upper=None),
                interval="none",
                note="spread of its fixed effect over the values",
            )
        )
    return tuple(rows)


def index_of(
    mean: float, sigma: float, limits: SpecLimits | None, *, n: float, df: float, confidence: float
) -> LongTermEstimate | None:
    """Smaller index of the two sides with Bissell's interval; None where there is none."""
    if limits is None or not sigma > 0 or not df >= 1 or not has_side(limits):
        return None
    sized = max(int(n), 1)
    made = indices(mean, sigma, limits, n=sized, df=df, confidence=confidence).minimum
    return LongTermEstimate(value=made.value, lower=made.lower, upper=made.upper)


def has_side(limits: SpecLimits) -> bool:
    """Whether there is a limit at all."""
    return isfinite(limits.lower) or isfinite(limits.upper)


def by_period(
    stretch: Stretch, fitted: Fitted, confidence: float
) -> tuple[tuple[LongTermPeriod, ...], LongTermEstimate | None]:
    """Each period with its indices, and the slope of the long-term one per month."""
    codes, labels = fitted.period.codes, fitted.period.levels
    n, mean, sigma = moments(stretch.value, codes, len(labels))
    value = fitted.worth(codes, len(labels))
    short, short_df = _short_sigma(stretch.value, fitted, len(labels))
    rows: list[LongTermPeriod] = []
    for i, label in enumerate(labels):
        about = {"n": float(value.mean[i]), "confidence": confidence}
        rows.append(
            LongTermPeriod(
                first_day=label,
                n=int(n[i]),
                effective_n=float(value.mean[i]),
                mean=float(mean[i]),
                sigma=finite(sigma[i]),
                ppk=index_of(
                    float(mean[i]), float(sigma[i]), stretch.spec, df=float(value.df[i]), **about
                ),
                cpk=index_of(
                    float(mean[i]), float(short[i]), stretch.spec, df=float(short_df[i]), **about
                ),
            )
        )
    return tuple(rows[-MOST_PERIODS:]), trend(rows, confidence)


def moments(x: FloatArray, group: IntArray, k: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Count, mean and standard deviation (n - 1; NaN below two) of each group; two passes."""
    n = np.bincount(group, minlength=k).astype(np.float64)
    shift = float(x.mean())
    mean = np.bincount(group, x - shift, k) / np.maximum(n, 1.0)
    off = (x - shift) - mean[group]
    square = np.bincount(group, off * off, k)
    sigma = np.where(n >= 2, np.sqrt(square / np.maximum(n - 1.0, 1.0)), np.nan)
    return n, mean + shift, sigma


def _short_sigma(x: FloatArray, fitted: Fitted, k: int) -> tuple[FloatArray, FloatArray]:
    """Pooled standard deviation within the subgroups of each period, and its df."""
    period, cell = nested_nodes([fitted.period.codes, fitted.subgroup])
    n, mean, _ = moments(x, cell, int(cell.max()) + 1)
    off = x - mean[cell]
    square = np.bincount(period, off * off, k)
    first = np.zeros(n.size, dtype=np.int64)
    first[cell] = period
    size, cells = np.bincount(period, minlength=k), np.bincount(first, minlength=k)
    df: FloatArray = (size - cells).astype(np.float64)
    sigma: FloatArray = np.sqrt(square / np.maximum(df, 1.0))
    return sigma, df


def trend(rows: list[LongTermPeriod], confidence: float) -> LongTermEstimate | None:
    """Weighted slope of the index by month; its error grows where the points scatter more."""
    told = [r for r in rows if r.ppk is not None and r.ppk.upper is not None]
    if len(told) < 3:
        return None
    z = float(ndtri(0.5 + confidence / 2))
    day = np.array([r.first_day for r in told], dtype="datetime64[D]").astype(np.float64)
    y = np.array([r.ppk.value for r in told if r.ppk])
    se = np.array([(r.ppk.upper - r.ppk.value) / z for r in told if r.ppk and r.ppk.upper])
    if se.size != y.size or not np.all(se > 0):
        return None
    w, t = se**-2.0, (day - day[0]) / 30.4375
    t = t - np.average(t, weights=w)
    spread = float(w @ t**2)
    slope = float(w @ (t * y)) / spread
    left = y - np.average(y, weights=w) - slope * t
    excess = max(float(w @ left**2) / (y.size - 2), 1.0)
    half = float(stdtrit(y.size - 2, 0.5 + confidence / 2)) * sqrt(excess / spread)
    return LongTermEstimate(value=slope, lower=slope - half, upper=slope + half)


def _root(of: Bounded) -> LongTermEstimate:
    return _estimate(Bounded(sqrt(of.value), sqrt(of.lower), sqrt(of.upper)))


def _estimate(of: Bounded) -> LongTermEstimate:
    return LongTermEstimate(value=of.value, lower=finite(of.lower), upper=finite(of.upper))


def finite(value: float) -> float | None:
    """Null for what JSON has no number for."""
    return float(value) if isfinite(value) else None
