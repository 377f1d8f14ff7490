"""Anomaly score of a stream as it comes: how far a value exceeds all that was seen of late.

A value is compared with two expectations, its running level and the level at its hour of the day.
Its deviation from each is divided by the greatest one on the same side among the last `span`
values: nothing is assumed of the distribution, a stream that often spikes does not alarm at one
more spike, and 1 means "as far as the worst of late" for every stream. Only values before and at
the point are used. This finds single surprises; a drift is what the other monitors are for.

References
----------
Lavin and Ahmad (2015), IEEE ICMLA, "Evaluating real-time anomaly detection algorithms" (what a
detector on a stream has to do); Roberts (1959), Technometrics 1(3), 239-250 (running level).
"""

import numpy as np

from ops.errors import BadData
from ops.values import FloatArray

MOST = 10.0  # of a score: beyond it, it says nothing more
ROUNDING = 1e-12  # of the size of the values: what a deviation may owe to arithmetic


def anomaly_score(
    t: FloatArray,
    y: FloatArray,
    *,
    level: float = 0.005,
    hourly: float = 0.1,
    span: int = 4000,
    hold: int = 50,
) -> FloatArray:
    """Score of each value against those before it, 0 to 10; above about 1.05 it is an anomaly.

    Parameters
    ----------
    t, y : shape (n,)
        Time in days, its fraction the time of day, and values; NaN is left out.
    level, hourly
        Weight of the newest value in the running level, and in the level of its hour.
    span
        Values before it that a deviation is measured against; two weeks of a value in 5 minutes.
    hold
        Values after a score during which only a higher one is given: one alarm for one cause.

    Returns
    -------
    shape (n,)
        0 where nothing was to compare with, or a higher score came just before.

    Raises
    ------
    BadData
        If `t` and `y` differ in length, or `span` or `hold` is below 1.

    Examples
    --------
    >>> y = np.array([0.0, 1.0, -1.0, 1.0, 0.0, 1.0, 6.0, 1.0])
    >>> anomaly_score(np.arange(8) / 288, y, hold=3).round(1).tolist()[5:]
    [0.0, 5.8, 0.0]
    """
    if t.size != y.size:
        raise BadData(f"t has {t.size} values and y {y.size}: give one time for each value")
    if min(span, hold) < 1:
        raise BadData(f"span is {span} and hold {hold}: both are at least 1")
    from ops.drift.anomaly_kernel import (  # noqa: PLC0415  (numba loads in half a second)
        hourly_deviations,
        level_deviations,
        prior_max,
    )

    least = ROUNDING * np.maximum.accumulate(np.abs(np.nan_to_num(y)))
    score = np.zeros(y.size)
    for deviation in (level_deviations(y, level), hourly_deviations(t, y, hourly, level)):
        for side in (np.maximum(deviation, 0.0), np.maximum(-deviation, 0.0)):
            score = np.maximum(score, _beyond(side, prior_max(side, span), least))
    before = np.nan_to_num(prior_max(score, hold), nan=-1.0)
    return np.where(score > before, score, 0.0)


def _beyond(side: FloatArray, greatest: FloatArray, least: FloatArray) -> FloatArray:
    """Deviations over the greatest before; 0 where there is none, or only rounding."""
    told = (side > least) & ~np.isnan(greatest)
    ratio = np.divide(side, np.maximum(greatest, least), out=np.zeros(side.size), where=told)
    return np.minimum(ratio, MOST)
