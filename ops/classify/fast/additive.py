"""An explainable boosting machine as its curves: a bin for each feature, a number for each bin."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ops.classify.fast.link import probabilities, probability
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class AdditiveScorer:
    """Probabilities of a sum of curves of one feature, and of surfaces of two.

    Parameters
    ----------
    term : shape (terms, 8)
        Feature, begin and end of its cuts; the same of a second feature (-1: none); first row of
        `value`; rows of it for each bin of the first feature.
    cuts : shape (cuts,)
        A value from a cut on is in the next bin.
    value : shape (bins, outputs)
        What each bin adds.
    base : shape (outputs,)
        Score before the first term.
    """

    term: NDArray[np.int32]
    cuts: FloatArray
    value: FloatArray
    base: FloatArray
    kind: str = "additive"

    @property
    def width(self) -> int:
        """Features that a row must have at least."""
        return int(self.term[:, [0, 3]].max()) + 1

    def probability(self, x: FloatArray) -> FloatArray:
        """Probability of each class, (n, k) to (n, classes)."""
        return probabilities(self._sum(x) + self.base)

    def one(self, x: FloatArray) -> FloatArray:
        """Probability of each class of one row, (k,) to (classes,)."""
        return probability(self._sum(x[None, :])[0] + self.base)

    def _sum(self, x: FloatArray) -> FloatArray:
        from ops.classify.fast.additive_sum import summed  # noqa: PLC0415  (numba loads slowly)

        return summed(np.ascontiguousarray(x), self.term, self.cuts, self.value)

    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """Return what it is made of, by name."""
        return {name: getattr(self, name) for name in ("term", "cuts", "value", "base")}


def additive_scorer(estimator: Any) -> AdditiveScorer:
    """Scorer of a fitted ExplainableBoostingClassifier.

    Raises
    ------
    ValueError
        If a feature is not continuous, or a term is of more than two.
    """
    terms: list[tuple[int, ...]] = []
    cuts: list[FloatArray] = []
    values: list[FloatArray] = []
    for features, scores in zip(estimator.term_features_, estimator.term_scores_, strict=True):
        if len(features) > 2:
            raise ValueError(f"a term of {len(features)} features")
        where: list[int] = []
        for feature in features:
            levels = estimator.bins_[feature]
            found = levels[min(len(levels), len(features)) - 1]
            if not isinstance(found, np.ndarray):
                raise ValueError("a feature is not continuous")
            begin = sum(len(c) for c in cuts)
            cuts.append(found)
            where += [int(feature), begin, begin + len(found)]
        where += [-1, 0, 0] if len(features) == 1 else []
        first = sum(len(v) for v in values)
        terms.append((*where, first, scores.shape[1] if len(features) == 2 else 1))
        outputs = np.size(estimator.intercept_)
        values.append(np.asarray(scores, dtype=np.float64).reshape(-1, outputs))
    return AdditiveScorer(
        np.array(terms, dtype=np.int32),
        np.concatenate(cuts).astype(np.float64),
        np.concatenate(values),
        np.asarray(estimator.intercept_, dtype=np.float64).ravel(),
    )


def additive_scorer_from(arrays: Mapping[str, NDArray[Any]]) -> AdditiveScorer:
    """Scorer of what `AdditiveScorer.arrays` gave.

    Raises
    ------
    ValueError
        If a term points outside of the arrays.
    """
    found = AdditiveScorer(arrays["term"], arrays["cuts"], arrays["value"], arrays["base"])
    feature, begin, end, second, begin2, end2, first, stride = found.term.astype(np.int64).T
    pair = second >= 0
    bins = np.where(pair, end2 - begin2 + 2, 1)
    last = first + np.where(pair, (end - begin + 1) * stride + bins - 1, end - begin + 1)
    sound = (
        bool((feature >= 0).all())
        and bool(((begin >= 0) & (begin <= end) & (end <= found.cuts.size)).all())
        and bool(((begin2 >= 0) & (begin2 <= end2) & (end2 <= found.cuts.size)).all())
        and bool(((first >= 0) & (stride >= bins) & (last < len(found.value))).all())
        and found.value.shape[1] == found.base.size
    )
    if not sound:
        raise ValueError("the terms point outside of their arrays")
    return found
