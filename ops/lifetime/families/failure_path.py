"""Likelihood of the first of several independent failures, whoever knows which one it was.

A row is a sum of ways in which it can have come about: at one time one mode fails and the others
last, or all last. A mode known to have failed between two readouts is an integral over the time
between them; an unknown one is a sum over the modes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.polynomial.legendre import leggauss

from ops.lifetime.data import LifeData
from ops.lifetime.families.ascent import Landscape
from ops.lifetime.families.row_term import LogFamily, Terms, terms_of
from ops.values import FloatArray, IntArray

OUT, LASTS, FAILS = 0, 1, 2  # what a way says of a mode
_NODES, _WEIGHTS = (np.asarray(a, dtype=np.float64) for a in leggauss(12))
_PANEL = 0.7  # longest panel of the integral, in log time
_HEAD = 1e-4  # share of a first readout before which the other modes are taken to have lasted


@dataclass(frozen=True, slots=True)
class Paths:
    """Ways in which rows can have come about, sorted by row.

    Parameters
    ----------
    row, log_time, log_factor, sign : shape (p,)
        Of which row, at what time, with what weight in the sum, added or taken away.
    kind : shape (k, p)
        What each mode does: `OUT`, `LASTS` beyond the time or `FAILS` at it.
    weight : shape (r,)
        Units of each row; negative for those that stand for its truncation.
    """

    row: IntArray
    log_time: FloatArray
    log_factor: FloatArray
    sign: FloatArray
    kind: IntArray
    weight: FloatArray


class _Gathered:
    """Ways as they are found, row by row."""

    def __init__(self, modes: int) -> None:
        self.modes = modes
        self.row: list[IntArray] = []
        self.rest: list[FloatArray] = []
        self.kind: list[IntArray] = []

    def add(
        self,
        row: IntArray,
        time: FloatArray,
        *,
        fails: IntArray | None = None,
        log_factor: FloatArray | float = 0.0,
        sign: float = 1.0,
        only: IntArray | None = None,
    ) -> None:
        """Add a way for each row: mode `fails` fails, or all last; `only` some mode is asked of."""
        each = np.arange(self.modes)[:, None]
        there = time > 0 if only is None else (each == only) & (time > 0)
        kind = np.where(there, LASTS, OUT) * np.ones((self.modes, row.size), dtype=np.int64)
        if fails is not None:
            kind = np.where(each == fails, FAILS, kind)
        log_time = np.log(np.where(time > 0, time, 1.0))
        self.row.append(row)
        self.kind.append(kind)
        self.rest.append(
            np.stack([log_time, np.broadcast_to(log_factor, row.shape), np.full(row.size, sign)])
        )

    def paths(self, weight: FloatArray) -> Paths:
        """All of them, sorted by row."""
        row = np.concatenate(self.row)
        order = np.argsort(row, kind="stable")
        log_time, log_factor, sign = np.concatenate(self.rest, axis=1)[:, order]
        kind = np.concatenate(self.kind, axis=1)[:, order]
        return Paths(row[order], log_time, log_factor, sign, kind, weight)


def paths_of(data: LifeData, modes: int) -> Paths:
    """List the ways in which each row can have come about."""
    found = _Gathered(modes)
    known = data.mode >= 0
    between = data.failed & ~data.exact
    rows = np.arange(data.lower.size)
    right = rows[data.right]
    found.add(right, data.lower[right])
    due = right[np.isfinite(data.exit[right])]  # it is in the data because it fails by then
    found.add(due, data.exit[due], sign=-1.0)
    exact = rows[data.exact & known]
    found.add(exact, data.lower[exact], fails=data.mode[exact])
    either = rows[data.exact & ~known]
    for mode in range(modes):
        found.add(either, data.lower[either], fails=np.full(either.size, mode))
    blind = rows[between & ~known]
    found.add(blind, data.lower[blind])
    found.add(blind, data.upper[blind], sign=-1.0)
    _between(found, data, rows[between & known])
    weight = _truncation(found, data)
    return found.paths(weight)


def path_landscape(paths: Paths, families: Sequence[LogFamily]) -> Landscape:
    """Log-likelihood of (mu of each mode, log sigma of each mode) with its derivatives."""
    starts = np.flatnonzero(np.diff(paths.row, prepend=-1))
    size = len(families)
    units = paths.weight[paths.row]

    def landscape(at: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        mu, log_sigma = at[:size], at[size:]
        each = [
            _mode_terms(paths, family, float(mu[k]), float(log_sigma[k]), paths.kind[k])
            for k, family in enumerate(families)
        ]
        value = paths.log_factor + np.sum([t.value for t in each], axis=0)
        top = np.maximum.reduceat(value, starts)[paths.row]
        if not np.isfinite(top).all():
            return _nothing(2 * size)
        part = paths.sign * np.exp(value - top)
        total = np.add.reduceat(part, starts)
        if not (total > 0).all():
            return _nothing(2 * size)
        share = part / total[paths.row]
        slopes = np.stack([t.by_mu for t in each] + [t.by_log_sigma for t in each])
        slopes = np.where(share == 0, 0.0, slopes)
        by_row = np.add.reduceat(share * slopes, starts, axis=1)
        bend = (slopes * (share * units)) @ slopes.T - (by_row * paths.weight) @ by_row.T
        _own_bends(bend, each, share * units)
        height = float((np.log(total) + top[starts]) @ paths.weight)
        return height, by_row @ paths.weight, bend

    return landscape


def _own_bends(bend: FloatArray, each: Sequence[Terms], units: FloatArray) -> None:
    size = len(each)
    some = units != 0
    for k, terms in enumerate(each):
        mixed = float(terms.mu_log_sigma[some] @ units[some])
        bend[k, k] += float(terms.mu_mu[some] @ units[some])
        bend[size + k, size + k] += float(terms.log_sigma_log_sigma[some] @ units[some])
        bend[k, size + k] += mixed
        bend[size + k, k] += mixed


def _nothing(size: int) -> tuple[float, FloatArray, FloatArray]:
    return -np.inf, np.zeros(size), np.zeros((size, size))


def _mode_terms(
    paths: Paths, family: LogFamily, mu: float, log_sigma: float, kind: IntArray
) -> Terms:
    """Terms of one mode in every way, shape (p,); zeros where it is not asked of."""
    low = np.where(kind == OUT, -np.inf, paths.log_time)
    high = np.where(kind == FAILS, paths.log_time, np.inf)
    return terms_of(family, low, high, mu, log_sigma)


def _between(found: _Gathered, data: LifeData, rows: IntArray) -> None:
    """Integrate over the time between two readouts, in log time, panel by panel."""
    low = np.where(data.lower[rows] > 0, data.lower[rows], _HEAD * data.upper[rows])
    width = np.log(data.upper[rows] / low)
    panels = np.ceil(width / _PANEL).astype(np.int64)
    row = np.repeat(rows, panels)
    step = np.repeat(width / panels, panels)
    first = np.cumsum(panels) - panels
    place = np.arange(row.size) - np.repeat(first, panels)
    left = np.repeat(np.log(low), panels) + place * step
    log_time = (left + 0.5 * step)[:, None] + 0.5 * step[:, None] * _NODES
    log_factor = np.log(0.5 * step[:, None] * _WEIGHTS) + log_time
    many = np.repeat(row, _NODES.size)
    found.add(many, np.exp(log_time.ravel()), fails=data.mode[many], log_factor=log_factor.ravel())
    head = rows[data.lower[rows] == 0]
    found.add(head, np.zeros(head.size))
    found.add(head, _HEAD * data.upper[head], only=data.mode[head], sign=-1.0)


def _truncation(found: _Gathered, data: LifeData) -> FloatArray:
    """Take away the chance to be seen at all; weights of all rows."""
    some = np.flatnonzero((data.entry > 0) | np.isfinite(data.exit))
    place = data.lower.size + np.arange(some.size)
    found.add(place, data.entry[some])
    ends = np.isfinite(data.exit[some])
    found.add(place[ends], data.exit[some][ends], sign=-1.0)
    return np.concatenate([data.weight, -data.weight[some]])
