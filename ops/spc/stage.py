"""Stages of a chart: stretches of its points with limits of their own."""

from dataclasses import dataclass

import numpy as np

from ops.errors import BadData
from ops.spc.design import StreamLimits
from ops.spc.points import PlottedPoints
from ops.values import IntArray, Series

MOST_STAGES = 60


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of points, or a stream, and the limits that judge it.

    Parameters
    ----------
    first, after
        Half-open range of the points it covers.
    limits
        None where the points allow none, and then nothing is judged.
    center, lower, upper
        Of what is drawn, medians over its points; NaN: none.
    level
        Level of the stream that it is about; None: all of them.
    """

    first: int
    after: int
    limits: StreamLimits | None
    center: float
    lower: float
    upper: float
    level: str | None = None


def stage_starts(series: Series, points: PlottedPoints, stages: IntArray | str | None) -> IntArray:
    """First point of each stage; the first stage begins at 0, and empty stages vanish.

    Parameters
    ----------
    stages
        Instants at which a stage begins, or a factor: a stage begins where its level changes from
        one point to the next.

    Raises
    ------
    BadData
        If there would be more than 60 stages.
    """
    if stages is None:
        return np.array([0])
    if isinstance(stages, str):
        factor = series.factors.get(stages)
        if factor is None:
            return np.array([0])
        changes = np.flatnonzero(np.diff(factor.codes[points.row])) + 1
        starts, what = np.concatenate(([0], changes)), f"the factor {stages!r} changes"
    else:
        starts, what = begun_at(stages, points.ts), "such an event happened"
    if starts.size > MOST_STAGES:
        raise BadData(
            f"{what} {starts.size - 1} times in the window, at most {MOST_STAGES} stages can be"
            " told apart; choose one tool, or a shorter window"
        )
    return starts


def begun_at(boundaries: IntArray, ts: IntArray) -> IntArray:
    """First point of each stage when stages begin at some instants.

    Examples
    --------
    >>> begun_at(np.array([5, 6, 99]), np.array([1, 4, 7, 9])).tolist()
    [0, 2]
    """
    starts = np.unique(np.concatenate(([0], np.searchsorted(ts, boundaries))))
    return starts[starts < ts.size]
