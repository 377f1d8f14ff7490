"""The fast path of a fitted regression, and the proof that it gives the same numbers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ops.classify.fast.number_linear import LinearNumbers, linear_numbers
from ops.classify.fast.number_trees import TreeNumbers, boosted_numbers, tree_numbers_from
from ops.values import FloatArray

TOLERANCE = 1e-9  # of the largest number of the sample
_SINGLY = 20  # rows that are asked alone too
NumberScorer = LinearNumbers | TreeNumbers
_BUILDERS: dict[str, Callable[[Sequence[Any]], NumberScorer]] = {
    "Ridge": linear_numbers,
    "ElasticNet": linear_numbers,
    "HistGradientBoostingRegressor": boosted_numbers,
}


class NumbersModel(Protocol):
    """A fitted regression: a number, or quantiles of it."""

    @property
    def levels(self) -> tuple[float, ...]:
        """Probabilities of its quantiles; empty for a model of the mean."""
        ...

    def value(self, x: FloatArray) -> FloatArray:
        """Predicted number of each row, shape (n,)."""
        ...

    def quantiles(self, x: FloatArray) -> FloatArray:
        """Quantiles of each row, shape (n, levels)."""
        ...


@dataclass(frozen=True, slots=True)
class NumberParity:
    """Whether there is a fast path, and how far its numbers are from the estimator's.

    Parameters
    ----------
    scorer
        None: there is none, or it is not used.
    difference
        Largest difference on the sample, in the label's unit; None without one to compare.
    note
        Which path answers, in words.
    """

    scorer: NumberScorer | None
    difference: float | None
    note: str


def asked(model: NumbersModel, x: FloatArray) -> FloatArray:
    """Numbers of a model itself, shape (n, 1), or its quantiles, (n, levels)."""
    return model.quantiles(x) if model.levels else model.value(x)[:, None]


def number_path(model: NumbersModel, x: FloatArray) -> NumberParity:
    """Fast path of a fitted regression, if it agrees with the model on a sample.

    Parameters
    ----------
    x : shape (n, k)
        Standardised features of training rows.
    """
    estimators: Sequence[Any] = getattr(model, "estimators", ())
    name = type(estimators[0]).__name__ if estimators else type(model).__name__
    build = _BUILDERS.get(name)
    if build is None:
        return NumberParity(None, None, f"answers come from {name} itself: it has no fast path")
    try:
        scorer = build(estimators)
    except (ValueError, KeyError, AttributeError) as error:
        return NumberParity(None, None, f"answers come from {name} itself: {error}")
    truth = asked(model, x)
    difference = _difference(scorer, truth, x)
    allowed = TOLERANCE * float(np.abs(truth).max(initial=0.0))
    if not difference <= allowed:
        told = f"its fast path differs by {difference:.1e}, allowed are {allowed:.0e}"
        return NumberParity(None, difference, f"answers come from {name} itself: {told}")
    told = f"on {x.shape[0]} training rows within {difference:.1e} of {name}"
    return NumberParity(scorer, difference, f"fast path ({scorer.kind}), {told}")


def _difference(scorer: NumberScorer, truth: FloatArray, x: FloatArray) -> float:
    found = scorer.numbers(x)
    if found.shape != truth.shape:
        return float("inf")
    apart = float(np.abs(found - truth).max(initial=0.0))
    singly = [
        np.abs(np.array(scorer.one(row)) - said).max()
        for row, said in zip(x[:_SINGLY], truth, strict=False)
    ]
    return max(apart, float(np.max(singly, initial=0.0)))


def number_scorer_from(kind: str, arrays: Mapping[str, NDArray[Any]]) -> NumberScorer:
    """Scorer of a kind, from what its `arrays` gave.

    Raises
    ------
    ValueError
        If the kind is unknown, or the arrays do not fit each other.
    """
    if kind == "linear":
        weight, offset = arrays["weight"], arrays["offset"]
        if weight.ndim != 1 or offset.shape != (1,):
            raise ValueError("coefficients of a number are one row and one offset")
        return LinearNumbers(weight, offset)
    if kind == "trees":
        return tree_numbers_from(arrays)
    raise ValueError(f"there is no fast path of the kind {kind!r}")
