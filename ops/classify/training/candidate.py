"""Candidates on the same splits: what each says of rows that it has not seen, and who leads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ops.classify.evaluation.model_comparison import compare_models
from ops.classify.evaluation.oof import OutOfFold, out_of_fold
from ops.classify.evaluation.paired import Comparison
from ops.classify.evaluation.splits import Split
from ops.classify.models.fit import fit_classifier
from ops.classify.models.fitted import FittedClassifier
from ops.classify.models.settings import LogisticSettings, ModelSettings
from ops.classify.models.strength import choose_strength
from ops.classify.training.folds import FoldMatrices, Inner
from ops.classify.training.plan import TrainingPlan
from ops.classify.training.rows import LabelledRows
from ops.values import FloatArray, IntArray

FEWEST_INNER = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """One kind of model: its settings, and what it said out of fold."""

    settings: ModelSettings
    found: OutOfFold


@dataclass(frozen=True, slots=True)
class Lead:
    """The candidate that is kept, and each other one held against it.

    Parameters
    ----------
    at
        Its number among the candidates.
    tests
        For each other candidate, by number, the paired tests of it against the one that is kept.
    """

    at: int
    tests: dict[int, tuple[Comparison, ...]]


def fitted(
    x: FloatArray,
    y: IntArray,
    rows: LabelledRows,
    settings: ModelSettings,
    plan: TrainingPlan,
    names: Sequence[str],
    inner: Inner,
) -> tuple[FittedClassifier, ModelSettings]:
    """Fit one model; the strength of a penalised logistic regression is chosen before."""
    settings = tuned(x, y, rows.classes, settings, plan, inner)
    return fit_classifier(x, y, rows.classes, settings, seed=plan.seed, names=names), settings


def tuned(
    x: FloatArray,
    y: IntArray,
    classes: tuple[str, ...],
    settings: ModelSettings,
    plan: TrainingPlan,
    inner: Inner,
) -> ModelSettings:
    """Choose the strength of a penalty over inner splits of the rows; other settings stay."""
    if not isinstance(settings, LogisticSettings) or settings.penalty == "none" or not plan.tune:
        return settings
    if len(inner) < FEWEST_INNER:
        return settings
    path = choose_strength(x, y, classes, settings, inner)
    return settings.model_copy(update={"strength": path.strength})


def out_of_fold_by(
    rows: LabelledRows, folds: Sequence[FoldMatrices], settings: ModelSettings, plan: TrainingPlan
) -> Candidate:
    """Fit a candidate on each split; the strength is chosen anew in each."""
    of = {fold.test.tobytes(): fold for fold in folds}

    def fit_predict(train: IntArray, test: IntArray) -> FloatArray:
        fold = of[test.tobytes()]
        model, _ = fitted(
            fold.x_train, rows.y[train], rows, settings, plan, fold.features.names, fold.inner
        )
        return model.probability(fold.x_test)

    splits = [Split(f.train, f.test, f"fold {i + 1} of {len(folds)}") for i, f in enumerate(folds)]
    return Candidate(settings, out_of_fold(rows.y, splits, fit_predict))


def out_of_fold_as_served(
    rows: LabelledRows,
    folds: Sequence[FoldMatrices],
    kept: Candidate,
    served: ModelSettings,
    plan: TrainingPlan,
) -> OutOfFold | None:
    """Let models of the settings that are served answer; None: those of the kept one do.

    For conformal quantiles alone: the strength is of all rows, so that scores of this pass would
    flatter.
    """
    if served == kept.settings:
        return None
    return out_of_fold_by(rows, folds, served, replace(plan, tune=False)).found


def lead(
    candidates: Sequence[Candidate],
    plan: TrainingPlan,
    *,
    positive: int | None,
    groups: IntArray | None = None,
) -> Lead:
    """Candidate that is kept: the first, unless another one is better beyond chance.

    One is better where a paired test of the headline score or of the log-loss says so and none of
    the two says the opposite.
    """
    at = 0
    for other in range(1, len(candidates)):
        tests = _against(candidates[other], candidates[at], positive, groups, plan.seed)
        if _better(tests, plan):
            at = other
    against = {
        other: _against(candidates[other], candidates[at], positive, groups, plan.seed)
        for other in range(len(candidates))
        if other != at
    }
    return Lead(at, against)


def _against(
    first: Candidate,
    second: Candidate,
    positive: int | None,
    groups: IntArray | None,
    seed: int,
) -> tuple[Comparison, ...]:
    return compare_models(first.found, second.found, positive=positive, groups=groups, seed=seed)


def _better(tests: Sequence[Comparison], plan: TrainingPlan) -> bool:
    told = {t.verdict for t in tests if t.score in (plan.headline, "log_loss")}
    return "better" in told and "worse" not in told
