"""Wear of capillaries: level and spread of loop heights against touch-downs since the change.

Points are devices (or other subgroups): mean and variance of their wires. Each capillary has a
level of its own, so bonders, products and lots, which differ between capillaries, do not pass for
wear: ``mean = level(capillary) + slope t``. Errors count capillaries, not devices.

References
----------
Liang and Zeger (1986), Biometrika 73, 13-22 (errors by cluster);
Cameron and Miller (2015), J. Human Resources 50, 317-372 (factor G/(G-1), t with G-1);
Bartlett and Kendall (1946), Suppl. J. Royal Statistical Society 8, 128-138 (log variances).
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import ndtri, psi, stdtr, stdtrit

from ops.errors import NotEnoughData
from ops.loop.agreement import Bounded
from ops.values import BoolArray, FloatArray, IntArray

LEAST_CAPILLARIES = 3
_MAD = 1.4826022185056018


@dataclass(frozen=True, slots=True)
class Bonded:
    """Devices by capillary.

    Parameters
    ----------
    t : shape (n,)
        Touch-downs since the change.
    mean, variance : shape (n,)
        Of the wires of each device; variance NaN where one wire was measured.
    wires : shape (n,)
        How many wires.
    capillary : shape (n,)
        Code of its capillary, at least 0.
    """

    t: FloatArray
    mean: FloatArray
    variance: FloatArray
    wires: FloatArray
    capillary: IntArray

    def take(self, rows: IntArray | BoolArray) -> "Bonded":
        """Rows of it, capillaries numbered anew from 0."""
        _, codes = np.unique(self.capillary[rows], return_inverse=True)
        return Bonded(
            self.t[rows], self.mean[rows], self.variance[rows], self.wires[rows], codes
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slope:
    """Slope within capillaries, for each touch-down.

    Parameters
    ----------
    found
        Estimate and interval.
    error
        Standard error, by capillary.
    p
        Of the test that it is 0.
    capillaries, devices
        Those that tell: capillaries with devices at two counts at least.
    """

    found: Bounded
    error: float
    p: float
    capillaries: int
    devices: int


@dataclass(frozen=True, slots=True)
class Departure:
    """A capillary that stands apart from the others.

    Parameters
    ----------
    capillary
        Its code.
    what
        ``level`` or ``slope``.
    departure
        From the typical one, shrunken by what of it is chance; per touch-down for a slope.
    z
        Unshrunken, in standard deviations of the others.
    """

    capillary: int
    what: str
    departure: float
    z: float


def within(values: FloatArray, codes: IntArray) -> FloatArray:
    """Values less the mean of their capillary."""
    count = np.bincount(codes)
    means = np.bincount(codes, values) / np.maximum(count, 1)
    less: FloatArray = values - means[codes]
    return less


def slope_within(
    t: FloatArray, y: FloatArray, capillary: IntArray, *, confidence: float = 0.95
) -> Slope:
    """Least squares slope with a level for each capillary, errors by capillary.

    Parameters
    ----------
    t, y : shape (n,)
        Touch-downs and values; finite.
    capillary : shape (n,)
        Codes from 0.

    Raises
    ------
    NotEnoughData
        With fewer than 3 capillaries that have values at two counts.

    Examples
    --------
    >>> t, capillary = np.tile([0.0, 1.0, 2.0], 3), np.repeat([0, 1, 2], 3)
    >>> slope_within(t, 5.0 * capillary + 2.0 * t, capillary).found.value
    2.0
    """
    x, moved = within(t, capillary), within(y, capillary)
    spread = np.bincount(capillary, x * x)
    told = spread > 1e-12 * float((t * t).sum() + 1.0)
    g = int(told.sum())
    if g < LEAST_CAPILLARIES:
        raise NotEnoughData(
            f"a wear slope needs {LEAST_CAPILLARIES} capillaries with devices at two counts of"
            f" touch-downs, got {g}; widen the window"
        )
    total = float(spread.sum())
    slope = float((x * moved).sum()) / total
    scores = np.bincount(capillary, x * (moved - slope * x))
    error = sqrt(g / (g - 1) * float((scores * scores).sum())) / total
    half = float(stdtrit(g - 1, 0.5 + confidence / 2)) * error
    p = 2.0 * float(stdtr(g - 1, -abs(slope) / error)) if error > 0 else float(slope == 0.0)
    devices = int(told[capillary].sum())
    return Slope(Bounded(slope, slope - half, slope + half), error, p, g, devices)


def wear(devices: Bonded, *, confidence: float = 0.95) -> Slope:
    """Wear slope of the level."""
    return slope_within(devices.t, devices.mean, devices.capillary, confidence=confidence)


def variance_growth(devices: Bonded, *, confidence: float = 0.95) -> Slope | None:
    """Slope of the logarithm of the variance within devices; None if too few devices tell.

    The expectation of a log variance depends on its degrees of freedom; it is taken off.
    """
    known = np.flatnonzero(devices.variance > 0)  # NaN is not
    if known.size == 0:
        return None
    some = devices.take(known)
    try:
        return slope_within(some.t, log_variance(some), some.capillary, confidence=confidence)
    except NotEnoughData:
        return None


def log_variance(devices: Bonded) -> FloatArray:
    """Logarithms of the variances, free of the bias of their degrees of freedom; NaN for 0."""
    half = (devices.wires - 1.0) / 2.0
    found = np.full(half.size, np.nan)
    known = devices.variance > 0
    found[known] = np.log(devices.variance[known]) - psi(half[known]) + np.log(half[known])
    return found


def departures(devices: Bonded, peer: IntArray, *, chance: float = 0.05) -> list[Departure]:
    """Capillaries whose level or slope is far from that of the others.

    Parameters
    ----------
    peer : shape (capillaries,)
        Group within which levels are compared: the tool and characteristic of each.
    chance
        Of one false departure among all capillaries (Bonferroni).

    Notes
    -----
    Scales are robust (median of absolute deviations), so a bad capillary does not hide itself.
    The shrunken departure is ``(1 - 1/z^2)`` of the plain one for a slope, whose scale is chance
    alone, and by the share of the variance between capillaries for a level.
    """
    slope = slope_within(devices.t, devices.mean, devices.capillary).found.value
    limit = -float(ndtri(chance / (4.0 * max(1, peer.size))))
    level = _levels(devices, slope, peer, limit)
    return sorted([*level, *_slopes(devices, slope, limit)], key=lambda d: -abs(d.z))


def _levels(devices: Bonded, slope: float, peer: IntArray, limit: float) -> list[Departure]:
    codes, count = devices.capillary, np.bincount(devices.capillary)
    flat = devices.mean - slope * devices.t
    level = np.bincount(codes, flat) / count
    noise = float((within(flat, codes) ** 2).sum()) / max(1, codes.size - count.size)
    apart = level - np.array([np.median(level[peer == p]) for p in peer])
    others = np.bincount(peer)[peer] >= LEAST_CAPILLARIES
    if not others.any():
        return []
    # the peers' median was taken from the same few levels: too small by about (k - 1) / k
    k = float(np.mean(np.bincount(peer)[peer[others]]))
    scale = _MAD * float(np.median(np.abs(apart[others]))) * sqrt(k / (k - 1.0))
    share = max(0.0, 1.0 - noise * float(np.mean(1.0 / count)) / scale**2) if scale > 0 else 0.0
    return [
        Departure(int(i), "level", float(share * apart[i]), float(apart[i] / scale))
        for i in np.flatnonzero(others & (np.abs(apart) > limit * scale) & (scale > 0))
    ]


def _slopes(devices: Bonded, slope: float, limit: float) -> list[Departure]:
    x = within(devices.t, devices.capillary)
    moved = within(devices.mean, devices.capillary)
    spread = np.bincount(devices.capillary, x * x)
    some = np.flatnonzero(
        (np.bincount(devices.capillary) >= 3) & (spread > 0.05 * np.median(spread))
    )
    if some.size < 2 * LEAST_CAPILLARIES:
        return []
    own = np.bincount(devices.capillary, x * moved)[some] / spread[some]
    weighed = (own - slope) * np.sqrt(spread[some])
    scale = _MAD * float(np.median(np.abs(weighed)))
    if scale <= 0:
        return []
    z = weighed / scale
    return [
        Departure(int(some[i]), "slope", float((own[i] - slope) * (1.0 - z[i] ** -2)), float(z[i]))
        for i in np.flatnonzero(np.abs(z) > limit)
    ]
