"""Conformal sets: the classes that cannot be ruled out at a level, for each class on its own."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from math import ceil
from typing import Any, Literal

import numpy as np

from ops.classify.evaluation.estimate import Estimate, wilson
from ops.classify.evaluation.oof import OutOfFold
from ops.errors import BadData, Problem
from ops.values import BoolArray, FloatArray, IntArray

ConformalKind = Literal["class-conditional", "marginal"]
_ROUNDING = 1e-9  # (n + 1) level is a whole number where it should be one


@dataclass(frozen=True)
class Conformal:
    """A class is possible where 1 - its probability is at most its quantile.

    Parameters
    ----------
    quantile : shape (classes,)
        1 where a class has too few rows for the level: it is then never ruled out.
    level
        Share of the rows of each class whose set is to hold that class.
    counts : shape (classes,)
        Rows that each quantile is from.
    kind
        class-conditional, or marginal: one quantile for all, for comparison only. It holds its
        level over all rows by the common class, whatever becomes of the rare one.
    """

    quantile: tuple[float, ...]
    level: float
    counts: tuple[int, ...]
    kind: ConformalKind = "class-conditional"

    @property
    def too_few(self) -> tuple[int, ...]:
        """Classes with fewer rows than the level needs; they are in every set."""
        needed = rows_needed(self.level)
        return tuple(k for k, n in enumerate(self.counts) if n < needed)

    def sets(self, probability: FloatArray) -> BoolArray:
        """Tell which classes are possible, shape (n, classes).

        A row without any is unlike the rows of every class.
        """
        return 1.0 - probability <= self._quantile

    @cached_property
    def _quantile(self) -> FloatArray:
        return np.array(self.quantile)

    def to_document(self) -> dict[str, Any]:
        """Write the quantiles as JSON; exact."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often sets hold the true class, and what they look like.

    Parameters
    ----------
    overall, by_class
        Share of rows whose set holds their class, with Wilson's interval.
    mean_size
        Classes in a set.
    empty, single
        Share of the sets that hold no class, and one.
    """

    overall: Estimate
    by_class: tuple[Estimate, ...]
    mean_size: float
    empty: float
    single: float


def conformal_from(document: Mapping[str, Any]) -> Conformal:
    """Conformal of what `Conformal.to_document` gave, through JSON or not."""
    return Conformal(
        tuple(document["quantile"]), document["level"], tuple(document["counts"]), document["kind"]
    )


def rows_needed(level: float) -> int:
    """Fewest rows for a level: ceil(1 / (1 - level)) - 1.

    Examples
    --------
    >>> rows_needed(0.9), rows_needed(0.95)
    (9, 19)
    """
    return ceil(1.0 / (1.0 - level) - _ROUNDING) - 1


def conformal_quantile(score: FloatArray, level: float) -> float | None:
    """Smallest score but ceil((n + 1) level) - 1 of n; None where n is too small for it.

    Vovk, Gammerman and Shafer (2005), Algorithmic Learning in a Random World, ch. 2: another score
    of the same kind is at most as large with a chance of at least `level`.
    """
    place = ceil((score.size + 1) * level - _ROUNDING)
    return float(np.partition(score, place - 1)[place - 1]) if place <= score.size else None


def fit_conformal(
    y: IntArray,
    probability: FloatArray,
    level: float = 0.9,
    *,
    kind: ConformalKind = "class-conditional",
) -> Conformal:
    """Finite-sample quantile of 1 - probability of the true class, for each class.

    Parameters
    ----------
    y : shape (n,)
        Class of rows that the model has not learned from: held out, or out of fold
        (cross-conformal; the guarantee is then approximate).
    probability : shape (n, classes)
        Calibrated in the same way as those that sets are later made of.
    level
        Above 0 and below 1.

    Raises
    ------
    BadData
        If the level is none.

    References
    ----------
    Vovk (2012), ACML, PMLR 25, 475-490 (label-conditional); Sadinle, Lei and Wasserman (2019),
    JASA 114, 223-234 (least ambiguous sets).
    """
    if not 0.0 < level < 1.0:
        detail = f"the level {level} is not between 0 and 1: give 0.9 for nine of ten rows"
        raise BadData(detail, (Problem("/level", detail),))
    score = 1.0 - np.take_along_axis(probability, y[:, None], axis=1)[:, 0]
    classes = probability.shape[1]
    if kind == "marginal":
        found = [conformal_quantile(score, level)] * classes
        counts = (y.size,) * classes
    else:
        found = [conformal_quantile(score[y == k], level) for k in range(classes)]
        counts = tuple(int(n) for n in np.bincount(y, minlength=classes))
    return Conformal(tuple(1.0 if q is None else q for q in found), level, counts, kind)


def coverage(
    conformal: Conformal, y: IntArray, probability: FloatArray, *, confidence: float = 0.95
) -> Coverage:
    """Coverage of the sets of other rows, of which there is at least one."""
    return _coverage(conformal.sets(probability), y, confidence)


def coverage_out_of_fold(
    found: OutOfFold,
    level: float = 0.9,
    *,
    kind: ConformalKind = "class-conditional",
    confidence: float = 0.95,
) -> Coverage:
    """Coverage of each fold by the quantiles of the other folds. Raises as `fit_conformal`."""
    sets = np.empty(found.probability.shape, dtype=np.bool_)
    pieces = found.pieces
    for piece in np.unique(pieces):
        here = pieces == piece
        others = fit_conformal(found.y[~here], found.probability[~here], level, kind=kind)
        sets[here] = others.sets(found.probability[here])
    return _coverage(sets, found.y, confidence)


def _coverage(sets: BoolArray, y: IntArray, confidence: float) -> Coverage:
    held = np.take_along_axis(sets, y[:, None], axis=1)[:, 0]
    size = sets.sum(axis=1)
    by_class = tuple(
        wilson(int(held[y == k].sum()), int((y == k).sum()), confidence=confidence)
        for k in range(sets.shape[1])
    )
    return Coverage(
        wilson(int(held.sum()), y.size, confidence=confidence), by_class,
        float(np.mean(size)), float(np.mean(size == 0)), float(np.mean(size == 1)),
    )  # fmt: skip
