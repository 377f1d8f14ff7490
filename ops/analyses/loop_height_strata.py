"""Bonders and capillaries of one type of loop: shift from the others, violations, touch-downs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from ops.analyses.loop_height_result import (
    EventOfTool,
    HeightPoint,
    HeightsDrawn,
    StratumOfLoop,
)
from ops.loop.height import HeightChart, Shift, chance_of, shifts_of
from ops.loop.touchdowns import CHANGE, by_tool, touch_downs
from ops.spc.design import StreamLimits
from ops.spc.designed import counted as counted_rules
from ops.values import BoolArray, Factor, FloatArray, PlantEvent, Series

POINTS = 300  # of a chart
EVENTS = 40
OTHERS = ("capillary-change", "material-change", "maintenance", "calibration")


@dataclass(frozen=True, slots=True)
class Studied:
    """One part of one type of loop, charted.

    Parameters
    ----------
    capillary
        Of each point.
    since : shape (n,)
        Touch-downs since change of each point; NaN where unknown.
    """

    part: str
    type: str
    chart: HeightChart
    capillary: Factor
    since: FloatArray

    @property
    def flagged(self) -> BoolArray:
        """Points of phase II that break a rule."""
        if self.chart.judged is None:
            return np.zeros(self.chart.points.ts.size, dtype=np.bool_)
        return (self.chart.judged.flags > 0) & self.chart.later


def capillaries(series: Series, chart: HeightChart, events: tuple[PlantEvent, ...]) -> Factor:
    """Capillary of each point: what the data say, else what the last change of the tool says."""
    told = series.factors.get("capillary")
    points = chart.points
    if told is not None and bool(np.any(told.codes >= 0)):
        return told.take(points.row)
    names: list[str] = []
    codes = np.full(points.ts.size, -1, dtype=np.int64)
    for tool, mine in by_tool(events).items():
        rows = _of_tool(points.stream, tool)
        changes = [event for event in mine if event.kind == CHANGE]
        which = touch_downs(points.ts[rows], mine).change
        at = np.flatnonzero(rows)
        for number, change in enumerate(changes):
            hit = at[which == number]
            if hit.size:
                codes[hit] = len(names)
                names.append(str(change.detail.get("capillary", f"{tool} #{number + 1}")))
    order = sorted(set(names))
    place = np.array([order.index(name) for name in names] or [0], dtype=np.int64)
    return Factor(np.where(codes >= 0, place[codes], -1), tuple(order))


def touch_downs_at(
    chart: HeightChart, events: tuple[PlantEvent, ...], per_hour: float | None
) -> FloatArray:
    """Touch-downs since change at each point."""
    since = np.full(chart.points.ts.size, np.nan)
    for tool, mine in by_tool(events).items():
        rows = _of_tool(chart.points.stream, tool)
        since[rows] = touch_downs(chart.points.ts[rows], mine, per_hour=per_hour).since_change
    return since


def strata_of(studied: Studied, confidence: float) -> Iterator[StratumOfLoop]:
    """Every bonder against the others of its type, every capillary against the others on it."""
    stream = studied.chart.points.stream
    tools = [((name, ""), stream.codes == code) for code, name in enumerate(stream.levels)]
    tools = [(names, mine) for names, mine in tools if bool(mine.any())]
    yield from _level(studied, tools, confidence)
    for (tool, _), mine in tools:
        ones = [((tool, name), mine & of_one) for name, of_one in _capillaries(studied, mine)]
        yield from _level(studied, ones, 1.0 - (1.0 - confidence) / len(tools))


def _level(
    studied: Studied, strata: list[tuple[tuple[str, str], BoolArray]], confidence: float
) -> Iterator[StratumOfLoop]:
    value, phi = studied.chart.points.value, studied.chart.phi
    shifts = shifts_of(value, [mine for _, mine in strata], phi=phi, confidence=confidence)
    for (names, mine), shift in zip(strata, shifts, strict=True):
        yield _stratum(studied, names, mine, shift)


def drawn(studied: Studied, tool: str, events: tuple[PlantEvent, ...]) -> HeightsDrawn:
    """Chart of one bonder: its violations, and as many other points as are readable."""
    mine = np.flatnonzero(_of_tool(studied.chart.points.stream, tool))
    flagged = studied.flagged[mine]
    step = max(1, -(-mine.size // POINTS))
    keep = flagged | (np.arange(mine.size) % step == 0)
    kept = mine[np.flatnonzero(keep)[-2 * POINTS :]]
    first, last = int(studied.chart.points.ts[mine[0]]), int(studied.chart.points.ts[mine[-1]])
    happened = [
        EventOfTool(ts=event.ts, kind=event.kind, title=event.title)
        for event in events
        if event.tool in (tool, "") and event.kind in OTHERS and first <= event.ts <= last
    ]
    return HeightsDrawn(
        part=studied.part,
        type=studied.type,
        tool=tool,
        points=tuple(_point(studied, int(i)) for i in kept),
        events=tuple(happened[-EVENTS:]),
    )


def _of_tool(stream: Factor, tool: str) -> BoolArray:
    if tool not in stream.levels:
        return np.zeros(stream.codes.size, dtype=np.bool_)
    found: BoolArray = stream.codes == stream.levels.index(tool)
    return found


def _capillaries(studied: Studied, mine: BoolArray) -> Iterator[tuple[str, BoolArray]]:
    codes = studied.capillary.codes
    for code in np.unique(codes[mine & (codes >= 0)]):
        yield studied.capillary.levels[code], codes == code


def _stratum(
    studied: Studied,
    names: tuple[str, str],
    mine: BoolArray,
    shift: Shift | None,
) -> StratumOfLoop:
    chart = studied.chart
    value = chart.points.value
    limits = None if chart.design is None else chart.design.limits_of(names[0])
    found: Mapping[str, float | int | None] = _judged(studied, mine, limits)
    return StratumOfLoop.model_validate(
        {
            "part": studied.part,
            "type": studied.type,
            "tool": names[0],
            "capillary": names[1],
            "units": int(np.count_nonzero(mine)),
            "mean": float(value[mine].mean()),
            "shift": None if shift is None else shift.value,
            "lower": None if shift is None else shift.lower,
            "upper": None if shift is None else shift.upper,
            "center": None if limits is None else limits.center,
            "sigma": None if limits is None else limits.sigma,
            **found,
        }
    )


def _judged(
    studied: Studied, mine: BoolArray, limits: StreamLimits | None
) -> dict[str, float | int | None]:
    """Count what broke rules against what chance gives, the limits being estimated."""
    chart = studied.chart
    if chart.judged is None or chart.design is None or limits is None:
        nothing = dict.fromkeys(("expected", "chance", "touch_downs"))
        return {"judged": 0, "violations": 0, "spread": 0, **nothing}
    seen = mine & chart.later & chart.judged.judged
    flagged = studied.flagged[seen]
    violations = int(np.count_nonzero(flagged))
    inside = [side.beyond for side in chart.judged.sides if side.name != "moving range"]
    spread = np.logical_or.reduce([side & seen for side in inside]) if inside else seen & ~seen
    known = studied.since[seen][flagged]
    known = known[~np.isnan(known)]
    expected = chance = None
    if flagged.size and chart.design.rules:
        df = limits.n - 1.0 if limits.df is None else limits.df
        told = chance_of(counted_rules(chart.design), _round(limits.n), _round(df))
        expected = told.expected(flagged.size)
        chance = told.probability(flagged.size, violations)
    return {
        "judged": int(flagged.size),
        "violations": violations,
        "expected": expected,
        "spread": int(np.count_nonzero(spread)),
        "chance": chance,
        "touch_downs": float(known[-1]) if known.size else None,
    }


def _round(size: float) -> int:
    """Round down to steps of a tenth or so: what is simulated is kept for like sizes."""
    whole = max(int(size), 1)
    step = int(10 ** max(len(str(whole)) - 2, 0))
    rounded: int = whole // step * step
    return rounded


def _point(studied: Studied, i: int) -> HeightPoint:
    chart, since = studied.chart, float(studied.since[i])
    lower = center = upper = None
    rules = ""
    if chart.judged is not None:
        line, flags = chart.judged.line, int(chart.judged.flags[i])
        lower, center, upper = (
            float(x) if np.isfinite(x) else None
            for x in (line.lower[i], line.center[i], line.upper[i])
        )
        names = [rule.name for bit, rule in enumerate(chart.judged.rules) if flags >> bit & 1]
        rules = ", ".join(names) if chart.later[i] else ""
    return HeightPoint(
        ts=int(chart.points.ts[i]),
        value=float(chart.points.value[i]),
        lower=lower,
        center=center,
        upper=upper,
        rules=rules,
        touch_downs=None if np.isnan(since) else since,
    )
