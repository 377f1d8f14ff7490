"""Matrices of each split, made once for all candidates: features learn from training rows only."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ops.classify.document import DatasetDocument
from ops.classify.evaluation.default_split import default_splits
from ops.classify.evaluation.splits import Split
from ops.classify.seen import Seen, SeenSpec, fit_seen, with_history
from ops.classify.training.rows import LabelledRows
from ops.errors import NotEnoughData
from ops.values import FloatArray, IntArray

Inner = tuple[tuple[IntArray, IntArray], ...]
INNER_FOLDS = 4


@dataclass(frozen=True, slots=True)
class FoldMatrices:
    """One split: features fitted on its training rows, and the matrices of both sides.

    Parameters
    ----------
    train, test
        Row numbers, with known labels.
    x_train, x_test : shape (rows, k)
    inner
        Splits of the training rows (places in `train`) that choose the strength of a penalty.
    """

    features: Seen
    train: IntArray
    test: IntArray
    x_train: FloatArray
    x_test: FloatArray
    inner: Inner


def fold_matrices(
    rows: LabelledRows, spec: SeenSpec, document: DatasetDocument, splits: Sequence[Split]
) -> tuple[FoldMatrices, ...]:
    """Fit the features of each split on its training rows, and apply them to both sides.

    Columns of earlier rows (lags, rolling statistics) are made once of the whole table: they look
    back only, so that no training row sees a test row of a later time. A split whose training rows
    lack a class is left out, since no model of it can name that class.

    Raises
    ------
    NotEnoughData
        If no split is left.
    """
    table = with_history(rows.table, spec, document)
    found: list[FoldMatrices] = []
    for split in splits:
        train, test = (side[rows.y[side] >= 0] for side in (split.train, split.test))
        if not test.size or np.unique(rows.y[train]).size < len(rows.classes):
            continue
        features = fit_seen(table, spec, document, rows=train)
        x = features.matrix(table)
        inner = inner_splits(rows, document, train)
        found.append(FoldMatrices(features, train, test, x[train], x[test], inner))
    if not found and all(not np.any(rows.y[split.train] >= 0) for split in splits):
        raise NotEnoughData(
            f"none of {len(splits)} splits has a row to learn from: no label was known before the"
            " tested rows began; look at the column of the role known_time, or leave the role out"
        )
    if not found:
        raise NotEnoughData(
            f"none of {len(splits)} splits has every class among its training rows; wait for more"
            " rows of the rarest class, or use fewer folds"
        )
    return tuple(found)


def inner_splits(rows: LabelledRows, document: DatasetDocument, train: IntArray) -> Inner:
    """Split training rows as honestly as all rows are: by time, by group, else at random.

    Splits without every class on the training side are left out.
    """
    y = rows.y[train]
    try:
        plan = default_splits(rows.table.take(train), document, INNER_FOLDS)
    except NotEnoughData:
        return ()
    classes = len(rows.classes)
    return tuple(
        (s.train, s.test)
        for s in plan.splits
        if s.test.size and np.unique(y[s.train]).size == classes
    )
