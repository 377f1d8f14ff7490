"""Log-linear location-scale regression: the location depends on stresses, censored rows and all."""

from dataclasses import dataclass, replace
from math import inf

import numpy as np

from ops.errors import BadData
from ops.lifetime.columns import columns_of
from ops.lifetime.data import LifeData
from ops.lifetime.location_scale import STANDARD, Family, is_log, to_line
from ops.lifetime.plane import Peak, Plane, climb, plane_of
from ops.lifetime.separation import HELPED, NotIdentified, separate
from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class LifeRegression:
    """A fitted regression: mu of row i is its design row times `coefficients`.

    Parameters
    ----------
    coefficients : shape (p,)
        Of the columns of the design.
    sigma : shape (g,)
        Of each scale group.
    covariance : shape (p + g, p + g)
        Of (coefficients, log sigma) from the observed information; rows of a known sigma are 0.
    loglik
        Full log-likelihood of the times.
    iterations, gradient
        As in `LifeFit`.
    """

    family: Family
    coefficients: FloatArray
    sigma: FloatArray
    covariance: FloatArray
    loglik: float
    units: float
    failures: float
    iterations: int
    gradient: float
    sigma_known: bool = False


def regress(
    data: LifeData,
    design: FloatArray,
    family: Family = "weibull",
    *,
    scale_group: IntArray | None = None,
    sigma: float | None = None,
) -> LifeRegression:
    """Fit a location-scale regression by maximum likelihood.

    Parameters
    ----------
    data
        Rows of any kind; cells without a failure are welcome.
    design : shape (n, p)
        One row for each row of `data`; put a column of ones for an intercept.
    scale_group : shape (n,)
        Which sigma a row has, 0 .. g - 1; one for all if absent.
    sigma
        Known sigma of all groups.

    Raises
    ------
    BadData
        If the design does not fit the rows.
    NotIdentified
        If columns of the design are not told apart by the rows, or the likelihood has no maximum;
        a `NotEnoughData`.
    """
    if sigma is not None and not 0.0 < sigma < inf:
        raise BadData(f"sigma {sigma:g} is not a positive number")
    n = data.lower.size
    group = np.zeros(n, dtype=np.int64) if scale_group is None else scale_group
    plane = plane_of(design, np.asarray(group, dtype=np.int64), n)
    if np.bincount(plane.group, minlength=plane.groups).min(initial=1) == 0:
        raise BadData(f"scale groups 0 to {plane.groups - 1} must each have a row")
    peak = _one_sigma(data, plane, family, sigma)
    if plane.groups > 1:
        peak = _many_sigmas(data, plane, family, peak, sigma_known=sigma is not None)
    return _told(data, plane, family, peak, sigma_known=sigma is not None)


def _one_sigma(data: LifeData, plane: Plane, family: Family, sigma: float | None) -> Peak:
    single = replace(plane, groups=1)
    columns, known = columns_of(data), sigma is not None
    start = _start(data, plane, family)
    if sigma is not None:  # a sigma far below the spread overflows at once: come down to it
        while start[-1] > 4.0 * sigma:
            coarse = climb(columns, single, family, start, sigma_known=True)
            start = start if coarse is None else coarse.at.copy()
            start[-1] *= 0.25
        start[-1] = sigma
    peak = climb(columns, single, family, start, sigma_known=known)
    if peak is None:
        raise _unidentified(data, plane, family, sigma_known=known)
    return peak


def _many_sigmas(
    data: LifeData, plane: Plane, family: Family, peak: Peak, *, sigma_known: bool
) -> Peak:
    p = plane.rows.shape[1]
    start = np.concatenate([peak.at[:p], np.full(plane.groups, peak.at[p])])
    found = climb(columns_of(data), plane, family, start, sigma_known=sigma_known)
    if found is None:
        raise NotIdentified("spread")
    return found


def _start(data: LifeData, plane: Plane, family: Family) -> FloatArray:
    """Least squares through the times as they stand, and the spread about it."""
    ends = np.where(data.right, data.lower, data.upper)
    begins = np.where(data.lower > 0.0, data.lower, ends)
    x = 0.5 * (to_line(family, begins) + to_line(family, ends))
    share = data.weight / data.weight.sum()
    root = np.sqrt(share)
    at = np.linalg.lstsq(plane.rows * root[:, None], x * root, rcond=None)[0]
    rest = x - plane.rows @ at
    spread = float(np.sqrt(np.dot(share, rest * rest)))
    spread = max(spread, 0.05 * float(np.ptp(x)), 1e-12 * float(np.abs(x).max(initial=1e-300)))
    if STANDARD[family] == "sev":  # nothing may lie so far above that e^z overflows
        spread = max(spread, float(rest.max()) / 5.0)
    return np.append(at, spread)


def _unidentified(
    data: LifeData, plane: Plane, family: Family, *, sigma_known: bool
) -> NotIdentified:
    """Tell why there is no maximum."""
    direction = separate(data, plane.rows, family, sigma_known=sigma_known)
    if direction is None:
        return NotIdentified("truncation" if data.truncated else "spread")
    narrows, turned = direction
    if narrows > HELPED:
        return NotIdentified("one line")
    back = plane.back @ turned
    reach = np.abs(back) / np.maximum(np.abs(plane.back).max(axis=1), 1e-300)
    moved = np.flatnonzero(reach > HELPED * reach.max())
    return NotIdentified("unbounded", tuple(moved.tolist()))


def _told(
    data: LifeData, plane: Plane, family: Family, peak: Peak, *, sigma_known: bool
) -> LifeRegression:
    p = plane.rows.shape[1]
    way = np.eye(peak.at.size)
    way[:p, :p] = plane.back
    exact = data.exact
    line = np.dot(data.weight[exact], np.log(data.lower[exact])) if is_log(family) else 0.0
    held = slice(0, p if sigma_known else None)
    return LifeRegression(
        family=family,
        coefficients=plane.back @ peak.at[:p],
        sigma=peak.at[p:].copy(),
        covariance=way @ peak.covariance @ way.T,
        loglik=peak.value - float(line),
        units=data.units,
        failures=data.failures,
        iterations=peak.steps,
        gradient=float(np.abs(peak.slope[held]).max()) / data.units,
        sigma_known=sigma_known,
    )
