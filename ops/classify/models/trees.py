"""Classification trees and forests of scikit-learn."""

from typing import Any

from ops.classify.models.settings import (
    DecisionTreeSettings,
    ExtraTreesSettings,
    RandomForestSettings,
)
from ops.classify.models.training import Training


def fit_tree(rows: Training, settings: DecisionTreeSettings) -> tuple[Any, tuple[str, ...]]:
    """One tree, Gini impurity."""
    from sklearn.tree import DecisionTreeClassifier  # noqa: PLC0415  (half a second)

    tree = DecisionTreeClassifier(
        max_depth=settings.max_depth,
        min_samples_leaf=settings.min_samples_leaf,
        ccp_alpha=settings.pruning,
        random_state=rows.seed,
    )
    return tree.fit(rows.x, rows.y, sample_weight=rows.weights), ()


def fit_forest(
    rows: Training, settings: RandomForestSettings | ExtraTreesSettings
) -> tuple[Any, tuple[str, ...]]:
    """Many trees, averaged: on resampled rows, or with random cut points."""
    from sklearn.ensemble import (  # noqa: PLC0415  (half a second)
        ExtraTreesClassifier,
        RandomForestClassifier,
    )

    form: Any = RandomForestClassifier if settings.kind == "random-forest" else ExtraTreesClassifier
    forest = form(
        n_estimators=settings.trees,
        max_depth=settings.max_depth,
        min_samples_leaf=settings.min_samples_leaf,
        max_features=settings.features_per_split,
        random_state=rows.seed,
    )
    return forest.fit(rows.x, rows.y, sample_weight=rows.weights), ()
