"""Train a classifier: candidates on honest splits, the lead judged, the last fit on all rows."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ops.classify.classifier import Classifier
from ops.classify.document import DatasetDocument
from ops.classify.evaluation.default_split import default_splits, random_splits
from ops.classify.evaluation.splits import SplitPlan
from ops.classify.models.fitted import FittedClassifier
from ops.classify.profile import profile_of
from ops.classify.seen import Seen, fit_seen, with_history
from ops.classify.training.candidate import (
    Candidate,
    Lead,
    fitted,
    lead,
    out_of_fold_as_served,
    out_of_fold_by,
)
from ops.classify.training.folds import FoldMatrices, fold_matrices, inner_splits
from ops.classify.training.judged import Judged, judged
from ops.classify.training.plan import TrainingPlan
from ops.classify.training.rows import LabelledRows
from ops.values import FloatArray, IntArray

PARITY_ROWS = 4096
Telling = Callable[[float, str], object]


@dataclass(frozen=True, slots=True)
class Training:
    """A trained classifier and all that is known of it.

    Parameters
    ----------
    splits, random
        How rows were split, and at random beside it; None: they are split at random anyway.
    folds
        Matrices of each split.
    candidates, beside
        Each candidate on the splits, and on the random ones.
    groups : shape (m,)
        Group of each tested row; None: rows have none.
    classifier, model, x
        Fitted on all labelled rows; their features, shape (n, k).
    """

    rows: LabelledRows
    splits: SplitPlan
    random: SplitPlan | None
    folds: tuple[FoldMatrices, ...]
    candidates: tuple[Candidate, ...]
    beside: tuple[Candidate, ...]
    groups: IntArray | None
    lead: Lead
    judged: Judged
    classifier: Classifier
    features: Seen
    model: FittedClassifier
    x: FloatArray

    @property
    def kept(self) -> Candidate:
        """Candidate that was kept."""
        return self.candidates[self.lead.at]


def train(
    rows: LabelledRows, document: DatasetDocument, plan: TrainingPlan, tell: Telling
) -> Training:
    """Try the candidates, keep one, judge it, fit it on all rows.

    Raises
    ------
    NotEnoughData
        If no split has every class among its training rows.
    """
    splits = _splits(rows, document, plan)
    folds = fold_matrices(rows, plan.spec, document, splits.splits)
    groups = _groups(rows, document)
    tell(0.1, f"{rows.y.size} rows, {len(folds)} splits")
    candidates = _tried(rows, folds, plan, tell, 0.1, 0.5)
    tested = None if groups is None else groups[candidates[0].found.rows]
    first = lead(candidates, plan, positive=rows.positive, groups=tested)
    random, beside = _beside(rows, document, plan, splits, tell)
    kept = candidates[first.at]
    features, model, x = _last(rows, document, plan, kept)
    answers = judged(
        kept.found,
        plan,
        positive=rows.positive,
        classes=len(rows.classes),
        groups=tested,
        served=out_of_fold_as_served(rows, folds, kept, model.settings, plan),
    )
    tell(0.8, "calibrated and scored")
    return Training(
        rows=rows,
        splits=splits,
        random=random,
        folds=folds,
        candidates=candidates,
        beside=beside,
        groups=tested,
        lead=first,
        judged=answers,
        classifier=_classifier(rows, features, model, x, answers),
        features=features,
        model=model,
        x=x,
    )


def _splits(rows: LabelledRows, document: DatasetDocument, plan: TrainingPlan) -> SplitPlan:
    make = default_splits if plan.splits == "default" else random_splits
    return make(rows.table, document, plan.folds, plan.seed)


def _groups(rows: LabelledRows, document: DatasetDocument) -> IntArray | None:
    name = document.one("group")
    if name is None:
        return None
    if name in rows.table.categories:
        return rows.table.category(name).codes
    return np.unique(rows.table.number(name), return_inverse=True)[1].astype(np.int64)


def _tried(
    rows: LabelledRows,
    folds: tuple[FoldMatrices, ...],
    plan: TrainingPlan,
    tell: Telling,
    start: float,
    end: float,
) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    for i, settings in enumerate(plan.candidates):
        found.append(out_of_fold_by(rows, folds, settings, plan))
        done = start + (end - start) * (i + 1) / len(plan.candidates)
        tell(done, f"tried {settings.kind}, {i + 1} of {len(plan.candidates)}")
    return tuple(found)


def _beside(
    rows: LabelledRows,
    document: DatasetDocument,
    plan: TrainingPlan,
    splits: SplitPlan,
    tell: Telling,
) -> tuple[SplitPlan | None, tuple[Candidate, ...]]:
    """Random splits beside the honest ones: what they would have promised."""
    if splits.kind == "stratified":
        return None, ()
    random = random_splits(rows.table, document, plan.folds, plan.seed)
    folds = fold_matrices(rows, plan.spec, document, random.splits)
    return random, _tried(rows, folds, plan, tell, 0.5, 0.75)


def _last(
    rows: LabelledRows, document: DatasetDocument, plan: TrainingPlan, kept: Candidate
) -> tuple[Seen, FittedClassifier, FloatArray]:
    table = with_history(rows.table, plan.spec, document)
    known = np.flatnonzero(rows.y >= 0)
    features = fit_seen(table, plan.spec, document, rows=known)
    x = features.matrix(table)[known]
    inner = inner_splits(rows, document, known)
    model, _ = fitted(x, rows.y[known], rows, kept.settings, plan, features.names, inner)
    return features, model, x


def _classifier(
    rows: LabelledRows,
    features: Seen,
    model: FittedClassifier,
    x: FloatArray,
    answers: Judged,
) -> Classifier:
    """Classifier as served, on its fast path where that says the same of the training rows."""
    return Classifier(
        features=features,
        model=model,
        classes=rows.classes,
        profile=profile_of(x),
        positive=None if rows.positive is None else rows.classes[rows.positive],
        decision=answers.decision,
        calibration=answers.calibration,
        conformal=answers.conformal,
        notes=model.notes,
    ).with_fast_path(x[:PARITY_ROWS])
