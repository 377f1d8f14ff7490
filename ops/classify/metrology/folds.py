"""Matrices of each split of measured rows; settings whose strength the training rows choose."""

from collections.abc import Sequence

import numpy as np

from ops.classify.document import DatasetDocument
from ops.classify.evaluation.default_split import default_splits
from ops.classify.evaluation.splits import Split
from ops.classify.features.fit import fit_features, with_history
from ops.classify.metrology.plan import NumberPlan
from ops.classify.metrology.rows import MeasuredRows
from ops.classify.models.fit import fit_number
from ops.classify.models.settings import ElasticNetSettings, NumberSettings, RidgeSettings
from ops.classify.spec import FeatureSpec
from ops.classify.training.folds import INNER_FOLDS, FoldMatrices, Inner
from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray

FEWEST = 10  # training rows of a split
_RIDGE = np.geomspace(1e-3, 1e4, 8)
_NET = np.geomspace(1e-3, 0.3, 6)


def number_folds(
    rows: MeasuredRows, spec: FeatureSpec, document: DatasetDocument, splits: Sequence[Split]
) -> tuple[FoldMatrices, ...]:
    """Fit the features of each split on its measured training rows, apply them to both sides.

    Raises
    ------
    NotEnoughData
        If no split has enough rows to learn from.
    """
    table = with_history(rows.table, spec, document)
    found: list[FoldMatrices] = []
    for split in splits:
        train, test = (side[np.isfinite(rows.y[side])] for side in (split.train, split.test))
        if train.size < FEWEST or not test.size:
            continue
        features = fit_features(table, spec, document, rows=train)
        x = features.matrix(table)
        inner = inner_number_splits(rows, document, train)
        found.append(FoldMatrices(features, train, test, x[train], x[test], inner))
    if not found:
        raise NotEnoughData(
            f"none of {len(splits)} splits has {FEWEST} measured rows to learn from; measure more"
            " rows, or use fewer folds"
        )
    return tuple(found)


def inner_number_splits(rows: MeasuredRows, document: DatasetDocument, train: IntArray) -> Inner:
    """Split training rows as honestly as all rows are; () where they are too few."""
    try:
        plan = default_splits(rows.table.take(train), document, INNER_FOLDS)
    except NotEnoughData:
        return ()
    return tuple((s.train, s.test) for s in plan.splits if s.test.size and s.train.size >= FEWEST)


def tuned_number(
    x: FloatArray, y: FloatArray, settings: NumberSettings, plan: NumberPlan, inner: Inner
) -> NumberSettings:
    """Choose the strength of a linear model by the squared error over inner splits."""
    if not plan.tune or not inner or not isinstance(settings, RidgeSettings | ElasticNetSettings):
        return settings
    grid = _RIDGE if isinstance(settings, RidgeSettings) else _NET
    tried = [settings.model_copy(update={"strength": float(s)}) for s in grid]
    errors = [_error(x, y, one, plan.seed, inner) for one in tried]
    return tried[int(np.argmin(errors))]


def left_out_spread(
    x: FloatArray, y: FloatArray, settings: NumberSettings, plan: NumberPlan, inner: Inner
) -> float:
    """Root mean squared error over inner splits: what errors on rows not learned from are.

    Without inner splits, half the standard deviation of the label.
    """
    if not inner:
        return max(float(y.std()) / 2.0, 1e-12)
    return max(float(np.sqrt(_error(x, y, settings, plan.seed, inner))), 1e-12)


def _error(
    x: FloatArray, y: FloatArray, settings: NumberSettings, seed: int, inner: Inner
) -> float:
    total, count = 0.0, 0
    for train, test in inner:
        model = fit_number(x[train], y[train], settings, seed=seed)
        total += float(np.square(model.value(x[test]) - y[test]).sum())
        count += test.size
    return total / count
