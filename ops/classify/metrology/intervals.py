"""Which kind of conformal interval is kept: the narrowest that covers out of fold."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ops.classify.evaluation.conformal_number import (
    IntervalKind,
    NumberConformal,
    fit_absolute,
    fit_normalised,
    fit_quantile,
)
from ops.classify.evaluation.estimate import Estimate
from ops.classify.evaluation.number_scores import interval_coverage
from ops.values import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class MarginRows:
    """What is known of tested rows before any margin.

    Parameters
    ----------
    y, value, spread : shape (n,)
        Measured, predicted, and how large the model expects its error to be.
    quantiles : shape (n, 2)
        Lower and upper predicted quantile; None for a model of the mean.
    pieces : shape (n,)
        Parts of the rows: each gets the margin of the others.
    """

    y: FloatArray
    value: FloatArray
    spread: FloatArray
    quantiles: FloatArray | None
    pieces: IntArray


@dataclass(frozen=True, slots=True)
class IntervalTrial:
    """One kind of interval on rows whose margin is from the other pieces.

    Parameters
    ----------
    width
        Mean width, in the label's unit; None where some row has no finite interval.
    """

    kind: IntervalKind
    coverage: Estimate
    width: float | None
    lower: FloatArray
    upper: FloatArray
    margin: NumberConformal


def try_intervals(rows: MarginRows, level: float) -> tuple[IntervalTrial, ...]:
    """Each kind that the model allows; its margin is of all tested rows, its coverage is not."""
    kinds: list[IntervalKind] = ["absolute", "normalised"]
    if rows.quantiles is not None:
        kinds.append("quantile")
    every = np.ones(rows.y.size, dtype=np.bool_)
    found: list[IntervalTrial] = []
    for kind in kinds:
        fit, apply = _of(kind, rows, level)
        lower, upper = np.full((2, rows.y.size), np.nan)
        for piece in np.unique(rows.pieces).tolist():
            here = rows.pieces == piece
            others = ~here if (~here).any() else here
            lower[here], upper[here] = apply(fit(others), here)
        width = upper - lower
        mean = float(width.mean()) if np.isfinite(width).all() else None
        coverage = interval_coverage(rows.y, lower, upper)
        found.append(IntervalTrial(kind, coverage, mean, lower, upper, fit(every)))
    return tuple(found)


def kept_interval(trials: tuple[IntervalTrial, ...], level: float) -> IntervalTrial:
    """Narrowest kind whose coverage is not below the level beyond chance; else that of most."""
    fair = [t for t in trials if t.width is not None and (t.coverage.upper or 0.0) >= level]
    if fair:
        return min(fair, key=lambda t: t.width or 0.0)
    return max(trials, key=lambda t: t.coverage.value or 0.0)


def _of(
    kind: IntervalKind, rows: MarginRows, level: float
) -> tuple[
    Callable[[BoolArray], NumberConformal],
    Callable[[NumberConformal, BoolArray], tuple[FloatArray, FloatArray]],
]:
    """How a kind is fitted on some rows, and how its margin is put on others."""
    y, value, spread, quantiles = rows.y, rows.value, rows.spread, rows.quantiles

    def fit(some: BoolArray) -> NumberConformal:
        if kind == "absolute":
            return fit_absolute(y[some], value[some], level)
        if kind == "normalised":
            return fit_normalised(y[some], value[some], spread[some], level)
        assert quantiles is not None
        return fit_quantile(y[some], quantiles[some, 0], quantiles[some, 1], level)

    def apply(margin: NumberConformal, some: BoolArray) -> tuple[FloatArray, FloatArray]:
        if kind == "quantile":
            assert quantiles is not None
            return margin.interval(quantiles[some])
        return margin.interval(value[some], spread=spread[some])

    return fit, apply
