"""The log-likelihood of a cumulative exposure model, with its slopes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ops.lifetime.accelerated.constant import Constant
from ops.lifetime.accelerated.model import AccelerationModel
from ops.lifetime.accelerated.step_profile import StepProfile
from ops.lifetime.accelerated.step_rows import piece
from ops.lifetime.data import LifeData
from ops.lifetime.location_scale import Family
from ops.values import BoolArray, FloatArray, IntArray

_STEP = 1e-5  # of the central difference of slopes, in scaled coefficients


@dataclass(frozen=True, slots=True)
class StepSurface:
    """Log-likelihood over (b0, scaled constants, log sigma).

    Parameters
    ----------
    data
        The rows.
    spent_low, spent_high : shape (n, k)
        Time in each step until the low and the high end; 0 where there is no such end.
    now : shape (n, k)
        1 in the step in which the row failed.
    x : shape (n, k, e)
        Covariates of estimated constants, centred and scaled.
    offset : shape (n, k)
        What is not estimated of eta.
    back : shape (e + 2, e + 2)
        Turns theta into (b0, constants, log sigma).
    """

    family: Family
    data: LifeData
    spent_low: FloatArray
    spent_high: FloatArray
    now: FloatArray
    x: FloatArray
    offset: FloatArray
    back: FloatArray

    @classmethod
    def of(
        cls,
        data: LifeData,
        profile: IntArray,
        profiles: Sequence[StepProfile],
        model: AccelerationModel,
        family: Family,
        assumed: Mapping[str, Constant],
    ) -> "StepSurface":
        """Lay out rows and steps; profiles with fewer steps are filled up with empty ones."""
        n, k = data.lower.size, max(p.start.size for p in profiles)
        free = [j for j, c in enumerate(model.constants) if c not in assumed]
        low, high, now, offset = (np.zeros((n, k)) for _ in range(4))
        x = np.zeros((n, k, len(free)))
        for i, steps in enumerate(profiles):
            rows, m = np.flatnonzero(profile == i), steps.start.size
            ends = data.upper[rows]
            low[rows, :m] = steps.spent(data.lower[rows])
            high[rows, :m] = steps.spent(np.where(np.isfinite(ends), ends, 0.0))
            now[rows, :m] = steps.step_at(data.lower[rows])
            x[rows, :m] = steps.covariates[:, free]
            fixed = steps.shift + sum(
                assumed[c].value * steps.covariates[:, j]
                for j, c in enumerate(model.constants)
                if c in assumed
            )
            offset[rows, :m] = fixed
        used = (low > 0) | (high > 0)
        centre, spread = _scales(x, used)
        back = np.diag(np.concatenate([[1.0], 1.0 / spread, [1.0]]))
        back[0, 1:-1] = -centre / spread
        scaled = np.where(used[:, :, None], (x - centre) / spread, 0.0)
        return cls(family, data, low, high, now, scaled, offset, back)

    @property
    def size(self) -> int:
        """Length of theta."""
        return int(self.x.shape[2]) + 2

    def log_exposure(self, theta: FloatArray) -> FloatArray:
        """Logarithm of the exposure at the time of failure or the end, shape (n,)."""
        spent = np.where(np.isfinite(self.data.upper)[:, None], self.spent_high, self.spent_low)
        return self._exposure(theta, spent)[0]

    def value(self, theta: FloatArray) -> float:
        """Log-likelihood of the times; -inf where impossible."""
        total = self._both(theta)[0]
        return total if np.isfinite(total) else -np.inf

    def derivatives(self, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Gradient, and Hessian by central differences of it."""
        hessian = np.empty((theta.size, theta.size))
        for i in range(theta.size):
            step = np.zeros(theta.size)
            step[i] = _STEP
            hessian[i] = (self._both(theta + step)[1] - self._both(theta - step)[1]) / (2 * _STEP)
        return self._both(theta)[1], 0.5 * (hessian + hessian.T)

    def _both(self, theta: FloatArray) -> tuple[float, FloatArray]:
        """Log-likelihood and gradient."""
        data, exact, sigma = self.data, self.data.exact, float(np.exp(theta[-1]))
        low, by_low = self._exposure(theta, self.spent_low)
        high, by_high = self._exposure(theta, self.spent_high)
        high = np.where(data.right, np.inf, high)
        with np.errstate(over="ignore", invalid="ignore"):
            z_low, z_high = (low - theta[0]) / sigma, (high - theta[0]) / sigma
            found = piece(self.family, z_low, z_high, exact)
        eta = np.sum(self.now * (self.offset + self.x @ theta[1:-1]), axis=1)
        density = np.where(exact, -theta[-1] - np.where(exact, low, 0.0) - eta, 0.0)
        total = float(np.sum(data.weight * (found.value + density)))
        wl, wh = data.weight * found.by_low / sigma, data.weight * found.by_high / sigma
        own = np.where(exact, data.weight, 0.0)
        here = np.einsum("nk,nke->ne", self.now, self.x)
        slope = by_low.T @ (wl - own) + by_high.T @ wh - here.T @ own
        u_low = np.where(np.isfinite(z_low), z_low, 0.0)
        u_high = np.where(np.isfinite(z_high), z_high, 0.0)
        by_scale = -float(np.sum(wl * sigma * u_low + wh * sigma * u_high + own))
        return total, np.concatenate([[-float(np.sum(wl + wh))], slope, [by_scale]])

    def _exposure(self, theta: FloatArray, spent: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Logarithm of the exposure, shape (n,), and its slopes by the constants, (n, e)."""
        eta = self.offset + self.x @ theta[1:-1]
        with np.errstate(divide="ignore"):
            each = np.log(spent) - eta
        top = each.max(axis=1)
        finite = np.where(np.isfinite(top), top, 0.0)
        share = np.exp(each - finite[:, None])
        total = share.sum(axis=1)
        with np.errstate(divide="ignore"):
            log_exposure = np.where(total > 0, finite + np.log(total), -np.inf)
        weights = share / np.maximum(total, 1e-300)[:, None]
        return log_exposure, -np.einsum("nk,nke->ne", weights, self.x)


def _scales(x: FloatArray, used: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Centre and width of each covariate over the steps that were reached."""
    if not x.shape[2]:
        return np.zeros(0), np.ones(0)
    seen = x[used]
    width = np.ptp(seen, axis=0)
    return seen.mean(axis=0), np.where(width > 0, width, 1.0)
