"""Returns as life data: ages of what came back, and how long the rest has lasted so far.

Units enter service at different days (staggered entry), so that the ages reached differ. A return
becomes known some days after the failure; a unit that is not known to have failed is then censored
at an age that is not known exactly: its age less the delay that a report of it would have had.
"""

from dataclasses import dataclass

import numpy as np

from ops.errors import BadData, NotEnoughData, Problem
from ops.lifetime.field.data import FieldData
from ops.values import FloatArray

LEAST_AGE = 0.5  # days: a unit that fails on its first day has failed within it


@dataclass(frozen=True, slots=True)
class ReportingDelay:
    """How long after a failure its return is known.

    Parameters
    ----------
    days : shape (k,)
        Delays, from 0 on.
    share : shape (k,)
        Of reports, summing to 1.
    """

    days: FloatArray
    share: FloatArray

    def known(self, elapsed: FloatArray) -> FloatArray:
        """Share of reports that come within some days, shape as `elapsed`."""
        place = np.searchsorted(self.days, elapsed, side="right")
        found: FloatArray = np.concatenate([[0.0], np.cumsum(self.share)])[place]
        return found

    @property
    def mean(self) -> float:
        """Mean delay, days."""
        return float(np.sum(self.days * self.share))

    def coarse(self, most: int = 12) -> "ReportingDelay":
        """Put neighbouring delays together, each group at its mean: at most so many are left."""
        if self.days.size <= most:
            return self
        group = np.minimum((np.cumsum(self.share) * most).astype(np.int64), most - 1)
        share = np.bincount(group, weights=self.share).astype(np.float64)
        days = np.bincount(group, weights=self.share * self.days).astype(np.float64)
        some = share > 0
        return ReportingDelay(days[some] / share[some], share[some])


AT_ONCE = ReportingDelay(np.zeros(1), np.ones(1))


def check(data: FieldData) -> None:
    """Refuse cohorts and returns that cannot be, by name.

    Raises
    ------
    BadData
        If more came back than were shipped, a return comes before its shipment, or after `until`.
    """
    back = np.bincount(data.cohort, weights=data.returned, minlength=data.shipped.size)
    problems = [
        Problem(f"/cohorts/{at}", f"cohort {at + 1}: {back[at]:g} of {data.quantity[at]:g} came"
                " back; check the quantity")
        for at in np.flatnonzero(back > data.quantity)[:20]
    ]  # fmt: skip
    early = data.failed_to < data.shipped[data.cohort]
    late = data.failed_from > data.until
    problems += [
        Problem(f"/returns/{at}", f"return {at + 1}: it failed before its cohort was shipped, or"
                " after the day up to which returns are known")
        for at in np.flatnonzero(early | late)[:20]
    ]  # fmt: skip
    if problems:
        raise BadData(problems[0].detail, tuple(problems))


def reporting_delay(data: FieldData) -> ReportingDelay:
    """Estimate how long reports take, from returns whose failure and report are both dated.

    A long delay is seen only of failures long ago: the share of each delay among those not longer
    is estimated from the returns that could have shown it (the reverse-time product limit).

    References
    ----------
    Lawless (1994), Canadian Journal of Statistics 22(1), 15-31.
    """
    dated = np.isfinite(data.reported) & (data.returned > 0)
    if not dated.any():
        return AT_ONCE
    delay = np.maximum(0.0, np.round(data.reported - data.failed_to))[dated]
    most = (data.until - data.failed_to)[dated]
    weight, seen = data.returned[dated], delay <= most
    delay, most, weight = delay[seen], most[seen], weight[seen]
    if not delay.size:
        return AT_ONCE
    days = np.unique(delay)
    stays = np.ones(days.size)
    for at, day in enumerate(days.tolist()):
        able = weight[(delay <= day) & (most >= day)].sum()
        stays[at] = 1.0 - weight[delay == day].sum() / able
    within = np.append(np.cumprod(stays[1:][::-1])[::-1], 1.0)  # share not longer than each day
    return ReportingDelay(days, np.diff(np.concatenate([[0.0], within])))


@dataclass(frozen=True, slots=True)
class Exposure:
    """What a fit of the field rests on.

    Parameters
    ----------
    lower, upper, weight : shape (r,)
        Units whose fate is known: failures (exact or between two days), and those that left for
        another reason (right-censored); ages in days.
    age, left : shape (c,)
        Age of each cohort in service, and its units that are not known to have failed.
    shipped : shape (c,)
        Day on which each of these cohorts went into service.
    delay
        Of reports.
    warranty
        Age, in days, beyond which nothing is reported; infinite: everything is.
    """

    lower: FloatArray
    upper: FloatArray
    weight: FloatArray
    age: FloatArray
    left: FloatArray
    shipped: FloatArray
    delay: ReportingDelay
    warranty: float

    @property
    def failures(self) -> float:
        """Units that are known to have failed."""
        return float(self.weight[np.isfinite(self.upper)].sum())

    def lasted(self) -> FloatArray:
        """Age up to which a cohort's units are known to be good, for each delay, shape (c, k)."""
        return np.minimum(np.maximum(self.age[:, None] - self.delay.days, 0.0), self.warranty)


def exposure(
    data: FieldData,
    *,
    delay: ReportingDelay = AT_ONCE,
    warranty: float = np.inf,
    mode: str = "",
) -> Exposure:
    """Form ages from cohorts and returns.

    Parameters
    ----------
    warranty
        Age in days beyond which failures are not reported: units are censored there.
    mode
        Failure mode that is looked at, units lost to others being censored; "" takes all.

    Raises
    ------
    BadData
        As `check`.
    NotEnoughData
        If nothing came back.
    """
    check(data)
    shipped = data.shipped[data.cohort]
    low, high = data.failed_from - shipped, data.failed_to - shipped
    exact = low == high
    low = np.where(exact, np.maximum(low, LEAST_AGE), np.maximum(low, 0.0))
    high = np.where(exact, low, np.maximum(high, LEAST_AGE))
    other = np.zeros(low.size, dtype=np.bool_)
    if mode:
        other = data.mode != data.modes.index(mode)
    lost = other | (low >= warranty)
    lower = np.where(lost, np.minimum(low, warranty), low)
    upper = np.where(lost, np.inf, np.minimum(high, np.maximum(warranty, low)))
    kept = ~(lost & (lower == 0.0))  # lost within the first interval: nothing is known
    if not data.returned[kept & ~lost].sum() > 0:
        raise NotEnoughData("nothing came back yet: no life can be told from the field")
    rows, place = np.unique(np.stack([lower[kept], upper[kept]]), axis=1, return_inverse=True)
    back = np.bincount(data.cohort, weights=data.returned, minlength=data.shipped.size)
    age, left = data.until - data.shipped, data.quantity - back
    keep = (age > 0) & (left > 0)
    return Exposure(
        lower=rows[0],
        upper=rows[1],
        weight=np.bincount(place.ravel(), weights=data.returned[kept]).astype(np.float64),
        age=age[keep],
        left=left[keep],
        shipped=data.shipped[keep],
        delay=delay,
        warranty=warranty,
    )
