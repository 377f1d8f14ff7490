"""Phase I: limits from a qualified window, with every point that was left out and why.

References
----------
Montgomery, Introduction to Statistical Quality Control, 6.2.1 (trial limits, revised without the
points beyond them); Woodall (2000), J. Quality Technology 32(4), 341-350 (phase I and phase II).
"""

import numpy as np

from ops.errors import NotEnoughData
from ops.spc.design import ChartDesign, ChartSettings, Excluded, PhaseOne, StreamLimits
from ops.spc.designed import MEMORY, judge
from ops.spc.estimate import WORDS, Estimator, estimate_stream, estimator_of
from ops.spc.qualified import Qualified, qualify
from ops.spc.rules import LIMITS_ONLY
from ops.spc.short_run import part_targets, short_run
from ops.values import BoolArray, FloatArray, IntArray, Series

MOST_ROUNDS = 25
MOST_RECORDED = 500  # points left out that a design names
MARKED = "marked to be left out"


def estimate(
    series: Series,
    settings: ChartSettings,
    *,
    estimator: Estimator = "auto",
    excluded: BoolArray | None = None,
    iterate: bool = True,
    most: float = 0.1,
    window: tuple[int, int] | None = None,
) -> ChartDesign:
    """Design with limits of each stream, frozen, from the window of a series.

    Points beyond the limits are left out and the limits estimated anew until none is beyond, or
    until the share `most` of the stream's points is out; the farthest go first. What was excluded
    before (a mark) never enters, and no moving range reaches across a point that is out.

    Parameters
    ----------
    series
        The qualified window, in (ts, seq) order.
    settings
        What is plotted. Short-run charts: parts without a target get their mean in the window.
    estimator
        Of sigma; ``auto`` takes the one of the kind (see `ops.spc.estimate.estimator_of`).
    excluded : shape (rows,)
        Rows that somebody excluded.
    iterate
        Whether points beyond the limits are left out.
    most
        Largest share of a stream's points that may be left out so, 0 to 0.5.
    window
        Begin and end of the window, microseconds since 1970 UTC; absent: of the points.

    Raises
    ------
    NotEnoughData
        If no stream has two points that differ; streams without are left without limits.
    BadData
        If counts are impossible, or the subgroup is unknown.
    """
    given = np.zeros(series.ts.size, dtype=np.bool_) if excluded is None else excluded
    found = qualify(series, settings, given)
    alive = np.isfinite(found.points.value)
    if settings.kind.startswith("short-run"):
        parts = part_targets(found.points, settings, alive)
        settings = settings.model_copy(update={"parts": parts})
        alive &= np.isfinite(short_run(found.points, settings).value)
    start = alive.copy()
    name = estimator_of(settings.kind, estimator, found.points.size)
    limits = _limits(found, alive, settings, name)
    reasons: dict[int, str] = {}
    for turn in range(1, MOST_ROUNDS + 1 if iterate else 1):
        out, said = _beyond(found, alive, start, _design(settings, limits), most)
        if out.size == 0:
            break
        alive[out] = False
        reasons |= {int(at): f"{why} (round {turn})" for at, why in zip(out, said, strict=True)}
        limits = _limits(found, alive, settings, name)
    phase = PhaseOne(
        start=int(found.points.ts.min()) if window is None else window[0],
        end=int(found.points.ts.max()) + 1 if window is None else window[1],
        points=int(np.count_nonzero(start)),
        estimator=WORDS[name],
        excluded=_recorded(series, given, found, reasons),
    )
    return _design(settings, limits).model_copy(update={"phase_one": phase})


def _design(settings: ChartSettings, limits: tuple[StreamLimits, ...]) -> ChartDesign:
    said = {name: getattr(settings, name) for name in ChartSettings.model_fields}
    return ChartDesign(**said, limits=limits)


def _limits(
    found: Qualified, alive: BoolArray, settings: ChartSettings, estimator: str
) -> tuple[StreamLimits, ...]:
    points = found.points
    if settings.kind.startswith("short-run"):
        points = short_run(points, settings)
    limits: list[StreamLimits] = []
    without = ""
    for level, where in found.streams():
        kept = alive[where]
        broken = found.breaks[where].copy()
        broken[1:] |= ~kept[:-1]
        index = np.arange(where.start, where.stop)[kept]
        try:
            one = estimate_stream(
                points.take(index),
                broken[kept],
                settings.kind,
                estimator,
                found.behind(where, alive),
                probability=settings.probability,
            )
        except NotEnoughData as reason:
            without = without or f"{level or 'all'}: {reason}"
            continue
        limits.append(
            StreamLimits(
                level=level,
                center=one.center,
                sigma=one.sigma,
                scale=one.scale,
                within=one.within,
                n=int(index.size),
                df=one.df if one.df is not None and np.isfinite(one.df) else None,
            )
        )
    if not limits:
        raise NotEnoughData(f"no stream has what limits need ({without})")
    return tuple(limits)


def _beyond(
    found: Qualified, alive: BoolArray, start: BoolArray, design: ChartDesign, most: float
) -> tuple[IntArray, list[str]]:
    """Points that are out, farthest of each stream first, as many as may still go; and why."""
    kind = "individuals" if design.kind in MEMORY else design.kind  # means with their own limits
    trial = design.model_copy(update={"kind": kind, "rules": LIMITS_ONLY})
    judged = judge(found.points, trial)
    line = judged.line
    main = alive & (judged.flags > 0)
    spread = np.zeros(alive.size, dtype=np.bool_)
    for side in judged.sides:
        if side.name != "moving range":  # which of its two points is to blame, nobody knows
            spread |= alive & side.beyond
    far = np.where(main, np.abs(line.z), 0.0) + np.where(spread, design.width, 0.0)
    out: list[int] = []
    for _, where in found.streams():
        inside = start[where]
        room = int(most * np.count_nonzero(inside)) - int(np.count_nonzero(inside & ~alive[where]))
        worst = np.argsort(-far[where], kind="stable")[: max(room, 0)] + where.start
        out += [int(at) for at in worst if far[at] > 0]
    reasons = [
        _why(line.statistic[at], line.lower[at], line.upper[at], design.width)
        if main[at]
        else f"the chart of spread is beyond its limits of {design.width:g} sigma"
        for at in out
    ]
    return np.array(out, dtype=np.int64), reasons


def _why(value: float, lower: float, upper: float, width: float) -> str:
    return f"beyond {width:g} sigma: {value:.6g} is not within {lower:.6g} to {upper:.6g}"


def _recorded(
    series: Series, given: BoolArray, found: Qualified, reasons: dict[int, str]
) -> tuple[Excluded, ...]:
    rows = np.flatnonzero(given & np.isfinite(series.value))[:MOST_RECORDED]
    marked = [_excluded(series, int(row), float(series.value[row]), MARKED) for row in rows]
    value: FloatArray = found.points.value
    beyond = [
        _excluded(series, int(found.points.row[at]), float(value[at]), why)
        for at, why in list(reasons.items())[: MOST_RECORDED - len(marked)]
    ]
    return tuple(sorted((*marked, *beyond), key=lambda one: (one.ts, one.seq or 0)))


def _excluded(series: Series, row: int, value: float, reason: str) -> Excluded:
    seq = None if series.seq is None else int(series.seq[row])
    return Excluded(ts=int(series.ts[row]), seq=seq, value=value, reason=reason)
