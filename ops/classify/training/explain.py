"""What moves a trained classifier: importance of columns, odds ratios, partial dependence."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ops.classify.evaluation.dependence import Dependence, partial_dependence
from ops.classify.evaluation.importance import Importance, permutation_importance
from ops.classify.models.odds import OddsRatios, odds_ratios
from ops.classify.models.settings import LogisticSettings
from ops.classify.training.candidate import fitted
from ops.classify.training.plan import TrainingPlan
from ops.classify.training.train import Training
from ops.values import FloatArray, IntArray

MOST_ROWS = 2000
REPEATS = 5
MOST_CURVES = 4
_LEAST = 1e-15  # probabilities are clipped there before their logarithm


@dataclass(frozen=True, slots=True)
class Curve:
    """Partial dependence on one column, places in its own unit."""

    column: str
    unit: str
    found: Dependence


@dataclass(frozen=True, slots=True)
class Explained:
    """What moves the answers.

    Parameters
    ----------
    importance
        Columns, the weightiest first, on `rows` test rows of the last split.
    odds
        Of a logistic regression; None for other kinds.
    """

    importance: tuple[Importance, ...]
    rows: int
    odds: OddsRatios | None
    curves: tuple[Curve, ...]


def explained(training: Training, plan: TrainingPlan) -> Explained:
    """Measure what moves the kept candidate on rows of the last split that it has not seen."""
    fold, rows = training.folds[-1], training.rows
    names = fold.features.names
    model, _ = fitted(
        fold.x_train, rows.y[fold.train], rows, training.kept.settings, plan, names, fold.inner
    )
    chosen = some_rows(rows.y[fold.test], plan.seed)
    x, y = fold.x_test[chosen], rows.y[fold.test][chosen]
    importance = permutation_importance(
        _loss(model.probability, y), x, fold.features.columns, repeats=REPEATS, seed=plan.seed
    )
    return Explained(importance, int(chosen.size), _odds(training), _curves(training, importance))


def some_rows(y: IntArray, seed: int, *, most: int = MOST_ROWS) -> IntArray:
    """At most `most` rows: rare classes whole, of the others some by chance."""
    if y.size <= most:
        return np.arange(y.size)
    rng = np.random.default_rng(seed)
    rare = np.bincount(y)[y] <= most // 4
    others = rng.permutation(np.flatnonzero(~rare))
    kept = np.append(np.flatnonzero(rare), others)[:most]
    return np.sort(kept)


def _loss(
    probability: Callable[[FloatArray], FloatArray], y: IntArray
) -> Callable[[FloatArray], float]:
    def loss(x: FloatArray) -> float:
        told = probability(x)[np.arange(y.size), y]
        return float(-np.mean(np.log(np.maximum(told, _LEAST))))

    return loss


def _odds(training: Training) -> OddsRatios | None:
    """Odds ratios of the event of two classes, or of each class against the first."""
    settings = training.model.settings
    if not isinstance(settings, LogisticSettings):
        return None
    free = settings.penalty == "none"
    found = odds_ratios(
        training.model,
        training.features.names,
        training.features.scale,
        x=training.x if free else None,
    )
    if len(training.rows.classes) == 2 and training.rows.positive == 0:
        return replace(found, ratios=tuple(r.turned() for r in found.ratios))
    return found


def _curves(training: Training, importance: tuple[Importance, ...]) -> tuple[Curve, ...]:
    """Curves of the weightiest columns of numbers, of the model that is served."""
    positive = training.rows.positive
    if positive is None:
        return ()
    features, found = training.features, list[Curve]()
    for one in importance:
        at = next((i for i, n in enumerate(features.names) if n == one.column), None)
        if at is None or len(found) == MOST_CURVES or (one.loss.value or 0.0) <= 0.0:
            continue  # a column of texts has no order to be drawn along
        curve = partial_dependence(
            lambda x: training.classifier.probability(x)[:, positive], training.x, at, rows=300
        )
        grid = curve.grid * features.scale[at] + features.center[at]
        told = Dependence(grid, curve.mean, curve.low, curve.high)
        found.append(Curve(one.column, features.units[at], told))
    return tuple(found)
