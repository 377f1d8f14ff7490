"""Probability that something fails within a time, given that it works now: from a fitted life."""

from math import expm1, log
from typing import Literal

from pydantic import Field
from scipy.special import log_ndtr

from solvers.scenario.part import Part

LifeModel = Literal["weibull", "lognormal"]


class Life(Part):
    """A life distribution and an age.

    Examples
    --------
    >>> round(Life(shape=1.0, scale=1000.0, horizon_days=365.0).probability(), 4)
    0.3058
    """

    model: LifeModel = Field(default="weibull", description="Family.")
    shape: float = Field(gt=0, description="Weibull: beta; lognormal: sigma of the log life.")
    scale: float = Field(gt=0, description="Weibull: eta; lognormal: median; days.")
    age_days: float = Field(default=0.0, ge=0, description="Time that it has worked, days.")
    horizon_days: float = Field(default=365.0, gt=0, description="Time looked ahead, days.")

    def probability(self) -> float:
        """Chance to fail within the horizon, given survival so far.

        ``1 - S(age + horizon) / S(age)``, S the survival function (Meeker and Escobar 1998,
        Statistical Methods for Reliability Data, ch. 2), in logs so that small S do no harm.
        """
        ends = self._log_survival(self.age_days + self.horizon_days)
        return -expm1(ends - self._log_survival(self.age_days))

    def _log_survival(self, time: float) -> float:
        if time <= 0:
            return 0.0
        if self.model == "weibull":
            return float(-((time / self.scale) ** self.shape))
        return float(log_ndtr((log(self.scale) - log(time)) / self.shape))


class FittedLife(Part):
    """A life whose model, shape and scale stand in the result of a run of this service."""

    run: str = Field(max_length=36, description="Run whose result has shape, scale and model.")
    age_days: float = Field(default=0.0, ge=0, description="Time that it has worked, days.")
    horizon_days: float = Field(default=365.0, gt=0, description="Time looked ahead, days.")
