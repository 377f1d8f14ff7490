"""A measured series as the points of a control chart: individuals or subgroup means."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.capability.sigma import within_sigma
from ops.errors import BadData, NotEnoughData
from ops.spc.control import ControlChart, control_chart, stage_starts
from ops.spc.rules import NELSON, Rule
from ops.values import BoolArray, FloatArray, IntArray, Series

MOST_STAGES = 60
Kind = Literal["individuals", "means"]


@dataclass(frozen=True, slots=True)
class Plot:
    """The chart, where its points stand in time, and which row of the series each one begins with.

    Parameters
    ----------
    ts, row : shape (n,)
        Microseconds since 1970 UTC, ascending; index into the series.
    """

    kind: Kind
    ts: IntArray
    row: IntArray
    chart: ControlChart


def plot(
    series: Series,
    *,
    stages: IntArray | str | None = None,
    qualified: BoolArray | None = None,
    rules: tuple[Rule, ...] = NELSON,
) -> Plot:
    """Chart a series: means where its subgroups are given, else individual values.

    Parameters
    ----------
    stages
        Instants at which a stage begins, or a factor: a stage begins where its level changes.
    qualified : shape (rows of the series,)
        Rows that limits are estimated from; absent: each stage's own.

    Raises
    ------
    NotEnoughData
        Without a value.
    BadData
        If a factor changes so often that there would be more than 60 stages.
    """
    if series.value.size == 0:
        raise NotEnoughData("a control chart needs 1 value, got 0; widen the window")
    tool = series.factors.get("tool")
    stream = np.zeros(series.ts.size, dtype=np.int64) if tool is None else tool.codes
    code = _subgroups(series)
    if code is None:
        row = np.arange(series.ts.size)
        starts = _starts(series, series.ts, row, stages)
        chart = control_chart(
            series.value, stream=stream, starts=starts, qualified=qualified, rules=rules
        )
        return Plot("individuals", series.ts, row, chart)
    _, row, place = np.unique(code, return_index=True, return_inverse=True)
    order = np.argsort(row)  # by the first value of each subgroup
    rank = np.empty(order.size, dtype=np.int64)
    rank[order] = np.arange(order.size)
    group, row = rank[place], row[order]
    size = np.bincount(group).astype(np.float64)
    mean = np.bincount(group, series.value) / size
    ts = series.ts[row]
    starts = _starts(series, ts, row, stages)
    kept = None if qualified is None else qualified[row]
    chart = control_chart(
        mean,
        stream=stream[row],
        starts=starts,
        size=size,
        sigma=_sigmas(series.value, group, starts, kept),
        qualified=kept,
        rules=rules,
    )
    return Plot("means", ts, row, chart)


def _subgroups(series: Series) -> IntArray | None:
    """Code of the subgroup of each value, each value without one on its own; None: no subgroups."""
    codes = series.subgroup.codes
    if not np.any(np.bincount(codes[codes >= 0]) >= 2):
        return None
    own = codes.copy()
    missing = codes < 0
    own[missing] = codes.max() + 1 + np.arange(int(missing.sum()))
    return own


def _starts(series: Series, ts: IntArray, row: IntArray, stages: IntArray | str | None) -> IntArray:
    if stages is None:
        return np.array([0])
    if isinstance(stages, str):
        factor = series.factors.get(stages)
        if factor is None:
            return np.array([0])
        changes = np.flatnonzero(np.diff(factor.codes[row])) + 1
        starts, what = np.concatenate(([0], changes)), f"the factor {stages!r} changes"
    else:
        starts, what = stage_starts(stages, ts), "such an event happened"
    if starts.size > MOST_STAGES:
        raise BadData(
            f"{what} {starts.size - 1} times in the window, at most {MOST_STAGES} stages can be"
            " told apart; choose one tool, or a shorter window"
        )
    return starts


def _sigmas(
    value: FloatArray, group: IntArray, starts: IntArray, qualified: BoolArray | None
) -> FloatArray:
    """Pooled within-subgroup sigma of each stage; NaN where no subgroup has two values."""
    stage = np.searchsorted(starts, group, side="right") - 1
    found = np.full(starts.size, np.nan)
    for place in range(starts.size):
        used = stage == place if qualified is None else qualified[group]
        try:
            found[place] = within_sigma(value[used], group[used], "pooled").value
        except NotEnoughData:
            continue
    return found
