"""Charts of loop heights: unit means by bonder with limits of their own, and strata compared.

A unit's wires are one rational subgroup. Units differ by more than their wires explain (lots,
capillaries, slow drift), so the means are charted as individuals, the wires within beside them: a
three-way chart. Wires stand at different heights by design; those offsets are taken out first, so
that a unit with some wires only is no outlier and offsets do not count as spread within units.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import pi, sqrt

import numpy as np
from scipy.special import gammainc, stdtrit

from ops.errors import NotEnoughData
from ops.spc.autocorrelation import autocorrelation, effective_size
from ops.spc.design import ChartDesign, ChartSettings
from ops.spc.designed import Judged, judge
from ops.spc.estimate import Estimator
from ops.spc.phase_one import estimate
from ops.spc.points import PlottedPoints, plotted
from ops.spc.rules import Rule, signals
from ops.values import BoolArray, FloatArray, IntArray, Series

ROUNDS = 4  # of fitting units and positions in turn
LEAST = 3  # units of a stratum that is compared
BASELINES, FOLLOWED = 150, 2000  # of the simulation of chance


@dataclass(frozen=True, slots=True)
class PositionOffset:
    """How much higher wires of one position stand than the others of their unit."""

    position: str
    value: float
    lower: float
    upper: float
    wires: int


@dataclass(frozen=True, slots=True)
class HeightChart:
    """Unit means of one type of loop, judged.

    Parameters
    ----------
    points
        Means of units, in time order.
    judged
        By the design; None where no bonder has what limits need.
    design
        Limits of each bonder; None where there are none.
    later : shape (n,)
        Points of phase II: those that count as evidence.
    phi
        Serial correlation of the means of a bonder; 0 where it cannot be told.
    reason
        Why there are no limits; "" if there are.
    """

    points: PlottedPoints
    judged: Judged | None
    design: ChartDesign | None
    later: BoolArray
    phi: float
    reason: str


@dataclass(frozen=True, slots=True)
class Shift:
    """How far the mean of some units stands from that of others, with its interval."""

    value: float
    lower: float
    upper: float


def rows_of(series: Series, rows: IntArray | BoolArray) -> Series:
    """Take some rows of a series, in its order."""
    return replace(
        series,
        ts=series.ts[rows],
        value=series.value[rows],
        n=series.n[rows],
        subgroup=series.subgroup.take(rows),
        unit_id=series.unit_id.take(rows),
        position=series.position.take(rows),
        factors={name: factor.take(rows) for name, factor in series.factors.items()},
        seq=None if series.seq is None else series.seq[rows],
    )


def position_offsets(series: Series, *, confidence: float = 0.95) -> tuple[PositionOffset, ...]:
    """Offset of each position from the mean of its unit; none where units carry one wire.

    Units and positions are fitted in turn, so that units that lack some wires do no harm.
    """
    there = np.flatnonzero((series.position.codes >= 0) & (series.unit_id.codes >= 0))
    place = series.position.codes[there]
    _, unit = np.unique(series.unit_id.codes[there], return_inverse=True)
    value = series.value[there]
    many = len(series.position.levels)
    if there.size == 0 or int(unit.max()) + 1 == there.size:
        return ()
    wires = np.bincount(place, minlength=many)
    units = np.bincount(unit)
    offset = np.zeros(many)
    gap = value
    for _ in range(ROUNDS):
        level = np.bincount(unit, value - offset[place]) / units
        gap = value - level[unit]
        offset = np.bincount(place, gap, many) / np.maximum(wires, 1)
        offset -= float(np.average(offset, weights=wires))
    left = gap - offset[place]
    spread = np.sqrt(np.bincount(place, left**2, many) / np.maximum(wires - 1, 1))
    half = np.where(
        wires > 1, stdtrit(np.maximum(wires - 1, 1), 0.5 + confidence / 2.0) * spread
        / np.sqrt(np.maximum(wires, 1)), 0.0
    )  # fmt: skip
    return tuple(
        PositionOffset(
            level,
            float(offset[i]),
            float(offset[i] - half[i]),
            float(offset[i] + half[i]),
            int(wires[i]),
        )
        for i, level in enumerate(series.position.levels)
        if wires[i] > 0
    )


def centred(series: Series, offsets: tuple[PositionOffset, ...]) -> Series:
    """Take the offsets of positions out of a series."""
    found = {offset.position: offset.value for offset in offsets}
    table = np.array([found.get(level, 0.0) for level in (*series.position.levels, "")])
    return replace(series, value=series.value - table[series.position.codes])


def height_chart(
    series: Series, settings: ChartSettings, *, boundary: int, design: ChartDesign | None = None
) -> HeightChart:
    """Chart one type of loop.

    Parameters
    ----------
    series
        Its rows, in (ts, seq) order; offsets of positions taken out.
    settings
        What is plotted; the limits are estimated from the rows before the boundary.
    boundary
        Instant at which phase I ends, microseconds since 1970 UTC.
    design
        Approved limits to use instead; then every point is phase II.
    """
    used = settings if design is None else design
    points = plotted(series, used)
    before = points.ts < boundary
    phi = _correlation(points, before if bool(before.any()) else ~before)
    if design is not None:
        everything = np.ones(points.ts.size, dtype=np.bool_)
        return HeightChart(points, judge(points, design), design, everything, phi, "")
    try:
        early = rows_of(series, series.ts < boundary)
        # moving ranges of correlated neighbours are too short: the marginal sigma is not
        estimator: Estimator = "overall" if phi > 0 else "auto"
        own = estimate(early, settings, estimator=estimator)
    except NotEnoughData as error:
        return HeightChart(points, None, None, ~before, phi, str(error))
    stages = np.zeros(points.ts.size, dtype=np.bool_)
    first = int(np.count_nonzero(before))
    if 0 < first < stages.size:
        stages[first] = True  # no pattern reaches from phase I into phase II
    return HeightChart(points, judge(points, own, begins=stages), own, ~before, phi, "")


def shifts_of(
    value: FloatArray, groups: Sequence[BoolArray], *, phi: float, confidence: float
) -> list[Shift | None]:
    """Distance of the mean of each group from the median of the means of all of them.

    The median, so that one group that stands off does not make the others stand off too; of two
    groups each is compared with the other. None for groups of fewer than 3 points, or if there is
    only one.

    Parameters
    ----------
    value : shape (n,)
        Means of units.
    groups
        Which points are in each group.
    phi
        Serial correlation: n neighbours say as much as fewer independent ones.
    confidence
        That all intervals hold together.
    """
    told = [i for i, group in enumerate(groups) if np.count_nonzero(group) >= LEAST]
    found: list[Shift | None] = [None] * len(groups)
    if len(told) < 2:
        return found
    size = [max(effective_size(int(np.count_nonzero(groups[i])), max(phi, 0.0)), 1.0) for i in told]
    mean = [float(value[groups[i]].mean()) for i in told]
    error = [float(value[groups[i]].var(ddof=1)) / n for i, n in zip(told, size, strict=True)]
    level = 0.5 + (1.0 - (1.0 - confidence) / len(told)) / 2.0
    for at, i in enumerate(told):
        if len(told) == 2:
            middle, other = mean[1 - at], error[1 - at]
        else:  # a median of m means varies by pi/2 of what their mean does
            middle, other = float(np.median(mean)), pi / 2.0 * float(np.mean(error)) / len(told)
        half = float(stdtrit(max(size[at] - 1.0, 1.0), level)) * sqrt(error[at] + other)
        gap = mean[at] - middle
        found[i] = Shift(gap, gap - half, gap + half)
    return found


@dataclass(frozen=True, slots=True)
class Chance:
    """Violations that chance alone gives on a chart with limits from a phase I of this size.

    Parameters
    ----------
    rate : shape (baselines,)
        Share of points that break a rule, for limits that baselines of this size might have given.
    clump
        Violations that come together, on average.
    """

    rate: FloatArray
    clump: float

    def expected(self, points: int) -> float:
        """Violations among so many points, on average."""
        return points * float(self.rate.mean())

    def probability(self, points: int, violations: int) -> float:
        """Probability of at least so many; clumps are Poisson given the limits."""
        if violations == 0:
            return 1.0
        of_each = gammainc(violations / self.clump, points * self.rate / self.clump)
        return float(of_each.mean())


@lru_cache(maxsize=256)
def chance_of(rules: tuple[Rule, ...], phase_one: int, df: int) -> Chance:
    """Simulate in-control charts whose limits are estimated: 150 baselines, 2000 points each.

    Parameters
    ----------
    phase_one
        Points that the centre was estimated from.
    df
        Degrees of freedom of sigma.
    """
    rng = np.random.default_rng(20260101)
    center = rng.normal(0.0, 1.0 / sqrt(phase_one), BASELINES)
    sigma = np.sqrt(rng.chisquare(df, BASELINES) / df)
    z = (rng.normal(size=(BASELINES, FOLLOWED)) - center[:, None]) / sigma[:, None]
    begins = np.zeros(z.size, dtype=np.bool_)
    begins[::FOLLOWED] = True
    broken = signals(z.ravel(), begins, rules) > 0
    clumps = int(np.count_nonzero(broken & ~np.concatenate(([False], broken[:-1]))))
    rate = broken.reshape(z.shape).mean(axis=1)
    together = np.count_nonzero(broken) / clumps if clumps else 1.0
    return Chance(np.maximum(rate, 0.1 / FOLLOWED), together)


def _correlation(points: PlottedPoints, rows: BoolArray) -> float:
    """Lag-1 correlation of the means of a bonder; 0 where it is not clear."""
    try:
        found = autocorrelation(points.value[rows], points.stream.codes[rows])
    except NotEnoughData:
        return 0.0
    return found.phi if found.is_clear else 0.0
