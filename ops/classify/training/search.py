"""Search for better settings on the first honest split, within a budget of seconds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ops.classify.document import DatasetDocument
from ops.classify.evaluation.default_split import default_splits, random_splits
from ops.classify.models.candidate import draw_candidates
from ops.classify.models.fit import fit_classifier
from ops.classify.models.search import SearchResult, successive_halving
from ops.classify.models.settings import ModelSettings
from ops.classify.training.folds import FoldMatrices, fold_matrices
from ops.classify.training.plan import TrainingPlan
from ops.classify.training.rows import LabelledRows
from ops.values import FloatArray, IntArray

PER_KIND = 12  # settings drawn of each kind
_LEAST = 1e-15


@dataclass(frozen=True, slots=True)
class Searched:
    """Plan with the winner among its candidates, and how it was found."""

    plan: TrainingPlan
    found: SearchResult


def searched(
    rows: LabelledRows,
    document: DatasetDocument,
    plan: TrainingPlan,
    kinds: Sequence[str],
    *,
    clock: Callable[[], float],
    budget_s: float,
    tell: Callable[[float, str], object],
) -> Searched:
    """Add the best settings that successive halving finds to the candidates of a plan.

    It is scored on a split *within* the training rows of the first outer split, so that no row on
    which candidates are compared afterwards has chosen among settings. Rows shares are prefixes of
    the training rows: in time order, the latest ones before the test rows.
    """
    make = default_splits if plan.splits == "default" else random_splits
    outer = make(rows.table, document, plan.folds, plan.seed)
    fold = fold_matrices(rows, plan.spec, document, outer.splits)[0]
    drawn = draw_candidates(kinds, PER_KIND * len(kinds), seed=plan.seed)
    found = successive_halving(
        drawn,
        _scoring(rows, fold, plan),
        clock=clock,
        budget_s=budget_s,
        progress=lambda share, said: (tell(share, said), None)[1],
    )
    best = found.candidates[found.best]
    known = best in plan.candidates
    candidates = plan.candidates if known else (*plan.candidates, best)
    return Searched(replace(plan, candidates=candidates), found)


def _scoring(
    rows: LabelledRows, fold: FoldMatrices, plan: TrainingPlan
) -> Callable[[ModelSettings, float], float]:
    inner = fold.inner or ((np.arange(fold.train.size), np.arange(fold.train.size)),)
    train, test = inner[-1]
    y = rows.y[fold.train]

    def score(settings: ModelSettings, share: float) -> float:
        some = _latest(train, y, share, len(rows.classes))
        model = fit_classifier(fold.x_train[some], y[some], rows.classes, settings, seed=plan.seed)
        return _log_loss(model.probability(fold.x_train[test]), y[test])

    return score


def _latest(train: IntArray, y: IntArray, share: float, classes: int) -> IntArray:
    """Latest rows of a share, with earlier ones of each class that would be lacking."""
    count = max(1, round(share * train.size))
    some = train[-count:]
    for absent in set(range(classes)) - set(y[some].tolist()):
        some = np.append(train[y[train] == absent][-1:], some)
    return some


def _log_loss(probability: FloatArray, y: IntArray) -> float:
    told = probability[np.arange(y.size), y]
    return float(-np.mean(np.log(np.maximum(told, _LEAST))))
