"""Measures of rankings: what is found, how much of the catalogue is shown, how unlike it is."""

from collections.abc import Collection, Sequence

import numpy as np

from ops.values import FloatArray


def recall_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float | None:
    """Share of the relevant items that stand among the first `k`; None without relevant ones.

    Examples
    --------
    >>> recall_at(["a", "b", "c"], {"a", "c"}, 2)
    0.5
    """
    if not relevant:
        return None
    return len(set(ranked[:k]) & set(relevant)) / len(set(relevant))


def ndcg_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float | None:
    """Discounted gain of the first `k` over the best possible one, relevance 0 or 1.

    References
    ----------
    Jarvelin and Kekalainen (2002), ACM TOIS 20(4), 422-446: discount 1 / log2(1 + rank).
    """
    if not relevant:
        return None
    discount = 1.0 / np.log2(np.arange(2, k + 2))
    gain = sum(discount[i] for i, item in enumerate(ranked[:k]) if item in relevant)
    return float(gain / discount[: len(set(relevant))].sum())


def exposure(lists: Sequence[Sequence[str]], catalogue: Collection[str], k: int) -> FloatArray:
    """How often each item of the catalogue stands among the first `k`, in the order of names."""
    at = {item: i for i, item in enumerate(sorted(catalogue))}
    shown = [at[item] for ranked in lists for item in ranked[:k] if item in at]
    return np.bincount(np.array(shown, dtype=np.int64), minlength=len(at)).astype(np.float64)


def coverage(shown: FloatArray) -> float | None:
    """Share of the catalogue that was shown at all; None for an empty one.

    Parameters
    ----------
    shown : shape (a,)
        Exposure of each item.
    """
    return float(np.mean(shown > 0)) if shown.size else None


def gini(shown: FloatArray) -> float | None:
    """Gini index of exposure: 0 if all items are shown alike, (a - 1) / a if one has it all.

    References
    ----------
    Fleder and Hosanagar (2009), Management Science 55(5), 697-712; the index is
    ``sum_i (2 i - a - 1) x_(i) / (a sum x)`` with x sorted from the smallest.

    Examples
    --------
    >>> gini(np.array([0.0, 0.0, 0.0, 4.0]))
    0.75
    """
    total = float(shown.sum())
    if not shown.size or total <= 0:
        return None
    a = shown.size
    i = np.arange(1, a + 1)
    return float(np.sum((2 * i - a - 1) * np.sort(shown)) / (a * total))


def diversity_at(ranked: Sequence[int], similar: FloatArray, k: int) -> float | None:
    """Intra-list diversity: mean of 1 - similarity over the pairs of the first `k`.

    None for fewer than two items.

    References
    ----------
    Ziegler et al. (2005), WWW, 22-32 (its complement is intra-list similarity).
    """
    first = np.array(ranked[:k], dtype=np.int64)
    if first.size < 2:
        return None
    pairs = similar[np.ix_(first, first)][np.triu_indices(first.size, 1)]
    return float(np.mean(1.0 - pairs))
