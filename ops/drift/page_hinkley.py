"""Page-Hinkley test: the mean of a stream left its running mean, either way, and since when.

The cumulated deviation from the running mean, less a tolerated `delta` at each value, is compared
with its extreme so far. With the mean known in advance it would be the tabular CUSUM; here the
stream is its own reference, so it needs no target, and after an alarm it learns the new level.

References
----------
Page (1954), Biometrika 41, 100-115; Hinkley (1971), Biometrika 58(3), 509-523;
Lucas and Crosier (1982), Technometrics 24(3), 199-205 (head start).
"""

from dataclasses import dataclass
from math import inf
from typing import Literal

import numpy as np

from ops.errors import BadData
from ops.values import FloatArray, IntArray

Mode = Literal["up", "down", "both"]
BLOCK = 256  # streams that are tested side by side: their state stays in the nearest cache


@dataclass(frozen=True, slots=True)
class PageHinkley:
    """Alarms of a Page-Hinkley test, in time order.

    Parameters
    ----------
    alarms : shape (m,)
        Index of each value at which a statistic exceeds the threshold; both start anew after it.
    directions : shape (m,)
        1 up, -1 down.
    began : shape (m,)
        Index of the first value after the statistic was last 0: the change began there.
    """

    alarms: IntArray
    directions: IntArray
    began: IntArray


def page_hinkley(
    y: FloatArray,
    *,
    min_instances: int = 30,
    delta: float = 0.005,
    threshold: float = 50.0,
    alpha: float = 1 - 0.0001,
    mode: Mode = "both",
    headstart: float = 0.0,
) -> PageHinkley:
    """Test a stream value by value.

    Parameters
    ----------
    y : shape (n,)
        Values in time order; NaN is left out.
    min_instances
        Values after a start before which no alarm is given.
    delta
        Deviation from the running mean that is tolerated, in the unit of `y`; at least 0.
    threshold
        Of the statistics, in the unit of `y`.
    alpha
        Share of the cumulated deviation that the next value keeps, in (0, 1]; 1 forgets nothing.
    mode
        Which side gives alarms.
    headstart
        Where both statistics start (fast initial response), at first and after each alarm.

    Raises
    ------
    BadData
        If a parameter is out of its range.

    Examples
    --------
    >>> page_hinkley(np.repeat([0.0, 5.0], 100), threshold=20.0).alarms.tolist()
    [104]
    """
    from ops.drift.page_hinkley_kernel import (  # noqa: PLC0415  (numba loads in half a second)
        page_hinkley_runs,
    )

    limits = _limits(delta, alpha, threshold, headstart, mode)
    values = np.ascontiguousarray(y, dtype=np.float64)
    alarms = page_hinkley_runs(values, min_instances, delta, limits, alpha, headstart)
    return PageHinkley(alarms[:, 0], alarms[:, 1], alarms[:, 2])


def page_hinkley_streams(
    y: FloatArray,
    *,
    min_instances: int = 30,
    delta: float = 0.005,
    threshold: float = 50.0,
    alpha: float = 1 - 0.0001,
    mode: Mode = "both",
    headstart: float = 0.0,
) -> tuple[PageHinkley, ...]:
    """Test many streams side by side, several times as fast as one after the other.

    Parameters
    ----------
    y : shape (n, streams)
        A column for each stream; blocks with NaN are tested one by one. The rest as `page_hinkley`.

    Returns
    -------
    tuple of length streams
        What `page_hinkley` says of each column, to the last bit.

    Raises
    ------
    BadData
        If a parameter is out of its range.
    """
    from ops.drift.page_hinkley_kernel import (  # noqa: PLC0415  (numba loads in half a second)
        page_hinkley_block,
    )

    limits = _limits(delta, alpha, threshold, headstart, mode)
    found: list[PageHinkley] = []
    for first in range(0, y.shape[1], BLOCK):
        block = np.ascontiguousarray(y[:, first : first + BLOCK], dtype=np.float64)
        if np.isnan(block.sum()):
            found += [
                page_hinkley(
                    column,
                    min_instances=min_instances,
                    delta=delta,
                    threshold=threshold,
                    alpha=alpha,
                    mode=mode,
                    headstart=headstart,
                )
                for column in block.T
            ]
            continue
        rows = page_hinkley_block(block, min_instances, delta, limits, alpha, headstart)
        rows = rows[np.argsort(rows[:, 0], kind="stable")]
        ends = np.cumsum(np.bincount(rows[:, 0], minlength=block.shape[1]))[:-1]
        found += [PageHinkley(own[:, 1], own[:, 2], own[:, 3]) for own in np.split(rows, ends)]
    return tuple(found)


def _limits(
    delta: float, alpha: float, threshold: float, headstart: float, mode: Mode
) -> tuple[float, float]:
    """Limits of a rise and of a fall."""
    if delta < 0 or not 0 < alpha <= 1 or not 0 <= headstart < threshold:
        raise BadData(
            f"delta {delta} is at least 0, alpha {alpha} in (0, 1], headstart {headstart} at least"
            f" 0 and below the threshold {threshold}"
        )
    return (inf if mode == "down" else threshold, inf if mode == "up" else threshold)
