"""Increments of degradation between readings, turned so that damage grows."""

from dataclasses import dataclass

import numpy as np

from ops.errors import BadData, NotEnoughData, Problem
from ops.lifetime.degradation.data import DegradationData
from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Increments:
    """What each unit gained from reading to reading, and how far it had to go.

    Parameters
    ----------
    item : shape (m,)
        Unit on test of each increment, 0 to k - 1.
    start, end : shape (m,)
        Ages between which it grew.
    growth : shape (m,)
        How much nearer to the limit it came; negative where it went back.
    to_go : shape (k,)
        Distance of each unit's first reading from the limit, > 0.
    """

    item: IntArray
    start: FloatArray
    end: FloatArray
    growth: FloatArray
    to_go: FloatArray

    @property
    def items(self) -> int:
        """Units on test."""
        return self.to_go.size


def increments(data: DegradationData, limit: float) -> Increments:
    """Form the increments towards a limit; the side is told by where the units start.

    Raises
    ------
    BadData
        If units start on both sides of the limit, or one at it.
    NotEnoughData
        With fewer than 3 increments in all.
    """
    order = data.order
    item, time, value = data.item[order], data.time[order], data.value[order]
    first = np.concatenate([[True], item[1:] != item[:-1]])
    away = limit - value[first]
    sign = float(np.sign(np.median(away)))
    wrong = np.flatnonzero(sign * away <= 0)
    if sign == 0.0 or wrong.size:
        at = int(wrong[0]) if wrong.size else 0
        name = data.items[int(item[first][at])]
        problem = Problem("/limit", f"{name} starts at {value[first][at]:g}; give one beyond it")
        raise BadData(f"the limit {limit:g} does not lie ahead of every unit", (problem,))
    inside = ~first[1:]
    if inside.sum() < 3:
        raise NotEnoughData(f"degradation needs 3 increments, got {int(inside.sum())}")
    _, number = np.unique(item, return_inverse=True)
    return Increments(
        item=number[1:][inside].astype(np.int64),
        start=time[:-1][inside],
        end=time[1:][inside],
        growth=sign * np.diff(value)[inside],
        to_go=sign * away,
    )
