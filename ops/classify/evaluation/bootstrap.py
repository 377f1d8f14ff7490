"""Weightings of rows as if they, or whole groups of them, had been drawn anew."""

from collections.abc import Iterator

import numpy as np

from ops.classify.evaluation.clusters import cluster_codes
from ops.values import FloatArray, IntArray

ENOUGH = 0.5  # share of the draws that must have a value for their quantiles to be told


def weightings(
    rows: int, groups: IntArray | None, *, draws: int, seed: int
) -> Iterator[FloatArray]:
    """How often each row is drawn, shape (rows,), `draws` times.

    Parameters
    ----------
    groups : shape (rows,)
        Whole groups are drawn, so that rows which resemble each other count as one; None: rows.
        -1: a group of its own.
    """
    rng = np.random.default_rng(seed)
    code = None if groups is None else cluster_codes(groups)
    count = rows if code is None else int(code.max(initial=-1)) + 1
    for _ in range(draws):
        drawn = np.bincount(rng.integers(count, size=count), minlength=count).astype(np.float64)
        yield drawn if code is None else drawn[code]


def percentile_interval(values: FloatArray, confidence: float) -> tuple[float, float] | None:
    """Quantiles of the draws that have a value (not NaN); None where fewer than half have."""
    known = values[np.isfinite(values)]
    if known.size < ENOUGH * values.size or known.size == 0:
        return None
    lower, upper = np.quantile(known, [0.5 - confidence / 2, 0.5 + confidence / 2])
    return float(lower), float(upper)
