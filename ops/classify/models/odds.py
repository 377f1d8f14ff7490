"""Odds ratios of a logistic regression in the units of its features, with Wald intervals.

An interval is given only for a fit without a penalty: a penalised coefficient is drawn to 0 by an
unknown amount, and its Wald interval covers less than it says.

References
----------
Hosmer, Lemeshow and Sturdivant (2013), Applied Logistic Regression, 3rd ed., chapters 3 and 8.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, inf

import numpy as np
from scipy.special import ndtri

from ops.classify.models.fitted import FittedClassifier
from ops.classify.models.likelihood import derivatives
from ops.values import FloatArray

_MOST = 700.0  # logarithm of the largest number there is, about
PENALISED = (
    "the fit has a penalty, which draws coefficients towards 0 by an unknown amount: intervals"
    " would cover less than they say; fit without a penalty for intervals"
)
NO_ROWS = "intervals need the rows of the fit"
COLLINEAR = "some features are combinations of others: their coefficients have no intervals"
WEIGHTED = "class weights count rows as more or fewer than they are: no intervals"
_SINGULAR = 1e-11  # smallest eigenvalue of an information matrix with ones on its diagonal
Interval = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class OddsRatio:
    """What one feature does to the odds of one class against another.

    Parameters
    ----------
    of, against
        The class and the class that it is compared with.
    per_unit, per_sd
        Factor on the odds when the feature rises by 1 of its unit, or by one standard deviation
        (0/1 features: from 0 to 1 in both). None where it is too large or small for a number: the
        unit is far from the spread of the feature.
    per_unit_interval, per_sd_interval
        Wald interval; None without one.
    """

    feature: str
    of: str
    against: str
    per_unit: float | None
    per_sd: float | None
    per_unit_interval: Interval | None = None
    per_sd_interval: Interval | None = None

    def turned(self) -> "OddsRatio":
        """Return the same of the other class: every factor is one over its own."""
        return replace(
            self,
            of=self.against,
            against=self.of,
            per_unit=_inverse(self.per_unit),
            per_sd=_inverse(self.per_sd),
            per_unit_interval=_turned(self.per_unit_interval),
            per_sd_interval=_turned(self.per_sd_interval),
        )


def _inverse(factor: float | None) -> float | None:
    return None if factor is None else 1.0 / factor


def _turned(interval: Interval | None) -> Interval | None:
    return None if interval is None else (_inverse(interval[1]), _inverse(interval[0]))


@dataclass(frozen=True, slots=True)
class OddsRatios:
    """All odds ratios of a fit, and why they have no intervals if they have none."""

    ratios: tuple[OddsRatio, ...]
    level: float
    no_interval: str = ""


def odds_ratios(
    fitted: FittedClassifier,
    names: Sequence[str],
    scale: FloatArray,
    *,
    x: FloatArray | None = None,
    weights: FloatArray | None = None,
    level: float = 0.95,
) -> OddsRatios:
    """Odds ratios of each class after the first against the first.

    Parameters
    ----------
    fitted
        Of kind logistic.
    scale : shape (k,)
        Units of a feature in one unit of the standardised one (`FittedFeatures.scale`).
    x : shape (n, k)
        Standardised features that the model was fitted on; without them no intervals.
    weights : shape (n,)
        Weights of the fit; each is taken as that many rows. `class_weights` must be off.

    Raises
    ------
    ValueError
        If the model is not a logistic regression.
    """
    if fitted.kind != "logistic":
        raise ValueError(f"odds ratios need a logistic regression, got {fitted.kind}")
    theta = np.column_stack((fitted.estimator.intercept_, fitted.estimator.coef_))
    contrast = theta if len(theta) == 1 else theta[1:] - theta[0]
    error, reason = _errors(fitted, theta, x, weights)
    half = None if error is None else float(ndtri(0.5 + level / 2.0)) * error[:, 1:]
    ratios = tuple(
        _ratio(names[j], (fitted.classes[a + 1], fitted.classes[0]), row[j + 1],
               None if half is None else half[a, j], scale[j])
        for a, row in enumerate(contrast)
        for j in range(fitted.n_features)
    )  # fmt: skip
    return OddsRatios(ratios, level, reason)


def _ratio(
    feature: str, pair: tuple[str, str], beta: float, half: float | None, scale: float
) -> OddsRatio:
    per_unit, per_sd = _factor(beta / scale), _factor(beta)
    if half is None:
        return OddsRatio(feature, *pair, per_unit, per_sd)
    low, high = beta - half, beta + half
    return OddsRatio(
        feature,
        *pair,
        per_unit,
        per_sd,
        (_factor(low / scale), _factor(high / scale)),
        (_factor(low), _factor(high)),
    )


def _factor(logarithm: float) -> float | None:
    return exp(logarithm) if abs(logarithm) < _MOST else None


def standard_errors(
    theta: FloatArray, x: FloatArray, weights: FloatArray | None = None
) -> FloatArray | None:
    """Compute the standard error of each parameter of an unpenalised fit.

    Parameters
    ----------
    theta : shape (1, k + 1) or (classes, k + 1)
        Intercept and coefficients, of two classes or of all.
    x : shape (n, k)
        Features that it was fitted on.

    Returns
    -------
    shape (classes - 1, k + 1), of each class against the first; None where the features are not
    told apart by the rows.
    """
    _, hessian = derivatives(theta, x, np.zeros(len(x), dtype=np.int64), weights)
    width = theta.shape[1]
    # against the first class its own parameters are 0: the other blocks are the information
    information = hessian if len(theta) == 1 else hessian[width:, width:]
    size = np.sqrt(np.maximum(np.diag(information), 1e-300))
    even = information / np.outer(size, size)
    if np.linalg.eigvalsh(even).min() < _SINGULAR:
        return None
    found: FloatArray = np.sqrt(np.diag(np.linalg.inv(even)) / size**2).reshape(-1, width)
    return found


def _errors(
    fitted: FittedClassifier, theta: FloatArray, x: FloatArray | None, weights: FloatArray | None
) -> tuple[FloatArray | None, str]:
    """Compute standard errors, or say why there are none."""
    if inf != fitted.estimator.C:
        return None, PENALISED
    if x is None:
        return None, NO_ROWS
    if getattr(fitted.settings, "class_weights", "off") != "off":
        return None, WEIGHTED
    found = standard_errors(theta, x, weights)
    return found, COLLINEAR if found is None else ""
