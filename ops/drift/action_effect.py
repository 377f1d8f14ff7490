"""What one action did to a tool: level and slope just before and just after it.

Around each action the level is two straight lines, one before and one after, that reach from the
event before to the event behind; the noise is a first-order autoregression in time. The jump is the
difference of the lines at the action, the bend that of their slopes.

References
----------
Marriott and Pope (1954), Biometrika 41, 390-402; Kendall (1954), 403-404 (bias of r1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import stdtrit

from ops.drift.past_action import PastAction
from ops.values import BoolArray, FloatArray

LEAST = 6  # values on each side
LONGEST_DAYS = 60.0
MOST_PHI = 0.95


@dataclass(frozen=True, slots=True)
class ActionEffect:
    """Before and after of one action.

    Parameters
    ----------
    offset
        Level just before the action, less home.
    jump, jump_lower, jump_upper
        Level just after less just before, with its interval.
    before, bend, bend_lower, bend_upper
        Slope before, and slope after less slope before, a day.
    covariance : shape (4, 4)
        Of (level, slope) before and (level, slope) after.
    n_before, n_after, phi
        Values used, and their correlation at the usual distance in time.
    """

    action: PastAction
    offset: float
    jump: float
    jump_lower: float
    jump_upper: float
    before: float
    bend: float
    bend_lower: float
    bend_upper: float
    covariance: FloatArray
    n_before: int
    n_after: int
    phi: float


def action_effect(
    t: FloatArray,
    y: FloatArray,
    action: PastAction,
    neighbours: Sequence[float],
    *,
    home: float,
    confidence: float = 0.95,
) -> ActionEffect | None:
    """Compare a tool before and after an action; None with too few values on a side.

    Parameters
    ----------
    t, y : shape (n,)
        Days, increasing, and values, in the unit of the characteristic.
    neighbours
        Days of all events of the tool; the windows end at the nearest on each side.
    home
        Level that it should be at: target or qualified baseline.
    """
    earlier = [one for one in neighbours if one < action.t]
    later = [one for one in neighbours if one > action.t]
    start = max([action.t - LONGEST_DAYS, *earlier])
    end = min([action.t + LONGEST_DAYS, *later])
    kept = np.isfinite(y) & (t >= start) & (t < end)
    x, z = t[kept] - action.t, y[kept]
    after = x >= 0
    counts = int(np.count_nonzero(~after)), int(np.count_nonzero(after))
    if min(counts) < LEAST or min(np.ptp(x[~after]), np.ptp(x[after])) <= 0:
        return None
    beta, covariance, phi, df = _two_lines(x, z, after)
    reach = float(stdtrit(df, 0.5 + confidence / 2))
    jump, bend = float(beta[2] - beta[0]), float(beta[3] - beta[1])
    wide = (
        reach * sqrt(variance_of(covariance, 0, 2)),
        reach * sqrt(variance_of(covariance, 1, 3)),
    )
    return ActionEffect(
        action=action,
        offset=float(beta[0]) - home,
        jump=jump,
        jump_lower=jump - wide[0],
        jump_upper=jump + wide[0],
        before=float(beta[1]),
        bend=bend,
        bend_lower=bend - wide[1],
        bend_upper=bend + wide[1],
        covariance=covariance,
        n_before=counts[0],
        n_after=counts[1],
        phi=phi,
    )


def _two_lines(
    x: FloatArray, z: FloatArray, after: BoolArray
) -> tuple[FloatArray, FloatArray, float, float]:
    """Generalized least squares of two lines: (level, slope) before and after, and how sure."""
    design = np.zeros((x.size, 4))
    design[~after, 0], design[~after, 1] = 1.0, x[~after]
    design[after, 2], design[after, 3] = 1.0, x[after]
    first = np.linalg.lstsq(design, z, rcond=None)[0]
    rest = z - design @ first
    n = x.size
    square = float(rest @ rest)
    r = float(rest[1:] @ rest[:-1]) / square if square > 0 else 0.0
    # E[r1] is lower by (2 + 4 phi) / m about a line through m values; here m is n / 2
    phi = float(np.clip((r + 4.0 / n) / max(1.0 - 8.0 / n, 0.3), 0.0, MOST_PHI))
    step = np.diff(x)
    usual = float(np.median(step)) or float(np.mean(step))
    rho = phi ** np.maximum(step / usual, 0.05) if phi > 0 else np.zeros(n - 1)
    scale = 1.0 / np.sqrt(1.0 - rho**2)
    white = np.vstack([design[:1], (design[1:] - rho[:, None] * design[:-1]) * scale[:, None]])
    seen = np.append(z[:1], (z[1:] - rho * z[:-1]) * scale)
    beta = np.linalg.lstsq(white, seen, rcond=None)[0]
    left = seen - white @ beta
    df = max(n * (1.0 - phi) / (1.0 + phi) - 4.0, 2.0)
    variance = float(left @ left) / (n - 4)
    covariance = np.asarray(variance * np.linalg.pinv(white.T @ white), dtype=np.float64)
    return np.asarray(beta, dtype=np.float64), covariance, phi, df


def variance_of(covariance: FloatArray, i: int, j: int) -> float:
    """Variance of the difference of two estimates."""
    return float(max(covariance[i, i] + covariance[j, j] - 2 * covariance[i, j], 0.0))
