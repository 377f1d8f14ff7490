"""Train a model of numbers: candidates on honest splits, one kept, judged, fitted on all rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ops.classify.document import DatasetDocument
from ops.classify.evaluation.default_split import default_splits, random_splits
from ops.classify.evaluation.importance import Importance, permutation_importance
from ops.classify.evaluation.oof import NumbersOutOfFold, numbers_out_of_fold
from ops.classify.evaluation.paired import Comparison
from ops.classify.evaluation.splits import Split, SplitPlan
from ops.classify.features.fit import fit_features, with_history
from ops.classify.features.fitted import FittedFeatures
from ops.classify.metrology.baseline import last_value, mean_so_far
from ops.classify.metrology.comparison import compare_numbers
from ops.classify.metrology.folds import inner_number_splits, number_folds, tuned_number
from ops.classify.metrology.judged import (
    JudgedNumbers,
    allowed_half_width,
    judged_numbers,
    reference_of,
)
from ops.classify.metrology.plan import NumberPlan
from ops.classify.metrology.rows import MeasuredRows
from ops.classify.metrology.similarity import fit_similarity
from ops.classify.models.fit import fit_number
from ops.classify.models.fitted import FittedNumber
from ops.classify.models.settings import NumberSettings
from ops.classify.profile import profile_of
from ops.classify.regressor import Regressor
from ops.classify.training.folds import FoldMatrices
from ops.classify.training.train import PARITY_ROWS, Telling
from ops.values import FloatArray, IntArray

REPEATS = 5


@dataclass(frozen=True, slots=True)
class NumberCandidate:
    """One kind of model: its settings, and what it said out of fold."""

    settings: NumberSettings
    found: NumbersOutOfFold


@dataclass(frozen=True, slots=True)
class NumberTraining:
    """A trained model of numbers and all that is known of it.

    Parameters
    ----------
    candidates, beside
        Each candidate on the honest splits, and on random ones; () where they are random anyway.
    at, tests
        Which candidate is kept; the others, by number, held against it.
    mean, last
        Baselines on the same tested rows; `last` None without times.
    against
        The kept one against each baseline, by name.
    """

    rows: MeasuredRows
    splits: SplitPlan
    candidates: tuple[NumberCandidate, ...]
    beside: tuple[NumberCandidate, ...]
    at: int
    tests: dict[int, tuple[Comparison, ...]]
    mean: NumbersOutOfFold
    last: NumbersOutOfFold | None
    against: dict[str, tuple[Comparison, ...]]
    judged: JudgedNumbers
    regressor: Regressor
    features: FittedFeatures
    model: FittedNumber
    importance: tuple[Importance, ...]

    @property
    def kept(self) -> NumberCandidate:
        """Candidate that was kept."""
        return self.candidates[self.at]


def train_numbers(
    rows: MeasuredRows, document: DatasetDocument, plan: NumberPlan, tell: Telling
) -> NumberTraining:
    """Try the candidates, keep one, judge it, fit it on all measured rows.

    Raises
    ------
    NotEnoughData
        If no split has enough measured rows.
    """
    make = default_splits if plan.splits == "default" else random_splits
    splits = make(rows.table, document, plan.folds, plan.seed)
    folds = number_folds(rows, plan.spec, document, splits.splits)
    tell(0.1, f"{rows.measured.size} measured rows, {len(folds)} splits")
    candidates = candidates_on(rows, folds, plan, plan.candidates)
    tell(0.4, f"{len(candidates)} kinds tried")
    found = candidates[0].found
    groups = None if rows.groups is None else rows.groups[found.rows]
    at = _lead(candidates, plan, groups)
    kept = candidates[at]
    tests = {
        other: compare_numbers(one.found, kept.found, groups=groups, seed=plan.seed)
        for other, one in enumerate(candidates)
        if other != at
    }
    beside = _beside(rows, document, plan, splits)
    tell(0.6, "held against each other")
    judged = judged_numbers(kept.found, folds, rows.y, kept.settings, plan)
    mean, last = mean_so_far(kept.found, rows), last_value(kept.found, rows)
    bases = {"mean": mean} | ({} if last is None else {"last": last})
    against = {
        name: compare_numbers(judged.found, base, groups=groups, seed=plan.seed)
        for name, base in bases.items()
    }
    tell(0.8, "judged")
    features, model, regressor = _last(rows, document, plan, kept.settings, judged)
    return NumberTraining(
        rows, splits, candidates, beside, at, tests, mean, last, against, judged, regressor,
        features, model, _importance(rows, folds[-1], kept.settings, plan),
    )  # fmt: skip


def candidates_on(
    rows: MeasuredRows,
    folds: Sequence[FoldMatrices],
    plan: NumberPlan,
    candidates: Sequence[NumberSettings],
) -> tuple[NumberCandidate, ...]:
    """Fit settings on each fold, the strength of linear ones tuned if the plan says so."""
    splits = [Split(f.train, f.test, f"fold {i + 1} of {len(folds)}") for i, f in enumerate(folds)]
    return tuple(
        NumberCandidate(settings, _out_of_fold(rows, folds, splits, settings, plan))
        for settings in candidates
    )


def _out_of_fold(
    rows: MeasuredRows,
    folds: Sequence[FoldMatrices],
    splits: Sequence[Split],
    settings: NumberSettings,
    plan: NumberPlan,
) -> NumbersOutOfFold:
    of = {fold.test.tobytes(): fold for fold in folds}

    def fit_predict(train: IntArray, test: IntArray) -> FloatArray:
        fold, y = of[test.tobytes()], rows.y[train]
        own = tuned_number(fold.x_train, y, settings, plan, fold.inner)
        return fit_number(fold.x_train, y, own, seed=plan.seed).value(fold.x_test)

    return numbers_out_of_fold(rows.y, splits, fit_predict)


def _lead(candidates: Sequence[NumberCandidate], plan: NumberPlan, groups: IntArray | None) -> int:
    """Keep the first, unless another is better beyond chance and no test says the opposite."""
    at = 0
    for other in range(1, len(candidates)):
        tests = compare_numbers(
            candidates[other].found, candidates[at].found, groups=groups, seed=plan.seed
        )
        told = {t.score: t.verdict for t in tests}
        if told[plan.headline] == "better" and "worse" not in told.values():
            at = other
    return at


def _beside(
    rows: MeasuredRows, document: DatasetDocument, plan: NumberPlan, splits: SplitPlan
) -> tuple[NumberCandidate, ...]:
    if splits.kind == "stratified":
        return ()
    random = random_splits(rows.table, document, plan.folds, plan.seed)
    folds = number_folds(rows, plan.spec, document, random.splits)
    return candidates_on(rows, folds, plan, plan.candidates)


def _last(
    rows: MeasuredRows,
    document: DatasetDocument,
    plan: NumberPlan,
    settings: NumberSettings,
    judged: JudgedNumbers,
) -> tuple[FittedFeatures, FittedNumber, Regressor]:
    known = rows.measured
    table = with_history(rows.table, plan.spec, document)
    features = fit_features(table, plan.spec, document, rows=known)
    x, y = features.matrix(table)[known], rows.y[known]
    inner = inner_number_splits(rows, document, known)
    model = fit_number(x, y, tuned_number(x, y, settings, plan, inner), seed=plan.seed)
    regressor = Regressor(
        features=features,
        model=model,
        profile=profile_of(x),
        label=rows.label,
        unit=rows.unit,
        interval=judged.interval.margin,
        reference=fit_number(x, y, reference_of(settings), seed=plan.seed),
        spread=judged.spread,
        least=judged.threshold.least,
        similarity=fit_similarity(x),
        allowed=allowed_half_width(rows.y, plan),
        notes=model.notes,
    ).with_fast_path(x[:PARITY_ROWS])
    return features, model, regressor


def _importance(
    rows: MeasuredRows, fold: FoldMatrices, settings: NumberSettings, plan: NumberPlan
) -> tuple[Importance, ...]:
    """Increase of the mean squared error, on the last split's tested rows."""
    y = rows.y[fold.train]
    own = tuned_number(fold.x_train, y, settings, plan, fold.inner)
    model = fit_number(fold.x_train, y, own, seed=plan.seed)
    truth = rows.y[fold.test]

    def loss(x: FloatArray) -> float:
        return float(np.mean(np.square(model.value(x) - truth)))

    return permutation_importance(
        loss, fold.x_test, fold.features.columns, repeats=REPEATS, seed=plan.seed
    )
