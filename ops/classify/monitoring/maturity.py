"""Labels that come late: how long they take, and which rows are old enough to be judged by.

Rows whose label is already known are no fair sample of the newest rows: failures may be heard of
sooner, or later, than that all went well. Only rows that are older than nearly every delay of every
class are judged. Delays are seen only where they are shorter than the age of their row; the
product-limit of reversed time corrects for that, up to the greatest age.

References
----------
Kalbfleisch and Lawless (1989), J. American Statistical Association 84(406), 360-372, eq. 2.6;
Lagakos, Barraj and De Gruttola (1988), Biometrika 75(3), 515-523.
"""

from dataclasses import dataclass

import numpy as np

from ops.classify.table import NO_TIME
from ops.values import BoolArray, FloatArray, IntArray

LEAST = 10  # known labels of a class from which its delays are told
HOUR = 3_600_000_000


@dataclass(frozen=True, slots=True)
class ClassDelay:
    """Delay of the labels of one class, in hours: how many, median, and the mature age."""

    name: str
    rows: int
    median: float
    mature: float


@dataclass(frozen=True, slots=True)
class Maturity:
    """Which rows can be judged by their labels.

    Parameters
    ----------
    mature : shape (n,)
        Rows old enough that nearly all of their labels are known.
    age
        Hours from which they are; 0 where the dataset does not say when labels became known.
    delays
        By class; empty where it does not say.
    told
        Whether the dataset says when labels became known.
    """

    mature: BoolArray
    age: float
    delays: tuple[ClassDelay, ...]
    told: bool


def maturity(
    times: IntArray,
    known: IntArray | None,
    y: IntArray,
    classes: tuple[str, ...],
    *,
    now: int,
    share: float = 0.95,
) -> Maturity:
    """Choose the rows whose label would be known by now.

    Parameters
    ----------
    times, known : shape (n,)
        When rows happened, and when their labels became known (`NO_TIME`: not yet); microseconds
        since 1970 UTC. None: the dataset does not say; every row is taken then.
    y : shape (n,)
        Class, -1 where it is not known.
    share
        Of the labels of each class that must be known at the mature age.
    """
    if known is None:
        return Maturity(np.ones(times.size, dtype=np.bool_), 0.0, (), told=False)
    delays: list[ClassDelay] = []
    for at, name in enumerate(classes):
        of = (y == at) & (known != NO_TIME) & (times != NO_TIME) & (known <= now)
        if np.count_nonzero(of) < LEAST:
            continue
        delay = np.maximum(known[of] - times[of], 0) / HOUR
        age = (now - times[of]) / HOUR
        places, shares = delay_distribution(delay, age)
        delays.append(
            ClassDelay(
                name, int(np.count_nonzero(of)), _quantile(places, shares, 0.5),
                _quantile(places, shares, share),
            )
        )  # fmt: skip
    oldest = max((d.mature for d in delays), default=0.0)
    mature = (times != NO_TIME) & ((now - times) / HOUR >= oldest)
    return Maturity(mature, oldest, tuple(delays), told=True)


def delay_distribution(delay: FloatArray, age: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Distribution of delays that are seen only where they do not exceed the age of their row.

    Parameters
    ----------
    delay, age : shape (n,)
        With ``delay <= age``.

    Returns
    -------
    shapes (m,), (m,)
        Distinct delays, ascending, and the share of delays up to each, among those up to the
        greatest age.

    Examples
    --------
    >>> places, share = delay_distribution(np.array([1.0, 2.0]), np.array([9.0, 9.0]))
    >>> share.tolist()
    [0.5, 1.0]
    """
    places, events = np.unique(delay, return_counts=True)
    begun = np.searchsorted(np.sort(delay), places, side="right")  # delays up to it
    gone = np.searchsorted(np.sort(age), places, side="left")  # rows too young to show it
    risk = np.maximum(begun - gone, events)
    stay = 1.0 - events / risk
    share = np.ones(places.size)
    share[:-1] = np.cumprod(stay[:0:-1])[::-1]
    return places, share


def _quantile(places: FloatArray, shares: FloatArray, level: float) -> float:
    at = min(int(np.searchsorted(shares, level - 1e-12)), places.size - 1)
    return float(places[at])
