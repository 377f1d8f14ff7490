"""How surprising a stream is, how many alarms chance alone raises, and which findings stand.

Each stream is judged against the mean and the standard deviation of its own baseline of m values,
so that every statistic is Student's with m - 1 degrees of freedom: a short baseline widens it. Its
p-value is that of the strongest of four tests, times four; the tests that look at each of n
values are multiplied by n as well (Bonferroni). Over the streams, the share of false findings is
controlled.

References
----------
Benjamini and Hochberg (1995), J. R. Statist. Soc. B 57(1), 289-300;
Benjamini and Yekutieli (2001), Annals of Statistics 29(4), 1165-1188 (any dependence).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import stdtr, stdtrit

from ops.errors import NotEnoughData
from ops.spc.screen import ScreenDesign, StreamScreen, screen_streams
from ops.values import FloatArray, IntArray

Control = Literal["benjamini-hochberg", "benjamini-yekutieli"]
TESTS = ("outlier", "ewma", "shift", "slope")
GROSS = 1e-3  # share of clean baselines of which a value is taken for a gross error
MAD_SHARE = 0.37  # efficiency of the median deviation: of its degrees of freedom
NORMAL_MAD = 1.4826  # standard deviations in a median deviation of a normal distribution
GROUPS = 5  # of streams of like length that are simulated together
DRAWS, MOST_DRAWS, FEWEST_DRAWS = 2_000_000, 4_000, 100


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a stream is judged against.

    Parameters
    ----------
    m
        Values that it is estimated from.
    mean, sd
        In the unit of the data.
    autocorrelation
        Of neighbouring values.
    removed
        Gross errors that were left out.
    """

    m: int
    mean: float
    sd: float
    autocorrelation: float
    removed: int


def baseline_of(x: FloatArray) -> Baseline:
    """Estimate a baseline without its gross errors.

    A value counts as a gross error where its distance from the median, in median deviations, has
    a chance of less than 1 in 1000 among all values of the baseline.

    Parameters
    ----------
    x : shape (m,)
        Finite values in time order.

    Raises
    ------
    NotEnoughData
        With fewer than 5 values.
    """
    if x.size < 5:
        raise NotEnoughData(f"a baseline needs 5 values, got {x.size}")
    middle = float(np.median(x))
    away = np.abs(x - middle)
    deviation = NORMAL_MAD * float(np.median(away))
    cut = float(stdtrit(MAD_SHARE * (x.size - 1), 1 - GROSS / (2 * x.size)))
    kept = x[away <= cut * deviation] if deviation > 0 else x
    around = kept - kept.mean()
    squares = float(np.dot(around, around))
    return Baseline(
        m=int(kept.size),
        mean=float(kept.mean()),
        sd=float(np.sqrt(squares / (kept.size - 1))),
        autocorrelation=float(np.dot(around[1:], around[:-1])) / squares if squares > 0 else 0.0,
        removed=int(x.size - kept.size),
    )


def p_values(screen: StreamScreen, m: IntArray, mean: FloatArray, sd: FloatArray) -> FloatArray:
    """p-values of the four tests of each stream, in the order of `TESTS`.

    Parameters
    ----------
    screen
        Of the judged values, with the baselines as centre and sigma and 1/m as spread.
    m, mean, sd : shape (streams,)
        The baselines.

    Returns
    -------
    shape (4, streams)
    """
    n = screen.count.astype(np.float64)
    spread = 1.0 / m
    shift = (screen.mean - mean) / (sd * np.sqrt(spread + 1.0 / n))
    times = (n**3 - n) / 12.0  # sum of squares of the index around its mean
    slope = np.where(times > 0, screen.slope, 0.0) * np.sqrt(times) / sd
    outlier = screen.largest / np.sqrt(1.0 + spread)
    t = np.stack((outlier, screen.ewma, np.abs(shift), np.abs(slope)))
    looks = np.stack((n, n, np.ones_like(n), np.ones_like(n)))
    return np.minimum(1.0, looks * 2.0 * stdtr(m - 1.0, -t))


def strongest(p: FloatArray) -> tuple[FloatArray, IntArray]:
    """p-value of each stream over its tests (rows of `p`), and which test is the strongest."""
    which = np.argmin(p, axis=0)
    return np.minimum(1.0, len(p) * p.min(axis=0)), which.astype(np.int64)


def adjusted(p: FloatArray, control: Control = "benjamini-hochberg") -> FloatArray:
    """Smallest share of false findings at which each p-value stands.

    Examples
    --------
    >>> adjusted(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.04, 0.04]
    """
    n = p.size
    factor = 1.0
    if control == "benjamini-yekutieli":
        factor = float(np.sum(1.0 / np.arange(1, n + 1)))
    order = np.argsort(p, kind="stable")
    scaled = p[order] * n * factor / np.arange(1, n + 1)
    out = np.empty(n)
    out[order] = np.minimum(1.0, np.minimum.accumulate(scaled[::-1])[::-1])
    return out


@dataclass(frozen=True, slots=True)
class Alarms:
    """Streams with a signal, by chart."""

    limits: float
    rules: float
    ewma: float
    cusum: float


def alarms(screen: StreamScreen, *, width: float, h: float) -> Alarms:
    """Count the streams with a signal: of 3 sigma, of a rule, of the EWMA, of the CUSUM."""
    cusum = np.maximum(screen.cusum_upper, screen.cusum_lower)
    return Alarms(
        limits=float(np.count_nonzero(screen.largest > 3.0)),
        rules=float(np.count_nonzero(screen.broken)),
        ewma=float(np.count_nonzero(screen.ewma > width)),
        cusum=float(np.count_nonzero(cusum > h)),
    )


def expected_alarms(
    m: IntArray,
    n: IntArray,
    design: ScreenDesign,
    *,
    width: float,
    h: float,
    rng: np.random.Generator,
) -> Alarms:
    """Streams with a signal by chance alone, by simulation of independent normal values.

    Streams of like length are simulated together, each with a baseline as uncertain as its own.

    Parameters
    ----------
    m, n : shape (streams,)
        Values of the baseline and judged values of each stream.
    """
    total = np.zeros(4)
    for group in np.array_split(np.argsort(n, kind="stable"), min(GROUPS, n.size)):
        length = int(np.median(n[group]))
        draws = int(np.clip(DRAWS // length, FEWEST_DRAWS, MOST_DRAWS))
        known = np.median(m[group])
        center = rng.normal(size=draws) / np.sqrt(known)
        sigma = np.sqrt(rng.chisquare(known - 1, draws) / (known - 1))
        found = screen_streams(
            rng.normal(size=(length, draws)),
            center=center,
            sigma=sigma,
            spread=np.full(draws, 1.0 / known),
            design=design,
        )
        count = alarms(found, width=width, h=h)
        total += np.array((count.limits, count.rules, count.ewma, count.cusum)) * (
            group.size / draws
        )
    return Alarms(*(float(v) for v in total))
