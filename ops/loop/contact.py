"""Probability of contact: how often a margin falls below 0, with what the data can say of it.

In the body the share of contacts is counted (Clopper and Pearson). Beyond it a Pareto tail is
fitted to the smallest margins, and believed only as far as ten times the data reach. Where there
is nothing to count and no tail to believe in, what is left is a bound: with no contact in n
independent units the probability is below about 3/n.

Values of one lot are alike: n is divided by the design effect of the smallest margins.

References
----------
Clopper and Pearson (1934), Biometrika 26(4), 404-413; Hanley and Lippman-Hand (1983), JAMA 249(13),
1743-1745 (3/n); Korn and Graubard (1998), Survey Methodology 24(2), 193-201 (effective n);
Zou and Donner (2008), Statistics in Medicine 27(10), 1693-1702 (interval of a product).
"""

from dataclasses import dataclass
from math import exp, inf, log, sqrt
from typing import Literal

import numpy as np
from scipy.special import betaincinv, chdtri, ndtri

from ops.errors import NotEnoughData
from ops.loop.tail import ParetoTail, far_share, fit_tail
from ops.values import FloatArray, IntArray

Method = Literal["counted", "tail", "bound"]
LEAST_UNITS = 20
MANY = 10  # contacts from which counting alone is enough
LEAST_TAIL = 30  # effective excesses that a tail is believed from
MOST_TAIL = 500  # excesses: more of them say more of the body than of the tail
REACH = 10.0  # times n: how far a tail is followed
WIDEST = 100.0  # of upper bound over estimate: a wider one says nothing
LEAST_DIFFERENT = 10  # values in the tail


@dataclass(frozen=True, slots=True)
class Contact:
    """Probability that a margin is below 0.

    Parameters
    ----------
    units, effective
        How many, and how many independent ones say as much.
    contacts
        Units whose margin is below 0.
    method
        ``counted``, ``tail``, or ``bound``: only that it is below `upper`.
    estimate
        Probability; None for a bound.
    lower, upper
        Two-sided interval; a bound is one-sided at the same confidence.
    threshold
        Margin below which the tail begins; NaN without a tail.
    excesses
        Margins in the tail.
    tail
        Fitted to the excesses; None if there is none.
    reason
        Why the data cannot say more; "" if they can.
    """

    units: int
    effective: float
    contacts: int
    method: Method
    estimate: float | None
    lower: float
    upper: float
    threshold: float
    excesses: int
    tail: ParetoTail | None
    reason: str


def contact(
    margin: FloatArray, lot: IntArray | None = None, *, share: float = 0.1,
    confidence: float = 0.95,
) -> Contact:  # fmt: skip
    """Probability of contact of one margin.

    Parameters
    ----------
    margin : shape (units,)
        Finite, micrometres.
    lot : shape (units,)
        Code of the lot of each unit, -1: a lot of its own; None: units are independent.
    share
        Of the smallest margins that the tail is fitted to, at most 500.

    Raises
    ------
    NotEnoughData
        With fewer than 20 units.

    Examples
    --------
    >>> found = contact(np.linspace(50.0, 90.0, 300))
    >>> found.method, round(found.upper, 4)
    ('bound', 0.0099)
    """
    n = margin.size
    if n < LEAST_UNITS:
        raise NotEnoughData(f"a probability needs {LEAST_UNITS} units, got {n}; widen the window")
    threshold, excess = _excesses(margin, share)
    effect = 1.0 if lot is None else design_effect(margin <= threshold, lot)
    contacts = int(np.count_nonzero(margin < 0))
    frame = (n, n / effect, contacts)
    told, reason, tail = None, "", None
    if contacts < MANY:
        reason = _unfit(excess, threshold, effect)
        if not reason:
            tail = fit_tail(excess)
            told, reason = _by_tail(excess, tail, threshold, frame, confidence)
    if told is not None:
        return _answer(frame, "tail", told, (threshold, excess.size, tail), "")
    if contacts > 0:
        counted = _counted(contacts / effect, n / effect, confidence)
        return _answer(frame, "counted", counted, (threshold, excess.size, tail), reason)
    bound = (None, 0.0, 1.0 - (1.0 - confidence) ** (effect / n))
    return _answer(frame, "bound", bound, (threshold, excess.size, tail), reason)


