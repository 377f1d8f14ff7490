"""Terms of a log-linear life-stress relation: constant times a function of one stress."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.lifetime.accelerated.stress import Stress
from ops.values import FloatArray

BOLTZMANN_EV = 8.617333262e-5  # eV/K, CODATA 2018

Form = Literal["arrhenius", "inverse", "power", "rising", "exponential"]


@dataclass(frozen=True, slots=True)
class Term:
    """Contribution ``constant * x(stress)`` to the natural logarithm of the life.

    Parameters
    ----------
    constant
        Symbol of the constant, unique in its model: ``Ea``, ``n`` ...
    title
        The constant in words.
    unit
        Unit of the constant.
    stress
        The stress.
    form
        ``arrhenius`` x = 1/(k T); ``inverse`` x = 1/s; ``power`` x = -ln s (life falls as a
        power); ``rising`` x = ln s; ``exponential`` x = -s.
    """

    constant: str
    title: str
    unit: str
    stress: Stress
    form: Form

    def covariate(self, level: FloatArray) -> FloatArray:
        """Value of x at levels in the unit of the stress, shape as `level`."""
        level = np.asarray(level, dtype=np.float64)
        if self.form == "arrhenius":
            return 1.0 / (BOLTZMANN_EV * level)
        if self.form == "inverse":
            return 1.0 / level
        if self.form == "exponential":
            return -level
        logarithm: FloatArray = np.log(level)
        return logarithm if self.form == "rising" else -logarithm

    def level(self, covariate: FloatArray) -> FloatArray:
        """Level at which x is `covariate`: the way back."""
        x = np.asarray(covariate, dtype=np.float64)
        if self.form == "arrhenius":
            return 1.0 / (BOLTZMANN_EV * x)
        if self.form == "inverse":
            return 1.0 / x
        if self.form == "exponential":
            return -x
        back: FloatArray = np.exp(x if self.form == "rising" else -x)
        return back
