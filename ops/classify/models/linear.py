"""Linear regressions of a number: ridge and elastic net."""

from typing import Any

from ops.classify.models.settings import ElasticNetSettings, RidgeSettings
from ops.classify.models.training import Training
from ops.values import FloatArray


def fit_ridge(
    rows: Training, y: FloatArray, settings: RidgeSettings
) -> tuple[list[Any], tuple[str, ...]]:
    """Least squares plus `strength` times the squared coefficients."""
    from sklearn.linear_model import Ridge  # noqa: PLC0415  (half a second)

    model = Ridge(alpha=settings.strength, solver="svd" if settings.strength == 0.0 else "auto")
    return [model.fit(rows.x, y, sample_weight=rows.weights)], ()


def fit_elastic_net(
    rows: Training, y: FloatArray, settings: ElasticNetSettings
) -> tuple[list[Any], tuple[str, ...]]:
    """Half the mean squared error plus the penalty, the label taken in standard deviations."""
    from sklearn.linear_model import ElasticNet  # noqa: PLC0415  (half a second)

    spread = float(y.std()) or 1.0
    model: Any = ElasticNet(
        alpha=settings.strength, l1_ratio=settings.l1_ratio, tol=1e-8, max_iter=20_000
    )
    model.fit(rows.x, y / spread, sample_weight=rows.weights)
    model.coef_, model.intercept_ = model.coef_ * spread, model.intercept_ * spread
    late = model.n_iter_ >= model.max_iter
    return [model], ("the elastic net had not converged after 20000 passes",) if late else ()
