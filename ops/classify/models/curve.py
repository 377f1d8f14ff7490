"""Curvature of a penalised log-loss at one point, made ready for several steps."""

from dataclasses import dataclass

import numpy as np

from ops.values import FloatArray

_SINGULAR = 1e-12  # smallest squared pivot, or eigenvalue, of a Hessian with ones on its diagonal
_FALL = 1e-14  # of the quadratic, by one coordinate in the last sweep of a descent
_SWEEPS = 20_000


@dataclass(frozen=True, slots=True)
class Curve:
    """Hessian with the square penalty.

    Parameters
    ----------
    hessian : shape (d, d)
    inverse : shape (d, d), or None
        Factor F with F F' the inverse, on the directions that the rows tell apart; None where the
        penalty has kinks.
    mass
        Mean curvature along the intercepts: about rows x p (1 - p).
    singular
        Whether some directions were left out.
    """

    hessian: FloatArray
    inverse: FloatArray | None
    mass: float
    singular: bool

    def step(self, slope: FloatArray, theta: FloatArray, l1: FloatArray) -> FloatArray:
        """Step that minimises the quadratic plus sum of l1 |theta + step|, shape (d,)."""
        if self.inverse is not None:
            return -(self.inverse @ (self.inverse.T @ slope))
        from ops.classify.models.descent_kernel import descend  # noqa: PLC0415  (loads numba)

        return descend(self.hessian, slope, theta, l1, _FALL, _SWEEPS)

    def square(self, step: FloatArray) -> float:
        """Squared length of a step, in standard errors."""
        return float(step @ self.hessian @ step)


def curve_of(hessian: FloatArray, l2: FloatArray, shape: tuple[int, ...], *, smooth: bool) -> Curve:
    """Add the square penalty, shape (d,), and factor the sum if the penalty is smooth."""
    mass = float(np.diag(hessian).reshape(shape)[:, 0].mean())
    total = hessian.copy()
    total[np.diag_indices_from(total)] += l2
    if not smooth:
        return Curve(total, None, mass, singular=False)
    if shape[0] > 1:  # a shift common to all classes changes nothing: keep it at 0
        level = np.diag(total).reshape(shape).mean(axis=0)
        total += np.kron(np.full((shape[0], shape[0]), 1.0 / shape[0]), np.diag(level))
    inverse, singular = _root(total)
    return Curve(total, inverse, mass, singular)


def _root(total: FloatArray) -> tuple[FloatArray, bool]:
    """F with F F' the inverse; where there is none, that of the shortest step."""
    from scipy.linalg import LinAlgError, cholesky, solve_triangular  # noqa: PLC0415  (50 ms)

    size = np.sqrt(np.maximum(np.diag(total), 1e-300))
    even = total / np.outer(size, size)
    try:
        factor = cholesky(even)
        if np.diag(factor).min() ** 2 > _SINGULAR:
            return solve_triangular(factor, np.eye(len(size))) / size[:, None], False
    except LinAlgError:
        pass
    values, vectors = np.linalg.eigh(even)
    kept = values > _SINGULAR * len(values)
    return vectors[:, kept] / np.sqrt(values[kept]) / size[:, None], True
