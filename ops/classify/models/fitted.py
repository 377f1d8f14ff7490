"""Fitted models of this house: an estimator with its classes, settings and notes."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ops.classify.models.settings import ModelSettings, NumberSettings
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class FittedClassifier:
    """A classifier of scikit-learn, LightGBM, XGBoost or interpret, as a `ProbabilityModel`.

    Parameters
    ----------
    estimator
        Fitted; it knows the classes as 0, 1, ... in the order of `classes`. For logistic
        regression a `LogisticRegression` with `coef_` and `intercept_`, whatever solver found
        them.
    notes
        What the fit had to change or could not reach, in sentences.
    """

    estimator: Any
    classes: tuple[str, ...]
    settings: ModelSettings
    n_features: int
    notes: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Its kind, as in its settings."""
        return self.settings.kind

    def probability(self, x: FloatArray) -> FloatArray:
        """Probability of each class, shape (n, classes), rows sum to 1."""
        if self.settings.kind != "lightgbm":
            given = np.asarray(self.estimator.predict_proba(x), dtype=np.float64)
            total: FloatArray = given.sum(
                axis=1, keepdims=True
            )  # XGBoost's are in single precision
            return given / total
        # its wrapper warns of feature names that no array has; the booster answers the same
        found = np.asarray(self.estimator.booster_.predict(x, num_threads=1), dtype=np.float64)
        return found if found.ndim == 2 else np.column_stack((1.0 - found, found))


@dataclass(frozen=True, slots=True)
class FittedNumber:
    """A regression of scikit-learn, as a `NumberModel`.

    Parameters
    ----------
    estimators
        One, or one per level of quantile-boosting.
    """

    estimators: tuple[Any, ...]
    settings: NumberSettings
    n_features: int
    notes: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Its kind, as in its settings."""
        return self.settings.kind

    @property
    def levels(self) -> tuple[float, ...]:
        """Probabilities of the quantiles it predicts; empty for a model of the mean."""
        found: tuple[float, ...] = getattr(self.settings, "levels", ())
        return found

    def value(self, x: FloatArray) -> FloatArray:
        """Predicted number of each row, shape (n,): the mean, or the middle quantile."""
        if self.levels:
            return np.ascontiguousarray(self.quantiles(x)[:, len(self.levels) // 2])
        return np.asarray(self.estimators[0].predict(x), dtype=np.float64)

    def quantiles(self, x: FloatArray) -> FloatArray:
        """Quantiles of each row, shape (n, levels), sorted so that they never cross.

        Raises
        ------
        ValueError
            If it is not a model of quantiles.

        References
        ----------
        Chernozhukov, Fernandez-Val and Galichon (2010), Econometrica 78(3), 1093-1125: sorting
        estimated quantiles never makes them worse.
        """
        if not self.levels:
            raise ValueError(f"{self.kind} predicts no quantiles; take quantile-boosting")
        columns = [np.asarray(each.predict(x), dtype=np.float64) for each in self.estimators]
        return np.sort(np.column_stack(columns), axis=1)
