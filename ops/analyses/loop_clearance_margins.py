"""Probabilities of contact of loop clearance: by wire and pair, and what is drawn of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan

import numpy as np

from ops.analyses.loop_clearance_result import Judged, MarginBars, Probability
from ops.loop.clearance import Margin
from ops.loop.contact import LEAST_UNITS, Contact, contact
from ops.values import FloatArray, IntArray

DRAWN = 3
BARS = 40
PPM = 1e6


@dataclass(frozen=True, slots=True)
class Alike:
    """Units with their lots, and how probabilities are asked for.

    Parameters
    ----------
    lot : shape (units,)
        Code of the lot of each unit, -1: its own; None: units are independent.
    tail
        Share of the smallest margins that is the tail.
    confidence
        Level of intervals.
    allowed
        Probability of contact that is allowed.
    """

    lot: IntArray | None
    tail: float
    confidence: float
    allowed: float

    def probability(self, margin: Margin) -> Iterator[Probability]:
        """Probability of contact, if enough units have the margin."""
        there = np.flatnonzero(~np.isnan(margin.value))
        if there.size < LEAST_UNITS:
            return
        value = margin.value[there]
        lot = None if self.lot is None else self.lot[there]
        found = contact(value, lot, share=self.tail, confidence=self.confidence)
        yield _probability(margin, value, found, self.allowed)


def _probability(margin: Margin, value: FloatArray, found: Contact, allowed: float) -> Probability:
    tail = found.tail
    return Probability(
        one=margin.one,
        other=margin.other,
        units=found.units,
        effective=found.effective,
        mean=float(value.mean()),
        sigma=float(value.std(ddof=1)),
        least=float(value.min()),
        contacts=found.contacts,
        method=found.method,
        estimate=found.estimate,
        lower=found.lower,
        upper=found.upper,
        threshold=None if isnan(found.threshold) else found.threshold,
        excesses=found.excesses,
        shape=None if tail is None else tail.shape,
        scale=None if tail is None else tail.scale,
        judged=_judged(found, allowed),
        reason=found.reason,
    )


def _judged(found: Contact, allowed: float) -> Judged:
    if found.upper <= allowed:
        return "met"
    return "missed" if found.lower > allowed else "open"


def rank(one: Probability) -> tuple[float, float]:
    """Most likely contact first; where none is known, the one with the least room in sigmas."""
    room = one.mean / one.sigma if one.sigma > 0 else one.mean * PPM
    return (one.estimate or 0.0, -room)


def least_of(found: tuple[Margin, ...]) -> Margin:
    """Least margin of each unit, over those that are measured at all; NaN where one is missing."""
    values = [m.value for m in found if not np.isnan(m.value).all()]
    return Margin("", "", np.minimum.reduce(values) if values else np.array([np.nan]))


def bars_of(
    found: tuple[Margin, ...],
    least: Margin,
    listed: list[Probability],
    overall: Probability | None,
) -> Iterator[MarginBars]:
    """Distributions of the least margin of a unit and of the margins that matter most."""
    of = {(m.one, m.other): m for m in (*found, least)}
    for one in (*(() if overall is None else (overall,)), *listed[:DRAWN]):
        yield _bars(of[one.one, one.other].value, one)


def _bars(margin: FloatArray, told: Probability) -> MarginBars:
    value = margin[~np.isnan(margin)]
    low, high = min(float(value.min()), 0.0), float(value.max())
    edges = np.linspace(low, high if high > low else low + 1.0, BARS + 1)
    count, _ = np.histogram(value, edges)
    fitted: tuple[float | None, ...] = (None,) * BARS
    if told.shape is not None and told.scale is not None and told.threshold is not None:
        below = _survival(told.threshold - edges, told.shape, told.scale)
        expected = told.excesses * np.diff(below)
        inside = edges[1:] <= told.threshold
        fitted = tuple(
            float(e) if i and e > 0 else None for e, i in zip(expected, inside, strict=True)
        )
    return MarginBars(
        one=told.one,
        other=told.other,
        margin=tuple(((edges[1:] + edges[:-1]) / 2.0).tolist()),
        count=tuple(int(c) for c in count),
        fitted=fitted,
    )


def _survival(excess: FloatArray, shape: float, scale: float) -> FloatArray:
    z = np.maximum(excess, 0.0) / scale
    if shape == 0:
        return np.exp(-z)
    inside = np.maximum(1.0 + shape * z, 0.0)
    with np.errstate(divide="ignore"):
        return np.asarray(inside ** (-1.0 / shape), dtype=np.float64)
