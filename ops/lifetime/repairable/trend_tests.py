"""Does the rate of events change? Tests of systems that are repaired, pooled over systems.

Laplace and military-handbook tests take a constant rate (Poisson) as null; Lewis-Robinson only that
the times between events are alike (renewal), so that clustered events do not look like a trend.

References
----------
Ascher & Feingold (1984), Repairable Systems Reliability; MIL-HDBK-189 (1981); NIST/SEMATECH
e-Handbook 8.2.3.4; Lewis & Robinson (1974), in Reliability and Biometry, SIAM; pooled as in
Kvaloy & Lindqvist (1998), Reliability Engineering and System Safety 60, 13-28.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import chdtr, chdtrc, ndtr

from ops.drift.mann_kendall import mann_kendall
from ops.errors import NotEnoughData
from ops.lifetime.repairable.data import RecurrentData
from ops.values import FloatArray, IntArray

TrendName = Literal["laplace", "military-handbook", "lewis-robinson", "reverse-arrangements"]


@dataclass(frozen=True, slots=True)
class TrendTest:
    """One test of a trend.

    Parameters
    ----------
    name
        Which one.
    statistic
        Laplace, Lewis-Robinson, reverse arrangements: a z, positive where events come ever faster;
        military handbook: chi-square.
    p_value
        Two-sided.
    faster
        Whether events come ever faster, by its sign.
    null
        What is taken to hold where there is no trend: `poisson` or `renewal`.
    """

    name: TrendName
    statistic: float
    p_value: float
    faster: bool
    null: Literal["poisson", "renewal"]


def trend_tests(data: RecurrentData) -> tuple[TrendTest, ...]:
    """Run every test that the data allow; those that need more events are left out.

    Raises
    ------
    NotEnoughData
        With fewer than 3 events in all.
    """
    if data.time.size < 3:
        raise NotEnoughData(f"a trend of events needs 3 of them, got {data.time.size}")
    found = [_laplace(data), _military(data), _lewis_robinson(data), _reversals(data)]
    return tuple(test for test in found if test is not None)


def _inside(data: RecurrentData) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Age at each event, and first and last age at which its system was watched.

    A system that was watched until its last event ends there by that event: the event is the end,
    and not one of those that lie by chance within.
    """
    last = data.end[data.system]
    keep = data.time < last
    return data.time[keep], data.start[data.system][keep], last[keep]


def _laplace(data: RecurrentData) -> TrendTest | None:
    time, first, last = _inside(data)
    if time.size < 2:
        return None
    wide = last - first
    z = float(np.sum(time - (first + last) / 2.0) / np.sqrt(np.sum(wide**2) / 12.0))
    return _normal("laplace", z, "poisson")


def _military(data: RecurrentData) -> TrendTest | None:
    if data.start.any():
        return None  # it needs systems that are watched from new
    time, _, last = _inside(data)
    if time.size < 2:
        return None
    statistic, free = float(2.0 * np.sum(np.log(last / time))), 2 * time.size
    below, above = float(chdtr(free, statistic)), float(chdtrc(free, statistic))
    p_value = min(1.0, 2.0 * min(below, above))
    return TrendTest("military-handbook", statistic, p_value, below < above, "poisson")


def _lewis_robinson(data: RecurrentData) -> TrendTest | None:
    gaps, _ = _gaps(data)
    laplace = _laplace(data)
    if laplace is None or gaps.size < 4 or not gaps.std(ddof=1) > 0:
        return None
    variation = float(gaps.std(ddof=1) / gaps.mean())
    return _normal("lewis-robinson", laplace.statistic / variation, "renewal")


def _reversals(data: RecurrentData) -> TrendTest | None:
    """Kendall's test of the times between events against their order, summed over systems."""
    gaps, system = _gaps(data)
    score = variance = 0.0
    for number in np.unique(system):
        own = gaps[system == number]
        if own.size < 3 or np.ptp(own) == 0.0:
            continue
        kendall = mann_kendall(own)
        score, variance = score - kendall.s, variance + kendall.variance
    if not variance > 0:
        return None
    near = np.sign(score) * max(0.0, abs(score) - 1.0)  # continuity
    return _normal("reverse-arrangements", float(near / variance**0.5), "renewal")


def _gaps(data: RecurrentData) -> tuple[FloatArray, IntArray]:
    """Take the times between events of each system, the first since it was first watched."""
    order = np.lexsort((data.time, data.system))
    system, time = data.system[order], data.time[order]
    before = np.concatenate([[-1], system[:-1]])
    earlier = np.where(before == system, np.concatenate([[0.0], time[:-1]]), data.start[system])
    return time - earlier, system.astype(np.int64)


def _normal(name: TrendName, z: float, null: Literal["poisson", "renewal"]) -> TrendTest:
    return TrendTest(name, z, float(2.0 * ndtr(-abs(z))), z > 0, null)
