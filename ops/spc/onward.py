"""Judge what comes: the charts of `ops.spc.designed`, carried on from what a stream remembers.

Every statistic, limit and standardized value is that of the chart of all points: the same kernels
compute it. Judging in any portions gives the flags and the numbers, to the last bit, that judging
all at once gives: every sum is taken in the order of time, one by one. Many streams are judged in
one pass, which costs little more than one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite, nan

import numpy as np

from ops.spc.arrivals import Arrivals, Gathered, gather
from ops.spc.broken_rule import SPREAD
from ops.spc.design import ChartDesign
from ops.spc.designed import MEMORY, counted, frozen_of, plain_line, side_charts
from ops.spc.line import Frozen, Line
from ops.spc.memory import TRACE, Judged, Judgement, Memory
from ops.spc.moving_average import (
    Start,
    cusum_line,
    ewma_line,
    moving_average_line,
    standardized,
)
from ops.spc.points import PlottedPoints, sized
from ops.spc.rules import Flags, signals
from ops.spc.short_run import short_run
from ops.values import BoolArray, Factor, FloatArray, IntArray, factor_of


@dataclass(frozen=True, slots=True)
class Coming:
    """Arrivals of a stream that come after all that its memory has seen, in (ts, seq) order."""

    stream: str
    memory: Memory
    arrivals: Arrivals


def advance(memory: Memory, design: ChartDesign, stream: str, arrivals: Arrivals) -> Judged:
    """Judge arrivals of one stream; parameters as in `Coming`.

    Examples
    --------
    >>> from ops.spc.design import StreamLimits
    >>> design = ChartDesign(limits=(StreamLimits(center=0.0, sigma=1.0, n=25),))
    >>> two = Arrivals(np.array([1, 2]), np.array([0, 0]), np.array([0.1, 3.5]), np.ones(2))
    >>> [judgement.rules for judgement in advance(Memory(), design, "", two).judgements]
    [(), ('1',)]
    """
    return advance_all(design, [Coming(stream, memory, arrivals)])[0]


def advance_all(design: ChartDesign, coming: Sequence[Coming]) -> list[Judged]:
    """Judge arrivals of many streams of one design, each with its own memory."""
    gathered = [gather(each.memory.open, each.arrivals, design) for each in coming]
    taken = [
        _taken(each, found) if each.arrivals.ts.size else each.memory
        for each, found in zip(coming, gathered, strict=True)
    ]
    sizes = np.array([found.ts.size for found in gathered], dtype=np.int64)
    busy: list[int] = np.flatnonzero(sizes).tolist()
    judged = [Judged(memory, (), found.of) for memory, found in zip(taken, gathered, strict=True)]
    if not busy:
        return judged
    names = [coming[place].stream for place in busy]
    points = points_of([gathered[place] for place in busy], names, design)
    found = _judged(points, design, [taken[place] for place in busy])
    for place, (memory, judgements) in zip(busy, found, strict=True):
        judged[place] = Judged(memory, judgements, gathered[place].of)
    return judged


def points_of(
    gathered: Sequence[Gathered], names: Sequence[str], design: ChartDesign
) -> PlottedPoints:
    """Make the plotted points of complete subgroups, one stream after the other.

    Parameters
    ----------
    names
        Level of each stream.
    """
    ts, seq, count, total, area, low, high, squares = (
        np.concatenate([getattr(one, name) for one in gathered])
        for name in ("ts", "seq", "count", "total", "weight", "low", "high", "squares")
    )
    mean = total / count
    size, shown = sized(design.kind, total, area, count, mean)
    several = count > 1
    sizes = [one.ts.size for one in gathered]
    parts = [text for one in gathered for text in one.part or (None,) * one.ts.size]
    points = PlottedPoints(
        ts=ts, row=seq, last=seq, size=size,
        stream=Factor(np.repeat(np.arange(len(names)), sizes), tuple(names)),
        part=factor_of(parts), mean=mean,
        range=np.where(several, high - low, np.nan),
        sd=np.sqrt(squares / np.where(several, count - 1.0, np.nan)),
        value=shown,
    )  # fmt: skip
    return short_run(points, design) if design.kind.startswith("short-run") else points


def line_alone(design: ChartDesign, stream: str, arrivals: Arrivals) -> Line:
    """Statistic and standardized distance of values that are a point each, without memory."""
    points = points_of([gather(None, arrivals, design)], [stream], design)
    return plain_line(points, frozen_of(points.stream, design), design)


def _taken(each: Coming, found: Gathered) -> Memory:
    return replace(
        each.memory,
        rows=each.memory.rows + each.arrivals.ts.size,
        ts=int(each.arrivals.ts[-1]),
        seq=int(each.arrivals.seq[-1]),
        open=found.open,
    )


_Told = tuple[Memory, tuple[Judgement, ...]]


def _judged(points: PlottedPoints, design: ChartDesign, memories: list[Memory]) -> list[_Told]:
    """Judge points of streams that have some, in the order of the memories."""
    first = np.ones(points.ts.size, dtype=np.bool_)
    first[1:] = np.diff(points.stream.codes) != 0
    begins = np.flatnonzero(first)
    ends = np.append(begins[1:], points.ts.size)
    spans = list(zip(begins.tolist(), ends.tolist(), strict=True))
    frozen = frozen_of(points.stream, design)
    if design.kind in MEMORY:
        line, memories = _with_memory(points, frozen, design, memories, spans)
        flags = signals(line.z, first, counted(design))
    else:
        line = plain_line(points, frozen, design)
        flags, memories = _run_rules(line.z, design, memories, spans)
    before = np.array([nan if m.last is None else m.last for m in memories])
    sides = side_charts(points, frozen, first, design, before)
    beyond = [(SPREAD[side.name], side.beyond) for side in sides]
    judgements = _judgements(points, line, _names(design, flags, beyond))
    told: list[_Told] = []
    for memory, (begin, end) in zip(memories, spans, strict=True):
        of_it, last = judgements[begin:end], float(points.value[end - 1])
        shown = ((j.ts, j.value) for j in of_it[-TRACE:] if j.value is not None)
        told.append((
            replace(
                memory,
                points=memory.points + len(of_it),
                last=last if sides and isfinite(last) else None,
                trace=(*memory.trace, *shown)[-TRACE:],
            ),
            of_it,
        ))  # fmt: skip
    return told


def _names(
    design: ChartDesign, flags: Flags, beyond: list[tuple[str, BoolArray]]
) -> dict[int, tuple[str, ...]]:
    """Names of what each point breaks, by its place; the others break nothing."""
    broken = flags > 0
    for _, which in beyond:
        broken = broken | which
    found: dict[int, tuple[str, ...]] = {}
    for place in np.flatnonzero(broken).tolist():
        flag = int(flags[place])
        rules = [rule.name for bit, rule in enumerate(design.rules) if flag >> bit & 1]
        found[place] = (*rules, *(name for name, which in beyond if which[place]))
    return found


def _judgements(
    points: PlottedPoints, line: Line, names: dict[int, tuple[str, ...]]
) -> tuple[Judgement, ...]:
    columns = (points.ts, points.row, line.statistic, line.z)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return tuple(
        Judgement(
            ts, seq, value if isfinite(value) else None, z if isfinite(z) else None,
            names.get(place, ()),
        )
        for place, (ts, seq, value, z) in enumerate(rows)
    )  # fmt: skip


_Spans = list[tuple[int, int]]


def _run_rules(
    z: FloatArray, design: ChartDesign, memories: list[Memory], spans: _Spans
) -> tuple[Flags, list[Memory]]:
    rules = counted(design)
    back = max((rule.n for rule in rules), default=1) - 1
    pieces: list[FloatArray] = []
    for memory, (begin, end) in zip(memories, spans, strict=True):
        pieces += [_floats(memory.tail), z[begin:end]]
    joined = np.concatenate(pieces)
    ends = np.cumsum([piece.size for piece in pieces])
    begins = np.zeros(joined.size, dtype=np.bool_)
    begins[[0, *ends[1:-1:2].tolist()]] = True
    new = np.repeat(np.arange(len(pieces)) % 2 == 1, [piece.size for piece in pieces])
    flags = signals(joined, begins, rules)[new]
    kept = [
        replace(memory, tail=_tail(memory.tail, z[max(begin, end - back) : end], back))
        for memory, (begin, end) in zip(memories, spans, strict=True)
    ]
    return flags, kept


def _with_memory(
    points: PlottedPoints,
    frozen: Frozen,
    design: ChartDesign,
    memories: list[Memory],
    spans: _Spans,
) -> tuple[Line, list[Memory]]:
    lines, kept = list[Line](), list[Memory]()
    for memory, (begin, end) in zip(memories, spans, strict=True):
        rows = np.arange(begin, end)
        own = Frozen(
            *(_rows(frozen, name, rows) for name in ("center", "sigma", "scale", "within"))
        )
        line, memory_after = _carried(points.take(rows), own, design, memory)
        lines.append(line)
        kept.append(memory_after)
    names = ("statistic", "center", "lower", "upper", "z")
    return Line(*(np.concatenate([getattr(one, name) for one in lines]) for name in names)), kept


def _rows(frozen: Frozen, name: str, rows: IntArray) -> FloatArray:
    column: FloatArray = getattr(frozen, name)
    return column[rows]


def _carried(
    points: PlottedPoints, frozen: Frozen, design: ChartDesign, memory: Memory
) -> tuple[Line, Memory]:
    """Line of one stream that goes on from its memory, and the memory after it."""
    begins = np.zeros(points.ts.size, dtype=np.bool_)
    if design.kind == "moving-average":
        line = moving_average_line(points, frozen, begins, design, _floats(memory.tail))
        tail = _tail(memory.tail, standardized(points, frozen), design.span - 1)
        return line, replace(memory, tail=tail)
    if design.kind == "ewma":
        start = Start(level=memory.level, grown=memory.grown)
        line, level, grown = ewma_line(points, frozen, begins, design, start)
        return line, replace(
            memory, level=_last(level, memory.level), grown=_last(grown, memory.grown)
        )
    up = design.headstart if memory.upper is None else memory.upper
    down = design.headstart if memory.lower is None else memory.lower
    line, upper, lower = cusum_line(points, frozen, begins, design, Start(upper=up, lower=down))
    return line, replace(memory, upper=_last(upper, up), lower=_last(lower, down))


def _last(run: FloatArray, before: float) -> float:
    """Last value that is a number."""
    numbers = run[np.isfinite(run)]
    return float(numbers[-1]) if numbers.size else before


def _floats(kept: tuple[float | None, ...]) -> FloatArray:
    return np.array([nan if z is None else z for z in kept], dtype=np.float64)


def _tail(before: tuple[float | None, ...], z: FloatArray, back: int) -> tuple[float | None, ...]:
    if not back:
        return ()
    new = (at if isfinite(at) else None for at in z[-back:].tolist())
    return (*before, *new)[-back:]
