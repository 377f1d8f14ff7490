"""Walk down every tree of a forest and add up what its leaves say; machine code.

Rows go down a tree side by side in small blocks: the processor then waits for many nodes at once,
and no step depends on a guess whether a leaf is reached, since a leaf leads to itself. Places are
unsigned, so that no step asks whether one is counted from the end; where a missing value goes is
asked only of rows that have one.
"""

import numpy as np
from numpy.typing import NDArray

from ops.compiled import compiled
from ops.values import FloatArray

BLOCK = 32
CHUNK = 1024  # rows that stay near the processor while all trees are walked


@compiled
def walked(
    x: FloatArray,
    tree: NDArray[np.int32],
    feature: NDArray[np.int32],
    threshold: FloatArray,
    left: NDArray[np.int32],
    missing_left: NDArray[np.uint8],
    value: FloatArray,
    outputs: int,
) -> FloatArray:
    """Add up the trees' leaves for each row of `x`, (n, k) to (n, outputs).

    Parameters are those of `Forest`; `tree` is of shape (trees, 3): root, depth, output. `x` is
    contiguous.
    """
    rows, width = x.shape[0], x.shape[1]
    cells, asked, below = x.reshape(-1), feature.view(np.uint32), left.view(np.uint32)
    total = np.zeros((rows, outputs))
    at = np.zeros(BLOCK, dtype=np.uint32)
    first = np.zeros(BLOCK, dtype=np.uint64)
    for chunk in range(0, rows, CHUNK):
        end = min(chunk + CHUNK, rows)
        gaps = np.isnan(cells[chunk * width : end * width]).any()
        for t in range(tree.shape[0]):
            root, depth, to = np.uint32(tree[t, 0]), tree[t, 1], tree[t, 2]
            for start in range(chunk, end, BLOCK):
                many = min(BLOCK, end - start)
                for j in range(many):
                    at[j] = root
                    first[j] = np.uint64((start + j) * width)
                if gaps:
                    _down_with_gaps(
                        at[:many], first, depth, cells, asked, threshold, below, missing_left
                    )
                else:
                    _down(at[:many], first, depth, cells, asked, threshold, below)
                _add(total[start : start + many], at, to, value)
    return total


@compiled
def _down(
    at: NDArray[np.uint32],
    first: NDArray[np.uint64],
    depth: int,
    cells: FloatArray,
    asked: NDArray[np.uint32],
    threshold: FloatArray,
    below: NDArray[np.uint32],
) -> None:
    """Move rows, whose cells begin at `first`, from the nodes `at` to leaves."""
    for _ in range(depth):
        for j in range(at.size):
            node = at[j]
            right = cells[first[j] + asked[node]] > threshold[node]
            at[j] = below[node] + np.uint32(right)


@compiled
def _down_with_gaps(
    at: NDArray[np.uint32],
    first: NDArray[np.uint64],
    depth: int,
    cells: FloatArray,
    asked: NDArray[np.uint32],
    threshold: FloatArray,
    below: NDArray[np.uint32],
    missing_left: NDArray[np.uint8],
) -> None:
    """Do as `_down`, with rows that may lack values."""
    for _ in range(depth):
        for j in range(at.size):
            node = at[j]
            v = cells[first[j] + asked[node]]
            lost = (v != v) & (missing_left[node] == 0)  # a gap is unlike itself
            at[j] = below[node] + np.uint32((v > threshold[node]) | lost)


@compiled
def _add(total: FloatArray, at: NDArray[np.uint32], to: int, value: FloatArray) -> None:
    """Add what the leaves `at` say to rows of `total`, in the column `to`, or each in its own."""
    for j in range(total.shape[0]):
        if to >= 0:
            total[j, to] += value[at[j], 0]
        else:
            for column in range(value.shape[1]):
                total[j, column] += value[at[j], column]


@compiled
def walked_alone(
    x: FloatArray,
    tree: NDArray[np.int32],
    feature: NDArray[np.int32],
    threshold: FloatArray,
    left: NDArray[np.int32],
    missing_left: NDArray[np.uint8],
    value: FloatArray,
    outputs: int,
) -> FloatArray:
    """Add up the trees' leaves for one row, (k,) to (outputs,): trees go side by side instead."""
    asked, below = feature.view(np.uint32), left.view(np.uint32)
    total = np.zeros(outputs)
    at = np.zeros(BLOCK, dtype=np.uint32)
    first = np.zeros(BLOCK, dtype=np.uint64)  # all begin where the one row begins
    for start in range(0, tree.shape[0], BLOCK):
        many = min(BLOCK, tree.shape[0] - start)
        depth = 0
        for j in range(many):
            at[j] = tree[start + j, 0]
            depth = max(depth, tree[start + j, 1])
        _down_with_gaps(at[:many], first, depth, x, asked, threshold, below, missing_left)
        for j in range(many):
            to = tree[start + j, 2]
            if to >= 0:
                total[to] += value[at[j], 0]
            else:
                for column in range(value.shape[1]):
                    total[column] += value[at[j], column]
    return total
