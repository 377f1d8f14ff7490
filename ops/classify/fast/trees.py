"""Ensembles of trees from flat arrays: forests, and boosting of scikit-learn and others."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ops.classify.fast.forest import Forest
from ops.classify.fast.link import probabilities, probability
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class TreeScorer:
    """Probabilities of an ensemble of trees.

    Parameters
    ----------
    base : shape (outputs,)
        Score before the first tree; zeros if `averaged`.
    averaged
        Leaves hold probabilities, and the trees' mean is the answer; else their sum is a score.
    single
        Features are rounded to float32 before they are compared, as the library of the trees does.
    """

    forest: Forest
    base: FloatArray
    averaged: bool
    single: bool
    kind: str = "trees"

    @property
    def width(self) -> int:
        """Features that a row must have at least."""
        return int(self.forest.feature.max()) + 1

    def probability(self, x: FloatArray) -> FloatArray:
        """Probability of each class, (n, k) to (n, classes)."""
        from ops.classify.fast.forest_walk import walked  # noqa: PLC0415  (numba loads slowly)

        total = walked(self._as_seen(x), *self._parts)
        return total / len(self.forest.tree) if self.averaged else probabilities(total + self.base)

    def one(self, x: FloatArray) -> FloatArray:
        """Probability of each class of one row, (k,) to (classes,)."""
        from ops.classify.fast.forest_walk import walked_alone  # noqa: PLC0415  (as above)

        total = walked_alone(self._as_seen(x), *self._parts)
        return total / len(self.forest.tree) if self.averaged else probability(total + self.base)

    @property
    def _parts(self) -> tuple[Any, ...]:
        f = self.forest
        return f.tree, f.feature, f.threshold, f.left, f.missing_left, f.value, self.base.size

    def _as_seen(self, x: FloatArray) -> FloatArray:
        x = x.astype(np.float32).astype(np.float64) if self.single else x
        return np.ascontiguousarray(x)

    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """Return what it is made of, by name."""
        parts = {part.name: getattr(self.forest, part.name) for part in fields(Forest)}
        flags = np.array([self.averaged, self.single])
        return parts | {"base": self.base, "flags": flags}


def tree_scorer_from(arrays: Mapping[str, NDArray[Any]]) -> TreeScorer:
    """Scorer of what `TreeScorer.arrays` gave.

    Raises
    ------
    ValueError
        If a node points outside of the arrays, or back: a walk would not end, or read elsewhere.
    """
    forest = Forest(**{part.name: arrays[part.name] for part in fields(Forest)})
    averaged, single = (bool(flag) for flag in arrays["flags"])
    forest.refuse_unsound()
    if forest.outputs != arrays["base"].size:
        raise ValueError(f"trees for {forest.outputs} outputs have {arrays['base'].size} scores")
    return TreeScorer(forest, arrays["base"], averaged, single)
