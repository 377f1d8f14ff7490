"""The log-likelihood of a location-scale regression as a surface, with slopes and curvature.

``regress`` finds its top; here it is walked under a constraint, which a profile needs: a life at
use conditions or an acceleration factor is held fixed and all else is fitted.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ops.lifetime.data import LifeData
from ops.lifetime.location_scale import STANDARD, STANDARDS, Family, is_log, to_line
from ops.values import BoolArray, FloatArray, IntArray

EXACT, RIGHT, LEFT, INTERVAL = range(4)  # as the kernel counts them
STEEPEST = 300.0  # of the logarithm of sigma, either way


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows on the line of a family, as the kernel takes them.

    Parameters
    ----------
    kind : shape (m,)
        EXACT, RIGHT, LEFT or INTERVAL.
    source : shape (m,)
        Row of the data.
    place : shape (3, m)
        Position of the only or the low end, width of an interval, units (negative for what is
        divided by: truncation).
    jacobian
        Turns densities of logarithms into those of times, a sum over all rows.
    """

    family: Family
    kind: IntArray
    source: IntArray
    place: FloatArray
    jacobian: float

    @property
    def failed(self) -> BoolArray:
        """Rows that have failed, shape (m,)."""
        return np.asarray((self.kind != RIGHT) & (self.place[2] > 0))


def rows_of(data: LifeData, family: Family) -> Rows:
    """See life data as the likelihood of a family does; a truncated row counts twice."""
    low, high = to_line(family, data.lower), to_line(family, data.upper)
    jacobian = -float(np.sum((data.weight * low)[data.exact])) if is_log(family) else 0.0
    cut = np.flatnonzero((data.entry > 0) | np.isfinite(data.exit))
    return laid_out(
        family,
        np.concatenate([low, to_line(family, data.entry[cut])]),
        np.concatenate([high, to_line(family, data.exit[cut])]),
        np.concatenate([data.weight, -data.weight[cut]]),
        np.concatenate([np.arange(low.size), cut]),
        jacobian=jacobian,
    )


def laid_out(
    family: Family,
    low: FloatArray,
    high: FloatArray,
    weight: FloatArray,
    source: IntArray,
    *,
    jacobian: float = 0.0,
) -> Rows:
    """Rows from their ends on the line, -inf and inf where they have none; each shape (m,)."""
    below, above = np.isneginf(low), np.isposinf(high)
    kind = np.where(low == high, EXACT, np.where(above, RIGHT, np.where(below, LEFT, INTERVAL)))
    position = np.where(below, high, low)
    with np.errstate(invalid="ignore"):
        width = np.where(kind == INTERVAL, high - low, 0.0)
    known = ~(below & above)
    place = np.ascontiguousarray(np.vstack([position, width, weight])[:, known])
    return Rows(family, kind[known].astype(np.int64), source[known], place, jacobian)


@dataclass(frozen=True, slots=True)
class Surface:
    """Log-likelihood over (phi, log sigma).

    The standardized end of a row is ``(x - design phi - offset) / sigma - shift``.

    Parameters
    ----------
    rows
        What was seen.
    design : shape (n, q)
        Columns of the free coefficients, by row of the data.
    offset : shape (n,)
        Part of the location that is given.
    shift : shape (n,)
        Part of the location that is a multiple of sigma.
    """

    rows: Rows
    design: FloatArray
    offset: FloatArray
    shift: FloatArray

    def value(self, theta: FloatArray) -> float:
        """Log-likelihood at ``theta = (phi, log sigma)``, of the times; -inf where impossible."""
        if abs(theta[-1]) > STEEPEST:
            return -np.inf
        total = self._survey(theta)[0] + self.rows.jacobian
        return total if np.isfinite(total) else -np.inf

    def derivatives(self, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Gradient, shape (q + 1,), and Hessian, shape (q + 1, q + 1), at `theta`."""
        _, gradient, hessian = self._survey(theta)
        return gradient, hessian

    def _survey(self, theta: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        from ops.lifetime.accelerated.surface_kernel import (  # noqa: PLC0415  (loads numba)
            survey,
        )

        rows = self.rows
        standard = STANDARDS.index(STANDARD[rows.family])
        layout = (rows.kind, rows.source, rows.place)
        return survey(standard, layout, (self.design, self.offset, self.shift), theta)


class Hill(Protocol):
    """What can be climbed."""

    def value(self, theta: FloatArray) -> float:
        """Height at `theta`; -inf where impossible."""
        ...

    def derivatives(self, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Gradient and Hessian at `theta`."""
        ...


def climb(
    surface: Hill, start: FloatArray, *, steps: int = 60, tolerance: float = 1e-9
) -> tuple[FloatArray, float]:
    """Climb to the top by damped Newton steps: where it lies, and how high.

    A direction in which the surface is not concave is followed uphill with the size of its
    curvature.
    """
    theta, height = np.array(start, dtype=np.float64), surface.value(start)
    for _ in range(steps):
        gradient, hessian = surface.derivatives(theta)
        if not (np.isfinite(gradient).all() and np.isfinite(hessian).all()):
            break
        values, vectors = np.linalg.eigh(0.5 * (hessian + hessian.T))
        size = np.maximum(np.abs(values), 1e-10 * max(float(np.abs(values).max()), 1e-300))
        step = vectors @ ((vectors.T @ gradient) / size)
        gain = float(gradient @ step)
        if gain < tolerance:
            break
        theta, height = _uphill(surface, theta, height, step)
    return theta, height


def _uphill(
    surface: Hill, theta: FloatArray, height: float, step: FloatArray
) -> tuple[FloatArray, float]:
    """Halve a step until it gains; a step of log sigma is at most 1."""
    step = step / max(1.0, abs(float(step[-1])))
    for _ in range(40):
        there = surface.value(theta + step)
        if there > height:
            return theta + step, there
        step = 0.5 * step
    return theta, height
