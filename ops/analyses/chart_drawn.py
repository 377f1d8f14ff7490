"""A judged chart as it is stored in a result: points that were chosen to be drawn, with limits."""

from dataclasses import dataclass

import numpy as np
from pydantic import Field

from ops.page_value import PageValue
from ops.spc.decimate import decimate
from ops.spc.designed import Judged
from ops.spc.line import Line
from ops.spc.points import PlottedPoints
from ops.values import BoolArray, FloatArray, IntArray

DIGITS = 7  # of a drawn number
Drawn = tuple[float | None, ...]


class DrawnLine(PageValue):
    """A statistic with its limits, one number for each drawn point."""

    name: str = Field(description="What is drawn: the statistic.")
    value: Drawn = Field(description="Statistic, in the unit of the chart; null: none.")
    center: Drawn = Field(description="Centre; null where nothing is judged.")
    lower: Drawn = Field(description="Lower control limit; null: none.")
    upper: Drawn = Field(description="Upper control limit; null: none.")
    flagged: tuple[int, ...] = Field(description="Drawn points that signal, by number.")


class DrawnChart(PageValue):
    """One stream of one characteristic: the main chart and those of spread."""

    level: str = Field(description="Level of the stream; empty: all of it.")
    unit: str = Field(description="Unit of the main chart; empty if it has none.")
    points: int = Field(description="Points of the window; of many only a choice is drawn.")
    ts: tuple[int, ...] = Field(description="Times of the drawn points, microseconds since 1970.")
    main: DrawnLine = Field(description="The chart.")
    sides: tuple[DrawnLine, ...] = Field(description="Charts of spread.")
    marked: tuple[int, ...] = Field(description="Drawn points that somebody marked, by number.")
    stages: tuple[int, ...] = Field(description="Begin of each later stage, as times.")


class StreamRow(PageValue):
    """Limits and signals of one stream, in figures."""

    level: str = Field(description="Level of the stream; empty: all of it.")
    points: int = Field(description="Points in the window.")
    judged: int = Field(description="Points that were judged.")
    center: float | None = Field(description="Centre at the last point, unit of the chart.")
    lower: float | None = Field(description="Lower limit at the last point; null: none.")
    upper: float | None = Field(description="Upper limit at the last point; null: none.")
    beyond: int = Field(description="Points beyond the limits.")
    patterns: int = Field(description="Points that break another rule.")
    spread: int = Field(description="Points beyond the limits of the charts of spread.")


class FlaggedPoint(PageValue):
    """A point that breaks rules."""

    ts: int = Field(description="Time, microseconds since 1970 UTC.")
    seq: int | None = Field(description="Sequence of its first measurement; null if not read.")
    level: str = Field(description="Level of the stream; empty: all of it.")
    value: float | None = Field(description="Plotted statistic, in the unit of the chart.")
    lower: float | None = Field(description="Lower limit; null: none.")
    upper: float | None = Field(description="Upper limit; null: none.")
    rules: tuple[str, ...] = Field(description="Names of the rules that it breaks.")


@dataclass(frozen=True, slots=True)
class Stream:
    """Points of one level of the stream, by number."""

    level: str
    at: IntArray


def streams(points: PlottedPoints) -> list[Stream]:
    """Streams that have points, in the order of their levels."""
    order = np.argsort(points.stream.codes, kind="stable")
    codes, first = np.unique(points.stream.codes[order], return_index=True)
    ends = [*first[1:].tolist(), order.size]
    levels = (*points.stream.levels, "")
    return [
        Stream(levels[int(code)], order[begin:after])
        for code, begin, after in zip(codes, first.tolist(), ends, strict=True)
    ]


def beyond_of(judged: Judged) -> BoolArray:
    """Points whose statistic is beyond one of its limits."""
    line = judged.line
    return (line.statistic > line.upper) | (line.statistic < line.lower)


def stream_row(stream: Stream, judged: Judged) -> StreamRow:
    """Figures of one stream."""
    at, last = stream.at, int(stream.at[-1])
    beyond = beyond_of(judged)[at]
    spread = np.zeros(at.size, dtype=np.bool_)
    for side in judged.sides:
        spread |= side.beyond[at]
    return StreamRow(
        level=stream.level,
        points=at.size,
        judged=int(np.count_nonzero(judged.judged[at])),
        center=number(judged.line.center[last]),
        lower=number(judged.line.lower[last]),
        upper=number(judged.line.upper[last]),
        beyond=int(np.count_nonzero(beyond)),
        patterns=int(np.count_nonzero((judged.flags[at] > 0) & ~beyond)),
        spread=int(np.count_nonzero(spread)),
    )


def drawn_chart(
    stream: Stream,
    points: PlottedPoints,
    judged: Judged,
    *,
    unit: str,
    marked: BoolArray,
    begins: BoolArray,
    most: int,
) -> DrawnChart:
    """Choose at most about `most` points of a stream: extremes, and of the signals the newest.

    Parameters
    ----------
    marked, begins : shape (n,)
        Points that somebody marked, and those at which a stage begins.
    """
    at = stream.at
    signal = (judged.flags[at] > 0) | marked[at]
    keep = np.zeros(at.size, dtype=np.bool_)
    keep[np.flatnonzero(signal)[-max(most // 2, 1) :]] = True
    chosen = decimate(points.ts[at], judged.line.statistic[at], keep, stretches=max(most // 8, 1))
    shown = at[chosen]
    return DrawnChart(
        level=stream.level,
        unit=unit,
        points=at.size,
        ts=tuple(points.ts[shown].tolist()),
        main=_line("", judged.line, judged.flags > 0, shown),
        sides=tuple(_line(side.name, side.line, side.beyond, shown) for side in judged.sides),
        marked=tuple(np.flatnonzero(marked[shown]).tolist()),
        stages=tuple(points.ts[at[begins[at]]].tolist()),
    )


def flagged_points(
    points: PlottedPoints, judged: Judged, seq: IntArray | None, most: int
) -> tuple[FlaggedPoint, ...]:
    """Newest points that break a rule, newest first."""
    levels = (*points.stream.levels, "")
    at = np.flatnonzero(judged.flags)[::-1][:most]
    return tuple(
        FlaggedPoint(
            ts=int(points.ts[i]),
            seq=None if seq is None else int(seq[points.row[i]]),
            level=levels[int(points.stream.codes[i])],
            value=number(float(judged.line.statistic[i])),
            lower=number(float(judged.line.lower[i])),
            upper=number(float(judged.line.upper[i])),
            rules=tuple(
                rule.name for bit, rule in enumerate(judged.rules) if judged.flags[i] >> bit & 1
            ),
        )
        for i in at.tolist()
    )


def number(value: float) -> float | None:
    """Round a drawn number; None for one that is not finite."""
    return float(f"{value:.{DIGITS}g}") if np.isfinite(value) else None


def _line(name: str, line: Line, flagged: BoolArray, shown: IntArray) -> DrawnLine:
    return DrawnLine(
        name=name,
        value=_numbers(line.statistic[shown]),
        center=_numbers(line.center[shown]),
        lower=_numbers(line.lower[shown]),
        upper=_numbers(line.upper[shown]),
        flagged=tuple(np.flatnonzero(flagged[shown]).tolist()),
    )


def _numbers(values: FloatArray) -> Drawn:
    return tuple(number(value) for value in values.tolist())
