"""Effect of each kind of action over all that were measured on a tool.

An action is taken when the level is out of the way, often by chance: what follows then looks like
an effect (regression to the mean). The share of the offset that an action removes is therefore
estimated with the variance of the offset taken out of both its sums; that it was chosen for a
chance extreme of the last points is not, so a share from few actions is rather too high.

References
----------
Barnett, van der Pols and Dobson (2005), Int. J. Epidemiology 34(1), 215-220 (regression to the
mean); Fuller (1987), Measurement Error Models, Wiley, 1.2 (variance taken out of the sums);
DerSimonian and Laird (1986), Controlled Clinical Trials 7(3), 177-188 (pooling over actions);
Hartung and Knapp (2001), Statistics in Medicine 20(24), 3875-3889 (its interval).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import bdtr, ndtri, stdtrit

from ops.drift.action_effect import ActionEffect, variance_of
from ops.drift.policy import ActionKind
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class Removed:
    """Share of something that an action removes, with its standard error."""

    share: float
    error: float


@dataclass(frozen=True, slots=True)
class PooledEffect:
    """Effect of one kind of action over all that were measured.

    Parameters
    ----------
    jump, jump_lower, jump_upper
        Mean jump towards home (positive is an improvement), with its interval; random effects.
    between
        Standard deviation of that jump from one action to the next.
    improved, p_value
        Actions after which the level was nearer to home, and the two-sided sign test of that.
    level, slope
        Shares of the offset and of the slope that are removed; None where they cannot be told.
    """

    kind: ActionKind
    n: int
    jump: float
    jump_lower: float
    jump_upper: float
    between: float
    improved: int
    p_value: float
    level: Removed | None
    slope: Removed | None


def pooled_effects(
    effects: Sequence[ActionEffect], *, confidence: float = 0.95
) -> tuple[PooledEffect, ...]:
    """Pool the effects of each kind of action, in the order in which kinds first occur."""
    groups: dict[ActionKind, list[ActionEffect]] = {}
    for one in effects:
        groups.setdefault(one.action.kind, []).append(one)
    return tuple(_pooled(kind, of, confidence) for kind, of in groups.items())


def _pooled(kind: ActionKind, of: list[ActionEffect], confidence: float) -> PooledEffect:
    sign = np.array([-1.0 if one.offset > 0 else 1.0 for one in of])
    gain = sign * np.array([one.jump for one in of])
    variance = np.array([max(variance_of(one.covariance, 0, 2), 1e-300) for one in of])
    between = _between(gain, variance)
    weight = 1.0 / (variance + between)
    mean = float(weight @ gain / weight.sum())
    error = sqrt(1.0 / float(weight.sum()))
    n = len(of)
    reach = float(ndtri(0.5 + confidence / 2))
    if n > 2:  # Hartung and Knapp, never narrower than without it
        spread = float(weight @ (gain - mean) ** 2) / (n - 1)
        error *= sqrt(max(spread, 1.0))
        reach = float(stdtrit(n - 1, 0.5 + confidence / 2))
    improved = sum(abs(one.offset + one.jump) < abs(one.offset) for one in of)
    return PooledEffect(
        kind=kind,
        n=n,
        jump=mean,
        jump_lower=mean - reach * error,
        jump_upper=mean + reach * error,
        between=sqrt(between),
        improved=improved,
        p_value=min(1.0, 2.0 * float(bdtr(min(improved, n - improved), n, 0.5))),
        level=_removed([one.offset for one in of], [one.jump for one in of], of, 0),
        slope=_removed([one.before for one in of], [one.bend for one in of], of, 1),
    )


def _between(gain: FloatArray, variance: FloatArray) -> float:
    """Variance between actions (DerSimonian and Laird, moments)."""
    if gain.size < 2:
        return 0.0
    w = 1.0 / variance
    mean = w @ gain / w.sum()
    q = float(w @ (gain - mean) ** 2)
    return max(0.0, (q - (gain.size - 1)) / float(w.sum() - (w @ w) / w.sum()))


def _removed(
    was: Sequence[float], change: Sequence[float], of: Sequence[ActionEffect], part: int
) -> Removed | None:
    """Share removed: change = -share x was, both with errors that hang together (Fuller)."""
    b, c = np.array(was), -np.array(change)
    noise = np.array([one.covariance[part, part] for one in of])
    shared = noise - np.array([one.covariance[part, part + 2] for one in of])
    wide = np.array([variance_of(one.covariance, part, part + 2) for one in of])
    size = float(np.sum(b**2 - noise))
    if size <= 2.0 * sqrt(float(np.sum(4.0 * b**2 * noise))):  # too little there to remove
        return None
    share = float(np.sum(b * c - shared)) / size
    left = wide + share**2 * noise - 2.0 * share * shared
    within = float(np.sum(b**2 * left))
    spread = float(np.sum(b**2 * (c - share * b) ** 2))
    n = len(of)
    total = max(within, spread * n / (n - 1)) if n > 1 else within
    return Removed(share, sqrt(total) / size)
