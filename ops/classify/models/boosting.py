"""Histogram gradient boosting of scikit-learn: classes, a number, quantiles of a number."""

from typing import Any

from ops.classify.models.settings import (
    BoostingSettings,
    NumberBoostingSettings,
    QuantileBoostingSettings,
)
from ops.classify.models.training import Training
from ops.values import FloatArray


def fit_boosting(rows: Training, settings: BoostingSettings) -> tuple[Any, tuple[str, ...]]:
    """Boosted trees on the log-loss."""
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415  (half a second)

    shape = _shape(settings, rows.seed, early_stopping=settings.early_stopping)
    model = HistGradientBoostingClassifier(**shape)
    return model.fit(rows.x, rows.y, sample_weight=rows.weights), ()


def fit_number_boosting(
    rows: Training, y: FloatArray, settings: NumberBoostingSettings
) -> tuple[list[Any], tuple[str, ...]]:
    """Boosted trees on the squared error."""
    from sklearn.ensemble import HistGradientBoostingRegressor  # noqa: PLC0415  (half a second)

    model = HistGradientBoostingRegressor(**_shape(settings, rows.seed))
    return [model.fit(rows.x, y, sample_weight=rows.weights)], ()


def fit_quantile_boosting(
    rows: Training, y: FloatArray, settings: QuantileBoostingSettings
) -> tuple[list[Any], tuple[str, ...]]:
    """One set of boosted trees per level, each on its pinball loss."""
    from sklearn.ensemble import HistGradientBoostingRegressor  # noqa: PLC0415  (half a second)

    shape = _shape(settings, rows.seed)
    models = [
        HistGradientBoostingRegressor(loss="quantile", quantile=level, **shape).fit(
            rows.x, y, sample_weight=rows.weights
        )
        for level in settings.levels
    ]
    return models, ()


def _shape(
    settings: BoostingSettings | NumberBoostingSettings | QuantileBoostingSettings,
    seed: int,
    *,
    early_stopping: bool = False,
) -> dict[str, Any]:
    return {
        "max_iter": settings.rounds,
        "learning_rate": settings.learning_rate,
        "max_leaf_nodes": settings.max_leaves,
        "min_samples_leaf": settings.min_samples_leaf,
        "l2_regularization": settings.l2,
        "early_stopping": early_stopping,
        "random_state": seed,
    }
