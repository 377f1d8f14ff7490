"""Stages of a chart: stretches of a stream with limits or at least patterns of their own."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ops.errors import BadData
from ops.spc.design import ChartDesign, StreamLimits
from ops.spc.subgroup import stream_of
from ops.values import Factor, IntArray, PlantEvent, Series, stable_order

STAGE = "~stage"  # a factor that no plant has
_OF = " ~stage "
MOST_STAGES = 60


def staged(series: Series, stages: str, stream: str, events: Sequence[PlantEvent]) -> Series:
    """Series with a further factor `STAGE`: a level for each stage of each stream.

    Parameters
    ----------
    stages
        ``event:KIND``: a stage begins with each such event of the tool (or of the whole site);
        ``factor:NAME``: where the level changes from one value of the stream to the next.
    stream
        Factor whose levels are charted apart.

    Raises
    ------
    BadData
        If a factor is not in the data, or there are more than 60 stages.
    """
    what, _, name = stages.partition(":")
    apart = stream_of(series, stream)
    if what == "event":
        turn = _by_events(series, name, events)
    else:
        turn = _by_changes(series, name, apart.codes)
    pairs, codes = np.unique(np.stack([apart.codes, turn], axis=1), axis=0, return_inverse=True)
    begun = pairs.shape[0] - np.unique(apart.codes).size
    if begun > MOST_STAGES:
        raise BadData(
            f"stages {stages!r} begin {begun} times in the window, at most {MOST_STAGES} can be"
            " told apart; choose one tool, or a shorter window"
        )
    names = (*apart.levels, "")
    levels = tuple(f"{names[int(code)]}{_OF}{int(at)}" for code, at in pairs)
    factor = Factor(codes.reshape(-1), levels)
    return replace(series, factors={**series.factors, STAGE: factor})


def stream_name(level: str) -> str:
    """Level of the stream that a stage belongs to.

    Examples
    --------
    >>> stream_name("WB-01 ~stage 3")
    'WB-01'
    """
    return level.partition(_OF)[0]


def of_stages(design: ChartDesign, levels: Sequence[str]) -> ChartDesign:
    """Design that judges each stage by the frozen limits of its stream."""
    found: list[StreamLimits] = []
    for level in levels:
        limits = design.limits_of(stream_name(level))
        if limits is not None:
            found.append(limits.model_copy(update={"level": level}))
    return design.model_copy(update={"stream": STAGE, "limits": tuple(found) or design.limits})


def _by_events(series: Series, kind: str, events: Sequence[PlantEvent]) -> IntArray:
    """Events of the row's tool, or of no tool, up to each row."""
    about = series.characteristic
    its = [
        event
        for event in events
        if event.kind == kind
        and event.site == about.site
        and event.characteristic in ("", about.code)
    ]
    tool = stream_of(series, "tool")
    at = {"": np.sort(np.array([e.ts for e in its if not e.tool], dtype=np.int64))}
    turn = np.searchsorted(at[""], series.ts, side="right")
    for name in {event.tool for event in its if event.tool}:
        if name not in tool.levels:
            continue
        rows = tool.codes == tool.levels.index(name)
        when = np.sort(np.array([e.ts for e in its if e.tool == name], dtype=np.int64))
        turn[rows] += np.searchsorted(when, series.ts[rows], side="right")
    return turn.astype(np.int64)


def _by_changes(series: Series, name: str, stream: IntArray) -> IntArray:
    factor = series.factors.get(name)
    if factor is None:
        raise BadData(
            f"stages by factor {name!r}: the data have no such factor, only"
            f" {sorted(series.factors)}"
        )
    order = stable_order(stream)
    codes, of = factor.codes[order], stream[order]
    changed = np.zeros(order.size, dtype=np.int64)
    changed[1:] = (np.diff(codes) != 0) & (np.diff(of) == 0)
    turn = np.empty(order.size, dtype=np.int64)
    turn[order] = np.cumsum(changed)
    return turn
