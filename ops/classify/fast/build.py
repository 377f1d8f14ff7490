"""The fast path of a fitted estimator, and the proof that it gives the same answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ops.classify.fast.additive import additive_scorer, additive_scorer_from
from ops.classify.fast.booster_trees import lightgbm_trees, xgboost_trees
from ops.classify.fast.linear import LinearScorer, linear_scorer
from ops.classify.fast.network import network_scorer, network_scorer_from, scaled_network_scorer
from ops.classify.fast.scorer import Scorer
from ops.classify.fast.sklearn_trees import boosted, grown
from ops.classify.fast.trees import tree_scorer_from
from ops.classify.model import ProbabilityModel
from ops.values import FloatArray

TOLERANCE = 1e-9  # of a probability
SINGLE_TOLERANCE = 1e-6  # where the library itself counts in float32
_SINGLE = frozenset({"XGBClassifier"})
_BUILDERS: dict[str, Callable[[Any], Scorer]] = {
    "LogisticRegression": linear_scorer,
    "DecisionTreeClassifier": grown,
    "RandomForestClassifier": grown,
    "ExtraTreesClassifier": grown,
    "HistGradientBoostingClassifier": boosted,
    "MLPClassifier": network_scorer,
    "Pipeline": scaled_network_scorer,
    "LGBMClassifier": lightgbm_trees,
    "XGBClassifier": xgboost_trees,
    "ExplainableBoostingClassifier": additive_scorer,
}


@dataclass(frozen=True, slots=True)
class Parity:
    """Whether there is a fast path, and how far its probabilities are from the estimator's.

    Parameters
    ----------
    scorer
        None: there is none, or it is not used.
    difference
        Largest difference of a probability on the sample; None without a scorer to compare.
    note
        Which path answers, in words.
    """

    scorer: Scorer | None
    difference: float | None
    note: str


def fast_path(model: ProbabilityModel, estimator: Any, x: FloatArray) -> Parity:
    """Fast path of a fitted model, if it agrees with the model on a sample.

    Parameters
    ----------
    x : shape (n, k)
        Standardised features of training rows.
    """
    name = type(estimator).__name__
    build = _BUILDERS.get(name)
    if build is None:
        return Parity(None, None, f"answers come from {name} itself: it has no fast path")
    try:
        scorer = build(estimator)
    except (ValueError, KeyError, AttributeError) as error:
        return Parity(None, None, f"answers come from {name} itself: {error}")
    truth = model.probability(x)
    difference = _difference(scorer, truth, x)
    allowed = SINGLE_TOLERANCE if name in _SINGLE else TOLERANCE
    if not difference <= allowed:
        told = f"its fast path differs by {difference:.1e}, allowed are {allowed:.0e}"
        return Parity(None, difference, f"answers come from {name} itself: {told}")
    told = f"on {x.shape[0]} training rows within {difference:.1e} of {name}"
    return Parity(scorer, difference, f"fast path ({scorer.kind}), {told}")


def _difference(scorer: Scorer, truth: FloatArray, x: FloatArray) -> float:
    found = scorer.probability(x)
    if found.shape != truth.shape:
        return float("inf")
    apart = float(np.abs(found - truth).max(initial=0.0))
    singly = [np.abs(scorer.one(row) - p).max() for row, p in zip(x[:20], truth, strict=False)]
    return max(apart, float(np.max(singly, initial=0.0)))


def scorer_from(kind: str, arrays: Mapping[str, NDArray[Any]]) -> Scorer:
    """Scorer of a kind, from what its `arrays` gave.

    Raises
    ------
    ValueError
        If the kind is unknown, or the arrays do not fit each other.
    """
    if kind == "linear":
        return LinearScorer(arrays["weight"], arrays["offset"])
    if kind == "trees":
        return tree_scorer_from(arrays)
    if kind == "network":
        return network_scorer_from(arrays)
    if kind == "additive":
        return additive_scorer_from(arrays)
    raise ValueError(f"there is no fast path of the kind {kind!r}")
