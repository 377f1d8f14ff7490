"""Boosted trees of a number, or of its quantiles, from flat arrays: all in one walk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ops.classify.fast.forest import Forest, Nodes, forest_of
from ops.classify.fast.sklearn_trees import boosted_nodes
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class TreeNumbers:
    """Numbers of boosted trees.

    Parameters
    ----------
    base : shape (outputs,)
        Number before the first tree: one, or one for each quantile.
    """

    forest: Forest
    base: FloatArray
    kind: str = "trees"

    @property
    def width(self) -> int:
        """Features that a row must have at least."""
        return int(self.forest.feature.max()) + 1

    @property
    def outputs(self) -> int:
        """Numbers of a row."""
        return int(self.base.size)

    def numbers(self, x: FloatArray) -> FloatArray:
        """Numbers of each row, (n, k) to (n, outputs), sorted."""
        from ops.classify.fast.forest_walk import walked  # noqa: PLC0415  (numba loads slowly)

        return np.sort(walked(np.ascontiguousarray(x), *self._parts) + self.base, axis=1)

    def one(self, x: FloatArray) -> list[float]:
        """Numbers of one row, (k,), sorted."""
        from ops.classify.fast.forest_walk import walked_alone  # noqa: PLC0415  (as above)

        total: FloatArray = walked_alone(np.ascontiguousarray(x), *self._parts) + self.base
        return sorted(total.tolist())

    @property
    def _parts(self) -> tuple[Any, ...]:
        f = self.forest
        return f.tree, f.feature, f.threshold, f.left, f.missing_left, f.value, self.base.size

    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """Return what it is made of, by name."""
        return {p.name: getattr(self.forest, p.name) for p in fields(Forest)} | {"base": self.base}


def boosted_numbers(estimators: Sequence[Any]) -> TreeNumbers:
    """Scorer of fitted HistGradientBoostingRegressors: one, or one for each quantile.

    Raises
    ------
    ValueError
        If one splits by categories.
    """
    trees: list[Nodes] = []
    output: list[int] = []
    base: list[float] = []
    for at, estimator in enumerate(estimators):
        grown = boosted_nodes(estimator)
        trees += [nodes for nodes, _ in grown]
        output += [at] * len(grown)
        base.append(float(np.ravel(estimator._baseline_prediction)[0]))  # noqa: SLF001  (no public way to it)
    return TreeNumbers(forest_of(trees, output), np.array(base))


def tree_numbers_from(arrays: Mapping[str, NDArray[Any]]) -> TreeNumbers:
    """Scorer of what `TreeNumbers.arrays` gave.

    Raises
    ------
    ValueError
        If a node points outside of the arrays, or back: a walk would not end, or read elsewhere.
    """
    forest = Forest(**{part.name: arrays[part.name] for part in fields(Forest)})
    forest.refuse_unsound()
    if forest.outputs != arrays["base"].size:
        raise ValueError(f"trees for {forest.outputs} outputs have {arrays['base'].size} numbers")
    return TreeNumbers(forest, arrays["base"])
