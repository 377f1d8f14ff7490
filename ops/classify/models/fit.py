"""One door to every fit: checks, class weights, one thread, no output and no warning."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ops.classify.models.booster import fit_ebm, fit_lightgbm, fit_xgboost
from ops.classify.models.boosting import fit_boosting, fit_number_boosting, fit_quantile_boosting
from ops.classify.models.fitted import FittedClassifier, FittedNumber
from ops.classify.models.linear import fit_elastic_net, fit_ridge
from ops.classify.models.logistic import fit_logistic
from ops.classify.models.network import fit_mlp
from ops.classify.models.ridge_link import fit_ridge_link
from ops.classify.models.settings import ModelSettings, NumberSettings
from ops.classify.models.thread import one_thread
from ops.classify.models.training import training
from ops.classify.models.trees import fit_forest, fit_tree
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray, IntArray

_CLASSIFIERS: dict[str, Any] = {
    "logistic": fit_logistic,
    "ridge-link": fit_ridge_link,
    "decision-tree": fit_tree,
    "random-forest": fit_forest,
    "extra-trees": fit_forest,
    "gradient-boosting": fit_boosting,
    "mlp": fit_mlp,
    "lightgbm": fit_lightgbm,
    "xgboost": fit_xgboost,
    "ebm": fit_ebm,
}
_NUMBERS: dict[str, Any] = {
    "ridge": fit_ridge,
    "elastic-net": fit_elastic_net,
    "gradient-boosting": fit_number_boosting,
    "quantile-boosting": fit_quantile_boosting,
}


def fit_classifier(
    x: FloatArray,
    y: IntArray,
    classes: tuple[str, ...],
    settings: ModelSettings,
    *,
    seed: int,
    weights: FloatArray | None = None,
    names: Sequence[str] | None = None,
) -> FittedClassifier:
    """Fit a classifier.

    Parameters
    ----------
    x : shape (n, k)
        Features, standardised, finite.
    y : shape (n,)
        Index into `classes`; each class needs a row.
    seed
        The same seed gives the same model on the same machine and libraries.
    weights : shape (n,)
        Weight of each row, above 0 for some row of each class; one each by default.
    names
        Names of the features, for messages.

    Raises
    ------
    NotEnoughData
        If there is no row, one class only, or a class without a row.
    BadData
        If a value is not finite, a weight is negative, or (logistic, `if_separated` "refuse") a
        combination of columns separates the classes.
    NotReady
        If the kind needs the extra [boost] and it is not installed.
    """
    if len(classes) < 2:
        raise NotEnoughData(f"a classifier needs 2 classes, got {', '.join(classes) or 'none'}")
    rows = training(x, y, classes, seed=seed, weights=weights, names=names)
    rows = rows.balanced() if settings.class_weights == "balanced" else rows
    with one_thread():
        estimator, notes = _CLASSIFIERS[settings.kind](rows, settings)
    return FittedClassifier(estimator, tuple(classes), settings, rows.x.shape[1], tuple(notes))


def fit_number(
    x: FloatArray,
    y: FloatArray,
    settings: NumberSettings,
    *,
    seed: int,
    weights: FloatArray | None = None,
) -> FittedNumber:
    """Fit a regression: the mean of `y`, or several of its quantiles.

    Parameters
    ----------
    x : shape (n, k)
        Features, standardised, finite.
    y : shape (n,)
        Label in its unit, finite.
    weights : shape (n,)
        Weight of each row, 0 or more; one each by default.

    Raises
    ------
    NotEnoughData
        If there are fewer than two rows.
    BadData
        If a value is not finite or a weight is negative.
    """
    if len(y) < 2:
        raise NotEnoughData(f"a regression needs 2 rows, got {len(y)}")
    if not np.isfinite(y).all():
        raise BadData("the label must be finite in each row; leave the rows without one out")
    rows = training(x, np.zeros(len(y), dtype=np.int64), ("all",), seed=seed, weights=weights)
    with one_thread():
        estimators, notes = _NUMBERS[settings.kind](rows, np.asarray(y, dtype=np.float64), settings)
    return FittedNumber(tuple(estimators), settings, rows.x.shape[1], tuple(notes))
