"""Offset and scale of a bond program: measured loop height against its set-point.

Set-points carry no error, so this is a regression, not Deming's line. Wires of a lot share what
the lot does: errors are by cluster. ``measured - set-point = offset + (scale - 1) (x - centre)``;
where all wires have one set-point there is an offset only.

References
----------
Liang and Zeger (1986), Biometrika 73, 13-22 (errors by cluster);
Draper and Smith (1998), Applied Regression Analysis, 2.1 (lack of fit), here on cluster means;
DerSimonian and Laird (1986), Controlled Clinical Trials 7, 177-188 (variance between groups);
Morris (1983), J. American Statistical Association 78, 47-55 (shrinking towards the mean).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import fdtrc, stdtrit

from ops.errors import NotEnoughData
from ops.loop.agreement import Bounded
from ops.values import FloatArray, IntArray

LEAST_CLUSTERS = 4
_LEAST_GROUPS = 3  # of a wire type, before their spread means anything


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """A calibrated program.

    Parameters
    ----------
    centre
        Mean set-point; the offset is the error there.
    offset, error_offset
        Mean of measured less set-point, and its standard error.
    scale, error_scale
        Move of the height for each unit of the set-point; None with a single set-point.
    sigma
        Of a single wire of another lot about the line.
    band
        Half-width that holds a single wire of another lot at the centre.
    p_lack
        Of the test that a line fits; None with fewer than 3 set-points.
    wires, clusters, set_points
        How many.
    """

    centre: float
    offset: Bounded
    error_offset: float
    scale: Bounded | None
    error_scale: float | None
    sigma: float
    band: float
    p_lack: float | None
    wires: int
    clusters: int
    set_points: int


@dataclass(frozen=True, slots=True)
class Shrunken:
    """An estimate after those of like groups were taken into account.

    Parameters
    ----------
    weight
        Share of its own estimate, 0 to 1; the rest is the mean of the groups.
    """

    found: Bounded
    weight: float


def calibrate(
    set_point: FloatArray,
    height: FloatArray,
    cluster: IntArray,
    *,
    least_spread: float = 0.0,
    confidence: float = 0.95,
) -> ProgramLine:
    """Regress measured heights on set-points.

    Parameters
    ----------
    set_point, height : shape (n,)
        Programmed and measured, in one unit of measure; finite.
    cluster : shape (n,)
        Code of the lot (or unit) of each wire.
    least_spread
        Range of set-points below which there is no scale.

    Raises
    ------
    NotEnoughData
        With fewer than 4 clusters.

    Examples
    --------
    >>> x, lot = np.repeat([100.0, 200.0], 4), np.arange(8)
    >>> found = calibrate(x, 1.5 + 1.02 * x, lot)
    >>> round(found.offset.value, 6), round(found.scale.value, 6)
    (4.5, 1.02)
    """
    _, of = np.unique(cluster, return_inverse=True)
    g = int(of.max(initial=-1)) + 1
    if g < LEAST_CLUSTERS:
        raise NotEnoughData(f"a calibration needs {LEAST_CLUSTERS} lots, got {g}")
    centre = float(set_point.mean())
    levels, level = np.unique(set_point, return_inverse=True)
    scaled = levels.size > 1 and float(np.ptp(levels)) > least_spread
    x = set_point - centre
    design = np.column_stack([np.ones_like(x), x]) if scaled else np.ones((x.size, 1))
    found, errors, rest = _clustered(design, height - set_point, of, g)
    t = float(stdtrit(g - 1, 0.5 + confidence / 2))
    sigma = sqrt(_spread(rest, of, g))
    scale = 1.0 + float(found[1]) if scaled else None
    return ProgramLine(
        centre=centre,
        offset=_bounded(float(found[0]), t * float(errors[0])),
        error_offset=float(errors[0]),
        scale=None if scale is None else _bounded(scale, t * float(errors[1])),
        error_scale=float(errors[1]) if scaled else None,
        sigma=sigma,
        band=t * sqrt(sigma**2 + float(errors[0]) ** 2),
        p_lack=_lack_of_fit(levels, level, height, of) if scaled else None,
        wires=x.size,
        clusters=g,
        set_points=levels.size,
    )


def shrink(
    found: Sequence[tuple[float, float]], *, confidence: float = 0.95
) -> tuple[Shrunken | None, tuple[Shrunken, ...]]:
    """Draw estimates of groups towards their mean, by what of their spread is chance.

    Parameters
    ----------
    found
        Estimate and standard error of each group.

    Returns
    -------
    For a group without data of its own (None with fewer than 3 groups), and each group's.
    """
    z = float(stdtrit(1e9, 0.5 + confidence / 2))
    if len(found) < _LEAST_GROUPS or min(error for _, error in found) <= 0:
        return None, tuple(Shrunken(_bounded(b, z * error), 1.0) for b, error in found)
    b, v = np.array([value for value, _ in found]), np.array([error**2 for _, error in found])
    w = 1.0 / v
    fixed = float((w * b).sum() / w.sum())
    excess = float((w * (b - fixed) ** 2).sum()) - (b.size - 1)
    between = max(0.0, excess / float(w.sum() - (w * w).sum() / w.sum()))
    w = 1.0 / (v + between)
    mean, of_mean = float((w * b).sum() / w.sum()), 1.0 / float(w.sum())
    own = between / (between + v)
    errors = np.sqrt(own * v + (1.0 - own) ** 2 * of_mean)
    other = Shrunken(_bounded(mean, z * sqrt(between + of_mean)), 0.0)
    each = tuple(
        Shrunken(_bounded(mean + k * (value - mean), z * error), float(k))
        for value, k, error in zip(b.tolist(), own.tolist(), errors.tolist(), strict=True)
    )
    return other, each


def _clustered(
    design: FloatArray, y: FloatArray, of: IntArray, g: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Least squares: estimates, standard errors by cluster, residuals."""
    bread = np.linalg.inv(design.T @ design)
    found = bread @ (design.T @ y)
    rest = y - design @ found
    scores = np.column_stack([np.bincount(of, column * rest) for column in design.T])
    meat = scores.T @ scores * (g / (g - 1))
    return found, np.sqrt(np.maximum(0.0, np.diag(bread @ meat @ bread))), rest


