"""Drift of all columns that a model reads, the share of false findings held, what matters first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ops.classify.monitoring.column_drift import (
    ColumnDrift,
    Practical,
    category_drift,
    number_drift,
)
from ops.classify.monitoring.shares import Lots
from ops.classify.monitoring.since import off_since
from ops.classify.table import DataTable
from ops.spc.false_findings import adjusted
from ops.values import IntArray

MOST = 2000  # rows of a window that are compared, evenly spaced: more only cost time
DATED = 12  # columns whose change is dated
FAIR = 0.5  # of an equal share: a column that is worth less to the model hardly matters


@dataclass(frozen=True, slots=True)
class DriftLine:
    """A column with its place among all.

    Parameters
    ----------
    q
        Smallest share of false findings at which it is one; None: not tested.
    found
        Whether it is beyond chance, false ones among all columns held.
    worth
        Share of the column in what moves the answers of the model.
    matters
        Found, large enough for a word, and worth something to the model.
    since
        Microseconds since 1970 UTC; None: not dated.
    """

    drift: ColumnDrift
    q: float | None
    found: bool
    worth: float
    matters: bool
    since: int | None

    @property
    def large(self) -> bool:
        """Whether it is found and large enough for a word."""
        return self.found and self.drift.size >= 1.0

    @property
    def priority(self) -> float:
        """Size times worth: by what drift columns are ordered."""
        return self.drift.size * self.worth


@dataclass(frozen=True, slots=True)
class InputDrift:
    """Columns, those that matter first, then those found, then the rest.

    Parameters
    ----------
    steady
        Whether it is shown of every column that is worth something that its level stayed within
        the margin, and nothing large was found.
    """

    lines: tuple[DriftLine, ...]
    level: float
    steady: bool

    @property
    def found(self) -> int:
        """Columns beyond chance."""
        return sum(line.found for line in self.lines)

    @property
    def mattering(self) -> tuple[DriftLine, ...]:
        """Columns whose drift matters."""
        return tuple(line for line in self.lines if line.matters)


def column_drifts(
    table: DataTable,
    columns: Sequence[str],
    reference: IntArray,
    newest: IntArray,
    *,
    seed: int,
    group: str | None = None,
    practical: Practical | None = None,
) -> tuple[ColumnDrift, ...]:
    """Compare columns of the newest rows with those of the reference.

    Parameters
    ----------
    reference, newest
        Rows of either window, in time order.
    group
        Column of groups (lots) whose rows share a level; None: neighbouring rows remember.
    """
    reference, newest = (_thinned(rows) for rows in (reference, newest))
    lots = _lots(table, group, reference, newest)
    found: list[ColumnDrift] = []
    for name in columns:
        if name in table.numbers:
            x = table.numbers[name]
            found.append(
                number_drift(
                    name, x[reference], x[newest], rng=np.random.default_rng(seed), lots=lots,
                    practical=practical,
                )
            )  # fmt: skip
        elif name in table.categories:
            factor = table.categories[name]
            pair = factor.take(reference), factor.take(newest)
            found.append(category_drift(name, *pair, lots=lots, practical=practical))
    return tuple(found)


def input_drift(
    drifts: Sequence[ColumnDrift], worth: Mapping[str, float], *, level: float
) -> InputDrift:
    """Judge all columns together.

    Parameters
    ----------
    worth
        Share of each column in what moves the model's answers.
    level
        Share of false ones among the columns found (Benjamini and Hochberg).
    """
    tested = [i for i, d in enumerate(drifts) if d.p is not None]
    p = np.array([drifts[i].p for i in tested], dtype=np.float64)
    q = dict(zip(tested, adjusted(p).tolist(), strict=True)) if tested else {}
    fair = FAIR / max(1, len(drifts))
    lines: list[DriftLine] = []
    for i, drift in enumerate(drifts):
        own, of = float(worth.get(drift.name, 0.0)), q.get(i)
        found = of is not None and of <= level
        matters = found and drift.size >= 1.0 and own >= fair
        lines.append(DriftLine(drift, of, found, own, matters, None))
    lines.sort(
        key=lambda x: (not x.matters, not x.found, -x.priority, x.q if x.q is not None else 2.0)
    )
    weighty = [x for x in lines if x.worth >= fair]
    steady = bool(weighty) and not any(x.large for x in lines)
    steady = steady and all(x.drift.steady is not False for x in weighty)
    return InputDrift(tuple(lines), level, steady)


def dated(found: InputDrift, table: DataTable, rows: IntArray, times: IntArray) -> InputDrift:
    """Date the level changes that were found.

    Parameters
    ----------
    rows, times
        Rows of the reference and all later ones in time order, and their times.
    """
    lines = list(found.lines)
    for at, line in enumerate(lines[:DATED]):
        drift = line.drift
        if not line.found or drift.shift is None or drift.what not in ("level", "shape"):
            continue
        x = table.numbers[drift.name][rows]
        since = off_since(x, times, drift.before or 0.0, drift.shift)
        lines[at] = DriftLine(drift, line.q, line.found, line.worth, line.matters, since)
    return InputDrift(tuple(lines), found.level, found.steady)


def _lots(
    table: DataTable, group: str | None, reference: IntArray, newest: IntArray
) -> Lots | None:
    if group is None or group not in table.categories:
        return None
    codes = table.categories[group].codes
    pair = codes[reference], codes[newest]
    return pair if min(np.unique(of).size for of in pair) > 5 else None


def _thinned(rows: IntArray) -> IntArray:
    return rows if rows.size <= MOST else rows[np.arange(MOST) * rows.size // MOST]
