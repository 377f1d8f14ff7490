"""Logistic regression: settings turned into an optimum, the optimum into an estimator.

The objective is that of scikit-learn times its strength: the weighted sum of log-losses plus
`strength` (l1_ratio sum |b| + (1 - l1_ratio) / 2 sum b^2), the intercept free.
"""

from typing import Any

import numpy as np

from ops.classify.models.likelihood import scores
from ops.classify.models.newton import minimise
from ops.classify.models.separation import Separated, find_separation
from ops.classify.models.settings import LogisticSettings
from ops.classify.models.training import Training
from ops.errors import BadData
from ops.values import FloatArray

MOST_BY_NEWTON = 1500  # parameters: above, the Hessian costs more than it saves (figures in docs)
_FAR = 12.0  # log-odds: an estimate at infinity stops beyond, few real ones do
_RATIO = {"none": 0.0, "l2": 0.0, "l1": 1.0}
COLLINEAR = (
    "some features are combinations of others, so that the coefficients are one choice among"
    " equals; the probabilities are not affected"
)


def l1_ratio(settings: LogisticSettings) -> float:
    """Share of the absolute values in the penalty."""
    return _RATIO.get(settings.penalty, settings.l1_ratio)


def fit_logistic(rows: Training, settings: LogisticSettings) -> tuple[Any, tuple[str, ...]]:
    """Coefficients at the optimum, in a `LogisticRegression`, and what had to be changed."""
    rows = rows.weighing()
    strength = 0.0 if settings.penalty == "none" else settings.strength
    theta, notes = optimum(rows, strength, l1_ratio(settings))
    far = strength == 0.0 and float(np.abs(scores(theta, rows.x)).max()) > _FAR
    if far or (strength == 0.0 and any(note != COLLINEAR for note in notes)):
        found = find_separation(rows.x, rows.y, rows.n_classes, theta)
        if found is not None:
            if settings.if_separated == "refuse":
                raise Separated(found, rows.names)
            strength = settings.strength
            theta, notes = optimum(rows, strength, 0.0)
            told = f"; fitted with an l2 penalty of strength {strength:g} instead"
            notes = (found.sentence(rows.names) + told, *notes)
    return as_estimator(theta, strength, l1_ratio(settings)), notes


def optimum(
    rows: Training, strength: float, ratio: float, start: FloatArray | None = None
) -> tuple[FloatArray, tuple[str, ...]]:
    """Parameters, shape (outputs, k + 1), by the fastest right way for the size and the penalty."""
    outputs = 1 if rows.n_classes == 2 else rows.n_classes
    if outputs * (rows.x.shape[1] + 1) > MOST_BY_NEWTON:
        return _first_order(rows, strength, ratio)
    found = minimise(
        rows.x,
        rows.y,
        rows.n_classes,
        l1=strength * ratio,
        l2=strength * (1.0 - ratio),
        weight=rows.weights,
        start=start,
    )
    if not np.isfinite(found.theta).all():
        raise BadData("the logistic regression has no finite optimum: standardise the features")
    notes = () if found.converged else (f"not converged after {found.steps} Newton steps",)
    return found.theta, (*notes, COLLINEAR) if found.singular else notes


def _first_order(
    rows: Training, strength: float, ratio: float
) -> tuple[FloatArray, tuple[str, ...]]:
    """Many parameters: gradients only, by scikit-learn."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  (half a second)

    smooth = ratio == 0.0
    model = LogisticRegression(
        C=1.0 / strength if strength else np.inf,
        l1_ratio=ratio,
        solver="lbfgs" if smooth else "saga",
        tol=1e-7 if smooth else 1e-5,
        max_iter=2000,
        random_state=rows.seed,
    )
    model.fit(rows.x, rows.y, sample_weight=rows.weights)
    late = int(np.max(model.n_iter_)) >= model.max_iter
    notes = (f"not converged after {model.max_iter} passes of {model.solver}",) if late else ()
    return np.column_stack((model.intercept_, model.coef_)), notes


def as_estimator(theta: FloatArray, strength: float, ratio: float) -> Any:
    """Make a fitted `LogisticRegression` with these parameters, to keep, serve and convert."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  (half a second)

    model: Any = LogisticRegression(C=1.0 / strength if strength else np.inf, l1_ratio=ratio)
    model.coef_ = np.ascontiguousarray(theta[:, 1:])
    model.intercept_ = np.ascontiguousarray(theta[:, 0])
    model.classes_ = np.arange(2 if len(theta) == 1 else len(theta))
    model.n_features_in_ = theta.shape[1] - 1
    model.n_iter_ = np.ones(1, dtype=np.int32)
    return model
