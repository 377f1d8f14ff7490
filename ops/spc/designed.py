"""Judge the points of a chart by a design with frozen limits: phase II, and the check of phase I.

The one function is pure: whoever judges on arrival, nightly or in a report gets the same answer for
the same points.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from ops.spc.attributes import attribute_line
from ops.spc.design import ChartDesign, ChartSettings, StreamLimits
from ops.spc.line import Frozen, Line
from ops.spc.moving_average import cusum_line, ewma_line, moving_average_line
from ops.spc.points import ATTRIBUTES, PlottedPoints
from ops.spc.rare_event import g_line, t_line
from ops.spc.rules import Flags, Rule, signals
from ops.spc.short_run import short_run
from ops.spc.three_way import between_line, moving_range_of_means, within_line
from ops.spc.variables import mean_line, moving_range_line, range_line, sd_line
from ops.values import BoolArray, Factor, FloatArray, IntArray, stable_order

MEMORY = frozenset({"moving-average", "ewma", "cusum"})
THREE_SIGMA = 3.0
NEVER = 1e300  # sigmas: a zone that no point is beyond


@dataclass(frozen=True, slots=True)
class SideChart:
    """The chart of spread beside the main one: only its limits judge.

    Parameters
    ----------
    name
        ``moving range``, ``range`` or ``standard deviation``.
    beyond : shape (n,)
        Whether a point is strictly beyond one of the limits.
    """

    name: str
    line: Line
    beyond: BoolArray


@dataclass(frozen=True, slots=True)
class Judged:
    """Every plotted point, judged.

    Parameters
    ----------
    line
        Statistic, centre, limits and standardized distance of each point; NaN where the stream has
        no limits, and then nothing is judged. A limit that does not exist is infinite.
    rules, flags : shape (n,)
        Rules of the design, and which of them each point breaks: bit i stands for ``rules[i]``.
    sides
        Charts of spread: one for means and individuals, two for a three-way chart.
    sums
        CUSUM: upper and lower sum of each point, in sigmas; None for the other charts.
    """

    line: Line
    rules: tuple[Rule, ...]
    flags: Flags
    sides: tuple[SideChart, ...] = ()
    sums: tuple[FloatArray, FloatArray] | None = None

    @property
    def judged(self) -> BoolArray:
        """Points that were judged at all."""
        return ~np.isnan(self.line.z)


def judge(points: PlottedPoints, design: ChartDesign, *, begins: BoolArray | None = None) -> Judged:
    """Judge points by a design.

    Patterns, moving ranges, EWMA and CUSUM run within one stream, in the order of the points; a
    stream without limits is not judged. Rule zones are in sigmas of the plotted statistic, except
    that a rule of one point beyond 3 stands for the limits of the design, whatever their width.
    The points of a chart with memory depend on each other: there only rules of one point count.

    Parameters
    ----------
    points
        As `ops.spc.points.plotted` makes them with this design.
    begins : shape (n,)
        Points at which a stage begins; every stream starts anew at its first point of the stage.

    Examples
    --------
    >>> from ops.simulate.sample import sample_series
    >>> from ops.spc.design import StreamLimits
    >>> from ops.spc.points import plotted
    >>> limits = StreamLimits(level="WB-01", center=150.0, sigma=2.0, n=25)
    >>> design = ChartDesign(limits=(limits,))
    >>> found = judge(plotted(sample_series(12), design), design)
    >>> found.judged.tolist() == [True] * 4 + [False] * 8
    True
    """
    return judged_by(points, design, frozen_of(points.stream, design), begins=begins)


def judged_by(
    points: PlottedPoints,
    settings: ChartSettings,
    frozen: Frozen,
    *,
    begins: BoolArray | None = None,
) -> Judged:
    """Judge points by parameters that are given for each of them, as `judge` does by a design.

    Parameters
    ----------
    frozen
        Of each point, in the order of the points: those of its stage, for example.
    """
    order = stable_order(points.stream.codes)
    stage = np.zeros(order.size, dtype=np.int64) if begins is None else np.cumsum(begins)
    alone = bool(np.all(order[1:] > order[:-1]))  # one stream: the points stand as they should
    ordered = points if alone else points.take(order)
    first = np.ones(order.size, dtype=np.bool_)
    first[1:] = (np.diff(ordered.stream.codes) != 0) | (np.diff(stage[order]) != 0)
    if settings.kind.startswith("short-run"):
        ordered = short_run(ordered, settings)
    if not alone:
        frozen = Frozen(*(_taken(getattr(frozen, part.name), order) for part in fields(frozen)))
    line, sums = _line(ordered, frozen, first, settings)
    flags = signals(line.z, first, counted(settings))
    sides = _sides(ordered, frozen, first, settings)
    if alone:
        spread = tuple(_side(name, side) for name, side in sides)
        return Judged(line, settings.rules, flags, spread, sums)
    back = np.empty(order.size, dtype=np.int64)
    back[order] = np.arange(order.size)
    return Judged(
        line=_moved(line, back),
        rules=settings.rules,
        flags=flags[back],
        sides=tuple(_side(name, _moved(side, back)) for name, side in sides),
        sums=None if sums is None else (sums[0][back], sums[1][back]),
    )


def frozen_of(stream: Factor, design: ChartDesign) -> Frozen:
    """Frozen parameters of each point, by the level of its stream; NaN where there are none."""
    levels = (*stream.levels, "")  # the last one is that of code -1
    known = {limits.level: limits for limits in design.limits}
    return frozen_at(
        np.where(stream.codes < 0, len(levels) - 1, stream.codes),
        [known.get(level, known.get("")) for level in levels],
    )


def frozen_at(place: IntArray, limits: Sequence[StreamLimits | None]) -> Frozen:
    """Frozen parameters of each point by the place of its limits; NaN where there are none.

    Parameters
    ----------
    place : shape (n,)
        Index into `limits`.
    """
    table = np.array(
        [
            [np.nan] * 4 if one is None else
            [one.center, one.sigma, one.scale, np.nan if one.within is None else one.within]
            for one in limits
        ]
    )  # fmt: skip
    if len(limits) == 1:
        return Frozen(*(np.broadcast_to(value, place.size) for value in table[0]))
    return Frozen(*(table[place, column] for column in range(4)))


def counted(settings: ChartSettings) -> tuple[Rule, ...]:
    """Rules as they judge this chart, in their places: a rule that does not count never fires."""
    return tuple(_counted(rule, settings) for rule in settings.rules)


def _counted(rule: Rule, settings: ChartSettings) -> Rule:
    alone = rule.pattern == "beyond" and rule.n == 1
    if alone and rule.zone == THREE_SIGMA:
        return replace(rule, zone=settings.width)
    if settings.kind in MEMORY and not alone:
        return replace(rule, pattern="beyond", n=1, k=1, zone=NEVER)
    return rule


def _line(
    points: PlottedPoints, frozen: Frozen, first: BoolArray, design: ChartSettings
) -> tuple[Line, tuple[FloatArray, FloatArray] | None]:
    kind = design.kind
    if kind == "cusum":
        line, upper, lower = cusum_line(points, frozen, first, design)
        return line, (upper, lower)
    if kind == "ewma":
        return ewma_line(points, frozen, first, design)[0], None
    if kind == "moving-average":
        return moving_average_line(points, frozen, first, design), None
    return plain_line(points, frozen, design), None


def plain_line(points: PlottedPoints, frozen: Frozen, design: ChartSettings) -> Line:
    """Line of a chart without memory: each point is told by itself and its frozen parameters."""
    kind = design.kind
    if kind in ATTRIBUTES:
        return attribute_line(points, frozen, design)
    if kind == "three-way":
        return between_line(points, frozen, design.width)
    if kind in ("g", "t"):
        return (g_line if kind == "g" else t_line)(points, frozen, design)
    return mean_line(points, frozen, design.width)


def side_charts(
    points: PlottedPoints,
    frozen: Frozen,
    first: BoolArray,
    design: ChartSettings,
    before: FloatArray | None = None,
) -> tuple[SideChart, ...]:
    """Charts of spread beside the main one, judged.

    Parameters
    ----------
    first : shape (n,)
        Whether a segment begins: no moving range reaches across.
    before : shape (segments,)
        Plotted value before the first point of each segment, NaN for none.
    """
    return tuple(_side(*side) for side in _sides(points, frozen, first, design, before))


def _sides(
    points: PlottedPoints,
    frozen: Frozen,
    first: BoolArray,
    design: ChartSettings,
    before: FloatArray | None = None,
) -> list[tuple[str, Line]]:
    kind, width = design.kind, design.width
    if kind == "xbar-r":
        return [("range", range_line(points, frozen.sigma, width))]
    if kind == "xbar-s":
        return [("standard deviation", sd_line(points, frozen.sigma, width))]
    if kind == "three-way":
        moving = moving_range_of_means(points, frozen, first, width, before)
        return [("moving range", moving), within_line(points, frozen, design)]
    if kind == "individuals" or kind.startswith("short-run"):
        sigma = frozen.sigma / np.sqrt(points.size)
        return [("moving range", moving_range_line(points.value, sigma, first, width, before))]
    return []


def _taken(values: FloatArray, order: IntArray) -> FloatArray:
    # one number for all points stays one: a permutation changes nothing
    return values if values.strides == (0,) else values[order]


def _side(name: str, line: Line) -> SideChart:
    return SideChart(name, line, (line.statistic > line.upper) | (line.statistic < line.lower))


def _moved(line: Line, back: IntArray) -> Line:
    return Line(*(getattr(line, part.name)[back] for part in fields(line)))
