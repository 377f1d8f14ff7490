"""Who was at risk when something failed: distinct times of failure with their counts."""

from dataclasses import dataclass

import numpy as np

from ops.errors import BadData, NotEnoughData, Problem
from ops.lifetime.data import LifeData
from ops.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class RiskSet:
    """Counts at each distinct time of failure.

    Parameters
    ----------
    time : shape (m,)
        Distinct times at which units failed, rising.
    failed, at_risk : shape (m,)
        Units that failed then, and units that had entered before and lasted at least until then.
    row : shape (k,)
        Failed rows, in order of time.
    place : shape (k,)
        Index into `time` of each of them.
    """

    time: FloatArray
    failed: FloatArray
    at_risk: FloatArray
    row: IntArray
    place: IntArray


def risk_set(data: LifeData) -> RiskSet:
    """Count who failed and who was at risk; at a tie a failure comes before a censoring.

    Raises
    ------
    NotEnoughData
        If nothing failed.
    BadData
        If a failure is only known to lie in an interval, or a row has an exit.
    """
    require_exact(data)
    if np.isfinite(data.exit).any():
        raise BadData("units seen only because they failed before an exit: use `turnbull`")
    row = np.flatnonzero(data.failed)
    if not row.size:
        raise NotEnoughData("an estimate of the life needs 1 failure, got 0")
    row = row[np.argsort(data.lower[row], kind="stable")]
    time, place = np.unique(data.lower[row], return_inverse=True)
    failed = np.bincount(place, weights=data.weight[row]).astype(np.float64)
    until = _total_before(data.lower, data.weight, time)
    entered = _total_before(data.entry, data.weight, time)
    return RiskSet(time, failed, entered - until, row, place.astype(np.int64))


def require_exact(data: LifeData) -> None:
    """Refuse failures that are only known to lie between two times.

    Raises
    ------
    BadData
        Naming the first such row.
    """
    wide = np.flatnonzero(data.failed & ~data.exact)
    if wide.size:
        first = int(wide[0])
        said = (
            f"row {first + 1} failed between {data.lower[first]:g} and {data.upper[first]:g}:"
            " this estimate needs exact times of failure, use `turnbull`"
        )
        raise BadData(said, (Problem(f"/rows/{first}", said),))


def _total_before(times: FloatArray, weight: FloatArray, at: FloatArray) -> FloatArray:
    """Weight of what lies strictly before each of some times."""
    order = np.argsort(times, kind="stable")
    total = np.concatenate([[0.0], np.cumsum(weight[order])])
    return total[np.searchsorted(times[order], at, side="left")]
