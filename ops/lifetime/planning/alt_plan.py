"""An accelerated life test: units in cells of stress, and how well it will tell the life at use."""

from dataclasses import dataclass
from math import ceil, exp, log, sqrt

import numpy as np
from scipy import special

from ops.errors import BadData, Problem
from ops.lifetime.location_scale import standard_quantile
from ops.lifetime.planning.alt_model import AltModel
from ops.lifetime.planning.information import unit_information
from ops.values import FloatArray, IntArray

MOST = 1e12  # units that a plan may need


@dataclass(frozen=True, slots=True)
class AltPlan:
    """Cells of an accelerated test and what is to be expected of them.

    Parameters
    ----------
    places : shape (k, stresses)
        0 at use, 1 at the highest level.
    units : shape (k,)
        Units of each cell.
    duration
        When units that last are taken off.
    failing, expected : shape (k,)
        Share that fails by then, and units that do.
    few : shape (k,)
        Probability of fewer than `wanted` failures in the cell.
    any_few
        Probability that this happens in any cell.
    wanted
        Failures that each cell should have.
    standard_error
        Asymptotic, of the log of the life at use by which the share `p` has failed.
    factor
        Precision factor at `confidence`: the interval reaches from estimate / factor to
        estimate * factor.
    """

    places: FloatArray
    units: IntArray
    duration: float
    p: float
    confidence: float
    failing: FloatArray
    expected: FloatArray
    few: FloatArray
    any_few: float
    wanted: int
    standard_error: float
    factor: float


@dataclass(frozen=True, slots=True)
class AltAim:
    """What an accelerated test is planned for.

    Parameters
    ----------
    p
        Share whose life at use is wanted, 0.1 for B10.
    duration
        Of the test, in the unit of the planning values.
    confidence
        Of the two-sided interval.
    wanted
        Failures that each cell should have.
    """

    p: float
    duration: float
    confidence: float = 0.95
    wanted: int = 4


def evaluate(model: AltModel, places: FloatArray, units: IntArray, aim: AltAim) -> AltPlan:
    """Say what is to be expected of a plan.

    Parameters
    ----------
    places : shape (k, stresses)
        0 at use, 1 at the highest level.
    units : shape (k,)
        Units of each cell, not negative.

    Raises
    ------
    BadData
        If the cells cannot tell all coefficients: each stress needs two levels.

    References
    ----------
    Meeker and Escobar (1998), chapter 20.
    """
    places = np.atleast_2d(np.asarray(places, dtype=np.float64))
    shares = np.asarray(units, dtype=np.float64)
    variance = variance_at_use(model, places[None], shares[None], aim)[0]
    if not np.isfinite(variance):
        said = (
            f"{places.shape[0]} cells cannot tell {1 + places.shape[1]} coefficients and a scale:"
            " give each stress two levels at which units fail"
        )
        raise BadData(said, (Problem("/cells", said),))
    failing = model.failing(places, aim.duration)
    few = _few(np.asarray(units), failing, aim.wanted)
    error = sqrt(float(variance))
    return AltPlan(
        places=places,
        units=np.asarray(units, dtype=np.int64),
        duration=aim.duration,
        p=aim.p,
        confidence=aim.confidence,
        failing=failing,
        expected=shares * failing,
        few=few,
        any_few=float(1.0 - np.prod(1.0 - few)),
        wanted=aim.wanted,
        standard_error=error,
        factor=exp(min(normal(aim.confidence) * error, 700.0)),
    )


def variance_at_use(
    model: AltModel, places: FloatArray, units: FloatArray, aim: AltAim
) -> FloatArray:
    """Asymptotic variance of log t_p at use, for many plans at once.

    Parameters
    ----------
    places : shape (plans, k, stresses)
    units : shape (plans, k)
        Units, or shares of them: the variance is then that of one unit.

    Returns
    -------
    shape (plans,)
        Infinite where the cells cannot tell the coefficients.
    """
    plans, cells, stresses = places.shape
    end = model.standard(places.reshape(-1, stresses), aim.duration)
    f11, f12, f22 = unit_information(model.family, end).T.reshape(3, plans, cells)
    x = np.concatenate([np.ones((plans, cells, 1)), places], axis=2)
    size = stresses + 2
    total = np.empty((plans, size, size))
    total[:, :-1, :-1] = np.einsum("pk,pki,pkj->pij", units * f11, x, x)
    total[:, :-1, -1] = total[:, -1, :-1] = np.einsum("pk,pki->pi", units * f12, x)
    total[:, -1, -1] = np.sum(units * f22, axis=1)
    z = float(standard_quantile(model.family, np.array([aim.p]))[0])
    gradient = np.zeros(size)
    gradient[0], gradient[-1] = 1.0, z
    return model.sigma**2 * _quadratic(total, gradient)


def units_for_factor(plan: AltPlan, factor: float) -> int:
    """Units in all that a plan of these shares needs for a precision factor.

    Raises
    ------
    BadData
        If the factor is not above 1, or no number of units that can be counted is enough.
    """
    if not factor > 1.0:
        said = f"the precision factor is {factor:g}: it must be above 1, e.g. 2"
        raise BadData(said, (Problem("/factor", said),))
    total = int(plan.units.sum())
    needed = total * (normal(plan.confidence) * plan.standard_error / log(factor)) ** 2
    if not needed < MOST:
        said = f"more than {MOST:g} units were needed: allow a larger factor, or test longer"
        raise BadData(said, (Problem("/factor", said),))
    return ceil(needed - 1e-9)


def normal(confidence: float) -> float:
    """Take the standard normal quantile of a two-sided interval."""
    return float(special.ndtri(0.5 * (1.0 + confidence)))


def whole(shares: FloatArray | IntArray, total: int) -> IntArray:
    """Whole units nearest to shares of a total: the largest remainders are rounded up.

    Examples
    --------
    >>> whole(np.array([4.0, 2.0, 1.0]), 100).tolist()
    [57, 29, 14]
    """
    exact = total * np.asarray(shares) / np.sum(shares)
    units: IntArray = np.floor(exact).astype(np.int64)
    late = np.argsort(units - exact, kind="stable")[: total - int(units.sum())]
    units[late] += 1
    return units


def _quadratic(matrix: FloatArray, vector: FloatArray) -> FloatArray:
    """``v' inverse(M) v`` of each matrix, infinite where it is not positive definite."""
    diagonal = np.sqrt(np.maximum(np.einsum("pii->pi", matrix), 1e-300))
    scaled = matrix / diagonal[:, :, None] / diagonal[:, None, :]
    values, vectors = np.linalg.eigh(scaled)
    along = np.einsum("pij,pi->pj", vectors, vector / diagonal)
    good = values[:, 0] > 1e-12
    safe = np.where(good[:, None], values, 1.0)
    return np.where(good, np.sum(along**2 / safe, axis=1), np.inf)


def _few(units: IntArray, failing: FloatArray, wanted: int) -> FloatArray:
    """Probability of fewer than `wanted` failures, shape (k,)."""
    some = special.bdtr(wanted - 1, np.maximum(units, wanted), failing)
    return np.where(units >= wanted, some, 1.0)
