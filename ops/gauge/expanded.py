"""Expanded gauge study: operators, gauges, days, fixtures; any of it unbalanced, by REML.

Each factor, and each chosen interaction, is random. What is not the part counts as gauge. Variances
have profile-likelihood intervals, sums Satterthwaite's, the share of the gauge one by the delta
method on its logit. On balanced data with components above zero REML equals analysis of variance.

References
----------
Searle, Casella and McCulloch (1992), Variance Components, ch. 6 (REML);
Satterthwaite (1946), Biometrics Bulletin 2(6), 110-114;
Montgomery, Borror and Stanley (1997), Quality Engineering 10(2), 379-389 (gauges with more
factors).
"""

from collections.abc import Mapping
from math import inf, nan, sqrt

import numpy as np
from scipy.special import chdtri, expit, logit, ndtri

from ops.capability.index import Interval
from ops.errors import NotEnoughData
from ops.gauge.breakdown import (
    UNDEFINED,
    Breakdown,
    Component,
    Role,
    categories_of,
    holding,
    share_of,
)
from ops.values import FloatArray, IntArray
from ops.variance.reml import Components, variance_components

RESIDUAL = "residual"  # as the fit names it


def expanded_study(
    y: FloatArray,
    factors: Mapping[str, IntArray],
    *,
    part: str,
    interactions: tuple[tuple[str, str], ...] = (),
    confidence: float = 0.95,
) -> Breakdown:
    """Split the variance of a study of any design.

    Parameters
    ----------
    y : shape (n,)
        Finite measured values.
    factors
        Codes of each factor, shape (n,), 0 or more; parts within operators need codes of their own.
    part
        The factor that is the product; all others are the gauge.
    interactions
        Pairs of factors whose interaction is a source of its own; one whose cells are the values
        themselves, or the levels of one of the two, cannot be told apart and is left out.

    Raises
    ------
    NotEnoughData
        With fewer than 2 parts, or as many parts as values.
    """
    parts = np.unique(factors[part]).size
    if parts < 2 or parts >= y.size:
        raise NotEnoughData(
            f"a gauge study needs 2 parts and a part measured twice, got {y.size} values of"
            f" {parts} parts"
        )
    if np.ptp(y) <= 8 * np.finfo(np.float64).eps * float(np.abs(y).max()):
        return _constant(tuple(factors), part)
    levels = {name: codes for name, codes in factors.items() if np.unique(codes).size > 1}
    alone = [name for name in factors if name not in levels]
    for one, other in interactions:
        cell = _cell(factors[one], factors[other])
        count = int(cell.max()) + 1
        sizes = {np.unique(factors[one]).size, np.unique(factors[other]).size, y.size}
        if count not in sizes:
            levels[f"{one} x {other}"] = cell
    found = variance_components(
        y,
        list(levels.values()),
        names=list(levels),
        structure="crossed",
        confidence=confidence,
    )
    note = "; ".join(
        [f"one level of {name}: what it adds is not known" for name in alone]
        + [f"{c.name}: {c.note}" for c in found.components if c.note]
    )
    return _made(found, part, confidence, note)


def _cell(one: IntArray, other: IntArray) -> IntArray:
    pair = np.stack((one, other))
    return np.unique(pair, axis=1, return_inverse=True)[1].ravel().astype(np.int64)


def _made(found: Components, part: str, confidence: float, note: str) -> Breakdown:
    components: list[Component] = []
    for source in found.components:
        name = "repeatability" if source.name == RESIDUAL else source.name
        bounds = source.variance
        variance = (
            UNDEFINED if bounds is None else Interval(bounds.value, bounds.lower, bounds.upper)
        )
        components.append(Component(name, _role(name, part), variance))
    known = [i for i, c in enumerate(components) if c.variance.value == c.variance.value]
    theta = np.array([components[i].variance.value for i in known])
    covariance = np.zeros((theta.size, theta.size))
    fitted = [k for k, i in enumerate(known) if found.components[i].interval != "none"]
    if len(fitted) == found.covariance.shape[0]:
        covariance[np.ix_(fitted, fitted)] = found.covariance
    role = np.array([components[i].role for i in known])

    def summed(chosen: FloatArray) -> Interval:
        if int(chosen.sum()) == 1:
            return components[known[int(np.argmax(chosen))]].variance
        return _satterthwaite(chosen, theta, covariance, confidence)

    of = {name: (role == name).astype(np.float64) for name in ("repeatability", "part")}
    gauge = 1.0 - of["part"]
    share, categories = _ratios(gauge, theta, covariance, confidence)
    return Breakdown(
        components=tuple(components),
        repeatability=summed(of["repeatability"]),
        reproducibility=summed(gauge - of["repeatability"]),
        gauge=summed(gauge),
        part=summed(of["part"]),
        total=summed(np.ones(theta.size)),
        share=share,
        categories=categories,
        squares=(),
        method="reml",
        note=note,
    )


def _role(name: str, part: str) -> Role:
    if name == part:
        return "part"
    return "repeatability" if name == "repeatability" else "reproducibility"


def _satterthwaite(
    chosen: FloatArray, theta: FloatArray, covariance: FloatArray, confidence: float
) -> Interval:
    value, spread = float(chosen @ theta), float(chosen @ covariance @ chosen)
    if not (value > 0 and spread > 0):
        return Interval(value, 0.0 if value == 0 else nan, nan)
    df, tail = 2 * value**2 / spread, (1.0 - confidence) / 2
    least = float(chdtri(df, 1.0 - tail))
    upper = value * df / least if least > 0 else inf
    return holding(value, value * df / float(chdtri(df, tail)), upper)


def _ratios(
    gauge: FloatArray, theta: FloatArray, covariance: FloatArray, confidence: float
) -> tuple[Interval, Interval]:
    """Share of the gauge and categories, by the delta method on the logit of the variance ratio."""
    at, total = float(gauge @ theta), float(theta.sum())
    share, categories = share_of(at, total), categories_of(total - at, at)
    ratio = at / total if total > 0 else nan
    if not 0 < ratio < 1:
        return Interval(share, nan, nan), Interval(categories, nan, nan)
    slope = (gauge - ratio) / total / (ratio * (1 - ratio))
    half = float(ndtri(0.5 + confidence / 2)) * sqrt(max(float(slope @ covariance @ slope), 0.0))
    low, high = (float(expit(logit(ratio) + side)) for side in (-half, half))
    few, many = (categories_of(1 - r, r) for r in (high, low))
    return holding(share, sqrt(low), sqrt(high)), holding(categories, few, many)


def _constant(names: tuple[str, ...], part: str) -> Breakdown:
    zero = Interval(0.0, 0.0, 0.0)
    return Breakdown(
        components=tuple(
            Component(name, _role(name, part), zero) for name in (*names, "repeatability")
        ),
        repeatability=zero,
        reproducibility=zero,
        gauge=zero,
        part=zero,
        total=zero,
        share=UNDEFINED,
        categories=UNDEFINED,
        squares=(),
        method="reml",
        note="all values are equal",
    )
