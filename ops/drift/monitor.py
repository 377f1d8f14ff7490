"""Sequential monitors of a mean with a known rate of false alarms: CUSUM, EWMA, Page-Hinkley.

Each looks both ways and starts anew after an alarm. Its threshold is not a parameter: it follows
from the distance of false alarms that is wanted, under the autocorrelation that the series has.

References
----------
Page (1954), Biometrika 41, 100-115; Hinkley (1971), Biometrika 58(3), 509-523 (the mean is
learned); Roberts (1959), Technometrics 1(3), 239-250; Lucas and Crosier (1982), Technometrics
24(3), 199-205 (head start); Siegmund (1985), Sequential Analysis, 10.2 (run length).
"""

from dataclasses import dataclass
from math import erfc, expm1, inf, sqrt

import numpy as np

from ops.drift.evidence import Evidence
from ops.drift.monitor_design import Design, Kind, design
from ops.errors import BadData, NotEnoughData
from ops.spc.autocorrelation import effective_size
from ops.values import FloatArray, IntArray

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm of a monitor.

    Parameters
    ----------
    index
        Of the value that gives it.
    direction
        1: the mean rose, -1: it fell.
    began
        Index of the first value after the statistic was last 0: the estimate of when it began.
    delay
        Values from there to the alarm, both counted.
    """

    index: int
    direction: int
    began: int
    delay: int


@dataclass(frozen=True, slots=True)
class Monitoring:
    """What a monitor says of a series.

    Parameters
    ----------
    statistic : shape (2, n)
        Of a rise and of a fall; of an EWMA over its limit. Above `threshold` is an alarm.
    threshold
        In standard deviations of a value; 1 for an EWMA.
    alarms
        In time order.
    shift, half
        Mean of the values since the last excursion began less the target (Page-Hinkley: less the
        mean before it), and half of its 95 % interval, in the unit of the values; None if none.
    p_value
        Of an excursion as high as the highest, somewhere in a series of this length in control.
    expected
        False alarms to expect in a series of this length in control.
    n, effective
        Values, and how many independent ones they are worth.
    """

    kind: Kind
    statistic: FloatArray
    threshold: float
    alarms: tuple[Alarm, ...]
    shift: float | None
    half: float | None
    p_value: float
    expected: float
    n: int
    effective: float

    @property
    def began(self) -> int | None:
        """Index at which the last excursion began: alarms of one direction in a row are one."""
        if not self.alarms:
            return None
        first = len(self.alarms) - 1
        while first and self.alarms[first - 1].direction == self.alarms[-1].direction:
            first -= 1
        return self.alarms[first].began

    def evidence(self, ts: IntArray | None = None) -> Evidence:
        """Return what it says as evidence; `ts` are the stamps, microseconds since 1970 UTC."""
        lower = upper = None
        if self.shift is not None and self.half is not None:
            lower, upper = self.shift - self.half, self.shift + self.half
        return Evidence(
            mechanism="level",
            method=self.kind,
            estimate=self.shift,
            measure="value",
            n=self.n,
            lower=lower,
            upper=upper,
            p_value=self.p_value,
            since=None if self.began is None or ts is None else int(ts[self.began]),
            effective=self.effective,
            present=bool(self.alarms),
        )


def monitor(
    y: FloatArray,
    *,
    kind: Kind = "cusum",
    target: float,
    sigma: float,
    phi: float = 0.0,
    arl0: float = 370.0,
    headstart: float = 0.0,
    shift: float = 1.0,
) -> Monitoring:
    """Watch a series for a lasting shift of its mean.

    Parameters
    ----------
    y : shape (n,)
        Values in time order; NaN is left out.
    target, sigma
        In-control mean and marginal standard deviation, in the unit of `y`. Page-Hinkley learns the
        mean from the series itself; the target then only centres the arithmetic.
    phi
        First-order autocorrelation in control, in (-1, 1); below 0 it is taken for 0, which makes
        false alarms rarer than wanted.
    arl0
        Mean number of values to a false alarm that is wanted.
    headstart
        0, or 0.5 for the fast initial response: sums start at half of their threshold, limits of
        an EWMA are those of its exact variance. Under autocorrelation an EWMA has it at the first
        start only: after an alarm the next values are near the one that gave it.
    shift
        That is to be found soonest, in sigmas: the reference value of a sum is half of it, the
        weight of the newest value in an EWMA 0.2 times it.

    Raises
    ------
    NotEnoughData
        With no value.
    BadData
        If `sigma` is not above 0, or a parameter is outside what the design knows.

    Examples
    --------
    >>> found = monitor(np.repeat([0.0, 2.0], 20), target=0.0, sigma=1.0).alarms[0]
    >>> found.index, found.direction, found.began, found.delay
    (23, 1, 20, 4)
    """
    n = int(np.count_nonzero(np.isfinite(y)))
    if n == 0:
        raise NotEnoughData("a monitor needs 1 value, got 0")
    if not 0 < sigma < inf:
        raise BadData(f"sigma is {sigma}: a monitor needs the in-control standard deviation, > 0")
    plan = design(kind, arl0, phi=phi, headstart=headstart, shift=shift)
    z = np.where(np.isfinite(y), (y - target) / sigma, np.nan)
    statistic, rows = _run(z, plan, restart=True)
    alarms = tuple(Alarm(int(i), int(d), int(b), int(i - b + 1)) for i, d, b in rows)
    shift_z, half = _size(z, alarms, plan)
    return Monitoring(
        kind=kind,
        statistic=statistic,
        threshold=plan.threshold,
        alarms=alarms,
        shift=None if shift_z is None else shift_z * sigma,
        half=None if half is None else half * sigma,
        p_value=_p_value(z, plan, n),
        expected=n / arl0,
        n=n,
        effective=effective_size(n, plan.phi),
    )


def _run(z: FloatArray, plan: Design, *, restart: bool) -> tuple[FloatArray, IntArray]:
    from ops.drift.monitor_kernel import (  # noqa: PLC0415  (numba loads in half a second)
        average_runs,
        sum_runs,
    )

    if plan.kind == "ewma":
        return average_runs(z, plan.lambda_, plan.limits(), plan.phi == 0.0, restart)
    h = plan.threshold if restart else inf
    return sum_runs(z, plan.kind == "page-hinkley", plan.k, h, plan.headstart * plan.threshold)


def _size(
    z: FloatArray, alarms: tuple[Alarm, ...], plan: Design
) -> tuple[float | None, float | None]:
    """Mean since the last excursion began, over what was before, and half of its interval."""
    if not alarms:
        return None, None
    first = len(alarms) - 1
    while first and alarms[first - 1].direction == alarms[-1].direction:
        first -= 1
    began = alarms[first].began
    begun = alarms[first - 1].index + 1 if first else 0
    after, before = z[began:], z[begun:began]
    after, before = after[~np.isnan(after)], before[~np.isnan(before)]
    variance = 1.0 / effective_size(after.size, plan.phi)
    if plan.kind != "page-hinkley" or before.size == 0:
        return float(after.mean()), Z95 * sqrt(variance)
    variance += 1.0 / effective_size(before.size, plan.phi)
    return float(after.mean() - before.mean()), Z95 * sqrt(variance)


def _p_value(z: FloatArray, plan: Design, n: int) -> float:
    """Chance of so high an excursion in `n` values: 1 - exp(-n / mean run length to it).

    For an EWMA the bound of Bonferroni: n times the tail of one value of the statistic.
    """
    statistic, _ = _run(z, plan, restart=False)
    peak = float(np.nanmax(statistic))
    if plan.kind == "ewma":
        return min(1.0, n * erfc(peak * plan.width / sqrt(2.0)))
    rate = 2.0 * plan.k / plan.variance
    reach = rate * (peak + plan.overshoot)
    if reach > 600.0:
        return 0.0
    length = plan.variance * 0.5 * (expm1(reach) - reach) / (2.0 * plan.k**2)
    return -expm1(-n / max(length, 1.0))