def _spread(rest: FloatArray, of: IntArray, g: int) -> float:
    """Variance of a single wire: between clusters and within them (analysis of variance)."""
    n = np.bincount(of)
    means = np.bincount(of, rest) / n
    df = rest.size - g
    within = float(((rest - means[of]) ** 2).sum()) / df if df > 0 else 0.0
    size = (rest.size - float((n * n).sum()) / rest.size) / (g - 1)
    among = float((n * (means - rest.mean()) ** 2).sum()) / (g - 1)
    return within + max(0.0, (among - within) / size)


def _lack_of_fit(
    levels: FloatArray, level: IntArray, height: FloatArray, of: IntArray
) -> float | None:
    """Test a line against free means of the set-points, on means of clusters at a set-point."""
    cells, cell = np.unique(np.column_stack([level, of]), axis=0, return_inverse=True)
    cell = cell.reshape(-1)
    y, at = np.bincount(cell, height) / np.bincount(cell), cells[:, 0]
    free, pure = levels.size - 2, y.size - levels.size
    if free < 1 or pure < 2:
        return None
    count = np.bincount(at)
    error = float(((y - (np.bincount(at, y) / count)[at]) ** 2).sum())
    x = levels[at] - levels[at].mean()
    line = y.mean() + x * float(x @ y) / float(x @ x)
    lack = max(0.0, float(((y - line) ** 2).sum()) - error)
    if error <= 1e-18 * float(y @ y):
        return None
    return float(fdtrc(free, pure, lack / free / (error / pure)))


def _bounded(value: float, half: float) -> Bounded:
    return Bounded(value, value - half, value + half)
