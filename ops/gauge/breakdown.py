"""The variance of measured values split into what the gauge adds and what the parts differ by.

Components below zero count as zero (AIAG, MSA 4th ed., appendix A). Intervals of variances are
modified large-sample; those of ratios are generalized: quantiles over mean squares drawn from their
pivotal distribution, components truncated at zero in each draw.

References
----------
AIAG, Measurement Systems Analysis, 4th ed. (2010), III-B and appendix A;
Hamada and Weaver (2000), J. Quality Technology 32(3), 241-253 (generalized intervals).
"""

from dataclasses import dataclass
from math import inf, nan, sqrt
from typing import Literal

import numpy as np

from ops.capability.index import Interval
from ops.gauge.mean_square import MeanSquare, combined
from ops.values import FloatArray

DRAWS = 10_000
CATEGORIES = 1.41  # AIAG: 97 % intervals that do not overlap, root of 2 in three digits
Role = Literal["repeatability", "reproducibility", "part"]
UNDEFINED = Interval(nan, nan, nan)


@dataclass(frozen=True, slots=True)
class Component:
    """A variance, in squared units of the data, and whose it is."""

    name: str
    role: Role
    variance: Interval


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Result of a study of parts and operators; variances are in squared units of the data.

    Parameters
    ----------
    components
        As the model has them.
    repeatability, reproducibility, gauge, part, total
        Sums of components: ``gauge`` of the first two, ``total`` of all.
    share
        Standard deviation of the gauge over that of the total (%GRR of study variation / 100).
    categories
        Distinct categories, 1.41 times part over gauge standard deviation, not truncated.
    squares
        Analysis of variance behind it; empty for other methods.
    method
        In words.
    note
        What could not be told apart, in words; empty if all could.
    """

    components: tuple[Component, ...]
    repeatability: Interval
    reproducibility: Interval
    gauge: Interval
    part: Interval
    total: Interval
    share: Interval
    categories: Interval
    squares: tuple[MeanSquare, ...]
    method: str
    note: str = ""

    @property
    def distinct(self) -> int | None:
        """Number of distinct categories as AIAG reports it: truncated."""
        value = self.categories.value
        return int(value) if abs(value) < inf else None


@dataclass(frozen=True, slots=True)
class Source:
    """A component of a balanced study: weights of the mean squares that estimate it."""

    name: str
    role: Role
    weight: tuple[float, ...]


def breakdown(
    squares: tuple[MeanSquare, ...],
    sources: tuple[Source, ...],
    *,
    method: str,
    confidence: float,
    rng: np.random.Generator,
    note: str = "",
) -> Breakdown:
    """Split the variance of a balanced study.

    Parameters
    ----------
    squares
        Independent mean squares, each with the same number of weights in `sources`.
    rng
        Draws the generalized intervals of the two ratios.
    """
    weight = np.array([source.weight for source in sources])
    value = np.array([square.value for square in squares])
    estimate = np.maximum(weight @ value, 0.0)
    role = np.array([source.role for source in sources])

    def summed(chosen: FloatArray) -> Interval:
        found = combined(chosen @ weight, squares, confidence)
        return holding(float(chosen @ estimate), found.lower, found.upper)

    of = {name: (role == name).astype(np.float64) for name in ("repeatability", "part")}
    gauge = 1.0 - of["part"]
    share, categories = _ratios(weight, squares, (estimate, gauge), confidence, rng)
    rows = np.eye(len(sources))
    return Breakdown(
        components=tuple(
            Component(source.name, source.role, summed(row))
            for source, row in zip(sources, rows, strict=True)
        ),
        repeatability=summed(of["repeatability"]),
        reproducibility=summed(gauge - of["repeatability"]),
        gauge=summed(gauge),
        part=summed(of["part"]),
        total=summed(np.ones(len(sources))),
        share=share,
        categories=categories,
        squares=squares,
        method=method,
        note=note,
    )


def holding(value: float, lower: float, upper: float) -> Interval:
    """Interval of what cannot be below 0, moved so that it holds its value."""
    return Interval(value, max(min(lower, value), 0.0), max(upper, value))


def share_of(gauge: float, total: float) -> float:
    """Ratio of the standard deviations of two variances; NaN where there is no variance."""
    return sqrt(gauge / total) if total > 0 else nan


def categories_of(part: float, gauge: float) -> float:
    """1.41 times the ratio of standard deviations; NaN where the gauge shows no variance."""
    return CATEGORIES * sqrt(part / gauge) if gauge > 0 else nan


def _ratios(
    weight: FloatArray,
    squares: tuple[MeanSquare, ...],
    found: tuple[FloatArray, FloatArray],
    confidence: float,
    rng: np.random.Generator,
) -> tuple[Interval, Interval]:
    """Shares and categories by generalized intervals; `found` is estimates and the gauge's mask."""
    estimate, gauge = found
    at, total = float(gauge @ estimate), float(estimate.sum())
    share, categories = share_of(at, total), categories_of(total - at, at)
    if not share > 0:
        return Interval(share, share, share), UNDEFINED
    df = np.array([square.df for square in squares])
    pivot = np.array([square.value for square in squares]) * df
    drawn = np.maximum((pivot / rng.chisquare(df, (DRAWS, df.size))) @ weight.T, 0.0)
    tails = ((1.0 - confidence) / 2, (1.0 + confidence) / 2)
    low, high = np.quantile(np.sqrt((drawn @ gauge) / drawn.sum(axis=1)), tails)
    ratio = CATEGORIES * np.sqrt((drawn @ (1.0 - gauge)) / (drawn @ gauge))
    few, many = np.quantile(ratio, tails)
    return holding(share, low, high), holding(categories, few, many)
