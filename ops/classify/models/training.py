"""Rows that a model learns from, checked once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ops.errors import BadData, NotEnoughData, Problem
from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Training:
    """Features, labels and weights of the rows of one fit.

    Parameters
    ----------
    x : shape (n, k)
    y : shape (n,)
        0 to `n_classes` - 1.
    weights : shape (n,), or None
        None: one each.
    names
        One per feature; numbers where the caller has no names.
    """

    x: FloatArray
    y: IntArray
    n_classes: int
    weights: FloatArray | None
    seed: int
    names: tuple[str, ...]

    def weight(self) -> FloatArray:
        """Weight of each row, shape (n,)."""
        return np.ones(len(self.y)) if self.weights is None else self.weights

    def weighing(self) -> "Training":
        """Keep the rows of positive weight."""
        if self.weights is None or self.weights.all():
            return self
        kept = self.weights > 0.0
        return replace(self, x=self.x[kept], y=self.y[kept], weights=self.weights[kept])

    def balanced(self) -> "Training":
        """Weigh the classes alike, with the same sum over all rows."""
        weight = self.weight()
        sums = np.bincount(self.y, weight, self.n_classes)
        return replace(self, weights=weight * (weight.sum() / self.n_classes / sums)[self.y])


def training(
    x: FloatArray,
    y: IntArray,
    classes: tuple[str, ...],
    *,
    seed: int,
    weights: FloatArray | None = None,
    names: Sequence[str] | None = None,
) -> Training:
    """Check the rows of a fit.

    Raises
    ------
    NotEnoughData
        If there is no row or no feature, or a class has no row of positive weight.
    BadData
        If shapes differ, a value is not finite or a weight is negative.
    """
    x = np.ascontiguousarray(x, dtype=np.float64)
    if x.ndim != 2 or x.shape[1] == 0 or x.shape[0] == 0:
        raise NotEnoughData(f"a model needs rows and features, got an array of shape {x.shape}")
    if len(y) != len(x) or (weights is not None and len(weights) != len(x)):
        raise BadData(f"{len(x)} rows of features need as many labels and weights, got {len(y)}")
    told = tuple(str(i) for i in range(x.shape[1])) if names is None else tuple(names)
    _finite(x, told)
    if weights is not None:
        weights = _weights(weights)
    _each_class(y, classes, weights)
    return Training(x, np.asarray(y, dtype=np.int64), len(classes), weights, seed, told)


def _finite(x: FloatArray, names: tuple[str, ...]) -> None:
    if np.isfinite(x.sum()):  # one pass; only a sum that is not finite is looked into
        return
    wrong = np.flatnonzero(~np.isfinite(x).all(axis=0))
    problems = tuple(
        Problem(f"/features/{names[j]}", f"{int((~np.isfinite(x[:, j])).sum())} values not finite")
        for j in wrong
    )
    if problems:
        raise BadData("features must be finite: choose a missing policy for them", problems)


def _weights(weights: FloatArray) -> FloatArray:
    found = np.ascontiguousarray(weights, dtype=np.float64)
    if not np.isfinite(found).all() or (found < 0.0).any():
        raise BadData("weights must be finite and 0 or more", (Problem("/weights", "not allowed"),))
    return found


def _each_class(y: IntArray, classes: tuple[str, ...], weights: FloatArray | None) -> None:
    if y.min() < 0 or y.max() >= len(classes):
        raise BadData(f"labels run from {y.min()} to {y.max()}, there are {len(classes)} classes")
    sums = np.bincount(y, weights, len(classes))
    empty = [name for name, total in zip(classes, sums, strict=True) if total <= 0.0]
    if empty:
        raise NotEnoughData(f"no row of class {', '.join(empty)}: a model cannot learn it")
