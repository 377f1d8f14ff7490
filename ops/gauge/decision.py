"""The verdict on a gauge: its spread against the tolerance and against the process.

References
----------
AIAG, Measurement Systems Analysis, 4th ed. (2010), II-D (below 10 % acceptable, 10 to 30 % may be
acceptable, above 30 % not; 5 distinct categories or more).
"""

from math import inf, nan, sqrt
from typing import Literal

from ops.capability.index import Interval

Decision = Literal["accept", "conditional", "reject"]
ACCEPT, REJECT, CATEGORIES = 0.1, 0.3, 5


def decide(ratio: float, *, accept: float = ACCEPT, reject: float = REJECT) -> Decision:
    """Judge a ratio of the gauge (%GRR / 100); a ratio on a threshold gets the milder verdict.

    Examples
    --------
    >>> decide(0.2786)
    'conditional'
    """
    if ratio <= accept:
        return "accept"
    return "conditional" if ratio <= reject else "reject"


def worst(decisions: list[Decision]) -> Decision | None:
    """Worst of some decisions; None of none."""
    order: tuple[Decision, ...] = ("accept", "conditional", "reject")
    return max(decisions, key=order.index) if decisions else None


def tolerance_ratio(gauge: Interval, tolerance: float, *, width: float = 6.0) -> Interval:
    """Precision to tolerance: `width` standard deviations of the gauge over the tolerance.

    Parameters
    ----------
    gauge
        Variance of the gauge, squared unit of the tolerance.
    width
        6 (AIAG, 4th ed.) or 5.15 (before it).
    """
    return Interval(
        *(width * _root(v) / tolerance for v in (gauge.value, gauge.lower, gauge.upper))
    )


def process_ratio(gauge: Interval, process_sigma: float) -> Interval:
    """Compare the standard deviation of the gauge with a known total one of the process.

    Parameters
    ----------
    process_sigma
        Of measured values, gauge included; above 0.
    """
    return Interval(*(_root(v) / process_sigma for v in (gauge.value, gauge.lower, gauge.upper)))


def part_variance(gauge: float, process_sigma: float) -> float:
    """Variance of the parts in a process of known total standard deviation; 0 at least."""
    return max(process_sigma**2 - gauge, 0.0)


def _root(variance: float) -> float:
    return sqrt(variance) if 0 <= variance < inf else (inf if variance == inf else nan)
