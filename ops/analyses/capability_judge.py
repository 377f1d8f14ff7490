"""One group of values judged by the convention: kernels put together for the analysis."""

from dataclasses import dataclass
from math import isfinite

import numpy as np
from scipy.special import ndtr

from ops.analyses.capability_parts import JudgedIndex
from ops.capability.convention import Convention, letter
from ops.capability.dependent import total_sigma
from ops.capability.distribution import Distribution, distribution
from ops.capability.effective import effective_size
from ops.capability.index import Interval
from ops.capability.outside import fitted_share, normal_share
from ops.capability.percentile import percentile_indices, widening
from ops.capability.stability import Stability, stability
from ops.capability.study import Study
from ops.capability.tolerance import Tolerance, free_tolerance, normal_tolerance, two_sided_factor
from ops.errors import BadData
from ops.values import FloatArray, IntArray, Series, SpecLimits


@dataclass(frozen=True, slots=True)
class Rules:
    """How groups are judged."""

    convention: Convention
    stable: bool
    quantile_type: int
    confidence: float


def judged(
    x: FloatArray,
    lot: IntArray | None,
    found: Study,
    shape: Distribution | None,
    limits: SpecLimits | None,
    rules: Rules,
) -> JudgedIndex | None:
    """Choose the index of a group that is compared with the requirement; None without one."""
    if found.performance is None or found.size is None or limits is None:
        return None
    plain = shape is None or shape.name == "normal"
    within = plain and found.capability is not None
    mark = letter(rules.convention, within=within, stable=rules.stable)
    indices = found.performance
    if rules.convention == "aiag-2005" and within and found.capability is not None:
        indices = found.capability
    elif shape is not None and not plain:
        indices = percentile_indices(
            x,
            shape,
            limits,
            size=found.size,
            lot=lot,
            quantile_type=rules.quantile_type,
            confidence=rules.confidence,
        )
    return JudgedIndex.of(mark, indices, found.size)


def like(x: FloatArray, pool: Distribution | None) -> Distribution | None:
    """Fit a stratum with the family of its pool; None where that is the normal, or cannot be."""
    if pool is None or pool.name == "normal" or x.size < 20 or not float(x.std()) > 0:
        return None
    try:
        return distribution(x, None, wanted=pool.name)
    except BadData:
        return None


def family_share(shape: Distribution | None, limits: SpecLimits | None) -> float | None:
    """Share that a fitted family has outside; None where the normal stands, or none was fitted."""
    if shape is None or shape.fit is None or shape.name == "normal" or limits is None:
        return None
    below, above = shape.fit.tails(np.array([limits.lower, limits.upper]))
    low, high = isfinite(limits.lower), isfinite(limits.upper)
    return (float(below[0]) if low else 0.0) + (float(above[1]) if high else 0.0)


def total_share(
    found: Study, shape: Distribution | None, limits: SpecLimits, confidence: float
) -> Interval | None:
    """Share outside expected of the total distribution, with interval."""
    size = found.size
    if size is None:
        return None
    if shape is None or shape.name == "normal":
        return normal_share(
            limits,
            mean=found.mean,
            sigma=found.overall.value,
            n=size.n,
            df=size.df,
            confidence=confidence,
        )
    if shape.fit is None or found.performance is None:
        return None
    wide = widening(found.performance.minimum.value, shape.fitted.size, size)
    parts = [
        fitted_share(one, shape.fitted, limits, widening=wide, confidence=confidence)
        for one in (shape.fit, *shape.rivals)
    ]
    return Interval(parts[0].value, min(p.lower for p in parts), max(p.upper for p in parts))


def within_share(found: Study, limits: SpecLimits, confidence: float) -> Interval | None:
    """Share outside expected of the within-subgroup sigma, with interval."""
    if found.within is None or found.capability is None or found.size is None:
        return None
    sigma, df = found.within.value, found.within.df
    return normal_share(
        limits, mean=found.mean, sigma=sigma, n=found.size.n, df=df, confidence=confidence
    )


def tolerances(
    x: FloatArray, lot: IntArray | None, shape: Distribution | None, coverage: float, level: float
) -> tuple[Tolerance, ...]:
    """Limits of the total distribution: by its family, and by order statistics."""
    size = effective_size(x, lot)
    if not size.sigma > 0:
        return ()
    n, df = max(size.n, 2.0), max(size.df, 1.0)
    found: list[Tolerance] = []
    if shape is None or shape.name == "normal":
        found.append(
            normal_tolerance(
                float(x.mean()), size.sigma, n=n, df=df, coverage=coverage, confidence=level
            )
        )
    elif shape.fit is not None:
        k = two_sided_factor(n, df, coverage, level)
        share, rest = float(ndtr(-k)), float(ndtr(k))
        low, high = shape.fit.quantile(share, rest), shape.fit.quantile(rest, share)
        found.append(Tolerance(low, high, coverage, level, f"{shape.name}, on its normal scores"))
    free = free_tolerance(x, coverage=coverage, confidence=level)
    return (*found, free) if free is not None and size.method == "independent" else tuple(found)


def stability_of(series: Series, subgroup: IntArray, individuals: bool, sigma: float) -> Stability:
    """Judge the stability of a series by its subgroup means, or by its individual values."""
    tool = series.factors.get("tool")
    stream = np.zeros(series.value.size, dtype=np.int64) if tool is None else tool.codes
    if individuals:
        return stability(series.value, stream=stream)
    _, first, group = np.unique(subgroup, return_index=True, return_inverse=True)
    size = np.bincount(group).astype(np.float64)
    center = float(series.value.mean())
    mean = center + np.bincount(group, series.value - center) / size
    order = np.argsort(first)
    return stability(mean[order], stream=stream[first[order]], size=size[order], sigma=sigma)


def total_sigma_of(found: Study, confidence: float) -> Interval | None:
    """Interval of the overall sigma that allows for lots and neighbours; its value as counted."""
    if found.size is None:
        return None
    total = total_sigma(found.size, confidence)
    value = found.overall.value
    return Interval(value, min(value, total.lower), max(value, total.upper))
