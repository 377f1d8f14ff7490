"""What an action did: the level right before it, the level after it, and which it should be.

Before and after are two lines whose errors are serially correlated (`ops.drift.serial_gls`). The
deviation from the target is compared on both sides: an action helps where it brings the level
nearer for sure, and it fixed it where the level is then on target within a margin.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.drift.serial_gls import Bounded, SerialGls, serial_gls
from ops.values import FloatArray

Judged = Literal["fixed", "better", "not fixed", "worse", "unknown"]
LEAST = 4  # values on each side
MOST = 200  # values next to the action that are looked at, on each side
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Outcome:
    """Effect of an action.

    Parameters
    ----------
    judged
        ``fixed``: on target within the margin; ``better``: nearer, not there; ``worse``: farther;
        ``not fixed``: neither is shown; ``unknown``: too few values.
    step
        Level after less level before, at the action, in the unit.
    before, after
        Deviation from the target on each side of the action, in the unit.
    slope_before, slope_after
        In the unit a day.
    target, margin, sigma
        What it was held against.
    """

    judged: Judged
    step: Bounded | None = None
    before: Bounded | None = None
    after: Bounded | None = None
    slope_before: Bounded | None = None
    slope_after: Bounded | None = None
    target: float | None = None
    margin: float | None = None
    sigma: float | None = None


def outcome_of(
    t: FloatArray,
    y: FloatArray,
    t_after: FloatArray,
    y_after: FloatArray,
    *,
    margin: float | None = None,
    target: float | None = None,
) -> Outcome:
    """Judge the action between two stretches.

    Parameters
    ----------
    t, t_after : shapes (n,), (k,)
        Days on one clock, not decreasing.
    margin
        Distance from the target that counts as on it; absent: one standard deviation of the noise.
    target
        Where the level should be; absent: where the line of the stretch before begins.
    """
    if y.size < LEAST or y_after.size < LEAST:
        return Outcome("unknown")
    past, since = slice(-MOST, None), slice(0, MOST)
    a, b = t[past], t_after[since]
    at = (a[-1] + b[0]) / 2.0
    clock = np.concatenate((a, b)) - at
    late = np.concatenate((np.zeros(a.size), np.ones(b.size)))
    design = np.column_stack((1.0 - late, (1.0 - late) * clock, late, late * clock))
    values = np.concatenate((y[past], y_after[since]))
    fit = serial_gls(clock, design, values, group=late.astype(np.int64))
    start = np.array([1.0, float(t[0] if target is None and y.size <= MOST else a[0]) - at, 0, 0])
    return _judged(fit, start, margin, target, float(b[-1] - at))


def _judged(
    fit: SerialGls, start: FloatArray, margin: float | None, target: float | None, days: float
) -> Outcome:
    before = np.array([1.0, 0.0, 0.0, 0.0])
    after = np.array([0.0, 0.0, 1.0, days / 2.0])  # the middle of what followed: known best
    aim = fit.estimate(start).value if target is None else target
    allowed = fit.sigma if margin is None else margin
    # against the begin of the same line the deviation is a contrast; against a number, a shift
    origin = start if target is None else np.zeros(4)
    shift = 0.0 if target is None else target
    left = _moved(fit.estimate(before - origin), shift)
    right = _moved(fit.estimate(after - origin), shift)
    return Outcome(
        judged=_word(fit, (before - origin, after - origin), (left, right), shift, allowed),
        step=fit.estimate(np.array([-1.0, 0.0, 1.0, 0.0])),
        before=left,
        after=right,
        slope_before=fit.estimate(np.array([0.0, 1.0, 0.0, 0.0])),
        slope_after=fit.estimate(np.array([0.0, 0.0, 0.0, 1.0])),
        target=aim,
        margin=allowed,
        sigma=fit.sigma,
    )


def _moved(found: Bounded, shift: float) -> Bounded:
    return Bounded(found.value - shift, found.se, found.lower - shift, found.upper - shift)


def _word(
    fit: SerialGls,
    contrasts: tuple[FloatArray, FloatArray],
    deviation: tuple[Bounded, Bounded],
    shift: float,
    margin: float,
) -> Judged:
    """Compare |after| with |before|: signs are taken as they stand, then it is one contrast."""
    left, right = deviation
    signs = (1.0 if left.value >= 0 else -1.0, 1.0 if right.value >= 0 else -1.0)
    contrast = signs[1] * contrasts[1] - signs[0] * contrasts[0]
    nearer = _moved(fit.estimate(contrast), shift * (signs[1] - signs[0]))
    rounding = 1e-9 * (abs(left.value) + abs(right.value) + fit.sigma + abs(fit.value[0]))
    within = -margin <= right.value <= margin
    if nearer.upper < -rounding:
        return "fixed" if within else "better"
    return "worse" if nearer.lower > rounding and not within else "not fixed"