def design_effect(flag: np.ndarray, lot: IntArray) -> float:
    """How many times fewer independent units would say as much of a share; at least 1.

    One plus the mean size of a unit's lot less 1, times the correlation of flags within a lot
    (analysis of variance); 1 where there is only one lot.
    """
    own = lot.copy()
    alone = own < 0
    own[alone] = own.max(initial=-1) + 1 + np.arange(int(alone.sum()))
    _, code = np.unique(own, return_inverse=True)
    size = np.bincount(code).astype(np.float64)
    n, lots = float(size.sum()), size.size
    if lots < 2 or lots == n:
        return 1.0
    hits = np.bincount(code, flag.astype(np.float64))
    share = float(hits.sum()) / n
    between = float(np.sum((hits - size * share) ** 2 / size)) / (lots - 1)
    within = float(np.sum(hits * (1.0 - hits / size))) / (n - lots)
    squares = float(np.sum(size**2))
    typical = (n - squares / n) / (lots - 1)
    total = between + (typical - 1.0) * within
    alike = (between - within) / total if total > 0 else 0.0
    return min(max(1.0, 1.0 + (squares / n - 1.0) * alike), n)


def _excesses(margin: FloatArray, share: float) -> tuple[float, FloatArray]:
    """Margin where the tail begins, and how far the smaller ones lie beyond it."""
    wanted = min(max(int(np.ceil(share * margin.size)), 1), MOST_TAIL, margin.size - 1)
    threshold = float(np.partition(margin, wanted)[wanted])
    return threshold, threshold - margin[margin < threshold]


def _unfit(excess: FloatArray, threshold: float, effect: float) -> str:
    if not threshold > 0:
        return "contacts begin in the body of the margins"
    if excess.size < LEAST_TAIL * effect:
        least = int(np.ceil(LEAST_TAIL * effect))
        return f"{excess.size} margins are in the tail, {least} are needed to follow it"
    different = np.unique(excess).size
    if different < LEAST_DIFFERENT:
        return f"the tail has only {different} different values: the gauge is too coarse for it"
    return ""


def _by_tail(
    excess: FloatArray,
    tail: ParetoTail,
    distance: float,
    frame: tuple[int, float, int],
    confidence: float,
) -> tuple[tuple[float, float, float] | None, str]:
    """Probability by the tail, or why it is not believed."""
    n, effective, _ = frame
    share = excess.size / n
    within = exp(tail.log_survival(distance))
    if share * within < 1.0 / (REACH * effective):
        return None, f"contact is farther out than {REACH:g} times what was measured can reach"
    drop = float(chdtri(1, 1.0 - confidence)) / 2.0 * (n / effective)
    far = far_share(excess, tail, distance, drop=drop)
    if far.upper > WIDEST * far.estimate:
        return None, "the shape of the tail is too uncertain to follow it to contact"
    half = float(ndtri(0.5 + confidence / 2.0)) * sqrt((1.0 - share) / (effective * share))
    estimate = share * far.estimate
    down = inf if far.lower == 0.0 else log(far.estimate / far.lower)
    lower = estimate * exp(-sqrt(half**2 + down**2)) if down < inf else 0.0
    upper = estimate * exp(sqrt(half**2 + log(far.upper / far.estimate) ** 2))
    return (estimate, lower, min(upper, 1.0)), ""


def _counted(k: float, n: float, confidence: float) -> tuple[float, float, float]:
    side = (1.0 - confidence) / 2.0
    lower = float(betaincinv(k, n - k + 1.0, side))
    upper = 1.0 if k >= n else float(betaincinv(k + 1.0, n - k, 1.0 - side))
    return k / n, lower, upper


def _answer(
    frame: tuple[int, float, int],
    method: Method,
    told: tuple[float | None, float, float],
    beyond: tuple[float, int, ParetoTail | None],
    reason: str,
) -> Contact:
    return Contact(
        units=frame[0],
        effective=frame[1],
        contacts=frame[2],
        method=method,
        estimate=told[0],
        lower=told[1],
        upper=told[2],
        threshold=beyond[0],
        excesses=beyond[1],
        tail=beyond[2],
        reason=reason,
    )
