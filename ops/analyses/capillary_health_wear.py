"""Wear of the pool, of each characteristic and of each stratum; bins for the drawing."""

from collections.abc import Iterator
from math import exp, sqrt
from typing import Literal

import numpy as np
from scipy.special import stdtrit

from ops.analyses.capillary_health_devices import Devices
from ops.analyses.capillary_health_result import BinOfCount, WearOfGroup
from ops.analyses.metrology_agreement_result import BoundedNumber
from ops.errors import NotEnoughData
from ops.loop.agreement import Bounded
from ops.loop.capillary import Slope, variance_growth, wear, within
from ops.values import BoolArray, FloatArray, IntArray, Series

MILLION = 1e6
BINS = 24
_MOST = 50.0  # exponent beyond which a growth is no number worth telling
Group = Literal["pool", "characteristic", "stratum"]


def wear_of(
    group: Group, level: str, devices: Devices, rows: BoolArray, *, confidence: float
) -> WearOfGroup:
    """Wear of the devices of a group."""
    some = devices.bonded.take(np.flatnonzero(rows))
    numbers = np.unique(devices.bonded.capillary[rows])
    found: Slope | None = None
    growth: Slope | None = None
    reason = ""
    try:
        found = wear(some, confidence=confidence)
        growth = variance_growth(some, confidence=confidence)
    except NotEnoughData as error:
        reason = str(error)
    return WearOfGroup(
        group=group,
        level=level,
        capillaries=found.capillaries if found else numbers.size,
        devices=some.t.size,
        slope=None if found is None else _per_million(found.found),
        p=None if found is None else found.p,
        growth=None if growth is None else _grown(growth.found),
        per_hour=pace(devices, numbers),
        reason=reason,
    )


def groups_of(
    series: tuple[Series, ...], devices: Devices, kept: BoolArray, *, confidence: float
) -> tuple[tuple[WearOfGroup, ...], tuple[WearOfGroup, ...]]:
    """Wear of each characteristic, and of each level of the stratum, steepest first."""
    by_characteristic = [
        wear_of(
            "characteristic",
            f"{s.characteristic.code} {s.characteristic.site}",
            devices,
            kept & (devices.series == i),
            confidence=confidence,
        )
        for i, s in enumerate(series)
    ]
    strata = [
        wear_of("stratum", level, devices, kept & (devices.level == i), confidence=confidence)
        for i, level in enumerate(devices.levels)
    ]
    strata.sort(key=lambda g: -abs(g.slope.value) if g.slope else 0.0)
    return tuple(by_characteristic), tuple(strata)


def pace(devices: Devices, numbers: IntArray) -> float | None:
    """Median pace of some capillaries, touch-downs a calendar hour."""
    paces = np.array([devices.capillaries[i].per_hour for i in numbers])
    paces = paces[np.isfinite(paces) & (paces > 0)]
    return float(np.median(paces)) if paces.size else None


def bins_of(devices: Devices, *, confidence: float) -> tuple[BinOfCount, ...]:
    """Devices in bins of equal width, the first of them split where the break-in lies."""
    t = devices.bonded.t
    edges = np.linspace(0.0, float(t.max()) * (1 + 1e-9) + 1e-9, BINS + 1)
    edges = np.concatenate([[0.0, edges[1] / 4, edges[1] / 2], edges[1:]])
    which = np.searchsorted(edges, t, side="right") - 1
    moved = within(devices.bonded.mean, devices.bonded.capillary)
    return tuple(_bins(devices, which, moved, confidence))


def _bins(
    devices: Devices, which: IntArray, moved: FloatArray, confidence: float
) -> Iterator[BinOfCount]:
    bonded = devices.bonded
    for place in np.unique(which):
        rows = np.flatnonzero(which == place)
        _, of = np.unique(bonded.capillary[rows], return_inverse=True)
        mean, sums = float(moved[rows].mean()), np.bincount(of, moved[rows])
        k = sums.size
        half: float | None = None
        if k > 1:
            scores = sums - mean * np.bincount(of)
            error = sqrt(k / (k - 1) * float(scores @ scores)) / rows.size
            half = float(stdtrit(k - 1, 0.5 + confidence / 2)) * error
        df = np.where(np.isfinite(bonded.variance[rows]), bonded.wires[rows] - 1.0, 0.0)
        squares = float((df * np.nan_to_num(bonded.variance[rows])).sum())
        yield BinOfCount(
            touch_downs=float(bonded.t[rows].mean()),
            devices=rows.size,
            mean=mean,
            lower=None if half is None else mean - half,
            upper=None if half is None else mean + half,
            sigma=sqrt(squares / float(df.sum())) if df.sum() > 0 else None,
        )


def _per_million(found: Bounded) -> BoundedNumber:
    return BoundedNumber(
        value=found.value * MILLION, lower=found.lower * MILLION, upper=found.upper * MILLION
    )


def _grown(found: Bounded) -> BoundedNumber:
    """Turn the slope of a log variance into the relative change of the variance."""
    value, lower, upper = (
        exp(min(_MOST, v * MILLION)) - 1.0 for v in (found.value, found.lower, found.upper)
    )
    return BoundedNumber(value=value, lower=lower, upper=upper)
