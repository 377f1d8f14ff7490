"""Population stability index, beside what chance alone gives for these sizes.

The usual thresholds of 0.1 and 0.25 know nothing of the sample: with 10 cells and 100 values on
each side chance alone exceeds 0.1 more often than not. The index is therefore told with its mean
and its 95 % point under no change, for as many independent values as the windows are worth.

References
----------
Yurdakul and Naranjo (2020), J. Risk Model Validation 14(4), 89-100 (chi-square law of the index);
Rao and Scott (1981), J. American Statistical Association 76, 221-230 (first-order correction).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, chdtri

from ops.drift.block_permutation import Blocks, p_value
from ops.drift.dependence import Dependence
from ops.drift.window_mean import window_mean
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray, IntArray

CELLS = 10
MODERATE, LARGE = 0.1, 0.25  # the thresholds of custom


@dataclass(frozen=True, slots=True)
class StabilityIndex:
    """Population stability index with its law under no change.

    Parameters
    ----------
    value
        Sum over cells of (q - p) ln(q / p); half a count is added to each cell of each side.
    edges
        Inner edges of the cells, quantiles of the reference; equal ones count once.
    expected, limit
        Mean and 95 % point of the index where nothing changed; None where that cannot be told.
    p_value
        Of no change, by block permutation; None where blocks are too few, or not given.
    chi_square_p
        The same by the chi-square law; too small where lots differ in level.
    moderate_by_chance
        Probability that chance alone exceeds 0.1.
    effective
        Independent values that the two windows are worth for it, as one harmonic mean.
    """

    value: float
    edges: FloatArray
    expected: float | None
    limit: float | None
    p_value: float | None
    chi_square_p: float | None
    moderate_by_chance: float | None
    effective: float | None

    @property
    def custom(self) -> str:
        """What the thresholds of custom say: stable, moderate or large."""
        if self.value < MODERATE:
            return "stable"
        return "moderate" if self.value < LARGE else "large"


def stability_index(
    reference: FloatArray,
    current: FloatArray,
    dependence: Dependence,
    *,
    lots: tuple[IntArray, IntArray] | None = None,
    cells: int = CELLS,
    blocks: Blocks | None = None,
    labels: IntArray | None = None,
) -> StabilityIndex:
    """Index of two windows in cells of equal share of the reference.

    Parameters
    ----------
    reference, current : shape (n0,), (n1,)
        Values in time order, finite.
    lots
        Lot of each value of each window.
    blocks, labels
        Blocks of both windows, and their labellings with the one measured in row 0: the index is
        then tested by permutation too.
    cells
        At least 2; fewer are used where quantiles coincide.

    Raises
    ------
    NotEnoughData
        With fewer than 2 values a cell in the reference, or an empty current window.
    BadData
        If the reference has a single distinct value, which no cells can be made of.
    """
    if reference.size < 2 * cells or current.size == 0:
        raise NotEnoughData(
            f"{cells} cells need {2 * cells} values of the reference and 1 current one, got"
            f" {reference.size} and {current.size}"
        )
    edges = _edges(reference, cells)
    count = edges.size + 1
    cell0, cell1 = (np.searchsorted(edges, x, side="left") for x in (reference, current))
    p, q = _shares(cell0, count), _shares(cell1, count)
    value = float(np.sum((q - p) * np.log(q / p)))
    permuted = None
    if blocks is not None and labels is not None and blocks.are_enough:
        permuted = p_value(_permuted((cell0, cell1), blocks, labels, count))
    of = (None, None) if lots is None else lots
    worth = [
        _worth(cell, count, dependence, lot) for cell, lot in zip((cell0, cell1), of, strict=True)
    ]
    scale = sum(1.0 / w for w in worth if w is not None)
    if None in worth:
        return StabilityIndex(value, edges, None, None, permuted, None, None, None)
    df = count - 1
    return StabilityIndex(
        value=value, edges=edges, expected=scale * df, limit=scale * float(chdtri(df, 0.05)),
        p_value=permuted, chi_square_p=float(chdtrc(df, value / scale)),
        moderate_by_chance=float(chdtrc(df, MODERATE / scale)), effective=2.0 / scale,
    )  # fmt: skip


def _edges(reference: FloatArray, cells: int) -> FloatArray:
    """Inner edges: a value belongs to the cell whose upper edge it does not exceed."""
    inner = np.quantile(reference, np.arange(1, cells) / cells, method="inverted_cdf")
    edges = np.unique(inner)
    edges = edges[edges < reference.max()]
    if edges.size == 0 and reference.min() < reference.max():
        edges = np.array([(float(np.unique(reference)[-2]))])
    if edges.size == 0:
        raise BadData(
            f"all {reference.size} values of the reference are {reference[0]:g}; a stability index"
            " needs a reference with at least 2 distinct values"
        )
    return edges


def _shares(cell: IntArray, count: int) -> FloatArray:
    counts = np.bincount(cell, minlength=count) + 0.5
    found: FloatArray = counts / counts.sum()
    return found


def _permuted(
    cell: tuple[IntArray, IntArray], blocks: Blocks, labels: IntArray, count: int
) -> FloatArray:
    """Index of each labelling, the edges left where they are."""
    of = np.concatenate([blocks.of_reference, blocks.of_current])
    both = np.concatenate(cell)
    counts = np.bincount(of * count + both, minlength=labels.shape[1] * count)
    counts = counts.reshape(-1, count).astype(np.float64)
    current = labels.astype(np.float64) @ counts + 0.5
    reference = counts.sum(axis=0) + 1.0 - current
    q = current / current.sum(axis=1, keepdims=True)
    p = reference / reference.sum(axis=1, keepdims=True)
    found: FloatArray = np.sum((q - p) * np.log(q / p), axis=1)
    return found


def _worth(
    cell: IntArray, count: int, dependence: Dependence, lot: IntArray | None
) -> float | None:
    """Independent values by the mean design effect of the cells, weighted as Rao and Scott do."""
    n, total, weight = cell.size, 0.0, 0.0
    for one in range(count):
        inside = (cell == one).astype(np.float64)
        share = float(inside.mean())
        if not 0.0 < share < 1.0:
            continue
        found = window_mean(inside, dependence, lot)
        if found.error is None:
            return None
        total += (1.0 - share) * found.error**2 * n / (share * (1.0 - share))
        weight += 1.0 - share
    return None if weight == 0 else min(float(n), n * weight / max(total, 1e-12))
