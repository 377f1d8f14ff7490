"""How well found segments agree with those that people marked: covering and F1.

Both are those of the Turing change point dataset: a change counts as found within 5 values, index 0
is a change of everybody, precision is against the union of all annotators, recall and covering are
averages over them.

References
----------
van den Burg and Williams (2020), arXiv:2003.06222, section 3 (equations 6 to 8);
Arbelaez et al. (2011), IEEE Trans. Pattern Analysis and Machine Intelligence 33, 898-916.
"""

from collections.abc import Collection, Mapping
from itertools import pairwise

import numpy as np

from ops.errors import BadData
from ops.values import IntArray

MARGIN = 5


def f1_score(
    annotations: Mapping[str, Collection[int]], found: Collection[int], *, margin: int = MARGIN
) -> float:
    """Harmonic mean of precision and recall of the changes found.

    Parameters
    ----------
    annotations
        Changes that each annotator marked: index of the first value after each.
    found
        Changes that were found.

    Raises
    ------
    BadData
        Without annotators.

    Examples
    --------
    >>> round(f1_score({"6": [], "7": [28], "8": [], "12": [28], "13": [28]}, []), 7)
    0.8235294
    """
    marked = _marked(annotations)
    ours = {0, *(int(i) for i in found)}
    precision = len(_hits(set[int]().union(*marked), ours, margin)) / len(ours)
    recall = float(np.mean([len(_hits(one, ours, margin)) / len(one) for one in marked]))
    return 2.0 * precision * recall / (precision + recall)


def covering(annotations: Mapping[str, Collection[int]], found: Collection[int], n: int) -> float:
    """Share of the values in the best overlap of each marked segment with a found one, averaged.

    Parameters
    ----------
    annotations, found
        As for `f1_score`.
    n
        Values of the series.
    """
    ours = _bounds({0, *(int(i) for i in found)}, n)
    return float(np.mean([_covered(_bounds(one, n), ours) for one in _marked(annotations)]))


def _marked(annotations: Mapping[str, Collection[int]]) -> list[set[int]]:
    if not annotations:
        raise BadData("annotations is empty; a score needs one annotator at least")
    return [{0, *(int(i) for i in one)} for one in annotations.values()]


def _hits(marked: set[int], found: set[int], margin: int) -> set[int]:
    """Pick marked changes that have a found one of their own within the margin, nearest first."""
    left = set(found)
    hit: set[int] = set()
    for at in sorted(marked):
        near = sorted((abs(at - i), i) for i in left if abs(at - i) <= margin)
        if near:
            hit.add(at)
            left.remove(near[0][1])
    return hit


def _bounds(starts: set[int], n: int) -> IntArray:
    return np.array([*sorted(starts), n], dtype=np.int64)


def _covered(marked: IntArray, found: IntArray) -> float:
    """Size-weighted mean of the best Jaccard index of each marked segment."""
    total = 0.0
    for begin, end in pairwise(marked):
        shared = np.minimum(end, found[1:]) - np.maximum(begin, found[:-1])
        joined = np.maximum(end, found[1:]) - np.minimum(begin, found[:-1])
        total += (end - begin) * float(np.max(np.maximum(shared, 0) / joined))
    return total / float(marked[-1])
