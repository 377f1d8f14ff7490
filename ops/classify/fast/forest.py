"""Trees laid flat: every node of every tree in the same few arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ops.values import BoolArray, FloatArray, IntArray

LEAF = -1


@dataclass(frozen=True, slots=True)
class Nodes:
    """Nodes of one tree as its library numbers them; 0 is the root.

    Parameters
    ----------
    feature : shape (nodes,)
        Which feature is asked; `LEAF` at a leaf.
    threshold : shape (nodes,)
        A value up to it goes left.
    left, right : shape (nodes,)
        Children.
    missing_left : shape (nodes,)
        Whether a missing value goes left.
    value : shape (nodes, outputs)
        What a leaf says.
    """

    feature: IntArray
    threshold: FloatArray
    left: IntArray
    right: IntArray
    missing_left: BoolArray
    value: FloatArray


@dataclass(frozen=True, slots=True)
class Forest:
    """Nodes of many trees, renumbered so that the right child follows the left one.

    Parameters
    ----------
    tree : shape (trees, 3)
        Where each begins, its depth, and the output that it adds to; -1: a column of `value` to
        each output.
    feature : shape (nodes,)
        Which feature is asked; at a leaf any.
    threshold : shape (nodes,)
        A value up to it goes left; at a leaf infinite.
    left : shape (nodes,)
        Left child; a leaf leads to itself.
    missing_left : shape (nodes,)
        1 where a missing value goes left.
    value : shape (nodes, outputs) or (nodes, 1)
        What leaves say.
    """

    tree: NDArray[np.int32]
    feature: NDArray[np.int32]
    threshold: FloatArray
    left: NDArray[np.int32]
    missing_left: NDArray[np.uint8]
    value: FloatArray

    @property
    def outputs(self) -> int:
        """Numbers that the walk adds up for a row."""
        return max(int(self.value.shape[1]), int(self.tree[:, 2].max()) + 1)

    def refuse_unsound(self) -> None:
        """Refuse nodes that point outside of the arrays, or back: a walk would read elsewhere.

        Raises
        ------
        ValueError
            If some do.
        """
        nodes = self.feature.size
        at = np.arange(nodes)
        inner = self.left != at
        parts = (self.threshold, self.left, self.missing_left, self.value)
        sound = (
            all(part.shape[0] == nodes for part in parts)
            and self.tree.ndim == 2
            and self.tree.shape[1] == 3
            and bool((self.feature >= 0).all())
            and bool(((self.tree[:, 0] >= 0) & (self.tree[:, 0] < nodes)).all())
            and bool((self.left[inner] > at[inner]).all())
            and bool((self.left[inner] < nodes - 1).all())
            and bool((self.threshold[~inner] == np.inf).all())
            and bool((self.missing_left[~inner] == 1).all())
        )
        if not sound:
            raise ValueError("the nodes of the trees point outside of their arrays")


def forest_of(trees: list[Nodes], output: list[int]) -> Forest:
    """Lay trees flat.

    Parameters
    ----------
    output
        Of each tree: the output that it adds to, or -1, as in `Forest`.
    """
    laid: list[Forest] = []
    first = 0
    for nodes, to in zip(trees, output, strict=True):
        laid.append(_laid(nodes, first, to))
        first += laid[-1].feature.size
    return Forest(
        np.concatenate([one.tree for one in laid]),
        np.concatenate([one.feature for one in laid]),
        np.concatenate([one.threshold for one in laid]),
        np.concatenate([one.left for one in laid]),
        np.concatenate([one.missing_left for one in laid]),
        np.concatenate([one.value for one in laid]),
    )


def _laid(nodes: Nodes, first: int, to: int) -> Forest:
    """One tree level by level, so that siblings are neighbours; it begins at node `first`."""
    order, depth = [0], [0]
    left: list[int] = []
    for place, node in enumerate(order):  # grows while it is walked; pruned nodes are not reached
        if nodes.feature[node] == LEAF:
            left.append(first + place)
            continue
        left.append(first + len(order))
        order += [int(nodes.left[node]), int(nodes.right[node])]
        depth += [depth[place] + 1] * 2
    kept = np.array(order, dtype=np.int64)
    leaf = nodes.feature[kept] == LEAF
    return Forest(
        np.array([[first, max(depth), to]], dtype=np.int32),
        np.where(leaf, 0, nodes.feature[kept]).astype(np.int32),
        np.where(leaf, np.inf, nodes.threshold[kept]).astype(np.float64),
        np.array(left, dtype=np.int32),
        (leaf | nodes.missing_left[kept]).astype(np.uint8),
        np.ascontiguousarray(nodes.value[kept], dtype=np.float64),
    )
