"""Control chart of arrays: individual values or means, limits by stage, and the rules broken.

Series are charted by `ops.spc.chart`, of any kind; this is the plain form for other kernels.

Limits are 3 sigma around the mean of each stage. Sigma of individuals is the mean moving range of
two over d2, ranges taken between neighbours of one stream; sigma of means is the pooled
within-subgroup sigma over the root of the subgroup's size. Rules are counted within each stream.

References
----------
Montgomery, Introduction to Statistical Quality Control, 6.2 and 6.4 (limits);
Nelson (1984), J. Quality Technology 16(4), 237-239 (rules on standardized values).
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ops.capability.sigma import within_sigma
from ops.errors import NotEnoughData
from ops.spc.rules import NELSON, Flags, Rule, signals
from ops.values import FloatArray, IntArray, stable_order

WIDTH = 3.0


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of points with limits of its own.

    Parameters
    ----------
    first, after
        Half-open range of the points it covers.
    center, sigma
        Mean and sigma of one plotted point of size 1, in the unit of the data; sigma is None where
        the data do not allow one, and then nothing is judged.
    """

    first: int
    after: int
    center: float
    sigma: float | None

    def limits(self, size: float = 1.0, width: float = WIDTH) -> tuple[float, float] | None:
        """Lower and upper control limit of a point that is a mean of `size` values."""
        if self.sigma is None:
            return None
        half = width * self.sigma / size**0.5
        return self.center - half, self.center + half


@dataclass(frozen=True, slots=True)
class ControlChart:
    """Plotted points with their limits and the rules they break.

    Parameters
    ----------
    value, size : shape (n,)
        Plotted statistic, and how many values each is the mean of.
    rules, flags : shape (n,)
        The rules, and which of them each point breaks: bit i stands for ``rules[i]``.
    stages
        In time order; together they cover all points.
    """

    value: FloatArray
    size: FloatArray
    stages: tuple[Stage, ...]
    rules: tuple[Rule, ...]
    flags: Flags


def control_chart(
    value: FloatArray,
    *,
    stream: IntArray,
    starts: IntArray,
    size: FloatArray | None = None,
    sigma: FloatArray | None = None,
    rules: tuple[Rule, ...] = NELSON,
) -> ControlChart:
    """Chart of points in time order.

    Parameters
    ----------
    value : shape (n,)
        Individual values, or means of subgroups; finite.
    stream : shape (n,)
        Code of the stream (the tool) of each point.
    starts : shape (m,)
        First point of each stage, ascending; the first stage begins at 0.
    size : shape (n,)
        Values behind each point; absent: individuals.
    sigma : shape (m,)
        Within-subgroup sigma of each stage, for means; NaN where there is none. Absent: moving
        ranges.

    Raises
    ------
    NotEnoughData
        Without a point.
    """
    if value.size == 0:
        raise NotEnoughData("a control chart needs 1 point, got 0; widen the window")
    size = np.ones(value.size) if size is None else size
    bounds = [*starts.tolist(), value.size]
    stages = tuple(
        _stage(value, size, stream, covers, None if sigma is None else sigma[i])
        for i, covers in enumerate(pairwise(bounds))
    )
    return ControlChart(value, size, stages, rules, _judge(value, size, stream, stages, rules))


def _stage(
    value: FloatArray,
    size: FloatArray,
    stream: IntArray,
    covers: tuple[int, int],
    sigma: float | None,
) -> Stage:
    used = slice(*covers)
    center = float(np.average(value[used], weights=size[used]))
    if sigma is None:
        try:
            sigma = within_sigma(value[used], stream[used], "moving-range").value
        except NotEnoughData:
            sigma = None
    return Stage(*covers, center, sigma if sigma is not None and sigma > 0 else None)


def _judge(
    value: FloatArray,
    size: FloatArray,
    stream: IntArray,
    stages: tuple[Stage, ...],
    rules: tuple[Rule, ...],
) -> Flags:
    z = np.full(value.size, np.nan)
    begins = np.zeros(value.size, dtype=np.bool_)
    for stage in stages:
        covers = slice(stage.first, stage.after)
        begins[stage.first] = True
        if stage.sigma is not None:
            z[covers] = (value[covers] - stage.center) * np.sqrt(size[covers]) / stage.sigma
    order = stable_order(stream)  # time order is kept within each stream
    at_stage = np.cumsum(begins)[order]
    first = np.ones(value.size, dtype=np.bool_)
    first[1:] = (np.diff(stream[order]) != 0) | (np.diff(at_stage) != 0)
    flags = np.empty(value.size, dtype=np.uint16)
    flags[order] = signals(z[order], first, rules)
    return flags
