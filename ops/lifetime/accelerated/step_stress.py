"""Step-stress tests: cumulative exposure, fitted by maximum likelihood.

What is left of a unit's life depends on the share that is used up, not on how it was used up.
Time under a stress counts as ``exp(-eta)`` of time at eta = 0, and the exposure
``e(t) = sum of spent time in each step times exp(-eta of the step)`` is what has the life
distribution: ``ln e = b0 + sigma W``.

References
----------
Nelson (1980), IEEE Trans. Reliability 29, 103-108; Nelson (1990), Accelerated Testing, chapter 10.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from scipy.special import ndtri

from ops.errors import BadData, NotEnoughData
from ops.lifetime.accelerated.constant import Constant
from ops.lifetime.accelerated.life_bound import Bounded
from ops.lifetime.accelerated.model import AccelerationModel
from ops.lifetime.accelerated.step_profile import StepProfile
from ops.lifetime.accelerated.step_surface import StepSurface
from ops.lifetime.accelerated.surface import climb
from ops.lifetime.data import LifeData
from ops.lifetime.location_scale import Family, standard_quantile
from ops.values import FloatArray, IntArray

ENOUGH = 50  # failures from which a Wald interval is not called approximate
_STARTS = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)  # change of ln life over the steps, times each term


@dataclass(frozen=True, slots=True)
class StepStressFit:
    """A fitted cumulative exposure model; as `AcceleratedFit`.

    Parameters
    ----------
    theta : shape (1 + e + 1,)
        (b0, estimated constants in the model's order, log sigma).
    covariance : shape (1 + e + 1, 1 + e + 1)
        Of `theta`, from the observed information.
    """

    model: AccelerationModel
    family: Family
    constants: Mapping[str, float]
    estimated: tuple[str, ...]
    theta: FloatArray
    covariance: FloatArray
    loglik: float
    failures: float

    @property
    def sigma(self) -> float:
        """Scale of the logarithm of the life."""
        return exp(float(self.theta[-1]))

    def life_at_use(
        self,
        use: Mapping[str, float],
        p: float,
        *,
        units: Mapping[str, str] | None = None,
        confidence: float = 0.95,
    ) -> Bounded:
        """Time by which the share `p` has failed at constant use conditions, Wald on ln life.

        Assumed constants enter with their value only: give those that are known.

        Raises
        ------
        BadData
            If a stress is missing or a level cannot be.
        """
        at = self.model.point(use, units or {})
        x, z = self.model.covariates(at)[0], float(standard_quantile(self.family, np.array(p)))
        location = float(self.theta[0]) + float(self.model.shift(at)[0])
        location += sum(self.constants[c] * x[j] for j, c in enumerate(self.model.constants))
        free = [x[j] for j, c in enumerate(self.model.constants) if c in self.estimated]
        slope = np.array([1.0, *free, z * self.sigma])
        error = sqrt(max(0.0, float(slope @ self.covariance @ slope)))
        centre = location + z * self.sigma
        one, two = (float(ndtri(q)) for q in (confidence, 0.5 * (1.0 + confidence)))
        ends = (centre - one * error, centre - two * error, centre + two * error)
        method = "Wald, on the logarithm of the life"
        lower, low, high = (exp(min(y, 700.0)) for y in ends)
        return Bounded(exp(centre), lower, low, high, method, self.failures < ENOUGH)


def fit_step_stress(
    data: LifeData,
    profile: IntArray,
    profiles: Sequence[StepProfile],
    model: AccelerationModel,
    family: Family = "weibull",
    *,
    assumed: Mapping[str, Constant] | None = None,
) -> StepStressFit:
    """Fit a cumulative exposure model.

    Parameters
    ----------
    data
        Rows without truncation: exact, right-, left- and interval-censored.
    profile : shape (n,)
        Which of `profiles` each row went through.
    profiles
        Steps of each group of units.
    assumed
        Constants that are not estimated; they enter with their value.

    Raises
    ------
    NotEnoughData
        If nothing failed, or the steps do not tell the constants apart.
    BadData
        If rows are truncated or `profile` names one that is not there.
    """
    if data.truncated:
        raise BadData("a step-stress test takes units from their start: no truncated rows")
    if not data.failed.any():
        raise NotEnoughData("nothing has failed in the step-stress test")
    which = np.asarray(profile)
    if which.size != data.lower.size or which.min() < 0 or which.max() >= len(profiles):
        raise BadData(f"give each row the number of one of the {len(profiles)} profiles")
    taken = dict(assumed or {})
    surface = StepSurface.of(data, which, profiles, model, family, taken)
    theta, height = _top(surface, data)
    information = -surface.derivatives(theta)[1]
    scale = 1.0 / np.sqrt(np.maximum(np.abs(np.diag(information)), 1e-300))
    if float(np.linalg.eigvalsh(information * np.outer(scale, scale)).min()) < 1e-9:
        names = ", ".join(c for c in model.constants if c not in taken)
        raise NotEnoughData(
            f"the steps with failures do not tell {names} and the scale apart: let units fail at"
            " two levels at least, or assume the constant"
        )
    back = surface.back
    natural = back @ theta
    names_free = tuple(c for c in model.constants if c not in taken)
    value = {c: float(natural[1 + i]) for i, c in enumerate(names_free)}
    value |= {c: constant.value for c, constant in taken.items()}
    return StepStressFit(
        model=model,
        family=family,
        constants={c: value[c] for c in model.constants},
        estimated=names_free,
        theta=natural,
        covariance=back @ np.linalg.inv(information) @ back.T,
        loglik=height,
        failures=data.failures,
    )


def _top(surface: StepSurface, data: LifeData) -> tuple[FloatArray, float]:
    """Best of the climbs from several slopes: the surface need not be concave."""
    best, height = np.zeros(surface.size), -np.inf
    terms = surface.size - 2
    for slope in _STARTS if terms else (0.0,):
        theta = np.zeros(surface.size)
        theta[1:-1] = slope
        middle = surface.log_exposure(theta)
        theta[0] = float(np.average(middle, weights=data.weight)) + log(2.0)
        here, value = climb(surface, theta, tolerance=1e-10)
        if value > height:
            best, height = here, value
    return best, height
