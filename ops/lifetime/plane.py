"""The design of a life regression on columns at right angles, and the climb on it."""

from dataclasses import dataclass

import numpy as np

from ops.errors import BadData
from ops.lifetime.columns import Columns
from ops.lifetime.location_scale import STANDARD, STANDARDS, Family, is_log
from ops.lifetime.separation import NotIdentified
from ops.values import FloatArray, IntArray

ALIKE = 1e-10  # least singular value, relative, of a design whose columns are told apart
HELD = 1e6  # variance of a location in sigma^2, above which nothing held the climb
HELD_SPREAD = 1e4  # variance of a log sigma


@dataclass(frozen=True, slots=True)
class Plane:
    """A design of full rank, turned.

    Parameters
    ----------
    rows : shape (n, p)
        Columns at right angles, each of length root n.
    back : shape (p, p)
        Coefficients of the design are ``back @ coefficients of rows``.
    group : shape (n,)
        Scale group.
    groups
        How many there are.
    """

    rows: FloatArray
    back: FloatArray
    group: IntArray
    groups: int


@dataclass(frozen=True, slots=True)
class Peak:
    """A maximum.

    Parameters
    ----------
    at : shape (p + g,)
        Coefficients of the turned design, then sigma of each group.
    value
        Log-likelihood on the line of the family.
    slope : shape (p + g,)
        By the coefficients and log sigma.
    covariance : shape (p + g, p + g)
        Of the coefficients and log sigma; zeros for a known sigma.
    """

    at: FloatArray
    value: float
    slope: FloatArray
    covariance: FloatArray
    steps: int


def plane_of(design: FloatArray, group: IntArray, n: int) -> Plane:
    """Turn a design onto columns at right angles.

    Raises
    ------
    BadData
        If it does not fit the n rows.
    NotIdentified
        If a column is a combination of others.
    """
    x = np.asarray(design, dtype=np.float64)
    if x.ndim != 2 or x.shape[0] != n or group.shape != (n,) or not np.isfinite(x).all():
        raise BadData(f"the design must hold a finite row for each of the {n} rows of data")
    length = np.sqrt(np.einsum("ij,ij->j", x, x))
    scaled = x / np.where(length > 0.0, length, 1.0)
    _, singular, turns = np.linalg.svd(scaled, full_matrices=False)
    weak = np.flatnonzero(singular < ALIKE * singular.max(initial=0.0))
    if x.shape[1] > n or weak.size:
        idle = np.abs(turns[weak]).max(axis=0, initial=0.0) > 1e-6
        raise NotIdentified("collinear", tuple(np.flatnonzero(idle).tolist()))
    q, r = np.linalg.qr(scaled)
    back = np.linalg.solve(r, np.eye(r.shape[0])) / length[:, None] * np.sqrt(n)
    groups = int(group.max(initial=0)) + 1
    return Plane(np.ascontiguousarray(q * np.sqrt(n)), back, group, groups)


def climb(
    columns: Columns, plane: Plane, family: Family, start: FloatArray, *, sigma_known: bool
) -> Peak | None:
    """Climb from `start`; None where there is no rest, or nothing holds the estimate.

    Parameters
    ----------
    start : shape (p + g,)
        As `Peak.at`.
    """
    from ops.lifetime.regression_kernel import (  # noqa: PLC0415  (numba loads in half a second)
        climb_plane,
        lay_flat,
    )

    layout = lay_flat(columns, is_log(family))
    standard = STANDARDS.index(STANDARD[family])
    at = start.copy()
    group = plane.group if plane.groups > 1 else np.zeros_like(plane.group)
    steps, value, slope, curve = climb_plane(standard, layout, (plane.rows, group), sigma_known, at)
    p = plane.rows.shape[1]
    covariance = None if steps < 0 else _covariance(curve, p, sigma_known=sigma_known)
    if covariance is None:
        return None
    shift = np.einsum("ij,jk,ik->i", plane.rows, covariance[:p, :p], plane.rows)
    held = (shift < HELD * at[p + group] ** 2).all()
    sure = (np.diag(covariance)[p:] < HELD_SPREAD).all()
    return Peak(at, value, slope, covariance, steps) if held and sure else None


def _covariance(curve: FloatArray, p: int, *, sigma_known: bool) -> FloatArray | None:
    """Invert the information of (coefficients, log sigma); None if it is not positive definite."""
    m = curve.shape[0]
    lower = np.tril(-curve)
    lower[p:, :p] *= -1.0  # from -log sigma to log sigma
    full = lower + np.tril(lower, -1).T
    free = p if sigma_known else m
    scale = np.sqrt(np.abs(np.diag(full)[:free])) + 1e-300
    inner = full[:free, :free] / np.outer(scale, scale)
    if not np.isfinite(inner).all() or np.linalg.eigvalsh(inner)[0] <= 1e-13:
        return None
    covariance = np.zeros((m, m))
    covariance[:free, :free] = np.linalg.inv(inner) / np.outer(scale, scale)
    return covariance
