"""Measurements as they reach a chart, and how rational subgroups become plotted points of them.

A subgroup is plotted when it is complete: its count is reached, or the next value belongs to
another one. Until then it is open, and provisional: nothing of it is judged. Values without the
label that names their subgroup stand alone. A label that comes back after another one begins a new
subgroup.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ops.spc.design import ChartSettings
from ops.spc.points import ROW_BY_ROW
from ops.spc.subgroup import SECOND_US
from ops.values import Factor, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Values of one stream in (ts, seq) order; void ones are left out.

    Parameters
    ----------
    ts, seq : shape (n,)
        Key: microseconds since 1970 UTC, and sequence.
    value, n : shape (n,)
        Measured values or counts, and the size or area behind each.
    label
        Subgroup of each value; None where the design does not ask for one.
    part
        Part of each value, on a short-run chart; else None.
    """

    ts: IntArray
    seq: IntArray
    value: FloatArray
    n: FloatArray
    label: Factor | None = None
    part: Factor | None = None

    def take(self, rows: slice | IntArray) -> "Arrivals":
        """Take some of the rows, in that order."""
        label, part = (None if f is None else f.take(rows) for f in (self.label, self.part))
        columns = (self.ts[rows], self.seq[rows], self.value[rows], self.n[rows])
        return Arrivals(*columns, label=label, part=part)


class Open(NamedTuple):
    """A subgroup: where it began, its last instant, and what its point is computed from.

    `squares` is the sum of squared deviations from the mean, carried on value by value (Welford
    1962, Technometrics 4(3), 419-420).
    """

    label: str | None
    part: str | None
    ts: int
    seq: int
    last_ts: int
    values: int
    total: float
    weight: float
    low: float
    high: float
    squares: float


_TS, _VALUES = 2, 5  # places of the key, and of the numbers of a point, in `Open`


@dataclass(frozen=True, slots=True)
class Gathered:
    """Complete subgroups, what is still open, and where each arrival went.

    Parameters
    ----------
    ts, seq, count, total, weight, low, high, squares : shape (points,)
        As in `Open`, of each complete subgroup; `count` is the number of its values.
    part
        Part of each; None on charts of one part.
    open
        Subgroup under way, if there is one.
    of : shape (n,)
        Index of the complete subgroup of each arrival; ``ts.size`` for those of the open one.
    """

    ts: IntArray
    seq: IntArray
    count: FloatArray
    total: FloatArray
    weight: FloatArray
    low: FloatArray
    high: FloatArray
    squares: FloatArray
    part: tuple[str | None, ...] | None
    open: Open | None
    of: IntArray


def is_single(settings: ChartSettings) -> bool:
    """Tell whether each value is a point of its own."""
    return settings.kind in ROW_BY_ROW or settings.subgroup in ("individuals", "count:1")


def gather(open_: Open | None, arrivals: Arrivals, settings: ChartSettings) -> Gathered:
    """Put arrivals into their subgroups, beginning with the one that is open.

    Parameters
    ----------
    open_
        What an earlier call left open; None at the beginning.
    """
    if is_single(settings):
        return _alone(arrivals)
    rule, _, said = settings.subgroup.partition(":")
    most = int(said) if rule == "count" else 0
    pause = int(said) * SECOND_US if rule == "gap" else 0
    complete: list[Open] = []
    of = np.empty(arrivals.ts.size, dtype=np.int64)
    for place, one in enumerate(_singles(arrivals)):
        if open_ is not None and not most and not _belongs(open_, one, pause):
            complete.append(open_)
            open_ = None
        open_ = one if open_ is None else _joined(open_, one)
        of[place] = len(complete)
        if most and open_.values >= most:
            complete.append(open_)
            open_ = None
    return _gathered(complete, open_, of, parts=arrivals.part is not None)


def _alone(arrivals: Arrivals) -> Gathered:
    ones, none = np.ones(arrivals.ts.size), np.zeros(arrivals.ts.size)
    parts = None if arrivals.part is None else tuple(_texts(arrivals.part, arrivals.ts.size))
    value = arrivals.value
    return Gathered(
        arrivals.ts, arrivals.seq, ones, value, arrivals.n, value, value, none, parts, None,
        np.arange(arrivals.ts.size),
    )  # fmt: skip


def _gathered(complete: list[Open], open_: Open | None, of: IntArray, *, parts: bool) -> Gathered:
    ts, seq = (
        np.array([key[place] for key in complete], dtype=np.int64) for place in (_TS, _TS + 1)
    )
    count, total, weight, low, high, squares = (
        np.array([one[place] for one in complete], dtype=np.float64)
        for place in range(_VALUES, _VALUES + 6)
    )
    part = tuple(one.part for one in complete) if parts else None
    return Gathered(ts, seq, count, total, weight, low, high, squares, part, open_, of)


def _belongs(open_: Open, one: Open, pause: int) -> bool:
    if pause:
        return one.ts - open_.last_ts <= pause
    return one.label is not None and one.label == open_.label


def _joined(open_: Open, one: Open) -> Open:
    count, total, value = open_.values + 1, open_.total + one.total, one.total
    grown = (value - open_.total / open_.values) * (value - total / count)
    return open_._replace(
        last_ts=one.ts, values=count, total=total, weight=open_.weight + one.weight,
        low=min(open_.low, value), high=max(open_.high, value), squares=open_.squares + grown,
    )  # fmt: skip


def _singles(arrivals: Arrivals) -> Iterator[Open]:
    labels = _texts(arrivals.label, arrivals.ts.size)
    parts = _texts(arrivals.part, arrivals.ts.size)
    columns = (arrivals.ts, arrivals.seq, arrivals.value, arrivals.n)
    rows = zip(*(column.tolist() for column in columns), labels, parts, strict=True)
    for ts, seq, value, n, label, part in rows:
        yield Open(label, part, ts, seq, ts, 1, value, n, value, value, 0.0)


def _texts(factor: Factor | None, size: int) -> list[str | None]:
    if factor is None:
        return [None] * size
    return [factor.levels[code] if code >= 0 else None for code in factor.codes.tolist()]
