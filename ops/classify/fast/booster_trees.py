"""Trees of LightGBM and XGBoost laid flat, from what they write of themselves."""

import json
from typing import Any

import numpy as np

from ops.classify.fast.forest import LEAF, Nodes, forest_of
from ops.classify.fast.trees import TreeScorer


def lightgbm_trees(estimator: Any) -> TreeScorer:
    """Scorer of a fitted LGBMClassifier.

    Raises
    ------
    ValueError
        If a split is by category.
    """
    dump = estimator.booster_.dump_model()
    outputs = int(dump["num_tree_per_iteration"])
    trees = [_of_nested(tree["tree_structure"]) for tree in dump["tree_info"]]
    output = [i % outputs for i in range(len(trees))]
    return TreeScorer(forest_of(trees, output), np.zeros(outputs), averaged=False, single=False)


def _of_nested(root: dict[str, Any]) -> Nodes:
    rows: list[tuple[int, float, int, int, bool, float]] = []
    waiting = [root]
    for node in waiting:  # grows while it is walked
        if "leaf_value" in node:
            rows.append((LEAF, 0.0, LEAF, LEAF, False, float(node["leaf_value"])))
            continue
        if node["decision_type"] != "<=":
            raise ValueError(f"a tree splits by {node['decision_type']}")
        at = len(waiting)
        waiting += [node["left_child"], node["right_child"]]
        threshold, missing = float(node["threshold"]), bool(node["default_left"])
        rows.append((int(node["split_feature"]), threshold, at, at + 1, missing, 0.0))
    part = [np.array(column) for column in zip(*rows, strict=True)]
    return Nodes(part[0], part[1], part[2], part[3], part[4], part[5][:, None])


def xgboost_trees(estimator: Any) -> TreeScorer:
    """Scorer of a fitted XGBClassifier.

    Its comparisons and sums are of float32: ours are of the same thresholds, summed as float64.
    """
    raw = json.loads(bytes(estimator.get_booster().save_raw("json")))["learner"]
    model = raw["gradient_booster"]["model"]
    trees = [_of_columns(tree) for tree in model["trees"]]
    output = [int(i) for i in model["tree_info"]]
    return TreeScorer(
        forest_of(trees, output), _base(raw["learner_model_param"]), averaged=False, single=True
    )


def _base(param: dict[str, str]) -> Any:
    share = np.array(json.loads(param["base_score"].strip("[]").join("[]")), dtype=np.float64)
    classes = max(1, int(param["num_class"]))
    if classes > 1:
        return np.broadcast_to(share, (classes,)).astype(np.float64)
    return np.log(share / (1 - share))


def _of_columns(tree: dict[str, Any]) -> Nodes:
    if any(tree["split_type"]):
        raise ValueError("a tree splits by categories")
    left = np.array(tree["left_children"], dtype=np.int64)
    condition = np.array(tree["split_conditions"], dtype=np.float32)
    leaf = left == LEAF
    # a value below goes left there, one up to it here
    below = np.nextafter(condition, np.float32(-np.inf)).astype(np.float64)
    return Nodes(
        np.where(leaf, LEAF, np.array(tree["split_indices"], dtype=np.int64)),
        below,
        left,
        np.array(tree["right_children"], dtype=np.int64),
        np.array(tree["default_left"], dtype=np.bool_),
        condition.astype(np.float64)[:, None],
    )
