"""Other families of the library `reliability`: its parameters in our forms, and a climb."""

from collections.abc import Mapping

import numpy as np

from ops.errors import NotEnoughData
from ops.lifetime.data import LifeData
from ops.lifetime.families.fitted import FittedLife, fitted
from ops.lifetime.families.form import Form
from ops.lifetime.families.generalized_gamma import Gamma
from ops.lifetime.families.location import Exponential, LocationScale
from ops.lifetime.families.peak import climb, derivatives
from ops.lifetime.families.reliability_library import FormFitter
from ops.lifetime.families.rows import life_rows, log_likelihood
from ops.lifetime.families.shifted import Shifted
from ops.values import FloatArray


class FormProblem:
    """Likelihood of one of our forms, from the library's place."""

    def __init__(self, data: LifeData, fitter: FormFitter, said: Mapping[str, float]) -> None:
        self.data, self.rows = data, life_rows(data)
        self.form, self.start, self.scale = _placed(data, fitter, said)

    def objective(self, theta: FloatArray) -> FloatArray:
        """Log-likelihood at points, shape (m,)."""
        return log_likelihood(self.form, self.rows, theta)

    def scored(self) -> tuple[float, float]:
        """Log-likelihood at the library's place, and the steepest slope there."""
        value, gradient, _ = derivatives(self.objective, self.start, self.scale)
        return value, float(np.abs(gradient * self.scale).max())

    def climbed(self) -> FittedLife:
        """Climb on from the library's place.

        Raises
        ------
        NotEnoughData
            If that leads to no maximum.
        """
        peak = climb(self.objective, self.start, self.scale)
        if not peak.is_maximum:
            raise NotEnoughData("climbing on from its parameters leads to no maximum")
        return fitted(self.form, peak, self.data)


def _placed(
    data: LifeData, fitter: FormFitter, said: Mapping[str, float]
) -> tuple[Form, FloatArray, FloatArray]:
    """Form, the library's parameters as its free ones, and how far each moves."""
    with np.errstate(all="ignore"):
        if fitter == "exponential":
            return Exponential(), np.array([-np.log(said["Lambda"])]), np.ones(1)
        if fitter == "gamma":
            mean, log_sigma = said["alpha"] * said["beta"], -0.5 * np.log(said["beta"])
            return Gamma(), np.array([np.log(mean), log_sigma]), np.ones(2)
        if fitter == "normal" or fitter == "gumbel":
            at = np.array([said["mu"], np.log(said["sigma"])])
            return LocationScale(fitter), at, np.array([said["sigma"], 1.0])
        last = float(data.lower[data.failed].min())
        gap = np.log(last - said["gamma"])
        if fitter == "threshold weibull":
            at = np.array([np.log(said["alpha"]), -np.log(said["beta"]), gap])
            return Shifted("weibull", last), at, np.array([1.0 / said["beta"], 1.0, 1.0])
        at = np.array([said["mu"], np.log(said["sigma"]), gap])
        return Shifted("lognormal", last), at, np.array([said["sigma"], 1.0, 1.0])
