"""Trees of scikit-learn laid flat: decision tree, forests, histogram gradient boosting."""
# pyright: reportPrivateUsage=false

from typing import Any

import numpy as np

from ops.classify.fast.forest import LEAF, Nodes, forest_of
from ops.classify.fast.trees import TreeScorer
from ops.values import FloatArray


def grown(estimator: Any) -> TreeScorer:
    """Scorer of a fitted decision tree, random forest or extra trees."""
    single = [estimator] if hasattr(estimator, "tree_") else estimator.estimators_
    nodes = [_nodes(one.tree_) for one in single]
    forest = forest_of(nodes, [-1] * len(nodes))
    return TreeScorer(forest, np.zeros(forest.outputs), averaged=True, single=True)


def _nodes(tree: Any) -> Nodes:
    leaf = tree.children_left == LEAF
    share = tree.value[:, 0, :]
    whole = share.sum(axis=1, keepdims=True)
    return Nodes(
        np.where(leaf, LEAF, tree.feature).astype(np.int64),
        np.asarray(tree.threshold),
        np.asarray(tree.children_left),
        np.asarray(tree.children_right),
        np.asarray(tree.missing_go_to_left).astype(np.bool_),
        share / np.where(whole == 0, 1.0, whole),
    )


def boosted(estimator: Any) -> TreeScorer:
    """Scorer of a fitted HistGradientBoostingClassifier.

    Raises
    ------
    ValueError
        If it splits by categories: our features are numbers.
    """
    grown = boosted_nodes(estimator)
    base: FloatArray = np.asarray(estimator._baseline_prediction, dtype=np.float64).ravel()  # noqa: SLF001
    forest = forest_of([nodes for nodes, _ in grown], [output for _, output in grown])
    return TreeScorer(forest, base, averaged=False, single=False)


def boosted_nodes(estimator: Any) -> list[tuple[Nodes, int]]:
    """Trees of histogram gradient boosting, in order, and the output that each adds to.

    Raises
    ------
    ValueError
        If one splits by categories: our features are numbers.
    """
    return [
        (_of_records(predictor.nodes), column)
        for stage in estimator._predictors  # noqa: SLF001  (no public way to the trees)
        for column, predictor in enumerate(stage)
    ]


def _of_records(nodes: Any) -> Nodes:
    if nodes["is_categorical"].any():
        raise ValueError("a tree splits by categories")
    leaf = nodes["is_leaf"].astype(np.bool_)
    return Nodes(
        np.where(leaf, LEAF, nodes["feature_idx"]).astype(np.int64),
        nodes["num_threshold"].astype(np.float64),
        nodes["left"].astype(np.int64),
        nodes["right"].astype(np.int64),
        nodes["missing_go_to_left"].astype(np.bool_),
        nodes["value"].astype(np.float64)[:, None],
    )
