"""A fitted life distribution of any family: estimate, covariance, and what it says of lives."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from ops.errors import NotEnoughData
from ops.lifetime.data import LifeData
from ops.lifetime.families.form import Form
from ops.lifetime.families.peak import Peak
from ops.lifetime.fit import LifeFit
from ops.values import FloatArray

WHOLE_LINE = frozenset({"normal", "gumbel", "logistic"})
_STEP = 1e-4


@dataclass(frozen=True)
class FittedLife:
    """A life distribution at the maximum of its likelihood (a `LifeModel`).

    Parameters
    ----------
    form
        The family.
    theta : shape (k,)
        Free parameters, named by `names`, on a scale without bounds.
    covariance : shape (k, k)
        Of `theta`, from the observed information; 0 for one that lies on its boundary.
    loglik
        Log-likelihood of the times, comparable across families.
    units, failures
        How many the fit rests on.
    notes
        What a reader must know: a boundary, a likelihood of readings instead of times.
    plain
        The same fit as the kernel gave it, for a family of location and scale.
    """

    form: Form
    theta: FloatArray
    covariance: FloatArray
    loglik: float
    units: float
    failures: float
    notes: tuple[str, ...] = ()
    plain: LifeFit | None = None

    @property
    def family(self) -> str:
        """Name of the family."""
        return self.form.family

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the free parameters, in the order of `theta`."""
        return self.form.names

    @property
    def k(self) -> int:
        """How many parameters were estimated."""
        return int(self.theta.size)

    @property
    def parameters(self) -> Mapping[str, float]:
        """Parameters by the field's names."""
        return self.form.parameters(self.theta)

    def survival(self, t: FloatArray) -> FloatArray:
        """Share that lasts beyond `t`, shape as `t`."""
        return self._at(t, 1)

    def cdf(self, t: FloatArray) -> FloatArray:
        """Share that has failed by `t`, shape as `t`."""
        return self._at(t, 0)

    def density(self, t: FloatArray) -> FloatArray:
        """Density of the life at `t`, 1/unit of time, shape as `t`."""
        times = np.asarray(t, dtype=np.float64)
        with np.errstate(all="ignore"):
            found = np.exp(self.form.log_density(times.ravel(), self.theta[None, :])[0])
        return np.asarray(np.nan_to_num(found).reshape(times.shape), dtype=np.float64)

    def hazard(self, t: FloatArray) -> FloatArray:
        """Failure rate of those still alive at `t`, 1/unit of time, shape as `t`."""
        with np.errstate(all="ignore"):
            return self.density(t) / self.survival(t)

    def quantile(self, p: FloatArray) -> FloatArray:
        """Time by which the share `p` has failed, shape as `p`."""
        share = np.asarray(p, dtype=np.float64)
        return self.form.quantile(share.ravel(), self.theta).reshape(share.shape)

    def interval(self, p: float, confidence: float = 0.95) -> tuple[float, float]:
        """Wald interval of the quantile `p`; approximate.

        On the scale of the logarithm, of the time itself for families over the whole line;
        (0, infinity) where the life or the covariance does not exist.
        """
        whole = self.form.family in WHOLE_LINE
        line = np.asarray if whole else np.log
        share = np.array([p])
        moved = _STEP * np.maximum(np.sqrt(np.abs(np.diag(self.covariance))), 1e-9)
        with np.errstate(all="ignore"):
            slope = np.array(
                [
                    line(self.form.quantile(share, self.theta + axis)[0])
                    - line(self.form.quantile(share, self.theta - axis)[0])
                    for axis in np.diag(moved)
                ]
            ) / (2 * moved)
            half = ndtri(0.5 + 0.5 * confidence) * np.sqrt(slope @ self.covariance @ slope)
            middle = line(self.form.quantile(share, self.theta)[0])
        ends = middle + np.array([-half, half])
        if not np.isfinite(ends).all():
            return 0.0, float("inf")
        with np.errstate(over="ignore"):
            lower, upper = ends if whole else np.exp(ends)
        return float(lower), float(upper)

    def _at(self, t: FloatArray, side: int) -> FloatArray:
        times = np.asarray(t, dtype=np.float64)
        with np.errstate(all="ignore"):
            found = self.form.tails(times.ravel(), self.theta[None, :])[side][0]
        start = 0.0 if side == 0 else 1.0
        return np.where(times.ravel() > 0, found, start).reshape(times.shape)


def fitted(
    form: Form, peak: Peak, data: LifeData, *, notes: tuple[str, ...] = (), shift: float = 0.0
) -> FittedLife:
    """Make a life distribution from the peak of its likelihood.

    Parameters
    ----------
    shift
        Added to the value of the peak, where its likelihood was not that of the times.

    Raises
    ------
    NotEnoughData
        If the peak is none: the climb ended where the likelihood does not bend down.
    """
    if not peak.is_maximum:
        raise NotEnoughData(
            f"the likelihood of the {form.family.replace('_', ' ')} has no maximum that was found:"
            f" the climb ended after {peak.steps} steps where it does not bend down"
        )
    return FittedLife(
        form=form,
        theta=peak.theta,
        covariance=peak.covariance,
        loglik=peak.value + shift,
        units=data.units,
        failures=data.failures,
        notes=notes,
    )
