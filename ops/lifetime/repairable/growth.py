"""Growth of reliability while faults are found and mended: what is shown, and what will be.

References
----------
MIL-HDBK-189 (1981) and MIL-HDBK-00189A (2009), 7.5 (projection after delayed corrective action);
Crow (1983), Annual Reliability and Maintainability Symposium, 489-498; Duane (1964), IEEE
Transactions on Aerospace 2, 563-566.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from ops.drift.crow_amsaa import crow_amsaa
from ops.errors import BadData, NotEnoughData, Problem
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class Duane:
    """Straight line through cumulative MTBF against age, both logarithmic, by least squares.

    `growth` is its slope, `scale` the cumulative MTBF at age 1; no interval: the points of a
    cumulative curve are not independent. Where one is wanted, `power_law` has it.
    """

    growth: float
    scale: float
    end: float

    def cumulative(self, age: float) -> float:
        """Cumulative MTBF by an age."""
        return float(self.scale * age**self.growth)

    def instantaneous(self, age: float) -> float:
        """MTBF at an age."""
        return float(self.cumulative(age) / (1.0 - self.growth))

    def age_at(self, cumulative: float) -> float:
        """Age at which the cumulative MTBF is reached."""
        return float((cumulative / self.scale) ** (1.0 / self.growth))


def duane(times: FloatArray) -> Duane:
    """Fit Duane's line to the ages of events.

    Raises
    ------
    NotEnoughData
        With fewer than 3 events at different ages.
    """
    t = np.sort(times)
    if np.unique(t).size < 3:
        raise NotEnoughData(
            f"Duane's line needs 3 events at different ages, got {np.unique(t).size}"
        )
    x, y = np.log(t), np.log(t / np.arange(1, t.size + 1))
    slope = float(np.sum((x - x.mean()) * (y - y.mean())) / np.sum((x - x.mean()) ** 2))
    return Duane(slope, exp(float(y.mean() - slope * x.mean())), float(t[-1]))


@dataclass(frozen=True, slots=True)
class Projection:
    """What the MTBF will be once the delayed fixes are in.

    Parameters
    ----------
    demonstrated
        MTBF at the end of the test: time over events, or by the power law of all events where
        some faults were fixed while it ran.
    projected
        MTBF after the fixes, faults that were not seen yet included.
    potential
        MTBF that the strategy can reach at most, once every fault that would be fixed has been.
    beta
        Exponent of the first occurrences of the faults to be fixed, corrected for bias.
    overall
        Exponent of all events, corrected for bias; 1 where nothing was fixed in the test.
    seen
        Distinct faults that will be fixed.
    effectiveness
        Mean share of a fault's events that its fix removes.
    """

    demonstrated: float
    projected: float
    potential: float
    beta: float
    overall: float
    seen: int
    effectiveness: float


def projection(
    events: Sequence[tuple[float, str]],
    effectiveness: Mapping[str, float],
    *,
    end: float,
    fixed_in_test: bool = False,
) -> Projection:
    """Project the MTBF after delayed fixes (Crow's projection, extended where some were not).

    Parameters
    ----------
    events
        Age and fault of each event; a fault that is not in `effectiveness` will not be fixed.
    effectiveness
        Fault that will be fixed, to the share of its events that the fix removes, in [0, 1].
    end
        Age at which the test ended.
    fixed_in_test
        Whether other faults were fixed while the test ran: its rate then changed.

    Raises
    ------
    BadData
        If an effectiveness is not a share.
    NotEnoughData
        With fewer than 3 distinct faults to be fixed.
    """
    for fault, share in effectiveness.items():
        if not 0.0 <= share <= 1.0:
            problem = Problem(f"/effectiveness/{fault}", f"{share:g} is not between 0 and 1")
            raise BadData(f"the effectiveness of {fault} is {share:g}; give 0 to 1", (problem,))
    first: dict[str, float] = {}
    count: dict[str, int] = {}
    for age, fault in sorted(events):
        if fault in effectiveness:
            first.setdefault(fault, age)
            count[fault] = count.get(fault, 0) + 1
    if len(first) < 3:
        raise NotEnoughData(f"a projection needs 3 distinct faults to be fixed, got {len(first)}")
    beta = crow_amsaa(np.array(list(first.values())), end=end).beta
    overall = 1.0
    if fixed_in_test:
        overall = crow_amsaa(np.array([age for age, _ in events]), end=end).beta
    rate = len(events) * overall / end
    mean = float(np.mean([effectiveness[fault] for fault in first]))
    removed = sum(count[fault] * effectiveness[fault] for fault in first) / end
    unseen = beta * len(first) / end  # rate at which new faults of the kind still turn up
    potential = max(0.0, rate - removed)
    return Projection(
        demonstrated=1.0 / rate,
        projected=1.0 / (potential + mean * unseen),
        potential=1.0 / potential if potential > 0 else float("inf"),
        beta=beta,
        overall=overall,
        seen=len(first),
        effectiveness=mean,
    )
