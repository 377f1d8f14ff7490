"""Planning values of an accelerated test: life against stress, on the way from use to highest."""

from dataclasses import dataclass
from math import log
from typing import Literal

import numpy as np

from ops.errors import BadData, Problem
from ops.lifetime.location_scale import Family, standard_cdf, standard_quantile
from ops.lifetime.planning.binomial import check_share
from ops.values import FloatArray

KELVIN = 273.15
StressScale = Literal["arrhenius", "log", "linear"]


@dataclass(frozen=True, slots=True)
class StressRange:
    """One stress from use to the highest level at which the mechanism stays the same.

    Parameters
    ----------
    use, high
        Levels in `unit`.
    scale
        In what the log life is linear: arrhenius 1/(temperature in K), `use` and `high` in degC;
        log of the level (inverse power law, Peck's humidity, Coffin-Manson); or the level.
    """

    name: str
    unit: str
    use: float
    high: float
    scale: StressScale = "arrhenius"

    def __post_init__(self) -> None:
        lowest = {"arrhenius": -KELVIN, "log": 0.0, "linear": -np.inf}[self.scale]
        if not lowest < self.use < self.high < np.inf:
            said = (
                f"{self.name}: use {self.use:g} must be below the highest level {self.high:g}"
                f" {self.unit}, and above {lowest:g}"
            )
            raise BadData(said, (Problem("/stresses", said),))

    def place(self, level: float) -> float:
        """Place of a level: 0 at use, 1 at the highest."""
        ends = self._scaled(np.array([self.use, level, self.high]))
        return float((ends[1] - ends[0]) / (ends[2] - ends[0]))

    def level(self, place: float) -> float:
        """Level at a place, in `unit`."""
        use, high = self._scaled(np.array([self.use, self.high]))
        x = float(use + place * (high - use))
        if self.scale == "arrhenius":
            return -1.0 / x - KELVIN
        return float(np.exp(x)) if self.scale == "log" else x

    def _scaled(self, level: FloatArray) -> FloatArray:
        if self.scale == "arrhenius":
            return np.asarray(-1.0 / (level + KELVIN))
        return np.log(level) if self.scale == "log" else level


@dataclass(frozen=True, slots=True)
class AltModel:
    """log T = intercept + slopes . place + sigma W; places run from 0 (use) to 1 (highest).

    Parameters
    ----------
    intercept
        Location of the log time at use.
    slopes
        By how much each stress lowers it on the way to its highest level; negative numbers.
    sigma
        Scale, the same at every stress.
    family
        weibull, lognormal or loglogistic.
    """

    intercept: float
    slopes: tuple[float, ...]
    sigma: float
    family: Family = "weibull"

    def location(self, places: FloatArray) -> FloatArray:
        """Location of the log time at places of shape (k, stresses): shape (k,)."""
        return np.asarray(self.intercept + places @ np.array(self.slopes), dtype=np.float64)

    def standard(self, places: FloatArray, duration: float) -> FloatArray:
        """Find the standard time at which the test ends at each place, shape (k,)."""
        return np.asarray((log(duration) - self.location(places)) / self.sigma)

    def failing(self, places: FloatArray, duration: float) -> FloatArray:
        """Share that fails by `duration` at each place, shape (k,)."""
        return np.asarray(standard_cdf(self.family, self.standard(places, duration)))


def alt_model(
    failing_at_high: float,
    acceleration: tuple[float, ...],
    *,
    sigma: float,
    duration: float,
    family: Family = "weibull",
) -> AltModel:
    """Planning values from what an engineer has in mind.

    Parameters
    ----------
    failing_at_high
        Share that fails by `duration` with every stress at its highest, in (0, 1).
    acceleration
        Acceleration factor of each stress alone from use to its highest level, > 1.
    sigma
        Scale of the log time, 1 / shape of a Weibull.
    duration
        When the test ends.

    Raises
    ------
    BadData
        If a factor is not above 1 or the scale is not positive.
    """
    check_share(failing_at_high, "failing_at_high")
    for factor in acceleration:
        if not 1.0 < factor < np.inf:
            said = f"an acceleration factor of {factor:g} does not accelerate: it must exceed 1"
            raise BadData(said, (Problem("/acceleration", said),))
    if not 0.0 < sigma < np.inf:
        said = f"sigma is {sigma:g}: it must be above 0"
        raise BadData(said, (Problem("/sigma", said),))
    slopes = tuple(-log(factor) for factor in acceleration)
    z = float(standard_quantile(family, np.array([failing_at_high]))[0])
    return AltModel(log(duration) - sigma * z - sum(slopes), slopes, sigma, family)
