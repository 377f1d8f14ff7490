"""Points beside those of the fleet: what moves all tools alike is no drift of one of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ops.values import BoolArray, FloatArray, IntArray

LEAST = 5  # tools of a moment whose median can be held against each of them


@dataclass(frozen=True, slots=True)
class Points:
    """Points of one stream: mean, variance within, share near a limit, count, time.

    `ts` is microseconds since 1970 UTC of the last value of each.
    """

    ts: IntArray
    mean: FloatArray
    variance: FloatArray
    near: FloatArray
    count: IntArray

    def take(self, keep: BoolArray) -> "Points":
        """Only some of them."""
        return Points(
            self.ts[keep], self.mean[keep], self.variance[keep], self.near[keep], self.count[keep]
        )


def beside_fleet(found: Mapping[str, Points], width: int) -> dict[str, Points]:
    """Take the median of the fleet at each moment out of every stream's means.

    Lots, spools and the air of the hall move all tools together: without them a slow drift of one
    tool stands out sooner. What is left are deviations from the fleet. Moments with fewer than 5
    tools are left out, and what fewer tools have at all stays as it is; scatter and the share near
    a limit are those of the values.

    Parameters
    ----------
    found
        Tool to its points.
    width
        Length of a point, microseconds: points of one moment lie in one multiple of it.
    """
    moment = {tool: points.ts // width for tool, points in found.items()}
    every = np.concatenate([np.zeros(0, dtype=np.int64), *moment.values()])
    mean = np.concatenate([np.zeros(0), *(points.mean for points in found.values())])
    if len(found) < LEAST:
        return dict(found)
    order = np.lexsort((mean, every))
    places, first, count = np.unique(every[order], return_index=True, return_counts=True)
    ordered = mean[order]
    fleet = 0.5 * (ordered[first + (count - 1) // 2] + ordered[first + count // 2])
    return {
        tool: _moved(points, moment[tool], places, np.where(count >= LEAST, fleet, np.nan))
        for tool, points in found.items()
    }


def _moved(points: Points, moment: IntArray, places: IntArray, fleet: FloatArray) -> Points:
    common = fleet[np.searchsorted(places, moment)]
    kept = np.isfinite(common)
    left = points.take(kept)
    return Points(left.ts, left.mean - common[kept], left.variance, left.near, left.count)
