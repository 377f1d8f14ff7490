"""The power-law process (Crow-AMSAA) of several systems, and of grouped counts.

The expected events of a system by age t are ``scale t^beta``: beta > 1 deteriorates, beta < 1
improves. One system watched from new is `ops.drift.crow_amsaa`, whose intervals are exact; here the
systems may have been watched between any ages, and intervals rest on the profile likelihood.

References
----------
Crow (1974), in Reliability and Biometry, SIAM, 379-410; MIL-HDBK-189 (1981), Appendix C (grouped
data); Rigdon & Basu (2000), Statistical Methods for the Reliability of Repairable Systems, Wiley.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import log

import numpy as np
from scipy.special import chdtrc, chdtri, xlogy

from ops.errors import BadData, NotEnoughData, Problem
from ops.lifetime.repairable.data import RecurrentData
from ops.values import FloatArray

Profile = Callable[[float], tuple[float, float]]  # log-likelihood and its slope
BETA = (0.01, 100.0)  # where the exponent is looked for


@dataclass(frozen=True, slots=True)
class PowerLaw:
    """A power-law process, as fitted to all systems together.

    Parameters
    ----------
    beta, lower, upper
        Exponent of maximum likelihood with its interval by the likelihood ratio.
    scale
        Expected events of a system by age t over t^beta.
    loglik
        Log-likelihood at the maximum; of the counts where they are grouped.
    p_value
        Likelihood-ratio test of a constant rate (beta = 1).
    n, systems
        Events, and systems.
    fit_p_value
        Of the power law against the counts of the groups (chi-square); None where times are known
        or too few groups have enough.
    """

    beta: float
    lower: float
    upper: float
    scale: float
    loglik: float
    p_value: float
    n: float
    systems: int
    confidence: float
    fit_p_value: float | None = None

    def expected(self, start: FloatArray, end: FloatArray) -> FloatArray:
        """Events expected of a system between two ages."""
        found: FloatArray = self.scale * (end**self.beta - start**self.beta)
        return found

    def intensity(self, age: float) -> float:
        """Events of a system per unit of time at an age."""
        return float(self.scale * self.beta * age ** (self.beta - 1.0))

    @property
    def deteriorates(self) -> bool | None:
        """Whether the rate is shown to grow (True), to shrink (False), or neither (None)."""
        if self.lower > 1.0:
            return True
        return False if self.upper < 1.0 else None


def power_law(data: RecurrentData, *, confidence: float = 0.95) -> PowerLaw:
    """Fit one power law to all systems.

    Raises
    ------
    NotEnoughData
        With fewer than 3 events, or where all are at one age at the end.
    """
    n = data.time.size
    if n < 3:
        raise NotEnoughData(f"a trend of events needs 3 of them, got {n}")
    unit = float(data.end.max())
    start, end = data.start / unit, data.end / unit
    logs = float(np.log(data.time / unit).sum())
    if not logs < 0:
        raise NotEnoughData(f"a trend of events needs ages that differ; all are {unit:g}")

    def profile(beta: float) -> tuple[float, float]:
        exposure = float(np.sum(end**beta - start**beta))
        slope = float(np.sum(xlogy(end**beta, end) - xlogy(start**beta, start))) / exposure
        value = n * log(n * beta / exposure) + (beta - 1.0) * logs - n
        return value, n / beta - n * slope + logs

    beta, best, (low, high) = _maximum(profile, confidence)
    exposure = float(np.sum(data.end**beta - data.start**beta))
    return PowerLaw(
        beta=beta,
        lower=low,
        upper=high,
        scale=n / exposure,
        loglik=best - n * log(unit),
        p_value=_ratio_p(best, profile(1.0)[0]),
        n=float(n),
        systems=len(data.systems),
        confidence=confidence,
    )


def grouped_power_law(
    edges: FloatArray, counts: FloatArray, *, confidence: float = 0.95
) -> PowerLaw:
    """Fit a power law to counts of one system between ages.

    Parameters
    ----------
    edges : shape (m + 1,)
        Ages that bound the groups, increasing; the first may be 0.
    counts : shape (m,)
        Events of each group.

    Raises
    ------
    BadData
        If the edges do not increase, or a count is negative.
    NotEnoughData
        With fewer than 3 events, or fewer than 2 groups.
    """
    if counts.size != edges.size - 1 or (np.diff(edges) <= 0).any() or edges[0] < 0:
        problem = Problem("/edges", "give ages that increase, one more than counts")
        raise BadData(
            "the ages that bound the groups must increase, one more than counts", (problem,)
        )
    if (counts < 0).any():
        raise BadData(f"a count is negative: {counts.min():g}")
    n = float(counts.sum())
    if n < 3 or counts.size < 2:
        raise NotEnoughData(f"a trend of counts needs 3 events in 2 groups, got {n:g}")
    unit = float(edges[-1])
    low, high = edges[:-1] / unit, edges[1:] / unit

    def profile(beta: float) -> tuple[float, float]:
        share, whole = high**beta - low**beta, 1.0 - float(low[0]) ** beta
        turn = xlogy(high**beta, high) - xlogy(low**beta, low)
        value = float(np.sum(xlogy(counts, n * share / whole))) - n
        slope = (
            float(np.sum(counts * turn / share)) + n * float(xlogy(low[0] ** beta, low[0])) / whole
        )
        return value, slope

    beta, best, (lower, upper) = _maximum(profile, confidence)
    scale = n / float(edges[-1] ** beta - edges[0] ** beta)
    return PowerLaw(
        beta=beta,
        lower=lower,
        upper=upper,
        scale=scale,
        loglik=best,
        p_value=_ratio_p(best, profile(1.0)[0]),
        n=n,
        systems=1,
        confidence=confidence,
        fit_p_value=_chi_square(counts, scale * np.diff(edges**beta)),
    )


def _maximum(profile: Profile, confidence: float) -> tuple[float, float, tuple[float, float]]:
    """Exponent of the greatest likelihood, that likelihood, and where it falls below the ratio."""
    beta = _halved(lambda at: profile(at)[1] > 0, *BETA)
    if not 1.01 * BETA[0] < beta < BETA[1] / 1.01:
        raise NotEnoughData(
            "the events bunch at one end of what was watched: no power law has a maximum there"
        )
    best = profile(beta)[0]
    drop = best - float(chdtri(1, 1.0 - confidence)) / 2.0
    low = _halved(lambda at: profile(at)[0] < drop, BETA[0], beta)
    return beta, best, (low, _halved(lambda at: profile(at)[0] >= drop, beta, BETA[1]))


def _halved(holds: Callable[[float], bool], low: float, high: float) -> float:
    """Where a claim that holds at `low` ceases to hold, by halving on the logarithm."""
    for _ in range(80):
        middle = (low * high) ** 0.5
        low, high = (middle, high) if holds(middle) else (low, middle)
    return float((low * high) ** 0.5)


def _ratio_p(best: float, at_one: float) -> float:
    return float(chdtrc(1, max(0.0, 2.0 * (best - at_one))))


def _chi_square(counts: FloatArray, expected: FloatArray) -> float | None:
    """Chi-square test of the fit; neighbours are pooled until 5 are expected in each."""
    seen, awaited = [0.0], [0.0]
    for count, hope in zip(counts.tolist(), expected.tolist(), strict=True):
        if awaited[-1] >= 5.0:
            seen.append(0.0)
            awaited.append(0.0)
        seen[-1] += count
        awaited[-1] += hope
    if len(awaited) > 1 and awaited[-1] < 5.0:
        few, short = seen.pop(), awaited.pop()  # before the list that they join is indexed
        seen[-1] += few
        awaited[-1] += short
    free = len(seen) - 2
    if free < 1:
        return None
    statistic = sum((a - b) ** 2 / b for a, b in zip(seen, awaited, strict=True))
    return float(chdtrc(free, statistic))
