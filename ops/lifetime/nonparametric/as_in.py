"""A life analysis as another package would print it, so that an old report can be checked.

What comes out is labelled as a reproduction: it follows the conventions of the package, which are
not those of this house (rank regression at all, Wald bounds with few failures).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.errors import BadData
from ops.lifetime.bounds.life_bound import life_bound
from ops.lifetime.bounds.parameter_bound import parameter_bound
from ops.lifetime.data import LifeData
from ops.lifetime.fit import LifeFit, fit
from ops.lifetime.location_scale import Family
from ops.lifetime.nonparametric.fisher import (
    Interval,
    fisher_covariance,
    wald_life,
    wald_parameters,
)
from ops.lifetime.nonparametric.plotting import Ranks
from ops.lifetime.nonparametric.rank_regression import On, RankRegression, rank_regression
from ops.values import FloatArray

Package = Literal["weibull++", "minitab", "jmp"]
Method = Literal["rrx", "rry", "ml"]
Bounds = Literal["fisher", "likelihood-ratio", "none"]
_ON: Mapping[Method, On] = {"rrx": "x", "rry": "y"}


@dataclass(frozen=True, slots=True)
class Convention:
    """What a package does.

    Parameters
    ----------
    methods, bounds
        What it offers; the first of each is taken unless another is asked for.
    ranks
        Its plotting positions.
    source
        Where that is documented.
    """

    title: str
    methods: tuple[Method, ...]
    bounds: tuple[Bounds, ...]
    ranks: Ranks
    source: str


CONVENTIONS: Mapping[Package, Convention] = {
    "weibull++": Convention(
        "Weibull++",
        ("rrx", "rry", "ml"),
        ("fisher", "likelihood-ratio"),
        "median",
        "ReliaSoft, Life Data Analysis Reference: parameter estimation, confidence bounds",
    ),
    "minitab": Convention(
        "Minitab",
        ("ml", "rrx"),
        ("fisher",),
        "benard",
        "Minitab Support, methods and formulas of parametric distribution analysis",
    ),
    "jmp": Convention(
        "JMP",
        ("ml",),
        ("likelihood-ratio", "fisher"),
        "median",
        "JMP Help, Life Distribution: statistical details (Wald or likelihood intervals)",
    ),
}


@dataclass(frozen=True, slots=True)
class Reproduction:
    """A result in the conventions of another package.

    Parameters
    ----------
    label
        What it is, for the reader: ``as in Weibull++: RRX, Fisher-matrix bounds``.
    method, bounds
        How it was estimated, and its bounds; ``none`` where the package gives none.
    parameters
        Printed parameter to its estimate with bounds.
    lives
        Share to the time by which it has failed, with bounds.
    confidence
        Of the bounds, two-sided.
    loglik
        Log-likelihood at the estimate.
    correlation
        Of the plotted points; None for maximum likelihood.
    source
        Where the convention is documented.
    """

    package: Package
    label: str
    family: Family
    method: Method
    bounds: Bounds
    parameters: Mapping[str, Interval]
    lives: Mapping[float, Interval]
    confidence: float
    loglik: float
    correlation: float | None
    unit: str
    source: str


def as_in(
    data: LifeData,
    package: Package,
    *,
    family: Family = "weibull",
    method: Method | None = None,
    bounds: Bounds | None = None,
    p: Sequence[float] = (0.01, 0.1, 0.5),
    confidence: float = 0.95,
) -> Reproduction:
    """Analyse life data as another package does.

    Parameters
    ----------
    method
        Rank regression of time on rank (``rrx``), of rank on time (``rry``), or maximum
        likelihood; what the package does by itself if absent.
    bounds
        By the Fisher matrix (Wald) or by the likelihood ratio; as the package if absent.
    p
        Shares whose times are asked for.
    confidence
        Two-sided.

    Raises
    ------
    BadData
        If the package has no such method or bounds, or the data no exact failures for ranks.
    NotEnoughData
        If there is no such estimate.
    """
    rule = CONVENTIONS[package]
    how: Method = method or rule.methods[0]
    _require(how, rule.methods, "method", rule.title)
    _require(bounds or rule.bounds[0], rule.bounds, "bounds", rule.title)
    wanted: Bounds = bounds or rule.bounds[0]
    if package == "minitab" and how != "ml":
        wanted = "none"  # it gives no standard errors with least squares
    made = _estimate(data, family, how, rule.ranks)
    parameters, lives = _intervals(data, made, wanted, p, confidence)
    return Reproduction(
        package=package,
        label=f"as in {rule.title}: {_METHODS[how]}, {_BOUNDS[wanted]}",
        family=family,
        method=how,
        bounds=wanted,
        parameters=parameters,
        lives=lives,
        confidence=confidence,
        loglik=made.loglik,
        correlation=made.correlation if isinstance(made, RankRegression) else None,
        unit=data.unit,
        source=rule.source,
    )


_METHODS: Mapping[Method, str] = {
    "rrx": "regression of time on median rank",
    "rry": "regression of median rank on time",
    "ml": "maximum likelihood",
}
_BOUNDS: Mapping[Bounds, str] = {
    "fisher": "Fisher-matrix bounds",
    "likelihood-ratio": "likelihood-ratio bounds",
    "none": "no bounds",
}


def _require(asked: str, offered: Sequence[str], what: str, title: str) -> None:
    if asked not in offered:
        raise BadData(f"{title} has no {what} {asked!r}: take one of {', '.join(offered)}")


def _estimate(
    data: LifeData, family: Family, how: Method, ranks: Ranks
) -> LifeFit | RankRegression:
    if how == "ml":
        return fit(data, family)
    return rank_regression(data, family, on=_ON[how], ranks=ranks)


def _intervals(
    data: LifeData,
    made: LifeFit | RankRegression,
    wanted: Bounds,
    p: Sequence[float],
    confidence: float,
) -> tuple[dict[str, Interval], dict[float, Interval]]:
    family, mu, sigma = made.family, made.mu, made.sigma
    if isinstance(made, LifeFit) and wanted == "likelihood-ratio":
        return _by_likelihood(data, made, p, confidence)
    covariance: FloatArray | None = None
    if isinstance(made, LifeFit):
        covariance = made.covariance
    elif wanted != "none":
        covariance = fisher_covariance(data, family, mu, sigma)
    parameters = wald_parameters(family, mu, sigma, covariance, confidence)
    lives = {q: wald_life(family, mu, sigma, covariance, confidence, q) for q in p}
    return parameters, lives


def _by_likelihood(
    data: LifeData, made: LifeFit, p: Sequence[float], confidence: float
) -> tuple[dict[str, Interval], dict[float, Interval]]:
    """Wald standard errors, likelihood-ratio bounds that are not calibrated."""
    parameters = wald_parameters(made.family, made.mu, made.sigma, made.covariance, confidence)
    for name, one in parameters.items():
        bound = parameter_bound(data, made, name, confidence=confidence)
        parameters[name] = _bounded(one, bound.lower, bound.upper)
    lives: dict[float, Interval] = {}
    no_chance = np.random.default_rng(0)  # a likelihood ratio draws nothing
    for q in p:
        around = wald_life(made.family, made.mu, made.sigma, made.covariance, confidence, q)
        life = life_bound(
            data, made, q, rng=no_chance, confidence=confidence, method="likelihood-ratio"
        )
        lives[q] = _bounded(around, life.lower, life.upper)
    return parameters, lives


def _bounded(one: Interval, lower: float | None, upper: float | None) -> Interval:
    sides = (np.nan if side is None else side for side in (lower, upper))
    return Interval(one.estimate, one.std_error, *sides)
